//! Charts by address: the same questions as lists and totals, answered as `image/svg+xml`.

pub(crate) mod coverage;
pub(crate) mod list;
mod list_charts;
mod sayings;
pub(crate) mod timeline;
pub(crate) mod totals;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use deunicode::deunicode;

use crate::charts::{AnswerLine, Chart, Frame};
use crate::dataset::{Dataset, Stored};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::handlers::view::PageRequest;
use crate::http::request::chart_params::{CHART_MEDIA, ChartParams};
use crate::http::request::list_query::same_release;
use crate::http::request::params::QueryParams;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::Vocabulary;
pub(crate) use sayings::with_sayings;

/// A chart with what stands around it.
pub(crate) struct DrawnChart {
    pub(crate) chart: Chart,
    /// The title that is made from the question.
    pub(crate) title: String,
    pub(crate) answer: Option<AnswerLine>,
    /// Who published what it shows.
    pub(crate) publishers: Vec<String>,
    /// The chart's own address.
    pub(crate) address: String,
    /// The address to cite what it shows by.
    pub(crate) cite_as: String,
    /// What its file is called, but for release and ending.
    pub(crate) name: String,
}

/// Answers with the chart of a view: `read` reads what it is about, and `draw` draws the page that is asked for.
pub(crate) async fn of_view<T: Send + Sync + 'static>(
    app: PinnedApp,
    mut params: QueryParams,
    conditions: Conditions,
    path: &'static str,
    read: impl FnOnce(&mut QueryParams, &Dataset) -> T,
    draw: fn(&Dataset, &T, &PageRequest, &ChartParams, &Links) -> DrawnChart,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let drawn = params.chart();
    let about = read(&mut params, &dataset);
    let (about, page) = PageRequest::finish_fixed(params, path, Some(about))?;
    same_release(&app, page.release())?;
    let (key, served, maker) = (page.key(), Arc::clone(&dataset), app.clone());
    conditional(&app, &served.release, key, &conditions, async {
        let make = move || {
            let links = maker.links();
            response(draw(&dataset, &about, &page, &drawn, links), &drawn, &dataset, links)
        };
        run_blocking(make).await
    })
    .await
}

/// The answer to a request for a chart.
pub(crate) fn response(
    drawn: DrawnChart,
    params: &ChartParams,
    dataset: &Dataset,
    links: &Links,
) -> Response {
    let release = &dataset.release;
    let frame = Frame {
        width: params.width,
        theme: params.theme,
        made_title: drawn.title,
        own_title: params.title.clone(),
        answer: drawn.answer,
        publishers: drawn.publishers,
        release: release.version.to_string(),
        digest: release.digest.clone(),
        licence: release.licence.name.to_string(),
        address: drawn.address,
    };
    let svg = drawn.chart.alone(&frame);
    let name = format!("inline; filename=\"{}-{}.svg\"", drawn.name, release.version);
    let disposition = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("inline"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(CHART_MEDIA)),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(params.language.word())),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    let mut response = (headers, svg).into_response();
    link_header::of_answer(&mut response, links, release, &drawn.cite_as);
    response
}

/// The publishers of the sources that some records cite, the one that is cited most first.
pub(crate) fn publishers<'r, C: Stored>(
    dataset: &'r Dataset,
    records: impl Iterator<Item = &'r C>,
) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for citation in records.flat_map(C::citations) {
        if let Some(source) = dataset.sources.get(citation.source.as_str()) {
            *counts.entry(source.publisher.as_str()).or_default() += 1;
        }
    }
    let mut publishers: Vec<(&str, usize)> = counts.into_iter().collect();
    publishers.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    publishers.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The name of a file: what it is about, in lower-case letters, digits and hyphens.
pub(crate) fn file_name<'p>(
    what: &str,
    pairs: &(impl Iterator<Item = (&'p str, &'p str)> + Clone),
    partner_name: impl Fn(&str) -> String,
) -> String {
    let values = |wanted: &'static str| {
        let found = pairs.clone().filter(move |(name, _)| *name == wanted);
        found.flat_map(|(_, value)| value.split(',')).take(2)
    };
    let programs = values("program").chain(values("program_within")).map(str::to_owned);
    let mut parts: Vec<String> = programs.collect();
    if parts.is_empty() {
        parts.push(what.to_owned());
    }
    parts.extend(values("partner").map(partner_name));
    let plain = deunicode(&parts.join("-")).to_ascii_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    name.chars().take(80).collect()
}

/// A chart's own address: its question, and how it is drawn.
pub(crate) fn address<'p>(
    links: &Links,
    path: &str,
    question: impl Iterator<Item = (&'p str, &'p str)>,
    params: &'p ChartParams,
) -> String {
    links.query(path, question.chain(params.pairs()))
}

/// What a country is called in English, for the name of a file.
pub(crate) fn country_name(code: &str) -> String {
    crate::words::country(code)
        .map_or_else(|| code.to_owned(), |country| country.name.en.to_owned())
}
