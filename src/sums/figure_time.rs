//! Years of both kinds and dates on one line of days, so that overlap is a comparison of two numbers.

use serde::Serialize;
use utoipa::ToSchema;

use super::figure::{Figure, Lane, SaleKind};
use crate::model::{Basis, PartialDate};

/// A run of years, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct YearRun {
    /// The first year.
    pub from: i16,
    /// The last year. Null when a figure states no end, and nothing tells how far it reaches.
    pub to: Option<i16>,
    /// Whether they are US fiscal years or years of the calendar.
    pub basis: Basis,
}

/// Days, first and last included; each month has 31 here, which no comparison notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DaySpan {
    pub(super) from: i32,
    pub(super) to: i32,
}

/// Before and after every year that a period may have.
pub(super) const ALWAYS: DaySpan = DaySpan { from: 0, to: 1 << 30 };

/// No day at all.
pub(super) const NEVER: DaySpan = DaySpan { from: 0, to: -1 };

const DAYS_OF_YEAR: i32 = 12 * 31;

fn day((year, month, day): (i16, i8, i8)) -> i32 {
    (i32::from(year) * 12 + i32::from(month) - 1) * 31 + i32::from(day) - 1
}

/// A number that grows with the date; 0 for none.
pub(super) fn ordinal(date: Option<PartialDate>) -> i32 {
    date.map_or(0, |date| day(date.latest()))
}

impl DaySpan {
    /// Fiscal years; a side that is not given is open.
    pub(super) fn fiscal(from: Option<i16>, to: Option<i16>) -> Self {
        Self {
            from: from.map_or(ALWAYS.from, |from| day((from - 1, 10, 1))),
            to: to.map_or(ALWAYS.to, |to| day((to, 9, 31))),
        }
    }

    pub(super) fn years(basis: Basis, from: i16, to: i16) -> Self {
        match basis {
            Basis::FiscalYear => Self::fiscal(Some(from), Some(to)),
            Basis::CalendarYear => Self { from: day((from, 1, 1)), to: day((to, 12, 31)) },
        }
    }

    pub(super) fn of_date(date: PartialDate) -> Self {
        Self { from: day(date.earliest()), to: day(date.latest()) }
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    pub(super) const fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    pub(super) const fn is_empty(self) -> bool {
        self.from > self.to
    }

    /// How many days, at least one: what is included counts for something.
    pub(super) fn days(self) -> i64 {
        i64::from((self.to - self.from + 1).max(1))
    }

    /// The first and the last fiscal year that it touches.
    pub(super) fn fiscal_years(self) -> (i16, i16) {
        let year = |day: i32| {
            let beyond = i32::from(day.rem_euclid(DAYS_OF_YEAR) >= 9 * 31);
            i16::try_from(day.div_euclid(DAYS_OF_YEAR) + beyond).unwrap_or(i16::MAX)
        };
        (year(self.from), year(self.to))
    }

    /// The first and the last year of the calendar that it touches.
    pub(super) fn calendar_years(self) -> (i16, i16) {
        let year = |day: i32| i16::try_from(day.div_euclid(DAYS_OF_YEAR)).unwrap_or(i16::MAX);
        (year(self.from), year(self.to))
    }
}

/// What of some days no span covers, in order.
pub(super) fn gaps(of: DaySpan, spans: impl IntoIterator<Item = DaySpan>) -> Vec<DaySpan> {
    let mut spans: Vec<DaySpan> = spans.into_iter().filter(|span| of.overlaps(*span)).collect();
    spans.sort_unstable();
    let mut gaps = Vec::new();
    let mut next = of.from;
    for span in spans {
        if span.from > next {
            gaps.push(DaySpan { from: next, to: span.from - 1 });
        }
        next = next.max(span.to.saturating_add(1));
    }
    if next <= of.to {
        gaps.push(DaySpan { from: next, to: of.to });
    }
    gaps
}

/// The years that a figure states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct StatedYears {
    pub(super) from: i16,
    /// The last year; none where no end is stated.
    pub(super) to: Option<i16>,
    /// The last year that it is known to cover; none where nothing tells.
    pub(super) last_known: Option<i16>,
    pub(super) basis: Basis,
}

impl StatedYears {
    /// The group that it stands in by year: `2023`, `2017-2023`, `2017-`, `CY2016`.
    pub(super) fn label(from: i16, to: Option<i16>, basis: Basis) -> String {
        let mark = if basis == Basis::CalendarYear { "CY" } else { "" };
        match to {
            None => format!("{mark}{from}-"),
            Some(to) if to == from => format!("{mark}{from}"),
            Some(to) => format!("{mark}{from}-{to}"),
        }
    }

    /// The fiscal years that it covers, where it states fiscal years and their end is known.
    pub(super) fn known_fiscal_years(self) -> Option<(i16, i16)> {
        let to = self.last_known.filter(|_| self.basis == Basis::FiscalYear)?;
        Some((self.from, to))
    }

