//! What a mark stands for: a number with its qualifier and bounds, how final it is, and the figures in it.

use crate::model::{Amount, RecordId};
use crate::sums::{FigureFact, HeadcountSum, SaleKind, StageKind, SumAmount, SumQualifier};
use crate::words::Language;

/// What numbers count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// U.S. dollars.
    #[default]
    Dollars,
    /// People, or entries in courses.
    Number,
}

/// A number with its qualifier and bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The number that is drawn.
    pub value: i64,
    /// The least that it may be; none where nothing tells.
    pub least: Option<i64>,
    /// The most that it may be; none where nothing tells.
    pub most: Option<i64>,
    /// How it is qualified.
    pub qualifier: SumQualifier,
}

impl Reading {
    /// A number without a qualifier.
    pub const fn exact(value: i64) -> Self {
        Self { value, least: Some(value), most: Some(value), qualifier: SumQualifier::Exact }
    }

    /// The largest number that its mark reaches.
    pub(super) fn reach(&self) -> i64 {
        self.most.unwrap_or(self.value).max(self.value)
    }
}

impl From<&Amount> for Reading {
    fn from(amount: &Amount) -> Self {
        (&SumAmount::of(amount)).into()
    }
}

impl From<&SumAmount> for Reading {
    fn from(amount: &SumAmount) -> Self {
        Self {
            value: amount.usd,
            least: amount.min_usd,
            most: amount.max_usd,
            qualifier: amount.qualifier,
        }
    }
}

impl From<&HeadcountSum> for Reading {
    fn from(sum: &HeadcountSum) -> Self {
        let number = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
        Self {
            value: number(sum.personnel),
            least: sum.min_personnel.map(number),
            most: sum.max_personnel.map(number),
            qualifier: sum.qualifier,
        }
    }
}

/// How a mark is filled: how final its money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fill {
    /// Given, spent, committed or counted.
    Given,
    /// Provided by a law, expected or planned.
    Expected,
    /// Asked for, in a bill, or notified as possible.
    Proposed,
    /// A sale or transfer that was announced, proposed or approved.
    Announced,
    /// An even share of a sum of several years, which no source gives.
    Share,
}

impl Fill {
    /// Of a stage; money of sales has none.
    pub const fn of_stage(stage: Option<StageKind>) -> Self {
        match stage {
            None | Some(StageKind::Given) => Self::Given,
            Some(StageKind::Enacted | StageKind::Expected | StageKind::Mixed) => Self::Expected,
            Some(StageKind::Proposed) => Self::Proposed,
        }
    }

    /// Of a figure. A notice to Congress is the ceiling of a possible sale: no money.
    pub(super) const fn of_figure(fact: &FigureFact<'_>) -> Self {
        match fact.sale {
            None | Some(SaleKind::Given | SaleKind::Stock) => Self::of_stage(fact.stage),
            Some(SaleKind::Announced) => Self::Announced,
            Some(SaleKind::Notified) => Self::Proposed,
        }
    }
}

/// A part of a bar: one figure, or several that are alike where there are too many to show each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The figures in it.
    pub figures: Vec<RecordId>,
    /// What they add to the bar.
    pub value: i64,
    /// How final they are.
    pub fill: Fill,
    /// Whether it is one figure that is an upper limit.
    pub limit: bool,
    /// What the mark says of itself.
    pub said: String,
}

/// How the words of records and codes are come by, in the language of the chart.
pub struct Sayings<'s> {
    /// The language.
    pub language: Language,
    /// A record in a few words, with its amount and qualifier.
    pub record: &'s dyn Fn(&RecordId) -> String,
    /// What people call a code of a field: `("program", "FMF")`. None stands for no value.
    pub code: &'s dyn Fn(&str, Option<&str>) -> String,
}
