//! The records of one file, with the lines that they were read from and their JSON.

use std::borrow::Cow;

use super::canonical::CanonicalReader;
use super::fault::Faults;
use super::line::LineReader;
use crate::model::{
    Citation, Collection, FieldSummary, FieldValue, JsonSchema, Reference, RuleViolation, fields,
    own_texts,
};
use crate::query::JsonRows;

/// The records of one file.
pub(crate) struct ParsedLines<C> {
    pub records: Vec<C>,
    /// The JSON of each record.
    pub json: JsonRows,
    /// The line of each record, and whether all of it was read.
    places: Vec<(usize, bool)>,
    fields: Vec<FieldSummary>,
}

/// The records of one file without their type: reading apart, lines are checked by code that is compiled once for all
/// collections.
pub(crate) trait AnyLines {
    /// The collection's name.
    fn name(&self) -> &'static str;
    /// Whether its records cite sources.
    fn cites(&self) -> bool;
    /// Whether its records may have Spanish texts.
    fn is_translated(&self) -> bool;
    /// What its fields are.
    fn fields(&self) -> &[FieldSummary];
    /// The schema of its records.
    fn json_schema(&self) -> JsonSchema;
    /// How many records were read.
    fn len(&self) -> usize;
    /// The number of the line of a record, and whether all of it was read.
    fn place(&self, at: usize) -> (usize, bool);
    /// The id of a record.
    fn id(&self, at: usize) -> &str;
    /// What a record holds in a field, by the place of the field.
    fn value(&self, at: usize, field: usize) -> FieldValue<'_>;
    /// Where a record was published.
    fn citations(&self, at: usize) -> &[Citation];
    /// The records of any collection that a record names.
    fn references(&self, at: usize) -> &[Reference];
    /// The rules over several keys that a record breaks.
    fn violations(&self, at: usize) -> Vec<RuleViolation>;
    /// The English title and summary of a record whose collection has Spanish ones.
    fn own_texts(&self, at: usize) -> Option<(Cow<'_, str>, Option<Cow<'_, str>>)>;
    /// Reads a line that is written as we write it; says whether it was one.
    fn read_canonical(&mut self, reader: &CanonicalReader, number: usize, text: &str) -> bool;
    /// Reads any line, with its faults; says whether there is a record.
    fn read_line(
        &mut self,
        reader: &LineReader<'_>,
        number: usize,
        text: &str,
        faults: &mut Faults,
    ) -> bool;
}

/// A record and the line that it was read from.
#[derive(Clone, Copy)]
pub(crate) struct ParsedLine<'l> {
    lines: &'l dyn AnyLines,
    at: usize,
    pub number: usize,
    /// Whether all of the line was read; otherwise unknown keys were left out.
    pub whole: bool,
}

impl<C: Collection> Default for ParsedLines<C> {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            json: JsonRows::default(),
            places: Vec::new(),
            fields: fields::<C>().map(FieldSummary::of).collect(),
        }
    }
}

impl<C: Collection> AnyLines for ParsedLines<C> {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn cites(&self) -> bool {
        C::CITES
    }

    fn is_translated(&self) -> bool {
        C::TRANSLATED.is_some()
    }

    fn fields(&self) -> &[FieldSummary] {
        &self.fields
    }

    fn json_schema(&self) -> JsonSchema {
        JsonSchema::of::<C>()
    }

    fn len(&self) -> usize {
        self.records.len()
    }

    fn place(&self, at: usize) -> (usize, bool) {
        self.places[at]
    }

    fn id(&self, at: usize) -> &str {
        self.records[at].id()
    }

    fn value(&self, at: usize, field: usize) -> FieldValue<'_> {
        let known = fields::<C>().nth(field);
        known.map_or(FieldValue::Missing, |field| field.value(&self.records[at]))
    }

    fn citations(&self, at: usize) -> &[Citation] {
        self.records[at].citations()
    }

    fn references(&self, at: usize) -> &[Reference] {
        self.records[at].references()
    }

    fn violations(&self, at: usize) -> Vec<RuleViolation> {
        self.records[at].violations()
    }

    fn own_texts(&self, at: usize) -> Option<(Cow<'_, str>, Option<Cow<'_, str>>)> {
        own_texts(&self.records[at])
    }

    fn read_canonical(&mut self, reader: &CanonicalReader, number: usize, text: &str) -> bool {
        let Some(record) = reader.read::<C>(text, &mut self.json) else { return false };
        self.records.push(record);
        self.places.push((number, true));
        true
    }

    fn read_line(
        &mut self,
        reader: &LineReader<'_>,
        number: usize,
        text: &str,
        faults: &mut Faults,
    ) -> bool {
        let before = faults.count();
        let Some(record) = reader.read::<C>(Some(number), text, faults) else { return false };
        self.json.push(&record);
        self.records.push(record);
        self.places.push((number, faults.count() == before));
        true
    }
}

impl dyn AnyLines + '_ {
    /// Each record with its line.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ParsedLine<'_>> {
        (0..self.len()).map(|at| self.line(at))
    }

    fn line(&self, at: usize) -> ParsedLine<'_> {
        let (number, whole) = self.place(at);
        ParsedLine { lines: self, at, number, whole }
    }

    /// Whether each id comes after the one before it.
    pub(crate) fn are_in_order(&self) -> bool {
        (1..self.len()).all(|at| self.id(at - 1) < self.id(at))
    }

    /// The record with an id, of records that are sorted by it.
    pub(crate) fn find(&self, id: &str) -> Option<ParsedLine<'_>> {
        let (mut least, mut most) = (0, self.len());
        while least < most {
            let middle = least + (most - least) / 2;
            if self.id(middle) < id { least = middle + 1 } else { most = middle }
        }
        (least < self.len() && self.id(least) == id).then(|| self.line(least))
    }
}

impl<'l> ParsedLine<'l> {
    /// Its id.
    pub(crate) fn id(self) -> &'l str {
        self.lines.id(self.at)
    }

    /// What it holds in a field, by the place of the field.
    pub(crate) fn value(self, field: usize) -> FieldValue<'l> {
        self.lines.value(self.at, field)
    }

    /// Each of its fields, with what it holds there.
    pub(crate) fn values(self) -> impl Iterator<Item = (&'l FieldSummary, FieldValue<'l>)> {
        let fields = self.lines.fields().iter().enumerate();
        fields.map(move |(place, field)| (field, self.value(place)))
    }

    /// Where it was published.
    pub(crate) fn citations(self) -> &'l [Citation] {
        self.lines.citations(self.at)
    }

    /// The records of any collection that it names.
    pub(crate) fn references(self) -> &'l [Reference] {
        self.lines.references(self.at)
    }

    /// The rules over several keys that it breaks.
    pub(crate) fn violations(self) -> Vec<RuleViolation> {
        self.lines.violations(self.at)
    }

    /// Its English title and summary, where its collection has Spanish ones.
    pub(crate) fn own_texts(self) -> Option<(Cow<'l, str>, Option<Cow<'l, str>>)> {
        self.lines.own_texts(self.at)
    }
}
