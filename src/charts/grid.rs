//! What was found for which year: a row each, a cell a year.

use super::draw::pen::{Anchor, Pen};
use super::draw::scale::labelled_years;
use super::draw::text_width::Setting;
use super::key::KeyMark;
use super::phrases::{joined, nothing, pick, runs};
use super::picture::{Margins, Picture};
use super::rows::RowLayout;
use crate::words::Language;

/// The most rows that are drawn.
const MOST: usize = 60;

/// What was found for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// Figures of that year alone.
    Figures,
    /// Figures of that year alone, all of them requests or bills.
    Proposed,
    /// Figures of that year alone that state a zero.
    Zero,
    /// Only figures of several years.
    InSum,
}

/// One cell: a year for which something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The fiscal year.
    pub year: i16,
    /// What was found.
    pub state: CellState,
    /// How many figures of that year.
    pub figures: u32,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// What it is called.
    pub label: String,
    /// The years for which something was found, in order.
    pub cells: Vec<Cell>,
}

/// What was found for which year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// In which language it speaks.
    pub language: Language,
    /// The first fiscal year.
    pub from: i16,
    /// The last fiscal year.
    pub to: i16,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// Further sentences for below the chart.
    pub notes: Vec<String>,
}

impl CellState {
    const ALL: [Self; 4] = [Self::InSum, Self::Figures, Self::Proposed, Self::Zero];

    const fn key(self) -> KeyMark {
        match self {
            Self::Figures => KeyMark::CellFigures,
            Self::Proposed => KeyMark::CellProposed,
            Self::Zero => KeyMark::CellZero,
            Self::InSum => KeyMark::CellInSum,
        }
    }
}

/// Writes how many figures a cell has, as large as there is room.
fn count(pen: &mut Pen, cell: Cell, (x, middle): (f64, f64), room: f64) {
    let zero = cell.state == CellState::Zero;
    let text = if zero { "0".to_owned() } else { cell.figures.to_string() };
    let small = Setting::plain(11.5).width(&text) > room;
    if small && Setting::plain(8.5).width(&text) > room {
        return;
    }
    let class = match (cell.state == CellState::Figures, small) {
        (true, false) => "in on",
        (true, true) => "in on tiny",
        (false, false) => "in",
        (false, true) => "in tiny",
    };
    let raised = match (zero, small) {
        (true, _) => 2.5,
        (false, false) => 4.0,
        (false, true) => 3.0,
    };
    pen.text(class, (x, middle + raised), 0.0, Anchor::Start, &text);
}

impl Grid {
    fn shown(&self) -> &[GridRow] {
        &self.rows[..self.rows.len().min(MOST)]
    }

    fn cells(&self, row: &GridRow, state: CellState) -> Vec<Cell> {
        let years = self.from..=self.to;
        row.cells
            .iter()
            .filter(|cell| cell.state == state && years.contains(&cell.year))
            .copied()
            .collect()
    }
}

impl Picture for Grid {
    fn language(&self) -> Language {
        self.language
    }

    fn margins(&self, _: f64) -> Margins {
        Margins { left: 0.0, right: 0.0 }
    }

