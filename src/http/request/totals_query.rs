//! The query of totals: the list's own filters, and how to group, prefer and spread.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Serialize;
use utoipa::ToSchema;

use super::params::{ParsedParams, QueryParams};
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::{LinkParams, Links};
use crate::http::response::conditional::ETagKey;
use crate::http::response::problem::Problem;
use crate::model::Collection;
use crate::query::{ParameterRole, Query};
use crate::render::Format;
use crate::sums::{Prefer, Spread, Window};

/// A collection whose figures can be added.
pub(crate) trait Summed: Stored {
    /// What they may be grouped by.
    const GROUP_BY: &'static [&'static str];
    /// Whether a figure of several years may be divided over them; a number of people may not.
    const SPREADS: bool;
    /// What is added, for the OpenAPI document.
    const WHAT: &'static str;
    /// A query whose answer shows the rule at work, for the OpenAPI document.
    const EXAMPLE: &'static str;
    /// The answer.
    type Answer: Serialize + ToSchema;

    /// Adds up what the query selects.
    fn answer(totals: &TotalsQuery<Self>, links: &Links) -> Self::Answer;

    /// Writes one line a figure, so that anyone can add it up again.
    fn ledger(totals: &TotalsQuery<Self>) -> Vec<u8>;
}

/// The query of totals.
pub(crate) struct TotalsQuery<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which figures.
    pub(crate) query: Query<C>,
    /// What they are grouped by.
    pub(crate) group_by: Vec<String>,
    /// Which of overlapping figures stand.
    pub(crate) prefer: Prefer,
    /// Whether figures of several years are divided over them.
    pub(crate) spread: Spread,
    /// Whether the answer is the table of figures.
    pub(crate) csv: bool,
    /// The parameters as links repeat them, without the format.
    pub(crate) links: LinkParams,
    /// Identifies the representation.
    pub(crate) key: ETagKey,
}

impl<C: Summed> FromRequestParts<App> for TotalsQuery<C> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Ok(params) = QueryParams::from_request_parts(parts, app).await;
        Self::parse(app.dataset(), params)
    }
}

impl<C: Summed> TotalsQuery<C> {
    /// Reads the parameters: the list's own filters, and the switches of sums.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    pub(crate) fn parse(dataset: Arc<Dataset>, mut params: QueryParams) -> Result<Self, Problem> {
        let group_by = params.one_of("group_by", &C::GROUP_BY.iter().copied());
        let prefer = params.choice("prefer").unwrap_or(Prefer::Broad);
        let spread = C::SPREADS.then(|| params.choice("spread")).flatten();
        let spread = spread.unwrap_or(Spread::None);
        let csv = params.format(&[Format::Json, Format::Csv]) == Format::Csv;
        let query = params.query(C::table(&dataset), ParameterRole::filters);
        let path = format!("{}/totals", C::PATH);
        let (query, ParsedParams { links, key }) = params.finish_with(&path, query)?;
        let links = links.without("format");
        Ok(Self { dataset, query, group_by, prefer, spread, csv, links, key })
    }

    /// The rows of the figures that the filters find.
    pub(crate) fn rows(&self) -> Vec<u32> {
        C::table(&self.dataset).select(&self.query).rows()
    }
}

impl<C: Collection> TotalsQuery<C> {
    /// The fiscal years that the filters name.
    pub(crate) fn window(&self) -> Window {
        let (from, to) = self.query.fiscal_years();
        Window { from, to }
    }
}
