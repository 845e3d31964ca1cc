//! The words of records and codes, for charts.

use crate::charts::Sayings;
use crate::dataset::{Dataset, Stored};
use crate::http::response::item_words::heading_of;
use crate::model::{FieldSummary, RecordId, fields};
use crate::words::Language;

/// Calls something with the words of a collection's records and codes in a language.
pub(crate) fn with_sayings<C: Stored, T>(
    dataset: &Dataset,
    language: Language,
    call: impl FnOnce(&Sayings<'_>) -> T,
) -> T {
    let record = |id: &RecordId| {
        let found = C::table(dataset).get(id.as_str());
        let heading = found.map(|record| heading_of(dataset, &record.statement(), language));
        heading.unwrap_or_else(|| id.to_string())
    };
    let code = |name: &str, value: Option<&str>| {
        // A list is grouped by one of its values: `missions` by `mission`.
        let named = |known: &str| known == name || known.strip_suffix('s') == Some(name);
        let field = fields::<C>().find(|field| named(field.name()));
        match field {
            Some(field) => {
                let said = language.of(dataset.label_of(&FieldSummary::of(field), value));
                let name = language.of(field.label());
                if value.is_some() { said.into_owned() } else { format!("{name}: {said}") }
            }
            None => value.unwrap_or_default().to_owned(),
        }
    };
    call(&Sayings { language, record: &record, code: &code })
}
