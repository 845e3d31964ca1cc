//! An amount: never without its qualifier, and underlined by what its wording allows.

use maud::{Markup, html};

use super::bounds::short_bounds;
use crate::model::{Amount, Qualifier};
use crate::pages::site::Site;
use crate::words::{amount_parts, amount_phrase};

/// The class that draws the tolerance mark of an amount.
fn tolerance(amount: &Amount) -> &'static str {
    match (amount.qualifier(), amount.rounded_to_usd()) {
        (Qualifier::MoreThan, _) => "amount more",
        (Qualifier::LessThan, _) => "amount less",
        (Qualifier::Approximately, None) => "amount vague",
        (Qualifier::Exact, None) => "amount exact",
        (Qualifier::Exact | Qualifier::Approximately, Some(_)) => "amount rounded",
    }
}

/// An amount in a table or a sentence: qualifier, number, mark; the bounds in words for who does not see the mark.
pub(crate) fn amount(site: &Site<'_>, amount: &Amount, per_year: bool) -> Markup {
    let (qualifier, number) = amount_parts(amount, site.language);
    html! {
        span class=(tolerance(amount)) title=(short_bounds(site, amount)) {
            @if !qualifier.is_empty() { i { (qualifier.trim_end()) } " " }
            b { (number) }
        }
        @if per_year { " " i.each { (site.say("a year", "al año")) } }
    }
}

/// A sentence that holds the phrase of an amount, the amount set apart in it; none where the phrase is not there.
pub(crate) fn amount_in(site: &Site<'_>, sentence: &str, amount: &Amount) -> Option<Markup> {
    let phrase = amount_phrase(amount, site.language);
    let (before, after) = sentence.split_once(phrase.as_str())?;
    let (qualifier, number) = amount_parts(amount, site.language);
    Some(html! {
        (before.trim_end()) " "
        span.figure {
            @if !qualifier.is_empty() { i { (qualifier.trim_end()) } " " }
            b { (number) }
        }
        " " (after.trim_start())
    })
}

/// The square that says how final a figure is: full, striped or an outline, by the code of its stage.
pub(crate) fn stage_mark(code: &str) -> Markup {
    html! { span class=(format!("mark stage-{}", code.replace('_', "-"))) aria-hidden="true" {} }
}
