//! The parameters that a collection understands.

use std::collections::BTreeSet;

use crate::model::{Collection, Field, fields};

/// How many different values a parameter may have.
pub const MOST_VALUES: usize = 300;

/// One query parameter of a collection.
pub struct Parameter<C: 'static> {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: ParameterRole<C>,
}

/// What a parameter does.
pub enum ParameterRole<C: 'static> {
    /// The field equals any of the values.
    Equals(&'static dyn Field<C>),
    /// The field is at least the value.
    AtLeast(&'static dyn Field<C>),
    /// The field is at most the value.
    AtMost(&'static dyn Field<C>),
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
    /// The digest of the dataset that a walk through pages began with.
    Dataset,
}

// Derived, these would ask the same of the record type, which they only point at.
impl<C> Clone for ParameterRole<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for ParameterRole<C> {}

impl<C: Collection> Parameter<C> {
    /// Every parameter of a collection: its fields' first, then those that all collections share.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for field in fields::<C>() {
            let name = field.name();
            if field.uses().equals {
                all.push(Self { name: name.to_owned(), role: ParameterRole::Equals(field) });
            }
            if field.uses().ranges {
                all.push(Self { name: format!("{name}_min"), role: ParameterRole::AtLeast(field) });
                all.push(Self { name: format!("{name}_max"), role: ParameterRole::AtMost(field) });
            }
        }
        let shared = [
            ("q", ParameterRole::Search),
            ("sort", ParameterRole::Sort),
            ("limit", ParameterRole::Limit),
            ("offset", ParameterRole::Offset),
            ("fields", ParameterRole::Fields),
            ("facets", ParameterRole::Facets),
            ("dataset", ParameterRole::Dataset),
        ];
        all.extend(shared.map(|(name, role)| Self { name: name.to_owned(), role }));
        all
    }
}

impl<C> ParameterRole<C> {
    /// Whether the parameter keeps some records and leaves out others.
    pub fn filters(self) -> bool {
        matches!(self, Self::Equals(_) | Self::AtLeast(_) | Self::AtMost(_) | Self::Search)
    }

    /// Whether the parameter takes several values, by commas or by being repeated.
    pub fn takes_list(self) -> bool {
        matches!(self, Self::Equals(_) | Self::Sort | Self::Fields | Self::Facets)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_separates_values_unless_it_is_escaped() {
        assert_eq!(split_list("FMF,IMET"), ["FMF", "IMET"]);
        assert_eq!(split_list(r"ships\, three,troops"), ["ships, three", "troops"]);
        assert_eq!(split_list("a,,b"), ["a", "", "b"]);
    }
}
