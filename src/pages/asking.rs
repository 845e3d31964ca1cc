//! The parts of forms that several pages have.

use maud::{Markup, html};

use super::site::Site;
use super::wording::country_name;
use crate::collections::PartnerDepth;

/// The field for a partner: a code, with the partners of which facts are on record to choose from.
pub(super) fn partner_field(site: &Site<'_>, value: Option<&str>) -> Markup {
    let partners = site.dataset.partners.records().iter();
    let with_facts = partners.filter(|partner| partner.depth == PartnerDepth::Facts);
    html! {
        div.field {
            label for="partner" { (site.say("Partner", "Socio")) }
            input #partner name="partner" list="partners" value=[value] autocomplete="off" placeholder=(site.say("three letters", "tres letras"));
            datalist #partners {
                @for partner in with_facts {
                    option value=(partner.id.as_str()) { (site.called("partners", partner.id.as_str())) }
                }
            }
        }
    }
}

/// The link over the panel of a list to what stands after it: the panel has dozens of boxes, and stands first where there is
/// no room beside the list.
pub(super) fn skip_panel(site: &Site<'_>) -> Markup {
    html! { a.skip href="#entries" { (site.say("Skip the filters", "Saltar los filtros")) } }
}

/// A field for one line of text.
pub(super) fn text_field(name: &str, label: &str, value: Option<&str>, example: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) value=[value] placeholder=(example) autocomplete="off";
        }
    }
}

/// A value that may be chosen, with what it is called and how many things have it.
pub(super) struct Choice<'c> {
    /// The value.
    pub(super) value: &'c str,
    /// What it is called.
    pub(super) label: String,
    /// How many things have it.
    pub(super) count: Option<u64>,
}

/// A box for each value that may be chosen. `chosen` are those in force.
pub(super) fn boxes(name: &str, label: &str, chosen: &[String], choices: &[Choice<'_>]) -> Markup {
    html! {
        fieldset {
            legend { (label) }
            @for choice in choices {
                label.check {
                    input type="checkbox" name=(name) value=(choice.value) checked[chosen.iter().any(|one| one == choice.value)];
                    span { (choice.label) }
                    @if let Some(count) = choice.count { span.count { (count) } }
                }
            }
        }
    }
}

/// What a form carries on without showing it: the release that the request names.
pub(super) fn pinned(site: &Site<'_>) -> Markup {
    html! { @if let Some(pin) = site.pin { input type="hidden" name="release" value=(pin.version); } }
}

/// What is said of countries that were asked for and of which nothing is on record.
pub(super) fn not_covered(site: &Site<'_>, codes: &[String]) -> Markup {
    html! {
        @if !codes.is_empty() {
            p.notice {
                (site.say("Nothing is on record for: ", "No hay nada registrado para: "))
                (codes.iter().map(|code| country_name(site, code)).collect::<Vec<_>>().join(", "))
                ". " (site.say("That is not zero.", "Eso no es cero."))
            }
        }
    }
}
