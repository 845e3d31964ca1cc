//! Sums of money by fiscal year: bars, brackets and gaps.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::money::{
    MOST_FIGURES, Part, RowKey, included, key_in_words, key_without, reading, segments,
    without_amount,
};
use crate::charts::phrases::{pick, said, years};
use crate::charts::reading::{Fill, Reading, Sayings, Segment, Unit};
use crate::charts::years::{Bracket, ByYear, Panel, YearBar};
use crate::model::{Basis, RecordId};
use crate::sums::{Counting, FigureFact, FigureSet, Group, GroupFigures, SumQualifier, YearsAsked};
use crate::words::Language;

/// The most panels of one chart; the rest is named below it.
pub(super) const MOST_PANELS: usize = 8;

/// The years that a row stands for, as its key has them: `2023`, `2017-2023`, `2017-`, `CY2016`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RowYears {
    from: i16,
    to: Option<i16>,
    basis: Basis,
}

impl RowYears {
    fn read(label: &str) -> Option<Self> {
        let (basis, years) = match label.strip_prefix("CY") {
            Some(years) => (Basis::CalendarYear, years),
            None => (Basis::FiscalYear, label),
        };
        let (from, to) = match years.split_once('-') {
            None => (years, Some(years)),
            Some((from, "")) => (from, None),
            Some((from, to)) => (from, Some(to)),
        };
        let to = match to {
            None => None,
            Some(to) => Some(to.parse().ok()?),
        };
        Some(Self { from: from.parse().ok()?, to, basis })
    }

    fn single(self) -> Option<i16> {
        (self.to == Some(self.from) && self.basis == Basis::FiscalYear).then_some(self.from)
    }
}

/// What makes the chart of one question.
struct Maker<'m> {
    /// Says what lies inside what; none where nobody asked for it.
    total: Option<&'m Group>,
    set: &'m FigureSet,
    sayings: &'m Sayings<'m>,
    /// Whether each figure is a part of its own.
    one_each: bool,
}

/// Bars by fiscal year of a sum that is grouped by it, and maybe by more: then each other key is a panel. `total` says
/// what lies inside what, and who has no amount; none where nobody asked for it.
pub fn money_by_year(
    rows: &[GroupFigures],
    total: Option<&Group>,
    set: &FigureSet,
    asked: YearsAsked,
    sayings: &Sayings<'_>,
) -> ByYear {
    let one_each = included(rows.iter().map(|row| row.included.len())) <= MOST_FIGURES;
    let maker = Maker { total, set, sayings, one_each };
    let mut panels: Vec<(RowKey, Panel)> = Vec::new();
    let mut undated: Vec<String> = Vec::new();
    for row in rows {
        let key = key_without(&row.key, &["fiscal_year"]);
        let at = panels.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let label = key_in_words(&key, sayings);
            panels.push((key, Panel { label, ..Panel::default() }));
            panels.len() - 1
        });
        maker.add(row, &mut panels[at].1, &mut undated);
    }
    let sales = rows.iter().any(|row| row.key.contains_key("measure"));
    let mut panels: Vec<Panel> = panels.into_iter().map(|(_, panel)| panel).collect();
    panels.retain(|panel| {
        !(panel.bars.is_empty() && panel.brackets.is_empty() && panel.proposals.is_empty())
    });
    for panel in &mut panels {
        panel.bars.sort_by_key(|bar| bar.year);
        panel.proposals.sort_by_key(|bar| bar.year);
        panel.brackets.sort_by_key(|one| (one.from, one.to.unwrap_or(i16::MAX)));
        maker.tie(panel);
        nearest_first(panel);
    }
    let mut notes = total.map(|total| without_amount(total, sayings)).unwrap_or_default();
    if panels.len() > MOST_PANELS {
        let rest: Vec<String> =
            panels.split_off(MOST_PANELS).into_iter().map(|panel| panel.label).collect();
        notes.push(format!(
            "{}: {}.",
            pick(sayings.language, "Not drawn", "Sin dibujar"),
            rest.join(", ")
        ));
    }
    let (from, to) = axis(&panels, asked);
    let own_scales = sales && panels.len() > 1;
    ByYear {
        language: sayings.language,
        from,
        to,
        basis: Basis::FiscalYear,
        panels,
        own_scales,
        undated,
        notes,
    }
}

/// Puts the brackets that bars are tied to nearest to the bars.
fn nearest_first(panel: &mut Panel) {
    let tied = |at: usize| panel.bars.iter().filter(|bar| bar.inside == Some(at)).count();
    let brackets = std::mem::take(&mut panel.brackets).into_iter().enumerate();
    let mut brackets: Vec<(usize, Bracket)> = brackets.collect();
    brackets.sort_by_cached_key(|(at, _)| Reverse(tied(*at)));
    for bar in &mut panel.bars {
        bar.inside =
            bar.inside.and_then(|inside| brackets.iter().position(|(at, _)| *at == inside));
    }
    panel.brackets = brackets.into_iter().map(|(_, bracket)| bracket).collect();
}

/// The years of the axis: those asked for, and those of every mark.
fn axis(panels: &[Panel], asked: YearsAsked) -> (i16, i16) {
    let bars = || {
        panels
            .iter()
            .flat_map(|panel| panel.bars.iter().chain(&panel.proposals))
            .map(|bar| bar.year)
    };
    let brackets = || panels.iter().flat_map(|panel| &panel.brackets);
    let first = bars().chain(brackets().map(|one| one.from)).chain(asked.from).min();
    let last = bars().chain(brackets().map(|one| one.to.unwrap_or(one.from))).chain(asked.to).max();
    match first.zip(last) {
        Some((first, last)) => (first, last.max(first)),
        None => (asked.from.unwrap_or(2000), asked.to.unwrap_or(2000)),
    }
}

