//! What was most likely meant: names, codes and synonyms are looked up before letters are compared.

use super::nearest::{nearest, nearest_by};
use crate::model::CodeList;
use crate::query::search_words::fold;
use crate::words::{country_named, country_names};

/// What else readers call the parameters, and what they are called here.
const SYNONYMS: [(&str, &str); 21] = [
    ("countries", "partner"),
    ("country", "partner"),
    ("iso3", "partner"),
    ("year", "fiscal_year"),
    ("years", "fiscal_year"),
    ("fy", "fiscal_year"),
    ("year_min", "fiscal_year_min"),
    ("year_from", "fiscal_year_min"),
    ("year_max", "fiscal_year_max"),
    ("year_to", "fiscal_year_max"),
    ("query", "q"),
    ("search", "q"),
    ("text", "q"),
    ("order", "sort"),
    ("order_by", "sort"),
    ("sort_by", "sort"),
    ("page_size", "limit"),
    ("size", "limit"),
    ("skip", "offset"),
    ("start", "offset"),
    ("language", "lang"),
];

/// How alike a name must be: a few wrong letters in a word of eight, one in a word of four.
const ALIKE_NAMES: f64 = 0.75;

/// The shortest text that is compared with names letter by letter.
const SHORTEST_NAME: usize = 4;

/// The parameter that a name most likely meant.
pub(super) fn parameter_meant<'n>(
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Option<String> {
    let small =
        if name.len() < 30 { name.to_ascii_lowercase().replace('-', "_") } else { String::new() };
    let synonym = SYNONYMS.iter().find(|(called, _)| *called == small).map(|(_, here)| *here);
    let is_known = |here: &&str| known.clone().any(|one| one == *here);
    let found = synonym.filter(is_known);
    found.or_else(|| nearest(name, known)).map(str::to_owned)
}

/// The alpha-3 code of the country that a text most likely meant: by a code of two letters, a name in either
/// language, or a name that is almost the same. Codes of three letters that are alike are different countries, and a
/// wrong country is worse than none.
pub(crate) fn country_meant(text: &str) -> Option<&'static str> {
    if let Some(country) = country_named(text) {
        return Some(country.alpha_3);
    }
    if text.chars().count() < SHORTEST_NAME {
        return None;
    }
    let name = nearest_by(ALIKE_NAMES, &fold(text).replace(' ', ""), country_names())?;
    country_named(name).map(|country| country.alpha_3)
}

/// The code of a closed list that a text most likely meant: by its label in either language, or its letters.
pub(crate) fn code_meant(list: &CodeList, text: &str) -> Option<String> {
    let wanted = if text.len() > 100 { String::new() } else { fold(text) };
    let is_called = |label: &str| !wanted.is_empty() && fold(label) == wanted;
    let labelled =
        list.codes.iter().find(|code| is_called(code.label.en) || is_called(code.label.es));
    let found = labelled.map(|code| code.code);
    found.or_else(|| nearest(text, list.words.iter().copied())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_its_names_and_codes_and_never_on_the_strength_of_two_letters() {
        for (text, code) in [
            ("SV", Some("SLV")),
            ("Colombia", Some("COL")),
            ("colombia", Some("COL")),
            ("Columbia", Some("COL")),
            ("Perú", Some("PER")),
            ("Estados Unidos", Some("USA")),
            ("Holland", Some("NLD")),
            ("KOL", None),
            ("CO1", None),
            ("zzzz", None),
            ("", None),
        ] {
            assert_eq!(country_meant(text), code, "{text}");
        }
        // Whatever three letters are asked for, they are a code or name no country.
        for letters in ["XYZ", "QQQ", "COK", "PRU"] {
            assert!(country_meant(letters).is_none_or(|code| code == letters), "{letters}");
        }
    }

    #[test]
    fn a_parameter_is_found_by_what_else_it_is_called() {
        let known = ["partner", "fiscal_year", "program", "limit", "q"];
        for (name, meant) in [
            ("country", Some("partner")),
            ("Year", Some("fiscal_year")),
            ("search", Some("q")),
            ("progam", Some("program")),
            ("order", None),
            ("zzzzzzzzzz", None),
        ] {
            let meant = meant.map(str::to_owned);
            assert_eq!(parameter_meant(name, known.into_iter()), meant, "{name}");
        }
    }
}
