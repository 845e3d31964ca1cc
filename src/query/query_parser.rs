//! Reads the parameters of a query: every fault is found, each value is looked at once.

use super::any::{AnyTable, AskedField};
use super::id_values::IdStatus;
use super::parameter::{
    INCLUDED, MOST_VALUES, PRESENCE, Parameter, ParameterRole, TooMany, Values, canonical,
};
use super::predicate::{Bound, Condition, Predicate, SortKey};
use super::query::{MAX_LIMIT, Query};
use super::refusal::{BadParameter, BadParameters, Offered, Tell, code_meant};
use super::search_words::SearchWords;
use super::table::Table;
use crate::model::{Collection, Expected, Kind, Scalar, Uses};

/// How many lists of a parameter are compared with values that have commas themselves.
const MOST_COMPARED: usize = 3;

impl<C: Collection> Query<C> {
    /// Parses the pairs of a query string.
    ///
    /// # Errors
    /// Every parameter that could not be understood, not only the first. `elsewhere` names the parameters
    /// that the caller has taken out of the pairs already; they are allowed names too.
    pub fn parse(
        pairs: &[(String, String)],
        table: &Table<C>,
        elsewhere: &[&'static str],
    ) -> Result<Self, BadParameters> {
        parse(pairs, table, elsewhere).map(Query::of_collection)
    }
}

/// As [`Query::parse`], compiled once for all collections.
fn parse(
    pairs: &[(String, String)],
    table: &dyn AnyTable,
    elsewhere: &[&'static str],
) -> Result<Query<()>, BadParameters> {
    let mut parser = QueryParser {
        table,
        bounds: Vec::new(),
        bad: BadParameters::default(),
        query: Query::default(),
    };
    // Each parameter with all that was given for it, in the order of its first place.
    let mut given: Vec<(&Parameter, Vec<&str>)> = Vec::new();
    for (name, value) in pairs {
        if let Some((_, values)) = given.iter_mut().find(|(known, _)| known.name == *name) {
            values.push(value);
        } else if let Some(known) = table.parameters().iter().find(|known| known.name == *name) {
            given.push((known, vec![value]));
        } else {
            let known = table.parameters().iter().map(|known| known.name.as_str());
            let known = known.chain(elsewhere.iter().copied());
            parser.bad.add("", |tell| BadParameter::unknown(name, tell, known));
        }
    }
    for (parameter, values) in given {
        parser.take(parameter, &values);
    }
    parser.finish()
}

/// One end of a range.
struct End<'t> {
    parameter: &'t str,
    text: String,
    field: usize,
    least: bool,
    value: Scalar,
}

struct QueryParser<'t> {
    table: &'t dyn AnyTable,
    bounds: Vec<End<'t>>,
    bad: BadParameters,
    query: Query<()>,
}

impl<'t> QueryParser<'t> {
    fn take(&mut self, parameter: &'t Parameter, given: &[&str]) {
        let name = parameter.name.as_str();
        if given.iter().any(|value| value.is_empty()) {
            self.malformed(name, "", "expected a value");
        }
        if parameter.role.takes_list() {
            self.take_list(name, parameter.role, given);
            return;
        }
        for again in given.iter().skip(1) {
            self.bad.add(name, |_| BadParameter::repeated(name, again));
        }
        if let Some(value) = given.first().filter(|value| !value.is_empty()) {
            self.take_one(name, parameter.role, value);
        }
    }

    fn take_list(&mut self, name: &'t str, role: ParameterRole, given: &[&str]) {
        let mut values = Values::default();
        let mut compared = 0;
        let add = |value: &&str| match role {
            // Where all of it is a value, its commas are the value's own.
            ParameterRole::Equals(place) if self.field(place).holds(value) => {
                values.add((*value).to_owned())
            }
            // And where all of it is nearly one: it would be strange to read it as several others.
            ParameterRole::Equals(place) if value.contains(',') && compared < MOST_COMPARED => {
                compared += 1;
                if self.field(place).is_misspelt(value) {
                    values.add((*value).to_owned())
                } else {
                    values.add_list(value)
                }
            }
            _ => values.add_list(value),
        };
        if given.iter().filter(|value| !value.is_empty()).try_for_each(add) == Err(TooMany) {
            self.bad.add(name, |_| BadParameter::too_many(name, MOST_VALUES, given[0]));
            return;
        }
        let values = values.into_vec();
        match role {
            ParameterRole::Sort => self.sort(name, &split_all(given)),
            ParameterRole::Fields => self.keys(name, &values),
            ParameterRole::Facets => {
                self.query.facets = self.all_named(name, &values, |uses| uses.facets);
            }
            ParameterRole::Stats => {
                self.query.stats = self.all_named(name, &values, |uses| uses.ranges);
            }
            ParameterRole::Include => self.include(name, &values),
            ParameterRole::Equals(place) => self.equals(name, place, &values),
            _ => {}
        }
        let pairs = canonical(&values, |joined| match role {
            ParameterRole::Equals(place) => self.field(place).holds(joined),
            _ => false,
        });
        let pairs = pairs.into_iter().map(|value| (name.to_owned(), value));
        self.query.canonical_pairs.extend(pairs);
    }

