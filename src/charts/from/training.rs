//! Totals of training: entries in courses, and their cost, on scales of their own.

use super::money::{MOST_FIGURES, Part, absence, segments};
use super::money_years::MOST_PANELS;
use crate::charts::by_group::{ByGroup, GroupPanel, GroupRow};
use crate::charts::phrases::{and_more, pick, years};
use crate::charts::reading::{Reading, Sayings, Segment, Unit};
use crate::charts::years::{ByYear, Panel, YearBar};
use crate::model::Basis;
use crate::sums::{TrainingGroup, YearsAsked};
use crate::words::capitalized;

/// The two things that a printed total counts.
#[derive(Clone, Copy)]
enum Counted {
    Students,
    Cost,
}

impl Counted {
    const BOTH: [Self; 2] = [Self::Students, Self::Cost];

    const fn unit(self) -> Unit {
        match self {
            Self::Students => Unit::Number,
            Self::Cost => Unit::Dollars,
        }
    }

    fn label(self, sayings: &Sayings<'_>) -> &'static str {
        match self {
            Self::Students => pick(
                sayings.language,
                "Entries in courses, which are not persons",
                "Inscripciones en cursos, que no son personas",
            ),
            Self::Cost => pick(
                sayings.language,
                "Value of the training, in U.S. dollars",
                "Valor de la capacitación, en dólares",
            ),
        }
    }

    fn reading(self, group: &TrainingGroup) -> Option<Reading> {
        match self {
            Self::Students => {
                let students = group.students.and_then(|students| i64::try_from(students).ok())?;
                Some(Reading::exact(students))
            }
            Self::Cost => group.cost.as_ref().map(|cost| Reading::exact(cost.usd)),
        }
    }

    /// The figures that print it, with what each adds.
    fn segments(
        self,
        group: &TrainingGroup,
        one_each: bool,
        label: &str,
        sayings: &Sayings<'_>,
    ) -> Vec<Segment> {
        let figures = group.included.iter().zip(&group.parts).filter_map(|(id, part)| {
            let value = match self {
                Self::Students => part.students.map(i64::from),
                Self::Cost => part.usd,
            };
            value.map(|value| Part::plain(id, value))
        });
        segments(figures.collect(), one_each, self.unit(), label, sayings)
    }
}

fn one_each(groups: &[TrainingGroup]) -> bool {
    groups.iter().map(|row| row.included.len()).sum::<usize>() <= MOST_FIGURES / 2
}

/// What a group has in common beside its year, in words.
fn beside_year(row: &TrainingGroup, sayings: &Sayings<'_>) -> String {
    let others = row.key.iter().filter(|(name, _)| name.as_str() != "fiscal_year");
    let said: Vec<String> =
        others.map(|(name, value)| (sayings.code)(name, value.as_deref())).collect();
    capitalized(&said.join(" \u{b7} "))
}

/// Bars by fiscal year: for each other key one panel of entries and one of cost.
pub fn training_by_year(
    groups: &[TrainingGroup],
    asked: YearsAsked,
    sayings: &Sayings<'_>,
) -> ByYear {
    let mut keys: Vec<(String, Vec<&TrainingGroup>)> = Vec::new();
    let mut undrawn = 0;
    for row in groups {
        let label = beside_year(row, sayings);
        let is_full = keys.len() * Counted::BOTH.len() >= MOST_PANELS;
        match keys.iter_mut().find(|(known, _)| *known == label) {
            Some((_, rows)) => rows.push(row),
            None if is_full => undrawn += 1,
            None => keys.push((label, vec![row])),
        }
    }
    let drawn: usize = keys.iter().flat_map(|(_, rows)| rows).map(|row| row.included.len()).sum();
    let one_each = drawn <= MOST_FIGURES / 2;
    let year_of = |row: &TrainingGroup| -> Option<i16> {
        row.key.get("fiscal_year").and_then(Option::as_deref)?.parse().ok()
    };
    let panel = |label: &str, rows: &[&TrainingGroup], counted: Counted| {
        let mut bars: Vec<YearBar> = Vec::new();
        for row in rows {
            let Some((year, reading)) = year_of(row).zip(counted.reading(row)) else { continue };
            let span = years(year, Some(year), Basis::FiscalYear, sayings.language);
            let segments = counted.segments(row, one_each, &span, sayings);
            bars.push(YearBar { year, reading, segments, inside: None });
        }
        bars.sort_by_key(|bar| bar.year);
        let what = counted.label(sayings);
        let label = if label.is_empty() { what.to_owned() } else { format!("{label}: {what}") };
        Panel { label, unit: counted.unit(), bars, ..Panel::default() }
    };
    let both = |(label, rows): &(String, Vec<&TrainingGroup>)| {
        Counted::BOTH.map(|counted| panel(label, rows, counted))
    };
    let mut panels: Vec<Panel> = keys.iter().flat_map(both).collect();
    panels.retain(|panel| !panel.bars.is_empty());
    let found = || panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.year);
    let from = found().chain(asked.from).min();
    let to = found().chain(asked.to).max();
    let mut notes = Vec::new();
    if undrawn > 0 {
        let more = and_more(undrawn, sayings.language);
        let what = pick(sayings.language, "sums are not drawn", "sumas no se dibujan");
        notes.push(format!("{} {what}.", capitalized(&more)));
    }
    ByYear {
        language: sayings.language,
        from: from.unwrap_or(2000),
        to: to.unwrap_or(2000),
        basis: Basis::FiscalYear,
        panels,
        own_scales: true,
        undated: Vec::new(),
        notes,
    }
}

/// Bars of partners or programs: one panel of entries, one of cost.
pub fn training_by_group(groups: &[TrainingGroup], sayings: &Sayings<'_>) -> ByGroup {
    let one_each = one_each(groups);
    let panel = |counted: Counted| {
        let rows = groups.iter().map(|row| {
            let said: Vec<String> = row
                .key
                .iter()
                .map(|(name, value)| (sayings.code)(name, value.as_deref()))
                .collect();
            let label = capitalized(&said.join(" \u{b7} "));
            let reading = counted.reading(row);
            GroupRow {
                segments: counted.segments(row, one_each, &label, sayings),
                label,
                reading,
                on_record: false,
                unstated: false,
                beside: if reading.is_some() {
                    String::new()
                } else {
                    absence(row.reason, sayings.language)
                },
            }
        });
        GroupPanel::new(counted.label(sayings).to_owned(), counted.unit(), rows.collect())
    };
    let mut panels: Vec<GroupPanel> = Counted::BOTH.map(panel).into();
    panels.retain(|panel| panel.rows.iter().any(|row| row.reading.is_some()));
    ByGroup::new(sayings.language, panels, Vec::new())
}
