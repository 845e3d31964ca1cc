//! The answer: numbers of people, each group at one date.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{PartialDate, RecordId};
use crate::sums::answer::{Excluded, WithoutAmount};
use crate::sums::counting::{Completeness, CompletenessReason, NoAmountReason};
use crate::sums::sum_amount::SumQualifier;

/// A number of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadcountSum {
    /// How many; read it together with `qualifier`.
    pub personnel: u64,
    /// `on_record` when the number is not known to be whole. Else `more_than` when a number in it is; else
    /// `approximately`, else `less_than` when one is; else `exact`.
    pub qualifier: SumQualifier,
    /// The least that the numbers allow. Null when one of them sets no lower bound.
    pub min_personnel: Option<u64>,
    /// The most that the numbers allow. Null when one of them sets no upper bound, and always when the number is not
    /// known to be whole.
    pub max_personnel: Option<u64>,
    /// How many of them are women. Null when no source says for some of them.
    pub women: Option<u64>,
}

/// People of one group, counted at one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadcountGroup {
    /// What the numbers have in common, by the names that they were grouped by. Null for a number that has none.
    /// Empty for the total.
    pub key: BTreeMap<String, Option<String>>,
    /// Their sum. Null when no number could be counted: see `reason`.
    pub count: Option<HeadcountSum>,
    /// Why there is no number. Null when there is one.
    pub reason: Option<NoAmountReason>,
    /// What the group adds to the total: the people of those of the total's numbers that stand here. Null when the
    /// total has no number.
    pub adds_personnel: Option<u64>,
    /// Whether these are all that there were at the date.
    pub completeness: Completeness,
    /// Why they are not. Empty when they are.
    pub completeness_reasons: Vec<CompletenessReason>,
    /// Partners that were asked for, or that have numbers, and have none in the sum.
    pub without_amount: Vec<WithoutAmount>,
    /// The date that every number in the sum speaks for. Null when nothing is in it, or when its source has no
    /// date and calls the number current.
    pub as_of: Option<PartialDate>,
    /// The ids of the numbers in the sum.
    pub included: Vec<RecordId>,
    /// The numbers that are not in the sum, with the reason.
    pub excluded: Vec<Excluded>,
    /// The ids of numbers that cover this group together with others; they stand in `shared`, in full.
    pub shared: Vec<RecordId>,
    /// What a reader should know before using the sum.
    pub notes: Vec<String>,
}

/// People counted without counting anybody twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadcountTotals {
    /// The groups, in the order of their keys, each at its own date.
    pub data: Vec<HeadcountGroup>,
    /// Everybody, at one date; not the sum of groups of other dates.
    pub total: HeadcountGroup,
    /// Numbers that cover several missions or partners together.
    pub shared: Vec<HeadcountGroup>,
}
