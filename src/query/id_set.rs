//! The ids of one collection: one text instead of a string each, which counts at a million of them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::refusal::{nearest, nearest_by};
use super::search_words::fold;

/// The most ids of which each is compared with a misspelled one.
const MOST_COMPARED: usize = 1_000;

/// How many ids before and after its place a misspelled one is compared with, where there are more: it shares its
/// beginning with the one that was meant.
const BESIDE: usize = 100;

/// Up to how many records are found by their names, too.
const MOST_NAMED: usize = 10_000;

/// How alike a name must be to the one that was meant.
const ALIKE_NAMES: f64 = 0.75;

/// The shortest text that is compared with names, in characters.
const SHORTEST_NAME: usize = 6;

/// The ids of one collection, sorted, each once.
#[derive(Debug, Default, Clone)]
pub struct IdSet {
    text: String,
    ends: Vec<usize>,
    /// Those that came out of order, which no sound data file has.
    strays: BTreeSet<String>,
    /// Ids by what their records are called, folded.
    names: BTreeMap<String, String>,
    /// What records are called, by their ids, as their files have it.
    called: BTreeMap<String, Vec<String>>,
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

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len() + self.strays.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those that a misspelled one is compared with: all, or, of many, those that stand beside it as it is spelled, in
    /// small letters and in capitals.
    pub fn near(&self, id: &str) -> Vec<&str> {
        if self.len() <= MOST_COMPARED {
            return self.iter().collect();
        }
        let spellings = BTreeSet::from([id.to_owned(), id.to_lowercase(), id.to_uppercase()]);
        let places: BTreeSet<usize> = spellings
            .iter()
            .flat_map(|id| {
                let place = self.place(id);
                place.saturating_sub(BESIDE)..self.ends.len().min(place + BESIDE)
            })
            .collect();
        places.into_iter().map(|place| self.at(place)).collect()
    }

    /// Says what the record with an id is called.
    pub fn name(&mut self, id: &str, name: &str) {
        if self.names.len() < MOST_NAMED {
            self.names.entry(fold(name)).or_insert_with(|| id.to_owned());
            self.called.entry(id.to_owned()).or_default().push(name.to_owned());
        }
    }

    /// What the record with an id is called, in English and in Spanish; nothing where it has no name.
    pub fn called(&self, id: &str) -> impl Iterator<Item = &str> {
        self.called.get(id).into_iter().flatten().map(String::as_str)
    }

    /// The id that a text most likely meant: by what a record is called, by its first part where no other id begins
    /// so (`MFO` is `MFO-SINAI`), or by its letters.
    pub fn meant(&self, text: &str) -> Option<&str> {
        // Longer than any id; and names that long are not typed.
        if text.is_empty() || text.len() > 200 {
            return None;
        }
        let called = || self.names.get(&fold(text)).map(String::as_str);
        let misnamed = || {
            let long = text.chars().count() >= SHORTEST_NAME;
            let names = self.names.keys().filter(|_| long).map(String::as_str);
            self.names.get(nearest_by(ALIKE_NAMES, &fold(text), names)?).map(String::as_str)
        };
        let begun = || {
            let spellings = [text.to_owned(), text.to_uppercase(), text.to_lowercase()];
            spellings.iter().find_map(|text| self.only_beginning(&format!("{text}-")))
        };
        called().or_else(begun).or_else(|| nearest(text, self.near(text))).or_else(misnamed)
    }

    /// The id that begins so, if it is the only one.
    fn only_beginning(&self, beginning: &str) -> Option<&str> {
        let place = self.place(beginning);
        let begins = |place: usize| {
            let id = (place < self.ends.len()).then(|| self.at(place))?;
            id.starts_with(beginning).then_some(id)
        };
        begins(place).filter(|_| begins(place + 1).is_none())
    }

    /// How many ids come before one.
    fn place(&self, id: &str) -> usize {
        let mut range = 0..self.ends.len();
        while !range.is_empty() {
            let middle = range.start.midpoint(range.end);
            if self.at(middle) < id { range.start = middle + 1 } else { range.end = middle }
        }
        range.start
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

    #[test]
    fn an_id_is_found_by_its_name_by_its_first_part_and_by_its_letters() {
        let mut ids = IdSet::default();
        for id in ["FMF", "IMET", "MFO-SINAI", "NADR-ATA", "NADR-CWD"] {
            ids.insert(id);
        }
        ids.name("FMF", "Foreign Military Financing");
        ids.name("FMF", "Financiación militar extranjera");
        for (text, meant) in [
            ("Foreign Military Financing", Some("FMF")),
            ("foreign military financng", Some("FMF")),
            ("financiacion militar extranjera", Some("FMF")),
            ("MFO", Some("MFO-SINAI")),
            ("mfo", Some("MFO-SINAI")),
            ("FMFF", Some("FMF")),
            ("NADR", None),
            ("zzz", None),
        ] {
            assert_eq!(ids.meant(text), meant, "{text}");
        }
        let called: Vec<_> = ids.called("FMF").collect();
        assert_eq!(called, ["Foreign Military Financing", "Financiación militar extranjera"]);
        assert_eq!(ids.called("IMET").count(), 0);
    }

    #[test]
    fn a_misspelt_id_is_compared_with_few_of_many() {
        let mut ids = IdSet::default();
        for number in 0..100_000 {
            ids.insert(&format!("col-{number:05}"));
        }
        for id in ["x", "col-77777x", "COL-77777", ""] {
            assert!(ids.near(id).len() <= 6 * super::BESIDE, "{id}");
        }
        assert_eq!(ids.meant("COL-77777"), Some("col-77777"));
    }
}
