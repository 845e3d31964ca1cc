//! The programs that the report on training prints: a code of the file, and the record of the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::mapping::rows_of;
use crate::collections::{AssistanceProgram, ProgramKind};
use crate::model::{Citation, Objective, RecordId, Text, Vocabulary};

/// A program of the table.
#[derive(Debug)]
pub(super) struct Program {
    /// Its code in the package.
    pub(super) id: &'static str,
    name: &'static str,
    name_es: &'static str,
    kind: ProgramKind,
    objective: Option<Objective>,
    /// The program that contains it; empty for none.
    pub(super) part_of: &'static str,
    legal_authority: &'static str,
    agency: &'static str,
    purpose: &'static str,
    note: &'static str,
}

static PROGRAMS: LazyLock<BTreeMap<&str, Program>> = LazyLock::new(|| {
    rows_of(include_str!("tables/programs.tsv"))
        .filter_map(|row| {
            let &[
                code,
                id,
                name,
                name_es,
                kind,
                objective,
                part_of,
                legal_authority,
                agency,
                purpose,
                note,
            ] = &*row
            else {
                return None;
            };
            let kind = ProgramKind::from_word(kind)?;
            let objective = Objective::from_word(objective);
            let program = Program {
                id,
                name,
                name_es,
                kind,
                objective,
                part_of,
                legal_authority,
                agency,
                purpose,
                note,
            };
            Some((code, program))
        })
        .collect()
});

/// The program that a code of the file means; none where the table has no such code.
pub(super) fn program(code: &str) -> Option<&'static Program> {
    PROGRAMS.get(code)
}

/// The program with this code in the package.
pub(super) fn program_with_id(id: &str) -> Option<&'static Program> {
    PROGRAMS.values().find(|program| program.id == id)
}

impl Program {
    /// Its record, for a package that has none; `citation` is where it is printed.
    pub(super) fn record(&self, citation: Citation) -> Option<AssistanceProgram> {
        let text = |words: &str| Text::try_from(words.to_owned()).ok();
        let part_of: Vec<RecordId> = self.part_of.parse().into_iter().collect();
        Some(AssistanceProgram {
            id: self.id.parse().ok()?,
            name: text(self.name)?,
            name_es: text(self.name_es),
            kind: self.kind,
            objective: self.objective,
            part_of: part_of.into(),
            legal_authority: text(self.legal_authority),
            authority_verified: false,
            agency: text(self.agency),
            account: None,
            purpose: text(self.purpose),
            note: text(self.note),
            citations: Box::new([citation]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_makes_a_record_and_what_contains_it_has_a_line() {
        assert_eq!(PROGRAMS.len(), include_str!("tables/programs.tsv").lines().count() - 1);
        for program in PROGRAMS.values() {
            let citation: Citation =
                serde_json::from_str(r#"{"source":"x","locator":"y"}"#).expect("a citation");
            let record = program.record(citation).expect(program.id);
            assert_eq!(record.id.as_str(), program.id);
            assert!(record.name_es.is_some(), "{}", program.id);
            assert_eq!(record.part_of.len(), usize::from(!program.part_of.is_empty()));
            let parent = program.part_of;
            assert!(parent.is_empty() || program_with_id(parent).is_some(), "{parent}");
        }
    }
}
