//! Selections and their pages.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::index::Matches;
use super::index::row_set::RowSet;
use super::predicate::{Condition, SortKey};
use super::query::{DEFAULT_LIMIT, Query};
use super::sort::ordered;
use super::table::Table;
use crate::model::Collection;

/// The records that match a query, in its order.
pub struct Selection<'t, C: 'static> {
    pub(super) table: &'t Table<C>,
    pub(super) rows: Cow<'t, RowSet>,
    /// The order; none when it is that of ids, which the set has already.
    sort_keys: Vec<SortKey>,
    /// The range of the first sort key's values that holds the whole selection, where that is known.
    within: Range<usize>,
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

impl<C: Collection> Table<C> {
    /// The records that match a query, in its order.
    pub fn select(&self, query: &Query<C>) -> Selection<'_, C> {
        Selection::new(self, self.matching(query, None), &query.sort_keys, self.within(query))
    }

    /// The rows that match a query, but for its conditions on one field.
    pub(super) fn matching(&self, query: &Query<C>, but: Option<usize>) -> Cow<'_, RowSet> {
        let row_of = |id: &str| self.row_of(id);
        let matches = |condition: &Condition| {
            self.index.matches(condition.field, &condition.predicate, &row_of)
        };
        let words = query.words.as_ref();
        let holding = words.map(|words| Matches::Rows(self.index.holding(words)));
        let conditions = query.conditions.iter().filter(|condition| Some(condition.field) != but);
        let tests = conditions.map(matches).chain(holding);
        let mut tests: Vec<_> = tests.map(|test| (test.max_count(), test)).collect();
        // From the fewest, so that the others are tried on few rows.
        tests.sort_by_key(|(max_count, _)| *max_count);
        let mut tests = tests.into_iter();
        match tests.next() {
            None => Cow::Borrowed(self.index.all()),
            Some((_, fewest)) => {
                tests.fold(fewest.rows(), |rows, (max_count, test)| test.among(max_count, &rows))
            }
        }
    }

    /// The range of the first sort key's values in which a query's records lie, as far as its conditions on that
    /// field say.
    fn within(&self, query: &Query<C>) -> Range<usize> {
        let first = query.sort_keys.first().map(|key| key.field);
        let of_first = query.conditions.iter().filter(|condition| Some(condition.field) == first);
        of_first.fold(0..usize::MAX, |within, condition| {
            let hull = self.index.hull(condition.field, &condition.predicate);
            within.start.max(hull.start)..within.end.min(hull.end)
        })
    }
}

impl<'t, C: Collection> Selection<'t, C> {
    fn new(
        table: &'t Table<C>,
        rows: Cow<'t, RowSet>,
        sort_keys: &[SortKey],
        within: Range<usize>,
    ) -> Self {
        Self { table, rows, sort_keys: sort_keys.to_vec(), within }
    }

    /// How many records answer.
    pub fn total(&self) -> u64 {
        self.rows.len()
    }

    /// The rows of every record that answers, in order.
    pub fn rows(&self) -> Vec<u32> {
        self.ordered(0, usize::MAX)
    }

    /// One page of them.
    pub fn page(&self, query: &Query<C>) -> Page {
        let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
        let (skip, take) = (query.offset as usize, limit as usize);
        let rows = self.ordered(skip, take);
        Page { rows, total: self.total(), offset: query.offset, limit }
    }

    fn ordered(&self, skip: usize, take: usize) -> Vec<u32> {
        ordered(&self.table.index, &self.rows, &self.sort_keys, &self.within, skip, take)
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
