//! The bounds of an amount, drawn: an ink bar from nothing to what is certain, red where the wording leaves room.

use maud::{Markup, html};

use super::bounds::short_bounds;
use crate::model::{Amount, Qualifier, Usd};
use crate::pages::site::Site;
use crate::words::usd_phrase;

/// The share of the strip that the amount takes: what is beyond shows that the scale goes on.
const AMOUNT_AT: f64 = 88.0;

/// The strip of an amount; none where its wording sets no bounds or the amount is nothing. Widths are shares of the
/// place that it gets; letters keep their size.
pub(crate) fn bound_strip(site: &Site<'_>, amount: &Amount) -> Option<Markup> {
    let usd = |usd: i64| Usd::try_from(usd).ok().map(|usd| usd_phrase(usd, site.language));
    let stated = amount.usd().dollars();
    if stated == 0 {
        return None;
    }
    let nothing = usd(0)?;
    let described = short_bounds(site, amount);
    let number = usd(stated)?;
    let strip = match (amount.qualifier(), amount.min_usd(), amount.max_usd()) {
        (Qualifier::MoreThan, ..) => html! {
            svg.strip role="img" aria-label=(described) height="44" width="100%" {
                line.axis x1="0" y1="26" x2="100%" y2="26" {}
                rect.ink x="0" y="6" width="72%" height="14" {}
                line.red.dots x1="72%" y1="13" x2="99%" y2="13" {}
                svg x="100%" y="13" overflow="visible" { path.red-fill d="M-9 -5 L0 0 L-9 5 Z" {} }
                line.red x1="72%" y1="3" x2="72%" y2="23" {}
                text x="0" y="41" { (nothing) }
                text.red-text x="72%" y="41" text-anchor="middle" { (number) }
            }
        },
        (Qualifier::LessThan, ..) => html! {
            svg.strip role="img" aria-label=(described) height="44" width="100%" {
                line.axis x1="0" y1="26" x2="100%" y2="26" {}
                rect.open x="0" y="6" width="72%" height="14" {}
                line.red x1="72%" y1="3" x2="72%" y2="23" {}
                text x="0" y="41" { (nothing) }
                text.red-text x="72%" y="41" text-anchor="middle" { (number) }
            }
        },
        (_, Some(min), Some(max)) if min == max => html! {
            svg.strip role="img" aria-label=(described) height="44" width="100%" {
                line.axis x1="0" y1="26" x2="100%" y2="26" {}
                rect.ink x="0" y="6" width=(percent(AMOUNT_AT)) height="14" {}
                text x="0" y="41" { (nothing) }
                text x=(percent(AMOUNT_AT)) y="41" text-anchor="end" { (number) }
            }
        },
        (_, Some(min), Some(max)) => {
            let (least, most) = (usd(min.dollars())?, usd(max.dollars())?);
            let at = |dollars: i64| share(dollars, stated) * AMOUNT_AT;
            let (from, to) = (at(min.dollars()), at(max.dollars()).min(100.0));
            html! {
                svg.strip role="img" aria-label=(described) height="108" width="100%" {
                    line.axis x1="0" y1="20" x2="100%" y2="20" {}
                    rect.ink x="0" y="4" width=(percent(from)) height="12" {}
                    rect.red-fill x=(percent(from)) y="4" width=(percent((to - from).max(0.4))) height="12" {}
                    text x="0" y="36" { (nothing) }
                    line.fan x1=(percent(from)) y1="18" x2="12%" y2="56" {}
                    line.fan x1=(percent(to)) y1="18" x2="88%" y2="56" {}
                    rect.red-fill x="12%" y="58" width="76%" height="10" {}
                    line.cased x1="50%" y1="53" x2="50%" y2="73" {}
                    text.strong x="50%" y="50" text-anchor="middle" { (number) }
                    text.red-text x="12%" y="86" text-anchor="start" { (site.say("least ", "mínimo ")) (least) }
                    text.red-text x="88%" y="103" text-anchor="end" { (site.say("most ", "máximo ")) (most) }
                }
            }
        }
        _ => return None,
    };
    Some(strip)
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}

/// A part of a whole. Dollars below 2^53 are exact as floating-point numbers.
#[expect(clippy::cast_precision_loss, reason = "amounts stay below 2^53")]
fn share(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}
