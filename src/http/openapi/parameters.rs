//! What the OpenAPI document says of a collection's parameters.

use serde_json::{Value as Json, json};

use super::any_collection::AnyCollection;
use super::operation::reference;

use crate::dataset::Dataset;
use crate::http::app::links::is_of_one_release;
use crate::model::{CountedKeys, FieldSummary, FieldValue, JsonSchema, Kind, Vocabulary};
use crate::query::{
    AnyRecord, AnyTable, AskedField, INCLUDED, MOST_VALUES, Parameter, ParameterRole,
};
use crate::render::Format;
use crate::render::csv::Delimiter;
use crate::sums::Prefer;
use crate::words::Language;

/// The parameters of a list in one format: the collection's own, as far as the format has a place for what they ask,
/// and how the format is written.
pub(super) fn of_list(collection: &AnyCollection<'_>, address: ListAddress) -> Vec<Json> {
    let own = collection.table.parameters().iter();
    let own = own.filter(|parameter| address.takes(&parameter.name));
    let own = own.map(|parameter| describe(parameter, collection));
    own.chain(of_counting(collection.table)).chain(address.of_writing()).collect()
}

/// The parameters that say how the rows of a list are counted, and for what they are read beside its fields.
pub(super) fn of_counting(table: &dyn AnyTable) -> Vec<Json> {
    let Some(CountedKeys { group_by, .. }) = table.counted_keys() else { return Vec::new() };
    let counted_by = query(
        "counted_by",
        "Decides `counting` and what is counted in each group alone, as `group_by` does for totals: the rows of a group then make that group's amount. Left out, they make the total. The groups may hold the same money: never add over them.",
        &json!({"type": "array", "items": {"type": "string", "enum": group_by}}),
        &json!([group_by.first()]),
    );
    let within = group_by.contains(&"program").then(program_within);
    within.into_iter().chain([counted_by, prefer()]).collect()
}

/// Which of overlapping figures stand.
pub(super) fn prefer() -> Json {
    query(
        "prefer",
        "Which of overlapping figures stand: `broad`, few that cover much; `detail`, many that cover little.",
        &json!({"type": "string", "enum": Prefer::WORDS, "default": "broad"}),
        &json!("detail"),
    )
}

/// The filter by programs with all that is inside them.
pub(super) fn program_within() -> Json {
    query(
        "program_within",
        "Programs with all that is inside them (`part_of`, followed to the end): the code of one or several.",
        &json!({"type": "array", "items": {"type": "string"}}),
        &json!(["TOTAL-MILITARY-POLICE"]),
    )
}

/// An address of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListAddress {
    /// `/v1/partners`: whole records in JSON, to the document. It takes `format` and `fields`, too.
    Page,
    /// `/v1/partners.csv`: one format.
    File(Format),
}

impl ListAddress {
    /// Whether a parameter of the collection is documented here.
    fn takes(self, name: &str) -> bool {
        let counts = ["facets", "stats", "include"].contains(&name);
        match self {
            // Its records would lack keys that the schema requires.
            Self::Page => name != "fields",
            Self::File(Format::Json) => true,
            Self::File(Format::Ndjson) => !counts,
            Self::File(_) => !counts && name != "fields",
        }
    }

    fn of_writing(self) -> Vec<Json> {
        let bom = || {
            query(
                "bom",
                "Whether the file begins with a byte-order mark, which some spreadsheets need to read UTF-8.",
                &json!({"type": "boolean", "default": false}),
                &json!(false),
            )
        };
        let delimiter = || {
            query(
                "delimiter",
                "What stands between values. Spreadsheets whose language writes decimals with a comma expect `;`.",
                &json!({"type": "string", "enum": Delimiter::WORDS, "default": ","}),
                &json!(";"),
            )
        };
        let language = || {
            query(
                "lang",
                "The language of the columns that end in `_label`.",
                &json!({"type": "string", "enum": Language::WORDS, "default": "en"}),
                &json!("es"),
            )
        };
        match self {
            Self::File(Format::Csv) => vec![bom(), delimiter(), language()],
            Self::File(Format::Xlsx | Format::Parquet) => vec![language()],
            Self::Page | Self::File(_) => Vec::new(),
        }
    }
}

