//! A program: what contains it and what it contains, the partners that have figures under it, the years they cover.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::own::Own;
use super::sources::margin;
use crate::collections::{AssistanceFunding, AssistanceProgram, Training};
use crate::model::{Collection, RecordId, Years};
use crate::pages::site::Site;
use crate::pages::wording::grouped;

/// How deep a tree is drawn: no chain of programs is longer.
const DEEPEST: usize = 8;

/// The most partners that stand on the page.
const MOST_PARTNERS: usize = 60;

/// What is on record of one partner under a program.
#[derive(Default)]
struct OfPartner {
    figures: u32,
    joint: u32,
    years: Option<(i16, Option<i16>)>,
}

/// The parts of a program's page.
pub fn own(site: &Site<'_>, program: &AssistanceProgram) -> Own {
    let further = html! {
        (tree(site, program))
        (partners(site, program))
        (training(site, program))
    };
    Own { opening: Some(opening(site, program)), further: Some(further), names_related: true }
}

/// Its name and what it is for, with its sources beside them.
fn opening(site: &Site<'_>, program: &AssistanceProgram) -> Markup {
    html! {
        div.hero {
            div {
                h1 { (site.heading(&program.statement())) }
                @if let Some(purpose) = &program.purpose { p.lede lang=[site.lang_of_texts()] { (purpose.to_string()) } }
                @if let Some(agency) = &program.agency {
                    p { (site.say("Agency: ", "Entidad: ")) span lang=[site.lang_of_texts()] { (agency.to_string()) } }
                }
            }
            (margin(site, program))
        }
    }
}

fn children<'s>(site: &Site<'s>, id: &str) -> Vec<&'s AssistanceProgram> {
    let all = site.dataset.assistance_programs.records().iter();
    all.filter(|program| program.part_of.iter().any(|outer| outer.as_str() == id)).collect()
}

fn link(site: &Site<'_>, id: &str) -> Markup {
    html! {
        a href=(site.record(AssistanceProgram::NAME, id)) { (site.called(AssistanceProgram::NAME, id)) }
        " " code { (id) }
    }
}

fn tree(site: &Site<'_>, program: &AssistanceProgram) -> Markup {
    let id = program.id.as_str();
    let inner = children(site, id);
    html! {
        section.tree {
            h2 { (site.say("Where it stands among programs", "Su lugar entre los programas")) }
            div.two-columns {
                div {
                    h3 { (site.say("What contains it", "Lo que lo contiene")) }
                    @if program.part_of.is_empty() { p.muted { (site.say("No other program contains it.", "Ningún otro programa lo contiene.")) } }
                    @else { (outer(site, &program.part_of, DEEPEST)) }
                }
                div {
                    h3 { (site.say("What it contains", "Lo que contiene")) }
                    @if inner.is_empty() { p.muted { (site.say("It contains no other program.", "No contiene ningún otro programa.")) } }
                    @else { (inside(site, &inner, DEEPEST)) }
                }
            }
            p {
                (site.say("Figures of a program and of one around it overlap and are never added. ", "Las cifras de un programa y de otro que lo contiene se traslapan y nunca se suman. "))
                a href=(site.page_with("/assistance-funding/totals", [("program", id)])) { (site.say("Add up its own figures", "Sumar sus propias cifras")) }
                @if !inner.is_empty() {
                    " · "
                    a href=(site.page_with("/assistance-funding/totals", [("program_within", id)])) { (site.say("with all that is inside it", "con todo lo que contiene")) }
                }
            }
        }
    }
}

fn outer(site: &Site<'_>, ids: &[RecordId], depth: usize) -> Markup {
    html! {
        ul {
            @for id in ids {
                @let around = site.dataset.assistance_programs.get(id.as_str()).map(|outer| &*outer.part_of).unwrap_or_default();
                li {
                    (link(site, id.as_str()))
                    @if !around.is_empty() && depth > 0 { (outer(site, around, depth - 1)) }
                }
            }
        }
    }
}

fn inside(site: &Site<'_>, programs: &[&AssistanceProgram], depth: usize) -> Markup {
    html! {
        ul {
            @for program in programs {
                @let inner = children(site, program.id.as_str());
                li {
                    (link(site, program.id.as_str()))
                    @if !inner.is_empty() && depth > 0 { (inside(site, &inner, depth - 1)) }
                }
            }
        }
    }
}

