//! The two pages that every collection has: its list and its records.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::request::AskedPage;
use crate::dataset::Stored;
use crate::http::app::App;
use crate::http::app::pinned::PinnedApp;
use crate::http::handlers::charts::list::ListChart;
use crate::http::handlers::citing::record_work;
use crate::http::handlers::releases::gone::missing;
use crate::http::request::counted_rows::CountedParams;
use crate::http::request::params::ParsedParams;
use crate::http::request::path_text::PathText;
use crate::http::response::problem::Problem;
use crate::pages::list::{self, List, panel_fields};
use crate::pages::record::{self, Beside, Citing, HistoryEntry, MakeOwn, Own};
use crate::query::{AnyRecord, AnyTable, ParameterRole};

/// The pages of a collection.
pub(crate) fn routes<C: Stored>() -> Router<App> {
    both(None::<MakeOwn<C>>)
}

/// The pages of a collection whose records have parts of their own on theirs.
pub(crate) fn routes_with<C: Stored>(own: MakeOwn<C>) -> Router<App> {
    both(Some(own))
}

fn both<C: Stored>(own: Option<MakeOwn<C>>) -> Router<App> {
    let path = format!("/{}", C::NAME);
    let record = format!("{path}/{{id}}");
    let read = async move |id: PathText, page: AskedPage| read(id, page, own).await;
    Router::new().route(&path, get(list::<C>)).route(&record, get(read))
}

/// Whether a parameter of a list is one of its page: those that choose keys and counts are not.
fn is_of_page(role: ParameterRole) -> bool {
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
    let table = C::table(&dataset);
    query.count_facets(panel_fields(table).map(|field| field.name));
    let pairs = links.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    request
        .answer(key, async {
            let selection = table.select(&query);
            let list = List {
                table,
                has_chart: ListChart::of::<C>().is_some(),
                limit: query.limit,
                not_covered: &query.not_covered,
                pairs,
                page: selection.page(&query),
                facets: selection.facets(&query),
            };
            Ok(request.make(|site| list::page(site, &list)))
        })
        .await
}

/// `GET /{name}/{id}`
async fn read<C: Stored>(
    PathText(id): PathText,
    page: AskedPage,
    own: Option<MakeOwn<C>>,
) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let dataset = request.app.dataset();
    let key = params.finish(&format!("/{}/{id}", C::NAME))?.key;
    let table = C::table(&dataset);
    let Some(row) = AnyTable::row(table, &id) else {
        return Err(missing(&request.app, &dataset, table, &id).await);
    };
    request
        .answer(key, async {
            let citing = Citing::of(record_work::<C>(&dataset, request.app.links(), &id));
            let beside = Beside { citing, history: history::<C>(&request.app, &id).await };
            let Some(own) = own else {
                let record = AnyRecord::new(table, row);
                return Ok(
                    request.make(|site| record::page(site, record, &Own::default(), &beside))
                );
            };
            let dataset = Arc::clone(&dataset);
            // What a collection adds takes a pass over others.
            let make = request.make_blocking(move |site| {
                let table = C::table(&dataset);
                let own = own(site, table.record(row));
                record::page(site, AnyRecord::new(table, row), &own, &beside)
            });
            make.await
        })
        .await
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