/// The parameter that names a release, for every address of data.
pub(super) fn release(path: &str, sample: &Dataset) -> Option<Json> {
    let is_data = path == "/v1" || path.starts_with("/v1/") && is_of_one_release(path);
    is_data.then(|| {
        query(
            "release",
            "Answers from this release of the data: its version, its digest, or a day, which means the release that was in force at its end. `/v1/releases` lists them; any other is refused. Left out, the newest answers. Links in the answer keep it, so that a walk through pages goes on whatever is served by then.",
            &json!({"type": "string", "minLength": 1}),
            &json!(sample.release.version),
        )
    })
}

/// The filters of a list: what a sum takes over from it.
pub(super) fn of_filters(collection: &AnyCollection<'_>) -> Vec<Json> {
    // A sum over what a search finds is no sum of anything.
    let is_filter = |role: ParameterRole| role.filters() && role != ParameterRole::Search;
    let parameters = collection.table.parameters().iter();
    let filters = parameters.filter(|parameter| is_filter(parameter.role));
    filters.map(|parameter| describe(parameter, collection)).collect()
}

pub(crate) fn query(name: &str, description: &str, schema: &Json, example: &Json) -> Json {
    let mut parameter = json!({
        "name": name, "in": "query", "required": false,
        "description": description, "schema": schema, "example": example,
    });
    if schema["type"] == "array" {
        parameter["style"] = json!("form");
        parameter["explode"] = json!(false);
        parameter["schema"]["minItems"] = json!(1);
        parameter["schema"]["maxItems"] = json!(MOST_VALUES);
    }
    parameter
}

pub(super) fn describe(parameter: &Parameter, collection: &AnyCollection<'_>) -> Json {
    let AnyCollection { table, json_schema, .. } = collection;
    let (name, table) = (&parameter.name, *table);
    match parameter.role {
        ParameterRole::Equals(place) => equals(name, place, json_schema, table),
        ParameterRole::AtLeast(place) => bound(name, place, true, json_schema, table),
        ParameterRole::AtMost(place) => bound(name, place, false, json_schema, table),
        ParameterRole::Presence(place) => {
            let (meaning, _) = meaning(&table.fields()[place], json_schema);
            query(
                name,
                &format!(
                    "Keeps records without a value (`null`), or with one (`!null`).\n\n{meaning}"
                ),
                &reference("Presence"),
                &json!("!null"),
            )
        }
        ParameterRole::Fits { stated, .. } => {
            let field = &table.fields()[stated];
            let (_, schema) = meaning(field, json_schema);
            let about = format!(
                "Keeps figures whose bounds hold this number: the least that the statement allows is not above it, and \
                 the most not below it. An open side holds every number; what states no amount is left out. In whole US \
                 dollars, as `{}`.",
                field.name
            );
            query(name, &about, &schema, &example(stated, table))
        }
        ParameterRole::Search => query(
            name,
            "Full text over all text of the record, its Spanish title and summary where it has some, and what its codes, programs, partners and missions are called in English and Spanish: every word must occur, the last one as the beginning of a word. Accents and case do not matter. At most 32 different words.",
            &json!({"type": "string", "minLength": 1, "pattern": r"[^\x00-/:-@\[-`{-\x7F]"}),
            &json!("fact sheet"),
        ),
        ParameterRole::Sort => {
            let names = named(table, |field| field.uses.sorts);
            let orders: Vec<_> =
                names.iter().flat_map(|name| [name.clone(), format!("-{name}")]).collect();
            let first = orders.get(3).cloned().unwrap_or_default();
            query(
                name,
                "The order of records, each field at most once: fields from the most important, `-` for the largest first. Records without a value come last both ways; text is ordered without regard to case and accents; ties are broken by `id`.",
                &json!({"type": "array", "uniqueItems": true, "items": {"type": "string", "enum": orders}}),
                &json!([first, "id"]),
            )
        }
        ParameterRole::Limit => query(
            name,
            "How many records a page has: 50 in JSON when it is left out, and every record in the other formats. 0 counts only.",
            &json!({"type": "integer", "minimum": 0, "maximum": 1000}),
            &json!(20),
        ),
        ParameterRole::Offset => query(
            name,
            "How many records come before the page.",
            &json!({"type": "integer", "minimum": 0, "maximum": u32::MAX, "default": 0}),
            &json!(0),
        ),
        ParameterRole::Fields => query(
            name,
            "Sends only these keys of each record. The answer then has a media type of its own.",
            &json!({"type": "array", "items": {"type": "string", "enum": table.row_keys().collect::<Vec<_>>()}}),
            &json!(table.keys().iter().take(2).collect::<Vec<_>>()),
        ),
        ParameterRole::Facets => {
            let names = named(table, |field| field.uses.facets);
            let first = names.first().cloned();
            query(
                name,
                "Counts the values of these fields, those without a value too, over the records that match every filter but the ones on the field itself: one call makes a panel of filters. Only in JSON.",
                &json!({"type": "array", "items": {"type": "string", "enum": names}}),
                &json!([first]),
            )
        }
        ParameterRole::Stats => {
            let names = named(table, |field| field.uses.ranges);
            let first = names.first().cloned();
            query(
                name,
                "The least and the greatest value of these fields over all matching records, and how many have one. Only in JSON.",
                &json!({"type": "array", "items": {"type": "string", "enum": names}}),
                &json!([first]),
            )
        }
        ParameterRole::Include => include(),
        ParameterRole::Dataset => query(
            name,
            "The digest of the dataset that a walk through pages began with. When another is served, the answer is 409: start again. `links.next` carries it.",
            &json!({"type": "string", "minLength": 1}),
            &json!(null),
        ),
    }
}

