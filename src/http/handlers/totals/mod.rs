//! Totals: sums that count no dollar and no person twice. The rule is in `sums`; here it is asked.

mod answers;
mod charted;
pub(crate) mod cited;
pub(crate) mod citing;
mod money;
mod people;
mod record_columns;
pub(crate) mod shown;
mod training;

use std::sync::Arc;

use axum::http::HeaderValue;
use axum::response::Response;

use serde::Serialize;
use serde_json::Value as Json;

pub(crate) use answers::{TotalsLinks, TotalsMeta};

use crate::collections::Source;
use crate::dataset::{Dataset, Stored};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::request::totals_query::{Summed, TotalsQuery, totals_chart_path};
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional, conditional_bytes};
use crate::http::response::file::file;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::{Citation, Collection, Iso3, RecordId, Vocabulary};
use crate::render::ledger::RecordColumns;
use crate::render::{CitationFormat, Format, cite};

/// The path of the page that explains the rule.
pub(crate) const METHOD: &str = "/v1/methods/totals";

/// `GET /v1/{name}/totals`
pub(crate) async fn totals<C: Summed>(
    app: PinnedApp,
    query: TotalsQuery<C>,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key, maker) = (Arc::clone(&query.dataset), query.key.clone(), app.clone());
    let query = Arc::new(query);
    conditional(&app, &dataset.release, key, &conditions, async {
        let make = move || {
            let links = maker.links();
            let mut response = match (query.citation, query.rows) {
                (Some(form), _) => citing::answer(&query, form, links),
                (None, Some(rows)) => csv_file(&query, C::csv(&query, &C::add(&query), rows)),
                (None, None) => C::respond(&query, links)?,
            };
            let (release, path) = (&query.dataset.release, format!("{}/totals", C::PATH));
            link_header::of_question(&mut response, links, release, &path, &query.links);
            Ok(response)
        };
        run_blocking(make).await?
    })
    .await
}

/// Hands over the groups of a sum, what several share, and the total.
fn hand_over_all<G: Serialize>(
    data: Vec<G>,
    shared: Vec<G>,
    total: G,
    visit: &mut dyn FnMut(&'static str, Json),
) -> serde_json::Result<()> {
    hand_over("data", data, visit)?;
    hand_over("shared", shared, visit)?;
    hand_over("total", [total], visit)
}

/// Hands over groups one by one, so that they never stand in memory as JSON together.
fn hand_over<G: Serialize>(
    place: &'static str,
    groups: impl IntoIterator<Item = G>,
    visit: &mut dyn FnMut(&'static str, Json),
) -> serde_json::Result<()> {
    for group in groups {
        visit(place, serde_json::to_value(group)?);
    }
    Ok(())
}

/// Writes a ledger, whose rows say what their records do.
fn with_records<C: Stored, T>(dataset: &Dataset, write: impl FnOnce(&RecordColumns<'_>) -> T) -> T {
    let values = |id: &RecordId| record_columns::values::<C>(dataset, id);
    write(&RecordColumns { names: record_columns::names::<C>(), values: &values })
}

/// The sources that some records cite, once, by id.
fn cited<'r, C: Stored>(dataset: &Dataset, ids: impl Iterator<Item = &'r RecordId>) -> Vec<Source> {
    let table = C::table(dataset);
    let citations = ids.filter_map(|id| table.get(id.as_str())).flat_map(C::citations);
    let mut sources: Vec<&str> =
        citations.map(|citation: &Citation| citation.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.into_iter().filter_map(|id| dataset.sources.get(id)).cloned().collect()
}

fn meta<C: Summed>(totals: &TotalsQuery<C>, figures: usize) -> TotalsMeta {
    TotalsMeta {
        figures,
        group_by: totals.group_by.clone(),
        prefer: totals.prefer.word().to_owned(),
        spread: totals.spread.word().to_owned(),
        not_covered: totals.scope.not_covered.iter().map(Iso3::to_string).collect(),
        extents: totals.scope.extents::<C>(&totals.dataset),
        dataset: (&totals.dataset.release).into(),
    }
}

fn totals_links<C: Collection>(totals: &TotalsQuery<C>, links: &Links) -> TotalsLinks {
    let path = format!("{}/totals", C::PATH);
    let with = |more: &[(&'static str, &'static str)]| {
        links.query(&path, totals.links.iter().chain(more.iter().copied()))
    };
    TotalsLinks {
        this: with(&[]),
        method: links.path(METHOD),
        csv: with(&[("format", "csv")]),
        ledger: with(&[("format", "csv"), ("rows", "figures")]),
        svg: links.query(&totals_chart_path::<C>(), totals.links.iter()),
        figures: links.query(C::PATH, totals.filters.iter()),
        cite_as: citing::address(totals, links),
    }
}

/// A sum of the sample cited as CSL-JSON, for the OpenAPI document.
pub(crate) fn csl_example<C: Summed>(totals: &TotalsQuery<C>) -> String {
    cite(&citing::work_of(totals, &Links::default()), CitationFormat::Csl)
}

fn csv_file<C: Collection>(totals: &TotalsQuery<C>, bytes: Vec<u8>) -> Response {
    let name = format!("{}-totals-{}.csv", C::NAME, totals.dataset.release.version);
    file(bytes, Format::Csv.content_type(), &name)
}

/// The rule of the totals
///
/// What a sum says, when it is whole, what overlaps, what is preferred and why, what is never added, and what adds up:
/// the definition that the code follows, as Markdown.
#[utoipa::path(
    get,
    path = "/v1/methods/totals",
    operation_id = "explain_totals",
    tag = "totals",
    responses(
        (status = 200, description = "The rule.", content_type = "text/markdown", body = String),
    )
)]
pub(crate) async fn method(
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    params.finish(METHOD)?;
    let media_type = HeaderValue::from_static("text/markdown; charset=utf-8");
    Ok(conditional_bytes(&conditions, media_type, method_text()))
}

/// The rule as Markdown. The definition stands above the code that follows it; published from there, the two cannot part.
pub(super) fn method_text() -> String {
    let source = include_str!("../../../sums/mod.rs");
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n") + "\n"
}
