//! The fields of a record: declared once, in a table beside the record.
//!
//! A field's type decides what a reader may do with it: codes and numbers filter and sort, codes are
//! counted as facets, numbers and dates have ranges, words are searched. A name of an organization is
//! words to its type but a code to a reader, and a title has an order; [`Column::named`] and
//! [`Column::sorted`] say so.

use super::expected::Expected;
use super::labels::{Bilingual, label_of_field};
use super::period::{Basis, Year};
use super::value::{FieldValue, Kind, Scalar, Value};
use super::years::Years;

/// What a reader may do with a field.
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent permissions, each read by name"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uses {
    /// `?name=value`
    pub equals: bool,
    /// `?name_min=` and `?name_max=`
    pub ranges: bool,
    /// `?sort=name` and `?sort=-name`
    pub sorts: bool,
    /// `?facets=name`
    pub facets: bool,
    /// A column of its own in CSV, XLSX and Parquet.
    pub column: bool,
    /// Where a page that lists records shows it.
    pub list_place: ListPlace,
}

/// Where a page that lists records shows a field. Years, amounts and sources have columns without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListPlace {
    /// On the page of the record alone.
    #[default]
    None,
    /// In the text of the link to the record.
    Link,
    /// In a column of its own.
    Column,
}

/// Parses what a reader typed; the error is what was expected, where the text is no such value.
pub type Parse = fn(&str) -> Result<Scalar, Expected>;

/// One field of a record of type `R`.
pub trait Field<R>: Sync {
    /// Its name: the path in JSON joined by `_`, the CSV column, the query parameter.
    fn name(&self) -> &'static str;
    /// What people call it.
    fn label(&self) -> Bilingual;
    /// What kind of value it holds.
    fn kind(&self) -> Kind;
    /// Whether it holds several values.
    fn is_list(&self) -> bool;
    /// Whether the value may be missing.
    fn is_optional(&self) -> bool;
    /// What a reader may do with it.
    fn uses(&self) -> Uses;
    /// The collection whose ids it holds.
    fn refers_to(&self) -> Option<&'static str>;
    /// Whether its values are ISO 3166-1 alpha-3 codes.
    fn holds_countries(&self) -> bool {
        false
    }
    /// Reads it out of a record.
    fn value<'r>(&self, record: &'r R) -> FieldValue<'r>;
    /// How what a reader typed for it is parsed.
    fn parser(&self) -> Parse;
}

/// How a column finds its value.
enum Read<R, V> {
    /// The value is stored in the record.
    Stored(fn(&R) -> &V),
    /// The value is stored in a part that may be missing.
    Nested(fn(&R) -> Option<&V>),
    /// The value is computed from the record.
    Derived(fn(&R) -> FieldValue<'_>),
}

/// The one way to declare a field: a name and where to find it.
pub struct Column<R, V> {
    name: &'static str,
    label: Bilingual,
    uses: Uses,
    optional: bool,
    refers_to: Option<&'static str>,
    read: Read<R, V>,
}

const fn uses_of<V: Value>() -> Uses {
    Uses {
        equals: V::EQUALS,
        ranges: V::KIND.is_ordered() && !V::LIST,
        sorts: V::EQUALS && !V::LIST && !matches!(V::KIND, Kind::Years),
        facets: V::FACET,
        column: true,
        list_place: ListPlace::None,
    }
}

/// Declares a field that is stored in the record.
pub const fn column<R, V: Value>(name: &'static str, read: fn(&R) -> &V) -> Column<R, V> {
    Column {
        name,
        label: label_of_field(name),
        uses: uses_of::<V>(),
        optional: V::OPTIONAL,
        refers_to: None,
        read: Read::Stored(read),
    }
}

/// Declares a field that is stored in a part of the record which may be missing.
pub const fn optional<R, V: Value>(name: &'static str, read: fn(&R) -> Option<&V>) -> Column<R, V> {
    Column {
        name,
        label: label_of_field(name),
        uses: uses_of::<V>(),
        optional: true,
        refers_to: None,
        read: Read::Nested(read),
    }
}

/// Declares a field that is computed, or gathered from a list; `V` says what a reader may type for it.
pub const fn derived<R, V: Value>(
    name: &'static str,
    read: fn(&R) -> FieldValue<'_>,
) -> Column<R, V> {
    Column {
        name,
        label: label_of_field(name),
        uses: uses_of::<V>(),
        optional: V::OPTIONAL,
        refers_to: None,
        read: Read::Derived(read),
    }
}

/// Declares the filter `fiscal_year`: which fiscal years a record touches. It is no column.
pub const fn fiscal_year_filter<R>(read: fn(&R) -> Option<Years>) -> FiscalYearFilter<R> {
    FiscalYearFilter { read }
}

impl<R, V: Value> Column<R, V> {
    /// Treats words as a name: `?name=`, sorted and counted like a code.
    pub const fn named(mut self) -> Self {
        self.uses.equals = true;
        self.uses.facets = true;
        self.uses.sorts = !V::LIST;
        self
    }