/// What is said of texts that are no closed list.
const OPEN: &str = " A value that no record has is refused with the nearest; one that has commas itself is taken whole.";

/// The values that a field may equal.
fn equals(name: &str, place: usize, json_schema: &JsonSchema, table: &dyn AnyTable) -> Json {
    let field = &table.fields()[place];
    let (meaning, schema) = meaning(field, json_schema);
    let rule = match field.kind {
        Kind::Date => "Keeps records whose date lies in any of these; `2022` holds `2022-05-23`.",
        Kind::Years => "Keeps records that touch any of these fiscal years.",
        _ if field.list => "Keeps records that hold any of these.",
        _ => "Keeps records that have any of these.",
    };
    let absent = field.may_be_absent();
    let schema = if absent {
        json!({"type": "array", "items": {"anyOf": [schema, reference("Presence")]}})
    } else {
        json!({"type": "array", "items": schema})
    };
    let rule = if absent {
        format!("{rule} `null` stands for those without a value, `!null` for those with one.")
    } else {
        rule.to_owned()
    };
    let example = json!([example(place, table)]);
    query(
        name,
        &format!(
            "{rule} Commas separate values; `\\,` stands for a comma inside one.\n\n{meaning}"
        ),
        &schema,
        &example,
    )
}

/// One end of a range.
fn bound(
    name: &str,
    place: usize,
    least: bool,
    json_schema: &JsonSchema,
    table: &dyn AnyTable,
) -> Json {
    let field = &table.fields()[place];
    let (meaning, schema) = meaning(field, json_schema);
    let rule = match (field.kind, least) {
        (Kind::Date, true) => {
            "Keeps records whose date may lie on this day or later; `2017` is any day of 2017."
        }
        (Kind::Date, false) => {
            "Keeps records whose date may lie on this day or earlier; `2017` is any day of 2017."
        }
        (Kind::Years, true) => "Keeps records that touch this fiscal year or a later one.",
        (Kind::Years, false) => "Keeps records that touch this fiscal year or an earlier one.",
        (_, true) => {
            "Keeps records with at least this value; records without a value are left out."
        }
        (_, false) => {
            "Keeps records with at most this value; records without a value are left out."
        }
    };
    let end = name.len() - "_min".len();
    let (field_name, other) = (&name[..end], if least { "_max" } else { "_min" });
    let order = if least { "below or equal to" } else { "above or equal to" };
    let about = format!("{rule} Must be {order} `{field_name}{other}`.\n\n{meaning}");
    query(name, &about, &schema, &example(place, table))
}

