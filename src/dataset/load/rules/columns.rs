//! The columns of a record by their names, as rules read them.

use std::collections::BTreeMap;

use crate::dataset::load::parsed_lines::ParsedLine;
use crate::model::FieldValue;

/// What a record breaks: the key at fault, the value found there, and what was expected.
pub(super) type Broken = (String, String, String);

/// The columns of one record.
pub(super) struct Columns<'r>(BTreeMap<&'static str, FieldValue<'r>>);

impl<'r> Columns<'r> {
    pub(super) fn of(line: ParsedLine<'r>) -> Self {
        Self(line.values().map(|(field, value)| (field.name, value)).collect())
    }

    /// A value, where the collection has such a column.
    pub(super) fn get(&self, name: &str) -> Option<&FieldValue<'r>> {
        self.0.get(name)
    }

    /// Whether there is a value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| *value != FieldValue::Missing)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(FieldValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        self.0.get(name).map(FieldValue::texts).unwrap_or_default()
    }

    pub(super) fn is(&self, name: &str, word: &str) -> bool {
        self.text(name) == Some(word)
    }
}
