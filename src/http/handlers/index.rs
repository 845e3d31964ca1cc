//! `/v1`: where a reader begins.

use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dataset::{Dataset, Licence, SetExtent};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::{ItemMeta, json_of};
use crate::http::response::problem::Problem;
use crate::model::{Bilingual, FieldSummary, Kind, Vocabulary};
use crate::render::Format;

/// The collections that have totals.
const TOTALS: [&str; 4] = [
    "/v1/assistance-funding/totals",
    "/v1/arms-sales/totals",
    "/v1/deployments/totals",
    "/v1/training/totals",
];

/// What is drawn: lists of figures, sums, dates, and how deep the data is.
const CHARTS: [&str; 10] = [
    "/v1/assistance-funding.svg",
    "/v1/arms-sales.svg",
    "/v1/foreign-assistance.svg",
    "/v1/us-personnel.svg",
    "/v1/assistance-funding/totals.svg",
    "/v1/arms-sales/totals.svg",
    "/v1/deployments/totals.svg",
    "/v1/training/totals.svg",
    "/v1/timeline.svg",
    "/v1/coverage.svg",
];

/// The index of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct IndexAnswer {
    /// What there is.
    pub(crate) data: ServiceIndex,
    /// The release of the data.
    pub(crate) meta: ItemMeta,
    /// Where to go on.
    pub(crate) links: IndexLinks,
}

/// What there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ServiceIndex {
    /// What the dataset is called.
    pub(crate) title: String,
    /// What it holds.
    pub(crate) description: String,
    /// The license of the data.
    pub(crate) licence: Licence,
    /// The formats that lists come in, as `format=` takes them.
    pub(crate) formats: Vec<String>,
    /// The collections.
    pub(crate) collections: Vec<CollectionSummary>,
    /// The sets of records that are known to be whole, or a sample: of a collection, by partner and kind. Of all others
    /// nothing is known.
    pub(crate) extents: Vec<SetExtent>,
}

/// One collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CollectionSummary {
    /// Its name: path segment and tag.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: Bilingual,
    /// What it holds.
    pub(crate) about: String,
    /// How many records it has.
    pub(crate) count: usize,
    /// Its list.
    pub(crate) href: String,
    /// What may be asked of its records.
    pub(crate) fields: Vec<FieldDescription>,
}

/// What may be asked of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "independent permissions, each read by name")]
pub(crate) struct FieldDescription {
    /// Its name: CSV column and parameter; its path in JSON joined by `_`.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: Bilingual,
    /// The kind of its values: `text`, `code`, `whole`, `flag`, `date`, `fiscal_years`.
    pub(crate) kind: String,
    /// Whether it holds several values.
    pub(crate) list: bool,
    /// Whether it may be null.
    pub(crate) nullable: bool,
    /// Whether `?name=` filters by it.
    pub(crate) equals: bool,
    /// Whether `?name_min=` and `?name_max=` filter by it.
    pub(crate) ranges: bool,
    /// Whether `?sort=name` orders by it.
    pub(crate) sorts: bool,
    /// Whether `?facets=name` counts its values.
    pub(crate) facets: bool,
    /// The collection whose ids it holds. Null when it holds none.
    pub(crate) refers_to: Option<String>,
    /// Its closed vocabulary. Empty when its values are open.
    pub(crate) values: Vec<String>,
    /// The closed list of its codes, by its name at `/v1/codes`. Null when it has none.
    pub(crate) code_list: Option<String>,
}

