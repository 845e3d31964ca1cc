//! Fields that differ between two releases: what stood there, and what stands there now.

use maud::{Markup, html};
use serde_json::Value as Json;

use crate::dataset::{ChangeKind, FieldChange};
use crate::model::{Kind, Usd, Vocabulary, field_label};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::sums::SumQualifier;
use crate::words::usd_phrase;

/// How many letters both values of a field may have together to stand open.
const LONGEST: usize = 160;

/// What became of a record, in a word.
pub(crate) fn kind_label(site: &Site<'_>, kind: ChangeKind) -> &'static str {
    ChangeKind::CODES.get(kind.word()).map_or(kind.word(), |code| site.of(code.label))
}

/// The fields of a record that differ.
pub(crate) fn field_changes(site: &Site<'_>, collection: &str, fields: &[FieldChange]) -> Markup {
    html! {
        @if !fields.is_empty() {
            ul.changes {
                @for change in fields {
                    li { (difference(site, collection, &change.field, &change.from, &change.to)) }
                }
            }
        }
    }
}

/// One field that differs; of long texts its name alone stands open.
pub(crate) fn difference(
    site: &Site<'_>,
    collection: &str,
    field: &str,
    from: &Json,
    to: &Json,
) -> Markup {
    let name = called(site, field);
    let (from, to) = (shown(site, collection, field, from), shown(site, collection, field, to));
    let both = html! { del { (from) } " → " ins { (to) } };
    html! {
        @if from.chars().count() + to.chars().count() > LONGEST {
            details { summary { (name) } p { (both) } }
        } @else {
            b { (name) } ": " (both)
        }
    }
}

/// What a field is called: `Amount in US dollars`; of a sum, whose it is, too: `FMF: amount in US dollars`.
fn called(site: &Site<'_>, field: &str) -> String {
    if let Some(label) = field_label(field) {
        return capitalized(site.of(label));
    }
    let Some((place, part)) = field.rsplit_once('.') else {
        return match field {
            "total" => site.say("Number of records", "Número de registros").to_owned(),
            other => other.to_owned(),
        };
    };
    let keys = place.split_once('[').and_then(|(_, keys)| keys.strip_suffix(']'));
    let values = keys.map(|keys| {
        let values = keys.split(',').filter_map(|key| key.split_once('='));
        values.map(|(_, value)| value).collect::<Vec<_>>().join(", ")
    });
    let place = values.unwrap_or_else(|| site.say("Total", "Total").to_owned());
    let label = field_label(&format!("amount_{part}")).or_else(|| field_label(part));
    format!("{place}: {}", label.map_or(part, |label| site.of(label)))
}

/// A value as people read it: dollars and codes in words, a list separated by commas, what has parts with their names.
fn shown(site: &Site<'_>, collection: &str, field: &str, value: &Json) -> String {
    match value {
        Json::Null => site.say("nothing", "nada").to_owned(),
        Json::Bool(true) => site.say("yes", "sí").to_owned(),
        Json::Bool(false) => site.say("no", "no").to_owned(),
        Json::String(text) => {
            let label = code_label(site, collection, field, text);
            label.map_or_else(|| text.clone(), str::to_owned)
        }
        Json::Array(values) if values.is_empty() => site.say("nothing", "nada").to_owned(),
        Json::Array(values) => {
            let values = values.iter().map(|value| shown(site, collection, field, value));
            values.collect::<Vec<_>>().join(", ")
        }
        Json::Object(parts) => {
            let stated = parts.iter().filter(|(_, value)| !value.is_null());
            let stated = stated.map(|(name, value)| {
                let label = field_label(name).map(|label| site.of(label));
                let value = shown(site, collection, name, value);
                format!("{}: {value}", label.unwrap_or(name))
            });
            stated.collect::<Vec<_>>().join("; ")
        }
        Json::Number(number) if field.ends_with("usd") => {
            let usd = number.as_i64().and_then(|usd| Usd::try_from(usd).ok());
            usd.map_or_else(|| number.to_string(), |usd| usd_phrase(usd, site.language))
        }
        Json::Number(number) => number.to_string(),
    }
}

/// What a code of a closed list is called.
fn code_label(site: &Site<'_>, collection: &str, field: &str, code: &str) -> Option<&'static str> {
    if field.ends_with(".qualifier") {
        return SumQualifier::CODES.get(code).map(|code| site.of(code.label));
    }
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection)?;
    match table.field(field)?.kind {
        Kind::Code(list) => list.get(code).map(|code| site.of(code.label)),
        _ => None,
    }
}
