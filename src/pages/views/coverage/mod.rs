//! Coverage: how much is on record of every partner, and of some of them program by program and year by year.

mod grid;
mod partners;
mod view;

use maud::{Markup, html};

use crate::collections::Partner;
use crate::dataset::PartnerCoverage;
use crate::pages::asking::not_covered;
use crate::pages::frame::WebPage;
use crate::pages::paging::paging;
use crate::pages::site::Site;
use crate::pages::snippets::answer_calls;
use crate::pages::wording::grouped;
use grid::{Cell, Grid};
use view::PATH;

pub use view::{CoveragePage, ShownPartners};

/// Of how many partners other kinds of records are told, each in a section of its own.
const MOST_SECTIONS: usize = 4;

/// The page.
pub fn page(site: &Site<'_>, coverage: &CoveragePage<'_>) -> WebPage {
    let ((title, body), of_one) = match &coverage.shown {
        ShownPartners::All(partners) => (of_all(site, coverage, partners), false),
        ShownPartners::Named(partners) => (of_some(site, coverage, partners), partners.len() == 1),
    };
    let mut page = WebPage::new(PATH, title, body)
        .answering("/v1/coverage", &coverage.pairs)
        .at(coverage.paged);
    let about = site.say(
            "For which partner, program and fiscal year figures are on record. What was not found is not zero.",
            "Para qué socio, programa y año fiscal hay cifras registradas. Lo que no se encontró no significa cero.",
        );
    about.clone_into(&mut page.description);
    page.indexed = coverage.paged.is_first()
        && (coverage.pairs.is_empty() || (coverage.pairs.len() == 1 && of_one));
    page
}

fn of_all(site: &Site<'_>, coverage: &CoveragePage<'_>, partners: &[&Partner]) -> (String, Markup) {
    let title =
        site.say("Coverage: what is on record of whom", "Cobertura: qué hay registrado y de quién");
    let body = html! {
        h1 { (title) }
        p.lede {
            (site.say(
                "Depth differs more between partners than the partners do. An empty cell says that nothing was found, ",
                "La profundidad varía más entre socios que los socios mismos. Una celda vacía dice que no se encontró nada, "
            ))
            em.red { (site.say("which is not zero", "lo que no significa cero")) } "."
        }
        ul.row.downloads { li { a href=(site.chart("/v1/coverage", coverage.pairs())) rel="nofollow" { (site.say("This coverage as a chart (SVG)", "Esta cobertura como gráfica (SVG)")) } } }
        (partners::tables(site, partners))
        (paging(site, PATH, coverage.pairs(), coverage.paged))
        (answer_calls(site, "/v1/coverage", &coverage.paged.of_data(&coverage.pairs)))
    };
    (title.to_owned(), body)
}

