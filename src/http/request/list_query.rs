//! The query of a list: which records, in which order and format.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::params::{ParsedParams, QueryParams};
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::LinkParams;
use crate::http::response::conditional::ETagKey;
use crate::http::response::problem::Problem;
use crate::query::Query;
use crate::render::Format;

/// The query of a list.
pub(crate) struct ListQuery<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which records, in which order.
    pub(crate) query: Query<C>,
    /// In which format.
    pub(crate) format: Format,
    /// Whether CSV begins with a byte-order mark.
    pub(crate) bom: bool,
    /// The parameters as links repeat them: without the page; with the format where the address names it.
    pub(crate) links: LinkParams,
    /// Identifies the representation.
    pub(crate) key: ETagKey,
}

impl<C: Stored> FromRequestParts<App> for ListQuery<C> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let dataset = app.dataset();
        let Ok(mut params) = QueryParams::from_request_parts(parts, app).await;
        let format = params.format(&Format::ALL);
        let bom = params.flag("bom");
        if bom && format != Format::Csv {
            let detail = "expected only with format=csv: no other format has a byte-order mark";
            params.reject("bom", "true", detail);
        }
        if format != Format::Json
            && let Some(facets) = params.peek("facets").map(str::to_owned)
        {
            let detail = "expected only with format=json: no other format has a place for counts";
            params.reject("facets", &facets, detail);
        }
        let query = params.query(C::table(&dataset), |_| true);
        let (query, ParsedParams { links, key }) = params.finish_with(C::PATH, query)?;
        same_release(&dataset, query.dataset.as_deref())?;
        Ok(Self { dataset, query, format, bom, links, key })
    }
}

/// Compares the digest that `dataset=` names with the one that is served.
///
/// # Errors
/// A problem that says to start again at the first page.
pub(crate) fn same_release(dataset: &Dataset, requested: Option<&str>) -> Result<(), Problem> {
    let served = &dataset.release.digest;
    match requested {
        Some(requested) if requested != served => Err(Problem::DatasetChanged {
            requested: requested.chars().take(100).collect(),
            served: served.clone(),
        }),
        _ => Ok(()),
    }
}
