//! What the totals answer: sums with the sources that they cite, and how they were asked for.

use serde::Serialize;
use utoipa::ToSchema;

use crate::collections::Source;
use crate::dataset::SetExtent;
use crate::http::response::envelope::ReleaseRef;
use crate::sums::{Group, HeadcountGroup, TrainingGroup};

/// Sums of money.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MoneyTotals {
    /// The groups, in the order of their keys; whoever was asked for by name has one, be it empty. Empty when no
    /// `group_by` was given.
    pub(super) data: Vec<Group>,
    /// The sum of all figures by the same rule, chosen anew; it says so when it is not what the groups make.
    /// Its amount is null for partners that do not compare, and for arms sales of several channels or measures.
    pub(super) total: Group,
    /// Figures that cover several groups together; they are never split and never repeated.
    pub(super) shared: Vec<Group>,
    /// Every source that an included figure cites, once, by id.
    pub(super) sources: Vec<Source>,
    /// How the sum was asked for.
    pub(super) meta: TotalsMeta,
    /// Where the rule and the figures are.
    pub(super) links: TotalsLinks,
}

/// Numbers of people.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeopleTotals {
    /// The groups, in the order of their keys; each partner asked for by name has one, be it empty. Empty when no
    /// `group_by` was given.
    pub(super) data: Vec<HeadcountGroup>,
    /// All people by the same rule; numbers of different dates are never added.
    pub(super) total: HeadcountGroup,
    /// Numbers that cover several groups together; they are never split and never repeated.
    pub(super) shared: Vec<HeadcountGroup>,
    /// Every source that an included number cites, once, by id.
    pub(super) sources: Vec<Source>,
    /// How the sum was asked for.
    pub(super) meta: TotalsMeta,
    /// Where the rule and the figures are.
    pub(super) links: TotalsLinks,
}

/// Entries in courses, and their cost.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TrainingTotals {
    /// The groups, in the order of their keys; whoever was asked for by name has one, be it empty. Empty when no
    /// `group_by` was given.
    pub(super) data: Vec<TrainingGroup>,
    /// The sum of all that matches; totals of an earlier edition are never in it.
    pub(super) total: TrainingGroup,
    /// Always empty: each total is of one partner, program and year.
    pub(super) shared: Vec<TrainingGroup>,
    /// Every source that a total in the sum cites, once, by id.
    pub(super) sources: Vec<Source>,
    /// How the sum was asked for.
    pub(super) meta: TotalsMeta,
    /// Where the rule and the figures are.
    pub(super) links: TotalsLinks,
}

/// How a sum was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TotalsMeta {
    /// How many figures the filters found, included or not.
    pub(super) figures: usize,
    /// What they were grouped by.
    pub(super) group_by: Vec<String>,
    /// Which of overlapping figures stand: `broad` or `detail`.
    pub(super) prefer: String,
    /// Whether figures of several years were divided over them: `none` or `even`.
    pub(super) spread: String,
    /// The partners that were asked for and that the dataset does not cover, by ISO 3166-1 alpha-3 code.
    pub(super) not_covered: Vec<String>,
    /// What is known of the sets that were asked of: whether they are whole, or a sample.
    pub(super) extents: Vec<SetExtent>,
    /// The release of the data.
    pub(super) dataset: ReleaseRef,
}

/// Where the rule and the figures of a sum are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TotalsLinks {
    /// This sum.
    #[serde(rename = "self")]
    pub(super) this: String,
    /// The page that explains the rule.
    pub(super) method: String,
    /// The same sum as CSV: one row a group.
    pub(super) csv: String,
    /// The figures of the sum as CSV: one row a figure, with its group, whether it is counted, and its source, so
    /// that anyone can add it up again.
    pub(super) ledger: String,
    /// The same sum as a chart; by fiscal year, where it is grouped by nothing and has years.
    pub(super) svg: String,
    /// The list of the figures that the filters found.
    pub(super) figures: String,
    /// The address to cite: this sum as this release of the data answers it. `format=apa`, `chicago`, `bibtex`, `ris`,
    /// `csl` or `mediawiki` makes a citation of it.
    pub(super) cite_as: String,
}
