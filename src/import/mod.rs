//! Importers: official yearly files to the records of a data package.
//!
//! Each of the three series has a file of its own here, which says what its columns are, what is refused and why, and
//! how a record comes of rows. Shared is the reading of a file (`official_file`), the mapping of what is printed to
//! codes (`countries`, `programs`, `mapping`), the account of every row and dollar (`report`), and the writing of
//! the package (`package_dir`): whole, or not at all.
//!
//! Nothing is guessed: what no table maps stops the import. Nothing is clamped: a sum below zero is refused and said.

mod countries;
mod error;
mod foreign_assistance;
mod json_lines;
mod mapping;
mod needs;
mod official_file;
mod package_dir;
mod programs;
mod report;
mod request;
mod training;
mod training_record;
mod us_personnel;

pub use error::{ImportError, LineFault};
pub use report::{Amounts, Refusal, RefusedRows, Report, Total};
pub use request::ImportRequest;

/// Which official series a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// All foreign assistance by country, or by country and funding account.
    ForeignAssistance,
    /// U.S. personnel by country and year.
    UsPersonnel,
    /// The program totals of the annual report on training.
    Training,
}

/// Imports official files into a folder, or changes nothing.
///
/// The report of an import that stopped for what no table maps says so by [`Report::imported`].
///
/// # Errors
/// When a file cannot be read or is not of the series, and when the folder is no package or cannot be written.
pub fn import(series: Series, request: &ImportRequest) -> Result<Report, ImportError> {
    match series {
        Series::ForeignAssistance => foreign_assistance::import(request),
        Series::UsPersonnel => us_personnel::import(request),
        Series::Training => training::import(request),
    }
}
