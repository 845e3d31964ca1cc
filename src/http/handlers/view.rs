//! Views across collections: asked, pinned to a release, validated and paged in one way.

use std::ops::Range;

use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;

use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::{Links, PageLinks, PagePosition};
use crate::http::request::list_query::same_release;
use crate::http::request::params::QueryParams;
use crate::http::response::blocking::run_blocking;
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
    fn parse(params: QueryParams, dataset: &Dataset) -> Result<Self, Problem>;

    /// Where in the walk through its pages it stands.
    fn page_request(&self) -> &PageRequest;

    /// One page of the answer.
    fn answer(&self, dataset: &Dataset, links: &Links) -> Self::Answer;
}

/// Where in a walk through pages a question stands.
pub(crate) struct PageRequest {
    limit: Option<u32>,
    offset: u32,
    release: Option<String>,
    link_params: Vec<(String, String)>,
}

impl PageRequest {
    /// Takes `limit`, `offset` and `dataset`, the last of the parameters.
    ///
    /// # Errors
    /// A problem that names every parameter at fault, those that were never taken included.
    pub(crate) fn parse(mut params: QueryParams) -> Result<Self, Problem> {
        let (limit, offset) = params.page();
        let release = params.text("dataset");
        Ok(Self { limit, offset, release, link_params: params.finish()? })
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
    pub(crate) fn page_meta(
        &self,
        path: &str,
        total: usize,
        dataset: &Dataset,
        links: &Links,
    ) -> (ListMeta, PageLinks) {
        let (total, offset) = (total as u64, self.offset);
        let position = PagePosition {
            path,
            total,
            limit: self.limit,
            size: self.size().into(),
            offset,
            digest: &dataset.release.digest,
        };
        let link_params: Vec<_> =
            self.link_params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let meta =
            ListMeta { total, limit: self.size(), offset, dataset: (&dataset.release).into() };
        (meta, links.page(position, &link_params))
    }

    fn size(&self) -> u32 {
        self.limit.unwrap_or(DEFAULT_LIMIT)
    }
}

/// Answers a view, or says that nothing has changed.
pub(crate) async fn respond<V: View>(
    app: App,
    uri: &Uri,
    conditions: &Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let view = V::parse(QueryParams::parse(uri.query()), &dataset)?;
    let PageRequest { limit, offset, release, link_params } = view.page_request();
    same_release(&dataset, release.as_deref())?;
    let identity = format!("{} {limit:?} {offset} {link_params:?}", V::PATH);
    let validators = Validators::of(&app, &dataset.release, &identity);
    if let Some(not_modified) = validators.not_modified(conditions) {
        return Ok(not_modified);
    }
    let made =
        run_blocking(move || serde_json::to_vec(&view.answer(&dataset, app.links()))).await?;
    Ok(validators.stamp(json(made.map_err(Problem::internal)?)))
}

/// An answer of the sample, for the OpenAPI document.
pub(crate) fn example<V: View>(sample: &Dataset, query: &str) -> Option<V::Answer> {
    let view = V::parse(QueryParams::parse(Some(query)), sample).ok()?;
    Some(view.answer(sample, &Links::default()))
}
