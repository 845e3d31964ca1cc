//! Bars of groups that lie: programs, partners, stages, missions; the longest first.

use std::collections::BTreeSet;

use super::draw::pen::{Anchor, Pattern, Pen};
use super::draw::scale::Scale;
use super::draw::text_width::Setting;
use super::key::KeyMark;
use super::marks;
use super::phrases::{and_more, nothing, on_record, pick, said};
use super::picture::{Margins, Picture};
use super::reading::{Fill, Reading, Segment, Unit};
use super::rows::RowLayout;
use crate::words::Language;

/// The most rows of a panel; the rest is named below it.
const MOST_ROWS: usize = 30;

/// The most rows of all panels together.
const MOST_IN_ALL: usize = 60;

/// The most names of those that are not drawn.
const MOST_NAMED: usize = 60;

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// What it is called.
    pub label: String,
    /// What it adds up to; none where nothing could be added.
    pub reading: Option<Reading>,
    /// Its parts, from zero on.
    pub segments: Vec<Segment>,
    /// Whether the sum is not known to be whole.
    pub on_record: bool,
    /// Whether it has records that state no number.
    pub unstated: bool,
    /// What stands instead of a number that is missing, or beside one: the date that it speaks for.
    pub beside: String,
}

/// Groups on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPanel {
    /// What sets it apart from other panels; empty where there is one.
    pub label: String,
    /// What its numbers count.
    pub unit: Unit,
    /// Its groups, the longest first, those without a number last.
    pub rows: Vec<GroupRow>,
    /// How many of them are drawn; the rest is named.
    pub(super) drawn: usize,
}

/// Bars of groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByGroup {
    /// In which language it speaks.
    pub language: Language,
    /// Its panels.
    pub panels: Vec<GroupPanel>,
    /// Further sentences for below the chart.
    pub notes: Vec<String>,
}

impl ByGroup {
    /// Of panels whose rows are drawn as far as there is room for all of them.
    pub(super) fn new(language: Language, mut panels: Vec<GroupPanel>, notes: Vec<String>) -> Self {
        let mut left = MOST_IN_ALL;
        for panel in &mut panels {
            panel.drawn = panel.rows.len().min(MOST_ROWS).min(left);
            left -= panel.drawn;
        }
        Self { language, panels, notes }
    }
}

impl GroupPanel {
    /// A panel whose rows are put in order: the longest first, those without a number last, ties by label.
    pub(super) fn new(label: String, unit: Unit, mut rows: Vec<GroupRow>) -> Self {
        rows.sort_by(|one, other| {
            let value = |row: &GroupRow| row.reading.map(|reading| reading.value);
            value(other).cmp(&value(one)).then_with(|| one.label.cmp(&other.label))
        });
        Self { label, unit, rows, drawn: 0 }
    }

    fn shown(&self) -> &[GroupRow] {
        &self.rows[..self.rows.len().min(self.drawn)]
    }

    fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.rows.iter().filter_map(|row| row.reading.as_ref())
    }

    fn number(&self, row: &GroupRow, language: Language) -> String {
        match &row.reading {
            None => row.beside.clone(),
            Some(reading) => {
                let limits = row.segments.iter().any(|segment| segment.limit);
                let number = match (row.on_record, limits) {
                    (false, _) => said(reading, self.unit, language),
                    (true, limits) => on_record(reading, limits, self.unit, language),
                };
                if row.beside.is_empty() { number } else { format!("{number}, {}", row.beside) }
            }
        }
    }

    fn draw(&self, pen: &mut Pen, top: f64, language: Language) -> f64 {
        let mut y = top;
        if !self.label.is_empty() {
            for line in Setting::bold(12.5).wrap(&self.label, pen.pixels, 2) {
                y += 16.0;
                pen.text("strong", (0.0, y), 0.0, Anchor::Start, &line);
            }
            y += 8.0;
        }
        let rows = self.shown();
        let numbers: Vec<String> = rows.iter().map(|row| self.number(row, language)).collect();
        let labels = rows.iter().map(|row| row.label.as_str());
        let layout =
            RowLayout::of(pen, labels, numbers.iter().map(String::as_str), (15.0, 7.0), 0.36);
        let scale = Scale::up_to(self.readings().map(Reading::reach).max().unwrap_or(0), 1000);
        let x = |number: i64| layout.place(scale.share(number));
        let begin = y;
        for (row, number) in rows.iter().zip(&numbers) {
            let placed = layout.row(pen, y, &row.label, number);
            let upper = placed.middle - 7.5;
            if let Some(reading) = &row.reading {
                let mut below = 0_i64;
                for segment in &row.segments {
                    let end = below.saturating_add(segment.value);
                    pen.open(&segment.said);
                    let (from, to) = (x(below), x(end));
                    if segment.value > 0 {
                        let wide = (to - from).max(pen.share(0.8));
                        marks::fill(pen, segment, (from, wide), (upper, 15.0));
                        if below > 0 && (to - from) * pen.pixels > 2.0 {
                            pen.line("cut", (from, upper), (from, upper + 15.0));
                        }
                    } else if reading.value == 0 {
                        let at = x(0) + pen.share(2.0);
                        pen.line("zero", (at, upper), (at, upper + 15.0));
                    }
                    pen.close();
                    below = end;
                }
                let reading = marks::of_parts(reading, &row.segments);
                marks::qualify_lying(pen, &reading, (placed.middle, 5.0), &x);
            } else if row.unstated {
                pen.open(&format!("{}: {number}", row.label));
                pen.patterned("gap", Pattern::Gap, (x(0), pen.share(34.0)), (upper, 15.0));
                pen.close();
            }
            y = placed.end;
        }
        if !rows.is_empty() {
            pen.line("axis", (x(0), begin - 3.0), (x(0), y - 3.0));
        }
        y - top
    }
}

