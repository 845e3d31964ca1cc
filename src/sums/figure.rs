//! What is added: published figures, stripped to what decides whether they may be.

use crate::model::{Amount, Iso3, PartialDate, Period, RecordId, Scope, Text, Year};

/// One published figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its record's id.
    pub id: RecordId,
    /// The partners that it covers; several when no source splits it.
    pub partners: Vec<Iso3>,
    /// What it is money of.
    pub lane: Lane,
    /// The part of the program that it is about; none when it is the whole.
    pub component: Option<Text>,
    /// The years that it covers; none when the source gives a date, or nothing.
    pub period: Option<Period>,
    /// For a period without an end: the last year known to lie inside it, from the figures recorded as part of it.
    pub reaches: Option<Year>,
    /// The date that it speaks for.
    pub as_of: Option<PartialDate>,
    /// The amount; none when no source values it.
    pub amount: Option<Amount>,
    /// How final it is; none for arms sales.
    pub stage: Option<Stage>,
    /// The weight of its best source.
    pub standing: Standing,
    /// Every figure that is recorded to contain it, the nearest first.
    pub part_of: Vec<RecordId>,
    /// Whom it covers.
    pub scope: Scope,
    /// Whether it recurs in each year of its period.
    pub per_year: bool,
    /// Whether a newer edition replaced it.
    pub superseded: bool,
    /// Whether it is credit, which is paid back: a loan or a guarantee.
    pub credit: bool,
}

/// What a figure is money of. Figures of different channels or measures are never added.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Assistance under a program, with all that is part of it.
    Program(RecordId),
    /// Sales or transfers.
    Sale {
        /// The way of the sale.
        channel: &'static str,
        /// What is counted.
        measure: &'static str,
        /// Whether it is a stock, of which only one date stands, and not a flow.
        stock: bool,
    },
}

/// How final a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The vocabulary's word.
    pub word: &'static str,
    /// Its place among the stages: 0 is the most final.
    pub rank: u8,
    /// What kind of stage it is.
    pub kind: StageKind,
}

/// Kinds of stages; those of the first three may stand in one sum, for different money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageKind {
    /// Money that was given, spent or committed.
    Given,
    /// Money that a law provides.
    Enacted,
    /// Money that is expected or planned.
    Expected,
    /// Money that was asked for, or stands in a bill.
    Proposed,
    /// A sum over several stages.
    Mixed,
}

/// The weight of a figure's best source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// 1 for an official document, more for what stands further from one.
    pub official: u8,
    /// When it was published; none when that is not known.
    pub published: Option<PartialDate>,
}

impl Figure {
    /// The word of its stage.
    pub(super) fn stage_word(&self) -> Option<&'static str> {
        self.stage.map(|stage| stage.word)
    }

    /// How final it is in the choice: lower is chosen first, equal competes.
    ///
    /// Proposals and mixed figures are never beside money, so theirs only need to differ among themselves.
    pub(super) fn class(&self) -> u8 {
        self.stage.map_or(0, |stage| match stage.kind {
            StageKind::Given => 0,
            StageKind::Enacted => 1,
            StageKind::Expected => 2,
            StageKind::Proposed | StageKind::Mixed => 3 + stage.rank,
        })
    }

    /// What may stand in one sum: 0 money, 1 proposals, 2 mixed.
    pub(super) fn family(&self) -> u8 {
        self.stage.map_or(0, |stage| match stage.kind {
            StageKind::Given | StageKind::Enacted | StageKind::Expected => 0,
            StageKind::Proposed => 1,
            StageKind::Mixed => 2,
        })
    }
}
