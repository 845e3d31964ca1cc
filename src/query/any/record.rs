//! A record without its type: its fields by their names, whatever its collection.

use super::table::AnyTable;
use crate::model::{Citation, FieldSummary, FieldValue, Reference, Statement};

/// A record of any collection.
#[derive(Clone, Copy)]
pub struct AnyRecord<'t> {
    table: &'t dyn AnyTable,
    row: u32,
}

impl<'t> AnyRecord<'t> {
    /// The record in a row of a table.
    pub fn new(table: &'t dyn AnyTable, row: u32) -> Self {
        Self { table, row }
    }

    /// The record of a table with an id.
    pub fn find(table: &'t dyn AnyTable, id: &str) -> Option<Self> {
        table.row(id).map(|row| Self { table, row })
    }

    /// The table that it stands in.
    pub fn table(self) -> &'t dyn AnyTable {
        self.table
    }

    /// The name of its collection.
    pub fn collection(self) -> &'static str {
        self.table.name()
    }

    /// Its id.
    pub fn id(self) -> &'t str {
        self.table.id(self.row)
    }

    /// What it states.
    pub fn statement(self) -> Statement<'t> {
        self.table.statement(self.row)
    }

    /// Where it was published.
    pub fn citations(self) -> &'t [Citation] {
        self.table.citations(self.row)
    }

    /// The records of any collection that it names.
    pub fn references(self) -> &'t [Reference] {
        self.table.references(self.row)
    }

    /// Each of its fields, with what it holds there.
    pub fn values(self) -> impl Iterator<Item = (&'t FieldSummary, FieldValue<'t>)> {
        let fields = self.table.fields().iter().enumerate();
        fields.map(move |(place, field)| (field, self.value_at(place)))
    }

    /// What it holds in a field, by the place of the field.
    pub fn value_at(self, field: usize) -> FieldValue<'t> {
        self.table.value(self.row, field)
    }

    /// What it holds in the field of a name; none where its collection has no such field.
    pub fn value(self, name: &str) -> Option<FieldValue<'t>> {
        let place = self.table.fields().iter().position(|field| field.name == name)?;
        Some(self.table.value(self.row, place))
    }

    /// Whether it holds something in the field of a name.
    pub fn has(self, name: &str) -> bool {
        self.value(name).is_some_and(|value| !matches!(value, FieldValue::Missing))
    }

    /// Whether the field of a name says yes.
    pub fn is_flagged(self, name: &str) -> bool {
        matches!(self.value(name), Some(FieldValue::Flag(true)))
    }

    /// The text in the field of a name; none where the collection has no such field, or the record no such value.
    pub fn text(self, name: &str) -> Option<String> {
        match self.value(name)? {
            FieldValue::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// What stands in a field in Spanish; none where it has only English words.
    pub fn spanish_of(self, field: &str) -> Option<&'t str> {
        self.table.spanish_of(self.row, field)
    }
}
