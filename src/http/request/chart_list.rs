//! The query of a chart of a list: the list's own filters, order and page.

use std::sync::Arc;

use super::chart_params::ChartParams;
use super::counted_rows::CountedParams;
use super::list_query::same_release;
use super::params::{ParsedParams, QueryParams};
use crate::dataset::{Dataset, Stored};
use crate::http::app::links::LinkParams;
use crate::http::app::pinned::PinnedApp;
use crate::http::response::conditional::ETagKey;
use crate::http::response::problem::Problem;
use crate::query::{ParameterRole, Query};

/// The query of a chart of a list.
pub(crate) struct ChartList<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which records, in which order.
    pub(crate) query: Query<C>,
    /// How it is drawn.
    pub(crate) drawn: ChartParams,
    /// The question as links repeat it.
    pub(crate) links: LinkParams,
    /// Identifies the representation.
    pub(crate) key: ETagKey,
}

/// The path of the chart of a list: `/v1/assistance-funding.svg`.
pub(crate) fn chart_path(list: &str) -> String {
    format!("{list}.svg")
}

/// Whether a parameter of a list is one of its chart too: what adds to a page of JSON, or takes from it, is none.
pub(crate) fn is_of_chart(role: ParameterRole) -> bool {
    !matches!(
        role,
        ParameterRole::Fields
            | ParameterRole::Facets
            | ParameterRole::Stats
            | ParameterRole::Include
    )
}

impl<C: Stored> ChartList<C> {
    /// Reads the parameters.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    pub(crate) fn parse(app: &PinnedApp, mut params: QueryParams) -> Result<Self, Problem> {
        let dataset = app.dataset();
        let drawn = params.chart();
        let counted = CountedParams::read::<C>(&mut params, &dataset);
        let query = params.query(C::table(&dataset), is_of_chart);
        let (mut query, ParsedParams { links, key, .. }) =
            params.finish_with(&chart_path(C::PATH), query)?;
        counted.apply(&dataset, &mut query, false);
        same_release(app, query.dataset.as_deref())?;
        Ok(Self { dataset, query, drawn, links, key })
    }
}
