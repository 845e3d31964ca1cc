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
use super::parameters::{self, ListAddress};
use crate::collections::Source;
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::{LinkParams, Links, PageLinks};
use crate::http::handlers::collection::{list as list_handler, read as read_handler};
use crate::http::request::counted_rows::CountedParams;
use crate::http::request::list_query::{ARCHIVE_MEDIA, archive_path, file_path};
use crate::http::response::body::{BesideRows, item_body, list_body};
use crate::http::response::envelope::{Facet, ItemLinks, ItemMeta, ListMeta};
use crate::http::response::item_words::has_amounts;
use crate::model::{Bilingual, Collection, CountedKeys, JsonSchema, Vocabulary, fields};
use crate::query::{PRESENCE, Query, Stat};
use crate::render::{ABOUT_COUNTING, Format};
use crate::sums::Counting;

/// The routes of one collection, described if there is a sample.
pub(crate) fn routes<C: Stored>(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    lists::<C>(sample).routes(item::<C>(sample, get(read_handler::<C>), ItemText::of::<C>))
}

/// The list of one collection: as a page, and in each format at an address of its own.
pub(crate) fn lists<C: Stored>(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    let page = OpenApiRouter::new().routes(list::<C>(sample, get(list_handler::<C>)));
    let files = Format::ALL.into_iter().fold(page, |routes, format| {
        routes.routes(file::<C>(sample, format, get(list_handler::<C>)))
    });
    files.routes(archive::<C>(sample, get(list_handler::<C>)))
}

/// `GET /v1/{name}`.
fn list<C: Stored>(sample: Option<&Dataset>, route: MethodRouter<App>) -> UtoipaMethodRouter<App> {
    let Some(sample) = sample else { return undescribed(C::PATH, route) };
    let operation = Operation {
        id: format!("list_{}", C::NAME.replace('-', "_")),
        tag: C::NAME,
        summary: format!("List {}", C::NAME.replace('-', " ")),
        description: format!(
            "{}\n\nFilters are joined by *and*; the values of one filter by *or*. Ties of a sort are broken by `id`. \
             The answer is a page. Every format has an address of its own, such as `{}`; here, `format=` and `Accept` \
             choose one too, and `fields=` keeps some keys of each record. `format=apa`, `chicago`, `bibtex`, `ris`, `csl` and \
             `mediawiki` cite the list, pinned to this release.",
            C::ABOUT.en,
            file_path::<C>(Format::Csv),
        ),
        parameters: parameters::of_list::<C>(sample, ListAddress::Page),
        success: json!({
            "description": "The records that answer.",
            "headers": headers(&OF_DATA),
            "content": {"application/json": {
                "schema": reference(&format!("{}List", C::name())),
                "example": list_example::<C>(sample, &[]),
            }},
        }),
    };
    operation.route(C::PATH, list_schemas::<C>(), route)
}

/// `GET /v1/{name}.{extension}`.
fn file<C: Stored>(
    sample: Option<&Dataset>,
    format: Format,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let path = file_path::<C>(format);
    let Some(sample) = sample else { return undescribed(&path, route) };
    let whole = "Every record that answers, or a page where `limit` is given.";
    let (about, content, schemas) = match format {
        Format::Json => (
            "A page of records, whole or with the keys that `fields` names.",
            json!({
                "schema": reference(&format!("{}SparseList", C::name())),
                "example": list_example::<C>(sample, &[("fields", "id")]),
            }),
            sparse_schemas::<C>(),
        ),
        Format::Csv | Format::Ndjson => (whole, json!({"schema": {"type": "string"}}), Vec::new()),
        Format::Xlsx | Format::Parquet => {
            (whole, json!({"schema": {"type": "string", "format": "binary"}}), Vec::new())
        }
    };
    let list = C::NAME.replace('-', " ");
    let mut operation = Operation {
        id: format!("list_{}_{}", C::NAME.replace('-', "_"), format.extension()),
        tag: C::NAME,
        summary: format!("List {list} as {}", format.entry().label.en),
        description: format!("The same question as `{}`. {about}", C::PATH),
        parameters: parameters::of_list::<C>(sample, ListAddress::File(format)),
        success: json!({
            "description": "The records that answer.",
            "headers": headers(&OF_DATA),
            "content": {},
        }),
    };
    operation.success["content"][format.media_type()] = content;
    operation.route(&path, schemas, route)
}

