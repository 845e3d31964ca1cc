//! Words for people, in English and Spanish: the names of countries.
//!
//! Owns how things are said, never what is said: it names no collection. The label of a code stands beside the
//! code, in the `vocabulary!` that declares it.

mod countries;
mod language;

pub use countries::{Country, countries, country, country_named, country_names};
pub use language::Language;
