//! The figures that make a sum, and those that were left out, each with the reason and with what is counted instead.

use maud::{Markup, html};

use super::sum::{Asked, Sum};
use crate::model::{RecordId, Slot, Statement, Vocabulary};
use crate::pages::figure::{amount, count, short_bounds, stage_mark, when};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped, value_label};
use crate::query::{AnyRecord, AnyTable, split_list};
use crate::sums::{Counting, Excluded};

/// The most rows of each column; the rest stands in the table that a link leads to.
const MOST_ROWS: usize = 60;

/// The fields that say what a figure is of.
const NAMED: [&str; 5] = ["partner", "program", "measure", "missions", "component"];

/// The fewest rows of a reason, where there are too many for all.
const FEWEST_ROWS: usize = 5;

/// Both columns. `ledger` is the address of a table of all figures.
pub(super) fn columns(site: &Site<'_>, asked: &Asked<'_>, total: &Sum<'_>, ledger: &str) -> Markup {
    // What the question fixes to one value, no row repeats.
    let named: Vec<&str> = NAMED
        .into_iter()
        .filter(|name| asked.value(name).is_none_or(|value| split_list(value).len() != 1))
        .collect();
    html! {
        div.two-columns {
            (counted(site, asked.table, &named, total.included, ledger))
            (left_out(site, asked.table, &named, total.excluded, ledger))
        }
    }
}

fn counted(
    site: &Site<'_>,
    table: &dyn AnyTable,
    named: &[&str],
    included: &[RecordId],
    ledger: &str,
) -> Markup {
    let title = site.say("Counted", "Contadas");
    html! {
        section.counted {
            h2 { (title) " " span.muted { (grouped(site, included.len() as u64)) } }
            @if included.is_empty() {
                p { (site.say("No figure is in the sum. Not found is not zero.", "Ninguna cifra está en la suma. No encontrada no quiere decir cero.")) }
            } @else {
                div.scrolls tabindex="0" role="region" aria-label=(title) {
                    table.list.figures {
                        caption { (site.say("The figures that make the sum", "Las cifras que forman la suma")) }
                        (head(site, table, false))
                        tbody { @for id in included.iter().take(MOST_ROWS) { (row(site, table, named, id.as_str(), None)) } }
                    }
                }
                (rest(site, included.len(), MOST_ROWS.min(included.len()), ledger))
            }
        }
    }
}

fn left_out(
    site: &Site<'_>,
    table: &dyn AnyTable,
    named: &[&str],
    excluded: &[Excluded],
    ledger: &str,
) -> Markup {
    let title = site.say("Left out, and why", "Excluidas, y por qué");
    let reasons = by_reason(excluded);
    let most = if excluded.len() > MOST_ROWS {
        (MOST_ROWS / reasons.len().max(1)).max(FEWEST_ROWS)
    } else {
        MOST_ROWS
    };
    let shown = reasons.iter().map(|(_, of)| of.len().min(most)).sum();
    html! {
        section.left-out #left-out {
            h2 { (title) " " span.muted { (grouped(site, excluded.len() as u64)) } }
            @if excluded.is_empty() {
                p { (site.say("Every figure that matches the question is in the sum.", "Todas las cifras que responden a la pregunta están en la suma.")) }
            } @else {
                div.scrolls tabindex="0" role="region" aria-label=(title) {
                    table.list.figures {
                        caption { (site.say("The figures that are not in the sum, by reason", "Las cifras que no están en la suma, según la razón")) }
                        (head(site, table, true))
                        @for (reason, of) in &reasons { (of_reason(site, table, named, *reason, of, most)) }
                    }
                }
                (rest(site, excluded.len(), shown, ledger))
            }
        }
    }
}

/// The reasons in the order of their list, each with its figures.
fn by_reason(excluded: &[Excluded]) -> Vec<(Counting, Vec<&Excluded>)> {
    let all = Counting::WORDS.iter().filter_map(|word| Counting::from_word(word));
    let of = |reason: Counting| -> Vec<&Excluded> {
        excluded.iter().filter(|one| one.because == reason).collect()
    };
    all.map(|reason| (reason, of(reason))).filter(|(_, of)| !of.is_empty()).collect()
}

