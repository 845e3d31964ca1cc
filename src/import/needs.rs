//! What the records of an import need beside themselves: partners, programs and sources.

use std::collections::BTreeSet;

use super::countries::region;
use super::json_lines::JsonLine;
use super::official_file::OfficialFile;
use crate::collections::{CurrentStatuses, Partner, PartnerDepth, Source, SourceKind};
use crate::model::{Citation, PartialDate, RecordId, Text, WebAddress};
use crate::words::country;

/// Words that a record may hold; none where they are none, as an official file may print.
pub(super) fn text(words: &str) -> Option<Text> {
    Text::try_from(words.to_owned()).ok()
}

/// A citation; none where a locator is no words.
pub(super) fn citation(source: &str, locator: &str) -> Option<Citation> {
    let source: RecordId = source.parse().ok()?;
    Some(Citation { source, locator: text(locator)? })
}

/// The line of a partner that a package has not; none for what is no country.
pub(super) fn partner_line(code: &str, citation: Citation) -> Option<JsonLine> {
    let known = country(code)?;
    let partner = Partner {
        id: code.parse().ok()?,
        alpha_2: known.alpha_2.parse().ok()?,
        name: text(known.name.en)?,
        name_es: text(known.name.es),
        region: region(code),
        statuses: Box::new([]),
        status_current: CurrentStatuses::default(),
        note: None,
        citations: Box::new([citation]),
        depth: PartnerDepth::Series,
    };
    Some(JsonLine::of(code, &partner))
}

/// What the record of a source says.
pub(super) struct SourceText<'s> {
    pub(super) id: &'s str,
    pub(super) title: &'s str,
    pub(super) publisher: &'s str,
    pub(super) url: &'s str,
    pub(super) kind: SourceKind,
    pub(super) note: &'s str,
}

impl SourceText<'_> {
    /// Its line, with what the imported files were.
    pub(super) fn line(
        &self,
        files: &[OfficialFile],
        retrieved: Option<PartialDate>,
    ) -> Option<JsonLine> {
        let file = |file: &OfficialFile| {
            format!("{}, {} bytes, SHA-256 {}", file.name, file.bytes, file.sha256)
        };
        let files: Vec<String> = files.iter().map(file).collect();
        let note = format!("{} Imported from {}.", self.note, files.join("; "));
        let source = Source {
            id: self.id.parse().ok()?,
            title: text(self.title)?,
            publisher: text(self.publisher)?,
            url: WebAddress::try_from(self.url.to_owned()).ok()?,
            archived_url: None,
            retrieved,
            published: None,
            kind: self.kind,
            note: text(note.trim()),
        };
        Some(JsonLine::of(self.id, &source))
    }
}

/// The lines that an import adds to a package, or replaces in it.
#[derive(Default)]
pub(super) struct Needs {
    /// Partners that it adds where they are missing.
    pub(super) partners: Vec<JsonLine>,
    /// Programs that it adds where they are missing.
    pub(super) programs: Vec<JsonLine>,
    /// Its own sources.
    pub(super) sources: Vec<JsonLine>,
}

impl Needs {
    /// Sorted, and each once.
    pub(super) fn sorted(mut self) -> Self {
        for lines in [&mut self.partners, &mut self.programs, &mut self.sources] {
            lines.sort_by(|one, other| one.id.cmp(&other.id));
            lines.dedup_by(|one, other| one.id == other.id);
        }
        self
    }
}

/// Those of some lines that a package has not.
pub(super) fn missing(lines: Vec<JsonLine>, known: &BTreeSet<String>) -> Vec<JsonLine> {
    lines.into_iter().filter(|line| !known.contains(&line.id)).collect()
}
