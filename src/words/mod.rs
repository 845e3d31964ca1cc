//! Words for people, in English and Spanish: the names of countries, amounts, dates, and the sentence of a record.
//!
//! Owns how things are said, never what is said: it names no collection. The label of a code stands beside the
//! code, in the `vocabulary!` that declares it; the sentence of a record beside the record, with slots that are filled
//! here.

mod capital;
mod countries;
mod language;
mod money;
mod sentence;
mod time;
mod typed_amount;

pub use capital::capitalized;
pub use countries::{Country, countries, country, country_named, country_names, plain_name};
pub use language::Language;
pub use money::{amount_parts, amount_phrase, number_phrase, usd_phrase};
pub use sentence::{Names, heading, heading_in, sentence, sentence_in};
pub use time::{date_phrase, years_phrase};
pub use typed_amount::typed_usd;
