//! The parameters that a collection understands.

use std::collections::BTreeSet;

use crate::model::FieldSummary;

/// How many different values a parameter may have.
pub const MOST_VALUES: usize = 300;

/// One query parameter of a collection.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: ParameterRole,
}

/// What a parameter does; a field is told by its place in the table of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterRole {
    /// The field equals any of the values.
    Equals(usize),
    /// The field is at least the value.
    AtLeast(usize),
    /// The field is at most the value.
    AtMost(usize),
    /// The field is absent or present: for prose, of which nothing else is asked.
    Presence(usize),
    /// The bounds of an amount hold the value.
    Fits {
        /// What the source states.
        stated: usize,
        /// The lower bound.
        least: usize,
        /// The upper bound.
        most: usize,
    },
    /// Full text.
    Search,
    /// The order of records.
    Sort,
    /// How many records a page has.
    Limit,
    /// How many records come before the page.
    Offset,
    /// Which keys of each record are sent.
    Fields,
    /// Which fields are counted by value.
    Facets,
    /// Of which fields the least and the greatest value are told.
    Stats,
    /// What is added to the answer.
    Include,
    /// The digest of the dataset that a walk through pages began with.
    Dataset,
}

impl Parameter {
    /// Every parameter of a collection with these fields: the fields' first, then those that all collections share.
    pub(super) fn all(fields: &[FieldSummary]) -> Vec<Self> {
        let mut all = Vec::new();
        for (place, field) in fields.iter().enumerate() {
            let name = field.name;
            if field.uses.equals {
                all.push(Self { name: name.to_owned(), role: ParameterRole::Equals(place) });
            } else if field.optional {
                all.push(Self { name: name.to_owned(), role: ParameterRole::Presence(place) });
            }
            if field.uses.ranges {
                all.push(Self { name: format!("{name}_min"), role: ParameterRole::AtLeast(place) });
                all.push(Self { name: format!("{name}_max"), role: ParameterRole::AtMost(place) });
            }
            all.extend(Self::fits(place, fields));
        }
        let shared = [
            ("q", ParameterRole::Search),
            ("sort", ParameterRole::Sort),
            ("limit", ParameterRole::Limit),
            ("offset", ParameterRole::Offset),
            ("fields", ParameterRole::Fields),
            ("facets", ParameterRole::Facets),
            ("stats", ParameterRole::Stats),
            ("include", ParameterRole::Include),
            ("dataset", ParameterRole::Dataset),
        ];
        let has_ranges = fields.iter().any(|field| field.uses.ranges);
        let counts = |role: ParameterRole| role != ParameterRole::Stats || has_ranges;
        let shared = shared.into_iter().filter(|(_, role)| counts(*role));
        all.extend(shared.map(|(name, role)| Self { name: name.to_owned(), role }));
        all
    }

    /// The question which number an amount fits, of a field that states one.
    fn fits(stated: usize, fields: &[FieldSummary]) -> Option<Self> {
        let amount = fields[stated].name.strip_suffix("_usd")?;
        let bound = |end: &str| {
            let name = format!("{amount}_{end}_usd");
            fields.iter().position(|field| field.name == name)
        };
        let (least, most) = (bound("min")?, bound("max")?);
        let role = ParameterRole::Fits { stated, least, most };
        Some(Self { name: format!("{amount}_fits"), role })
    }
}

/// What a parameter of a nullable field takes beside its values.
pub const PRESENCE: [&str; 2] = ["null", "!null"];

/// What `include` may add to an answer.
pub const INCLUDED: [&str; 1] = ["labels"];

impl ParameterRole {
    /// Whether the parameter keeps some records and leaves out others.
    pub fn filters(self) -> bool {
        matches!(
            self,
            Self::Equals(_)
                | Self::AtLeast(_)
                | Self::AtMost(_)
                | Self::Presence(_)
                | Self::Fits { .. }
                | Self::Search
        )
    }

