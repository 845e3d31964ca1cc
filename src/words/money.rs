//! Amounts of money in words: `about $278 million`, `unos 278 millones de dólares`.
//!
//! In Spanish 10⁹ is *mil millones* and 10¹² *un billón*. Decimals have a comma. Digits are grouped by a narrow space,
//! and from five digits on, as the *Ortografía* of the RAE wants: points and commas mean opposite things in Mexico
//! and Colombia.

use super::language::Language;
use crate::model::{Amount, Qualifier, Usd, grouped_digits};

const THOUSAND: i64 = 1_000;
const MILLION: i64 = 1_000_000;
const BILLION: i64 = 1_000_000_000;
const TRILLION: i64 = 1_000_000_000_000;

/// The space that groups digits in Spanish: narrow, and no line breaks there.
pub(super) const GROUP_SPACE: char = '\u{202F}';

/// The bytes that most amounts need in words.
const ROOM: usize = 32;

/// A number of dollars in words, with the unit that its last digit stands for.
struct Said {
    words: String,
    unit: i64,
}

/// An amount in words, with its qualifier.
pub fn amount_phrase(amount: &Amount, language: Language) -> String {
    let (qualifier, number) = amount_parts(amount, language);
    if qualifier.is_empty() { number } else { [qualifier, &number].concat() }
}

/// The parts of [`amount_phrase`]: the qualifier with the space after it, empty for an exact amount; and the number.
pub fn amount_parts(amount: &Amount, language: Language) -> (&'static str, String) {
    let number = dollars(amount.usd().dollars(), language).words;
    let qualifier = match (amount.qualifier(), language) {
        (Qualifier::Exact, _) => "",
        (Qualifier::Approximately, Language::En) => "about ",
        (Qualifier::Approximately, Language::Es) => about(&number),
        (Qualifier::MoreThan, Language::En) => "more than ",
        (Qualifier::MoreThan, Language::Es) => "más de ",
        (Qualifier::LessThan, Language::En) => "less than ",
        (Qualifier::LessThan, Language::Es) => "menos de ",
    };
    (qualifier, number)
}

/// A number of dollars in words.
pub fn usd_phrase(usd: Usd, language: Language) -> String {
    dollars(usd.dollars(), language).words
}

/// A whole number, its digits grouped as the language groups them.
pub fn number_phrase(number: i64, language: Language) -> String {
    match language {
        Language::En => grouped_digits(number, ',', 4),
        Language::Es => spaced(number),
    }
}

/// The unit that an amount is rounded to, where the digits of [`amount_phrase`] do not show it; none where they do.
pub(super) fn hidden_rounding(amount: &Amount, language: Language) -> Option<String> {
    let unit = amount.rounded_to_usd()?.dollars();
    let shown = dollars(amount.usd().dollars(), language).unit;
    (shown != unit).then(|| dollars(unit, language).words)
}

fn dollars(usd: i64, language: Language) -> Said {
    match language {
        Language::En => english(usd),
        Language::Es => spanish(usd),
    }
}

/// Spanish `unos` is of several: what begins with one is `cerca de` it.
fn about(words: &str) -> &'static str {
    let one = words.starts_with("un ") || words.starts_with("1 ") || words.starts_with("0 ");
    if one { "cerca de " } else { "unos " }
}

/// `$278 million`, `$6.3 billion`, `$38,525,000`.
fn english(usd: i64) -> Said {
    for (scale, word) in [(TRILLION, "trillion"), (BILLION, "billion"), (MILLION, "million")] {
        if usd >= scale {
            if let Some(scaled) = Scaled::of(usd, scale) {
                let mut words = String::with_capacity(ROOM);
                words.push('$');
                words.push_str(&scaled.whole.to_string());
                scaled.push_decimals(&mut words, '.');
                words.push(' ');
                words.push_str(word);
                return Said { words, unit: scaled.unit() };
            }
            break;
        }
    }
    Said { words: ["$", &grouped_digits(usd, ',', 4)].concat(), unit: 1 }
}

/// `278 millones de dólares`, `6300 millones de dólares`, `20 mil millones de dólares`, `963 mil dólares`.
fn spanish(usd: i64) -> Said {
    if usd >= TRILLION
        && let Some(scaled) = Scaled::of(usd, TRILLION)
    {
        let words = if usd == TRILLION {
            "un billón de dólares".to_owned()
        } else {
            scaled.in_spanish(&scaled.whole.to_string(), " billones de dólares")
        };
        return Said { words, unit: scaled.unit() };
    }
    if usd >= BILLION && usd % BILLION == 0 {
        let words = match usd / BILLION {
            1 => "mil millones de dólares".to_owned(),
            count => format!("{} mil millones de dólares", spaced(count)),
        };
        return Said { words, unit: BILLION };
    }
    if usd >= MILLION
        && let Some(scaled) = Scaled::of(usd, MILLION)
    {
        let words = if usd == MILLION {
            "un millón de dólares".to_owned()
        } else {
            scaled.in_spanish(&spaced(scaled.whole), " millones de dólares")
        };
        return Said { words, unit: scaled.unit() };
    }
    if (10 * THOUSAND..MILLION).contains(&usd) && usd % THOUSAND == 0 {
        return Said { words: format!("{} mil dólares", usd / THOUSAND), unit: THOUSAND };
    }
    let dollars = if usd == 1 { "dólar" } else { "dólares" };
    Said { words: format!("{} {dollars}", spaced(usd)), unit: 1 }
}

