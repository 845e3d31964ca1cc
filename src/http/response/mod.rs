//! What answers are made of: envelopes, bodies, validators, the `Link` header, problems.

pub(crate) mod blocking;
pub(crate) mod body;
pub(crate) mod citation;
pub(crate) mod conditional;
pub(crate) mod envelope;
pub(crate) mod file;
pub(crate) mod item_words;
pub(crate) mod link_header;
pub(crate) mod page;
pub(crate) mod panic;
pub(crate) mod problem;
pub(crate) mod problem_kind;
pub(crate) mod range;
