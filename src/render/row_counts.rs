//! What sums do with the rows of a list: two keys of each row in JSON, two columns in tables.

use std::fmt::Write;
use std::sync::Arc;

use super::columns::{Compute, FlatColumn};
use crate::model::{CountedKeys, FieldValue, Kind, Vocabulary};
use crate::sums::{Counting, RecordCount};

/// What the key `counting` says.
pub const ABOUT_COUNTING: &str = "Whether the record is in the sum of all that match, or with `counted_by` in that of its group, and if not, why. \
     Null where the question has `q` or `limit`.";

/// What sums do with the rows of a list.
#[derive(Debug)]
pub struct RowCounts {
    keys: CountedKeys,
    /// What the groups were decided by, each for itself; nothing for one sum.
    by: Vec<String>,
    /// By row, in their order; none where nothing was decided.
    counts: Vec<(u32, RecordCount<i64>)>,
}

impl RowCounts {
    /// What was decided of each row.
    pub fn new(
        keys: CountedKeys,
        by: Vec<String>,
        mut counts: Vec<(u32, RecordCount<i64>)>,
    ) -> Self {
        counts.sort_unstable_by_key(|(row, _)| *row);
        Self { keys, by, counts }
    }

    /// Of rows over which no sum is made: they have both keys, and nothing in them.
    pub const fn undecided(keys: CountedKeys) -> Self {
        Self { keys, by: Vec::new(), counts: Vec::new() }
    }

    fn of(&self, row: u32) -> Option<RecordCount<i64>> {
        let place = self.counts.binary_search_by_key(&row, |(known, _)| *known).ok()?;
        Some(self.counts[place].1)
    }

    /// The key of what is added.
    pub const fn amount_key(&self) -> &'static str {
        self.keys.amount
    }

    /// What the groups were decided by; nothing for one sum.
    pub fn by(&self) -> &[String] {
        &self.by
    }

    /// The sum of the rows; none where none adds anything, and where groups were decided each for itself: they may hold
    /// the same money.
    pub fn total(&self) -> Option<i64> {
        let counted = self.counts.iter().filter_map(|(_, count)| count.counted);
        counted.reduce(i64::saturating_add).filter(|_| self.by.is_empty())
    }

    /// The columns, or those of some keys.
    pub fn columns(self: &Arc<Self>, keys: Option<&[String]>) -> Vec<FlatColumn> {
        let counts = Arc::clone(self);
        let counting = FlatColumn::computed(
            CountedKeys::COUNTING,
            Kind::Code(Counting::CODES),
            false,
            ABOUT_COUNTING,
            Arc::new(move |_, row| {
                counts.of(row).map_or(FieldValue::Missing, |count| {
                    FieldValue::Text(count.counting.word().into())
                })
            }),
        );
        let amount = self.amount_column(self.keys.amount, self.keys.about);
        let named = |column: &FlatColumn| has(keys, column.name());
        [counting, amount].into_iter().filter(named).collect()
    }

    /// The column of what is added, under a name of its own.
    pub fn amount_column(self: &Arc<Self>, name: &'static str, about: &str) -> FlatColumn {
        let counts = Arc::clone(self);
        let amount: Compute = Arc::new(move |_, row| {
            let counted = counts.of(row).and_then(|count| count.counted);
            counted.map_or(FieldValue::Missing, FieldValue::Whole)
        });
        FlatColumn::computed(name, Kind::Whole, false, about, amount)
    }

    /// Adds the keys, or some of them, to the JSON object that ends a text.
    pub(super) fn extend_object(&self, json: &mut String, row: u32, keys: Option<&[String]>) {
        let count = self.of(row);
        let closed = json.pop();
        debug_assert_eq!(closed, Some('}'), "records are objects");
        let mut member = |key: &str, value: &dyn std::fmt::Display| {
            if has(keys, key) {
                let comma = if json.ends_with('{') { "" } else { "," };
                write!(json, "{comma}\"{key}\":{value}").expect("a string takes every text");
            }
        };
        match count {
            Some(count) => member(CountedKeys::COUNTING, &format!("\"{}\"", count.counting.word())),
            None => member(CountedKeys::COUNTING, &"null"),
        }
        match count.and_then(|count| count.counted) {
            Some(counted) => member(self.keys.amount, &counted),
            None => member(self.keys.amount, &"null"),
        }
        json.push('}');
    }
}

/// Whether a key is among those asked for.
fn has(keys: Option<&[String]>, key: &str) -> bool {
    keys.is_none_or(|keys| keys.iter().any(|known| known == key))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: CountedKeys =
        CountedKeys { amount: "counted_usd", about: "What it adds.", group_by: &["partner"] };

    fn counts(by: &[&str]) -> RowCounts {
        let counted = |counting, counted| RecordCount { counting, counted };
        let counts =
            vec![(7, counted(Counting::Overlaps, None)), (2, counted(Counting::Counted, Some(5)))];
        RowCounts::new(KEYS, by.iter().map(|word| (*word).to_owned()).collect(), counts)
    }

    fn extended(json: &str, row: u32, keys: Option<&[String]>) -> String {
        let mut json = json.to_owned();
        counts(&[]).extend_object(&mut json, row, keys);
        json
    }

    #[test]
    fn the_keys_follow_those_of_the_record() {
        assert_eq!(
            extended(r#"{"id":"a"}"#, 2, None),
            r#"{"id":"a","counting":"counted","counted_usd":5}"#
        );
        assert_eq!(
            extended(r#"{"id":"a"}"#, 7, None),
            r#"{"id":"a","counting":"overlaps","counted_usd":null}"#
        );
        assert_eq!(
            extended(r#"{"id":"a"}"#, 3, None),
            r#"{"id":"a","counting":null,"counted_usd":null}"#
        );
    }

    #[test]
    fn one_key_alone_makes_an_object_too() {
        let keys = ["counted_usd".to_owned()];
        assert_eq!(extended("{}", 2, Some(&keys)), r#"{"counted_usd":5}"#);
    }

    #[test]
    fn groups_that_were_decided_each_for_itself_have_no_total() {
        assert_eq!(counts(&[]).total(), Some(5));
        assert_eq!(counts(&["partner"]).total(), None);
        assert_eq!(RowCounts::undecided(KEYS).total(), None);
    }
}
