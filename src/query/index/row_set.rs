//! Sets of rows: how they are gathered and joined.

use roaring::RoaringBitmap;

/// The rows that answer, as a set of positions in the table.
pub(crate) type RowSet = RoaringBitmap;

/// The rank of a row without a value: last, whichever way the order runs.
pub(crate) const NO_RANK: u32 = u32::MAX;

/// Up to how many rows are sorted to join sets: to join many, `roaring` makes a map of 65,536 rows first.
const FEW: u64 = 512;

/// How many rows wait until they are added together: to add one to a set first looks for its greatest, which
/// in a set of many is further than a few hundred rows are to keep.
const WAITING: usize = 256;

/// A set of rows that is being gathered.
#[derive(Debug, Default, Clone)]
pub(crate) struct RowSetBuilder {
    rows: RowSet,
    waiting: Vec<u32>,
}

impl RowSetBuilder {
    /// Adds a row, which is none before those that were added; the same row again changes nothing.
    pub(crate) fn push(&mut self, row: u32) {
        if self.waiting.last() == Some(&row) {
            return;
        }
        if self.waiting.len() == WAITING {
            // The last stays, so that it is known when it comes again.
            self.add(WAITING - 1);
        }
        self.waiting.push(row);
    }

    /// The set.
    pub(crate) fn finish(mut self) -> RowSet {
        self.add(self.waiting.len());
        self.rows
    }

    fn add(&mut self, count: usize) {
        let added = self.rows.append(self.waiting.drain(..count));
        debug_assert!(added.is_ok(), "rows are met in ascending order");
    }
}

impl FromIterator<u32> for RowSetBuilder {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut ascending = Self::default();
        rows.into_iter().for_each(|row| ascending.push(row));
        ascending
    }
}

/// The rows of any of some sets.
pub(crate) fn union<'r>(sets: impl IntoIterator<Item = &'r RowSet>) -> RowSet {
    let sets: Vec<_> = sets.into_iter().collect();
    match sets.as_slice() {
        [] => RowSet::new(),
        [only] => (*only).clone(),
        several if several.iter().map(|rows| rows.len()).sum::<u64>() <= FEW => {
            let mut rows: Vec<u32> = several.iter().flat_map(|rows| rows.iter()).collect();
            rows.sort_unstable();
            rows.into_iter().collect::<RowSetBuilder>().finish()
        }
        many => roaring::MultiOps::union(many.iter().copied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_met_twice_in_a_row_are_in_the_set_once() {
        for count in [0, 1, 255, 256, 257, 10_000] {
            let twice = (0..count).flat_map(|row| [row * 3, row * 3]);
            let rows = twice.collect::<RowSetBuilder>().finish();
            assert!(rows.iter().eq((0..count).map(|row| row * 3)), "{count}");
        }
    }
}
