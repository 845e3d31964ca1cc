//! How figures rank: how final the stage is, how official the source, and what the program is.

use std::cmp::Reverse;

use super::tables::Dataset;
use crate::collections::{ProgramKind, Stage};
use crate::model::{Citation, RecordId, Vocabulary};
use crate::sums::{Finality, SourceRank, StageKind};

/// The rank that a code list gives a code: 1 weighs most.
fn rank(code: impl Vocabulary) -> u8 {
    code.entry().rank.unwrap_or(u8::MAX)
}

/// How final a stage is.
pub(super) fn finality(stage: Stage) -> Finality {
    let kind = match stage {
        Stage::Actual | Stage::Provided | Stage::Obligated | Stage::Ordered | Stage::Reported => {
            StageKind::Given
        }
        Stage::Appropriated => StageKind::Enacted,
        Stage::Estimate | Stage::Planned => StageKind::Expected,
        Stage::HousePassed | Stage::HouseCommittee | Stage::SenateCommittee | Stage::Request => {
            StageKind::Proposed
        }
        Stage::Mixed => StageKind::Mixed,
    };
    let is_act = matches!(stage, Stage::Ordered | Stage::Planned);
    Finality { word: stage.word(), rank: rank(stage), kind, is_act }
}

/// Whether a stage, by its code, is of money that was asked for or stands in a bill.
pub fn is_proposal(stage: &str) -> bool {
    Stage::from_word(stage).is_some_and(|stage| finality(stage).kind == StageKind::Proposed)
}

/// What kind of stage a stage is, by its code; none for what is no stage of assistance.
pub fn stage_kind(stage: &str) -> Option<StageKind> {
    Stage::from_word(stage).map(|stage| finality(stage).kind)
}

impl Dataset {
    /// The rank of the best of some citations, and its source: the more official, then the newer.
    pub(super) fn source_rank(&self, citations: &[Citation]) -> (SourceRank, Option<&RecordId>) {
        let sources = citations.iter().filter_map(|one| self.sources.get(one.source.as_str()));
        let best =
            sources.min_by_key(|source| (rank(source.kind), Reverse(source.published), &source.id));
        let best_rank = SourceRank {
            official: best.map_or(u8::MAX, |source| rank(source.kind)),
            published: best.and_then(|source| source.published),
        };
        (best_rank, best.map(|source| &source.id))
    }

    /// What a program is; none where there is no such program.
    pub(super) fn program_kind(&self, program: &RecordId) -> Option<ProgramKind> {
        self.assistance_programs.get(program.as_str()).map(|program| program.kind)
    }
}
