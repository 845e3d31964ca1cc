//! What charts print: numbers short enough for a label, their qualifiers, and years.

use super::reading::{Reading, Unit};
use crate::model::{Basis, Usd};
use crate::sums::SumQualifier;
use crate::words::{Language, number_phrase, usd_phrase};

/// Of two texts the one in a language.
pub(super) const fn pick(language: Language, en: &'static str, es: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Es => es,
    }
}

/// What a chart says that has nothing to show.
pub(super) const fn nothing(language: Language) -> &'static str {
    pick(
        language,
        "No figure answers this question. That does not mean zero.",
        "Ninguna cifra responde a esta pregunta. Eso no significa cero.",
    )
}

/// `and 7 more`.
pub(super) fn and_more(count: usize, language: Language) -> String {
    match language {
        Language::En => format!("and {count} more"),
        Language::Es => format!("y {count} más"),
    }
}

/// A number in full.
pub(super) fn in_full(number: i64, unit: Unit, language: Language) -> String {
    match (unit, Usd::try_from(number)) {
        (Unit::Dollars, Ok(usd)) => usd_phrase(usd, language),
        _ => number_phrase(number, language),
    }
}

/// A number as a label has it: dollars to about four digits.
pub(super) fn short(number: i64, unit: Unit, language: Language) -> String {
    let coarse = match number {
        1_000_000_000.. => 10_000_000,
        10_000_000.. => 100_000,
        1_000_000.. => 10_000,
        100_000.. => 1_000,
        _ => 1,
    };
    let number =
        if unit == Unit::Dollars { (number + coarse / 2) / coarse * coarse } else { number };
    in_full(number, unit, language)
}

/// The word of a qualifier, before a number; empty for an exact one.
pub(super) const fn qualifier(qualifier: SumQualifier, language: Language) -> &'static str {
    match qualifier {
        SumQualifier::Exact => "",
        SumQualifier::Approximately => pick(language, "about", "unos"),
        SumQualifier::MoreThan => pick(language, "more than", "más de"),
        SumQualifier::LessThan => pick(language, "less than", "menos de"),
        SumQualifier::OnRecord => pick(language, "at least", "al menos"),
    }
}

/// The number that a reading is printed by: of a sum that is not known to be whole, the least.
pub(super) fn printed(reading: &Reading) -> i64 {
    match reading.qualifier {
        SumQualifier::OnRecord => reading.least.unwrap_or(0),
        _ => reading.value,
    }
}

/// A reading as a label has it: `about $99.2 million`.
pub(super) fn said(reading: &Reading, unit: Unit, language: Language) -> String {
    let number = short(printed(reading), unit, language);
    let word = qualifier(reading.qualifier, language);
    let said = if word.is_empty() { number } else { format!("{word} {number}") };
    match reading.qualifier {
        SumQualifier::OnRecord => format!("{said} {}", pick(language, "on record", "según consta")),
        _ => said.replace("unos un ", "cerca de un ").replace("unos 1 ", "cerca de 1 "),
    }
}

/// What is on record of a sum that is not known to be whole: its figures, added. `limits` says that some of them are
/// upper limits.
pub(super) fn on_record(reading: &Reading, limits: bool, unit: Unit, language: Language) -> String {
    let word = match reading.qualifier {
        SumQualifier::MoreThan => qualifier(SumQualifier::MoreThan, language),
        SumQualifier::LessThan | SumQualifier::Approximately if limits => {
            pick(language, "up to", "hasta")
        }
        SumQualifier::Approximately => qualifier(SumQualifier::Approximately, language),
        _ => "",
    };
    let number = short(reading.value, unit, language);
    let said = if word.is_empty() { number } else { format!("{word} {number}") };
    let said = said.replace("unos un ", "cerca de un ").replace("unos 1 ", "cerca de 1 ");
    format!("{said} {}", pick(language, "on record", "según consta"))
}

/// The bounds of a reading in a few words; none for one that is exact.
pub(super) fn bounds(reading: &Reading, unit: Unit, language: Language) -> Option<String> {
    let number = |number: i64| in_full(number, unit, language);
    match (reading.qualifier, reading.least, reading.most) {
        (SumQualifier::OnRecord, ..) => None,
        (_, Some(least), Some(most)) if least < most => Some(match language {
            Language::En => format!("between {} and {}", number(least), number(most)),
            Language::Es => format!("entre {} y {}", number(least), number(most)),
        }),
        (_, Some(_), None) => {
            Some(pick(language, "no upper bound", "sin límite superior").to_owned())
        }
        (_, None, None) => {
            Some(pick(language, "bounds not stated", "límites no indicados").to_owned())
        }
        (_, None, Some(_)) => {
            Some(pick(language, "no lower bound", "sin límite inferior").to_owned())
        }
        _ => None,
    }
}

