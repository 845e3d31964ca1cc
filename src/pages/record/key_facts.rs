//! The few facts of a record that decide how its figure is read: its time and its codes, each with what it means.

use maud::{Markup, html};

use crate::model::{FieldValue, Kind};
use crate::pages::figure::{stage_mark, when};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::query::AnyRecord;

/// The codes that say how a number is written rather than what it is of.
const OF_A_NUMBER: [&str; 5] = [
    "amount_qualifier",
    "cost_qualifier",
    "personnel_qualifier",
    "period_basis",
    "period_known_through_how",
];

/// The strip of facts; `has_time` says whether the record's time is one of them.
pub(super) fn strip(site: &Site<'_>, record: AnyRecord<'_>, has_time: bool) -> Markup {
    let statement = record.statement();
    let when = when(site, &statement).filter(|_| has_time);
    let codes: Vec<_> = record
        .values()
        .filter(|(field, _)| !OF_A_NUMBER.contains(&field.name))
        .filter_map(|(field, held)| match (field.kind, held) {
            (Kind::Code(list), FieldValue::Text(code)) => Some((field, list.get(&code)?)),
            _ => None,
        })
        .collect();
    html! {
        dl.facts {
            @if let Some(when) = when {
                div {
                    dt { (site.say("When", "Cuándo")) }
                    dd { b { (when) } }
                }
            }
            @for (field, code) in codes {
                div {
                    dt { (capitalized(site.of(field.label))) }
                    dd {
                        b {
                            @if field.name == "stage" { (stage_mark(code.code)) }
                            (capitalized(site.of(code.label)))
                        }
                        span { (site.of(code.definition)) }
                    }
                }
            }
        }
    }
}