fn of_some(
    site: &Site<'_>,
    coverage: &CoveragePage<'_>,
    partners: &[PartnerCoverage],
) -> (String, Markup) {
    let named = |partner: &PartnerCoverage| site.called("partners", partner.partner.as_str());
    let grids: Vec<Grid> = match partners {
        [] => Vec::new(),
        [one] => vec![Grid::of_partner(site, one)],
        // Of one program, the partners below each other are easier to compare.
        several if several.iter().all(|partner| partner.programs.len() == 1) => {
            vec![Grid::of_partners(site, several)]
        }
        several => several.iter().map(|partner| Grid::of_partner(site, partner)).collect(),
    };
    let title = match partners {
        [one] => {
            let name = named(one);
            site.say(
                format!("What was found for {name}, and what was not"),
                format!("Qué se encontró de {name} y qué no"),
            )
        }
        _ => site.say("What was found, and what was not", "Qué se encontró y qué no").to_owned(),
    };
    let several = partners.len() > 1 && grids.len() > 1;
    let body = html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page(PATH)) { (site.say("Coverage", "Cobertura")) }
            @if let [one] = partners {
                " / " a href=(site.record("partners", one.partner.as_str())) { (named(one)) }
            }
        }
        h1 { (title) }
        (not_covered(site, &coverage.not_covered))
        @if !grids.is_empty() {
            (summary(site, &grids))
            ul.row.downloads { li { a href=(site.chart("/v1/coverage", coverage.pairs())) rel="nofollow" { (site.say("This coverage as a chart (SVG)", "Esta cobertura como gráfica (SVG)")) } } }
            (grid::key(site))
        }
        @for (grid, partner) in grids.iter().zip(partners) {
            @if several { h2.of-grid { (named(partner)) } }
            (grid.table(site))
        }
        @if partners.is_empty() {
            p.empty { (site.say("No partner with such figures is on record. Not found is not zero.", "No hay registrado ningún socio con cifras así. No encontrado no es cero.")) }
        }
        div.two {
            section {
                h2 { (site.say("How to read it", "Cómo leerla")) }
                p {
                    (site.say(
                        "A full cell holds at least one figure of money for that single fiscal year, whatever its source. The digit counts figures, not dollars: five figures may be five editions of one sum. A figure of several years is never divided among them.",
                        "Una celda llena contiene al menos una cifra de dinero de ese solo año fiscal, de cualquier fuente. El dígito cuenta cifras, no dólares: cinco cifras pueden ser cinco ediciones de una misma suma. Una cifra de varios años nunca se reparte entre ellos."
                    ))
                }
                p { a href=(site.page("/methods/data")) { (site.say("How figures were gathered and read", "Cómo se reunieron y se leen las cifras")) } }
            }
            @for partner in partners.iter().filter(|_| partners.len() <= MOST_SECTIONS) { (others(site, partner, partners.len() > 1)) }
        }
        (paging(site, PATH, coverage.pairs(), coverage.paged))
        (answer_calls(site, "/v1/coverage", &coverage.paged.of_data(&coverage.pairs)))
    };
    (title, body)
}

/// How many cells are of which kind, over all grids of the page.
fn summary(site: &Site<'_>, grids: &[Grid]) -> Markup {
    let count = |wanted: fn(&Cell) -> bool| {
        let cells = grids.iter().flat_map(Grid::cells);
        cells.filter(wanted).count() as u64
    };
    let all = grouped(site, count(|_| true));
    let money = grouped(site, count(|cell| matches!(cell, Cell::Figures(_))));
    let proposals = grouped(site, count(|cell| matches!(cell, Cell::Proposals(_))));
    let zeros = grouped(site, count(|cell| matches!(cell, Cell::Zero)));
    let inside = grouped(site, count(|cell| matches!(cell, Cell::InSum)));
    let nothing = grouped(site, count(|cell| matches!(cell, Cell::Nothing)));
    html! {
        p.lede {
            (site.say(
                format!("Of {all} pairs of row and fiscal year, {money} have a figure of money and {proposals} only a proposal. {zeros} are stated zeros. {inside} lie inside a sum of several years only. For {nothing} nothing was found, "),
                format!("De {all} pares de fila y año fiscal, {money} tienen una cifra de dinero y {proposals} solo una propuesta. {zeros} son ceros declarados. {inside} están únicamente dentro de una suma de varios años. De {nothing} no se encontró nada, ")
            ))
            em.red { (site.say("which does not mean zero", "lo que no significa cero")) } "."
        }
    }
}

/// What other collections hold of a partner, with the years of which they have nothing.
fn others(site: &Site<'_>, partner: &PartnerCoverage, named: bool) -> Markup {
    let code = partner.partner.as_str();
    let kinds = partner
        .collections
        .iter()
        .filter(|one| one.collection != "assistance-funding" && one.count > 0);
    html! {
        section {
            h2 {
                (site.say("Other kinds of records", "Otros tipos de registros"))
                @if named { ": " (site.called("partners", code)) }
            }
            ul {
                @for one in kinds {
                    li {
                        a href=(site.page_with(&format!("/{}", one.collection), [("partner", code)])) { (partners::label(site, &one.collection)) }
                        ": " (grouped(site, one.count.into()))
                        @if let Some(years) = partners::years_of(one) { ", " (years) }
                        @if !one.gaps.is_empty() {
                            "; " (site.say("nothing found for ", "nada encontrado para "))
                            (one.gaps.iter().map(|gap| partners::run(gap.from, gap.to)).collect::<Vec<_>>().join(", "))
                        }
                    }
                }
            }
        }
    }
}
