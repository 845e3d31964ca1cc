//! What the OpenAPI document says of a collection's endpoints: made of its table of fields and of the doc
//! comments of its record, so that nothing is described twice.

use axum::routing::{MethodRouter, get};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;
use utoipa::openapi::{PathItem, Paths, RefOr, Schema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::parameters;
use crate::collections::Source;
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::{Links, PageLinks};
use crate::http::handlers::collection::{list as list_handler, read as read_handler};
use crate::http::response::body::{SPARSE, item_body, list_body};
use crate::http::response::envelope::{ItemLinks, ItemMeta, ListMeta};
use crate::model::{Collection, JsonSchema};
use crate::query::{Facet, Query, Table};
use crate::render::Format;

/// The routes of one collection, described if there is a sample.
pub(crate) fn routes<C: Collection>(sample: Option<&Dataset>) -> OpenApiRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    OpenApiRouter::new()
        .routes(list::<C>(sample, get(list_handler::<C>)))
        .routes(read::<C>(sample, get(read_handler::<C>)))
}

/// A route that is only served: it says its path and nothing else of itself.
pub(crate) fn undescribed(path: &str, route: MethodRouter<App>) -> UtoipaMethodRouter<App> {
    let mut paths = Paths::new();
    paths.paths.insert(path.to_owned(), PathItem::default());
    (Vec::new(), paths, route)
}

/// `GET /v1/{name}`.
pub(crate) fn list<C: Collection>(
    sample: Option<&Dataset>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    let Some(sample) = sample else { return undescribed(C::PATH, route) };
    let name = C::name();
    let mut content = json!({
        "application/json": {
            "schema": reference(&format!("{name}List")),
            "example": list_example::<C>(sample, &[("limit", "1")]),
        },
        SPARSE: {
            "schema": reference(&format!("{name}SparseList")),
            "example": list_example::<C>(sample, &[("limit", "1"), ("fields", "id")]),
        },
    });
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Json) {
        let text = matches!(format, Format::Csv | Format::Ndjson);
        let schema = if text {
            json!({"type": "string"})
        } else {
            json!({"type": "string", "format": "binary"})
        };
        content[format.media_type()] = json!({"schema": schema});
    }
    let operation = json!({
        "operationId": format!("list_{}", C::NAME.replace('-', "_")),
        "tags": [C::NAME],
        "summary": format!("List {}", C::NAME.replace('-', " ")),
        "description": format!(
            "{}\n\nFilters are joined by *and*; the values of one filter by *or*. Ties of a sort are broken by `id`. \
             JSON is answered in pages; the other formats hold every matching record unless `limit` is given.",
            C::ABOUT.en
        ),
        "parameters": parameters::of_list::<C>(sample),
        "responses": {
            "200": {
                "description": "The records that answer.",
                "headers": headers(&["ETag", "Last-Modified", "Cache-Control", "Link", "X-Request-Id"]),
                "content": content,
            },
            "304": component("responses", "NotModified"),
            "400": component("responses", "InvalidParameters"),
            "406": component("responses", "NotAcceptable"),
            "409": component("responses", "DatasetChanged"),
            "414": component("responses", "UriTooLong"),
            "500": component("responses", "Internal"),
            "503": component("responses", "Unavailable"),
        },
    });
    described_route::<C>(C::PATH, &operation, route)
}

/// `GET /v1/{name}/{id}`.
pub(crate) fn read<C: Collection>(
    sample: Option<&Dataset>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    let path = format!("{}/{{id}}", C::PATH);
    let Some(sample) = sample else { return undescribed(&path, route) };
    let table: &Table<C> = sample.as_ref();
    let first = table.records().first().map_or("none", C::id);
    let example: Json =
        serde_json::from_str(&item_body::<C>(sample, &Links::default(), first)).unwrap_or_default();
    let operation = json!({
        "operationId": format!("get_{}", C::NAME.replace('-', "_")),
        "tags": [C::NAME],
        "summary": format!("Get one {}", C::SINGULAR),
        "description": format!(
            "One {} by its id, with the sources that it cites and links to the records that name it.",
            C::SINGULAR
        ),
        "parameters": [
            {
                "name": "id", "in": "path", "required": true,
                "description": "The record's id. Permanent: an id that was published is never renamed.",
                "schema": {"type": "string"}, "example": first,
            },
            {
                "name": "format", "in": "query", "required": false,
                "description": "A single record is answered as JSON only; lists come in more formats.",
                "schema": {"type": "string", "enum": ["json"]}, "example": "json",
            },
        ],
        "responses": {
            "200": {
                "description": "The record.",
                "headers": headers(&["ETag", "Last-Modified", "Cache-Control", "Link", "X-Request-Id"]),
                "content": {"application/json": {
                    "schema": reference(&format!("{}Answer", C::name())), "example": example,
                }},
            },
            "304": component("responses", "NotModified"),
            "400": component("responses", "InvalidParameters"),
            "404": component("responses", "NoSuchRecord"),
            "406": component("responses", "NotAcceptable"),
            "414": component("responses", "UriTooLong"),
            "500": component("responses", "Internal"),
            "503": component("responses", "Unavailable"),
        },
    });
    described_route::<C>(&path, &operation, route)
}

