//! The two pages that every collection has: its list and its records.

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::request::AskedPage;
use crate::dataset::Stored;
use crate::http::app::App;
use crate::http::app::pinned::PinnedApp;
use crate::http::handlers::citing::record_work;
use crate::http::handlers::releases::gone::missing;
use crate::http::request::counted_rows::CountedParams;
use crate::http::request::params::ParsedParams;
use crate::http::request::path_text::PathText;
use crate::http::response::problem::Problem;
use crate::pages::list::{self, List, panel_fields};
use crate::pages::record::{self, Beside, Citing, HistoryEntry};
use crate::query::ParameterRole;
use crate::render::{CitationFormat, cite};

/// The pages of a collection.
pub(crate) fn routes<C: Stored>() -> Router<App> {
    let path = format!("/{}", C::NAME);
    let record = format!("{path}/{{id}}");
    Router::new().route(&path, get(list::<C>)).route(&record, get(read::<C>))
}

/// Whether a parameter of a list is one of its page: those that choose keys and counts are not.
fn is_of_page<C>(role: ParameterRole<C>) -> bool {
    !matches!(
        role,
        ParameterRole::Fields
            | ParameterRole::Facets
            | ParameterRole::Stats
            | ParameterRole::Include
            | ParameterRole::Dataset
    )
}

/// `GET /{name}`
async fn list<C: Stored>(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, mut params } = page;
    let dataset = request.app.dataset();
    let counted = CountedParams::read::<C>(&mut params, &dataset);
    let query = params.query(C::table(&dataset), is_of_page);
    let (mut query, ParsedParams { links, key, .. }) =
        params.finish_with(&format!("/{}", C::NAME), query)?;
    counted.apply(&dataset, &mut query, true);
    query.count_facets(panel_fields::<C>().map(|field| field.name()));
    let pairs = links.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    request
        .answer(key, async {
            let selection = C::table(&dataset).select(&query);
            let list = List::new(&query, pairs, &selection);
            Ok(request.make(|site| list::page(site, &list)))
        })
        .await
}

/// `GET /{name}/{id}`
async fn read<C: Stored>(PathText(id): PathText, page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let dataset = request.app.dataset();
    let key = params.finish(&format!("/{}/{id}", C::NAME))?.key;
    if C::table(&dataset).get(&id).is_none() {
        return Err(missing(&request.app, &dataset, C::table(&dataset), &id).await);
    }
    request
        .answer(key, async {
            let Some(record) = C::table(&dataset).get(&id) else {
                return Err(Problem::no_such(C::table(&dataset), &id));
            };
            let beside = Beside {
                citing: citing::<C>(&request.app, &id),
                history: history::<C>(&request.app, &id).await,
                further: None,
            };
            Ok(request.make(|site| record::page(site, record, &beside)))
        })
        .await
}

/// How a record is cited.
fn citing<C: Stored>(app: &PinnedApp, id: &str) -> Citing {
    let dataset = app.dataset();
    let work = record_work::<C>(&dataset, app.links(), id);
    Citing { apa: cite(&work, CitationFormat::Apa), behind: behind(&work) }
}

/// What each release did with a record, newest first. What is wrong with the archive hides no record.
async fn history<C: Stored>(app: &PinnedApp, id: &str) -> Vec<HistoryEntry> {
    let Ok(changes) = app.release_changes().await else { return Vec::new() };
    let served = app.app().current_dataset();
    let entries = changes.releases.iter().rev().filter_map(|release| {
        let change = release.of_record(C::NAME, id)?;
        let version = release.entry.version.to_string();
        let log = &served.history.change_log;
        let reason = log.reason(&version, C::NAME, id).map(|line| line.reason.to_string());
        Some(HistoryEntry { version, kind: change.kind, reason, fields: change.fields.clone() })
    });
    entries.collect()
}

/// The documents behind a work, as a sentence ends with them.
fn behind(work: &crate::render::CitedWork) -> String {
    let Some(first) = work.sources.first() else { return work.author.clone() };
    let date = first.published.map_or("undated".to_owned(), |date| date.to_string());
    let more = match work.sources.len() - 1 {
        0 => String::new(),
        more => format!(" + {more}"),
    };
    format!("{}, {date}{more}", first.publisher)
}
