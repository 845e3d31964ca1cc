//! The two endpoints that every collection has: its list and its records.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;

use super::export;
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::request::list_query::{ListQuery, Plain};
use crate::http::response::body::{item_body, list_body, mark_sparse};
use crate::http::response::conditional::{Conditions, Validators};
use crate::http::response::envelope::json;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::Collection;
use crate::query::Table;
use crate::render::Format;

pub(crate) async fn list<C: Collection>(
    State(app): State<App>,
    query: ListQuery<C>,
    conditions: Conditions,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let release = &query.pinned()?.release;
    let validators = Validators::of(&app, release, &query.cache_key());
    if let Some(not_modified) = validators.not_modified(&conditions) {
        return Ok(not_modified);
    }
    let response = match query.format {
        Format::Json => page(&app, &query),
        _ => export::answer(&app, query).await?,
    };
    Ok(validators.stamp(response))
}

pub(crate) async fn read<C: Collection>(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
    plain: Plain,
    conditions: Conditions,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = (*plain.dataset).as_ref();
    let id = id.map(|Path(id)| id).unwrap_or_default();
    if table.get(&id).is_none() {
        return Err(Problem::no_such(table, &id));
    }
    let cache_key = format!("{}/{id}", C::PATH);
    let validators = Validators::of(&app, &plain.dataset.release, &cache_key);
    if let Some(not_modified) = validators.not_modified(&conditions) {
        return Ok(not_modified);
    }
    let mut response = json(item_body::<C>(&plain.dataset, app.links(), &id));
    link_header::of_record(&mut response, app.links(), &plain.dataset.release, C::NAME);
    Ok(validators.stamp(response))
}

/// One page of a list as JSON, with its links in the body and in the header.
fn page<C: Collection>(app: &App, query: &ListQuery<C>) -> Response
where
    Dataset: AsRef<Table<C>>,
{
    let link_params = query.link_params();
    let (body, links) = list_body(&query.dataset, app.links(), &query.question, &link_params);
    let mut response = json(body);
    if query.question.keys.is_some() {
        mark_sparse(&mut response);
    }
    let release = &query.dataset.release;
    link_header::of_list(&mut response, app.links(), release, C::PATH, &links, &link_params);
    response
}
