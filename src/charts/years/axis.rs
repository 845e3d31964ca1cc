//! The axis of years: where a year lies, and the rows of what stands below it.

use super::{Bracket, ByYear};
use crate::charts::draw::pen::{Anchor, Pen};
use crate::model::Basis;

/// An axis of years.
#[derive(Debug, Clone, Copy)]
pub(super) struct YearAxis {
    pub(super) from: i16,
    pub(super) to: i16,
    pub(super) basis: Basis,
}

impl YearAxis {
    fn years(self) -> f64 {
        f64::from(self.to) - f64::from(self.from) + 1.0
    }

    /// Where a year begins, as a share of the width.
    pub(super) fn begin(self, year: i16) -> f64 {
        ((f64::from(year) - f64::from(self.from)) / self.years()).clamp(0.0, 1.0)
    }

    /// Where it ends.
    pub(super) fn end(self, year: i16) -> f64 {
        ((f64::from(year) - f64::from(self.from) + 1.0) / self.years()).clamp(0.0, 1.0)
    }

    pub(super) fn middle(self, year: i16) -> f64 {
        f64::midpoint(self.begin(year), self.end(year))
    }

    /// Where a span of years lies; of years of another kind than the axis has, three months beside.
    fn span(self, bracket: &Bracket) -> (f64, f64) {
        let beside = match (self.basis, bracket.basis) {
            (Basis::FiscalYear, Basis::CalendarYear) => 0.25,
            (Basis::CalendarYear, Basis::FiscalYear) => -0.25,
            _ => 0.0,
        } / self.years();
        let last = bracket.to.unwrap_or(self.to).max(bracket.from);
        (
            (self.begin(bracket.from) + beside).clamp(0.0, 1.0),
            (self.end(last) + beside).clamp(0.0, 1.0),
        )
    }
}

/// A bracket with the row that it stands in.
pub(super) struct Placed<'b> {
    pub(super) bracket: &'b Bracket,
    pub(super) row: usize,
    pub(super) span: (f64, f64),
    pub(super) label: (f64, Anchor),
}

/// Gives each bracket a row in which neither line nor label touches another.
pub(super) fn placed<'b>(
    axis: YearAxis,
    brackets: &'b [Bracket],
    pen: &Pen,
    label: impl Fn(&Bracket) -> f64,
) -> Vec<Placed<'b>> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut placed = Vec::new();
    for bracket in brackets {
        let span = axis.span(bracket);
        let width = pen.share(label(bracket) + 4.0);
        let middle = f64::midpoint(span.0, span.1);
        let (at, anchor, text) = if middle - width / 2.0 >= 0.0 && middle + width / 2.0 <= 1.0 {
            (middle, Anchor::Middle, (middle - width / 2.0, middle + width / 2.0))
        } else if span.0 + width <= 1.0 {
            (span.0, Anchor::Start, (span.0, span.0 + width))
        } else if span.1 - width >= 0.0 {
            (span.1, Anchor::End, (span.1 - width, span.1))
        } else {
            (0.0, Anchor::Start, (0.0, width))
        };
        let beside = pen.share(6.0);
        let taken = (span.0.min(text.0) - beside, span.1.max(text.1) + beside);
        let free =
            |row: &Vec<(f64, f64)>| row.iter().all(|one| one.1 <= taken.0 || taken.1 <= one.0);
        let row = rows.iter().position(free).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push(taken);
        placed.push(Placed { bracket, row, span, label: (at, anchor) });
    }
    placed
}

impl ByYear {
    /// The axis of the years.
    pub(super) fn axis(&self) -> YearAxis {
        YearAxis { from: self.from, to: self.to.max(self.from), basis: self.basis }
    }
}
