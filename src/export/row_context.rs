//! What a row of a file needs to stand alone: the address of its record, its sources, and what its codes stand for.

use std::sync::Arc;

use crate::dataset::Dataset;
use crate::model::{FieldSummary, FieldValue, Kind};
use crate::query::AnyTable;
use crate::render::{Compute, FlatColumn};
use crate::words::{Language, country};

/// The longest text of several sources together, in bytes: what one cell of a workbook surely holds.
const LONGEST_LIST: usize = 30_000;

/// The columns that end a row: `record_url`, where it cites sources `source_title`, `source_publisher` and `source_url`,
/// and for each of these fields that it has `partner_label`, `program_label` and `stage_label`.
///
/// `url` computes the address of a record.
pub fn row_context(
    table: &dyn AnyTable,
    dataset: &Arc<Dataset>,
    url: Compute,
    language: Language,
) -> Vec<FlatColumn> {
    let about =
        "The address of the record. Begins with a host where the service knows its public address.";
    let mut columns = vec![FlatColumn::computed("record_url", Kind::Text, false, about, url)];
    if table.cites() {
        columns.extend(source_columns(dataset));
    }
    for (field, name, about) in LABELS {
        let place = table.fields().iter().position(|known| known.name == field);
        columns.extend(place.map(|place| {
            let labelled = (place, table.fields()[place]);
            label_column(dataset, labelled, name, about, language)
        }));
    }
    columns
}

const LABELS: [(&str, &str, &str); 3] = [
    ("partner", "partner_label", "The names of the partners, in the language of `lang`."),
    ("program", "program_label", "The name of the program, in the language of `lang`."),
    ("stage", "stage_label", "What the stage is called, in the language of `lang`."),
];

fn source_columns(dataset: &Arc<Dataset>) -> [FlatColumn; 3] {
    let column = |name, about, read: fn(&crate::collections::Source) -> &str| {
        let dataset = Arc::clone(dataset);
        let compute: Compute = Arc::new(move |table, row| {
            let ids = table.citations(row).iter().map(|citation| citation.source.as_str());
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

fn label_column(
    dataset: &Arc<Dataset>,
    (place, field): (usize, FieldSummary),
    name: &'static str,
    about: &str,
    language: Language,
) -> FlatColumn {
    let dataset = Arc::clone(dataset);
    let compute: Compute = Arc::new(move |table, row| {
        let value = table.value(row, place);
        let label = |code: &str| label_of(&dataset, field.kind, field.refers_to, code, language);
        if field.list {
            list(value.texts().into_iter().map(label))
        } else {
            value.texts().first().map_or(FieldValue::Missing, |code| text(label(code)))
        }
    });
    FlatColumn::computed(name, Kind::Text, field.list, about, compute)
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
