//! Adding what was chosen: intervals, years, notes.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::figure::Figure;
use super::question::Window;
use super::time::{Extent, Run};
use crate::model::{Amount, Basis, Qualifier};

/// A sum of amounts. Bounds add as intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SumAmount {
    /// Whole US dollars of the years in which they were stated, added as printed; read it together with `qualifier`.
    pub usd: i64,
    /// `more_than` when an amount in the sum is; else `approximately`, else `less_than` when one is; else `exact`.
    pub qualifier: Qualifier,
    /// The least that the amounts allow, in whole US dollars. Null when one of them sets no lower bound.
    pub min_usd: Option<i64>,
    /// The most that the amounts allow, in whole US dollars. Null when one of them sets no upper bound.
    pub max_usd: Option<i64>,
}

impl SumAmount {
    /// An amount as stated.
    pub fn of(amount: &Amount) -> Self {
        Self {
            usd: amount.usd().dollars(),
            qualifier: *amount.qualifier(),
            min_usd: amount.min_usd().map(|usd| usd.dollars()),
            max_usd: amount.max_usd().map(|usd| usd.dollars()),
        }
    }

    /// An even share of an amount: the years from the `first`th up to the `last`th, of `all`.
    ///
    /// Shares add up to the whole. The bounds are those of a part: nothing at least, the whole at most.
    pub(super) fn share(amount: &Amount, first: i64, last: i64, all: i64) -> Self {
        if first == 0 && last == all {
            return Self::of(amount);
        }
        let whole = i128::from(amount.usd().dollars());
        let up_to = |years: i64| whole * i128::from(years) / i128::from(all.max(1));
        let qualifier = match amount.qualifier() {
            Qualifier::MoreThan => Qualifier::MoreThan,
            _ => Qualifier::Approximately,
        };
        Self {
            usd: i64::try_from(up_to(last) - up_to(first)).unwrap_or(i64::MAX),
            qualifier,
            min_usd: Some(0),
            max_usd: amount.max_usd().map(|usd| usd.dollars()),
        }
    }

    fn plus(self, other: Self) -> Self {
        let both = |one: Option<i64>, other: Option<i64>| Some(one?.saturating_add(other?));
        Self {
            usd: self.usd.saturating_add(other.usd),
            qualifier: wider(self.qualifier, other.qualifier),
            min_usd: both(self.min_usd, other.min_usd),
            max_usd: both(self.max_usd, other.max_usd),
        }
    }

    /// The sum of several; none of none.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().reduce(Self::plus)
    }
}

/// The qualifier of a sum of two.
pub(super) fn wider(one: Qualifier, other: Qualifier) -> Qualifier {
    let says = |qualifier| one == qualifier || other == qualifier;
    let order = [Qualifier::MoreThan, Qualifier::Approximately, Qualifier::LessThan];
    order.into_iter().find(|qualifier| says(*qualifier)).unwrap_or(Qualifier::Exact)
}

/// The years that figures cover, as runs by basis.
pub(super) fn covered(years: impl Iterator<Item = (i16, Option<i16>, Basis)>) -> Vec<Run> {
    let mut years: Vec<_> = years.collect();
    years.sort_by_key(|(from, to, basis)| (*basis, *from, *to));
    let mut runs: Vec<Run> = Vec::new();
    for (from, to, basis) in years {
        match runs.last_mut() {
            Some(last) if last.basis == basis && last.to.is_none_or(|end| from <= end + 1) => {
                last.to = last.to.zip(to).map(|(end, to)| end.max(to));
            }
            _ => runs.push(Run { from, to, basis }),
        }
    }
    runs
}

/// The years that no run touches: of the window, else between the first and the last.
pub(super) fn missing(runs: &[Run], window: Window) -> Vec<Run> {
    let fiscal = runs.is_empty() || runs.iter().any(|run| run.basis == Basis::FiscalYear);
    let basis = if fiscal { Basis::FiscalYear } else { Basis::CalendarYear };
    let touched = |run: &Run| {
        // A year of the calendar touches two fiscal years.
        let beyond = i16::from(fiscal && run.basis == Basis::CalendarYear);
        (run.from, run.to.map_or(i16::MAX, |to| to + beyond))
    };
    let mut touched: Vec<(i16, i16)> = runs.iter().map(touched).collect();
    touched.sort_unstable();
    let first = touched.first().map(|(from, _)| *from);
    let last = touched.iter().map(|(_, to)| *to).max();
    let asked = |year: Option<i16>| year.filter(|_| fiscal);
    let Some((mut next, end)) = asked(window.from).or(first).zip(asked(window.to).or(last)) else {
        return Vec::new();
    };
    let mut gaps = Vec::new();
    for (from, to) in touched {
        if from > next {
            let gap = (from - 1).min(end);
            if gap >= next {
                gaps.push(Run { from: next, to: Some(gap), basis });
            }
        }
        next = next.max(to.saturating_add(1));
    }
    if next <= end && end < i16::MAX {
        gaps.push(Run { from: next, to: Some(end), basis });
    }
    gaps
}

/// What a reader should know of the figures in a sum.
pub(super) fn notes(included: &[&Figure]) -> Vec<String> {
    let mut notes = Vec::new();
    let years = || included.iter().filter_map(|figure| Extent::of(figure).years);
    let bases: BTreeSet<Basis> = years().map(|(_, _, basis)| basis).collect();
    if bases.len() > 1 {
        notes.push(
            "Adds figures of fiscal years and of calendar years; none of them share a day.".into(),
        );
    }
    let stages: BTreeSet<&str> = included.iter().filter_map(|figure| figure.stage_word()).collect();
    if stages.len() > 1 {
        notes.push("Adds figures of several stages, each for money that no other covers.".into());
    }
    let says = |wanted: Qualifier| {
        let amounts = included.iter().filter_map(|figure| figure.amount);
        amounts.into_iter().any(|amount| *amount.qualifier() == wanted)
    };
    if says(Qualifier::MoreThan) && says(Qualifier::LessThan) {
        notes.push("Holds lower and upper bounds at once: read min_usd, not usd.".into());
    }
    let open = |figure: &&&Figure| Extent::of(figure).years.is_some_and(|(_, to, _)| to.is_none());
    notes.extend(included.iter().filter(open).map(|figure| {
        format!("{} states no last year; what may be inside it is not added to it.", figure.id)
    }));
    if included.iter().any(|figure| figure.component.is_some()) {
        notes.push(
            "Holds figures of a part of a program, where no figure of the whole stands.".into(),
        );
    }
    notes
}
