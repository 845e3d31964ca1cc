//! The groups of a sum as a table, each with its qualifier, its bounds and whether it is whole.

use maud::{Markup, html};

use super::margin::no_amount;
use super::sum::{Asked, Number, ShownTotals, Sum};
use super::words::in_words;
use crate::model::{Vocabulary, field_label};
use crate::pages::figure::{bounds_of_sum, said_sum, stage_mark};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped, value_label};
use crate::query::AnyTable;

/// The most groups that stand on the page; the table of numbers has them all.
pub const MOST_GROUPS: usize = 60;

/// The table. `csv` is the address of the numbers as a table.
pub(super) fn table(
    site: &Site<'_>,
    asked: &Asked<'_>,
    totals: &ShownTotals<'_>,
    csv: &str,
) -> Markup {
    let all: Vec<&Sum<'_>> = totals.groups.iter().chain(&totals.shared).collect();
    let Some(first) = all.first() else { return html! {} };
    let count = totals.group_count + totals.shared.len();
    let chosen = asked.value("group_by").map(crate::query::split_list).unwrap_or_default();
    let mut keys: Vec<&str> = first.key.keys().map(String::as_str).collect();
    let place = |key: &str| chosen.iter().position(|word| word == key).unwrap_or(usize::MAX);
    keys.sort_by_key(|key| place(key));
    let title = site.say("By group", "Por grupos");
    let has_stages = all.iter().any(|sum| !sum.stages.is_empty());
    html! {
        section.groups {
            h2 { (title) " " span.muted { (grouped(site, count as u64)) } }
            div.scrolls tabindex="0" role="region" aria-label=(title) {
                table {
                    caption {
                        (site.say("Each group is a sum by itself; groups may hold the same money.", "Cada grupo es una suma por sí mismo; varios pueden contener el mismo dinero."))
                    }
                    thead { tr {
                        @for key in &keys { th scope="col" { (key_label(site, key)) } }
                        th.number scope="col" { (site.say("Sum", "Suma")) }
                        th scope="col" { (site.say("Bounds", "Límites")) }
                        @if has_stages { th scope="col" { (site.say("Stages", "Etapas")) } }
                        th scope="col" { (site.say("Is that all?", "¿Es todo?")) }
                        th.number scope="col" { (site.say("Figures", "Cifras")) }
                    } }
                    tbody { @for sum in all.iter().take(MOST_GROUPS) { (row(site, asked.table, &keys, sum, has_stages)) } }
                }
            }
            @if count > MOST_GROUPS {
                p {
                    (MOST_GROUPS) (site.say(" of ", " de ")) (grouped(site, count as u64)) ". "
                    a href=(csv) rel="nofollow" { (site.say("All groups (CSV)", "Todos los grupos (CSV)")) }
                }
            }
        }
    }
}

fn row(
    site: &Site<'_>,
    table: &dyn AnyTable,
    keys: &[&str],
    sum: &Sum<'_>,
    has_stages: bool,
) -> Markup {
    html! {
        tr {
            @for (place, key) in keys.iter().enumerate() {
                @let value = sum.key.get(*key).and_then(Option::as_deref);
                @if place == 0 { th scope="row" { (key_value(site, table, key, value)) } }
                @else { td { (key_value(site, table, key, value)) } }
            }
            td.number {
                @match sum.number {
                    Some(number) => {
                        @let (main, also) = in_words(site, number);
                        @if let Some(main) = main { (said_sum(&main)) }
                        @if let Some(also) = also { br; (said_sum(&also)) }
                    }
                    None => span.muted { (sum.reason.map_or("–", |reason| no_amount(site, reason))) },
                }
            }
            td.bounds { (bounds(site, sum.number)) }
            @if has_stages {
                td { @for stage in sum.stages { (stage_mark(stage)) (value_label(site, table, "stage", stage)) " " } }
            }
            td {
                (site.of(sum.completeness.entry().label))
                @if sum.estimate { " " span.boxed { (site.say("Estimate", "Estimación")) } }
            }
            td.number { (grouped(site, sum.included.len() as u64)) }
        }
    }
}

fn bounds(site: &Site<'_>, number: Option<Number>) -> String {
    match number {
        Some(Number::Money(sum) | Number::Training { cost: Some(sum), .. }) => {
            bounds_of_sum(site, &sum)
        }
        Some(Number::People(sum)) => match (sum.min_personnel, sum.max_personnel) {
            (Some(min), Some(max)) if min == max => site.say("exact", "exacto").to_owned(),
            (Some(min), Some(max)) => format!("{min}–{max}"),
            _ => site.say("no upper bound", "sin límite superior").to_owned(),
        },
        _ => String::new(),
    }
}

/// What figures are grouped by, as people call it.
pub(super) fn key_label(site: &Site<'_>, key: &str) -> String {
    let field = if key == "mission" { "missions" } else { key };
    let label = field_label(field).map(|label| site.of(label).to_owned());
    capitalized(&label.unwrap_or_else(|| key.replace('_', " ")))
}

fn key_value(site: &Site<'_>, table: &dyn AnyTable, key: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return site.say("none stated", "no consta").to_owned() };
    match key {
        "fiscal_year" => years(site, value),
        "mission" => value_label(site, table, "missions", value),
        _ => value_label(site, table, key, value),
    }
}

/// The years of a row: `2017-2023`, `2017-` without an end, `CY2016` of the calendar.
fn years(site: &Site<'_>, key: &str) -> String {
    let (before, years) = match key.strip_prefix("CY") {
        Some(years) => (site.say("calendar year ", "año calendario "), years),
        None => (site.say("FY ", "año fiscal "), key),
    };
    match years.strip_suffix('-') {
        Some(from) => site.say(format!("since {before}{from}"), format!("desde el {before}{from}")),
        None => format!("{before}{}", years.replace('-', "–")),
    }
}
