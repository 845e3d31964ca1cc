//! What is added: published figures, stripped to what decides whether they may be.

use std::fmt;

use crate::model::{Amount, Iso3, Objective, PartialDate, Period, RecordId, Scope, Text};

/// One published figure.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each read by name")]
pub struct Figure {
    /// Its record's id.
    pub id: RecordId,
    /// The partners that it covers, in order; several when no source splits it.
    pub partners: Vec<Iso3>,
    /// What it is money of.
    pub lane: Lane,
    /// The part of the program that it is about; none when it is the whole.
    pub component: Option<Text>,
    /// The years that it covers; none when the source gives a date, or nothing.
    pub period: Option<Period>,
    /// The date that it speaks for.
    pub as_of: Option<PartialDate>,
    /// The amount; none when no source values it.
    pub amount: Option<Amount>,
    /// How final it is; none for arms sales.
    pub stage: Option<Finality>,
    /// What the money is for: its own, else its program's; none where neither is known, and for arms sales.
    pub objective: Option<Objective>,
    /// How much its best source weighs.
    pub rank: SourceRank,
    /// The figure that is recorded to contain it.
    pub part_of: Option<RecordId>,
    /// Whom it covers.
    pub scope: Scope,
    /// Whether it recurs in each year of its period.
    pub per_year: bool,
    /// Whether a newer edition replaced it.
    pub superseded: bool,
    /// Whether it is credit, which is paid back: a loan or a guarantee.
    pub credit: bool,
    /// Whether it is the limit of a waiver, and no money of its own.
    pub waiver: bool,
}

/// What a figure is money of: a program, or a channel and measure of sales. Within one lane figures add up where
/// their years differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Assistance under a program, with all that is part of it.
    Program(RecordId),
    /// Sales or transfers. Figures of different channels or measures are never added.
    Sale {
        /// The way of the sale.
        channel: &'static str,
        /// What is counted.
        measure: &'static str,
        /// What sort of measure it is.
        kind: SaleKind,
    },
}

/// `NADR-CWD`, `FMS deliveries`.
impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program(code) => write!(f, "{code}"),
            Self::Sale { channel, measure, .. } => write!(f, "{channel} {measure}"),
        }
    }
}

/// What a set says of one of its figures, for whoever shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureFact<'s> {
    /// The first year that it covers; none where no source gives one.
    pub from: Option<i16>,
    /// The last; none where no end is stated.
    pub to: Option<i16>,
    /// The last year that it is known to cover.
    pub last_known: Option<i16>,
    /// The amount; none when no source values it.
    pub amount: Option<Amount>,
    /// What kind of stage it is of; none for arms sales.
    pub stage: Option<StageKind>,
    /// The stage's word; none for arms sales.
    pub stage_word: Option<&'static str>,
    /// The place of its stage: lower is more final.
    pub stage_rank: u8,
    /// What it is money of.
    pub lane: &'s Lane,
    /// What sort of measure it is of; none for assistance.
    pub sale: Option<SaleKind>,
}

/// What sort of measure sales are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SaleKind {
    /// A stock at a date, of which only one date stands.
    Stock,
    /// Goods, signed sales or licenses of a period.
    Given,
    /// An announcement or an intention, which is never a total.
    Announced,
    /// Notices to Congress, each the ceiling of one possible sale: never a total, and two of one day are two sales.
    Notified,
}

/// How final a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finality {
    /// The vocabulary's word.
    pub word: &'static str,
    /// Its place among the stages: lower is more final.
    pub rank: u8,
    /// What kind of stage it is.
    pub kind: StageKind,
    /// Whether a dated figure of this stage is one act of its date: a drawdown ordered, or aid announced.
    pub is_act: bool,
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

/// How much a figure's best source weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceRank {
    /// 1 for an official document, more for what stands further from one.
    pub official: u8,
    /// When it was published; none when that is not known.
    pub published: Option<PartialDate>,
}
