//! The answer: groups with what is in them, what is not, and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::counting::{Completeness, CompletenessReason, Counting, NoAmountReason};
use super::figure_time::YearRun;
use super::sum_amount::SumAmount;
use crate::model::{Amount, Objective, PartialDate, RecordId};

/// What the figures of a group have in common, by the names that they were grouped by. Null for what has none.
pub type Key = BTreeMap<String, Option<String>>;

/// A figure that is not in a sum, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Excluded {
    /// The id of its record.
    pub id: RecordId,
    /// Why it is not in the sum.
    pub because: Counting,
    /// The ids of the figures in the sum that cover some of the same. Empty when the reason lies in the figure alone.
    // Many figures overlap the same: they share the list.
    #[serde(serialize_with = "as_list")]
    #[schema(value_type = Vec<RecordId>)]
    pub overlaps: Arc<[RecordId]>,
}

fn as_list<S: Serializer>(ids: &Arc<[RecordId]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ids.iter())
}

/// A published figure of the same money that was left out and is larger than the sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LargerFigure {
    /// The id of its record.
    pub id: RecordId,
    /// Its amount, as stated.
    pub amount: Amount,
}

/// A partner or program that has no amount in a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WithoutAmount {
    /// The partner, by ISO 3166-1 alpha-3 code. Null when a program is meant.
    pub partner: Option<String>,
    /// The program, by code. Null when a partner is meant.
    pub program: Option<String>,
    /// Why it has none.
    pub reason: NoAmountReason,
}

/// A sum of figures without overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Group {
    /// What the figures have in common, by the names that they were grouped by. Null for a figure that has none.
    /// Empty for the total.
    pub key: BTreeMap<String, Option<String>>,
    /// The first fiscal year of its window: of those asked for, else of the figures that match. Null when nothing
    /// tells.
    pub fiscal_year_from: Option<i16>,
    /// The last fiscal year of its window. Null when nothing tells.
    pub fiscal_year_to: Option<i16>,
    /// Their sum. Null when nothing could be added: see `reason`.
    pub amount: Option<SumAmount>,
    /// Why there is no amount. Null when there is one.
    pub reason: Option<NoAmountReason>,
    /// What the group adds to the total: the `usd` of those of the total's figures that stand here. Over all groups
    /// and `shared` they make the total. Null when the total has no amount.
    pub adds_usd: Option<i64>,
    /// Whether the sum is all that there was. Only a whole sum has an upper bound and a qualifier of its own.
    pub completeness: Completeness,
    /// Why the sum is not whole. Empty when it is.
    pub completeness_reasons: Vec<CompletenessReason>,
    /// Figures of the same money that were left out and whose minimum is above `usd`, the largest first.
    pub larger_figures: Vec<LargerFigure>,
    /// Partners and programs that were asked for, or that have figures, and have no amount in the sum.
    pub without_amount: Vec<WithoutAmount>,
    /// Whether a figure of several years was divided evenly over them: no source says so.
    pub estimate: bool,
    /// The stages of the figures in the sum, the most final first. Empty for arms sales.
    #[schema(value_type = Vec<String>)]
    pub stages: Vec<&'static str>,
    /// What the money in the sum is for; null among them where that is not known. Empty for arms sales.
    pub objectives: Vec<Option<Objective>>,
    /// What the figures in the sum count: programs by code, or channel and measure.
    pub programs: Vec<String>,
    /// Whether the figures in the sum do not count the same programs in each year that they cover: such a sum makes
    /// no curve.
    pub scope_changes: bool,
    /// The date that a stock speaks for. Null for money that flows, and where its source gives none.
    pub as_of: Option<PartialDate>,
    /// The years that the figures in the sum speak of. One of them may be missing all the same: what was announced on a day, or
    /// is of one component, is not all of its year.
    pub years_covered: Vec<YearRun>,
    /// The years of the window that are not covered: by a figure of money given or enacted, for all of each program
    /// asked; where none was asked, by any figure in the sum.
    pub years_missing: Vec<YearRun>,
    /// The ids of the figures in the sum.
    pub included: Vec<RecordId>,
    /// What each figure in the sum adds to it, in their order; for whoever adds it up again.
    #[serde(skip)]
    #[schema(ignore)]
    pub parts: Vec<SumAmount>,
    /// The figures that are not in the sum, with the reason.
    pub excluded: Vec<Excluded>,
    /// The ids of figures that cover this group together with others; they stand in `shared`, in full.
    pub shared: Vec<RecordId>,
    /// What a reader should know before using the sum.
    pub notes: Vec<String>,
}

/// Published figures added without counting a dollar twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// The groups, in the order of their keys; then those that were asked for and have no figure.
    pub data: Vec<Group>,
    /// The sum of all figures by the same rule. Its amount is null for partners that do not compare, and for arms
    /// sales of several channels or measures.
    pub total: Group,
    /// The figures that cover several groups together, by the partners that share them.
    pub shared: Vec<Group>,
}

impl Totals {
    /// A total without groups.
    pub const fn of_total(total: Group) -> Self {
        Self { data: Vec::new(), total, shared: Vec::new() }
    }
}

/// A group as a chart shows it: its figures and what each adds, and nothing of what is said of them as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFigures {
    /// What the figures have in common, as in [`Group::key`].
    pub key: Key,
    /// The ids of the figures in the sum.
    pub included: Vec<RecordId>,
    /// What each of them adds, in their order.
    pub parts: Vec<SumAmount>,
    /// Their stages, the most final first.
    pub stages: Vec<&'static str>,
    /// The ids of requests and bills, which are in no sum of money. Empty where the question lists nothing that is left out.
    pub proposals: Vec<RecordId>,
}

impl GroupFigures {
    /// Those of a group.
    pub fn of(group: &Group) -> Self {
        let proposed = group.excluded.iter().filter(|out| out.because == Counting::Proposal);
        Self {
            key: group.key.clone(),
            included: group.included.clone(),
            parts: group.parts.clone(),
            stages: group.stages.clone(),
            proposals: proposed.map(|out| out.id.clone()).collect(),
        }
    }
}

/// What the sum of a question does with one of the records that it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordCount<N> {
    /// Whether it is counted, and if not, why.
    pub counting: Counting,
    /// What it adds. None where it is not counted, or the sum has no amount.
    pub counted: Option<N>,
}
