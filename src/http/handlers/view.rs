//! Views across collections: asked, pinned to a release, validated and paged in one way.

use std::ops::Range;

use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;

use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::{Links, PageLinks, Place};
use crate::http::request::list_query::same_release;
use crate::http::request::params::Given;
use crate::http::response::blocking::aside;
use crate::http::response::conditional::{Conditions, Validators};
use crate::http::response::envelope::{ListMeta, json};
use crate::http::response::problem::Problem;
use crate::query::DEFAULT_LIMIT;

/// A question to more than one collection.
pub(crate) trait View: Sized + Send + 'static {
    /// Where it is asked.
    const PATH: &'static str;
    /// What it is answered with.
    type Answer: Serialize;

    /// Takes its parameters.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    fn parse(given: Given, dataset: &Dataset) -> Result<Self, Problem>;

    /// Where in the walk through its pages it stands.
    fn walk(&self) -> &Walk;

    /// One page of the answer.
    fn answer(&self, dataset: &Dataset, links: &Links) -> Self::Answer;
}

/// Where in a walk through pages a question stands.
pub(crate) struct Walk {
    limit: Option<u32>,
    offset: u32,
    release: Option<String>,
    repeated: Vec<(String, String)>,
}

impl Walk {
    /// Takes `limit`, `offset` and `dataset`, the last of the parameters.
    ///
    /// # Errors
    /// A problem that names every parameter at fault, those that were never taken included.
    pub(crate) fn parse(mut given: Given) -> Result<Self, Problem> {
        let (limit, offset) = given.page();
        let release = given.text("dataset");
        Ok(Self { limit, offset, release, repeated: given.finish()? })
    }

    /// Which of the whole stand on the page.
    pub(crate) fn range(&self) -> Range<usize> {
        let begin = self.offset as usize;
        begin..begin.saturating_add(self.size() as usize)
    }

    /// Those of the whole that stand on the page.
    pub(crate) fn page<T>(&self, whole: Vec<T>) -> impl Iterator<Item = T> {
        let range = self.range();
        whole.into_iter().take(range.end).skip(range.start)
    }

    /// What a reader needs to know of the page, and the links to the others.
    pub(crate) fn around(
        &self,
        path: &str,
        total: usize,
        dataset: &Dataset,
        links: &Links,
    ) -> (ListMeta, PageLinks) {
        let (total, offset) = (total as u64, self.offset);
        let place = Place {
            path,
            total,
            limit: self.limit,
            size: self.size().into(),
            offset,
            digest: &dataset.release.digest,
        };
        let repeated: Vec<_> =
            self.repeated.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let meta =
            ListMeta { total, limit: self.size(), offset, dataset: (&dataset.release).into() };
        (meta, links.page(place, &repeated))
    }

    fn size(&self) -> u32 {
        self.limit.unwrap_or(DEFAULT_LIMIT)
    }
}

/// Answers a view, or says that nothing has changed.
pub(crate) async fn answered<V: View>(
    app: App,
    uri: &Uri,
    conditions: &Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let view = V::parse(Given::parse(uri.query()), &dataset)?;
    let Walk { limit, offset, release, repeated } = view.walk();
    same_release(&dataset, release.as_deref())?;
    let identity = format!("{} {limit:?} {offset} {repeated:?}", V::PATH);
    let validators = Validators::of(&app, &dataset.release, &identity);
    if let Some(unchanged) = validators.unchanged(conditions) {
        return Ok(unchanged);
    }
    let made = aside(move || serde_json::to_vec(&view.answer(&dataset, app.links()))).await?;
    Ok(validators.stamp(json(made.map_err(|_| Problem::Internal)?)))
}

/// An answer of the sample, for the OpenAPI document.
pub(crate) fn example<V: View>(sample: &Dataset, query: &str) -> Option<V::Answer> {
    let view = V::parse(Given::parse(Some(query)), sample).ok()?;
    Some(view.answer(sample, &Links::default()))
}
