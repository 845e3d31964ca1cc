//! Numbers in Spanish: how they are written where a reader of another country could take them for others.

use crate::dataset::load::fault::{Fault, Faults};
use crate::dataset::load::parsed_lines::{AnyLines, ParsedLine};
use crate::dataset::load::translations::{TranslationLines, translations_file};

/// Holds the Spanish texts of a collection to the rules.
pub(crate) fn check_spanish(
    records: &dyn AnyLines,
    spanish: &TranslationLines,
    faults: &mut Faults,
) {
    for (number, translation) in spanish {
        // Those that are out of order have a fault already.
        let record = records.find(translation.id.as_str());
        let english = record.and_then(ParsedLine::own_texts);
        let says_trillion = english.is_some_and(|(title, summary)| {
            let texts = [Some(title), summary].into_iter().flatten();
            texts.into_iter().any(|text| text.to_lowercase().contains("trillion"))
        });
        for (key, text) in ["title", "summary"].into_iter().zip(translation.texts()) {
            let billions = text.split(|letter: char| !letter.is_alphanumeric());
            let billions = billions.filter(|word| !says_trillion && is_billion(word));
            let billions = billions.map(|word| (word, BILLION_EXPECTED));
            let grouped = numbers(text).filter(|number| is_grouped(number));
            for (found, expected) in billions.chain(grouped.map(|found| (found, GROUPED_EXPECTED)))
            {
                faults.add(|| {
                    let fault = Fault::at(&translations_file(records.name()), *number, expected);
                    fault.key(key).value(found)
                });
            }
        }
    }
}

const BILLION_EXPECTED: &str =
    "expected `mil millones` for a thousand million: a Spanish `billón` is an English trillion";

const GROUPED_EXPECTED: &str = "expected no point or comma before three digits, which group in one country and divide in \
    another: `mil`, `millones`, or a space";

/// Whether a word is a Spanish billion, with or without its accent.
fn is_billion(word: &str) -> bool {
    ["billon", "billón", "billones"].contains(&word.to_lowercase().as_str())
}

/// The numbers of a text, with the points and commas inside them.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ','));
    parts.map(|number| number.trim_matches(['.', ','])).filter(|number| !number.is_empty())
}

/// Whether three digits stand behind a point or a comma.
fn is_grouped(number: &str) -> bool {
    number.split(['.', ',']).skip(1).any(|digits| digits.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_behind_a_point_or_a_comma_are_a_group() {
        let grouped = |text: &str| numbers(text).any(is_grouped);
        for text in ["con 12.000 soldados", "(1,375 millones)", "2,556."] {
            assert!(grouped(text), "{text}");
        }
        for text in [
            "83,5 millones",
            "en 2023.",
            "28\u{202F}784\u{202F}000",
            "la Ley 1839, de 2017",
            "22 U.S.C. 2291-4",
        ] {
            assert!(!grouped(text), "{text}");
        }
    }

    #[test]
    fn a_spanish_billion_is_known_by_its_word() {
        assert!(["billón", "Billones", "billon"].into_iter().all(is_billion));
        assert!(!["billete", "millones", "mil"].into_iter().any(is_billion));
    }
}
