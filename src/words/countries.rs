//! The countries and areas of ISO 3166-1: codes, names in English and Spanish, and what else people call them.
//!
//! The names are the short ones that newspapers print, not the standard's own ("Bolivia (Plurinational State
//! of)"); the Spanish ones are those of Colombia. The table is `countries.tsv`, one line a code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use deunicode::deunicode;

use crate::model::Bilingual;

/// A country or area of ISO 3166-1.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3 code.
    pub alpha_3: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub alpha_2: &'static str,
    /// Its short name, without article.
    pub name: Bilingual,
    /// The article that a sentence puts before the name: `the` Netherlands, `los` Países Bajos. Empty for a
    /// name that goes without one.
    pub article: Bilingual,
    /// What else it is or was called, in either language.
    pub other_names: Vec<&'static str>,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    include_str!("countries.tsv").lines().skip(1).filter_map(Country::read).collect()
});

/// Every country and area, in the order of the alpha-3 codes.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The country with this alpha-3 code.
pub fn country(alpha_3: &str) -> Option<&'static Country> {
    let at = COUNTRIES.binary_search_by(|country| country.alpha_3.cmp(alpha_3)).ok()?;
    COUNTRIES.get(at)
}

/// The country that a text most plainly means: a code of three or two letters, a name in either language, or
/// a synonym. Case, accents, punctuation and a leading article do not matter.
pub fn country_named(text: &str) -> Option<&'static Country> {
    // The longest name is far shorter.
    if text.len() > 200 {
        return None;
    }
    BY_NAME.get(plain_name(text).as_str()).copied()
}

/// Every name and synonym in both languages, and every code, as [`country_named`] compares them: plain lower-case
/// letters without spaces.
pub fn country_names() -> impl Iterator<Item = &'static str> {
    BY_NAME.keys().map(String::as_str)
}

/// By plain codes and names; a code wins over a name.
static BY_NAME: LazyLock<BTreeMap<String, &'static Country>> = LazyLock::new(|| {
    let mut by_name = BTreeMap::new();
    let codes = |country: &'static Country| [country.alpha_3, country.alpha_2];
    for country in COUNTRIES.iter() {
        for code in codes(country) {
            by_name.insert(plain_name(code), country);
        }
    }
    for country in COUNTRIES.iter() {
        for name in country.names() {
            by_name.entry(plain_name(name)).or_insert(country);
        }
    }
    by_name
});

impl Country {
    fn read(line: &'static str) -> Option<Self> {
        let fields: Vec<_> = line.split('\t').collect();
        let &[alpha_3, alpha_2, the, english, el, spanish, others] = &*fields else {
            return None;
        };
        Some(Self {
            alpha_3,
            alpha_2,
            name: Bilingual::new(english, spanish),
            article: Bilingual::new(the, el),
            other_names: others.split(';').filter(|name| !name.is_empty()).collect(),
        })
    }

    /// Its names in both languages, then what else it is called.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.name.en, self.name.es].into_iter().chain(self.other_names.iter().copied())
    }
}

/// A name as [`country_named`] compares it: plain lower-case letters, without a leading article: `The Bahamas` is
/// `bahamas`.
pub fn plain_name(name: &str) -> String {
    let folded = deunicode(name).to_ascii_lowercase();
    let mut words: Vec<_> = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    words.retain(|word| !word.is_empty());
    if words.len() > 1 && ["the", "la", "las", "los"].contains(&words[0]) {
        words.remove(0);
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_has_each_code_of_the_standard_once_and_in_order() {
        assert_eq!(countries().len(), 249);
        assert_eq!(include_str!("countries.tsv").lines().count(), 250);
        assert!(countries().is_sorted_by(|a, b| a.alpha_3 < b.alpha_3));
        let two: BTreeSet<_> = countries().iter().map(|country| country.alpha_2).collect();
        assert_eq!(two.len(), 249);
        for country in countries() {
            let capitals = |code: &str| code.bytes().all(|byte| byte.is_ascii_uppercase());
            assert!(country.alpha_3.len() == 3 && capitals(country.alpha_3), "{country:?}");
            assert!(country.alpha_2.len() == 2 && capitals(country.alpha_2), "{country:?}");
            for name in country.names() {
                assert!(!name.is_empty() && name.trim() == name, "{country:?}");
            }
            assert!(["", "the"].contains(&country.article.en), "{country:?}");
            assert!(["", "el", "la", "los", "las"].contains(&country.article.es), "{country:?}");
        }
    }

    #[test]
    fn no_name_means_two_countries() {
        let mut seen = BTreeSet::new();
        for country in countries() {
            let names: BTreeSet<_> = country.names().map(plain_name).collect();
            for name in names {
                assert!(seen.insert(name.clone()), "{name} is said of two countries");
            }
        }
    }

    #[test]
    fn codes_names_and_synonyms_find_a_country() {
        for (text, code) in [
            ("COL", "COL"),
            ("sv", "SLV"),
            ("Colombia", "COL"),
            ("south korea", "KOR"),
            ("Corea del Sur", "KOR"),
            ("Burma", "MMR"),
            ("the Netherlands", "NLD"),
            ("Países Bajos", "NLD"),
            ("paises bajos", "NLD"),
            ("Cote d'Ivoire", "CIV"),
            ("U.K.", "GBR"),
            ("Turkey", "TUR"),
            ("El Salvador", "SLV"),
        ] {
            assert_eq!(country_named(text).map(|found| found.alpha_3), Some(code), "{text}");
        }
        assert_eq!(country_named("Atlantis"), None);
        assert_eq!(country_named(""), None);
        assert_eq!(country("XXX"), None);
    }
}