impl Picture for ByGroup {
    fn language(&self) -> Language {
        self.language
    }

    fn margins(&self, _: f64) -> Margins {
        Margins { left: 0.0, right: 0.0 }
    }

    fn draw(&self, pen: &mut Pen) -> f64 {
        let mut y = 4.0;
        for panel in self.panels.iter().filter(|panel| panel.drawn > 0) {
            y += panel.draw(pen, y, self.language) + 8.0;
        }
        y
    }

    fn keys(&self) -> Vec<KeyMark> {
        let rows = || self.panels.iter().flat_map(GroupPanel::shown);
        let fills: BTreeSet<Fill> =
            rows().flat_map(|row| &row.segments).map(|segment| segment.fill).collect();
        let has = |wanted: fn(&Reading) -> bool| {
            rows().filter_map(|row| row.reading).any(|one| wanted(&one))
        };
        let whiskers = rows().any(|row| {
            let drawn = row.reading.map(|reading| marks::of_parts(&reading, &row.segments));
            drawn.is_some_and(|reading| marks::has_whisker(&reading))
        });
        let limits = rows().flat_map(|row| &row.segments).any(|segment| segment.limit);
        let plain = fills.len() == 1 && fills.contains(&Fill::Given);
        let found = [
            (fills.contains(&Fill::Given) && !plain, KeyMark::Given),
            (fills.contains(&Fill::Expected), KeyMark::Expected),
            (fills.contains(&Fill::Announced), KeyMark::Announced),
            (fills.contains(&Fill::Proposed), KeyMark::Proposed),
            (fills.contains(&Fill::Share), KeyMark::Share),
            (whiskers, KeyMark::Bounds),
            (has(marks::is_open), KeyMark::MoreThan),
            (limits, KeyMark::LessThan),
            (has(marks::is_vague), KeyMark::Vague),
            (has(|reading| reading.value == 0), KeyMark::Zero),
            (rows().any(|row| row.unstated && row.reading.is_none()), KeyMark::Unstated),
        ];
        found.into_iter().filter(|(is_there, _)| *is_there).map(|(_, key)| key).collect()
    }

    fn finding(&self) -> String {
        if self.is_empty() {
            return nothing(self.language).to_owned();
        }
        let language = self.language;
        let mut sentences = Vec::new();
        for panel in self.panels.iter().take(6) {
            let rows: Vec<String> = panel
                .shown()
                .iter()
                .take(12)
                .map(|row| format!("{}: {}", row.label, panel.number(row, language)))
                .collect();
            let label =
                if panel.label.is_empty() { String::new() } else { format!("{}. ", panel.label) };
            let more = panel.rows.len().saturating_sub(12);
            let more =
                if more > 0 { format!("; {}", and_more(more, language)) } else { String::new() };
            sentences.push(format!("{label}{}{more}.", rows.join("; ")));
        }
        sentences.join(" ")
    }

    fn notes(&self) -> Vec<String> {
        let language = self.language;
        let mut notes = Vec::new();
        if self.panels.iter().any(|panel| panel.unit == Unit::Dollars) {
            notes.push(
                pick(
                    language,
                    "U.S. dollars of the day, never adjusted for prices.",
                    "Dólares corrientes, sin ajuste por inflación.",
                )
                .to_owned(),
            );
        }
        if self.panels.len() > 1 {
            notes.push(
                pick(
                    language,
                    "Each panel has a scale of its own: they count different things.",
                    "Cada panel tiene su propia escala: cuentan cosas distintas.",
                )
                .to_owned(),
            );
        }
        for panel in &self.panels {
            let rest: Vec<&str> =
                panel.rows.iter().skip(panel.drawn).map(|row| row.label.as_str()).collect();
            if !rest.is_empty() {
                let label = pick(language, "Not drawn", "Sin dibujar");
                let more = rest.len().saturating_sub(MOST_NAMED);
                let named = rest.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
                let more = if more > 0 {
                    format!(", {}", and_more(more, language))
                } else {
                    String::new()
                };
                let of = match panel.label.as_str() {
                    "" => String::new(),
                    of => format!(" ({of})"),
                };
                notes.push(format!("{label}{of}: {named}{more}."));
            }
        }
        notes.extend(self.notes.iter().cloned());
        notes
    }

    fn is_empty(&self) -> bool {
        self.panels.iter().all(|panel| panel.rows.is_empty())
    }
}
