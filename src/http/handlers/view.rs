//! Views across collections: parsed, pinned to a release, validated and paged in one way.

use std::ops::Range;
use std::sync::Arc;

use axum::response::Response;
use serde::Serialize;

use crate::dataset::Dataset;
use crate::http::app::links::{LinkParams, Links, PageLinks, PagePosition};
use crate::http::app::pinned::PinnedApp;
use crate::http::request::list_query::same_release;
use crate::http::request::negotiate::Accept;
use crate::http::request::params::{ParsedParams, QueryParams};
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, ETagKey, conditional};
use crate::http::response::envelope::{ViewMeta, json_of};
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::pages::Paged;
use crate::query::DEFAULT_LIMIT;
use crate::render::Format;

/// A query across collections.
pub(crate) trait View: Sized + Send + 'static {
    /// The path of its endpoint.
    const PATH: &'static str;
    /// The body of its response.
    type Answer: Serialize;

    /// Reads its parameters.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    fn parse(params: QueryParams, dataset: &Dataset) -> Result<Self, Problem>;

    /// The requested page.
    fn page_request(&self) -> &PageRequest;

    /// One page of the answer.
    fn answer(&self, dataset: &Dataset, links: &Links) -> Self::Answer;
}

/// The requested page of a view.
pub(crate) struct PageRequest {
    limit: Option<u32>,
    /// The limit where none was asked for.
    default_limit: u32,
    offset: u32,
    release: Option<String>,
    links: LinkParams,
    key: ETagKey,
    not_covered: Vec<String>,
}

impl PageRequest {
    /// Reads `format`, `limit`, `offset` and `dataset`, the last of the parameters. `made` is what was made of the
    /// others: none only where one of them was rejected.
    ///
    /// # Errors
    /// A problem that names every parameter at fault, unknown ones included.
    pub(crate) fn finish<T>(
        params: QueryParams,
        path: &str,
        made: Option<T>,
    ) -> Result<(T, Self), Problem> {
        let (made, page, _) = Self::finish_as(params, path, made, &[Format::Json])?;
        Ok((made, page))
    }

    /// As [`Self::finish`], of a view in several formats: the one that was chosen comes last.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn finish_as<T>(
        mut params: QueryParams,
        path: &str,
        made: Option<T>,
        offered: &[Format],
    ) -> Result<(T, Self, Format), Problem> {
        let format = params.format(offered);
        let (made, page) = Self::finish_fixed(params, path, made)?;
        Ok((made, page, format))
    }

    /// As [`Self::finish`], of an address that has one format, which is no parameter.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn finish_fixed<T>(
        mut params: QueryParams,
        path: &str,
        made: Option<T>,
    ) -> Result<(T, Self), Problem> {
        let (limit, offset) = params.page();
        let release = params.text("dataset");
        let (made, ParsedParams { links, key, not_covered }) = params.finish_with(path, made)?;
        let default_limit = DEFAULT_LIMIT;
        Ok((made, Self { limit, default_limit, offset, release, links, key, not_covered }))
    }

    /// The question as links repeat it.
    pub(crate) fn links(&self) -> &LinkParams {
        &self.links
    }

    /// The countries that were asked for and of which the data has nothing, by ISO 3166-1 alpha-3 code.
    pub(crate) fn not_covered(&self) -> &[String] {
        &self.not_covered
    }

    /// Where the page stands among all entries.
    pub(crate) fn paged(&self, total: usize) -> Paged {
        let (offset, size) = (self.offset.into(), self.size().into());
        Paged { total: total as u64, offset, size, limit: self.limit }
    }

    /// As it is, with a limit where none was asked for.
    pub(crate) fn or_limit(self, limit: u32) -> Self {
        Self { default_limit: limit, ..self }
    }

    /// The digest that `dataset` names.
    pub(crate) fn release(&self) -> Option<&str> {
        self.release.as_deref()
    }

    /// Identifies the representation.
    pub(crate) fn key(&self) -> ETagKey {
        self.key.clone()
    }

    /// The entries of a file: the page where a limit is given, else all.
    pub(crate) fn rows<T>(&self, all: Vec<T>) -> impl Iterator<Item = T> {
        let most = self.limit.map_or(usize::MAX, |limit| limit as usize);
        all.into_iter().skip(self.offset as usize).take(most)
    }

    /// The positions of the page's entries among all.
    pub(crate) fn range(&self) -> Range<usize> {
        let begin = self.offset as usize;
        begin..begin.saturating_add(self.size() as usize)
    }

    /// The entries of the page.
    pub(crate) fn page<T>(&self, all: Vec<T>) -> impl Iterator<Item = T> {
        let range = self.range();
        all.into_iter().take(range.end).skip(range.start)
    }

    /// What a reader needs to know of the page, and the links to the others.
    pub(crate) fn page_meta(
        &self,
        path: &str,
        total: usize,
        dataset: &Dataset,
        links: &Links,
    ) -> (ViewMeta, PageLinks) {
        let (total, offset) = (total as u64, self.offset);
        let position = PagePosition {
            path,
            total,
            limit: self.limit,
            size: self.size().into(),
            offset,
            digest: &dataset.release.digest,
            version: dataset.release.version.as_str(),
        };
        let meta = ViewMeta {
            total,
            limit: self.size(),
            offset,
            not_covered: self.not_covered.clone(),
            dataset: (&dataset.release).into(),
        };
        (meta, links.page(position, &self.links))
    }

    fn size(&self) -> u32 {
        self.limit.unwrap_or(self.default_limit)
    }
}

/// Answers a view.
pub(crate) async fn respond<V: View>(
    app: PinnedApp,
    params: QueryParams,
    conditions: &Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let view = V::parse(params, &dataset)?;
    let PageRequest { release, key, .. } = view.page_request();
    same_release(&app, release.as_deref())?;
    let (key, served, maker) = (key.clone(), Arc::clone(&dataset), app.clone());
    conditional(&app, &served.release, key, conditions, async {
        let make = move || {
            let mut response = json_of(&view.answer(&dataset, maker.links()))?;
            let (links, params) = (maker.links(), view.page_request().links());
            link_header::of_question(&mut response, links, &dataset.release, V::PATH, params);
            Ok(response)
        };
        run_blocking(make).await?
    })
    .await
}

/// An answer of the sample, for the OpenAPI document.
pub(crate) fn example<V: View>(sample: &Dataset, query: &str) -> Option<V::Answer> {
    let view = V::parse(QueryParams::new(Some(query), Accept::default()), sample).ok()?;
    Some(view.answer(sample, &Links::default()))
}