/// `GET /v1/{name}.zip`.
fn archive<C: Stored>(
    sample: Option<&Dataset>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let path = archive_path::<C>();
    let Some(sample) = sample else { return undescribed(&path, route) };
    let list = C::NAME.replace('-', " ");
    let mut operation = Operation {
        id: format!("list_{}_zip", C::NAME.replace('-', "_")),
        tag: C::NAME,
        summary: format!("List {list} as an archive to keep"),
        description: format!(
            "The same question as `{}`, as a zip to file with a story: every record that answers as CSV, a README with the \
             method and with what is doubtful about these records, the sources, the citation, and the question itself.",
            C::PATH
        ),
        parameters: parameters::of_list::<C>(sample, ListAddress::File(Format::Csv)),
        success: json!({
            "description": "The archive.",
            "headers": headers(&OF_DATA),
            "content": {},
        }),
    };
    operation.success["content"][ARCHIVE_MEDIA] =
        json!({"schema": {"type": "string", "format": "binary"}});
    operation.route(&path, Vec::new(), route)
}

/// Headers of an answer from the data.
const OF_DATA: [&str; 4] = ["ETag", "Cache-Control", "Link", "X-Request-Id"];

/// How a record is cited.
pub(crate) const ITEM_FORMATS: &str = "`format=apa`, `chicago`, `bibtex`, `ris`, `csl` and `mediawiki` cite it, pinned to \
     this release.";

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
                "One {} by its id, with the sources that it cites and links to the records that name it. {ITEM_FORMATS}",
                C::SINGULAR
            ),
            id: id.to_owned(),
            body: item_body::<C>(sample, &Links::default(), id, false),
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
            parameters::include(),
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

