//! The panel that asks for other records: a form made of the table of fields.

use maud::{Markup, html};

use super::question::parameter_label;
use super::view::List;
use crate::model::{FieldSummary, Kind};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::query::{AnyTable, FacetCount, split_list};

/// How many values of a field stand open; the rest is behind a summary.
const OPEN: usize = 8;

/// How many values a field may have as boxes; of more a reader types one.
const MOST_BOXES: usize = 40;

/// The fields that the panel counts: codes, yes or no, and records that have names.
pub fn panel_fields(table: &dyn AnyTable) -> impl Iterator<Item = &FieldSummary> {
    table.fields().iter().filter(|field| {
        let names_records = field.refers_to.is_some_and(|collection| collection != table.name())
            && field.name != "citations_source"
            && field.name != "claims_source";
        let is_list_of_codes = matches!(field.kind, Kind::Code(_) | Kind::Flag);
        field.uses.facets && (is_list_of_codes || names_records)
    })
}

/// The fields of which the panel asks for a range: the years, or the date, and amounts.
fn ranges(table: &dyn AnyTable) -> Vec<&'static str> {
    let all: Vec<_> = table.fields().iter().filter(|field| field.uses.ranges).collect();
    let years = all.iter().any(|field| matches!(field.kind, Kind::Years));
    let is_time = |field: &&FieldSummary| match field.kind {
        Kind::Years => true,
        Kind::Date => !years && !["as_of", "retrieved", "in_force"].contains(&field.name),
        Kind::Whole => !years && matches!(field.name, "fiscal_year" | "year"),
        _ => false,
    };
    let is_amount =
        |field: &&FieldSummary| matches!(field.name, "amount_usd" | "cost_usd" | "personnel");
    let wanted = all.iter().copied().filter(|field| is_time(field) || is_amount(field));
    wanted.map(|field| field.name).collect()
}

/// The panel of a list.
pub(super) fn panel(site: &Site<'_>, path: &str, list: &List<'_>) -> Markup {
    let ranges = ranges(list.table);
    let counted: Vec<_> = list.facets.iter().map(|(name, _)| *name).collect();
    let is_shown = |name: &str| {
        let range = name.strip_suffix("_min").or_else(|| name.strip_suffix("_max"));
        counted.contains(&name)
            || range.is_some_and(|field| ranges.contains(&field))
            || ["q", "sort"].contains(&name)
    };
    html! {
        details.panel {
            summary { (site.say("Filter and sort", "Filtrar y ordenar")) }
            form action=(site.addresses.fixed(&site.localized(path))) method="get" {
                // What the panel does not show stays in force.
                @for (name, value) in list.pairs().filter(|(name, _)| !is_shown(name)) {
                    input type="hidden" name=(name) value=(value);
                }
                @if let Some(pin) = site.pin { input type="hidden" name="release" value=(pin.version); }
                div.field {
                    label for="q" { (site.say("Search the text", "Buscar en el texto")) }
                    input #q type="search" name="q" value=[list.value("q")] maxlength="200";
                }
                @for (name, counts) in &list.facets {
                    @if let Some(field) = list.table.field(name) {
                        (facet(site, list, field, counts))
                    }
                }
                @for name in ranges { (range(site, list, name)) }
                (sort(site, list))
                button type="submit" { (site.say("Show records", "Mostrar registros")) }
            }
        }
    }
}