    /// Sorts by it: for titles, which are words that have an order worth asking for.
    pub const fn sorted(mut self) -> Self {
        self.uses.sorts = true;
        self
    }

    /// Counts its values as a facet.
    pub const fn facets(mut self) -> Self {
        self.uses.facets = true;
        self
    }

    /// Shows it in the text of the link to the record, on pages that list records.
    pub const fn in_link(mut self) -> Self {
        self.uses.list_place = ListPlace::Link;
        self
    }

    /// Shows it in a column of its own, on pages that list records.
    pub const fn in_list(mut self) -> Self {
        self.uses.list_place = ListPlace::Column;
        self
    }

    /// Says that it holds ids of another collection; loading checks that they exist.
    pub const fn refers_to(mut self, collection: &'static str) -> Self {
        self.refers_to = Some(collection);
        self
    }
}

impl<R, V: Value> Field<R> for Column<R, V> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn label(&self) -> Bilingual {
        self.label
    }

    fn kind(&self) -> Kind {
        V::KIND
    }

    fn is_list(&self) -> bool {
        V::LIST
    }

    fn is_optional(&self) -> bool {
        self.optional
    }

    fn uses(&self) -> Uses {
        self.uses
    }

    fn refers_to(&self) -> Option<&'static str> {
        self.refers_to
    }

    fn holds_countries(&self) -> bool {
        V::COUNTRIES
    }

    fn value<'r>(&self, record: &'r R) -> FieldValue<'r> {
        match self.read {
            Read::Stored(read) => read(record).value(),
            Read::Nested(read) => FieldValue::of(read(record)),
            Read::Derived(read) => read(record),
        }
    }

    fn parser(&self) -> Parse {
        V::parse
    }
}

/// The filter `fiscal_year` of a record that has a period or a date.
pub struct FiscalYearFilter<R> {
    read: fn(&R) -> Option<Years>,
}

impl<R> Field<R> for FiscalYearFilter<R> {
    fn name(&self) -> &'static str {
        "fiscal_year"
    }

    fn label(&self) -> Bilingual {
        const { label_of_field("fiscal_year") }
    }

    fn kind(&self) -> Kind {
        Kind::Years
    }

    fn is_list(&self) -> bool {
        false
    }

    fn is_optional(&self) -> bool {
        true
    }

    fn uses(&self) -> Uses {
        Uses {
            equals: true,
            ranges: true,
            sorts: false,
            facets: false,
            column: false,
            list_place: ListPlace::None,
        }
    }

    fn refers_to(&self) -> Option<&'static str> {
        None
    }

    fn value<'r>(&self, record: &'r R) -> FieldValue<'r> {
        (self.read)(record).map_or(FieldValue::Missing, FieldValue::Years)
    }

    fn parser(&self) -> Parse {
        Year::parse
    }
}

/// What a field holds and which parameters it takes, without its record's type: for code that is the same for every
/// collection, and is compiled once.
#[derive(Debug, Clone, Copy)]
pub struct FieldSummary {
    /// The collection that it is a field of.
    pub collection: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub label: Bilingual,
    /// What kind of value it holds.
    pub kind: Kind,
    /// Whether it holds several.
    pub list: bool,
    /// Whether it may be missing.
    pub optional: bool,
    /// What a reader may do with it.
    pub uses: Uses,
    /// The collection whose ids it holds.
    pub refers_to: Option<&'static str>,
    /// Whether its values are ISO 3166-1 alpha-3 codes.
    pub holds_countries: bool,
    /// How what a reader typed for it is parsed.
    pub parse: Parse,
}

impl FieldSummary {
    /// Whether a reader may ask for records without a value in it.
    pub const fn may_be_absent(&self) -> bool {
        self.optional || self.list
    }

    /// What kind of years it says that a record touches; none where it says no years.
    pub fn year_basis(&self) -> Option<Basis> {
        match (self.kind, self.name) {
            (Kind::Years, _) | (Kind::Whole, "fiscal_year") => Some(Basis::FiscalYear),
            (Kind::Whole, "year") => Some(Basis::CalendarYear),
            _ => None,
        }
    }
}
