//! The whole dataset as a Frictionless Data Package: its description, and one archive.

use std::sync::Arc;

use axum::response::Response;

use crate::export::package_files;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::json;
use crate::http::response::file::file;
use crate::http::response::problem::Problem;
use crate::render::package::zip;

/// The description of the data package
///
/// Frictionless Data Package v2 (datapackage.org): one CSV a collection with types, vocabularies, required
/// columns, keys, license, sources and a hash a file, and tables of the Spanish titles and summaries that there are, such as
/// `agreements-es`. The files are in the archive beside it.
#[utoipa::path(
    get,
    path = "/v1/datapackage.json",
    operation_id = "get_datapackage",
    tag = "downloads",
    responses(
        (status = 200, description = "The description.", body = serde_json::Map<String, serde_json::Value>),
    )
)]
pub(crate) async fn descriptor(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key) = (app.dataset(), params.finish("/v1/datapackage.json")?.key);
    conditional(&app, &dataset.release, key, &conditions, async {
        let dataset = Arc::clone(&dataset);
        let files = run_blocking(move || package_files(&dataset)).await?;
        // The descriptor comes first.
        let descriptor = files.into_iter().next();
        let (_, bytes) =
            descriptor.ok_or_else(|| Problem::internal("a data package has no descriptor"))?;
        Ok(json(bytes))
    })
    .await
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
    )
)]
pub(crate) async fn archive(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key) = (app.dataset(), params.finish("/v1/datapackage.zip")?.key.of_file());
    conditional(&app, &dataset.release, key, &conditions, async {
        let zipped = Arc::clone(&dataset);
        let make = move || zip(&package_files(&zipped), &zipped.release.released.to_string());
        let bytes = run_blocking(make).await?.map_err(Problem::internal)?;
        let name = format!("datapackage-{}.zip", dataset.release.version);
        Ok(file(bytes, "application/zip", &name))
    })
    .await
}
