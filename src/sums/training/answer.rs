//! The answer: entries in courses and their cost, group by group.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::RecordId;
use crate::sums::answer::{Excluded, WithoutAmount};
use crate::sums::counting::{Completeness, CompletenessReason, NoAmountReason};
use crate::sums::figure_time::YearRun;
use crate::sums::sum_amount::{SumAmount, SumQualifier};

/// Printed totals of training, added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrainingGroup {
    /// What the totals have in common, by the names that they were grouped by. Empty for the total.
    pub key: BTreeMap<String, Option<String>>,
    /// The first fiscal year of its window: of those asked for, else of the totals that match. Null when nothing tells.
    pub fiscal_year_from: Option<i16>,
    /// The last fiscal year of its window. Null when nothing tells.
    pub fiscal_year_to: Option<i16>,
    /// Entries in courses, not persons: one who takes several courses is counted in each. Null when no total in it
    /// prints a number: see `reason`.
    pub students: Option<u64>,
    /// `exact` when the number is whole, else `on_record`: there may be more. Null where there is no number.
    pub students_qualifier: Option<SumQualifier>,
    /// The value of the training. Null when no total in it prints a cost.
    pub cost: Option<SumAmount>,
    /// Why there is neither a number nor a cost. Null when there is one.
    pub reason: Option<NoAmountReason>,
    /// How many entries the group adds to the total. Null for the total.
    pub adds_students: Option<u64>,
    /// What the group adds to the cost of the total, in US dollars. Null for the total.
    pub adds_usd: Option<i64>,
    /// Whether the sum is all that the report prints of what was asked.
    pub completeness: Completeness,
    /// Why it is not. Empty when it is.
    pub completeness_reasons: Vec<CompletenessReason>,
    /// Partners and programs that were asked for and have nothing in the sum.
    pub without_amount: Vec<WithoutAmount>,
    /// The programs of the totals in the sum.
    pub programs: Vec<String>,
    /// The fiscal years that totals in the sum cover.
    pub years_covered: Vec<YearRun>,
    /// The fiscal years of the window in which a partner has no total, of each program where programs were named.
    pub years_missing: Vec<YearRun>,
    /// The ids of the totals in the sum.
    pub included: Vec<RecordId>,
    /// What each total in the sum adds to it, in their order; for whoever adds it up again.
    #[serde(skip)]
    #[schema(ignore)]
    pub parts: Vec<TrainingPart>,
    /// The totals that are not in the sum, with the reason.
    pub excluded: Vec<Excluded>,
    /// What a reader should know before using the sum.
    pub notes: Vec<String>,
}

/// What one printed total adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingPart {
    /// Entries in courses.
    pub students: Option<u32>,
    /// The cost, in US dollars.
    pub usd: Option<i64>,
}
