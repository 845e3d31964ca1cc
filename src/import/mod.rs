//! Importers: official yearly files to the records of a data package.
//!
//! Each of the three series has a file of its own here, which says what its columns are, what is refused and why, and
//! how a record comes of rows. Shared is the reading of a file ([`official_file`]), the mapping of what is printed to
//! codes ([`countries`], [`programs`], [`mapping`]), the account of every row and dollar ([`report`]), and the writing of
//! the package ([`package_dir`]): whole, or not at all.
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
mod training;
mod training_record;
mod us_personnel;

use std::collections::BTreeSet;
use std::path::PathBuf;

pub use error::{ImportError, LineFault};
pub use report::{Amounts, Refusal, RefusedRows, Report};

use crate::collections::SeriesStage;
use crate::model::PartialDate;

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

/// What to import, and into which folder.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The files, each of the same series; their rows are taken together.
    pub files: Vec<PathBuf>,
    /// The folder: new, empty, or a data package.
    pub out: PathBuf,
    /// The partners asked for, by ISO 3166-1 alpha-3 code; all when empty.
    pub partners: BTreeSet<String>,
    /// The first year asked for; every year when none.
    pub since: Option<i16>,
    /// The stages of foreign assistance asked for; all when empty.
    pub stages: Vec<SeriesStage>,
    /// When the files were retrieved, for the record of the source.
    pub retrieved: Option<PartialDate>,
    /// Whether rows that no table maps are left out instead of stopping the import.
    pub skip_unmapped: bool,
}

impl ImportRequest {
    fn wants_partner(&self, code: &str) -> bool {
        self.partners.is_empty() || self.partners.contains(code)
    }

    fn wants_year(&self, year: i16) -> bool {
        self.since.is_none_or(|since| since <= year)
    }

    fn wants_stage(&self, stage: SeriesStage) -> bool {
        self.stages.is_empty() || self.stages.contains(&stage)
    }
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