fn of_reason(
    site: &Site<'_>,
    table: &dyn AnyTable,
    named: &[&str],
    reason: Counting,
    of: &[&Excluded],
    most: usize,
) -> Markup {
    let entry = reason.entry();
    let columns = if has_stages(table) { 4 } else { 3 };
    html! {
        tbody {
            tr.reason {
                th colspan=(columns) scope="rowgroup" {
                    b { (capitalized(site.of(entry.label))) } " " span.muted { (grouped(site, of.len() as u64)) }
                    span.why { (site.of(entry.definition)) }
                }
            }
            @for one in of.iter().take(most) { (row(site, table, named, one.id.as_str(), Some(&one.overlaps))) }
        }
    }
}

fn has_stages(table: &dyn AnyTable) -> bool {
    table.field("stage").is_some()
}

fn head(site: &Site<'_>, table: &dyn AnyTable, instead: bool) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (site.say("Figure", "Cifra")) }
            th.number scope="col" {
                @if table.name() == "deployments" { (site.say("People", "Personas")) } @else { (site.say("Amount", "Monto")) }
            }
            @if has_stages(table) { th scope="col" { (site.say("Stage", "Etapa")) } }
            @if instead { th scope="col" { (site.say("Counted instead", "Se cuenta en su lugar")) } }
        } }
    }
}

fn row(
    site: &Site<'_>,
    table: &dyn AnyTable,
    named: &[&str],
    id: &str,
    overlaps: Option<&[RecordId]>,
) -> Markup {
    let Some(record) = AnyRecord::find(table, id) else { return html! {} };
    let statement = record.statement();
    html! {
        tr {
            th scope="row" { a href=(site.record(table.name(), id)) { (name(site, named, record, &statement)) } }
            td.number { (number(site, record, &statement)) }
            @if let Some(code) = record.text("stage") {
                td.stage { (stage_mark(&code)) (value_label(site, table, "stage", &code)) }
            } @else if has_stages(table) { td {} }
            @if let Some(overlaps) = overlaps {
                td.source { (instead(site, table, overlaps)) }
            }
        }
    }
}

/// What a figure is called in a row: whose, of what, when. Its amount stands beside it.
fn name(
    site: &Site<'_>,
    named: &[&str],
    record: AnyRecord<'_>,
    statement: &Statement<'_>,
) -> String {
    let parts = named.iter().filter_map(|name| {
        let values = record.value(name)?.scalars();
        // The code of a program is shorter than its name, and known to whoever adds programs up.
        let is_program = *name == "program";
        let said = values.iter().map(|value| {
            let value = value.to_string();
            if is_program { value } else { value_label(site, record.table(), name, &value) }
        });
        let said: Vec<_> = said.collect();
        (!said.is_empty()).then(|| said.join(", "))
    });
    let parts: Vec<_> = parts.chain(when(site, statement)).collect();
    if parts.is_empty() { record.id().to_owned() } else { parts.join(" · ") }
}

fn number(site: &Site<'_>, record: AnyRecord<'_>, statement: &Statement<'_>) -> Markup {
    let counted = statement.slots().find_map(|slot| match slot {
        Slot::Count { number, qualifier } => Some((*number, *qualifier)),
        _ => None,
    });
    let stated = statement.amount();
    html! {
        @if let Some(stated) = stated {
            (amount(site, stated, record.is_flagged("per_year")))
            span.bounds { (short_bounds(site, stated)) }
        }
        @if let Some((number, qualifier)) = counted {
            @if stated.is_some() { span.bounds { (number) " " (site.say("entries", "inscripciones")) } }
            @else { (count(site, number, qualifier)) }
        }
        @if stated.is_none() && counted.is_none() { span.muted { (site.say("no number", "sin número")) } }
    }
}

fn instead(site: &Site<'_>, table: &dyn AnyTable, overlaps: &[RecordId]) -> Markup {
    let named = |id: &RecordId| -> Option<String> {
        when(site, &AnyRecord::find(table, id.as_str())?.statement())
    };
    html! {
        @match overlaps {
            [] => span.muted { "–" },
            [first, rest @ ..] => {
                a href=(site.record(table.name(), first.as_str())) { (named(first).unwrap_or_else(|| first.to_string())) }
                @if !rest.is_empty() { " +" (rest.len()) }
            }
        }
    }
}

fn rest(site: &Site<'_>, all: usize, shown: usize, ledger: &str) -> Markup {
    html! {
        @if all > shown {
            p {
                (grouped(site, shown as u64)) (site.say(" of ", " de ")) (grouped(site, all as u64)) ". "
                a href=(ledger) rel="nofollow" { (site.say("All of them, each with its reason (CSV)", "Todas, cada una con su razón (CSV)")) }
            }
        }
    }
}
