//! Which rows hold which words.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::row_set::{RowSet, RowSetBuilder, union};
use crate::model::{Collection, Translation};
use crate::query::search_words::{SearchWords, each_word};

/// Every word of a table with the rows that hold it, in the order of words.
pub(crate) struct WordPostings(Vec<(Box<str>, RowSet)>);

/// Gathers words.
#[derive(Default)]
pub(crate) struct WordPostingsBuilder {
    // Fixed: the words come from the operator's own files, so nobody can aim at the table.
    words: HashMap<Box<str>, RowSetBuilder, FixedState>,
    folded: String,
}

impl WordPostingsBuilder {
    /// Adds the words of one text of a row; rows come in ascending order.
    pub(crate) fn add(&mut self, row: u32, text: &str) {
        let Self { words, folded } = self;
        each_word(text, folded, |word| match words.get_mut(word) {
            Some(rows) => rows.push(row),
            None => _ = words.insert(word.into(), RowSetBuilder::from_iter([row])),
        });
    }

    /// The words of all rows; `shared` calls back with each text that several rows share and their rows.
    pub(crate) fn finish(self, shared: impl FnOnce(&mut dyn FnMut(&RowSet, &str))) -> WordPostings {
        let Self { words, mut folded } = self;
        // Joined together at the end: one by one, the rows of a word that many values have are copied each time.
        let mut words: HashMap<_, _, FixedState> =
            words.into_iter().map(|(word, rows)| (word, (rows.finish(), Vec::new()))).collect();
        shared(&mut |rows, text| {
            each_word(text, &mut folded, |word| match words.get_mut(word) {
                Some((_, more)) => more.push(rows.clone()),
                None => _ = words.insert(word.into(), (rows.clone(), Vec::new())),
            });
        });
        let joined = |(word, (rows, more)): (_, (RowSet, Vec<RowSet>))| {
            (word, if more.is_empty() { rows } else { union(more.iter().chain([&rows])) })
        };
        let mut words: Vec<_> = words.into_iter().map(joined).collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        WordPostings(words)
    }
}

impl WordPostings {
    /// The words of the titles of records, in English and Spanish, and of their ids; both come sorted by id.
    pub(crate) fn of_titles<C: Collection>(records: &[C], translations: &[Translation]) -> Self {
        let mut words = WordPostingsBuilder::default();
        let mut spanish = translations.iter().peekable();
        for (row, record) in (0..).zip(records) {
            words.add(row, &record.title());
            words.add(row, record.id());
            if let Some(spanish) = spanish.next_if(|next| next.id.as_str() == record.id()) {
                words.add(row, spanish.title.as_str());
            }
        }
        words.finish(|_| {})
    }

    /// The rows that hold every word.
    pub(crate) fn holding(&self, words: &SearchWords) -> RowSet {
        let beginning = words.beginning();
        let from = self.0.partition_point(|(word, _)| **word < *beginning);
        let begun = self.0[from..].iter().take_while(|(word, _)| word.starts_with(beginning));
        let mut rows = union(begun.map(|(_, rows)| rows));
        for word in words.whole() {
            match self.0.binary_search_by(|(known, _)| (**known).cmp(word)) {
                Ok(position) => rows &= &self.0[position].1,
                Err(_) => return RowSet::new(),
            }
        }
        rows
    }
}