fn facet(site: &Site<'_>, list: &List<'_>, field: &FieldSummary, counts: &[FacetCount]) -> Markup {
    let name = field.name;
    let chosen = list.value(name).map(split_list).unwrap_or_default();
    let known = counts.iter().filter(|count| count.value.is_some()).count();
    if known < 2 && chosen.is_empty() {
        return html! {};
    }
    let label = capitalized(site.of(field.label));
    if counts.len() > MOST_BOXES {
        let (id, options) = (format!("f-{name}"), format!("o-{name}"));
        return html! {
            div.field {
                label for=(id) { (label) }
                input id=(id) name=(name) list=(options) value=[list.value(name)] autocomplete="off" placeholder=(site.say("code or name", "código o nombre"));
                datalist id=(options) {
                    @for FacetCount { value, count } in counts {
                        @if let Some(value) = value {
                            option value=(value) { (site.of(site.dataset.label_of(field, Some(value)))) " (" (count) ")" }
                        }
                    }
                }
            }
        };
    }
    let is_chosen = |count: &FacetCount| {
        let value = count.value.as_deref().unwrap_or("null");
        chosen.iter().any(|one| one == value)
    };
    let (open, rest): (Vec<_>, Vec<_>) =
        counts.iter().enumerate().partition(|(place, count)| *place < OPEN || is_chosen(count));
    let check = |count: &FacetCount| {
        html! {
            label.check {
                input type="checkbox" name=(name) value=(count.value.as_deref().unwrap_or("null")) checked[is_chosen(count)];
                span { (site.of(site.dataset.label_of(field, count.value.as_deref()))) }
                span.count { (count.count) }
            }
        }
    };
    html! {
        fieldset {
            legend { (label) }
            @for (_, count) in open { (check(count)) }
            @if !rest.is_empty() {
                details {
                    summary { (rest.len()) " " (site.say("more", "más")) span.vh { ": " (label) } }
                    @for (_, count) in rest { (check(count)) }
                }
            }
        }
    }
}

fn range(site: &Site<'_>, list: &List<'_>, name: &str) -> Markup {
    let (min, max) = (format!("{name}_min"), format!("{name}_max"));
    let kind = list.table.field(name).map(|field| field.kind);
    let example = match (kind, name) {
        (Some(Kind::Date), _) => "2017-05",
        (_, "amount_usd" | "cost_usd") => "1000000",
        (_, "personnel") => "100",
        _ => "2012",
    };
    html! {
        fieldset.range {
            legend { (parameter_label(site, name)) }
            @for (parameter, end) in [(&min, site.say("from", "desde")), (&max, site.say("to", "hasta"))] {
                label { span { (end) }
                    input name=(parameter) value=[list.value(parameter)] placeholder=(example) inputmode="numeric" autocomplete="off";
                }
            }
        }
    }
}

fn sort(site: &Site<'_>, list: &List<'_>) -> Markup {
    let sortable =
        list.table.fields().iter().filter(|field| field.uses.sorts && is_worth_sorting(field));
    let chosen = list.value("sort");
    let orders = sortable.flat_map(|field| {
        let label = capitalized(site.of(field.label));
        let name = field.name;
        let (up, down) = match field.kind {
            Kind::Whole | Kind::Date | Kind::Years => (
                site.say("least first", "de menor a mayor"),
                site.say("greatest first", "de mayor a menor"),
            ),
            _ => (site.say("A to Z", "de la A a la Z"), site.say("Z to A", "de la Z a la A")),
        };
        [
            (name.to_owned(), format!("{label}, {up}")),
            (format!("-{name}"), format!("{label}, {down}")),
        ]
    });
    let orders: Vec<_> = orders.collect();
    let is_other = chosen.is_some_and(|chosen| !orders.iter().any(|(value, _)| value == chosen));
    html! {
        div.field {
            label for="sort" { (site.say("Order", "Orden")) }
            select #sort name="sort" {
                option value="" selected[chosen.is_none()] { (site.say("As stored", "Como se guardan")) }
                @if is_other { option value=[chosen] selected { (chosen.unwrap_or_default()) } }
                @for (value, label) in &orders {
                    option value=(value) selected[chosen == Some(value.as_str())] { (label) }
                }
            }
        }
    }
}

/// Whether a reader of a page would sort by it: not by what says how another field is meant.
fn is_worth_sorting(field: &FieldSummary) -> bool {
    let name = field.name;
    let of_another =
        ["_qualifier", "_rounded_to_usd", "_min_usd", "_max_usd", "_basis", "_stated", "_how"];
    !of_another.iter().any(|end| name.ends_with(end))
}
