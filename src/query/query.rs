//! A query of one collection, parsed once, with every fault of it.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use super::parameter::{self, BadParameter, Parameter, ParameterRole, split_list};
use super::predicate::{Condition, Predicate, SortKey};
use super::search_words::SearchWords;
use super::table::Table;
use crate::model::{Collection, Expected, Field, Kind, Scalar, fields};

/// How many records a page has when the reader does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many records a page may have.
pub const MAX_LIMIT: u32 = 1000;

/// How many ids a problem lists; hundreds help nobody, and the collection itself lists them.
const MOST_ALLOWED: usize = 100;

/// A parsed query of one collection.
pub struct Query<C: 'static> {
    pub(super) conditions: Vec<Condition>,
    pub(super) words: Option<SearchWords>,
    pub(super) sort_keys: Vec<SortKey>,
    pub(super) facets: Vec<usize>,
    /// How many records a page has; none when the reader did not say.
    pub limit: Option<u32>,
    /// How many records come before the page.
    pub offset: u32,
    /// The top-level keys of each record that are sent; none for all.
    pub keys: Option<Vec<String>>,
    /// The digest of the dataset that a walk through pages began with.
    pub dataset: Option<String>,
    /// The collection: its conditions name fields by their position there.
    collection: PhantomData<fn(C)>,
    /// The pairs as the request has them, without page and dataset.
    canonical_pairs: Vec<(String, String)>,
}

impl<C: Collection> Query<C> {
    /// The query in one spelling, whatever the order of its parameters; without page and dataset.
    pub fn canonical_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.canonical_pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fiscal years that it is limited to, first and last; a side without a limit is none.
    pub fn fiscal_years(&self) -> (Option<i16>, Option<i16>) {
        let years: Vec<bool> = fields::<C>().map(|field| field.kind() == Kind::Years).collect();
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
            };
            first = first.max(from);
            last = match (last, to) {
                (Some(last), Some(to)) => Some(to.min(last)),
                (one, other) => one.or(other),
            };
        }
        (first, last)
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
        let years: Vec<bool> = fields::<C>().map(|field| field.kind() == Kind::Years).collect();
        self.conditions.retain(|condition| !years[condition.field]);
    }

    /// Parses the pairs of a query string.
    ///
    /// # Errors
    /// Every parameter that could not be understood, not only the first. `elsewhere` names the parameters
    /// that the caller has taken out of the pairs already; they are allowed names too.
    pub fn parse(
        pairs: &[(String, String)],
        table: &Table<C>,
        elsewhere: &[&'static str],
    ) -> Result<Self, Vec<BadParameter>> {
        let mut parsing = QueryParser {
            table,
            seen: BTreeSet::new(),
            bad: Vec::new(),
            query: Self {
                conditions: Vec::new(),
                words: None,
                sort_keys: Vec::new(),
                facets: Vec::new(),
                limit: None,
                offset: 0,
                keys: None,
                dataset: None,
                collection: PhantomData,
                canonical_pairs: Vec::new(),
            },
        };
        for (name, value) in pairs {
            if let Some(known) = table.parameters().iter().find(|known| known.name == *name) {
                parsing.take(known, value);
            } else {
                let known = table.parameters().iter().map(|known| known.name.as_str());
                let known = known.chain(elsewhere.iter().copied());
                parsing.bad.push(BadParameter::unknown(name, known));
            }
        }
        parsing.finish()
    }
}

struct QueryParser<'t, C: Collection> {
    table: &'t Table<C>,
    seen: BTreeSet<&'t str>,
    bad: Vec<BadParameter>,
    query: Query<C>,
}

impl<'t, C: Collection> QueryParser<'t, C> {
    fn take(&mut self, parameter: &'t Parameter<C>, value: &str) {
        let name = parameter.name.as_str();
        let again = !self.seen.insert(name);
        if again && !parameter.role.takes_list() {
            self.bad.push(BadParameter::repeated(name, value));
            return;
        }
        if value.is_empty() {
            self.bad.push(BadParameter::malformed(name, value, "expected a value"));
            return;
        }
        let page = matches!(
            parameter.role,
            ParameterRole::Limit | ParameterRole::Offset | ParameterRole::Dataset
        );
        if !page {
            self.query.canonical_pairs.push((name.to_owned(), value.to_owned()));
        }
        match parameter.role {
            ParameterRole::Equals(field) => self.equals(name, field, value),
            ParameterRole::AtLeast(field) => self.bound(name, field, value, Predicate::AtLeast),
            ParameterRole::AtMost(field) => self.bound(name, field, value, Predicate::AtMost),
            ParameterRole::Search => match SearchWords::parse(value) {
                Some(words) => self.query.words = Some(words),
                None => self.malformed(name, value, "expected at least one letter or digit"),
            },
            ParameterRole::Sort => self.sort(name, value),
            ParameterRole::Limit => match value.parse() {
                Ok(limit) if limit <= MAX_LIMIT => self.query.limit = Some(limit),
                _ => self.malformed(name, value, "expected a whole number from 0 to 1000"),
            },
            ParameterRole::Offset => match value.parse() {
                Ok(offset) => self.query.offset = offset,
                Err(_) => {
                    self.malformed(name, value, "expected a whole number from 0 to 4294967295");
                }
            },
            ParameterRole::Fields => self.keys(name, value),
            ParameterRole::Facets => self.facets(name, value),
            ParameterRole::Dataset => self.query.dataset = Some(value.to_owned()),
        }
    }

