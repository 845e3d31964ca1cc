//! From a reader's question to the records that answer it.
//!
//! Owns the grammar of query strings, the index of a table, selection, pages, facets, search and the
//! timeline. Knows no collection by name and no HTTP.

mod any;
mod ids;
mod index;
mod nearest;
mod order;
mod parameter;
mod predicate;
mod question;
mod rendered;
mod search;
mod selection;
mod table;
mod timeline;
mod words;

pub use any::{AnyTable, FieldSummary};
pub use ids::{Directory, Ids};
pub use nearest::nearest;
pub use parameter::{BadParameter, Parameter, Role, split_list};
pub use predicate::Order;
pub use question::{DEFAULT_LIMIT, MAX_LIMIT, Question};
pub use rendered::Rendered;
pub use search::{Hit, Sought, search};
pub use selection::{Facet, Page, Selection, cited};
pub use table::Table;
pub use timeline::{Between, Entry, Moment, Timeline};
pub use words::{Words, fold};
