//! From files to checked records: lines, schemas, references, and every fault of a package at once.

pub(super) mod canonical;
pub(super) mod check;
pub(super) mod cycles;
pub(super) mod dollars;
pub(super) mod embedded;
pub(super) mod extent;
pub(super) mod extent_check;
pub(super) mod fault;
pub(super) mod key_paths;
pub(super) mod line;
pub(super) mod package;
pub(super) mod parsed_lines;
pub(super) mod release;
pub(super) mod repeated_keys;
pub(super) mod rules;
pub(super) mod translations;