/// `FY 2017–2023`, `desde el año fiscal 2017`.
pub(super) fn years(from: i16, to: Option<i16>, basis: Basis, language: Language) -> String {
    let fiscal = basis == Basis::FiscalYear;
    let (one, several) = match (fiscal, language) {
        (true, Language::En) => ("FY ", "FY "),
        (true, Language::Es) => ("año fiscal ", "años fiscales "),
        (false, _) => ("", ""),
    };
    match (to, language) {
        (Some(to), _) if to == from => format!("{one}{from}"),
        (Some(to), _) => format!("{several}{from}\u{2013}{to}"),
        (None, Language::En) => format!("since {one}{from}"),
        (None, Language::Es) if fiscal => format!("desde el año fiscal {from}"),
        (None, Language::Es) => format!("desde {from}"),
    }
}

/// Years beside each other, as runs.
pub(super) fn joined(years: impl IntoIterator<Item = i16>) -> Vec<(i16, i16)> {
    let mut joined: Vec<(i16, i16)> = Vec::new();
    for year in years {
        match joined.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => joined.push((year, year)),
        }
    }
    joined
}

/// Years as runs: `1996, 2011–2016`.
pub(super) fn runs(years: impl IntoIterator<Item = i16>) -> String {
    let said = joined(years).into_iter().map(|(from, to)| {
        if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") }
    });
    said.collect::<Vec<_>>().join(", ")
}

/// The ticks of an axis as they are printed: all but the top one short, in the unit of the top one.
pub(super) fn axis_labels(ticks: &[i64], unit: Unit, language: Language) -> Vec<String> {
    let Some(top) = ticks.last().copied() else { return Vec::new() };
    let even = |scale: &i64| top >= *scale && ticks.iter().all(|tick| tick * 10 % scale == 0);
    let whole = |scale: &i64| ticks.iter().all(|tick| tick % scale == 0);
    let scales: &[i64] = match language {
        Language::En => &[1_000_000_000_000, 1_000_000_000, 1_000_000],
        Language::Es => &[1_000_000_000, 1_000_000],
    };
    // Two thousand million are said in one word only where no tick needs a fraction.
    let fits = |scale: &&i64| match language {
        Language::Es if **scale == 1_000_000_000 => top >= **scale && whole(scale),
        _ => even(scale),
    };
    let scale = if unit == Unit::Dollars { scales.iter().find(fits).copied() } else { None };
    let label = |tick: i64| match scale {
        None => number_phrase(tick, language),
        Some(scale) => {
            let (whole, tenth) = (tick / scale, tick % scale * 10 / scale);
            let whole = number_phrase(whole, language);
            if tenth == 0 { whole } else { format!("{whole}{}{tenth}", pick(language, ".", ",")) }
        }
    };
    let last = ticks.len() - 1;
    let said = ticks.iter().enumerate().map(|(at, tick)| match unit {
        Unit::Dollars if at == last => in_full(*tick, unit, language),
        _ => label(*tick),
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_share_the_unit_of_the_top_one() {
        let of = |ticks: &[i64], language| axis_labels(ticks, Unit::Dollars, language);
        assert_eq!(of(&[20_000_000, 40_000_000], Language::En), ["20", "$40 million"]);
        assert_eq!(of(&[500_000_000, 1_000_000_000], Language::En), ["0.5", "$1 billion"]);
        assert_eq!(
            of(&[500_000_000, 1_000_000_000], Language::Es),
            ["500", "mil millones de dólares"]
        );
        assert_eq!(of(&[50_000, 100_000], Language::En), ["50,000", "$100,000"]);
    }

    #[test]
    fn a_label_keeps_the_qualifier_and_about_four_digits() {
        let reading = Reading {
            value: 99_234_567,
            least: None,
            most: None,
            qualifier: SumQualifier::Approximately,
        };
        assert_eq!(said(&reading, Unit::Dollars, Language::En), "about $99.2 million");
        assert_eq!(said(&reading, Unit::Dollars, Language::Es), "unos 99,2 millones de dólares");
    }

    #[test]
    fn years_are_said_as_runs() {
        assert_eq!(runs([1996, 2011, 2012, 2013]), "1996, 2011\u{2013}2013");
    }
}
