//! Everything that a record holds: each field with its value in words, its name in data and what it means.

use maud::{Markup, html};

use super::sources::outside;
use crate::model::{FieldSummary, FieldValue, Kind, Scalar, Usd};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, value_label};
use crate::query::AnyRecord;
use crate::words::{Language, date_phrase, usd_phrase};

/// The table of all fields.
pub(super) fn table(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
    let definitions = record.table().definitions();
    let rows = record.values().zip(definitions).filter(|((field, _), _)| field.uses.column);
    html! {
        section.every-field {
            h2 { (site.say("Every field", "Todos los campos")) }
            div.scrolls tabindex="0" role="region" aria-label=(site.say("Every field", "Todos los campos")) {
                table {
                    caption { (site.say("All that the record holds. “Not stated” means that the source is silent.", "Todo lo que contiene el registro. «No consta» significa que la fuente no lo dice.")) }
                    thead { tr {
                        th scope="col" { (site.say("Field", "Campo")) }
                        th scope="col" { (site.say("Value", "Valor")) }
                        th scope="col" { (site.say("What it means", "Qué significa")) }
                    } }
                    tbody {
                        @for ((field, held), definition) in rows {
                            tr {
                                th scope="row" { (capitalized(site.of(field.label))) code { (field.name) } }
                                td { (value(site, record, field, &held)) }
                                td.muted lang=[site.lang_of_texts()] { (definition) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn value(
    site: &Site<'_>,
    record: AnyRecord<'_>,
    field: &FieldSummary,
    held: &FieldValue<'_>,
) -> Markup {
    let scalars = held.scalars();
    if scalars.is_empty() {
        return html! { span.muted { (site.say("Not stated", "No consta")) } };
    }
    let spanish = record.spanish_of(field.name);
    if let Some(text) = spanish.filter(|_| site.language == Language::Es) {
        return html! { (text) };
    }
    let is_web = matches!(field.name, "url" | "archived_url");
    let lang = matches!(field.kind, Kind::Text).then(|| site.lang_of_texts()).flatten();
    let lang = lang.filter(|_| field.refers_to.is_none() && !field.holds_countries);
    html! {
        @for (place, scalar) in scalars.iter().enumerate() {
            @if place > 0 { br; }
            @match (scalar, field.refers_to) {
                (Scalar::Text(id), _) if field.name == "id" => code { (id) },
                (Scalar::Text(url), _) if is_web => (outside(url, url)),
                (Scalar::Text(id), Some(collection)) => {
                    a href=(site.record(collection, id)) { (value_label(site, record.table(), field.name, id)) }
                }
                (Scalar::Text(text), None) => span lang=[lang] { (value_label(site, record.table(), field.name, text)) },
                (Scalar::Date(date), _) => (date_phrase(*date, site.language)),
                (Scalar::Flag(flag), _) => (value_label(site, record.table(), field.name, if *flag { "true" } else { "false" })),
                (Scalar::Whole(whole), _) => (number(site, field.name, *whole)),
            }
        }
    }
}

/// A whole number: dollars in words and as they stand in data.
fn number(site: &Site<'_>, name: &str, whole: i64) -> Markup {
    let usd = name.ends_with("_usd").then(|| Usd::try_from(whole).ok()).flatten();
    html! {
        @match usd {
            Some(usd) => { (usd_phrase(usd, site.language)) " " code { (whole) } }
            None => (whole),
        }
    }
}
