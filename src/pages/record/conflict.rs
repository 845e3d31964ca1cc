//! Where sources disagree: the claims side by side, how they were weighed, and the records that carry them.

use maud::{Markup, html};

use super::own::Own;
use super::sources::cited;
use crate::collections::Conflict;
use crate::model::{Citation, Claim, Collection, Vocabulary};
use crate::pages::figure::{amount, short_bounds, when};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::words::usd_phrase;

/// The parts of a conflict's page.
pub fn own(site: &Site<'_>, conflict: &Conflict) -> Own {
    Own {
        opening: Some(opening(site, conflict)),
        further: Some(records(site, conflict)),
        names_related: true,
    }
}

fn opening(site: &Site<'_>, conflict: &Conflict) -> Markup {
    let kind = site.of(conflict.kind.entry().label);
    let state = conflict.state.map(|state| site.of(state.entry().label));
    let id = conflict.id.as_str();
    let (topic, lang) = site.title_of(Conflict::NAME, id, conflict.topic.as_str());
    let (assessment, weighed_in) =
        site.summary_of(Conflict::NAME, id, conflict.assessment.as_str());
    html! {
        h1 lang=[lang] { (topic) }
        p.lede {
            (capitalized(kind))
            @if let Some(state) = state { (site.say(", ", ", discrepancia ")) (state) }
            ". "
            @if let Some(spread) = conflict.spread_usd {
                (site.say("Figures of the same money lie up to ", "Las cifras del mismo dinero difieren hasta en "))
                b { (usd_phrase(spread, site.language)) } (site.say(" apart.", "."))
            }
        }
        h2.vh { (site.say("What the sources say", "Qué dicen las fuentes")) }
        div.claims {
            @for (letter, claim) in ('A'..='Z').zip(&conflict.claims) { (one(site, letter, claim)) }
        }
        div.weighing {
            h2 { (site.say("How it was weighed", "Cómo se valoró")) }
            p lang=[weighed_in] { (assessment) }
            p.muted { (site.say("A weighing is ours. It changes no record: all claims stay.", "La valoración es nuestra. No cambia ningún registro: todas las afirmaciones quedan.")) }
        }
    }
}

fn one(site: &Site<'_>, letter: char, claim: &Claim) -> Markup {
    let citation = Citation { source: claim.source.clone(), locator: claim.locator.clone() };
    html! {
        article.claim {
            h3.letter { span.vh { (site.say("Claim ", "Afirmación ")) } (letter) }
            p.said lang=[site.lang_of_texts()] { (claim.statement.to_string()) }
            (cited(site, &citation))
        }
    }
}

/// The records that carry the claims, as they stand.
fn records(site: &Site<'_>, conflict: &Conflict) -> Markup {
    let title = site.say("Records concerned", "Registros implicados");
    let tables = site.dataset.tables();
    let rows = conflict.records.iter().filter_map(|named| {
        let table = tables.iter().find(|table| table.name() == named.collection.as_str())?;
        let row = table.row(named.id.as_str())?;
        Some((*table, table.statement(row), named))
    });
    let rows: Vec<_> = rows.collect();
    let has_amounts = rows.iter().any(|(_, statement, _)| statement.amount().is_some());
    html! {
        section {
            h2 { (title) }
            @if conflict.records.is_empty() {
                p { (site.say("No record carries a claim: they stand here alone.", "Ningún registro recoge una afirmación: solo constan aquí.")) }
            } @else {
                div.scrolls tabindex="0" role="region" aria-label=(title) {
                    table.list {
                        caption { (site.say("They carry the mark Disputed wherever they are shown.", "Llevan la marca «En disputa» dondequiera que se muestran.")) }
                        thead { tr {
                            th scope="col" { (site.say("Record", "Registro")) }
                            th scope="col" { (site.say("Collection", "Colección")) }
                            th scope="col" { (site.say("When", "Cuándo")) }
                            @if has_amounts {
                                th.number scope="col" { (site.say("Amount", "Monto")) }
                                th scope="col" { (site.say("Bounds", "Límites")) }
                            }
                        } }
                        tbody {
                            @for (table, statement, named) in &rows {
                                tr {
                                    th scope="row" { a href=(site.record(table.name(), named.id.as_str())) { (site.heading(statement)) } }
                                    td { (capitalized(site.of(table.label()))) }
                                    td.when { (when(site, statement).unwrap_or_default()) }
                                    @if let Some(stated) = statement.amount() {
                                        td.number { (amount(site, stated, false)) }
                                        td.bounds { (short_bounds(site, stated)) }
                                    } @else if has_amounts { td {} td {} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
