//! `/v1/dataset`: which release of the data is served, also as schema.org `Dataset`.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value as Json, json};
use utoipa::ToSchema;

use crate::dataset::{Dataset, Release};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::negotiate::Representation;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::json_of;
use crate::http::response::problem::Problem;
use crate::render::Format;

/// The media type of linked data in JSON (JSON-LD 1.1).
pub(crate) const JSON_LD: &str = "application/ld+json";

/// The release of the data that is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DatasetAnswer {
    /// The release.
    pub(crate) data: DatasetDescription,
}

/// A release of the data, with what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DatasetDescription {
    /// The release, as it describes itself.
    pub(crate) release: Release,
    /// How many records each collection has.
    pub(crate) counts: Vec<CollectionCount>,
    /// How many records there are in all.
    pub(crate) total: usize,
    /// Where the whole dataset is, as one archive.
    pub(crate) download: String,
}

/// How many records a collection has, and which years they touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CollectionCount {
    /// The collection.
    pub(crate) collection: String,
    /// How many records it has.
    pub(crate) count: usize,
    /// The first fiscal year that a record touches. Null for collections without years.
    pub(crate) fiscal_year_first: Option<i16>,
    /// The last fiscal year that a record is known to touch. Null for collections without years.
    pub(crate) fiscal_year_last: Option<i16>,
}

/// The release of the data
///
/// Title, version, digest, license, counts and years. Sent with `Accept: application/ld+json` (or
/// `format=jsonld`) it is a schema.org `Dataset`, which catalogs and search engines read.
#[utoipa::path(
    get,
    path = "/v1/dataset",
    operation_id = "get_dataset",
    tag = "service",
    params(("format" = Option<String>, Query, pattern = "^(json|jsonld)$", description = "`json` or `jsonld`; it wins over the `Accept` header.",
        example = "json")),
    responses(
        (status = 200, description = "The release.", content(
            (DatasetAnswer = "application/json"),
            (serde_json::Map<String, serde_json::Value> = "application/ld+json"),
        )),
    )
)]
pub(crate) async fn dataset(
    app: PinnedApp,
    mut params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let format = params.format(&[DatasetFormat::Json, DatasetFormat::JsonLd]);
    let (dataset, key) = (app.dataset(), params.finish("/v1/dataset")?.key);
    conditional(&app, &dataset.release, key, &conditions, async {
        match format {
            DatasetFormat::Json => json_of(&describe(&dataset, app.links())),
            DatasetFormat::JsonLd => {
                let media_type = [(header::CONTENT_TYPE, HeaderValue::from_static(JSON_LD))];
                let body = as_linked_data(&dataset, app.links()).to_string();
                Ok((media_type, body).into_response())
            }
        }
    })
    .await
}

/// A form of the description of the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatasetFormat {
    Json,
    JsonLd,
}

impl Representation for DatasetFormat {
    fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonLd => "jsonld",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonLd => JSON_LD,
        }
    }
}

/// The release of a dataset, with what it holds.
pub(crate) fn describe(dataset: &Dataset, links: &Links) -> DatasetAnswer {
    let counts: Vec<_> = dataset
        .tables()
        .into_iter()
        .map(|table| {
            let years = table.year_coverage();
            CollectionCount {
                collection: table.name().to_owned(),
                count: table.count(),
                fiscal_year_first: years.map(|(first, _)| first),
                fiscal_year_last: years.map(|(_, last)| last),
            }
        })
        .collect();
    DatasetAnswer {
        data: DatasetDescription {
            release: dataset.release.clone(),
            total: counts.iter().map(|count| count.count).sum(),
            counts,
            download: links.data("/v1/datapackage.zip"),
        },
    }
}

/// schema.org `Dataset` (schema.org/Dataset), with one download a collection.
pub(crate) fn as_linked_data(dataset: &Dataset, links: &Links) -> Json {
    let release = &dataset.release;
    let tables = dataset.tables().into_iter().map(|table| {
        let path = format!("/v1/{}", table.name());
        json!({
            "@type": "DataDownload",
            "name": table.name(),
            "description": table.about().en,
            "encodingFormat": Format::Csv.media_type(),
            "contentUrl": links.query(&path, [("format", "csv")]),
        })
    });
    let archive = json!({
        "@type": "DataDownload",
        "name": "datapackage",
        "description": "The whole dataset: one CSV a collection, with its description.",
        "encodingFormat": "application/zip",
        "contentUrl": links.data("/v1/datapackage.zip"),
    });
    let years: Vec<_> = dataset.tables().iter().filter_map(|table| table.year_coverage()).collect();
    let first = years.iter().map(|(first, _)| first).min();
    let last = years.iter().map(|(_, last)| last).max();
    json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": release.title,
        "description": release.description,
        "version": release.version,
        "datePublished": release.released,
        "license": release.licence.url,
        "identifier": release.digest,
        "url": links.data("/v1/dataset"),
        "isAccessibleForFree": true,
        "temporalCoverage": first.zip(last).map(|(first, last)| format!("{first}/{last}")),
        "distribution": tables.chain([archive]).collect::<Vec<_>>(),
    })
}