/// A number in a larger unit.
struct Scaled {
    scale: i64,
    whole: i64,
    hundredths: i64,
}

impl Scaled {
    /// None where two decimals are not enough. A third one would look like a group of three digits.
    const fn of(usd: i64, scale: i64) -> Option<Self> {
        let hundredth = scale / 100;
        if usd % hundredth != 0 {
            return None;
        }
        Some(Self { scale, whole: usd / scale, hundredths: usd % scale / hundredth })
    }

    /// The unit of its last digit.
    const fn unit(&self) -> i64 {
        match (self.hundredths / 10, self.hundredths % 10) {
            (0, 0) => self.scale,
            (_, 0) => self.scale / 10,
            _ => self.scale / 100,
        }
    }

    fn push_decimals(&self, words: &mut String, point: char) {
        let (tenths, hundredths) = (self.hundredths / 10, self.hundredths % 10);
        if self.hundredths != 0 {
            words.push(point);
            words.push_str(&tenths.to_string());
        }
        if hundredths != 0 {
            words.push_str(&hundredths.to_string());
        }
    }

    fn in_spanish(&self, whole: &str, word: &str) -> String {
        let mut words = String::with_capacity(ROOM);
        words.push_str(whole);
        self.push_decimals(&mut words, ',');
        words.push_str(word);
        words
    }
}

/// A whole number in Spanish: grouped from five digits on.
pub(super) fn spaced(number: i64) -> String {
    grouped_digits(number, GROUP_SPACE, 5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amount(usd: i64, qualifier: Qualifier, rounded: Option<i64>) -> Amount {
        let dollars = |usd: i64| Usd::try_from(usd).expect("dollars");
        Amount::new(dollars(usd), qualifier, rounded.map(dollars))
    }

    fn said(usd: i64, qualifier: Qualifier) -> (String, String) {
        let amount = amount(usd, qualifier, None);
        let [en, es] =
            [Language::En, Language::Es].map(|language| amount_phrase(&amount, language));
        (en, es.replace(GROUP_SPACE, "_"))
    }

    #[test]
    fn an_amount_keeps_its_qualifier_in_both_languages() {
        for (usd, qualifier, en, es) in [
            (
                278_000_000,
                Qualifier::Approximately,
                "about $278 million",
                "unos 278 millones de dólares",
            ),
            (
                6_300_000_000,
                Qualifier::MoreThan,
                "more than $6.3 billion",
                "más de 6300 millones de dólares",
            ),
            (
                20_000_000_000,
                Qualifier::MoreThan,
                "more than $20 billion",
                "más de 20 mil millones de dólares",
            ),
            (200_000, Qualifier::LessThan, "less than $200,000", "menos de 200 mil dólares"),
            (
                1_000_000,
                Qualifier::Approximately,
                "about $1 million",
                "cerca de un millón de dólares",
            ),
            (1_000_000_000, Qualifier::Exact, "$1 billion", "mil millones de dólares"),
            (38_525_000, Qualifier::Exact, "$38,525,000", "38_525_000 dólares"),
            (38_500_000, Qualifier::Exact, "$38.5 million", "38,5 millones de dólares"),
            (13_350_000_000, Qualifier::Exact, "$13.35 billion", "13_350 millones de dólares"),
            (6_300_500_000, Qualifier::Exact, "$6,300,500,000", "6300,5 millones de dólares"),
            (
                1_000_000_000_000,
                Qualifier::Approximately,
                "about $1 trillion",
                "cerca de un billón de dólares",
            ),
            (1, Qualifier::Exact, "$1", "1 dólar"),
            (0, Qualifier::Exact, "$0", "0 dólares"),
            (4_999, Qualifier::Exact, "$4,999", "4999 dólares"),
        ] {
            assert_eq!(said(usd, qualifier), (en.to_owned(), es.to_owned()), "{usd}");
        }
    }

    #[test]
    fn a_rounding_is_told_where_the_digits_do_not_show_it() {
        let hidden = |usd, unit| {
            let amount = amount(usd, Qualifier::Exact, Some(unit));
            [Language::En, Language::Es].map(|language| hidden_rounding(&amount, language))
        };
        assert_eq!(hidden(278_000_000, MILLION), [None, None]);
        let both = ["$10 million", "10 millones de dólares"].map(|said| Some(said.to_owned()));
        assert_eq!(hidden(120_000_000, 10_000_000), both);
        assert_eq!(hidden(963_000, THOUSAND), [Some("$1,000".to_owned()), None]);
    }

    proptest! {
        #[test]
        fn no_spanish_amount_below_ten_to_the_twelfth_says_billion(usd in 0..TRILLION) {
            let es = spanish(usd).words;
            prop_assert!(!es.contains("billón") && !es.contains("billones"), "{es}");
            prop_assert!(!es.contains('.'), "{es}");
        }
    }
}
