//! Selections, their pages and their facets.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::index::{NO_RANK, Rows};
use super::question::{DEFAULT_LIMIT, Order, Question};
use super::table::Table;
use crate::model::{Collection, fields};

/// The records that answer a question, in its order.
pub struct Selection<'t, C: 'static> {
    table: &'t Table<C>,
    rows: Rows,
    /// The rows in order; none when that is the order of ids, which the set has already.
    ordered: Option<Vec<u32>>,
}

/// One page of the records that answer.
pub struct Page {
    /// The rows of the page, in order.
    pub rows: Vec<u32>,
    /// How many records answer on all pages.
    pub total: u64,
    /// The first record's position among them.
    pub offset: u32,
    /// How many records a page has.
    pub limit: u32,
}

/// How many of the records that answer hold a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facet {
    /// The value, as its parameter takes it; a comma inside it is written `\,` there.
    pub value: String,
    /// How many records hold it.
    pub count: u64,
}

impl<'t, C: Collection> Selection<'t, C> {
    pub(super) fn new(table: &'t Table<C>, rows: Rows, orders: &[Order]) -> Self {
        let ordered = (!orders.is_empty()).then(|| {
            let ranks: Vec<_> =
                orders.iter().map(|order| (table.index.ranks(order.field), order.down)).collect();
            let key = |row: &u32| -> Vec<u32> {
                let rank = |(ranks, down): &(&[u32], bool)| match ranks[*row as usize] {
                    NO_RANK => NO_RANK,
                    // One less than the rank of a missing value, so that missing stays last.
                    rank if *down => NO_RANK - 1 - rank,
                    rank => rank,
                };
                ranks.iter().map(rank).collect()
            };
            let mut ordered: Vec<u32> = rows.iter().collect();
            // Stable, so that ties keep the order of ids and pages never overlap.
            ordered.sort_by_cached_key(key);
            ordered
        });
        Self { table, rows, ordered }
    }

    /// How many records answer.
    pub fn total(&self) -> u64 {
        self.rows.len()
    }

    /// The rows of every record that answers, in order.
    pub fn rows(&self) -> Vec<u32> {
        self.ordered.clone().unwrap_or_else(|| self.rows.iter().collect())
    }

    /// One page of them.
    pub fn page(&self, question: &Question<C>) -> Page {
        let limit = question.limit.unwrap_or(DEFAULT_LIMIT);
        let (skip, take) = (question.offset as usize, limit as usize);
        let rows = match &self.ordered {
            Some(ordered) => ordered.iter().copied().skip(skip).take(take).collect(),
            None => self.rows.iter().skip(skip).take(take).collect(),
        };
        Page { rows, total: self.total(), offset: question.offset, limit }
    }

    /// The facets that the question asks for, by the field's name: values by count, most frequent first.
    pub fn facets(&self, question: &Question<C>) -> Vec<(&'static str, Vec<Facet>)> {
        let names: Vec<_> = fields::<C>().map(|field| field.name()).collect();
        let facet = |field: &usize| {
            let mut counts: Vec<_> = self
                .table
                .index
                .values(*field)
                .map(|(value, rows)| Facet {
                    value: value.to_string(),
                    count: rows.intersection_len(&self.rows),
                })
                .filter(|facet| facet.count > 0)
                .collect();
            // Stable, so that equal counts keep the order of values.
            counts.sort_by_key(|facet| Reverse(facet.count));
            (names[*field], counts)
        };
        question.facets.iter().map(facet).collect()
    }
}

impl Page {
    /// The ids of the sources that its records cite.
    pub fn cited<'t, C: Collection>(&self, table: &'t Table<C>) -> BTreeSet<&'t str> {
        cited(table, &self.rows)
    }
}

/// The ids of the sources that some rows cite.
pub fn cited<'t, C: Collection>(table: &'t Table<C>, rows: &[u32]) -> BTreeSet<&'t str> {
    let citations = rows.iter().flat_map(|row| table.record(*row).citations());
    citations.map(|citation| citation.source.as_str()).collect()
}
