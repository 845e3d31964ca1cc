//! An amount as a person types it: `$450 million`, `6.3 billion`, `450,000,000`, `278 millones`, `20 mil millones`.

use deunicode::deunicode;

/// The most dollars that an amount may have: 2^53 − 1, as everywhere in the data.
const MOST: f64 = 9_007_199_254_740_991.0;

/// The whole US dollars that a text means; none where it is no amount. A Spanish decimal comma and an English one that
/// groups digits are told apart by what follows: three digits are a group.
pub fn typed_usd(text: &str) -> Option<i64> {
    if text.len() > 100 {
        return None;
    }
    let plain = deunicode(text).to_ascii_lowercase();
    let begins = plain.find(|letter: char| letter.is_ascii_digit())?;
    let before =
        plain[..begins].trim_matches(|letter: char| letter == '$' || letter.is_whitespace());
    let allowed = [
        "",
        "us",
        "usd",
        "us$",
        "about",
        "over",
        "more than",
        "less than",
        "unos",
        "mas de",
        "menos de",
        "cerca de",
    ];
    if !allowed.contains(&before.trim_end_matches('$').trim()) {
        return None;
    }
    let rest = &plain[begins..];
    let ends = rest
        .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' ')))
        .unwrap_or(rest.len());
    let number = number(rest[..ends].trim())?;
    let unit = match rest[ends..].trim().trim_end_matches(&[' ', '.'][..]) {
        "" | "usd" | "dollars" | "dolares" | "us dollars" | "de dolares" => 1.0,
        unit => scale(unit)?,
    };
    let usd = (number * unit).round();
    #[expect(clippy::cast_possible_truncation, reason = "held below 2^53")]
    (0.0..=MOST).contains(&usd).then_some(usd as i64)
}

/// What a unit multiplies by, in either language.
fn scale(unit: &str) -> Option<f64> {
    let unit = unit.trim_end_matches("dollars").trim_end_matches("dolares").trim();
    let unit = unit.trim_end_matches(" de").trim();
    Some(match unit {
        "k" | "thousand" | "mil" => 1e3,
        "m" | "mn" | "mm" | "million" | "millions" | "millon" | "millones" => 1e6,
        "b" | "bn" | "billion" | "billions" | "mil millones" => 1e9,
        "trillion" | "trillions" | "billon" | "billones" => 1e12,
        _ => return None,
    })
}

/// A number whose digits may be in groups: a separator before exactly three digits groups, a last one before any other
/// count begins the decimals.
fn number(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(['.', ',', ' ']).collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 16) {
        return None;
    }
    let (whole, decimals) = match parts.as_slice() {
        [whole] => ((*whole).to_owned(), ""),
        [groups @ .., last] if last.len() != 3 => (groups.concat(), *last),
        groups => (groups.concat(), ""),
    };
    format!("{whole}.{decimals}0").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_in_both_languages() {
        for (text, usd) in [
            ("$450 million", 450_000_000),
            ("450m", 450_000_000),
            ("450,000,000", 450_000_000),
            ("450.000.000", 450_000_000),
            ("6.3 billion", 6_300_000_000),
            ("278 millones de dólares", 278_000_000),
            ("38,5 millones", 38_500_000),
            ("20 mil millones", 20_000_000_000),
            ("1 billón de dólares", 1_000_000_000_000),
            ("about $400,000", 400_000),
            ("US$ 12", 12),
            ("0", 0),
        ] {
            assert_eq!(typed_usd(text), Some(usd), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in ["", "million", "12 bananas", "-5", "9e99 million", "1,,2", "99999999 trillion"]
        {
            assert_eq!(typed_usd(text), None, "{text}");
        }
    }
}
