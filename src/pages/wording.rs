//! Words that many pages have: labels of values, numbers, capitals.

use maud::{Markup, html};

use super::site::Site;
use crate::model::grouped_digits;
use crate::query::AnyTable;
pub(super) use crate::words::capitalized;
use crate::words::country;

/// What a value of a parameter is called.
pub(super) fn value_label(
    site: &Site<'_>,
    table: &dyn AnyTable,
    field: &str,
    value: &str,
) -> String {
    match (table.field(field), value) {
        (_, "!null") => site.say("any", "cualquiera").to_owned(),
        (Some(field), "null") => site.of(site.dataset.label_of(field, None)).into_owned(),
        (Some(field), value) => site.of(site.dataset.label_of(field, Some(value))).into_owned(),
        (None, value) => value.to_owned(),
    }
}

/// What a country is called, be it on record or not; its code where there is none of that code.
pub(super) fn country_name(site: &Site<'_>, code: &str) -> String {
    country(code).map_or_else(|| code.to_owned(), |country| site.of(country.name).to_owned())
}

/// A sentence in which names of data stand between backticks.
pub(super) fn inline_code(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A number with its digits in groups of three, from five digits on.
pub(super) fn grouped(site: &Site<'_>, number: u64) -> String {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    grouped_digits(number, site.say(',', '\u{202f}'), 5)
}
