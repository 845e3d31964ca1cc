//! The grid of programs, or partners, by fiscal year: what was found for each, and what was not.

use maud::{Markup, html};

use crate::dataset::{Found, OwnYear, OwnYears, PartnerCoverage, ProgramCoverage};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;

/// What was found for a row in a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// Figures of money for that year alone, how many.
    Figures(u32),
    /// Only requests and bills for that year alone, how many.
    Proposals(u32),
    /// A zero that a source states for that year alone.
    Zero,
    /// Only figures of several years touch it.
    InSum,
    /// Nothing was found.
    Nothing,
}

impl Cell {
    fn of(found: Found, own: Option<&OwnYear>) -> Self {
        match (found, own) {
            (Found::NotFound, _) => Self::Nothing,
            (_, None) => Self::InSum,
            (_, Some(own)) if own.figures == own.proposals => Self::Proposals(own.figures),
            (_, Some(own)) if own.figures == own.proposals + own.zeros => Self::Zero,
            (_, Some(own)) => Self::Figures(own.figures),
        }
    }

    fn is_of_the_year(self) -> bool {
        matches!(self, Self::Figures(_) | Self::Proposals(_) | Self::Zero)
    }
}

/// A row with its cells, by fiscal year.
struct Row {
    label: String,
    partner: String,
    program: String,
    figures: u32,
    cells: Vec<(i16, Cell)>,
}

/// A grid: rows by fiscal year.
pub(super) struct Grid {
    caption: String,
    corner: &'static str,
    rows: Vec<Row>,
}

/// A column: one fiscal year, or the years before the first figure of a year alone.
#[derive(Debug, Clone, Copy)]
struct Column {
    from: i16,
    to: i16,
}

impl Grid {
    /// The programs of one partner, those with most figures first.
    pub(super) fn of_partner(site: &Site<'_>, partner: &PartnerCoverage) -> Self {
        let own = site.dataset.own_years(&partner.partner);
        let program = |row: &ProgramCoverage| {
            let label = site.called("assistance-programs", row.program.as_str());
            self::row(capitalized(&label), partner, row, &own)
        };
        let mut rows: Vec<Row> = partner.programs.iter().map(program).collect();
        rows.sort_by(|one, other| {
            other.figures.cmp(&one.figures).then_with(|| one.label.cmp(&other.label))
        });
        let caption = site.say(
            "Program by fiscal year; programs with most figures first",
            "Programa por año fiscal; primero los programas con más cifras",
        );
        Self { caption: caption.to_owned(), corner: site.say("Program", "Programa"), rows }
    }

    /// Several partners of which one program was asked for.
    pub(super) fn of_partners(site: &Site<'_>, partners: &[PartnerCoverage]) -> Self {
        let of = |partner: &PartnerCoverage| {
            let label = site.called("partners", partner.partner.as_str());
            let program = partner.programs.first()?;
            let own = site.dataset.own_years(&partner.partner);
            Some(row(capitalized(&label), partner, program, &own))
        };
        let rows: Vec<Row> = partners.iter().filter_map(of).collect();
        let mut programs: Vec<&str> = rows.iter().map(|row| row.program.as_str()).collect();
        programs.sort_unstable();
        programs.dedup();
        let names: Vec<_> = programs
            .into_iter()
            .map(|program| site.called("assistance-programs", program))
            .collect();
        let by = site.say("partner by fiscal year", "socio por año fiscal");
        Self {
            caption: format!("{}: {by}", names.join(", ")),
            corner: site.say("Partner", "Socio"),
            rows,
        }
    }

    /// Every cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> {
        self.rows.iter().flat_map(|row| row.cells.iter().map(|(_, cell)| *cell))
    }

    /// The columns. Years before the first that has a figure of its own stand together, so that a reader with a narrow
    /// window sees figures first.
    fn columns(&self) -> Vec<Column> {
        let all = || self.rows.iter().flat_map(|row| row.cells.iter());
        let years = || all().map(|(year, _)| *year);
        let (Some(first), Some(last)) = (years().min(), years().max()) else { return Vec::new() };
        let own = all().filter(|(_, cell)| cell.is_of_the_year()).map(|(year, _)| *year).min();
        let begin = own.filter(|own| *own > first + 1).unwrap_or(first);
        let together = (begin > first).then_some(Column { from: first, to: begin - 1 });
        together
            .into_iter()
            .chain((begin..=last).map(|year| Column { from: year, to: year }))
            .collect()
    }

    /// The table, in a region that scrolls.
    pub(super) fn table(&self, site: &Site<'_>) -> Markup {
        let columns = self.columns();
        if columns.is_empty() {
            return html! {
                p.empty { (site.say("No figure of assistance states a year. Not found is not zero.", "Ninguna cifra de asistencia declara un año. No encontrado no es cero.")) }
            };
        }
        html! {
            div.scrolls tabindex="0" role="region" aria-label=(self.caption) {
                table.grid {
                    caption { (self.caption) }
                    thead { tr {
                        th scope="col" { (self.corner) }
                        @for column in &columns {
                            th scope="col" class=[(column.from != column.to).then_some("early")] { (year_head(site, *column)) }
                        }
                    } }
                    tbody { @for row in &self.rows {
                        tr {
                            th scope="row" { a href=(list(site, row, None)) { (row.label) } }
                            @for column in &columns { (cell(site, row, *column)) }
                        }
                    } }
                }
            }
        }
    }
}

