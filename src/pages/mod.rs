//! Pages: the same answers as HTML, in English and Spanish.
//!
//! A page is a function of a [`Site`] and of what the handler has found; it asks for nothing by itself and knows no
//! HTTP. Columns, filters and labels come from the table of fields, so that a new field or collection appears by
//! itself. `maud` escapes every text. There is no style attribute and no script in a page: the policy forbids both.

pub mod assets;
pub mod check_number;
mod figure;
mod frame;
pub mod front;
pub mod list;
pub mod problem;
mod reading;
pub mod record;
mod site;
mod snippets;
mod wording;

pub use frame::{WebPage, document};
pub use site::{Addresses, NavEntry, Pin, Site, in_language};
pub use snippets::Calls;
