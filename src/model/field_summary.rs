//! A field without its record's type: for code that is the same for every collection, and is compiled once.

use super::collection::{Collection, fields};
use super::field::{Field, Parse, Uses};
use super::labels::Bilingual;
use super::period::Basis;
use super::value::Kind;

/// What a field holds and which parameters it takes, without its record's type.
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
    /// Sums up a field of a collection.
    pub fn of<C: Collection>(field: &dyn Field<C>) -> Self {
        Self {
            collection: C::NAME,
            name: field.name(),
            label: field.label(),
            kind: field.kind(),
            list: field.is_list(),
            optional: field.is_optional(),
            uses: field.uses(),
            refers_to: field.refers_to(),
            holds_countries: field.holds_countries(),
            parse: field.parser(),
        }
    }

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

/// The field that says which years a record touches, and what kind of years they are; none where records state none.
pub fn year_field<C: Collection>() -> Option<(&'static dyn Field<C>, Basis)> {
    fields::<C>().find_map(|field| Some((field, FieldSummary::of(field).year_basis()?)))
}
