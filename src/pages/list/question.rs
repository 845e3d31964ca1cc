//! What a list was asked for, in words: its heading, and a chip for each filter with a link that lifts it.

use maud::{Markup, html};

use crate::model::field_label;
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, value_label};
use crate::query::{AnyTable, split_list};

/// The label of the collection, and what single values it was narrowed to: `Assistance funding: Colombia, IMET`.
pub(super) fn title<'p>(
    site: &Site<'_>,
    table: &dyn AnyTable,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> String {
    let values = pairs.filter_map(|(name, value)| {
        let field = table.field(name)?;
        let values = split_list(value);
        let [only] = values.as_slice() else { return None };
        let is_name = field.refers_to.is_some() || field.holds_countries;
        is_name.then(|| site.of(site.dataset.label_of(field, Some(only))).into_owned())
    });
    let values: Vec<_> = values.collect();
    let label = capitalized(site.of(table.label()));
    if values.is_empty() { label } else { format!("{label}: {}", values.join(", ")) }
}

/// The filters that are in force.
///
/// `pairs` is the whole question, which the links repeat; `is_filter` says which of its parameters are shown.
pub(crate) fn chips<'p>(
    site: &Site<'_>,
    table: &dyn AnyTable,
    path: &str,
    pairs: &(impl Iterator<Item = (&'p str, &'p str)> + Clone),
    is_filter: impl Fn(&str) -> bool,
) -> Markup {
    let without = |name: &str| {
        let rest = pairs.clone().filter(|(known, _)| *known != name);
        site.page_with(path, rest)
    };
    html! {
        @if pairs.clone().any(|(name, _)| is_filter(name)) {
            ul.chips aria-label=(site.say("Filters in force", "Filtros activos")) {
                @for (name, value) in pairs.clone().filter(|(name, _)| is_filter(name)) {
                    li {
                        (parameter_label(site, name)) ": "
                        b { (values(site, table, name, value)) } " "
                        a href=(without(name)) rel="nofollow" {
                            (site.say("remove", "quitar"))
                            span.vh { ": " (parameter_label(site, name)) }
                        }
                    }
                }
            }
        }
    }
}

fn values(site: &Site<'_>, table: &dyn AnyTable, name: &str, value: &str) -> String {
    let field = name.strip_suffix("_min").or_else(|| name.strip_suffix("_max")).unwrap_or(name);
    let values = split_list(value);
    let values: Vec<_> =
        values.iter().map(|value| value_label(site, table, field, value)).collect();
    values.join(site.say(" or ", " o "))
}

/// What a parameter is called.
pub(crate) fn parameter_label(site: &Site<'_>, name: &str) -> String {
    let of_field = |field: &str| field_label(field).map(|label| site.of(label).to_owned());
    let labelled = match (name, name.strip_suffix("_min"), name.strip_suffix("_max")) {
        ("q", ..) => Some(site.say("search", "búsqueda").to_owned()),
        ("program_within", ..) => {
            Some(site.say("program and what is inside it", "programa y lo que contiene").to_owned())
        }
        (_, Some(field), _) => {
            of_field(field).map(|label| format!("{label}, {}", site.say("from", "desde")))
        }
        (_, _, Some(field)) => {
            of_field(field).map(|label| format!("{label}, {}", site.say("up to", "hasta")))
        }
        (name, ..) => of_field(name),
    };
    capitalized(&labelled.unwrap_or_else(|| name.replace('_', " ")))
}
