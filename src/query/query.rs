//! A query of one collection.

use std::marker::PhantomData;

use super::predicate::{Condition, Predicate, SortKey};
use super::search_words::SearchWords;
use crate::model::{Collection, Scalar, fields};

/// How many records a page has when the reader does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many records a page may have.
pub const MAX_LIMIT: u32 = 1000;

/// A parsed query of one collection.
pub struct Query<C: 'static> {
    pub(super) conditions: Vec<Condition>,
    pub(super) words: Option<SearchWords>,
    pub(super) sort_keys: Vec<SortKey>,
    pub(super) facets: Vec<usize>,
    pub(super) stats: Vec<usize>,
    /// Whether the answer has labels of the codes on its page.
    pub labels: bool,
    /// How many records a page has; none when the reader did not say.
    pub limit: Option<u32>,
    /// How many records come before the page.
    pub offset: u32,
    /// The top-level keys of each record that are sent; none for all.
    pub keys: Option<Vec<String>>,
    /// The digest of the dataset that a walk through pages began with.
    pub dataset: Option<String>,
    /// The collection: its conditions name fields by their position there.
    pub(super) collection: PhantomData<fn(C)>,
    /// Each parameter with its values, without page and dataset.
    pub(super) canonical_pairs: Vec<(String, String)>,
    /// The countries that it asks for and of which the data has nothing, by ISO 3166-1 alpha-3 code.
    pub not_covered: Vec<String>,
}

impl<C> Default for Query<C> {
    fn default() -> Self {
        Self {
            conditions: Vec::new(),
            words: None,
            sort_keys: Vec::new(),
            facets: Vec::new(),
            stats: Vec::new(),
            labels: false,
            limit: None,
            offset: 0,
            keys: None,
            dataset: None,
            collection: PhantomData,
            canonical_pairs: Vec::new(),
            not_covered: Vec::new(),
        }
    }
}

impl Query<()> {
    /// The query of a collection that it was parsed for.
    pub(super) fn of_collection<C>(self) -> Query<C> {
        Query {
            conditions: self.conditions,
            words: self.words,
            sort_keys: self.sort_keys,
            facets: self.facets,
            stats: self.stats,
            labels: self.labels,
            limit: self.limit,
            offset: self.offset,
            keys: self.keys,
            dataset: self.dataset,
            collection: PhantomData,
            canonical_pairs: self.canonical_pairs,
            not_covered: self.not_covered,
        }
    }
}

impl<C: Collection> Query<C> {
    /// The query in one spelling, whatever the order of its parameters; without page and dataset.
    pub fn canonical_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.canonical_pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fiscal years that it is limited to, first and last; a side without a limit is none.
    pub fn fiscal_years(&self) -> (Option<i16>, Option<i16>) {
        let years: Vec<bool> = fields::<C>().map(|field| field.name() == "fiscal_year").collect();
        let year = |scalar: &Scalar| match scalar {
            Scalar::Whole(year) => i16::try_from(*year).ok(),
            _ => None,
        };
        let (mut first, mut last) = (None, None);
        for condition in self.conditions.iter().filter(|condition| years[condition.field]) {
            let (from, to) = match &condition.predicate {
                Predicate::AnyOf(wanted) => {
                    let wanted = || wanted.iter().filter_map(year);
                    (wanted().min(), wanted().max())
                }
                Predicate::AtLeast(from) => (year(from), None),
                Predicate::AtMost(to) => (None, year(to)),
                Predicate::Absent | Predicate::Present | Predicate::Or(_) => (None, None),
            };
            first = first.max(from);
            last = match (last, to) {
                (Some(last), Some(to)) => Some(to.min(last)),
                (one, other) => one.or(other),
            };
        }
        (first, last)
    }

    /// Counts the values of some fields, too.
    pub fn count_facets<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        let known: Vec<_> = fields::<C>().map(|field| field.name()).collect();
        self.facets.extend(names.filter_map(|name| known.iter().position(|known| *known == name)));
    }

    /// Narrows the query to records that hold any of some values in a field, whatever was asked of it before.
    pub fn narrow(&mut self, field: &str, wanted: Vec<Scalar>) {
        if let Some(position) = fields::<C>().position(|known| known.name() == field) {
            let predicate = Predicate::AnyOf(wanted);
            self.conditions.push(Condition { field: position, predicate });
        }
    }

    /// Widens the query to records of every fiscal year.
    pub fn lift_fiscal_years(&mut self) {
        let years: Vec<bool> = fields::<C>().map(|field| field.name() == "fiscal_year").collect();
        self.conditions.retain(|condition| !years[condition.field]);
    }
}