    /// Whether the parameter takes several values, by commas or by being repeated.
    pub fn takes_list(self) -> bool {
        matches!(
            self,
            Self::Equals(_)
                | Self::Sort
                | Self::Fields
                | Self::Facets
                | Self::Stats
                | Self::Include
        )
    }
}

/// The different values of a parameter, each once in the order in which they are named first.
#[derive(Debug, Default)]
pub struct Values {
    seen: BTreeSet<String>,
    in_order: Vec<String>,
}

impl Values {
    /// Adds a value.
    ///
    /// # Errors
    /// [`TooMany`] when it is one more than a parameter may have.
    pub fn add(&mut self, value: String) -> Result<(), TooMany> {
        if !self.seen.contains(&value) {
            if self.in_order.len() == MOST_VALUES {
                return Err(TooMany);
            }
            self.in_order.push(value.clone());
            self.seen.insert(value);
        }
        Ok(())
    }

    /// Adds the values of a list; see [`split_list`].
    ///
    /// # Errors
    /// As [`Values::add`].
    pub fn add_list(&mut self, text: &str) -> Result<(), TooMany> {
        split_list(text).into_iter().try_for_each(|value| self.add(value))
    }

    /// The values.
    pub fn into_vec(self) -> Vec<String> {
        self.in_order
    }
}

/// More than [`MOST_VALUES`] different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

/// Splits a list at its commas; `\,` stands for a comma inside a value.
pub fn split_list(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&',') => {
                letters.next();
                push(&mut values, ',');
            }
            ',' => values.push(String::new()),
            other => push(&mut values, other),
        }
    }
    values
}

fn push(values: &mut [String], letter: char) {
    if let Some(last) = values.last_mut() {
        last.push(letter);
    }
}

/// The values as a parameter takes them, in as few repeats as can be: joined by commas, unless that is itself a value
/// or one of them has a backslash, which stands for itself only in a value that is alone.
pub(super) fn canonical(values: &[String], is_value: impl Fn(&str) -> bool) -> Vec<String> {
    let (alone, joined): (Vec<&String>, Vec<&String>) =
        values.iter().partition(|value| value.contains('\\'));
    let list: Vec<_> = joined.iter().map(|value| value.replace(',', "\\,")).collect();
    let list = list.join(",");
    let mut canonical: Vec<String> = match joined.len() {
        0 => Vec::new(),
        1.. if is_value(&list) => joined.into_iter().cloned().collect(),
        1.. => vec![list],
    };
    canonical.extend(alone.into_iter().cloned());
    canonical
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As a parameter is read: what is a value is taken whole, anything else is split.
        #[test]
        fn values_are_written_as_they_are_read(
            values in proptest::collection::btree_set("[ab,\\\\]{1,4}", 1..5),
        ) {
            let is_value = |text: &str| values.contains(text);
            let given: Vec<String> = values.iter().cloned().collect();
            let mut read = Values::default();
            for text in canonical(&given, is_value) {
                if is_value(&text) { read.add(text) } else { read.add_list(&text) }.expect("few");
            }
            let mut read = read.into_vec();
            read.sort();
            prop_assert_eq!(read, given);
        }
    }

    #[test]
    fn one_spelling_is_as_short_as_can_be() {
        let one = |values: &[&str]| {
            let values: Vec<_> = values.iter().map(|value| (*value).to_owned()).collect();
            canonical(&values, |text| text == "a,b")
        };
        assert_eq!(one(&["FMF", "IMET"]), ["FMF,IMET"]);
        assert_eq!(one(&["a", "b"]), ["a", "b"]);
        assert_eq!(one(&["ships, three"]), [r"ships\, three"]);
        assert_eq!(one(&[]), Vec::<String>::new());
    }

    #[test]
    fn a_comma_separates_values_unless_it_is_escaped() {
        assert_eq!(split_list("FMF,IMET"), ["FMF", "IMET"]);
        assert_eq!(split_list(r"ships\, three,troops"), ["ships, three", "troops"]);
        assert_eq!(split_list("a,,b"), ["a", "", "b"]);
    }
}
