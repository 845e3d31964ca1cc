//! From a reader's query to the records that answer it.
//!
//! Owns the grammar of query strings, the index of a table, selection, pages, facets, search and the
//! timeline. Knows no collection by name and no HTTP.

mod any;
mod counts;
mod id_set;
mod id_values;
mod index;
mod json_rows;
mod parameter;
mod predicate;
#[expect(clippy::module_inception, reason = "the module is named after its type, like every other")]
mod query;
mod query_parser;
mod refusal;
mod search;
mod search_words;
mod selection;
mod sort;
mod table;
mod timeline;

pub use any::{AnyRecord, AnyTable, AskedField};
pub use counts::{FacetCount, Stat, StatValue};
pub use id_set::{IdSet, IdSets};
pub use id_values::{IdStatus, IdValues};
pub use json_rows::JsonRows;
pub use parameter::{
    INCLUDED, MOST_VALUES, PRESENCE, Parameter, ParameterRole, TooMany, Values, split_list,
};
pub use predicate::{Bound, SortKey};
pub use query::{DEFAULT_LIMIT, MAX_LIMIT, Query};
pub use query_parser::refuse_upside_down;
pub use refusal::{BadParameter, BadParameters, MOST_REPORTED, Offered, Tell, nearest, shown};
pub use search::{Hit, SearchQuery, search};
pub use search_words::{MOST_WORDS, SearchWords, WordFault, fold};
pub use selection::{Page, Selection, cited};
pub use table::Table;
pub use timeline::{Timeline, TimelineEntry, TimelineEvent, TimelineFilter};
