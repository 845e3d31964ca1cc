//! What a country is called in official files, and which partner that is: by code and name together, as neither is
//! enough alone.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::mapping::rows_of;
use super::report::Refusal;
use crate::collections::Region;
use crate::model::Vocabulary;
use crate::words::{country, country_named, plain_name};

/// What a code and a name mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A partner, by ISO 3166-1 alpha-3 code.
    Partner(&'static str),
    /// Something that is no partner.
    Refused(Refusal),
}

/// The names that the table of countries does not have, and what is no country.
static PRINTED: LazyLock<BTreeMap<(&str, String), Meaning>> = LazyLock::new(|| {
    let rows = rows_of(include_str!("tables/countries.tsv"));
    rows.filter_map(|row| {
        let &[code, name, means] = &*row else { return None };
        let meaning = match means {
            "region" => Meaning::Refused(Refusal::Region),
            "former_state" => Meaning::Refused(Refusal::FormerState),
            "no_iso_code" => Meaning::Refused(Refusal::NoIsoCode),
            iso => Meaning::Partner(country(iso)?.alpha_3),
        };
        Some(((code, plain_name(name)), meaning))
    })
    .collect()
});

/// The regional bureau of each partner.
static REGIONS: LazyLock<BTreeMap<&str, Region>> = LazyLock::new(|| {
    let rows = rows_of(include_str!("tables/regions.tsv"));
    rows.filter_map(|row| Some((*row.first()?, Region::from_word(row.get(1)?)?))).collect()
});

/// The region of a partner, as the official series have it.
pub(super) fn region(code: &str) -> Option<Region> {
    REGIONS.get(code).copied()
}

/// Finds what codes and names mean; each pair is looked up once.
#[derive(Default)]
pub(super) struct Countries {
    met: HashMap<String, Option<Meaning>>,
}

impl Countries {
    /// What a code and a name mean together; none where no table says.
    pub(super) fn find(&mut self, code: &str, name: &str) -> Option<Meaning> {
        let pair = format!("{code}\t{name}");
        *self.met.entry(pair).or_insert_with(|| meaning(code, name))
    }
}

fn meaning(code: &str, name: &str) -> Option<Meaning> {
    // What has no code is written so in one file and left empty in another.
    let code = if code == "NULL" { "" } else { code };
    if let Some(meaning) = PRINTED.get(&(code, plain_name(name))) {
        return Some(*meaning);
    }
    let named = country_named(name)?;
    let agree = code.is_empty() || code == named.alpha_3;
    match named.alpha_3 {
        _ if !agree => None,
        "USA" => Some(Meaning::Refused(Refusal::UnitedStates)),
        code => Some(Meaning::Partner(code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::countries;

    #[test]
    fn every_line_of_the_table_means_something_that_its_code_alone_or_its_name_alone_would_not() {
        let lines = include_str!("tables/countries.tsv").lines().count() - 1;
        assert_eq!(PRINTED.len(), lines, "a line repeats another, or names no country");
        for ((code, name), meaning) in PRINTED.iter() {
            let known = country_named(name).map(|country| country.alpha_3);
            if let Meaning::Partner(partner) = meaning {
                assert_ne!(known, Some(*partner), "{code} {name} needs no line");
            }
        }
    }

    #[test]
    fn every_region_is_of_a_country_and_stands_once_in_order() {
        let text = include_str!("tables/regions.tsv");
        assert_eq!(REGIONS.len(), text.lines().count() - 1);
        let codes: Vec<&str> = rows_of(text).filter_map(|row| row.first().copied()).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
        assert!(codes.iter().all(|code| country(code).is_some()));
    }

    #[test]
    fn a_code_and_a_name_must_agree() {
        let mut found = Countries::default();
        assert_eq!(found.find("COL", "Colombia"), Some(Meaning::Partner("COL")));
        assert_eq!(found.find("COL", "Colombo"), None);
        assert_eq!(found.find("COL", "Peru"), None);
        assert_eq!(found.find("XYZ", "Colombia"), None);
        assert_eq!(found.find("COD", "Congo (Kinshasa)"), Some(Meaning::Partner("COD")));
        assert_eq!(found.find("NULL", "South Sudan"), Some(Meaning::Partner("SSD")));
        assert_eq!(
            found.find("NULL", "Berlin, West"),
            Some(Meaning::Refused(Refusal::FormerState))
        );
        assert_eq!(found.find("SDF", "Sudan (former)"), Some(Meaning::Partner("SDN")));
        assert_eq!(found.find("CS-KM", "Kosovo"), Some(Meaning::Refused(Refusal::NoIsoCode)));
        assert_eq!(found.find("", "Kosovo"), Some(Meaning::Refused(Refusal::NoIsoCode)));
        assert_eq!(found.find("WLD", "World"), Some(Meaning::Refused(Refusal::Region)));
        assert_eq!(
            found.find("USA", "United States"),
            Some(Meaning::Refused(Refusal::UnitedStates))
        );
    }

    #[test]
    fn every_country_is_found_by_its_own_code_and_name() {
        let mut found = Countries::default();
        for one in countries().iter().filter(|one| one.alpha_3 != "USA") {
            let meaning = found.find(one.alpha_3, one.name.en);
            assert_eq!(meaning, Some(Meaning::Partner(one.alpha_3)), "{}", one.name.en);
        }
    }
}
