//! What the OpenAPI document says of a collection's endpoints: made of its table of fields and of the doc
//! comments of its record, so that nothing is described twice.

use axum::routing::{MethodRouter, get};
use serde_json::{Value as Json, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::operation::{
    Operation, described_reference, headers, reference, schema_of, undescribed,
};
use super::parameters;
use crate::collections::Source;
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::{LinkParams, Links, PageLinks};
use crate::http::handlers::collection::{list as list_handler, read as read_handler};
use crate::http::response::body::{SPARSE, item_body, list_body};
use crate::http::response::envelope::{ItemLinks, ItemMeta, ListMeta};
use crate::model::{Collection, JsonSchema};
use crate::query::{Facet, Query};
use crate::render::Format;

/// The routes of one collection, described if there is a sample.
pub(crate) fn routes<C: Stored>(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(list::<C>(sample, get(list_handler::<C>))).routes(item::<C>(
        sample,
        get(read_handler::<C>),
        ItemText::of::<C>,
    ))
}

/// `GET /v1/{name}`.
pub(crate) fn list<C: Stored>(
    sample: Option<&Dataset>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
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
    let operation = Operation {
        id: format!("list_{}", C::NAME.replace('-', "_")),
        tag: C::NAME,
        summary: format!("List {}", C::NAME.replace('-', " ")),
        description: format!(
            "{}\n\nFilters are joined by *and*; the values of one filter by *or*. Ties of a sort are broken by `id`. \
             JSON is answered in pages; the other formats hold every matching record unless `limit` is given.",
            C::ABOUT.en
        ),
        parameters: parameters::of_list::<C>(sample),
        success: json!({
            "description": "The records that answer.",
            "headers": headers(&OF_DATA),
            "content": content,
        }),
    };
    operation.route(C::PATH, list_schemas::<C>(), route)
}

/// Headers of an answer from the data.
const OF_DATA: [&str; 5] = ["ETag", "Last-Modified", "Cache-Control", "Link", "X-Request-Id"];

/// What the operation of one record says of itself, where collections differ.
pub(crate) struct ItemText {
    pub(crate) summary: String,
    pub(crate) description: String,
    /// The id of the record in the example.
    pub(crate) id: String,
    /// The example.
    pub(crate) body: String,
    pub(crate) answer: Answer,
}

/// What the schema of one record's answer says, where collections differ.
pub(crate) struct Answer {
    pub(crate) description: String,
    /// What its sources are.
    pub(crate) sources: &'static str,
    /// A further key with its schema and what it is.
    pub(crate) further: Option<(&'static str, Json)>,
    /// The schemas that the further key refers to.
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
}

impl Answer {
    /// As every collection has it.
    pub(crate) fn of<C: Collection>() -> Self {
        Self {
            description: format!("One {} with the sources that it cites.", C::SINGULAR),
            sources: "Every source that the record cites, once, by id.",
            further: None,
            schemas: Vec::new(),
        }
    }
}

impl ItemText {
    /// As every collection has it.
    fn of<C: Stored>(sample: &Dataset) -> Self {
        let id = C::table(sample).records().first().map_or("none", C::id);
        Self {
            summary: format!("Get one {}", C::SINGULAR),
            description: format!(
                "One {} by its id, with the sources that it cites and links to the records that name it.",
                C::SINGULAR
            ),
            id: id.to_owned(),
            body: item_body::<C>(sample, &Links::default(), id),
            answer: Answer::of::<C>(),
        }
    }
}

/// `GET /v1/{name}/{id}`.
pub(crate) fn item<C: Stored>(
    sample: Option<&Dataset>,
    route: MethodRouter<App>,
    text: impl FnOnce(&Dataset) -> ItemText,
) -> UtoipaMethodRouter<App> {
    let path = format!("{}/{{id}}", C::PATH);
    let Some(sample) = sample else { return undescribed(&path, route) };
    let text = text(sample);
    let example: Json = serde_json::from_str(&text.body).unwrap_or_default();
    let operation = Operation {
        id: format!("get_{}", C::NAME.replace('-', "_")),
        tag: C::NAME,
        summary: text.summary,
        description: text.description,
        parameters: vec![
            json!({
                "name": "id", "in": "path", "required": true,
                "description": "The record's id. Permanent: an id that was published is never renamed.",
                "schema": {"type": "string"}, "example": text.id,
            }),
            json!({
                "name": "format", "in": "query", "required": false,
                "description": "A single record is answered as JSON only; lists come in more formats.",
                "schema": {"type": "string", "enum": ["json"]}, "example": "json",
            }),
        ],
        success: json!({
            "description": "The record.",
            "headers": headers(&OF_DATA),
            "content": {"application/json": {
                "schema": reference(&format!("{}Answer", C::name())), "example": example,
            }},
        }),
    };
    operation.route(&path, item_schemas::<C>(text.answer), route)
}

fn list_example<C: Stored>(sample: &Dataset, pairs: &[(&str, &str)]) -> Json {
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let Ok(query) = Query::parse(&pairs, C::table(sample), &[]) else { return Json::Null };
    let mut params = LinkParams::default();
    params.prepend(query.canonical_pairs());
    let (body, _) = list_body(sample, &Links::default(), &query, &params);
    serde_json::from_str(&body).unwrap_or_default()
}

/// The schemas of a collection's records and of what surrounds them.
fn record_schemas<C: Collection>() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(C::name().into_owned(), C::schema())];
    C::schemas(&mut schemas);
    Source::schemas(&mut schemas);
    schemas.push((Source::name().into_owned(), Source::schema()));
    schemas
}

