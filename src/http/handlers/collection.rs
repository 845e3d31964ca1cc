//! The two endpoints that every collection has: its list and its records.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;

use super::export;
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::request::list_query::{Asked, Plain};
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
    asked: Asked<C>,
    conditions: Conditions,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let release = &asked.pinned()?.release;
    let validators = Validators::of(&app, release, &asked.identity());
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let response = match asked.format {
        Format::Json => page(&app, &asked),
        _ => export::answer(&app, asked).await?,
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
    let asked = format!("{}/{id}", C::PATH);
    let validators = Validators::of(&app, &plain.dataset.release, &asked);
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let mut response = json(item_body::<C>(&plain.dataset, app.links(), &id));
    link_header::of_record(&mut response, app.links(), &plain.dataset.release, C::NAME);
    Ok(validators.stamp(response))
}

/// One page of a list as JSON, with its links in the body and in the header.
fn page<C: Collection>(app: &App, asked: &Asked<C>) -> Response
where
    Dataset: AsRef<Table<C>>,
{
    let repeated = asked.repeated();
    let (body, links) = list_body(&asked.dataset, app.links(), &asked.question, &repeated);
    let mut response = json(body);
    if asked.question.keys.is_some() {
        mark_sparse(&mut response);
    }
    let release = &asked.dataset.release;
    link_header::of_list(&mut response, app.links(), release, C::PATH, &links, &repeated);
    response
}
