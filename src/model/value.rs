//! Values as a table sees them: read out of a record, or typed by a reader.

use std::borrow::Cow;
use std::fmt;

use super::expected::Expected;
use super::labels::CodeList;
use super::partial_date::PartialDate;
use super::years::Years;

/// One value read out of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue<'r> {
    /// The source gives no value.
    Missing,
    /// Words or a code.
    Text(Cow<'r, str>),
    /// A year, a count of people or whole US dollars.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// A date as precise as its source gives it.
    Date(PartialDate),
    /// The fiscal years that a record touches.
    Years(Years),
    /// Several values, in the record's order.
    List(Vec<FieldValue<'r>>),
}

impl<'r> FieldValue<'r> {
    /// The values that it holds: none, one, or those of a list.
    pub fn scalars(&self) -> Vec<Scalar> {
        match self {
            FieldValue::Missing | FieldValue::Years(_) => Vec::new(),
            FieldValue::Text(text) => vec![Scalar::Text(text.clone().into_owned())],
            FieldValue::Whole(whole) => vec![Scalar::Whole(*whole)],
            FieldValue::Flag(flag) => vec![Scalar::Flag(*flag)],
            FieldValue::Date(date) => vec![Scalar::Date(*date)],
            FieldValue::List(values) => values.iter().flat_map(FieldValue::scalars).collect(),
        }
    }

    /// Reads an optional value.
    pub fn of<V: Value>(value: Option<&'r V>) -> Self {
        value.map_or(FieldValue::Missing, V::value)
    }

    /// The texts in it, for full-text search.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            FieldValue::Text(text) => vec![text.as_ref()],
            FieldValue::List(values) => values.iter().flat_map(FieldValue::texts).collect(),
            _ => Vec::new(),
        }
    }
}

/// Writes the value as a CSV field and as a query parameter have it; a list is joined by `;`.
impl fmt::Display for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldValue::Missing => Ok(()),
            FieldValue::Text(text) => f.write_str(text),
            FieldValue::Whole(whole) => write!(f, "{whole}"),
            FieldValue::Flag(flag) => write!(f, "{flag}"),
            FieldValue::Date(date) => write!(f, "{date}"),
            FieldValue::Years(years) => write!(f, "{years}"),
            FieldValue::List(values) => {
                for (position, value) in values.iter().enumerate() {
                    if position > 0 {
                        f.write_str(";")?;
                    }
                    write!(f, "{value}")?;
                }
                Ok(())
            }
        }
    }
}

/// A value on its own, parsed from what a reader typed or taken from a record; it orders within its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// Words or a code.
    Text(String),
    /// A year, a count of people or whole US dollars.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// A date as precise as it is known.
    Date(PartialDate),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Text(text) => f.write_str(text),
            Scalar::Whole(whole) => write!(f, "{whole}"),
            Scalar::Flag(flag) => write!(f, "{flag}"),
            Scalar::Date(date) => write!(f, "{date}"),
        }
    }
}

/// What kind of value a field holds; decides its column type in CSV, XLSX and Parquet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// One of a closed list of words.
    Code(&'static CodeList),
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// An ISO 8601 date of reduced precision.
    Date,
    /// A span of fiscal years that a filter may touch.
    Years,
}

impl Kind {
    /// Whether values have an order that a range can ask for.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Kind::Whole | Kind::Date | Kind::Years)
    }
}

/// A type that a field may have.
pub trait Value: 'static {
    /// What kind of value it is.
    const KIND: Kind;
    /// Whether it holds several.
    const LIST: bool = false;
    /// Whether it may be missing.
    const OPTIONAL: bool = false;
    /// Whether its values are few and repeat, so that counts by value are worth having.
    const FACET: bool = false;
    /// Whether a reader may ask for an equal value: yes for all but prose.
    const EQUALS: bool = true;
    /// Whether its values are ISO 3166-1 alpha-3 codes.
    const COUNTRIES: bool = false;

    /// Reads the value.
    fn value(&self) -> FieldValue<'_>;

    /// Parses what a reader typed.
    ///
    /// # Errors
    /// What was expected, when `text` is no such value.
    fn parse(text: &str) -> Result<Scalar, Expected>;
}

impl Value for PartialDate {
    const KIND: Kind = Kind::Date;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Date(*self)
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        text.parse().map(Scalar::Date)
    }
}

impl Value for bool {
    const KIND: Kind = Kind::Flag;
    const FACET: bool = true;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Flag(*self)
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        text.parse().map(Scalar::Flag).map_err(|_| Expected::OneOf(&["true", "false"]))
    }
}

impl Value for u32 {
    const KIND: Kind = Kind::Whole;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Whole((*self).into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        text.parse::<Self>()
            .map(|whole| Scalar::Whole(whole.into()))
            .map_err(|_| Expected::Form("a whole number, such as 275"))
    }
}

impl<V: Value> Value for Option<V> {
    const KIND: Kind = V::KIND;
    const LIST: bool = V::LIST;
    const OPTIONAL: bool = true;
    const FACET: bool = V::FACET;
    const EQUALS: bool = V::EQUALS;
    const COUNTRIES: bool = V::COUNTRIES;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::of(self.as_ref())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        V::parse(text)
    }
}

impl<V: Value> Value for Box<[V]> {
    const KIND: Kind = V::KIND;
    const LIST: bool = true;
    const FACET: bool = V::FACET;
    const EQUALS: bool = V::EQUALS;
    const COUNTRIES: bool = V::COUNTRIES;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::List(self.iter().map(V::value).collect())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        V::parse(text)
    }
}
