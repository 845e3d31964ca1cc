//! The whole dataset as files in a folder: a data package, or Parquet for engines that read folders.
//!
//! Owns which files there are, what each holds and says of itself, and that a folder is there whole or not at all. How a
//! value looks in a format is decided by `render`; what a sum does with a record by `sums`. Knows no HTTP.

mod about;
mod counted_columns;
mod draft_dir;
mod package;
mod parquet_dir;
mod partition;
mod row_context;

pub use about::about;
pub use draft_dir::ExportError;
pub use package::package_files;
pub use parquet_dir::write_parquet;
pub use partition::{BadPartitionKey, BadPartitionKeys, PartitionKeys};
pub use row_context::row_context;
