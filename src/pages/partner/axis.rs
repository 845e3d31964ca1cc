//! The one axis of time that the rows of a partner's page share.

use maud::{Markup, html};

use crate::charts::Across;
use crate::dataset::FiscalYears;

/// Years from the first to the last, each as wide as any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    pub(super) from: i16,
    pub(super) to: i16,
}

impl Axis {
    /// The axis that holds the years of programs and those of series; none without any.
    pub(super) fn around(
        programs: Option<FiscalYears>,
        series: Option<(i16, i16)>,
    ) -> Option<Self> {
        let programs = programs.map(|years| (years.from, years.to));
        let all: Vec<(i16, i16)> = programs.into_iter().chain(series).collect();
        let from = all.iter().map(|(from, _)| *from).min()?;
        let to = all.iter().map(|(_, to)| *to).max()?;
        Some(Self { from, to })
    }

    fn years(self) -> f64 {
        f64::from(self.to - self.from) + 1.0
    }

    /// Where a year begins.
    pub(super) fn at(self, year: i16) -> Across {
        Across::Share(f64::from(year - self.from) / self.years())
    }

    /// How wide a bar of one year is, and how far from where its year begins.
    pub(super) fn bar(self, year: i16) -> (Across, Across) {
        let place = f64::from(year - self.from) / self.years();
        (Across::Share(place + 0.12 / self.years()), Across::Share(0.76 / self.years()))
    }

    /// The years that are written below: each tenth, or each fifth of few.
    pub(super) fn ticks(self) -> impl Iterator<Item = i16> {
        let step = if self.to - self.from > 24 { 10 } else { 5 };
        (self.from..=self.to).filter(move |year| year % step == 0)
    }

    /// Where the label of a year ends, so that the last stays inside.
    fn anchor(self, year: i16) -> &'static str {
        if (year - self.from) * 10 > (self.to - self.from + 1) * 8 { "end" } else { "start" }
    }

    /// The axis with its years, as wide as the rows above.
    pub(super) fn drawn(self) -> Markup {
        html! {
            svg.years height="18" width="100%" aria-hidden="true" {
                @for year in self.ticks() {
                    line.axis x1=(self.at(year)) x2=(self.at(year)) y1="0" y2="4" {}
                    text.small x=(self.at(year)) y="16" text-anchor=(self.anchor(year)) { (year) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_programs_and_series_and_each_year_has_its_share() {
        let programs = Some(FiscalYears { from: 2001, to: 2010 });
        let axis = Axis::around(programs, Some((1999, 2008))).expect("there are years");
        assert_eq!(axis, Axis { from: 1999, to: 2010 });
        assert_eq!([1999, 2005].map(|year| axis.at(year).to_string()), ["0%", "50%"]);
        assert_eq!(Axis::around(None, None), None);
    }
}
