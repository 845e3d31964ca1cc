//! From a reader's question to the records that answer it.
//!
//! Owns the grammar of query strings, the index of a table, selection, pages, facets, search and the
//! timeline. Knows no collection by name and no HTTP.

mod any;
mod index;
mod nearest;
mod page;
mod parameter;
mod question;
mod search;
mod table;
mod timeline;
mod words;

pub use any::{AnyTable, FieldSummary};
pub use nearest::nearest;
pub use page::{Facet, Page, Selection, cited};
pub use parameter::{BadParameter, Parameter, Role, split_list};
pub use question::{DEFAULT_LIMIT, MAX_LIMIT, Order, Question};
pub use search::{Hit, search};
pub use table::{Directory, Table};
pub use timeline::{Entry, Moment, Timeline};
pub use words::{Words, fold};
