//! Rows that are met in ascending order, made into a set.

use super::index::Rows;

/// How many rows wait until they are added together: to add one to a set first looks for its greatest, which
/// in a set of many is further than a few hundred rows are to keep.
const WAITING: usize = 256;

/// A set of rows that is being gathered.
#[derive(Debug, Default, Clone)]
pub(super) struct Ascending {
    rows: Rows,
    waiting: Vec<u32>,
}

impl Ascending {
    /// Adds a row, which is none before those that were added; the same row again changes nothing.
    pub(super) fn push(&mut self, row: u32) {
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
    pub(super) fn finish(mut self) -> Rows {
        self.add(self.waiting.len());
        self.rows
    }

    fn add(&mut self, count: usize) {
        let added = self.rows.append(self.waiting.drain(..count));
        debug_assert!(added.is_ok(), "rows are met in ascending order");
    }
}

impl FromIterator<u32> for Ascending {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut ascending = Self::default();
        rows.into_iter().for_each(|row| ascending.push(row));
        ascending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_met_twice_in_a_row_are_in_the_set_once() {
        for count in [0, 1, 255, 256, 257, 10_000] {
            let twice = (0..count).flat_map(|row| [row * 3, row * 3]);
            let rows = twice.collect::<Ascending>().finish();
            assert!(rows.iter().eq((0..count).map(|row| row * 3)), "{count}");
        }
    }
}
