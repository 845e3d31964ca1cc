//! A sum: what it comes to as a sentence, whether that is all, the figures in it, and those left out with the reason.

mod embedding;
mod figures;
mod form;
mod groups;
mod margin;
mod sum;
mod words;

use maud::{Markup, html};

pub use embedding::{Drawn, embedded};
pub use groups::MOST_GROUPS;
pub use sum::{Asked, Number, ShownTotals, Sum};

use self::embedding::chart;
use self::words::{Said, said};
use super::frame::WebPage;
use super::list::chips;
use super::record::{Citing, cite_section};
use super::site::Site;
use super::snippets::{Answer, Calls, calls};
use super::wording::{capitalized, inline_code};
use crate::model::Vocabulary;
use crate::query::AnyTable;

/// Parameters that say how figures are added, not which.
const SWITCHES: [&str; 3] = ["group_by", "prefer", "spread"];

/// The most notes that stand on the page; the data has all.
const MOST_NOTES: usize = 6;

/// A sum of more letters is set smaller.
const LONG: usize = 18;

/// The page of a sum.
pub fn page(
    site: &Site<'_>,
    asked: &Asked<'_>,
    totals: &ShownTotals<'_>,
    citing: &Citing,
    drawn: Option<&Drawn>,
) -> WebPage {
    let table = asked.table;
    let path = format!("/{}/totals", table.name());
    let data = format!("{}/totals", table.path());
    let total = &totals.total;
    let said = said(site, asked, total);
    let csv = site.data(&data, asked.pairs().chain([("format", "csv")]));
    let ledger = site.data(&data, asked.pairs().chain([("format", "csv"), ("rows", "figures")]));
    let list = format!("/{}", table.name());
    let filters = asked.filters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let listed = filters.clone().filter(|(name, _)| *name != "prefer");
    let sentence = said.whole(site);
    let body = html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page(&list)) { (capitalized(site.of(table.label()))) }
            " / " span { (site.say("sum", "suma")) }
        }
        div.hero {
            div {
                (hero(site, table, &said, total))
                (chips(site, table, &path, &asked.pairs(), |name| !SWITCHES.contains(&name)))
                @if !total.notes.is_empty() {
                    div.before {
                        h2 { (site.say("Read before quoting", "Antes de citar")) }
                        ul lang=[site.lang_of_texts()] { @for note in total.notes.iter().take(MOST_NOTES) { li { (inline_code(note)) } } }
                    }
                }
                ul.row.downloads aria-label=(site.say("This sum elsewhere", "Esta suma en otros formatos")) {
                    li { a href=(csv) rel="nofollow" { (site.say("Numbers as CSV", "Números en CSV")) } }
                    li { a href=(ledger) rel="nofollow" { (site.say("Every figure as CSV", "Cada cifra en CSV")) } }
                    li { a href="#cite" { (site.say("Cite this sum", "Citar esta suma")) } }
                    li { a href=(site.page_with(&list, listed)) { (site.say("The figures as a list", "Las cifras en una lista")) } }
                    li { a href=(site.page("/methods/totals")) { (site.say("How figures are summed", "Cómo se suman las cifras")) } }
                }
            }
            (margin::margin(site, table, totals))
        }
        @if let Some(drawn) = drawn { (chart(site, drawn, &sentence)) }
        (groups::table(site, asked, totals, &csv))
        section {
            h2 { (site.say("Ask it another way", "Preguntarlo de otro modo")) }
            (form::form(site, &path, asked))
        }
        (figures::columns(site, asked, total, &ledger))
        (cite_section(site, &sentence, citing, &data, &asked.pairs))
        (calls(site, Calls { path: &data, query: &asked.pairs, answer: Answer::Sum }))
    };
    let mut page =
        WebPage::new(path, sentence.trim_end_matches('.'), body).answering(data, &asked.pairs);
    page.description = sentence;
    page.indexed = false;
    page
}

/// The sentence, the sum set huge in it; what qualifies it, in red.
fn hero(site: &Site<'_>, table: &dyn AnyTable, said: &Said, total: &Sum<'_>) -> Markup {
    html! {
        @match &said.sum {
            Some(sum) => {
                h1.sentence {
                    (said.before) " "
                    span class=(if sum.whole().chars().count() > LONG { "figure long" } else { "figure" }) {
                        @if !sum.before.is_empty() { i { (sum.before) } " " }
                        b { (sum.number) }
                        @if !sum.behind.is_empty() { " " i { (sum.behind) } }
                    }
                    @if let Some(also) = &said.also {
                        " " (site.say("and ", "y ")) (also.whole())
                    }
                    (said.after)
                    @if !total.years_missing.is_empty() {
                        " " em.open {
                            @if table.name() == "training" {
                                (site.say("Some of what was asked has no total in ", "Parte de lo preguntado no tiene total en "))
                            } @else { (site.say("Not covered: ", "Sin cubrir: ")) }
                            (words::runs(site, total.years_missing)) "."
                        }
                    }
                    @if total.estimate {
                        " " em.open {
                            (site.say("An estimate: a figure of several years was divided over them, which no source does.", "Una estimación: una cifra de varios años se repartió entre ellos, cosa que ninguna fuente hace."))
                        }
                    }
                }
            }
            None => {
                h1.sentence { (said.whole(site)) }
                @if let Some(reason) = total.reason {
                    p.notice {
                        b { (capitalized(site.of(reason.entry().label))) ". " }
                        (site.of(reason.entry().definition))
                    }
                }
            }
        }
    }
}