    fn take_one(&mut self, name: &'t str, role: ParameterRole, value: &str) {
        let page =
            matches!(role, ParameterRole::Limit | ParameterRole::Offset | ParameterRole::Dataset);
        if !page {
            self.query.canonical_pairs.push((name.to_owned(), value.to_owned()));
        }
        match role {
            ParameterRole::AtLeast(place) => self.bound(name, place, value, true),
            ParameterRole::AtMost(place) => self.bound(name, place, value, false),
            ParameterRole::Search => match SearchWords::parse(value) {
                Ok(words) => self.query.words = Some(words),
                Err(fault) => self.malformed(name, value, &fault.to_string()),
            },
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
            ParameterRole::Dataset => self.query.dataset = Some(value.to_owned()),
            ParameterRole::Presence(place) => match presence(value) {
                Some(predicate) => self.condition(place, predicate),
                None => self.bad.add(name, |tell| one_of(name, value, tell, &PRESENCE)),
            },
            ParameterRole::Fits { stated, least, most } => {
                if let Some(number) = self.scalar(name, self.field(stated), value) {
                    let holds = |bound: Predicate| Predicate::Or(vec![bound, Predicate::Absent]);
                    self.condition(stated, Predicate::Present);
                    let least_at_most = holds(Predicate::AtMost(number.clone()));
                    self.condition(least, least_at_most);
                    self.condition(most, holds(Predicate::AtLeast(number)));
                }
            }
            ParameterRole::Equals(_)
            | ParameterRole::Sort
            | ParameterRole::Fields
            | ParameterRole::Facets
            | ParameterRole::Stats
            | ParameterRole::Include => {}
        }
    }

    fn malformed(&mut self, name: &str, value: &str, detail: &str) {
        self.bad.add(name, |_| BadParameter::malformed(name, value, detail));
    }

