//! What the wording of an amount allows, in words.

use crate::model::{Amount, Qualifier};
use crate::pages::site::Site;
use crate::words::usd_phrase;

/// The bounds in a few words, for tables: `±$500,000`, `no upper bound`, `from $0`, `to the dollar`.
pub(crate) fn short_bounds(site: &Site<'_>, amount: &Amount) -> String {
    match (amount.qualifier(), amount.min_usd(), amount.max_usd()) {
        (Qualifier::MoreThan, ..) => site.say("no upper bound", "sin límite superior").to_owned(),
        (Qualifier::LessThan, ..) => site.say("from $0", "desde 0 dólares").to_owned(),
        (_, Some(min), Some(max)) if min == max => {
            site.say("to the dollar", "exacto al dólar").to_owned()
        }
        (_, Some(_), Some(_)) => {
            half_of_rounding(site, amount).map_or_else(String::new, |half| format!("±{half}"))
        }
        _ => site.say("no bounds stated", "sin límites declarados").to_owned(),
    }
}

fn half_of_rounding(site: &Site<'_>, amount: &Amount) -> Option<String> {
    let half = amount.rounded_to_usd()?.dollars() / 2;
    crate::model::Usd::try_from(half).ok().map(|half| usd_phrase(half, site.language))
}

/// The bounds as a sentence, for the page of a record.
pub(crate) fn bounds_sentence(site: &Site<'_>, amount: &Amount) -> String {
    let usd = |usd: &crate::model::Usd| usd_phrase(*usd, site.language);
    match (amount.qualifier(), amount.min_usd(), amount.max_usd(), amount.rounded_to_usd()) {
        (Qualifier::MoreThan, Some(min), ..) => {
            let min = usd(min);
            site.say(
                format!("The source says more than {min} and sets no upper bound."),
                format!("La fuente dice que son más de {min} y no fija un límite superior."),
            )
        }
        (Qualifier::LessThan, _, Some(max), _) => {
            let max = usd(max);
            site.say(
                format!("The source says less than {max}: anything from zero up to it."),
                format!("La fuente dice que son menos de {max}: cualquier monto desde cero hasta ahí."),
            )
        }
        (_, Some(min), Some(max), _) if min == max => site
            .say("The source prints the number to the dollar.", "La fuente da la cifra exacta al dólar.")
            .to_owned(),
        (_, Some(min), Some(max), Some(unit)) => {
            let (stated, min, max, unit) = (usd(amount.usd()), usd(min), usd(max), usd(unit));
            site.say(
                format!("The source prints {stated}, rounded to {unit}. Anything from {min} to {max} would be printed so."),
                format!("La fuente publica {stated}, cifra redondeada a múltiplos de {unit}. Cualquier monto entre {min} y {max} se publicaría así."),
            )
        }
        _ => site
            .say(
                "The source says about, and neither how near nor to what it rounds.",
                "La fuente da una cifra aproximada, sin decir qué tan cercana ni a qué la redondea.",
            )
            .to_owned(),
    }
}
