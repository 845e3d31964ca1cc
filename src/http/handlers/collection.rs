//! The two endpoints that every collection has: its list and its records.

use std::sync::Arc;

use axum::response::Response;

use super::citing::{cite_list, cite_record};
use super::export::{self, archive};
use super::releases::gone::missing;
use crate::dataset::Stored;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::list_query::ListQuery;
use crate::http::request::params::QueryParams;
use crate::http::request::path_text::PathText;
use crate::http::response::blocking::run_blocking;
use crate::http::response::body::{BesideRows, item_body, list_body};
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::json;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::render::Format;

/// `GET /v1/{name}`
pub(crate) async fn list<C: Stored>(
    app: PinnedApp,
    list: ListQuery<C>,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key) = (Arc::clone(&list.dataset), list.key.clone());
    conditional(&app, &dataset.release, key, &conditions, async {
        match (list.citation, list.format) {
            (Some(form), _) => cite_list(&app, list, form).await,
            (None, Format::Json) => page(&app, list).await,
            (None, _) if list.archive => archive::answer(&app, list).await,
            (None, _) => export::answer(&app, list).await,
        }
    })
    .await
}

/// `GET /v1/{name}/{id}`
pub(crate) async fn read<C: Stored>(
    app: PinnedApp,
    PathText(id): PathText,
    mut params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let labels = params.labels();
    let (form, key) = params.json_or_citation(&format!("{}/{id}", C::PATH))?;
    if C::table(&dataset).get(&id).is_none() {
        return Err(missing(&app, &dataset, C::table(&dataset), &id).await);
    }
    conditional(&app, &dataset.release, key, &conditions, async {
        let mut response = match form {
            Some(form) => cite_record::<C>(&dataset, app.links(), &id, form),
            None => json(item_body::<C>(&dataset, app.links(), &id, labels)),
        };
        link_header::of_record(&mut response, app.links(), &dataset.release, C::NAME, &id);
        Ok(response)
    })
    .await
}

/// One page of a list as JSON, with its links in the body and in the header.
async fn page<C: Stored>(app: &PinnedApp, list: ListQuery<C>) -> Result<Response, Problem> {
    if !list.counted.is_decided(&list.query) {
        return Ok(answer_page(app, &list));
    }
    // What a sum does with each row is decided over all that match.
    let app = app.clone();
    run_blocking(move || answer_page(&app, &list)).await
}

fn answer_page<C: Stored>(app: &PinnedApp, list: &ListQuery<C>) -> Response {
    let (dataset, path) = (&list.dataset, list.path());
    let matching = || C::table(dataset).select(&list.query).rows();
    let counts = list.counted.count(dataset, &list.query, matching);
    let extents = list.counted.scope.extents::<C>(dataset);
    let beside = BesideRows { counts: counts.as_ref(), extents };
    let (body, links) = list_body(dataset, app.links(), &path, &list.query, &list.links, beside);
    let mut response = json(body);
    let release = &dataset.release;
    link_header::of_list(&mut response, app.links(), release, C::PATH, &links, &list.links);
    response
}
