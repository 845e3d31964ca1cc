//! Builds the index of one field: values are numbered as they come, and renumbered in sorted order at the end.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::row_set::RowSetBuilder;
use super::value_column::{Collation, NO_VALUE, Postings, ValueColumn};
use crate::model::{FieldValue, Scalar};

/// How many values a field may have for each to have a set of its rows; beyond, sets take more than lists.
const FEW: usize = 1024;

/// Gathers the values of one field, row after row.
pub(crate) struct ColumnBuilder {
    is_list: bool,
    sorts: bool,
    texts: HashMap<Box<str>, u32, FixedState>,
    others: HashMap<Scalar, u32, FixedState>,
    /// The number of each row's value, for a field that holds one.
    numbers: Vec<u32>,
    /// The rows of each number, for a field that holds several.
    sets: Vec<RowSetBuilder>,
    /// The rows whose list is empty, for a field that holds several.
    empty: RowSetBuilder,
}

impl ColumnBuilder {
    pub(crate) fn new(is_list: bool, sorts: bool) -> Self {
        Self {
            is_list,
            sorts,
            texts: HashMap::default(),
            others: HashMap::default(),
            numbers: Vec::new(),
            sets: Vec::new(),
            empty: RowSetBuilder::default(),
        }
    }

    /// Adds the value of the next row.
    pub(crate) fn add(&mut self, row: u32, value: &FieldValue<'_>) {
        if self.is_list {
            if is_empty(value) {
                self.empty.push(row);
            }
            self.add_list(row, value);
        } else {
            let number = self.number(value).unwrap_or(NO_VALUE);
            self.numbers.push(number);
        }
    }

    fn add_list(&mut self, row: u32, value: &FieldValue<'_>) {
        if let FieldValue::List(values) = value {
            for value in values {
                self.add_list(row, value);
            }
        } else if let Some(number) = self.number(value) {
            let number = number as usize;
            if number == self.sets.len() {
                self.sets.push(RowSetBuilder::default());
            }
            self.sets[number].push(row);
        }
    }

    fn number(&mut self, value: &FieldValue<'_>) -> Option<u32> {
        let next = u32::try_from(self.texts.len() + self.others.len()).unwrap_or(NO_VALUE);
        let other = match value {
            FieldValue::Text(text) => {
                if let Some(known) = self.texts.get(text.as_ref()) {
                    return Some(*known);
                }
                self.texts.insert(text.as_ref().into(), next);
                return Some(next);
            }
            FieldValue::Whole(whole) => Scalar::Whole(*whole),
            FieldValue::Flag(flag) => Scalar::Flag(*flag),
            FieldValue::Date(date) => Scalar::Date(*date),
            FieldValue::Missing | FieldValue::Years(_) | FieldValue::List(_) => return None,
        };
        Some(*self.others.entry(other).or_insert(next))
    }

    pub(crate) fn finish(self) -> ValueColumn {
        let texts =
            self.texts.into_iter().map(|(text, number)| (Scalar::Text(text.into()), number));
        let mut values: Vec<(Scalar, u32)> = texts.chain(self.others).collect();
        values.sort_unstable();
        let mut position_of = vec![NO_VALUE; values.len()];
        for (position, (_, number)) in (0..).zip(&values) {
            position_of[*number as usize] = position;
        }
        let mut column = ValueColumn::default();
        if self.is_list {
            let mut sets = self.sets;
            let sorted = values
                .iter()
                .map(|(_, number)| std::mem::take(&mut sets[*number as usize]).finish());
            column.postings = Postings::Sets(sorted.collect());
            column.missing = self.empty.finish();
        } else {
            let mut positions = self.numbers;
            positions.shrink_to_fit();
            let mut missing = RowSetBuilder::default();
            for (row, number) in (0..).zip(&mut positions) {
                if *number == NO_VALUE {
                    missing.push(row);
                } else {
                    *number = position_of[*number as usize];
                }
            }
            column.missing = missing.finish();
            column.postings = postings(&positions, values.len());
            column.positions = positions;
        }
        column.values = values.into_iter().map(|(value, _)| value).collect();
        column.collation = if self.sorts { Collation::of(&column.values) } else { None };
        column
    }
}

/// Whether a list holds nothing.
fn is_empty(value: &FieldValue<'_>) -> bool {
    match value {
        FieldValue::List(values) => values.iter().all(is_empty),
        FieldValue::Missing => true,
        _ => false,
    }
}

fn postings(positions: &[u32], values: usize) -> Postings {
    let filled = || (0_u32..).zip(positions).filter(|(_, position)| **position != NO_VALUE);
    if values <= FEW {
        let mut sets = vec![RowSetBuilder::default(); values];
        for (row, position) in filled() {
            sets[*position as usize].push(row);
        }
        return Postings::Sets(sets.into_iter().map(RowSetBuilder::finish).collect());
    }
    let mut starts = vec![0_u32; values + 1];
    for (_, position) in filled() {
        starts[*position as usize + 1] += 1;
    }
    for value in 0..values {
        starts[value + 1] += starts[value];
    }
    let mut next = starts.clone();
    let mut rows = vec![0; starts[values] as usize];
    for (row, position) in filled() {
        let place = &mut next[*position as usize];
        rows[*place as usize] = row;
        *place += 1;
    }
    Postings::Runs { rows, starts }
}
