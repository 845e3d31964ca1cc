//! The programs of a partner, year by year on one axis, each with its newest figure.

use maud::{Markup, html};

use super::axis::Axis;
use super::program_chart::{ProgramChart, key};
use super::source_line::source_line;
use crate::collections::Partner;
use crate::dataset::{NewestAssistance, PartnerCoverage, Profile, ProgramCoverage};
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
    rows.truncate(MOST_ROWS);
    let charts: Vec<ProgramChart> =
        rows.iter().map(|row| ProgramChart::of(site, partner, &row.program)).collect();
    html! {
        section.programs {
            h2 { (title) }
            (key(&charts, axis))
            div.scrolls tabindex="0" role="region" aria-label=(title) {
                table {
                    caption { (site.say("Fiscal years, US dollars. Each row has a height scale of its own: compare shapes, not heights.", "Años fiscales, dólares. Cada fila tiene su propia escala: se comparan formas, no alturas.")) }
                    thead { tr {
                        th scope="col" { (site.say("Program", "Programa")) }
                        th.axis-cell scope="col" { span.vh { (site.say("Years", "Años")) } (axis.drawn()) }
                        th scope="col" { (site.say("Newest figure", "Cifra más reciente")) }
                    } }
                    tbody { @for (row, chart) in rows.iter().zip(charts) { (program(site, partner, row, newest(row), chart.drawn(axis))) } }
                }
            }
            p {
                a href=(site.page_with("/coverage", [("partner", partner.id.as_str())])) {
                    (site.say("All programs, year by year", "Todos los programas, año por año"))
                }
                " (" (coverage.programs.len()) ") · "
                a href=(site.page_with("/assistance-funding/totals", [("partner", partner.id.as_str()), ("group_by", "program")])) {
                    (site.say("The sums of each", "Las sumas de cada uno"))
                }
            }
        }
    }
}

fn program(
    site: &Site<'_>,
    partner: &Partner,
    row: &ProgramCoverage,
    newest: Option<&NewestAssistance>,
    chart: Option<Markup>,
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
            td.axis-cell {
                @if let Some(chart) = chart { (chart) }
                @else { span.muted { (site.say("No figure of a known year.", "Ninguna cifra de un año conocido.")) } }
            }
            td.newest {
                @if let Some(newest) = newest {
                    a href=(site.record("assistance-funding", newest.id.as_str())) { (amount(site, &newest.amount, false)) }
                    span.under {
                        @if let Some(period) = &newest.period { (capitalized(&years_phrase(period, site.language))) ", " }
                        @else if let Some(date) = newest.as_of { (date_phrase(date, site.language)) ", " }
                        (stage_mark(newest.stage.word())) (site.of(newest.stage.entry().label)) ", " (short_bounds(site, &newest.amount))
                    }
                    span.under { (source_line(site, &newest.citations)) }
                }
            }
        }
    }
}
