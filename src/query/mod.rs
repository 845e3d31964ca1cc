//! From a reader's question to the records that answer it.
//!
//! Owns the grammar of query strings, the index of a table, selection, pages, facets, search and the
//! timeline. Knows no collection by name and no HTTP.

mod any;
mod ascending;
mod column;
mod column_maker;
mod ids;
mod index;
mod nearest;
mod order;
mod page;
mod parameter;
mod question;
mod rendered;
mod search;
mod table;
mod timeline;
mod word_rows;
mod words;
mod years;

pub use any::{AnyTable, FieldSummary};
pub use ids::Ids;
pub use nearest::nearest;
pub use page::{Facet, Page, Selection, cited};
pub use parameter::{BadParameter, Parameter, Role, split_list};
pub use question::{DEFAULT_LIMIT, MAX_LIMIT, Order, Question};
pub use rendered::Rendered;
pub use search::{Hit, Sought, search};
pub use table::{Directory, Table};
pub use timeline::{Between, Entry, Moment, Timeline};
pub use words::{Words, fold};
