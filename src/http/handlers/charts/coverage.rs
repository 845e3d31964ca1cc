//! `/v1/coverage.svg`: for which program and year something was found.

use axum::response::Response;
use std::collections::BTreeMap;

use super::timeline::titled;
use super::{DrawnChart, address, country_name, file_name, of_view};
use crate::charts::{Cell, CellState, Chart, Grid, GridRow};
use crate::dataset::{Dataset, Found, OwnYear, OwnYears, PartnerCoverage};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::handlers::coverage::AskedOf;
use crate::http::handlers::view::PageRequest;
use crate::http::request::chart_params::ChartParams;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::Conditions;
use crate::http::response::problem::Problem;
use crate::model::{Bilingual, RecordId};
use crate::words::{Language, country};

/// The path of the chart.
pub(crate) const PATH: &str = "/v1/coverage.svg";

/// `GET /v1/coverage.svg`
pub(crate) async fn chart(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    of_view(app, params, conditions, PATH, AskedOf::read, draw).await
}

fn draw(
    dataset: &Dataset,
    asked: &AskedOf,
    page: &PageRequest,
    params: &ChartParams,
    links: &Links,
) -> DrawnChart {
    let language = params.language;
    let partners = dataset.partners.records().iter();
    let partners: Vec<_> = partners.filter(|partner| asked.wants(dataset, &partner.id)).collect();
    let found: Vec<PartnerCoverage> =
        page.page(partners).map(|partner| dataset.coverage(partner, &asked.programs)).collect();
    let alone = found.len() == 1;
    let mut rows: Vec<(usize, GridRow)> = Vec::new();
    for partner in &found {
        let own = dataset.own_years(&partner.partner);
        let cells = |program: Option<&RecordId>| cells(partner, &own, program);
        if alone {
            for program in &partner.programs {
                let code = program.program.as_str();
                let name = dataset.name_of("assistance-programs", code);
                let label =
                    name.map_or_else(|| code.to_owned(), |name| language.of(name).to_owned());
                rows.push((
                    program.figures as usize,
                    GridRow { label, cells: cells(Some(&program.program)) },
                ));
            }
        } else {
            let code = partner.partner.as_str();
            let label = country(code).map_or(code, |country| language.of(country.name)).to_owned();
            let figures = partner.programs.iter().map(|program| program.figures as usize).sum();
            rows.push((figures, GridRow { label, cells: cells(None) }));
        }
    }
    // Those with most figures first.
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.label.cmp(&other.1.label)));
    let rows: Vec<GridRow> =
        rows.into_iter().map(|(_, row)| row).filter(|row| !row.cells.is_empty()).collect();
    let years = || rows.iter().flat_map(|row| &row.cells).map(|cell| cell.year);
    let (from, to) = (years().min().unwrap_or(2000), years().max().unwrap_or(2000));
    let codes: Vec<&str> = found
        .iter()
        .map(|one| one.partner.as_str())
        .take(if found.len() > 4 { 0 } else { 4 })
        .collect();
    let name = language
        .of(Bilingual::new("What was found, by fiscal year", "Qué se halló, por año fiscal"));
    let notes = if alone { Vec::new() } else { vec![several(language)] };
    DrawnChart {
        chart: Chart::Grid(Grid { language, from, to, rows, notes }),
        title: titled(name, &codes, language),
        answer: None,
        publishers: Vec::new(),
        address: address(links, PATH, page.links().iter(), params),
        cite_as: links.cited("/v1/coverage", page.links().iter(), dataset.release.version.as_str()),
        name: file_name("coverage", &page.links().iter(), country_name),
    }
}

fn several(language: Language) -> String {
    let words = Bilingual::new(
        "A row a partner: the figures of all its programs. Name one partner to see its programs.",
        "Una fila por socio: las cifras de todos sus programas. Nombre un solo socio para ver sus programas.",
    );
    language.of(words).to_owned()
}

/// The years of a partner for which something was found, of one program or of all.
fn cells(partner: &PartnerCoverage, own: &OwnYears<'_>, program: Option<&RecordId>) -> Vec<Cell> {
    let mut years: BTreeMap<i16, Option<OwnYear>> = BTreeMap::new();
    let programs =
        partner.programs.iter().filter(|row| program.is_none_or(|code| *code == row.program));
    for row in programs {
        let own = own.get(&row.program);
        for year in row.years.iter().filter(|year| year.found != Found::NotFound) {
            let sum = years.entry(year.fiscal_year).or_default();
            let Some(one) = own.and_then(|own| own.get(&year.fiscal_year)) else { continue };
            let before = sum.unwrap_or_default();
            *sum = Some(OwnYear {
                figures: before.figures + one.figures,
                proposals: before.proposals + one.proposals,
                zeros: before.zeros + one.zeros,
            });
        }
    }
    let cell = |(year, own): (i16, Option<OwnYear>)| {
        let (state, figures) = match own {
            None => (CellState::InSum, 0),
            Some(own) if own.figures == own.proposals => (CellState::Proposed, own.figures),
            Some(own) if own.figures == own.proposals + own.zeros => (CellState::Zero, own.figures),
            Some(own) => (CellState::Figures, own.figures),
        };
        Cell { year, state, figures }
    };
    years.into_iter().map(cell).collect()
}
