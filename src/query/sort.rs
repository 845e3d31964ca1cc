//! Rows in the order of a query, sorted no further than its page needs.
//!
//! Few rows are sorted. Of many, the values of the first field are walked in their order, which is computed at
//! load, until the page is full; rows of one value are then sorted among themselves.

use std::cmp::Ordering;
use std::ops::{ControlFlow, Range};

use super::index::row_set::{NO_RANK, RowSet};
use super::index::{FieldIndex, TableIndex, ValueColumn};
use super::predicate::SortKey;

/// Some of the rows in order, after those that are skipped: a record without a value comes last in either
/// direction, and ties are broken by id, so that pages never overlap. Where the first field has
/// values, those of the rows lie `within` these of its positions.
pub(super) fn ordered(
    index: &TableIndex,
    rows: &RowSet,
    sort_keys: &[SortKey],
    within: &Range<usize>,
    skip: usize,
    take: usize,
) -> Vec<u32> {
    let Some((first, then)) = sort_keys.split_first() else {
        return rows.iter().skip(skip).take(take).collect();
    };
    let total = usize::try_from(rows.len()).unwrap_or(usize::MAX);
    let (skip, end) = (skip.min(total), skip.saturating_add(take).min(total));
    if skip == end {
        return Vec::new();
    }
    match index.field(first.field) {
        FieldIndex::Values(column)
            if is_shorter_to_walk(total, column.count_within(within), end) =>
        {
            RankWalk { index, rows, then, skip, end }.along(column, within, first.descending)
        }
        // No two records share an id: what comes after it decides nothing.
        FieldIndex::Id if first.descending => {
            rows.iter().rev().skip(skip).take(end - skip).collect()
        }
        FieldIndex::Id => rows.iter().skip(skip).take(end - skip).collect(),
        _ => first_of(index, rows.iter().collect(), sort_keys, skip, end),
    }
}

/// Walking visits rows outside the selection, too: about `visited / total` for each inside.
fn is_shorter_to_walk(total: usize, visited: usize, end: usize) -> bool {
    total.saturating_mul(total) > end.saturating_mul(visited)
}

/// The rows from `skip` to `end` of some rows in order; the rest is not sorted.
fn first_of(
    index: &TableIndex,
    mut rows: Vec<u32>,
    sort_keys: &[SortKey],
    skip: usize,
    end: usize,
) -> Vec<u32> {
    let compare = |one: &u32, other: &u32| compare(index, sort_keys, *one, *other);
    if end < rows.len() {
        rows.select_nth_unstable_by(end, compare);
        rows.truncate(end);
    }
    if skip > 0 && skip < rows.len() {
        rows.select_nth_unstable_by(skip, compare);
    }
    let mut rows = rows.split_off(skip.min(rows.len()));
    rows.sort_unstable_by(compare);
    rows
}

fn compare(index: &TableIndex, sort_keys: &[SortKey], one: u32, other: u32) -> Ordering {
    let by = |key: &SortKey| {
        let key = |row| match index.rank(key.field, row) {
            NO_RANK => NO_RANK,
            // One less than the rank of a missing value, so that missing stays last.
            rank if key.descending => NO_RANK - 1 - rank,
            rank => rank,
        };
        key(one).cmp(&key(other))
    };
    sort_keys.iter().map(by).find(|order| order.is_ne()).unwrap_or_else(|| one.cmp(&other))
}

/// A walk along the values of the first field.
struct RankWalk<'w> {
    index: &'w TableIndex,
    rows: &'w RowSet,
    /// Orders the rows of one value.
    then: &'w [SortKey],
    skip: usize,
    end: usize,
}

impl RankWalk<'_> {
    fn along(&self, column: &ValueColumn, within: &Range<usize>, down: bool) -> Vec<u32> {
        let mut page = Vec::new();
        let mut passed = 0;
        // One for all values: there may be thousands before the page is full.
        let mut group = Vec::new();
        let walked = column.each_rank(within, down, |tied| {
            group.clear();
            for position in tied {
                column.gather(*position as usize, self.rows, &mut group);
            }
            if tied.len() > 1 && self.then.is_empty() {
                group.sort_unstable();
            }
            self.take(&group, &mut passed, &mut page);
            if passed < self.end { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if walked.is_continue() {
            let missing: Vec<u32> = (&column.missing & self.rows).iter().collect();
            self.take(&missing, &mut passed, &mut page);
        }
        page
    }

    /// Takes what the page needs of rows that tie in the first field.
    fn take(&self, group: &[u32], passed: &mut usize, page: &mut Vec<u32>) {
        let (from, count) = (*passed, group.len());
        *passed += count;
        if *passed <= self.skip {
            return;
        }
        let (skip, end) = (self.skip.saturating_sub(from), (self.end - from).min(count));
        if self.then.is_empty() {
            page.extend_from_slice(&group[skip..end]);
        } else {
            page.extend(first_of(self.index, group.to_vec(), self.then, skip, end));
        }
    }
}