    fn field(&self, place: usize) -> AskedField<'t> {
        AskedField::new(self.table, place)
    }

    fn equals(&mut self, name: &str, place: usize, values: &[String]) {
        let (field, summary) = (self.field(place), &self.table.fields()[place]);
        let (mut wanted, mut any) = (Vec::new(), Vec::new());
        for text in values {
            if let Some(predicate) = presence(text).filter(|_| summary.may_be_absent()) {
                any.push(predicate);
            } else if let Some(scalar) = self.value(name, field, text) {
                // A text that nothing holds would find nothing, and nobody would know why.
                if summary.refers_to.is_none() && summary.kind == Kind::Text && !field.knows(text) {
                    self.bad.add(name, |tell| field.refuse(name, text, tell));
                } else {
                    wanted.push(scalar);
                }
            }
        }
        if !wanted.is_empty() {
            any.push(Predicate::AnyOf(wanted));
        }
        self.condition(place, Predicate::any(any));
    }

    /// One of the values that a field is compared with.
    fn value(&mut self, name: &str, field: AskedField<'t>, text: &str) -> Option<Scalar> {
        let ids = field.ids().filter(|_| !text.is_empty());
        let Some(ids) = ids else { return self.scalar(name, field, text) };
        match ids.status(text) {
            IdStatus::Known => {}
            IdStatus::NotCovered => self.query.not_covered.push(text.to_owned()),
            IdStatus::Unknown => {
                self.bad.add(name, |tell| ids.refuse(name, text, tell));
                return None;
            }
        }
        Some(Scalar::Text(text.to_owned()))
    }

    fn scalar(&mut self, name: &str, field: AskedField<'t>, text: &str) -> Option<Scalar> {
        if text.is_empty() {
            self.malformed(name, text, "expected a value between the commas");
            return None;
        }
        let summary = field.summary();
        match (summary.parse)(text) {
            Ok(scalar) => Some(scalar),
            Err(Expected::OneOf(words)) => {
                self.bad.add(name, |tell| match summary.kind {
                    Kind::Code(list) => {
                        let at = Some(format!("/v1/codes/{}", list.name()));
                        let words = list.words.iter().copied();
                        let offered = Offered::of(tell, list.words.len(), words, at);
                        let meant = tell.meant.then(|| code_meant(list, text)).flatten();
                        BadParameter::not_one_of(name, text, offered, meant)
                    }
                    _ => one_of(name, text, tell, words),
                });
                None
            }
            Err(expected) => {
                self.bad.add(name, |tell| BadParameter {
                    did_you_mean: tell.meant.then(|| field.meant(text)).flatten(),
                    ..BadParameter::malformed(name, text, expected.to_string())
                });
                None
            }
        }
    }

    fn bound(&mut self, name: &'t str, field: usize, value: &str, least: bool) {
        if let Some(scalar) = self.scalar(name, self.field(field), value) {
            let text = value.to_owned();
            let predicate = if least { Predicate::AtLeast } else { Predicate::AtMost };
            self.condition(field, predicate(scalar.clone()));
            self.bounds.push(End { parameter: name, text, field, least, value: scalar });
        }
    }

    fn condition(&mut self, field: usize, predicate: Predicate) {
        self.query.conditions.push(Condition { field, predicate });
    }

    fn named(&mut self, name: &str, wanted: &str, may: fn(Uses) -> bool) -> Option<usize> {
        let fields = self.table.fields();
        let found = fields.iter().position(|field| may(field.uses) && field.name == wanted);
        if found.is_none() {
            let allowed = fields.iter().filter(|field| may(field.uses)).map(|field| field.name);
            let allowed: Vec<_> = allowed.collect();
            self.bad.add(name, |tell| one_of(name, wanted, tell, &allowed));
        }
        found
    }

    fn sort(&mut self, name: &str, values: &[String]) {
        for text in values {
            let (wanted, descending) = match text.strip_prefix('-') {
                Some(wanted) => (wanted, true),
                None => (text.as_str(), false),
            };
            let Some(field) = self.named(name, wanted, |uses| uses.sorts) else {
                continue;
            };
            if self.query.sort_keys.iter().any(|key| key.field == field) {
                self.malformed(name, text, "named twice in one order");
            } else {
                self.query.sort_keys.push(SortKey { field, descending });
            }
        }
    }

    fn all_named(&mut self, name: &str, values: &[String], may: fn(Uses) -> bool) -> Vec<usize> {
        values.iter().filter_map(|text| self.named(name, text, may)).collect()
    }

    fn include(&mut self, name: &str, values: &[String]) {
        for text in values.iter().filter(|text| !INCLUDED.contains(&text.as_str())) {
            self.bad.add(name, |tell| one_of(name, text, tell, &INCLUDED));
        }
        self.query.labels = !values.is_empty();
    }

    fn keys(&mut self, name: &str, values: &[String]) {
        let mut keys = Vec::new();
        for text in values {
            if self.table.row_keys().any(|key| key == text) {
                keys.push(text.to_owned());
            } else {
                let allowed: Vec<_> = self.table.row_keys().collect();
                self.bad.add(name, |tell| one_of(name, text, tell, &allowed));
            }
        }
        self.query.keys = Some(keys);
    }

    /// Refuses every range whose minimum lies above its maximum.
    fn ranges(&mut self) {
        let ends = |least: bool| self.bounds.iter().filter(move |end| end.least == least);
        for (least, most) in ends(true).flat_map(|one| ends(false).map(move |two| (one, two))) {
            if least.field == most.field {
                refuse_upside_down(&mut self.bad, &least.bound(), &most.bound());
            }
        }
    }

    fn finish(mut self) -> Result<Query<()>, BadParameters> {
        self.ranges();
        // One spelling; stable, because the order of repeated sorts means something.
        self.query.canonical_pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        if self.bad.is_empty() { Ok(self.query) } else { Err(self.bad) }
    }
}

impl End<'_> {
    fn bound(&self) -> Bound<'_> {
        Bound { name: self.parameter, text: &self.text, value: &self.value }
    }
}

/// Refuses a range whose minimum lies above its maximum: the one place that does.
pub fn refuse_upside_down(bad: &mut BadParameters, least: &Bound<'_>, most: &Bound<'_>) {
    if least.is_above(most) {
        bad.add(least.name, |_| {
            BadParameter::upside_down((least.name, least.text), (most.name, most.text))
        });
    }
}

/// What `null` and `!null` ask of a field that may be absent.
fn presence(text: &str) -> Option<Predicate> {
    match text {
        "null" => Some(Predicate::Absent),
        "!null" => Some(Predicate::Present),
        _ => None,
    }
}

/// A value that is none of a short list of words.
fn one_of(name: &str, value: &str, tell: Tell, words: &[&str]) -> BadParameter {
    BadParameter::none_of(name, value, tell, words.iter().copied())
}

/// The values of an order as they were given, repeated ones too: a field is named once.
fn split_all(given: &[&str]) -> Vec<String> {
    let values = given.iter().filter(|value| !value.is_empty());
    values.flat_map(|value| value.split(',').map(str::to_owned)).take(2 * MOST_VALUES).collect()
}
