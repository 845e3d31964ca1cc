//! The ids of one collection: one text instead of a string each, which counts at a million of them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The most ids that a misspelt one is compared with; comparing takes longer than finding.
const MOST_COMPARED: usize = 10_000;

/// The ids of one collection, sorted, each once.
#[derive(Debug, Default, Clone)]
pub struct IdSet {
    text: String,
    ends: Vec<usize>,
    /// Those that came out of order, which no sound data file has.
    strays: BTreeSet<String>,
}

impl IdSet {
    /// Adds an id; quick when ids come sorted.
    pub fn insert(&mut self, id: &str) {
        match self.ends.len().checked_sub(1).map(|last| self.at(last).cmp(id)) {
            None | Some(Ordering::Less) => {
                self.text.push_str(id);
                self.ends.push(self.text.len());
            }
            Some(Ordering::Equal) => {}
            Some(Ordering::Greater) if self.contains(id) => {}
            Some(Ordering::Greater) => _ = self.strays.insert(id.to_owned()),
        }
    }

    /// Whether a record has this id.
    pub fn contains(&self, id: &str) -> bool {
        let mut range = 0..self.ends.len();
        while !range.is_empty() {
            let middle = range.start.midpoint(range.end);
            match self.at(middle).cmp(id) {
                Ordering::Equal => return true,
                Ordering::Less => range.start = middle + 1,
                Ordering::Greater => range.end = middle,
            }
        }
        self.strays.contains(id)
    }

    /// Every id, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut sorted = (0..self.ends.len()).map(|position| self.at(position)).peekable();
        let mut strays = self.strays.iter().map(String::as_str).peekable();
        std::iter::from_fn(move || match (sorted.peek(), strays.peek()) {
            (Some(next), Some(stray)) if stray < next => strays.next(),
            (None, _) => strays.next(),
            _ => sorted.next(),
        })
    }

    /// Those that a misspelt one is compared with: all, or none where comparing would take longer than a
    /// reader should wait.
    pub fn comparable(&self) -> Vec<&str> {
        let few = self.ends.len() + self.strays.len() <= MOST_COMPARED;
        self.iter().take(if few { MOST_COMPARED } else { 0 }).collect()
    }

    /// The first of them.
    pub fn first(&self) -> Option<&str> {
        self.iter().next()
    }

    fn at(&self, position: usize) -> &str {
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.text[start..self.ends[position]]
    }
}

/// The ids of every collection, by the collection's name.
pub type IdSets = BTreeMap<&'static str, IdSet>;

#[cfg(test)]
mod tests {
    use super::IdSet;

    #[test]
    fn ids_are_found_and_listed_in_order_however_they_came() {
        let mut ids = IdSet::default();
        for id in ["b", "d", "a", "c", "d", "a", "e"] {
            ids.insert(id);
        }
        assert_eq!(ids.iter().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
        assert_eq!(ids.first(), Some("a"));
        assert!(["a", "b", "c", "d", "e"].iter().all(|id| ids.contains(id)));
        assert!(!ids.contains("") && !ids.contains("bb") && !ids.contains("f"));
    }
}
