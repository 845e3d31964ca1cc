//! The margin of a sum: its bounds, whether it is whole and why not, its stages, the documents behind it.

use maud::{Markup, html};

use super::sum::{Number, ShownTotals, Sum};
use super::words::runs;
use crate::collections::{Source, Stage};
use crate::model::{Collection, Objective, Vocabulary};
use crate::pages::figure::{amount, bounds_of_sum, dollars, stage_mark};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, country_name, grouped};
use crate::query::AnyTable;
use crate::sums::{CompletenessReason, NoAmountReason, SumAmount, SumQualifier, WithoutAmount};

/// The most items of a list in the margin.
const MOST_LISTED: usize = 4;

/// The margin.
pub(super) fn margin(site: &Site<'_>, table: &dyn AnyTable, totals: &ShownTotals<'_>) -> Markup {
    let total = &totals.total;
    html! {
        aside.margin aria-label=(site.say("How to read this sum", "Cómo leer esta suma")) {
            @if let Some(number) = total.number { (bounds(site, number)) }
            (completeness(site, table, total))
            @if !total.stages.is_empty() {
                h2 { (site.say("Stages", "Etapas")) }
                p {
                    @for (place, stage) in total.stages.iter().enumerate() {
                        @if place > 0 { ", " }
                        (stage_mark(stage)) (stage_label(site, stage))
                    }
                }
            }
            @if total.objectives.len() > 1 {
                h2 { (site.say("Objectives", "Objetivos")) }
                p { (total.objectives.iter().map(|objective| objective_label(site, *objective)).collect::<Vec<_>>().join(", ")) "." }
            }
            (sources(site, totals.sources))
        }
    }
}

fn stage_label<'w>(site: &Site<'_>, code: &'w str) -> &'w str {
    Stage::CODES.get(code).map_or(code, |code| site.of(code.label))
}