    fn draw(&self, pen: &mut Pen) -> f64 {
        let labels = self.shown().iter().map(|row| row.label.as_str());
        let layout = RowLayout::of(pen, labels, std::iter::empty(), (16.0, 1.0), 0.36);
        let all = f64::from(self.to) - f64::from(self.from) + 1.0;
        let x = |year: i16| layout.place((f64::from(year) - f64::from(self.from)) / all);
        let wide = x(self.from.saturating_add(1)) - x(self.from);
        let pixels = wide * pen.pixels * all;
        for year in labelled_years(self.from, self.to, pixels, 40.0) {
            let (text, at) = (year.to_string(), x(year) + wide / 2.0);
            let width = Setting::plain(11.5).width(&text);
            let anchor = Anchor::inside(at, width, pen.pixels);
            let at = if anchor == Anchor::End { 1.0 } else { at };
            pen.text("faint small num", (at, 12.0), 0.0, anchor, &text);
        }
        let counts = wide * pen.pixels >= 11.0;
        let mut y = 20.0;
        for row in self.shown() {
            let placed = layout.row(pen, y, &row.label, "");
            let top = placed.middle - 7.5;
            pen.line("hair", (x(self.from), placed.middle), (x(self.to) + wide, placed.middle));
            for state in CellState::ALL {
                let cells = self.cells(row, state);
                if cells.is_empty() {
                    continue;
                }
                let years = runs(cells.iter().map(|cell| cell.year));
                pen.open(&format!(
                    "{}, {}: {years}",
                    row.label,
                    state.key().meaning(self.language)
                ));
                let inset = wide * 0.05;
                for cell in cells.iter().filter(|_| state != CellState::InSum) {
                    let at = (x(cell.year) + inset, wide - 2.0 * inset);
                    match state {
                        CellState::Figures => pen.rect("given", at, (top, 15.0)),
                        CellState::Proposed => pen.rect("asked", at, (top + 0.5, 14.0)),
                        CellState::InSum => {}
                        CellState::Zero => {
                            pen.line("zero", (at.0, top + 13.0), (at.0 + at.1, top + 13.0));
                        }
                    }
                }
                if state == CellState::InSum {
                    for (from, to) in joined(cells.iter().map(|cell| cell.year)) {
                        let at = (x(from) + inset, x(to) - x(from) + wide - 2.0 * inset);
                        pen.rect("cell", at, (top, 15.0));
                    }
                } else if counts {
                    for cell in cells.iter().copied() {
                        count(
                            pen,
                            cell,
                            (x(cell.year) + wide / 2.0, placed.middle),
                            wide * pen.pixels,
                        );
                    }
                }
                pen.close();
            }
            y = placed.end;
        }
        y + 4.0
    }

    fn keys(&self) -> Vec<KeyMark> {
        let has =
            |state: CellState| self.shown().iter().any(|row| !self.cells(row, state).is_empty());
        let states = [CellState::Figures, CellState::Proposed, CellState::Zero, CellState::InSum];
        let found = states.into_iter().filter(|state| has(*state)).map(CellState::key);
        found.chain([KeyMark::CellNone]).collect()
    }

    fn finding(&self) -> String {
        if self.is_empty() {
            return nothing(self.language).to_owned();
        }
        let count = |state: CellState| -> usize {
            self.rows.iter().map(|row| self.cells(row, state).len()).sum()
        };
        let all = self.rows.len() * usize::from(self.to.abs_diff(self.from) + 1);
        let [in_sums, figures, proposed, zero] = CellState::ALL.map(count);
        let none = all.saturating_sub(in_sums + figures + proposed + zero);
        match self.language {
            Language::En => format!(
                "Of {all} pairs of row and fiscal year, {figures} have a figure of money, {proposed} only a proposal, {zero} a \
                 stated zero; {in_sums} lie inside a sum of several years. For {none} nothing was found, which does not \
                 mean zero."
            ),
            Language::Es => format!(
                "De {all} pares de fila y año fiscal, {figures} tienen una cifra de dinero, {proposed} solo una propuesta, \
                 {zero} un cero declarado; {in_sums} están dentro de una suma de varios años. Para {none} no se halló nada, \
                 lo que no significa cero."
            ),
        }
    }

    fn notes(&self) -> Vec<String> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut notes = vec![
            pick(
                self.language,
                "A number counts figures, not dollars: five may be five editions of one sum.",
                "Un número cuenta cifras, no dólares: cinco pueden ser cinco ediciones de una misma suma.",
            )
            .to_owned(),
        ];
        let rest: Vec<&str> = self.rows.iter().skip(MOST).map(|row| row.label.as_str()).collect();
        if !rest.is_empty() {
            let label = pick(self.language, "Not drawn", "Sin dibujar");
            notes.push(format!("{label}: {}.", rest.join(", ")));
        }
        notes.extend(self.notes.iter().cloned());
        notes
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