/// What may be added to a list or a record.
pub(crate) fn include() -> Json {
    query(
        "include",
        "`labels` adds what people call the codes of the answer, in English and Spanish. Only in JSON.",
        &json!({"type": "array", "items": {"type": "string", "enum": INCLUDED}}),
        &json!(INCLUDED),
    )
}

fn named(table: &dyn AnyTable, may: fn(&FieldSummary) -> bool) -> Vec<String> {
    let fields = table.fields().iter().filter(|field| may(field));
    fields.map(|field| field.name.to_owned()).collect()
}

/// What a field means, by the doc comment of its property, and what a value of it looks like.
fn meaning(field: &FieldSummary, json_schema: &JsonSchema) -> (String, Json) {
    if field.kind == Kind::Years {
        let about = "A US fiscal year N runs from 1 October N-1 to 30 September N. A calendar year touches two \
             of them; a period without a stated end touches every later year; a record without a period \
             touches the years that its date may lie in.";
        let schema = json!({"type": "integer", "minimum": 1776, "maximum": 2100});
        return (about.to_owned(), schema);
    }
    let Some(property) = json_schema.property(field.name) else {
        return (String::new(), json!({"type": "string"}));
    };
    let mut schema = property.schema;
    if let Some(object) = schema.as_object_mut() {
        for documented_elsewhere in ["description", "readOnly", "example"] {
            object.remove(documented_elsewhere);
        }
    }
    // A parameter is read as it is compared, so it may be larger than any number that a record holds.
    if schema["type"] == "integer" && schema.get("maximum").is_none() {
        schema["maximum"] = json!(u32::MAX);
        schema["minimum"] = json!(0);
        schema["format"] = json!("int64");
    }
    let refers = field.refers_to.map(|to| match to {
        "partners" => {
            " Any code of ISO 3166-1; one of which the data has nothing is named in `meta.not_covered`."
                .to_owned()
        }
        _ => format!(" An id of `{to}`; any other is refused."),
    });
    let is_open = field.kind == Kind::Text && refers.is_none();
    let refers = refers.or_else(|| is_open.then(|| OPEN.to_owned()));
    (format!("{}{}", property.description, refers.unwrap_or_default()), schema)
}

/// A value that the data really holds; one of the right form where no record holds any.
fn example(place: usize, table: &dyn AnyTable) -> Json {
    let asked = AskedField::new(table, place);
    let records = (0..).take(table.count()).map(|row| AnyRecord::new(table, row));
    let values = records.map(|record| record.value_at(place));
    let first = values.filter_map(|value| match value {
        FieldValue::Missing => None,
        FieldValue::List(values) => values.into_iter().next(),
        one => Some(one),
    });
    match first.into_iter().next() {
        Some(FieldValue::Whole(whole)) => json!(whole),
        Some(FieldValue::Flag(flag)) => json!(flag),
        Some(FieldValue::Years(years)) => json!(years.from),
        Some(value) => json!(value.to_string().replace(',', "\\,")),
        None => match (asked.ids().and_then(|ids| ids.first()), asked.summary().kind) {
            (Some(id), _) => json!(id),
            // Of a text that no record holds, its absence alone can be asked for.
            (None, Kind::Text) if asked.summary().optional => json!("null"),
            (None, Kind::Text) => json!("any"),
            (None, Kind::Code(list)) => json!(list.words.first()),
            (None, Kind::Whole) => json!(0),
            (None, Kind::Flag) => json!(true),
            (None, Kind::Date) => json!("2022-05"),
            (None, Kind::Years) => json!(2022),
        },
    }
}