impl Maker<'_> {
    fn language(&self) -> Language {
        self.sayings.language
    }

    /// Puts a row into its panel: as a bar, a bracket, or a proposal.
    fn add(&self, row: &GroupFigures, panel: &mut Panel, undated: &mut Vec<String>) {
        let label = row.key.get("fiscal_year").and_then(Option::as_deref);
        let row_years = label.and_then(RowYears::read);
        let Some(reading) = reading(&row.parts) else {
            let proposal =
                row_years.and_then(RowYears::single).and_then(|year| self.proposal(row, year));
            panel.proposals.extend(proposal);
            return;
        };
        let Some(row_years) = row_years else {
            undated.extend(row.included.iter().map(|id| (self.sayings.record)(id)));
            return;
        };
        let group = years(row_years.from, row_years.to, row_years.basis, self.language());
        if let Some(year) = row_years.single() {
            let figures = row.included.iter().zip(&row.parts);
            let figures = figures.map(|(id, part)| Part {
                id,
                value: part.usd,
                fill: self.fill(id),
                limit: part.qualifier == SumQualifier::LessThan,
            });
            let segments =
                segments(figures.collect(), self.one_each, Unit::Dollars, &group, self.sayings);
            // The bounds of an even share are nothing and all of it: they say nothing of the year.
            let estimate = segments.iter().any(|segment| segment.fill == Fill::Share);
            let reading = if estimate { Reading::exact(reading.value) } else { reading };
            panel.bars.push(YearBar { year, reading, segments, inside: None });
        } else {
            let said = match &*row.included {
                [id] => (self.sayings.record)(id),
                several => format!(
                    "{group}: {}, {} {}",
                    said(&reading, Unit::Dollars, self.language()),
                    several.len(),
                    pick(self.language(), "figures", "cifras")
                ),
            };
            let stages = row.stages.iter().map(|stage| (self.sayings.code)("stage", Some(stage)));
            panel.brackets.push(Bracket {
                from: row_years.from,
                to: row_years.to,
                basis: row_years.basis,
                reading,
                stage: stages.take(2).collect::<Vec<_>>().join(", "),
                figures: row.included.clone(),
                said,
            });
        }
    }

    /// How a figure in a row of one year is filled: one of several years is there by an even share.
    fn fill(&self, id: &RecordId) -> Fill {
        let Some(fact) = self.set.fact(id) else { return Fill::Given };
        if fact.from.is_some() && fact.from != fact.to {
            return Fill::Share;
        }
        Fill::of_figure(&fact)
    }

    /// What was proposed for a year that has no money: the most final of the proposals, where all are of one program.
    fn proposal(&self, row: &GroupFigures, year: i16) -> Option<YearBar> {
        let facts = row.proposals.iter().filter_map(|id| Some((id, self.set.fact(id)?)));
        let facts: Vec<(&RecordId, FigureFact<'_>)> = facts.collect();
        let lane = facts.first()?.1.lane;
        if facts.iter().any(|(_, fact)| fact.lane != lane) {
            return None;
        }
        let rank = |fact: &FigureFact<'_>| {
            (fact.stage_rank, fact.amount.map(|amount| -amount.usd().dollars()))
        };
        let (id, fact) = facts.iter().min_by_key(|(id, fact)| (rank(fact), *id))?;
        let reading = Reading::from(fact.amount.as_ref()?);
        let segment = Segment {
            figures: vec![(*id).clone()],
            value: reading.value,
            fill: Fill::Proposed,
            limit: false,
            said: (self.sayings.record)(id),
        };
        Some(YearBar { year, reading, segments: vec![segment], inside: None })
    }

    /// Ties the bars of a panel to the brackets that contain them.
    fn tie(&self, panel: &mut Panel) {
        let containers: BTreeMap<&RecordId, &[RecordId]> = self
            .total
            .iter()
            .flat_map(|total| &total.excluded)
            .filter(|out| out.because == Counting::InsideAnother)
            .map(|out| (&out.id, &*out.overlaps))
            .collect();
        let brackets = &panel.brackets;
        for bar in &mut panel.bars {
            let figures = || bar.segments.iter().flat_map(|segment| &segment.figures);
            let inside = |bracket: &Bracket| {
                figures().all(|id| {
                    containers
                        .get(id)
                        .is_some_and(|found| found.iter().any(|one| bracket.figures.contains(one)))
                })
            };
            bar.inside = brackets.iter().position(|bracket| {
                let spans = (bracket.from..=bracket.to.unwrap_or(i16::MAX)).contains(&bar.year);
                spans && inside(bracket)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_years_of_a_row_are_read_from_its_key() {
        let read = |label| RowYears::read(label).map(|years| (years.from, years.to, years.basis));
        assert_eq!(read("2023"), Some((2023, Some(2023), Basis::FiscalYear)));
        assert_eq!(read("2017-2023"), Some((2017, Some(2023), Basis::FiscalYear)));
        assert_eq!(read("2017-"), Some((2017, None, Basis::FiscalYear)));
        assert_eq!(read("CY2016"), Some((2016, Some(2016), Basis::CalendarYear)));
        assert_eq!(RowYears::read("CY2016").and_then(RowYears::single), None);
        assert_eq!(read("x"), None);
    }
}
