//! The schemas of a collection's answers: lists, rows, and records by id.

use serde_json::{Value as Json, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::any_collection::AnyCollection;
use super::operation::{described_reference, reference, schema_of};
use crate::collections::Source;
use crate::http::app::links::PageLinks;
use crate::http::response::envelope::{Facet, ItemLinks, ItemMeta, ListMeta};
use crate::model::{Bilingual, CountedKeys};
use crate::query::{PRESENCE, Stat};
use crate::render::ABOUT_COUNTING;
use crate::sums::Counting;

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
    pub(crate) fn of(singular: &str) -> Self {
        Self {
            description: format!("One {singular} with the sources that it cites."),
            sources: "Every source that the record cites, once, by id.",
            further: None,
            schemas: Vec::new(),
        }
    }
}

/// The schema of labels.
pub(super) fn labels_schema() -> Json {
    json!({
        "type": ["object", "null"],
        "additionalProperties": {"type": "object", "additionalProperties": reference("Bilingual")},
        "description": "For each field that holds codes, what people call those of this answer. Null unless `include=labels` was asked for.",
    })
}

/// The schema of what a parameter of a field that may be absent takes beside values.
pub(super) fn presence_schema() -> RefOr<Schema> {
    schema_of(json!({
        "type": "string", "enum": PRESENCE,
        "description": "`null`: records without a value. `!null`: records with one.",
    }))
}

/// The schema of a page of records.
pub(super) fn page_schema(record: &str, about: &str) -> Json {
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
pub(super) fn row_schema(collection: &AnyCollection<'_>) -> Json {
    let mut schema = collection.json_schema.root().clone();
    if let Some(keys) = collection.table.counted_keys() {
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
pub(super) fn list_schemas(collection: &AnyCollection<'_>) -> Vec<(String, RefOr<Schema>)> {
    let AnyCollection { record, table, .. } = collection;
    let is_counted = table.counted_keys().is_some();
    let name = if is_counted { format!("{record}Row") } else { record.clone() };
    let about = format!("One page of {}.", collection.in_words());
    let mut schemas = (collection.record_schemas)();
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
    if is_counted {
        let mut row = row_schema(collection);
        row["description"] = json!(format!(
            "One {} in a list: with what a sum over the list does with it.",
            table.singular()
        ));
        schemas.push((Counting::name().into_owned(), Counting::schema()));
        schemas.push((name.clone(), schema_of(row)));
    }
    schemas.push((format!("{record}List"), schema_of(page_schema(&name, &about))));
    schemas
}

/// The schemas of a list whose records may lack keys.
pub(super) fn sparse_schemas(collection: &AnyCollection<'_>) -> Vec<(String, RefOr<Schema>)> {
    let name = &collection.record;
    let mut sparse = row_schema(collection);
    sparse["description"] = json!(format!(
        "One {} with only the keys that `fields` names.",
        collection.table.singular()
    ));
    // Marked, so that publishing does not require what a reader may have left out.
    sparse["x-sparse"] = json!(true);
    let about = "One page of records with only the keys that `fields` names.";
    vec![
        (format!("{name}Sparse"), schema_of(sparse)),
        (format!("{name}SparseList"), schema_of(page_schema(&format!("{name}Sparse"), about))),
    ]
}

/// What is said of the amount in words: null where the amount may be.
pub(super) fn amount_phrase_schema(optional: bool) -> Json {
    let about = "The amount in words, with its qualifier: `about $278 million`, `unos 278 millones de dólares`.";
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
pub(super) fn item_schemas(
    collection: &AnyCollection<'_>,
    answer: Answer,
) -> Vec<(String, RefOr<Schema>)> {
    let name = &collection.record;
    let mut item = json!({
        "type": "object",
        "description": answer.description,
        "properties": {
            "data": described_reference(name, "The record."),
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
    if let Some(amount) = collection.table.field("amount_usd") {
        item["properties"]["amount_phrase"] = amount_phrase_schema(amount.optional);
    }
    if let Some((key, schema)) = answer.further {
        item["properties"][key] = schema;
    }
    let mut schemas = (collection.record_schemas)();
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