/// Where to go on from the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct IndexLinks {
    /// The index.
    #[serde(rename = "self")]
    pub(crate) this: String,
    /// The release of the data.
    pub(crate) dataset: String,
    /// Sums of assistance, arms sales, deployments and training that count nothing twice.
    pub(crate) totals: Vec<String>,
    /// Charts as SVG, each of the question of the list or the sum whose address it has.
    pub(crate) charts: Vec<String>,
    /// Every closed list of codes, with labels and definitions in English and Spanish.
    pub(crate) codes: String,
    /// How deep the data is, by partner, program and fiscal year.
    pub(crate) coverage: String,
    /// Every dated thing in order.
    pub(crate) timeline: String,
    /// Search across all collections.
    pub(crate) search: String,
    /// The whole dataset as a data package.
    pub(crate) datapackage: String,
    /// Every release of the data, with what it changed.
    pub(crate) releases: String,
    /// What became of which record in which release.
    pub(crate) changes: String,
    /// What changed, as an Atom feed.
    pub(crate) feed: String,
    /// The OpenAPI document.
    pub(crate) openapi: String,
    /// The interactive documentation.
    pub(crate) docs: String,
}

/// The index of the service
///
/// Every collection with its count and with what may be asked of its fields, the release, the license, and
/// where to go on.
#[utoipa::path(
    get,
    path = "/v1",
    operation_id = "get_index",
    tag = "service",
    params(("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json")),
    responses(
        (status = 200, description = "The index.", body = IndexAnswer),
    )
)]
pub(crate) async fn index(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key) = (app.dataset(), params.only_json("/v1")?);
    let make = async { json_of(&describe(&dataset, app.links())) };
    conditional(&app, &dataset.release, key, &conditions, make).await
}

/// The index of a dataset.
pub(crate) fn describe(dataset: &Dataset, links: &Links) -> IndexAnswer {
    let release = &dataset.release;
    let collections = dataset.tables().into_iter().map(|table| CollectionSummary {
        name: table.name().to_owned(),
        label: table.label(),
        about: table.about().en.to_owned(),
        count: table.count(),
        href: links.data(&format!("/v1/{}", table.name())),
        fields: table.fields().iter().map(FieldDescription::from).collect(),
    });
    IndexAnswer {
        data: ServiceIndex {
            title: release.title.to_string(),
            description: release.description.to_string(),
            licence: release.licence.clone(),
            formats: Format::WORDS.iter().map(|word| (*word).to_owned()).collect(),
            collections: collections.collect(),
            extents: release.extents.to_vec(),
        },
        meta: ItemMeta { dataset: release.into() },
        links: IndexLinks {
            this: links.data("/v1"),
            dataset: links.data("/v1/dataset"),
            totals: TOTALS.map(|path| links.data(path)).to_vec(),
            charts: CHARTS.map(|path| links.data(path)).to_vec(),
            codes: links.data("/v1/codes"),
            coverage: links.data("/v1/coverage"),
            timeline: links.data("/v1/timeline"),
            search: links.data("/v1/search"),
            datapackage: links.data("/v1/datapackage.json"),
            releases: links.path("/v1/releases"),
            changes: links.path("/v1/changes"),
            feed: links.path("/feed.atom"),
            openapi: links.path("/openapi.json"),
            docs: links.path("/docs/"),
        },
    }
}

impl From<&FieldSummary> for FieldDescription {
    fn from(field: &FieldSummary) -> Self {
        let (kind, values): (&str, &[&str]) = match field.kind {
            Kind::Text => ("text", &[]),
            Kind::Code(list) => ("code", list.words),
            Kind::Whole => ("whole", &[]),
            Kind::Flag => ("flag", &["true", "false"]),
            Kind::Date => ("date", &[]),
            Kind::Years => ("fiscal_years", &[]),
        };
        Self {
            name: field.name.to_owned(),
            label: field.label,
            kind: kind.to_owned(),
            list: field.list,
            nullable: field.optional,
            equals: field.uses.equals,
            ranges: field.uses.ranges,
            sorts: field.uses.sorts,
            facets: field.uses.facets,
            refers_to: field.refers_to.map(str::to_owned),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            code_list: match field.kind {
                Kind::Code(list) => Some(list.name()),
                _ => None,
            },
        }
    }
}
