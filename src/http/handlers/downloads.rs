//! The whole dataset as a Frictionless Data Package: its description, and one archive.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::export::about;
use crate::dataset::{Dataset, TableVisitor};
use crate::http::app::App;
use crate::http::request::list_query::Bare;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, Validators};
use crate::http::response::problem::{Problem, ProblemBody};
use crate::model::Collection;
use crate::query::Table;
use crate::render::package::{PackageFile, Resource, package, resource, zip};

/// The description of the data package
///
/// Frictionless Data Package v2 (datapackage.org): one CSV a collection with types, vocabularies, required
/// columns, keys, licence, sources and a hash a file. The files are in the archive beside it.
#[utoipa::path(
    get,
    path = "/v1/datapackage.json",
    operation_id = "get_datapackage",
    tag = "downloads",
    responses(
        (status = 200, description = "The description.", body = serde_json::Map<String, serde_json::Value>),
        (status = 304, description = "The answer has not changed: it is the one that `If-None-Match` names."),
        (status = 400, description = "A parameter was given; none is taken here.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 500, description = "A fault of the service.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn descriptor(
    State(app): State<App>,
    _: Bare,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let validators = Validators::of(&app, &dataset.release, "/v1/datapackage.json");
    if let Some(not_modified) = validators.not_modified(&conditions) {
        return Ok(not_modified);
    }
    let files = run_blocking(move || files(&dataset)).await?;
    // The descriptor comes first.
    let descriptor = files
        .into_iter()
        .next()
        .ok_or_else(|| Problem::internal("a data package has no descriptor"))?;
    Ok(validators.stamp(crate::http::response::envelope::json(descriptor.1)))
}

/// The bytes of an archive.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema is wanted")]
struct Archive(Vec<u8>);

/// The whole dataset as one archive
///
/// A zip of the data package: `datapackage.json` and one CSV a collection. Opens as it is in a spreadsheet,
/// pandas, R, DuckDB and Datasette.
#[utoipa::path(
    get,
    path = "/v1/datapackage.zip",
    operation_id = "download_datapackage",
    tag = "downloads",
    responses(
        (status = 200, description = "The archive.", content_type = "application/zip", body = Archive),
        (status = 304, description = "The answer has not changed: it is the one that `If-None-Match` names."),
        (status = 400, description = "A parameter was given; none is taken here.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 500, description = "A fault of the service.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn archive(
    State(app): State<App>,
    _: Bare,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let validators = Validators::of(&app, &dataset.release, "/v1/datapackage.zip");
    if let Some(not_modified) = validators.not_modified(&conditions) {
        return Ok(not_modified);
    }
    let name = format!("attachment; filename=\"datapackage-{}.zip\"", dataset.release.version);
    let make = move || zip(&files(&dataset), &dataset.release.released.to_string());
    let bytes = run_blocking(make).await?.map_err(Problem::internal)?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(validators.stamp(response))
}

/// The files of the package: the descriptor first.
pub fn files(dataset: &Dataset) -> Vec<PackageFile> {
    let mut resources = Resources(Vec::new());
    dataset.visit(&mut resources);
    let sources: Vec<_> = dataset
        .sources
        .records()
        .iter()
        .filter_map(|source| dataset.sources.json_of(source.id()))
        .collect();
    package(&about(&dataset.release), &sources, resources.0)
}

struct Resources(Vec<Resource>);

impl TableVisitor for Resources {
    fn visit<C: Collection>(&mut self, table: &Table<C>) {
        self.0.push(resource(table));
    }
}
