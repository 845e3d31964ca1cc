//! What an import is asked to do.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::countries::Meaning;
use crate::collections::SeriesStage;
use crate::model::PartialDate;

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
    pub(super) fn wants_partner(&self, code: &str) -> bool {
        self.partners.is_empty() || self.partners.contains(code)
    }

    /// Whether rows of what a country's code and name mean were asked for: what is no partner only where all were.
    pub(super) fn wants_meaning(&self, means: Option<Meaning>) -> bool {
        match means {
            Some(Meaning::Partner(code)) => self.wants_partner(code),
            _ => self.partners.is_empty(),
        }
    }

    pub(super) fn wants_year(&self, year: i16) -> bool {
        self.since.is_none_or(|since| since <= year)
    }

    pub(super) fn wants_stage(&self, stage: SeriesStage) -> bool {
        self.stages.is_empty() || self.stages.contains(&stage)
    }

    /// The day that a new package is of: that of the files where it is known, else the newest year in them.
    pub(super) fn released(&self, newest: Option<i16>) -> String {
        let year = || newest.map_or_else(|| "2000".to_owned(), |year| year.to_string());
        self.retrieved.map_or_else(year, |date| date.to_string())
    }
}
