//! The answer of a total as somebody cited it, whatever the collection.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::collections::{ArmsSale, AssistanceFunding, Deployment, Training};
use crate::dataset::Dataset;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::request::totals_query::{Summed, TotalsQuery};
use crate::http::response::problem::Problem;
use crate::model::Collection;

/// The sums of one dataset, as JSON; none where the collection has no totals.
pub(crate) fn answer(
    collection: &str,
    dataset: Arc<Dataset>,
    params: QueryParams,
    links: &Links,
) -> Option<Result<Json, Problem>> {
    Some(match collection {
        AssistanceFunding::NAME => of::<AssistanceFunding>(dataset, params, links),
        ArmsSale::NAME => of::<ArmsSale>(dataset, params, links),
        Deployment::NAME => of::<Deployment>(dataset, params, links),
        Training::NAME => of::<Training>(dataset, params, links),
        _ => return None,
    })
}

fn of<C: Summed>(
    dataset: Arc<Dataset>,
    params: QueryParams,
    links: &Links,
) -> Result<Json, Problem> {
    let totals = TotalsQuery::<C>::parse(dataset, params)?;
    serde_json::to_value(C::answer(&totals, links)).map_err(Problem::internal)
}
