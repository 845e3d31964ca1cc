//! The whole dataset as files.
//!
//! Owns which files there are, and what each holds and says of itself. How a
//! value looks in a format is decided by `render`; what a sum does with a record by `sums`. Knows no HTTP.

mod about;
mod package;
mod row_context;

pub use about::about;
pub use package::package_files;
pub use row_context::row_context;
