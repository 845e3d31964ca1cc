//! The parameters that a collection understands, and what is wrong with those that it does not.

use serde::Serialize;
use utoipa::ToSchema;

use super::nearest;
use crate::model::{Collection, Field, Kind, fields};

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

/// A parameter that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BadParameter {
    /// Its name, as the request has it.
    pub parameter: String,
    /// The value at fault, as the request has it. Null when the name is at fault.
    pub value: Option<String>,
    /// What is wrong, and what was expected.
    pub detail: String,
    /// What would be understood instead: names or values. Empty where that is not a short list.
    pub allowed: Vec<String>,
    /// The name or value that was most likely meant. Null when nothing is near.
    pub did_you_mean: Option<String>,
}

impl BadParameter {
    /// A name that is no parameter here.
    pub fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Self {
        Self {
            parameter: name.to_owned(),
            value: None,
            detail: "no such parameter here".to_owned(),
            did_you_mean: nearest(name, known.clone()).map(str::to_owned),
            allowed: known.map(str::to_owned).collect(),
        }
    }

    /// A value that is none of a list.
    pub fn not_one_of<'n>(
        name: &str,
        value: &str,
        allowed: impl Iterator<Item = &'n str> + Clone,
    ) -> Self {
        let did_you_mean = nearest(value, allowed.clone()).map(str::to_owned);
        let allowed: Vec<_> = allowed.map(str::to_owned).collect();
        Self {
            parameter: name.to_owned(),
            value: Some(value.to_owned()),
            detail: format!("`{value}` is none of the {} allowed values", allowed.len()),
            allowed,
            did_you_mean,
        }
    }

    /// A value of the wrong form.
    pub fn malformed(name: &str, value: &str, detail: impl Into<String>) -> Self {
        Self {
            parameter: name.to_owned(),
            value: Some(value.to_owned()),
            detail: detail.into(),
            allowed: Vec::new(),
            did_you_mean: None,
        }
    }

    /// A parameter that was given twice and takes one value.
    pub fn repeated(name: &str, value: &str) -> Self {
        Self::malformed(name, value, "given more than once, but takes one value")
    }
}

/// What a field's values look like, for one who typed another.
pub(super) fn allowed<C: Collection>(field: &dyn Field<C>) -> &'static [&'static str] {
    match field.kind() {
        Kind::Code(list) => list.words,
        Kind::Flag => &["true", "false"],
        _ => &[],
    }
}

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
