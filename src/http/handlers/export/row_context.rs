//! What a row of a file needs to stand alone: the address of its record, its sources, and what its codes stand for.

use std::sync::Arc;

use crate::dataset::{Dataset, Stored};
use crate::http::app::links::Links;
use crate::model::{FieldValue, Kind, fields};
use crate::render::{Compute, FlatColumn};
use crate::words::{Language, country};

/// The longest text of several sources together, in bytes: what one cell of a workbook surely holds.
const LONGEST_LIST: usize = 30_000;

/// The columns that end a row: `record_url`, where it cites sources `source_title`, `source_publisher` and `source_url`,
/// and for each of these fields that it has `partner_label`, `program_label` and `stage_label`.
pub(crate) fn columns<C: Stored>(
    dataset: &Arc<Dataset>,
    links: &Links,
    language: Language,
) -> Vec<FlatColumn<C>> {
    let links = links.clone();
    let url: Compute<C> = Arc::new(move |_, record| text(links.record(C::NAME, record.id())));
    let about =
        "The address of the record. Begins with a host where the service knows its public address.";
    let mut columns = vec![FlatColumn::computed("record_url", Kind::Text, false, about, url)];
    if C::CITES {
        columns.extend(source_columns(dataset));
    }
    let has = |name: &str| fields::<C>().any(|field| field.name() == name);
    for (field, name, about) in LABELS.into_iter().filter(|(field, ..)| has(field)) {
        columns.push(label_column(dataset, field, name, about, language));
    }
    columns
}

const LABELS: [(&str, &str, &str); 3] = [
    ("partner", "partner_label", "The names of the partners, in the language of `lang`."),
    ("program", "program_label", "The name of the program, in the language of `lang`."),
    ("stage", "stage_label", "What the stage is called, in the language of `lang`."),
];

fn source_columns<C: Stored>(dataset: &Arc<Dataset>) -> [FlatColumn<C>; 3] {
    let column = |name, about, read: fn(&crate::collections::Source) -> &str| {
        let dataset = Arc::clone(dataset);
        let compute: Compute<C> = Arc::new(move |_, record| {
            let ids = record.citations().iter().map(|citation| citation.source.as_str());
            list(ids.filter_map(|id| dataset.sources.get(id)).map(read))
        });
        FlatColumn::computed(name, Kind::Text, true, about, compute)
    };
    [
        column("source_title", "The titles of the cited sources.", |source| source.title.as_str()),
        column("source_publisher", "Who published the cited sources.", |source| {
            source.publisher.as_str()
        }),
        column("source_url", "Where the cited sources are.", |source| source.url.as_str()),
    ]
}

fn label_column<C: Stored>(
    dataset: &Arc<Dataset>,
    field: &str,
    name: &'static str,
    about: &str,
    language: Language,
) -> FlatColumn<C> {
    let found = fields::<C>().find(|known| known.name() == field);
    let dataset = Arc::clone(dataset);
    let compute: Compute<C> = Arc::new(move |_, record| {
        let Some(field) = found else { return FieldValue::Missing };
        let value = field.value(record);
        let label =
            |code: &str| label_of(&dataset, field.kind(), field.refers_to(), code, language);
        if field.is_list() {
            list(value.texts().into_iter().map(label))
        } else {
            value.texts().first().map_or(FieldValue::Missing, |code| text(label(code)))
        }
    });
    FlatColumn::computed(
        name,
        Kind::Text,
        found.is_some_and(|field| field.is_list()),
        about,
        compute,
    )
}

/// What a code is called: by its closed list, or by the record that it names.
fn label_of(
    dataset: &Dataset,
    kind: Kind,
    refers_to: Option<&str>,
    code: &str,
    language: Language,
) -> String {
    let name = match (kind, refers_to) {
        (Kind::Code(codes), _) => codes.get(code).map(|code| language.of(code.label).to_owned()),
        (_, Some("partners")) => country(code).map(|country| language.of(country.name).to_owned()),
        (_, Some("assistance-programs")) => dataset.assistance_programs.get(code).map(|program| {
            let spanish = program.name_es.as_ref().filter(|_| language == Language::Es);
            spanish.unwrap_or(&program.name).to_string()
        }),
        _ => None,
    };
    name.unwrap_or_else(|| code.to_owned())
}

fn text(text: String) -> FieldValue<'static> {
    FieldValue::Text(text.into())
}

/// Texts as a list, cut before it is longer than a cell holds.
fn list(texts: impl Iterator<Item = impl Into<String>>) -> FieldValue<'static> {
    let mut length = 0;
    let mut values = Vec::new();
    for value in texts {
        let value: String = value.into();
        length += value.len() + 1;
        if length > LONGEST_LIST {
            values.push(text("…".to_owned()));
            break;
        }
        values.push(text(value));
    }
    FieldValue::List(values)
}