fn list_example<C: Collection>(sample: &Dataset, pairs: &[(&str, &str)]) -> Json
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = sample.as_ref();
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let Ok(question) = Query::parse(&pairs, table, &[]) else { return Json::Null };
    let link_params: Vec<_> = question.canonical_pairs().collect();
    let (body, _) = list_body(sample, &Links::default(), &question, &link_params);
    serde_json::from_str(&body).unwrap_or_default()
}

/// A reference to a schema.
fn reference(name: &str) -> Json {
    component("schemas", name)
}

/// A reference to a schema, with what it is here.
fn described_reference(name: &str, about: &str) -> Json {
    let mut reference = reference(name);
    reference["description"] = json!(about);
    reference
}

pub(crate) fn component(kind: &str, name: &str) -> Json {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

fn headers(names: &[&str]) -> Json {
    names.iter().map(|name| ((*name).to_owned(), component("headers", name))).collect()
}

/// The schemas of a collection's answers.
fn envelopes<C: Collection>() -> [(String, Json); 4] {
    let name = C::name();
    let source = Source::name();
    let list = |record: &str, about: &str| {
        json!({
            "type": "object",
            "description": about,
            "properties": {
                "data": {"type": "array", "items": reference(record), "description": "The records of this page."},
                "sources": {"type": "array", "items": reference(&source),
                    "description": "Every source that a record of this page cites, once, by id."},
                "meta": described_reference("ListMeta", "How many records answer, which page this is, and which release of the data."),
                "facets": {
                    "type": ["object", "null"],
                    "additionalProperties": {"type": "array", "items": reference("Facet")},
                    "description": "For each field that `facets` names, how many of all matching records hold each value, most frequent first. Null when no facet was asked for.",
                },
                "links": described_reference("PageLinks", "The other pages."),
            },
        })
    };
    let answer = json!({
        "type": "object",
        "description": format!("One {} with the sources that it cites.", C::SINGULAR),
        "properties": {
            "data": described_reference(&name, "The record."),
            "sources": {"type": "array", "items": reference(&source),
                "description": "Every source that the record cites, once, by id."},
            "meta": described_reference("ItemMeta", "Which release of the data answers."),
            "links": described_reference("ItemLinks", "The list that it is in, and the records that name it."),
        },
    });
    let mut sparse = JsonSchema::of::<C>().root().clone();
    sparse["description"] =
        json!(format!("One {} with only the keys that `fields` names.", C::SINGULAR));
    // Marked, so that publishing does not require what a reader may have left out.
    sparse["x-sparse"] = json!(true);
    [
        (
            format!("{name}List"),
            list(&name, &format!("One page of {}.", C::NAME.replace('-', " "))),
        ),
        (format!("{name}Answer"), answer),
        (format!("{name}Sparse"), sparse),
        (
            format!("{name}SparseList"),
            list(
                &format!("{name}Sparse"),
                "One page of records with only the keys that `fields` names.",
            ),
        ),
    ]
}

fn described_route<C: Collection>(
    path: &str,
    operation: &Json,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    const OURS: &str = "written a few lines above in the form of the document";
    let mut schemas = vec![(C::name().into_owned(), C::schema())];
    C::schemas(&mut schemas);
    Source::schemas(&mut schemas);
    for (name, schema) in [
        (Source::name(), <Source as utoipa::PartialSchema>::schema()),
        (ListMeta::name(), <ListMeta as utoipa::PartialSchema>::schema()),
        (PageLinks::name(), <PageLinks as utoipa::PartialSchema>::schema()),
        (ItemMeta::name(), <ItemMeta as utoipa::PartialSchema>::schema()),
        (ItemLinks::name(), <ItemLinks as utoipa::PartialSchema>::schema()),
        (Facet::name(), <Facet as utoipa::PartialSchema>::schema()),
    ] {
        schemas.push((name.into_owned(), schema));
    }
    ListMeta::schemas(&mut schemas);
    ItemLinks::schemas(&mut schemas);
    for (name, schema) in envelopes::<C>() {
        let schema: RefOr<Schema> = serde_json::from_value(schema).expect(OURS);
        schemas.push((name, schema));
    }
    let mut paths = Paths::new();
    let item = serde_json::from_value(json!({"get": operation})).expect(OURS);
    paths.paths.insert(path.to_owned(), item);
    (schemas, paths, route)
}