    fn malformed(&mut self, name: &str, value: &str, detail: &str) {
        self.bad.push(BadParameter::malformed(name, value, detail));
    }

    fn scalar(&mut self, name: &str, field: &dyn Field<C>, text: &str) -> Option<Scalar> {
        if text.is_empty() {
            self.malformed(name, text, "expected a value between the commas");
            return None;
        }
        match field.parse(text) {
            Ok(scalar) => Some(scalar),
            Err(Expected::OneOf(_)) => {
                let allowed = parameter::allowed(field).iter().copied();
                self.bad.push(BadParameter::not_one_of(name, text, allowed));
                None
            }
            Err(expected) => {
                self.malformed(name, text, &expected.to_string());
                None
            }
        }
    }

    fn equals(&mut self, name: &str, field: &'static dyn Field<C>, value: &str) {
        let mut wanted = Vec::new();
        for text in split_list(value) {
            match self.table.ids_of(field) {
                Some(ids) if !text.is_empty() && !ids.contains(&text) => {
                    let known = ids.comparable();
                    let mut bad = BadParameter::not_one_of(name, &text, known.iter().copied());
                    if bad.allowed.len() > MOST_ALLOWED {
                        bad.allowed.clear();
                    }
                    self.bad.push(bad);
                }
                _ => wanted.extend(self.scalar(name, field, &text)),
            }
        }
        let position = Self::position(field);
        let conditions = &mut self.query.conditions;
        let earlier = conditions.iter_mut().find_map(|condition| match &mut condition.predicate {
            Predicate::AnyOf(values) if condition.field == position => Some(values),
            _ => None,
        });
        match earlier {
            Some(values) => values.extend(wanted),
            None => self.condition(position, Predicate::AnyOf(wanted)),
        }
    }

    fn bound(
        &mut self,
        name: &str,
        field: &'static dyn Field<C>,
        value: &str,
        predicate: fn(Scalar) -> Predicate,
    ) {
        if let Some(scalar) = self.scalar(name, field, value) {
            let position = Self::position(field);
            self.condition(position, predicate(scalar));
        }
    }

    fn condition(&mut self, field: usize, predicate: Predicate) {
        self.query.conditions.push(Condition { field, predicate });
    }

    fn position(field: &dyn Field<C>) -> usize {
        fields::<C>()
            .position(|known| known.name() == field.name())
            .unwrap_or_else(|| unreachable!("a parameter is made of a field of its table"))
    }

    fn named(&mut self, name: &str, wanted: &str, may: fn(&dyn Field<C>) -> bool) -> Option<usize> {
        let found = fields::<C>().position(|field| may(field) && field.name() == wanted);
        if found.is_none() {
            let allowed: Vec<_> =
                fields::<C>().filter(|field| may(*field)).map(|field| field.name()).collect();
            self.bad.push(BadParameter::not_one_of(name, wanted, allowed.iter().copied()));
        }
        found
    }

    fn sort(&mut self, name: &str, value: &str) {
        for text in value.split(',') {
            let (wanted, descending) = match text.strip_prefix('-') {
                Some(wanted) => (wanted, true),
                None => (text, false),
            };
            let Some(field) = self.named(name, wanted, |field| field.uses().sorts) else {
                continue;
            };
            if self.query.sort_keys.iter().any(|key| key.field == field) {
                self.malformed(name, text, "named twice in one order");
            }
            self.query.sort_keys.push(SortKey { field, descending });
        }
    }

    fn facets(&mut self, name: &str, value: &str) {
        for text in value.split(',') {
            if let Some(field) = self.named(name, text, |field| field.uses().facets)
                && !self.query.facets.contains(&field)
            {
                self.query.facets.push(field);
            }
        }
    }

    fn keys(&mut self, name: &str, value: &str) {
        let keys = self.query.keys.get_or_insert_default();
        for text in value.split(',') {
            if self.table.row_keys().any(|key| key == text) {
                if !keys.iter().any(|key| key == text) {
                    keys.push(text.to_owned());
                }
            } else {
                let allowed = self.table.row_keys();
                self.bad.push(BadParameter::not_one_of(name, text, allowed));
            }
        }
    }

    fn finish(mut self) -> Result<Query<C>, Vec<BadParameter>> {
        // One spelling; stable, because the order of repeated sorts means something.
        self.query.canonical_pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        if self.bad.is_empty() { Ok(self.query) } else { Err(self.bad) }
    }
}
