//! The value types of the domain, and what a collection is: the lowest layer.
//!
//! Owns value types that are valid by existing ([`Amount`], [`Period`], [`PartialDate`], [`RecordId`]),
//! and the fields of a record ([`Field`], [`Collection`]). It depends on no other layer.

mod amount;
mod citation;
mod collection;
pub(crate) mod expected;
mod field;
mod identifier;
mod json_schema;
pub(crate) mod labels;
mod partial_date;
mod period;
mod statement;
mod terms;
mod text;
mod translation;
mod value;
pub(crate) mod vocabulary;
mod years;

pub(crate) use amount::LARGEST_USD;
pub use amount::{Amount, Qualifier, Usd};
pub use citation::{Citation, Claim, Reference};
pub use collection::{
    Collection, CountedKeys, DatedEvent, RuleViolation, TranslatedFields, fields, year_field,
};
pub use expected::Expected;
pub use field::{
    Column, Field, FieldSummary, ListPlace, Parse, Uses, column, derived, fiscal_year_filter,
    optional,
};
pub use identifier::{RESERVED_IDS, RecordId};
pub use json_schema::{JsonSchema, Property, publish};
pub use labels::{Bilingual, Code, CodeList, field_label};
pub use partial_date::PartialDate;
pub use period::{Basis, KnownHow, KnownThrough, Period, Year};
pub use statement::{PeriodFigure, Slot, Statement};
pub use terms::{Confidence, Objective, Organization, ReadingMethod, Scope};
pub(crate) use text::LONGEST_TEXT;
pub use text::Text;
pub use text::country::{Iso2, Iso3};
pub use text::digits::grouped_digits;
pub use text::version::SemanticVersion;
pub use text::web_address::WebAddress;
pub use translation::{Translation, own_texts};
pub use value::{FieldValue, Kind, Scalar, Value};
pub use vocabulary::Vocabulary;
pub(crate) use vocabulary::vocabulary;
pub use years::Years;