    pub(super) const fn run(self) -> YearRun {
        YearRun { from: self.from, to: self.last_known, basis: self.basis }
    }
}

/// The date of one act of assistance, and its days; none for every other figure.
///
/// A drawdown ordered or aid announced is money of its own: two of different days share none, though they fall in one
/// fiscal year. Where the source prints the fiscal year, the figure is that year's. A year alone dates no act.
fn act(figure: &Figure) -> Option<(PartialDate, DaySpan)> {
    let is_act = matches!(figure.lane, Lane::Program(_))
        && figure.stage.is_some_and(|stage| stage.is_act)
        && !figure.per_year;
    let date = figure.as_of.filter(|date| is_act && date.parts().1 > 0)?;
    let year = date.fiscal_years().from;
    let follows_from_date = figure.period.is_none_or(|period| {
        !period.basis_stated()
            && *period.basis() == Basis::FiscalYear
            && period.from().number() == year
            && period.to().is_some_and(|to| to.number() == year)
    });
    follows_from_date.then(|| (date, DaySpan::of_date(date)))
}

/// When a figure's money was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FigureTime {
    /// What it covers for certain; no day when nothing is.
    pub(super) certain: DaySpan,
    /// What it may cover.
    pub(super) possible: DaySpan,
    /// The years, as stated; none for a stock or where no source gives one.
    pub(super) years: Option<StatedYears>,
    /// Whether it is the event of a date, and no total of a period.
    pub(super) is_event: bool,
    /// The days that it speaks for where years are compared or found missing: those that it covers, and for one act of
    /// assistance its whole fiscal year.
    pub(super) speaks_for: DaySpan,
}

impl FigureTime {
    pub(super) fn of(figure: &Figure) -> Self {
        let sale = match figure.lane {
            Lane::Program(_) => None,
            Lane::Sale { kind, .. } => Some(kind),
        };
        let undated = Self {
            certain: NEVER,
            possible: ALWAYS,
            years: None,
            is_event: false,
            speaks_for: NEVER,
        };
        if sale == Some(SaleKind::Stock) {
            let span = figure.as_of.map(DaySpan::of_date);
            return span.map_or(undated, |span| Self {
                certain: span,
                possible: span,
                speaks_for: span,
                ..undated
            });
        }
        if let Some((date, days)) = act(figure) {
            let year = date.fiscal_years().from;
            let years = StatedYears {
                from: year,
                to: Some(year),
                last_known: Some(year),
                basis: Basis::FiscalYear,
            };
            return Self {
                certain: days,
                possible: days,
                years: Some(years),
                is_event: true,
                speaks_for: DaySpan::fiscal(Some(year), Some(year)),
            };
        }
        if let Some(period) = figure.period {
            let (from, basis) = (period.from().number(), *period.basis());
            let last_known = period.last_known().map(|year| year.number());
            let to = period.to().map(|year| year.number());
            let certain = DaySpan::years(basis, from, last_known.unwrap_or(from));
            let possible =
                if last_known.is_some() { certain } else { DaySpan { to: ALWAYS.to, ..certain } };
            let years = Some(StatedYears { from, to, last_known, basis });
            return Self { certain, possible, years, is_event: false, speaks_for: certain };
        }
        let Some(date) = figure.as_of else { return undated };
        let touched = date.fiscal_years();
        let last = touched.to;
        let years = Some(StatedYears {
            from: touched.from,
            to: last,
            last_known: last,
            basis: Basis::FiscalYear,
        });
        // A figure of a program speaks for its year; a sale or transfer is an event of its day.
        let span = match sale {
            None => DaySpan::fiscal(Some(touched.from), last),
            Some(_) => DaySpan::of_date(date),
        };
        Self { certain: span, possible: span, years, is_event: true, speaks_for: span }
    }

    /// Whether nothing tells when it ends, or when it was at all.
    pub(super) const fn is_undated(self) -> bool {
        self.possible.to >= ALWAYS.to
    }

    /// Whether it lies in the days asked for, so far as anybody can tell.
    pub(super) fn lies_in(self, window: DaySpan) -> bool {
        if self.certain.is_empty() { window == ALWAYS } else { window.contains(self.possible) }
    }

    /// The fiscal year that it covers alone, for one that covers no more.
    pub(super) fn single_year(self) -> Option<i16> {
        let (from, to) = self.years?.known_fiscal_years()?;
        (from == to && self.years?.to.is_some()).then_some(from)
    }

    /// The fiscal years over which it can be divided: those of a period of several, whose end is known.
    pub(super) fn several_years(self) -> Option<(i16, i16)> {
        let (from, to) = self.years.filter(|_| !self.is_event)?.known_fiscal_years()?;
        (from < to || self.years?.to.is_none()).then_some((from, to))
    }
}
