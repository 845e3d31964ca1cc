//! What people call what the code calls by a code: labels and definitions in English and Spanish.
//!
//! A label is written as it stands inside a sentence: who begins a line with it capitalizes its first letter.

mod bilingual;
mod code_list;
mod fields;

pub use bilingual::Bilingual;
pub use code_list::{Code, CodeList};
pub use fields::field_label;
pub(crate) use fields::label_of_field;
