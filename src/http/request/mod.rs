//! From an address and its headers to a question: parameters, lists, totals, formats.

pub(crate) mod chart_list;
pub(crate) mod chart_params;
pub(crate) mod counted_rows;
pub(crate) mod list_query;
pub(crate) mod negotiate;
mod param_formats;
mod param_lists;
pub(crate) mod params;
pub(crate) mod path_text;
pub(crate) mod question_words;
pub(crate) mod release;
pub(crate) mod sum_scope;
pub(crate) mod totals_query;
