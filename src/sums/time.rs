//! Years of both kinds and dates on one line of days, so that overlap is a comparison of two numbers.

use serde::Serialize;
use utoipa::ToSchema;

use super::figure::{Figure, Lane};
use crate::model::{Basis, PartialDate};

/// A run of years, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Run {
    /// The first year.
    pub from: i16,
    /// The last year. Null when a figure states no end.
    pub to: Option<i16>,
    /// Whether they are US fiscal years or years of the calendar.
    pub basis: Basis,
}

/// Days, first and last included; each month has 31 here, which no comparison notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Span {
    pub(super) from: i32,
    pub(super) to: i32,
}

/// Before and after every year that a period may have.
const ALWAYS: Span = Span { from: 0, to: 1 << 30 };

fn day((year, month, day): (i16, i8, i8)) -> i32 {
    (i32::from(year) * 12 + i32::from(month) - 1) * 31 + i32::from(day) - 1
}

/// A number that grows with the date; 0 for none.
pub(super) fn ordinal(date: Option<PartialDate>) -> i64 {
    date.map_or(0, |date| i64::from(day(date.latest())))
}

impl Span {
    /// Fiscal years; a side that is not given is open.
    pub(super) fn fiscal(from: Option<i16>, to: Option<i16>) -> Self {
        Self {
            from: from.map_or(ALWAYS.from, |from| day((from - 1, 10, 1))),
            to: to.map_or(ALWAYS.to, |to| day((to, 9, 31))),
        }
    }

    fn years(basis: Basis, from: i16, to: i16) -> Self {
        match basis {
            Basis::FiscalYear => Self::fiscal(Some(from), Some(to)),
            Basis::CalendarYear => Self { from: day((from, 1, 1)), to: day((to, 12, 31)) },
        }
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    pub(super) fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// How many days, at least one: what is included counts for something.
    pub(super) fn days(self) -> i64 {
        i64::from((self.to - self.from + 1).max(1))
    }
}

/// When a figure's money was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// What it covers for certain; a span without days when nothing is.
    pub(super) certain: Span,
    /// What it may cover.
    pub(super) possible: Span,
    /// The years, as stated; none for a stock or where no source gives one.
    pub(super) years: Option<(i16, Option<i16>, Basis)>,
}

impl Extent {
    pub(super) fn of(figure: &Figure) -> Self {
        let stock = matches!(figure.lane, Lane::Sale { stock: true, .. });
        match (figure.period, figure.as_of) {
            _ if stock => Self { certain: NEVER, possible: ALWAYS, years: None },
            (Some(period), as_of) => {
                let (from, basis) = (period.from().number(), *period.basis());
                let years = Some((from, period.to().map(|to| to.number()), basis));
                if let Some(to) = period.to() {
                    let span = Span::years(basis, from, to.number());
                    return Self { certain: span, possible: span, years };
                }
                let known = figure.reaches.map_or(from, |year| year.number()).max(from);
                let certain = Span::years(basis, from, known);
                let until = as_of.or(figure.standing.published).and_then(|d| d.fiscal_years().to);
                let possible = until.map_or(ALWAYS, |to| Span::years(basis, from, to.max(from)));
                let possible = Span { from: certain.from, to: possible.to.max(certain.to) };
                Self { certain, possible, years }
            }
            (None, Some(date)) => {
                let touched = date.fiscal_years();
                let years = Some((touched.from, touched.to, Basis::FiscalYear));
                // Programs are compared by the year; a sale or transfer is an event of its day.
                let span = match figure.lane {
                    Lane::Program(_) => Span::fiscal(Some(touched.from), touched.to),
                    Lane::Sale { .. } => {
                        Span { from: day(date.earliest()), to: day(date.latest()) }
                    }
                };
                Self { certain: span, possible: span, years }
            }
            (None, None) => Self { certain: NEVER, possible: ALWAYS, years: None },
        }
    }

    /// Whether it lies in the years asked for, so far as anybody can tell.
    pub(super) fn lies_in(self, window: Span) -> bool {
        let ends = self.possible.to < ALWAYS.to;
        let several = self.certain.days() > i64::from(12 * 31);
        if self.certain == NEVER {
            window == ALWAYS
        } else if ends || !several {
            window.holds(self.possible)
        } else {
            // No end is stated and no date bounds it; what is known of it lies inside.
            window.holds(self.certain)
        }
    }

    /// The group that it stands in by year: `2023`, `2017-2023`, `2017-`, `CY2016`.
    pub(super) fn label(self) -> Option<String> {
        let (from, to, basis) = self.years?;
        let mark = if basis == Basis::CalendarYear { "CY" } else { "" };
        Some(match to {
            None => format!("{mark}{from}-"),
            Some(to) if to == from => format!("{mark}{from}"),
            Some(to) => format!("{mark}{from}-{to}"),
        })
    }
}

const NEVER: Span = Span { from: 0, to: -1 };