fn partners(site: &Site<'_>, program: &AssistanceProgram) -> Markup {
    let id = program.id.as_str();
    let mut of: BTreeMap<&str, OfPartner> = BTreeMap::new();
    let mut all = OfPartner::default();
    let figures = site.dataset.assistance_funding.records().iter();
    for figure in figures.filter(|figure| figure.program.as_str() == id) {
        let years = figure.fiscal_years();
        add(&mut all, years, figure.partner.len() > 1);
        for partner in &figure.partner {
            add(of.entry(partner.as_str()).or_default(), years, figure.partner.len() > 1);
        }
    }
    let mut rows: Vec<_> = of.into_iter().collect();
    rows.sort_by_key(|(code, of)| (std::cmp::Reverse(of.figures), *code));
    let title = site.say("Partners with figures under it", "Socios con cifras en este programa");
    html! {
        section {
            h2 { (title) " " span.muted { (rows.len()) } }
            @if rows.is_empty() {
                p { (site.say("No figure of assistance is on record under it. Not found is not zero.", "No hay registrada ninguna cifra de asistencia en él. No encontrada no quiere decir cero.")) }
            } @else {
                p {
                    a href=(site.page_with("/assistance-funding", [("program", id)])) {
                        (all.figures) " " (site.say(if all.figures == 1 { "figure" } else { "figures" }, if all.figures == 1 { "cifra" } else { "cifras" }))
                    }
                    @if let Some(years) = years_said(site, all.years) { ", " (years) }
                    ". " (site.say("Years between the first and the last may be missing.", "Entre el primer año y el último puede faltar alguno."))
                }
                div.scrolls tabindex="0" role="region" aria-label=(title) {
                    table {
                        caption { (site.say("A joint figure covers several partners; no source splits it.", "Una cifra conjunta abarca varios socios; ninguna fuente la divide.")) }
                        thead { tr {
                            th scope="col" { (site.say("Partner", "Socio")) }
                            th.number scope="col" { (site.say("Figures", "Cifras")) }
                            th.number scope="col" { (site.say("Joint", "Conjuntas")) }
                            th scope="col" { (site.say("Years touched", "Años que abarcan")) }
                            th scope="col" { (site.say("Sum", "Suma")) }
                        } }
                        tbody {
                            @for (code, of) in rows.iter().take(MOST_PARTNERS) {
                                tr {
                                    th scope="row" { a href=(site.record("partners", code)) { (site.called("partners", code)) } }
                                    td.number { a href=(site.page_with("/assistance-funding", [("partner", *code), ("program", id)])) { (of.figures) } }
                                    td.number { @if of.joint > 0 { (of.joint) } @else { span.muted { "–" } } }
                                    td { (years_said(site, of.years).unwrap_or_else(|| site.say("none stated", "no constan").to_owned())) }
                                    td { a href=(site.page_with("/assistance-funding/totals", [("partner", *code), ("program", id)])) { (site.say("add up", "sumar")) } }
                                }
                            }
                        }
                    }
                }
                @if rows.len() > MOST_PARTNERS {
                    p {
                        (MOST_PARTNERS) (site.say(" of ", " de ")) (rows.len()) ". "
                        a href=(site.page_with("/assistance-funding/totals", [("program", id), ("group_by", "partner")])) { (site.say("The sums of all partners", "Las sumas de todos los socios")) }
                    }
                }
            }
        }
    }
}

fn add(of: &mut OfPartner, years: Option<Years>, joint: bool) {
    of.figures += 1;
    of.joint += u32::from(joint);
    if let Some(Years { from, to }) = years {
        of.years = Some(match of.years {
            None => (from, to),
            // Of two, one without an end runs on.
            Some((first, last)) => {
                (first.min(from), last.zip(to).map(|(one, other)| one.max(other)))
            }
        });
    }
}

fn years_said(site: &Site<'_>, years: Option<(i16, Option<i16>)>) -> Option<String> {
    Some(match years? {
        (from, Some(to)) if from == to => {
            site.say(format!("FY {from}"), format!("año fiscal {from}"))
        }
        (from, Some(to)) => {
            site.say(format!("FY {from}–{to}"), format!("años fiscales {from}–{to}"))
        }
        (from, None) => site.say(
            format!("since FY {from}, no end stated"),
            format!("desde el año fiscal {from}, sin fin declarado"),
        ),
    })
}

/// The yearly series of training under it, which is no money given.
fn training(site: &Site<'_>, program: &AssistanceProgram) -> Markup {
    let id = program.id.as_str();
    let naming = site.dataset.naming(AssistanceProgram::NAME, id);
    let others = naming.iter().filter(|naming| naming.collection != AssistanceFunding::NAME);
    let training = others.clone().find(|naming| naming.collection == Training::NAME);
    html! {
        @if let Some(training) = training {
            section {
                h2 { (site.say("Training under it", "Capacitación con este programa")) " " span.muted { (grouped(site, training.count)) } }
                p {
                    (site.say("Totals of the annual report on training: entries in courses and their value, never added to the figures above. ", "Totales del informe anual de capacitación: inscripciones en cursos y su valor, que nunca se suman a las cifras de arriba. "))
                    a href=(site.page_with("/training", [("program", id)])) { (site.say("All of them", "Todos")) } " · "
                    a href=(site.page_with("/training/totals", [("program", id)])) { (site.say("add them up", "sumarlos")) }
                }
            }
        }
    }
}