/// The schemas of a collection's list.
fn list_schemas<C: Collection>() -> Vec<(String, RefOr<Schema>)> {
    let name = C::name();
    let list = |record: &str, about: &str| {
        json!({
            "type": "object",
            "description": about,
            "properties": {
                "data": {"type": "array", "items": reference(record), "description": "The records of this page."},
                "sources": {"type": "array", "items": reference(&Source::name()),
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
    let mut sparse = JsonSchema::of::<C>().root().clone();
    sparse["description"] =
        json!(format!("One {} with only the keys that `fields` names.", C::SINGULAR));
    // Marked, so that publishing does not require what a reader may have left out.
    sparse["x-sparse"] = json!(true);
    let whole = format!("One page of {}.", C::NAME.replace('-', " "));
    let some = "One page of records with only the keys that `fields` names.";
    let mut schemas = record_schemas::<C>();
    for (name, schema) in [
        (ListMeta::name(), ListMeta::schema()),
        (PageLinks::name(), PageLinks::schema()),
        (Facet::name(), Facet::schema()),
    ] {
        schemas.push((name.into_owned(), schema));
    }
    ListMeta::schemas(&mut schemas);
    schemas.extend([
        (format!("{name}List"), schema_of(list(&name, &whole))),
        (format!("{name}Sparse"), schema_of(sparse)),
        (format!("{name}SparseList"), schema_of(list(&format!("{name}Sparse"), some))),
    ]);
    schemas
}

/// The schemas of a collection's records by id.
fn item_schemas<C: Collection>(answer: Answer) -> Vec<(String, RefOr<Schema>)> {
    let name = C::name();
    let mut item = json!({
        "type": "object",
        "description": answer.description,
        "properties": {
            "data": described_reference(&name, "The record."),
            "sources": {"type": "array", "items": reference(&Source::name()), "description": answer.sources},
            "meta": described_reference("ItemMeta", "Which release of the data answers."),
            "links": described_reference("ItemLinks", "The list that it is in, and the records that name it."),
        },
    });
    if let Some((key, schema)) = answer.further {
        item["properties"][key] = schema;
    }
    let mut schemas = record_schemas::<C>();
    for (name, schema) in
        [(ItemMeta::name(), ItemMeta::schema()), (ItemLinks::name(), ItemLinks::schema())]
    {
        schemas.push((name.into_owned(), schema));
    }
    ItemMeta::schemas(&mut schemas);
    ItemLinks::schemas(&mut schemas);
    schemas.push((format!("{name}Answer"), schema_of(item)));
    schemas.extend(answer.schemas);
    schemas
}
