//! The records of one file, with the lines that they were read from and their JSON.

use crate::model::Collection;
use crate::query::JsonRows;

/// The records of one file.
pub(crate) struct ParsedLines<C> {
    pub records: Vec<C>,
    /// The JSON of each record.
    pub json: JsonRows,
    /// The line of each record, and whether all of it was read.
    places: Vec<(usize, bool)>,
}

/// A record and the line that it was read from.
pub(crate) struct ParsedLine<'l, C> {
    pub number: usize,
    pub record: &'l C,
    /// Whether all of the line was read; otherwise unknown keys were left out.
    pub whole: bool,
}

impl<C> Default for ParsedLines<C> {
    fn default() -> Self {
        Self { records: Vec::new(), json: JsonRows::default(), places: Vec::new() }
    }
}

impl<C: Collection> ParsedLines<C> {
    /// Adds a record; its JSON is added by the caller.
    pub(crate) fn push(&mut self, number: usize, record: C, whole: bool) {
        self.records.push(record);
        self.places.push((number, whole));
    }

    /// Each record with its line.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ParsedLine<'_, C>> {
        let lines = self.records.iter().zip(&self.places);
        lines.map(|(record, (number, whole))| ParsedLine { number: *number, record, whole: *whole })
    }

    /// Whether each id comes after the one before it.
    pub(crate) fn are_in_order(&self) -> bool {
        self.records.is_sorted_by(|one, other| one.id() < other.id())
    }
}
