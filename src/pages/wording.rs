//! Words that many pages have: labels of values, numbers, capitals.

use maud::{Markup, html};

use super::site::Site;
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
        (Some(field), "null") => site.of(site.dataset.label_of(field, None)),
        (Some(field), value) => site.of(site.dataset.label_of(field, Some(value))),
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
    in_groups(number, site.say(",", "\u{202f}"))
}

fn in_groups(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let (head, rest) = digits.split_at(digits.len() % 3);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = Some(head.to_owned()).filter(|head| !head.is_empty());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn digits_are_grouped_from_five_on() {
        let said = [0, 4999, 13176, 123_456, 1_000_000].map(|number| in_groups(number, ","));
        assert_eq!(said, ["0", "4999", "13,176", "123,456", "1,000,000"]);
    }
}
