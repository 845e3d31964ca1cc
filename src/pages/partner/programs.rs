//! The programs of a partner, year by year on one axis: a year with a figure of its own, one inside a longer period, one
//! of which nothing was found.

use maud::{Markup, html};

use super::axis::Axis;
use super::source_line::source_line;
use crate::collections::Partner;
use crate::dataset::{Found, NewestAssistance, PartnerCoverage, Profile, ProgramCoverage};
use crate::model::Vocabulary;
use crate::pages::figure::{amount, short_bounds, stage_mark};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::words::{date_phrase, years_phrase};

/// How many programs have a row; the page of the coverage has all.
const MOST_ROWS: usize = 12;

/// The rows; nothing where there is no figure of assistance.
pub(super) fn section(
    site: &Site<'_>,
    partner: &Partner,
    coverage: &PartnerCoverage,
    profile: &Profile,
    axis: Axis,
) -> Markup {
    let mut rows: Vec<&ProgramCoverage> = coverage.programs.iter().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.figures), row.program.clone()));
    if rows.is_empty() {
        return html! {};
    }
    let title = site.say(
        "Program by program, on one time axis",
        "Programa por programa, en un mismo eje de tiempo",
    );
    let newest = |row: &ProgramCoverage| {
        profile.newest_assistance.iter().find(|newest| newest.program == row.program)
    };
    html! {
        section.programs {
            h2 { (title) }
            (key(site))
            div.scrolls tabindex="0" role="region" aria-label=(title) {
                table {
                    caption { (site.say("Fiscal years. The number of figures says nothing about amounts.", "Años fiscales. El número de cifras no dice nada de los montos.")) }
                    thead { tr {
                        th scope="col" { (site.say("Program", "Programa")) }
                        th.axis-cell scope="col" { span.vh { (site.say("Years", "Años")) } (axis.drawn()) }
                        th scope="col" { (site.say("Newest figure", "Cifra más reciente")) }
                    } }
                    tbody { @for row in rows.iter().take(MOST_ROWS) { (program(site, partner, row, newest(row), axis)) } }
                }
            }
            p {
                a href=(site.page_with("/coverage", [("partner", partner.id.as_str())])) {
                    (site.say("All programs, year by year", "Todos los programas, año por año"))
                }
                " (" (rows.len()) ") · "
                a href=(site.page_with("/assistance-funding/totals", [("partner", partner.id.as_str()), ("group_by", "program")])) {
                    (site.say("The sums of each", "Las sumas de cada uno"))
                }
            }
        }
    }
}

fn key(site: &Site<'_>) -> Markup {
    html! {
        ul.row.strip-key {
            li { span.swatch.own {} (site.say("a figure of the year", "una cifra del año")) }
            li { span.swatch.inside {} (site.say("only inside a longer period", "solo dentro de un período más largo")) }
            li { span.swatch.not-found {} (site.say("not found, which is not zero", "no encontrado, lo que no significa cero")) }
        }
    }
}

fn program(
    site: &Site<'_>,
    partner: &Partner,
    row: &ProgramCoverage,
    newest: Option<&NewestAssistance>,
    axis: Axis,
) -> Markup {
    let id = row.program.as_str();
    let list =
        site.page_with("/assistance-funding", [("partner", partner.id.as_str()), ("program", id)]);
    html! {
        tr {
            th scope="row" {
                a href=(site.record("assistance-programs", id)) { (site.called("assistance-programs", id)) }
                span.under { (id) ", " a href=(list) { (row.figures) " " (if row.figures == 1 { site.say("figure", "cifra") } else { site.say("figures", "cifras") }) } }
            }
            td.axis-cell { (strip(site, row, axis)) }
            td.newest {
                @if let Some(newest) = newest {
                    a href=(site.record("assistance-funding", newest.id.as_str())) { (amount(site, &newest.amount, false)) }
                    span.under {
                        @if let Some(period) = &newest.period { (capitalized(&site.of(years_phrase(period)))) ", " }
                        @else if let Some(date) = newest.as_of { (site.of(date_phrase(date))) ", " }
                        (stage_mark(newest.stage.word())) (site.of(newest.stage.entry().label)) ", " (short_bounds(site, &newest.amount))
                    }
                    span.under { (source_line(site, &newest.citations)) }
                }
            }
        }
    }
}

/// Runs of years of which the same was found.
fn runs(row: &ProgramCoverage) -> Vec<(Found, i16, i16)> {
    let mut runs: Vec<(Found, i16, i16)> = Vec::new();
    for year in &row.years {
        match runs.last_mut() {
            Some((found, _, to)) if *found == year.found => *to = year.fiscal_year,
            _ => runs.push((year.found, year.fiscal_year, year.fiscal_year)),
        }
    }
    runs
}

fn strip(site: &Site<'_>, row: &ProgramCoverage, axis: Axis) -> Markup {
    let runs = runs(row);
    let of = |wanted: Found| {
        let of = runs.iter().filter(|(found, ..)| *found == wanted);
        let said = of.map(
            |(_, from, to)| {
                if from == to { from.to_string() } else { format!("{from}–{to}") }
            },
        );
        said.collect::<Vec<_>>().join(", ")
    };
    let parts = [
        (site.say("of their own", "con cifra propia"), of(Found::Present)),
        (
            site.say("inside longer periods", "dentro de períodos más largos"),
            of(Found::InsideLongerPeriod),
        ),
        (site.say("not found", "no encontrados"), of(Found::NotFound)),
    ];
    let said = parts.into_iter().filter(|(_, years)| !years.is_empty());
    let said: Vec<_> = said.map(|(what, years)| format!("{what}: {years}")).collect();
    html! {
        svg.found role="img" aria-label=(said.join("; ")) height="22" width="100%" {
            @for (found, from, to) in &runs {
                @let (x, width) = (axis.at(*from), axis.width(to - from + 1));
                @match found {
                    Found::Present => rect.ink x=(x) y="2" width=(width) height="16" {},
                    Found::InsideLongerPeriod => rect.inside x=(x) y="7" width=(width) height="11" {},
                    Found::NotFound => rect.nothing x=(x) y="2" width=(width) height="16" {},
                }
            }
            line.axis x1="0" x2="100%" y1="18.5" y2="18.5" {}
        }
    }
}
