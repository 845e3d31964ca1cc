//! `/sitemap.xml` (sitemaps.org): the pages that search engines should know, where the service knows its public address.

use axum::extract::State;
use axum::response::Response;
use maud::{PreEscaped, html};

use super::data_file::DataFile;
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::Conditions;
use crate::http::response::problem::Problem;
use crate::pages::in_language;
use crate::words::Language;

/// The path of the map.
pub(crate) const PATH: &str = "/sitemap.xml";

/// Pages that are no list and no record.
const VIEWS: [&str; 8] = [
    "/",
    "/timeline",
    "/coverage",
    "/releases",
    "/changes",
    "/codes",
    "/methods/totals",
    "/methods/data",
];

/// `GET /sitemap.xml`
pub(crate) async fn sitemap(
    State(app): State<App>,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    if !app.links().is_absolute() {
        params.finish(PATH)?;
        return Err(Problem::NoSuchRoute { path: PATH.to_owned(), near: None });
    }
    let file = DataFile { path: PATH, media_type: "application/xml; charset=utf-8", write: map };
    file.answer(&app, params, conditions).await
}

/// The map: views, lists, and the records of all collections but the yearly series, in both languages. Of partners those
/// of which facts are on record: a country that only a series names is no partner.
fn map(dataset: &Dataset, links: &Links) -> String {
    let mut paths: Vec<String> = VIEWS.map(str::to_owned).to_vec();
    for table in dataset.tables() {
        let name = table.name();
        paths.push(format!("/{name}"));
        if !table.is_series() {
            let rows = 0..u32::try_from(table.count()).unwrap_or(u32::MAX);
            let ids = rows.map(|row| table.id(row)).filter(|id| dataset.is_of_facts(name, id));
            paths.extend(ids.map(|id| format!("/{name}/{id}")));
        }
    }
    let addresses = [Language::En, Language::Es].into_iter().flat_map(|language| {
        paths.iter().map(move |path| links.path(&in_language(path, language)))
    });
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @for address in addresses { url { loc { (address) } } "\n" }
        }
    }
    .into_string()
}
