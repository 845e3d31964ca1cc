//! A sum as its page shows it, whatever is added: money, people, or entries in courses and their cost.

use std::collections::BTreeMap;

use crate::collections::Source;
use crate::model::{Objective, PartialDate, RecordId};
use crate::query::AnyTable;
use crate::sums::{
    Completeness, CompletenessReason, Excluded, Group, HeadcountGroup, HeadcountSum, LargerFigure,
    NoAmountReason, SumAmount, SumQualifier, TrainingGroup, WithoutAmount, YearRun,
};

/// What a sum comes to.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// Money.
    Money(SumAmount),
    /// People at one date.
    People(HeadcountSum),
    /// Entries in courses, with how they are qualified, and their cost.
    Training {
        /// How many.
        students: Option<(u64, SumQualifier)>,
        /// Their cost.
        cost: Option<SumAmount>,
    },
}

/// A sum: the total, or one of its groups.
#[derive(Debug, Clone)]
pub struct Sum<'s> {
    /// What the figures have in common; empty for the total.
    pub key: &'s BTreeMap<String, Option<String>>,
    /// What they come to; none where `reason` says why.
    pub number: Option<Number>,
    /// Why there is no number.
    pub reason: Option<NoAmountReason>,
    /// The first and the last fiscal year of its window.
    pub window: (Option<i16>, Option<i16>),
    /// The date that it speaks for, of people and stocks.
    pub as_of: Option<PartialDate>,
    /// Whether that is all there was.
    pub completeness: Completeness,
    /// Why it is not.
    pub completeness_reasons: &'s [CompletenessReason],
    /// Figures of the same money that are larger.
    pub larger_figures: &'s [LargerFigure],
    /// Partners and programs that have nothing in it.
    pub without_amount: &'s [WithoutAmount],
    /// The codes of the stages in it.
    pub stages: &'s [&'static str],
    /// What the money is for.
    pub objectives: &'s [Option<Objective>],
    /// Whether a figure was divided over years.
    pub estimate: bool,
    /// Whether it does not count the same programs in each year.
    pub scope_changes: bool,
    /// The years of the window that are not covered.
    pub years_missing: &'s [YearRun],
    /// The records in it.
    pub included: &'s [RecordId],
    /// Those that are not, and why.
    pub excluded: &'s [Excluded],
    /// What a reader should know.
    pub notes: &'s [String],
}

impl<'s> From<&'s Group> for Sum<'s> {
    fn from(group: &'s Group) -> Self {
        Self {
            key: &group.key,
            number: group.amount.map(Number::Money),
            reason: group.reason,
            window: (group.fiscal_year_from, group.fiscal_year_to),
            as_of: group.as_of,
            completeness: group.completeness,
            completeness_reasons: &group.completeness_reasons,
            larger_figures: &group.larger_figures,
            without_amount: &group.without_amount,
            stages: &group.stages,
            objectives: &group.objectives,
            estimate: group.estimate,
            scope_changes: group.scope_changes,
            years_missing: &group.years_missing,
            included: &group.included,
            excluded: &group.excluded,
            notes: &group.notes,
        }
    }
}

impl<'s> From<&'s HeadcountGroup> for Sum<'s> {
    fn from(group: &'s HeadcountGroup) -> Self {
        Self {
            key: &group.key,
            number: group.count.map(Number::People),
            reason: group.reason,
            window: (None, None),
            as_of: group.as_of,
            completeness: group.completeness,
            completeness_reasons: &group.completeness_reasons,
            larger_figures: &[],
            without_amount: &group.without_amount,
            stages: &[],
            objectives: &[],
            estimate: false,
            scope_changes: false,
            years_missing: &[],
            included: &group.included,
            excluded: &group.excluded,
            notes: &group.notes,
        }
    }
}

impl<'s> From<&'s TrainingGroup> for Sum<'s> {
    fn from(group: &'s TrainingGroup) -> Self {
        let students = group.students.zip(group.students_qualifier);
        let printed = students.is_some() || group.cost.is_some();
        Self {
            key: &group.key,
            number: printed.then_some(Number::Training { students, cost: group.cost }),
            reason: group.reason,
            window: (group.fiscal_year_from, group.fiscal_year_to),
            as_of: None,
            completeness: group.completeness,
            completeness_reasons: &group.completeness_reasons,
            larger_figures: &[],
            without_amount: &group.without_amount,
            stages: &[],
            objectives: &[],
            estimate: false,
            scope_changes: false,
            years_missing: &group.years_missing,
            included: &group.included,
            excluded: &group.excluded,
            notes: &group.notes,
        }
    }
}

/// The answer to a question about totals.
#[derive(Debug, Clone)]
pub struct ShownTotals<'t> {
    /// The groups, in the order of their keys; empty where nothing was grouped.
    pub groups: Vec<Sum<'t>>,
    /// How many groups there are: more than `groups` holds, where there are very many.
    pub group_count: usize,
    /// What covers several groups together.
    pub shared: Vec<Sum<'t>>,
    /// The sum of all.
    pub total: Sum<'t>,
    /// The documents behind the figures in it.
    pub sources: &'t [Source],
}

/// How a sum was asked for.
#[derive(Clone)]
pub struct Asked<'t> {
    /// The table that is summed.
    pub table: &'t dyn AnyTable,
    /// The parameters as links repeat them.
    pub pairs: Vec<(String, String)>,
    /// Those of them that find the figures.
    pub filters: Vec<(String, String)>,
    /// What figures of the collection may be grouped by.
    pub groupings: &'static [&'static str],
    /// Whether a figure of several years may be divided over them.
    pub spreads: bool,
}

impl Asked<'_> {
    /// Each parameter with its value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What stands in the parameter of a name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
