//! What the records of training say: of a printed total, and of the document that prints it.

use super::json_lines::JsonLine;
use super::mapping::note_of;
use super::needs::{SourceText, citation, text};
use super::official_file::OfficialFile;
use super::programs::Program;
use crate::collections::{SourceKind, Training};
use crate::model::{Amount, PartialDate, Qualifier, RecordId, Usd, Year};

/// A printed total, as a row of the file has it.
#[derive(Debug, Clone)]
pub(super) struct PrintedTotal {
    pub(super) partner: &'static str,
    pub(super) program: &'static Program,
    pub(super) fiscal_year: i16,
    pub(super) edition: String,
    pub(super) students: Option<u32>,
    pub(super) usd: Option<i64>,
    pub(super) rows_agree: bool,
    /// The country as the report prints it.
    pub(super) country: String,
    /// The heading of the program as the report prints it.
    pub(super) heading: String,
    /// The section of the report.
    pub(super) section: String,
    /// The first and the last page; empty where the document has no pages.
    pub(super) pages: (String, String),
    /// The address of the document.
    pub(super) url: String,
    pub(super) remark: String,
}

impl PrintedTotal {
    /// The id of its record, made of codes alone.
    pub(super) fn id(&self) -> String {
        format!(
            "{}-{}-{}-edition-{}",
            self.partner.to_ascii_lowercase(),
            self.program.id.to_ascii_lowercase(),
            self.fiscal_year,
            self.edition
        )
    }

    /// The id of the document that prints it: the edition and the name of the file at its address.
    pub(super) fn source_id(&self) -> String {
        let file = self.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let words = stem.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<String> =
            words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
        format!("{SOURCES}{}-{}", self.edition, words.join("-"))
    }

    /// Where it is printed.
    pub(super) fn locator(&self) -> String {
        let pages = match (self.pages.0.as_str(), self.pages.1.as_str()) {
            ("", _) => String::new(),
            (first, last) if first == last || last.is_empty() => format!(", p. {first}"),
            (first, last) => format!(", pp. {first}-{last}"),
        };
        format!(
            "Section IV, {}{pages}: {}, {}, FY {}",
            self.section, self.country, self.heading, self.fiscal_year
        )
    }

    /// Its record; none where what the file prints is no text of a record.
    pub(super) fn record(&self, superseded_by: Option<&str>) -> Option<Training> {
        let cost = match self.usd {
            Some(usd) => Some(Amount::new(Usd::try_from(usd).ok()?, Qualifier::Exact, None)),
            None => None,
        };
        let superseded_by: Option<RecordId> = superseded_by.and_then(|id| id.parse().ok());
        Some(Training {
            id: self.id().parse().ok()?,
            partner: self.partner.parse().ok()?,
            program: self.program.id.parse().ok()?,
            fiscal_year: Year::try_from(i64::from(self.fiscal_year)).ok()?,
            edition: text(&self.edition)?,
            students: self.students,
            cost,
            rows_agree: self.rows_agree,
            superseded_by,
            note: note_of(&self.remark).and_then(|note| text(&note)),
            citations: Box::new([citation(&self.source_id(), &self.locator())?]),
        })
    }

    /// The line of the document that prints it.
    pub(super) fn source_line(
        &self,
        files: &[OfficialFile],
        retrieved: Option<PartialDate>,
    ) -> Option<JsonLine> {
        let source = SourceText {
            id: &self.source_id(),
            title: &format!(
                "Foreign Military Training and DoD Engagement Activities of Interest, {}",
                self.edition
            ),
            publisher: "U.S. Department of State and U.S. Department of Defense",
            url: &self.url,
            kind: SourceKind::OfficialUs,
            note: "Joint report to Congress, Volume I, Section IV.",
        };
        source.line(files, retrieved)
    }
}

/// How the ids of the importer's sources begin.
pub(super) const SOURCES: &str = "foreign-military-training-";
