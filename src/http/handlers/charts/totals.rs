//! `/v1/{name}/totals.svg`: sums as bars.

use std::sync::Arc;

use axum::response::Response;

use super::{DrawnChart, address, country_name, file_name, publishers, response, with_sayings};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::chart_params::ChartParams;
use crate::http::request::params::QueryParams;
use crate::http::request::question_words::as_title;
use crate::http::request::totals_query::{Summed, TotalsQuery, totals_chart_path};
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::problem::Problem;

/// `GET /v1/{name}/totals.svg`
pub(crate) async fn chart<C: Summed>(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (totals, params) = TotalsQuery::<C>::parse_chart(app.dataset(), params)?;
    let (dataset, key, maker) = (Arc::clone(&totals.dataset), totals.key.clone(), app.clone());
    conditional(&app, &dataset.release, key, &conditions, async {
        let make = move || {
            let links = maker.links();
            response(draw(&totals, &params, links), &params, &totals.dataset, links)
        };
        run_blocking(make).await
    })
    .await
}

fn draw<C: Summed>(totals: &TotalsQuery<C>, params: &ChartParams, links: &Links) -> DrawnChart {
    let dataset = &totals.dataset;
    let language = params.language;
    let sum = with_sayings::<C, _>(dataset, language, |sayings| C::add_to_chart(totals, sayings).0);
    let table = C::table(dataset);
    let records = sum.records.iter().filter_map(|id| table.get(id.as_str()));
    let path = format!("{}/totals", C::PATH);
    let version = dataset.release.version.as_str();
    DrawnChart {
        title: as_title::<C>(dataset, totals.links.iter(), &totals.group_by, language),
        answer: sum.answer,
        publishers: publishers::<C>(dataset, records),
        address: address(links, &totals_chart_path::<C>(), totals.links.iter(), params),
        cite_as: links.cited(&path, totals.links.iter(), version),
        name: file_name(C::NAME, &totals.links.iter(), country_name),
        chart: sum.chart,
    }
}