/// A list of one record. What sums do with it is decided where no `limit` asks for a part.
fn list_example<C: Stored>(sample: &Dataset, pairs: &[(&str, &str)]) -> Json {
    let first = C::table(sample).records().first().map_or("none", C::id);
    let one = if C::COUNTED.is_some() { ("id", first) } else { ("limit", "1") };
    let pairs: Vec<_> = [one]
        .iter()
        .chain(pairs)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let Ok(mut query) = Query::parse(&pairs, C::table(sample), &[]) else { return Json::Null };
    let counted = CountedParams::none().apply(sample, &mut query, true);
    let counts = counted.count(sample, &query);
    let extents = counted.scope.extents::<C>(sample);
    let beside = BesideRows { counts: counts.as_ref(), extents };
    let mut params = LinkParams::default();
    params.prepend(query.canonical_pairs());
    let (body, _) = list_body(sample, &Links::default(), C::PATH, &query, &params, beside);
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

/// The schema of labels.
fn labels_schema() -> Json {
    json!({
        "type": ["object", "null"],
        "additionalProperties": {"type": "object", "additionalProperties": reference("Bilingual")},
        "description": "For each field that holds codes, what people call those of this answer. Null unless `include=labels` was asked for.",
    })
}

/// The schema of what a parameter of a field that may be absent takes beside values.
fn presence_schema() -> RefOr<Schema> {
    schema_of(json!({
        "type": "string", "enum": PRESENCE,
        "description": "`null`: records without a value. `!null`: records with one.",
    }))
}

/// The schema of a page of records.
fn page_schema(record: &str, about: &str) -> Json {
    json!({
        "type": "object",
        "description": about,
        "properties": {
            "data": {"type": "array", "items": reference(record), "description": "The records of this page."},
            "sources": {"type": "array", "items": reference(&Source::name()),
                "description": "Every source that a record of this page cites, once, by id."},
            "labels": labels_schema(),
            "meta": described_reference("ListMeta", "How many records answer, which page this is, and which release of the data."),
            "facets": {
                "type": ["object", "null"],
                "additionalProperties": {"type": "array", "items": reference("Facet")},
                "description": "For each field that `facets` names, how many records hold each value, most frequent first, of those that match every filter but the ones on that field. Null when no facet was asked for.",
            },
            "stats": {
                "type": ["object", "null"],
                "additionalProperties": reference("Stat"),
                "description": "For each field that `stats` names, its least and greatest value over all matching records. Null when none was asked for.",
            },
            "links": described_reference("PageLinks", "The other pages."),
        },
    })
}

/// The schema of a row of a list: the record, and what sums do with it.
fn row_schema<C: Collection>() -> Json {
    let mut schema = JsonSchema::of::<C>().root().clone();
    if let Some(keys) = C::COUNTED {
        schema["properties"][CountedKeys::COUNTING] = json!({
            "oneOf": [{"type": "null"}, reference(&Counting::name())],
            "description": ABOUT_COUNTING,
        });
        schema["properties"][keys.amount] =
            json!({"type": ["integer", "null"], "format": "int64", "description": keys.about});
    }
    schema
}

/// The schemas of a collection's list.
fn list_schemas<C: Collection>() -> Vec<(String, RefOr<Schema>)> {
    let record = C::name();
    let name = if C::COUNTED.is_some() { format!("{record}Row") } else { record.to_string() };
    let about = format!("One page of {}.", C::NAME.replace('-', " "));
    let mut schemas = record_schemas::<C>();
    for (name, schema) in [
        (ListMeta::name(), ListMeta::schema()),
        (PageLinks::name(), PageLinks::schema()),
        (Facet::name(), Facet::schema()),
        (Stat::name(), Stat::schema()),
        (Bilingual::<&str>::name(), Bilingual::<&str>::schema()),
        ("Presence".into(), presence_schema()),
    ] {
        schemas.push((name.into_owned(), schema));
    }
    ListMeta::schemas(&mut schemas);
    Stat::schemas(&mut schemas);
    if C::COUNTED.is_some() {
        let mut row = row_schema::<C>();
        row["description"] = json!(format!(
            "One {} in a list: with what a sum over the list does with it.",
            C::SINGULAR
        ));
        schemas.push((Counting::name().into_owned(), Counting::schema()));
        schemas.push((name.clone(), schema_of(row)));
    }
    schemas.push((format!("{record}List"), schema_of(page_schema(&name, &about))));
    schemas
}

/// The schemas of a list whose records may lack keys.
fn sparse_schemas<C: Collection>() -> Vec<(String, RefOr<Schema>)> {
    let name = C::name();
    let mut sparse = row_schema::<C>();
    sparse["description"] =
        json!(format!("One {} with only the keys that `fields` names.", C::SINGULAR));
    // Marked, so that publishing does not require what a reader may have left out.
    sparse["x-sparse"] = json!(true);
    let about = "One page of records with only the keys that `fields` names.";
    vec![
        (format!("{name}Sparse"), schema_of(sparse)),
        (format!("{name}SparseList"), schema_of(page_schema(&format!("{name}Sparse"), about))),
    ]
}

/// What is said of the amount in words: null where the amount may be.
fn amount_phrase_schema<C: Collection>() -> Json {
    let about = "The amount in words, with its qualifier: `about $278 million`, `unos 278 millones de dólares`.";
    let optional = fields::<C>().any(|field| field.name() == "amount_usd" && field.is_optional());
    if optional {
        json!({
            "oneOf": [reference("Bilingual"), {"type": "null"}],
            "description": format!("{about} Null where no source values the record."),
        })
    } else {
        described_reference("Bilingual", about)
    }
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
            "labels": labels_schema(),
            "meta": described_reference("ItemMeta", "Which release of the data answers."),
            "links": described_reference("ItemLinks", "The list that it is in, and the records that name it."),
        },
    });
    item["properties"]["sentence"] = described_reference(
        "Bilingual",
        "What the record states, as a sentence of ours in English and in Spanish: with its qualifier, rounding, years, \
         stage and partner. Words of a source stay in their language.",
    );
    if has_amounts::<C>() {
        item["properties"]["amount_phrase"] = amount_phrase_schema::<C>();
    }
    if let Some((key, schema)) = answer.further {
        item["properties"][key] = schema;
    }
    let mut schemas = record_schemas::<C>();
    for (name, schema) in [
        (ItemMeta::name(), ItemMeta::schema()),
        (ItemLinks::name(), ItemLinks::schema()),
        (Bilingual::<String>::name(), Bilingual::<String>::schema()),
    ] {
        schemas.push((name.into_owned(), schema));
    }
    ItemMeta::schemas(&mut schemas);
    ItemLinks::schemas(&mut schemas);
    schemas.push((format!("{name}Answer"), schema_of(item)));
    schemas.extend(answer.schemas);
    schemas
}
