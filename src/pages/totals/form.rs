//! The form that asks the same of a sum in another way: grouped, over other years, another figure preferred.

use maud::{Markup, html};

use super::groups::key_label;
use super::sum::Asked;
use crate::model::Vocabulary;
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::query::split_list;
use crate::sums::{Prefer, Spread};

/// The parameters that the form has fields for.
const OWN: [&str; 5] = ["group_by", "prefer", "spread", "fiscal_year_min", "fiscal_year_max"];

/// The form.
pub(super) fn form(site: &Site<'_>, path: &str, asked: &Asked<'_>) -> Markup {
    let chosen = asked.value("group_by").map(split_list).unwrap_or_default();
    let has_years = asked.table.fields().iter().any(|field| field.year_basis().is_some());
    let others = asked.pairs().filter(|(name, _)| !OWN.contains(name));
    let year = |name: &'static str, label: &'static str| {
        html! {
            div.field {
                label for=(name) { (label) }
                input id=(name) name=(name) inputmode="numeric" pattern="[0-9]{4}" value=(asked.value(name).unwrap_or_default());
            }
        }
    };
    html! {
        form.ask-again action=(site.addresses.fixed(&site.localized(path))) method="get" {
            @if let Some(pin) = site.pin { input type="hidden" name="release" value=(pin.version); }
            @for (name, value) in others { input type="hidden" name=(name) value=(value); }
            fieldset {
                legend { (site.say("Group by", "Agrupar por")) }
                @for word in asked.groupings {
                    label.check {
                        input type="checkbox" name="group_by" value=(word) checked[chosen.iter().any(|one| one == word)];
                        span { (key_label(site, word)) }
                    }
                }
            }
            @if has_years {
                (year("fiscal_year_min", site.say("First fiscal year", "Primer año fiscal")))
                (year("fiscal_year_max", site.say("Last fiscal year", "Último año fiscal")))
            }
            @if asked.table.name() != "training" {
                (choice::<Prefer>(site, "prefer", site.say("Of figures that overlap, prefer", "De las cifras que se traslapan, preferir"), asked.value("prefer")))
            }
            @if asked.spreads {
                (choice::<Spread>(site, "spread", site.say("Figures of several years", "Cifras de varios años"), asked.value("spread")))
            }
            button type="submit" { (site.say("Sum again", "Volver a sumar")) }
        }
    }
}

fn choice<V: Vocabulary>(
    site: &Site<'_>,
    name: &'static str,
    label: &'static str,
    chosen: Option<&str>,
) -> Markup {
    // The first is what holds where nothing is chosen: an empty field keeps the address short.
    let codes = V::CODES.codes.iter().enumerate();
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @for (place, code) in codes {
                    option value=(if place == 0 { "" } else { code.code }) selected[chosen == Some(code.code)] {
                        (capitalized(site.of(code.label)))
                    }
                }
            }
        }
    }
}
