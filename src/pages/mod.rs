//! Pages: the same answers as HTML, in English and Spanish.
//!
//! A page is a function of a [`Site`] and of what the handler has found; it asks for nothing by itself and knows no
//! HTTP. Columns, filters and labels come from the table of fields, so that a new field or collection appears by
//! itself. `maud` escapes every text. There is no style attribute and no script in a page: the policy forbids both.

mod asking;
pub mod assets;
pub mod check_number;
pub mod codes;
mod figure;
mod frame;
pub mod front;
pub mod list;
mod paging;
pub mod partner;
pub mod problem;
pub mod prose;
mod reading;
pub mod record;
pub mod releases;
mod site;
mod snippets;
pub mod totals;
pub mod views;
mod wording;

pub use frame::{WebPage, document};
pub use paging::Paged;
pub use site::{Addresses, NavEntry, Pin, Site, in_language};