fn objective_label(site: &Site<'_>, objective: Option<Objective>) -> &'static str {
    match objective {
        Some(objective) => site.of(objective.entry().label),
        None => site.say("not known", "no se sabe"),
    }
}

fn bounds(site: &Site<'_>, number: Number) -> Markup {
    html! {
        h2 { (site.say("Bounds", "Límites")) }
        @match number {
            Number::Money(sum) => (bounds_of_money(site, &sum)),
            Number::People(sum) => p {
                @match (sum.min_personnel, sum.max_personnel) {
                    (Some(min), Some(max)) if min == max => { (site.say("The sources print whole numbers.", "Las fuentes dan números exactos.")) }
                    (Some(min), Some(max)) => { (grouped(site, min)) "–" (grouped(site, max)) }
                    (Some(min), None) => { (grouped(site, min)) (site.say(" at least. No upper bound: the number is not known to be whole.", " como mínimo. Sin límite superior: no se sabe si el número está completo.")) }
                    _ => { (site.say("The numbers set no bounds.", "Los números no fijan límites.")) }
                }
                @if let Some(women) = sum.women {
                    " " (site.say("Women: ", "Mujeres: ")) (women) "."
                }
            },
            Number::Training { cost, .. } => {
                @if let Some(cost) = cost { (bounds_of_money(site, &cost)) }
                p { (site.say("Entries are not persons: one who takes several courses is counted in each.", "Las inscripciones no son personas: quien toma varios cursos se cuenta en cada uno.")) }
            }
        }
    }
}

fn bounds_of_money(site: &Site<'_>, sum: &SumAmount) -> Markup {
    let on_record = sum.qualifier == SumQualifier::OnRecord;
    html! {
        p {
            @if on_record {
                (site.say("No upper bound: the sum is not whole. ", "Sin límite superior: la suma no está completa. "))
                (site.say("As printed, the figures add up to ", "Tal como se publicaron, las cifras suman "))
                b { (dollars(site, sum.usd)) } "."
                @if let Some(min) = sum.min_usd.filter(|min| *min != sum.usd) {
                    " " (site.say("Their rounding and wording allow ", "Su redondeo y su redacción admiten "))
                    b { (dollars(site, min)) } (site.say(" at least.", " como mínimo."))
                }
            } @else {
                b { (capitalized(&bounds_of_sum(site, sum))) } ": "
                (site.say("the bounds of the figures, added.", "los límites de las cifras, sumados."))
            }
        }
    }
}

fn completeness(site: &Site<'_>, table: &dyn AnyTable, total: &Sum<'_>) -> Markup {
    let entry = total.completeness.entry();
    html! {
        h2 { (site.say("Is that all?", "¿Es todo?")) }
        p { b { (capitalized(site.of(entry.label))) ". " } (site.of(entry.definition)) }
        @if !total.completeness_reasons.is_empty() {
            ul {
                @for reason in total.completeness_reasons { li { (reason_said(site, table, total, *reason)) } }
            }
        }
        @if total.scope_changes {
            p { (site.say("Its figures do not count the same programs in each year: it makes no curve.", "Sus cifras no cuentan los mismos programas cada año: no forman una curva.")) }
        }
    }
}

/// Why a sum is not whole, with what the reason points to.
fn reason_said(
    site: &Site<'_>,
    table: &dyn AnyTable,
    total: &Sum<'_>,
    reason: CompletenessReason,
) -> Markup {
    match reason {
        CompletenessReason::YearsMissing if !total.years_missing.is_empty() => html! {
            @if table.name() == "training" {
                (site.say("A partner or program has no total in fiscal years ", "Algún socio o programa no tiene total en los años fiscales "))
            } @else { (site.say("Not covered: fiscal years ", "Sin cubrir: años fiscales ")) }
            (runs(site, total.years_missing)) "."
        },
        CompletenessReason::LargerFigure => html! {
            (site.say("Left out, and larger than the sum:", "Excluidas, y mayores que la suma:"))
            @for (place, larger) in total.larger_figures.iter().take(MOST_LISTED).enumerate() {
                @if place > 0 { "," } " "
                a href=(site.record(table.name(), larger.id.as_str())) { (amount(site, &larger.amount, false)) }
            }
            "."
        },
        CompletenessReason::WithoutAmount if !total.without_amount.is_empty() => {
            without_amount(site, total.without_amount)
        }
        other => html! { (site.of(other.entry().definition)) },
    }
}

fn without_amount(site: &Site<'_>, without: &[WithoutAmount]) -> Markup {
    let name = |one: &WithoutAmount| match (&one.partner, &one.program) {
        (Some(partner), _) => country_name(site, partner),
        (None, Some(program)) => site.called("assistance-programs", program).into_owned(),
        (None, None) => String::new(),
    };
    html! {
        (site.say("Nothing in the sum for ", "Nada en la suma para "))
        @for (place, one) in without.iter().take(MOST_LISTED).enumerate() {
            @if place > 0 { "; " }
            (name(one)) " (" (no_amount(site, one.reason)) ")"
        }
        @if without.len() > MOST_LISTED {
            (site.say(" and ", " y ")) (without.len() - MOST_LISTED) (site.say(" more", " más"))
        }
        "."
    }
}

/// Why there is no number, in a word.
pub(super) fn no_amount(site: &Site<'_>, reason: NoAmountReason) -> &'static str {
    site.of(reason.entry().label)
}

fn sources(site: &Site<'_>, sources: &[Source]) -> Markup {
    if sources.is_empty() {
        return html! {};
    }
    let mut by_title: Vec<&Source> = sources.iter().collect();
    by_title.sort_by_key(|source| std::cmp::Reverse(source.published.map(|date| date.latest())));
    // The parts of one report have one title.
    by_title.dedup_by_key(|source| source.title.as_str());
    by_title.truncate(MOST_LISTED);
    let rest = sources.len() - by_title.len();
    html! {
        h2 { (site.say("Sources", "Fuentes")) }
        ul.plain {
            @for source in &by_title {
                li {
                    a href=(site.record(Source::NAME, source.id())) lang=[site.lang_of_texts()] { (source.title.to_string()) } ", "
                    span lang=[site.lang_of_texts()] { (source.publisher.to_string()) } ", "
                    @match source.published {
                        Some(date) => (crate::words::date_phrase(date, site.language)),
                        None => b { (site.say("undated", "sin fecha")) },
                    }
                }
            }
        }
        @if rest > 0 {
            p { (site.say("And ", "Y ")) (rest) (site.say(" more documents: see each figure below.", " documentos más: véase cada cifra abajo.")) }
        }
    }
}
