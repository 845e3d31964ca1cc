//! Rows to bytes: JSON, NDJSON, CSV, XLSX, Parquet, the data package, and citations.
//!
//! Owns how a value looks in each format, and nothing else: which rows, which fields and which format are
//! decided above. The flat formats share one list of columns, so that they never disagree.

mod about;
pub mod atom;
mod citation;
mod columns;
pub mod csv;
mod format;
pub mod groups;
pub mod json;
pub mod ledger;
pub mod ndjson;
pub mod package;
pub mod parquet;
mod row_counts;
#[cfg(test)]
mod sample;
pub mod xlsx;

pub use about::{About, AboutSet};
pub use citation::{CitationFormat, CitedDocument, CitedWork, cite};
pub use columns::{Compute, FlatColumn, columns};
pub use format::Format;
pub use groups::TotalsRows;
pub use package::archive_readme::{ArchiveReadme, Doubt};
pub use row_counts::{ABOUT_COUNTING, RowCounts};

/// Why rows could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A worksheet has limits that rows do not: 1,048,576 lines, 32,767 characters a cell.
    #[error("a worksheet does not hold these rows")]
    Worksheet,
    /// The Parquet writer refused a column.
    #[error("a Parquet file does not hold these rows")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// The archive could not be written, as when two files have one name.
    #[error("an archive does not hold these files")]
    Zip(#[from] zip::result::ZipError),
    /// A record has another kind of value than its column declares, or none where one is required.
    #[error("a value of column `{column}` is not what the column declares")]
    Unfit {
        /// The column.
        column: &'static str,
    },
}
