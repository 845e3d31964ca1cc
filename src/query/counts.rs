//! Counts beside a page: how many records hold each value, and the least and greatest of ordered ones.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::index::FieldIndex;
use super::index::row_set::RowSet;
use super::query::Query;
use super::selection::Selection;
use crate::model::{Collection, Field, PartialDate, Scalar, fields};

/// How many records hold a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value, as its parameter takes it; none for records without one.
    pub value: Option<String>,
    /// How many records hold it.
    pub count: u64,
}

/// The least and the greatest value of a field among the records that match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Stat {
    /// The least value. Null where no record has one.
    pub min: Option<StatValue>,
    /// The greatest value. Null where no record has one.
    pub max: Option<StatValue>,
    /// How many records have a value.
    pub count: u64,
}

/// A value that has an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum StatValue {
    /// A year, a count of people or whole US dollars.
    Whole(i64),
    /// A date as precise as its source gives it.
    Date(PartialDate),
}

impl<C: Collection> Selection<'_, C> {
    /// The facets of a query, by the field's name: values by count, most frequent first. Each counts over the records
    /// that match all conditions but those on its own field.
    pub fn facets(&self, query: &Query<C>) -> Vec<(&'static str, Vec<FacetCount>)> {
        let known: Vec<_> = fields::<C>().collect();
        let facet = |position: &usize| {
            let own = query.conditions.iter().any(|condition| condition.field == *position);
            let rows = if own {
                self.table.matching(query, Some(*position))
            } else {
                Cow::Borrowed(&*self.rows)
            };
            (known[*position].name(), self.facet(*position, known[*position], &rows))
        };
        query.facets.iter().map(facet).collect()
    }

    fn facet(&self, position: usize, field: &dyn Field<C>, rows: &RowSet) -> Vec<FacetCount> {
        let facet = |value: &Scalar, count| FacetCount { value: Some(value.to_string()), count };
        let column = match self.table.index.field(position) {
            FieldIndex::Values(column) if rows.len() >= column.values.len() as u64 => Some(column),
            _ => None,
        };
        let mut counts: Vec<FacetCount> = if let Some(column) = column {
            let counts = column.counts_among(rows);
            let held = column.values.iter().zip(counts).filter(|(_, count)| *count > 0);
            held.map(|(value, count)| facet(value, count)).collect()
        } else {
            // Fewer records than values: their own are counted.
            let mut counts: BTreeMap<Scalar, u64> = BTreeMap::new();
            for row in rows {
                let mut values = field.value(self.table.record(row)).scalars();
                values.sort_unstable();
                values.dedup();
                for value in values {
                    *counts.entry(value).or_default() += 1;
                }
            }
            counts.iter().map(|(value, count)| facet(value, *count)).collect()
        };
        let absent = self.table.index.absent(position).intersection_len(rows);
        if absent > 0 {
            counts.push(FacetCount { value: None, count: absent });
        }
        // Stable, so that equal counts keep the order of values.
        counts.sort_by_key(|facet| Reverse(facet.count));
        counts
    }

    /// The least and the greatest values that a query asks for, by the field's name.
    pub fn stats(&self, query: &Query<C>) -> Vec<(&'static str, Stat)> {
        let names: Vec<_> = fields::<C>().map(|field| field.name()).collect();
        query.stats.iter().map(|field| (names[*field], self.stat(*field))).collect()
    }

    fn stat(&self, position: usize) -> Stat {
        let found = match self.table.index.field(position) {
            FieldIndex::Values(column) => column
                .extremes(&self.rows)
                .map(|(least, most, count)| (StatValue::of(least), StatValue::of(most), count)),
            FieldIndex::Years(years) => years.extremes(&self.rows).map(|(first, last)| {
                let whole = |year: i16| Some(StatValue::Whole(year.into()));
                let count = years.dated().map_or(0, |dated| dated.intersection_len(&self.rows));
                (whole(first), whole(last), count)
            }),
            FieldIndex::Id | FieldIndex::Prose(_) => None,
        };
        let (min, max, count) = found.unwrap_or_default();
        Stat { min, max, count }
    }
}

impl StatValue {
    fn of(value: &Scalar) -> Option<Self> {
        match value {
            Scalar::Whole(whole) => Some(Self::Whole(*whole)),
            Scalar::Date(date) => Some(Self::Date(*date)),
            Scalar::Text(_) | Scalar::Flag(_) => None,
        }
    }
}