fn row(
    label: String,
    partner: &PartnerCoverage,
    program: &ProgramCoverage,
    own: &OwnYears<'_>,
) -> Row {
    let own = own.get(&program.program);
    let cells = program.years.iter().map(|year| {
        let own = own.and_then(|own| own.get(&year.fiscal_year));
        (year.fiscal_year, Cell::of(year.found, own))
    });
    Row {
        label,
        partner: partner.partner.to_string(),
        program: program.program.to_string(),
        figures: program.figures,
        cells: cells.collect(),
    }
}

/// The head of a column; every fifth year is seen, the others are there for who does not see the grid.
fn year_head(site: &Site<'_>, Column { from, to }: Column) -> Markup {
    html! {
        @if from != to {
            (from) "–" (format!("{:02}", to % 100))
        } @else if from % 5 == 0 {
            (from)
        } @else {
            span.vh { (site.say("FY ", "AF ")) (from) }
        }
    }
}

/// The records behind a row, or behind one of its cells.
fn list(site: &Site<'_>, row: &Row, year: Option<i16>) -> String {
    let year = year.map(|year| year.to_string());
    let pairs = [("partner", row.partner.as_str()), ("program", row.program.as_str())];
    let year = year.as_deref().map(|year| ("fiscal_year", year));
    site.page_with("/assistance-funding", pairs.into_iter().chain(year))
}

fn cell(site: &Site<'_>, row: &Row, Column { from, to }: Column) -> Markup {
    let found =
        row.cells.iter().filter(|(year, _)| (from..=to).contains(year)).map(|(_, cell)| *cell);
    // Before the first figure of a year alone there are only these two.
    let found = found.reduce(|one, other| if one == Cell::InSum { one } else { other });
    let address = || list(site, row, Some(from));
    let figures = |count: u32| match count {
        1 => site.say(" figure", " cifra"),
        _ => site.say(" figures", " cifras"),
    };
    match found.unwrap_or(Cell::Nothing) {
        Cell::Figures(count) => {
            html! { td.full { a href=(address()) { (count) span.vh { (figures(count)) } } } }
        }
        Cell::Proposals(count) => html! {
            td.asked { a href=(address()) { (count) span.vh { (figures(count)) ", " (site.say("only proposals", "solo propuestas")) } } }
        },
        Cell::Zero => html! {
            td.zero { a href=(address()) { "0" span.vh { ", " (site.say("stated by a source", "declarado por una fuente")) } } }
        },
        Cell::InSum => html! {
            td.inside { span aria-hidden="true" { "–" } span.vh { (site.say("only inside a longer sum", "solo dentro de una suma más larga")) } }
        },
        Cell::Nothing => html! { td { span.vh { (site.say("not found", "no se encontró")) } } },
    }
}

/// What the cells mean.
pub(super) fn key(site: &Site<'_>) -> Markup {
    let entries = [
        ("full", "3", site.say("figures of that year, how many", "cifras de ese año, cuántas")),
        (
            "asked",
            "2",
            site.say(
                "only proposals: request or bill",
                "solo propuestas: solicitud o proyecto de ley",
            ),
        ),
        ("zero", "0", site.say("zero, stated by a source", "cero, declarado por una fuente")),
        (
            "inside",
            "–",
            site.say(
                "only inside a sum of several years",
                "solo dentro de una suma de varios años",
            ),
        ),
        (
            "",
            "·",
            site.say("not found, which is not zero", "no se encontró, lo que no significa cero"),
        ),
    ];
    html! {
        ul.grid-key aria-label=(site.say("Key", "Convenciones")) {
            @for (class, sign, text) in entries {
                li { span class=(format!("cell {class}")) aria-hidden="true" { (sign) } (text) }
            }
        }
    }
}
