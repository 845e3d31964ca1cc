//! Hive partitions: the keys that divide collections into folders, and the folder that each record goes to.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::dataset::Dataset;
use crate::model::FieldSummary;
use crate::query::{AnyTable, nearest};

/// What Hive writes for records without a value. Engines read it as NULL; any other word would make the years of a
/// `period_from` text.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// The key of the partners, of which a record may name several.
pub(super) const PARTNER: &str = "partner";

/// Keys of which no record counts the values, and which have few.
const YEARS: [&str; 2] = ["period_from", "period_to"];

/// Fields that name one record each.
const OF_ONE_RECORD: [&str; 2] = ["id", "name"];

/// The keys that divide collections into folders, in the order of the folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionKeys(Vec<&'static str>);

/// Words that are no keys, and which words are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}\nexpected one or more of {}", lines(.bad), quoted(.allowed))]
pub struct BadPartitionKeys {
    /// What is wrong with each.
    pub bad: Vec<BadPartitionKey>,
    /// The fields that divide records.
    pub allowed: Vec<&'static str>,
}

/// Why a word is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPartitionKey {
    /// It is named twice.
    #[error("`{0}` is named twice")]
    Twice(String),
    /// A field that does not divide records.
    #[error("`{0}` divides no records: nearly every record has its own, or a record has several")]
    Unfit(String),
    /// No collection has such a field.
    #[error("`{word}` is a field of no collection{}", meant(.did_you_mean.as_deref()))]
    Unknown {
        /// The word.
        word: String,
        /// The key that was most likely meant.
        did_you_mean: Option<String>,
    },
}

fn lines(bad: &[BadPartitionKey]) -> String {
    bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn meant(word: Option<&str>) -> String {
    word.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default()
}

/// Whether a field divides records into few folders, and each record stands in one. Several partners together are one
/// value; of no other list that would be of use to anybody.
fn divides(field: &FieldSummary) -> bool {
    let few = field.uses.facets || YEARS.contains(&field.name);
    field.uses.column
        && few
        && (!field.list || field.name == PARTNER)
        && !OF_ONE_RECORD.contains(&field.name)
}

impl PartitionKeys {
    /// Reads the names of keys.
    ///
    /// # Errors
    /// Every word that is no key.
    pub fn parse(words: &[String]) -> Result<Self, BadPartitionKeys> {
        let fields = Dataset::fields();
        let every = || fields.iter().flatten();
        let mut allowed: Vec<&'static str> =
            every().filter(|field| divides(field)).map(|field| field.name).collect();
        allowed.sort_unstable();
        allowed.dedup();
        let (mut keys, mut bad) = (Vec::new(), Vec::new());
        for word in words {
            match allowed.iter().find(|name| *name == word) {
                Some(name) if keys.contains(name) => bad.push(BadPartitionKey::Twice(word.clone())),
                Some(name) => keys.push(*name),
                None if every().any(|field| field.name == word) => {
                    bad.push(BadPartitionKey::Unfit(word.clone()));
                }
                None => bad.push(BadPartitionKey::Unknown {
                    word: word.clone(),
                    did_you_mean: nearest(word, allowed.iter().copied()).map(str::to_owned),
                }),
            }
        }
        if bad.is_empty() { Ok(Self(keys)) } else { Err(BadPartitionKeys { bad, allowed }) }
    }

    /// Their names.
    pub(super) fn names(&self) -> &[&'static str] {
        &self.0
    }

    /// Those that a collection has, each with the place of its field.
    fn places(&self, table: &dyn AnyTable) -> Vec<(&'static str, usize)> {
        let place = |name: &'static str| {
            let found =
                table.fields().iter().position(|field| field.name == name && divides(field));
            found.map(|place| (name, place))
        };
        self.0.iter().copied().filter_map(place).collect()
    }

    /// The folders of a collection, each with the rows that go there. Each row goes to one; all to one without a name
    /// where the collection has none of the keys.
    pub(super) fn folders(&self, table: &dyn AnyTable) -> BTreeMap<String, Vec<u32>> {
        let places = self.places(table);
        let mut folders: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut folder = String::new();
        for row in (0..).take(table.count()) {
            folder.clear();
            for (name, place) in &places {
                if !folder.is_empty() {
                    folder.push('/');
                }
                let _ = write!(folder, "{name}=");
                push_value(&mut folder, table, row, *place);
            }
            match folders.get_mut(&folder) {
                Some(rows) => rows.push(row),
                None => drop(folders.insert(folder.clone(), vec![row])),
            }
        }
        folders
    }
}

/// Several values as one: each once, sorted, joined by `+`.
fn push_value(folder: &mut String, table: &dyn AnyTable, row: u32, place: usize) {
    let value = table.value(row, place);
    let mut values: Vec<String> = value.scalars().iter().map(ToString::to_string).collect();
    values.sort_unstable();
    values.dedup();
    let value = values.join("+");
    if value.is_empty() { folder.push_str(NO_VALUE) } else { escape(&value, folder) }
}

/// Writes what Hive escapes in the name of a folder as `%` and two hexadecimal digits: what a path or an address has a
/// meaning for. `+` and letters of any script stay.
fn escape(value: &str, folder: &mut String) {
    for letter in value.chars() {
        if letter.is_ascii_control() || "\"#%'*/:=?\\{[]^".contains(letter) {
            let _ = write!(folder, "%{:02X}", u32::from(letter));
        } else {
            folder.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<PartitionKeys, BadPartitionKeys> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        PartitionKeys::parse(&words)
    }

    fn escaped(value: &str) -> String {
        let mut folder = String::new();
        escape(value, &mut folder);
        folder
    }

    #[test]
    fn partners_years_and_codes_are_keys() {
        let words = ["partner", "period_from", "fiscal_year", "program", "stage", "account"];
        assert_eq!(parsed(&words).expect("keys").names(), words);
    }

    #[test]
    fn every_word_that_is_no_key_is_told_with_what_was_meant() {
        let refused = parsed(&["partnr", "id", "stage", "stage", "amount_usd", "missions"]);
        let told = refused.expect_err("no keys").to_string();
        let begins = [
            "`partnr` is a field of no collection; did you mean `partner`?",
            "`id` divides no records: ",
            "`stage` is named twice",
            "`amount_usd` divides no records: ",
            "`missions` divides no records: ",
            "expected one or more of `account`, ",
        ];
        let told: Vec<&str> = told.lines().collect();
        assert_eq!(told.len(), begins.len(), "{told:#?}");
        for (told, begin) in told.iter().zip(begins) {
            assert!(told.starts_with(begin), "{told}");
        }
        for allowed in ["`partner`", "`period_from`", "`year`"] {
            assert!(told[5].contains(allowed), "{told:#?}");
        }
        for out in ["`name`", "`missions`", "`citations_source`", "`note`", "`as_of`"] {
            assert!(!told[5].contains(out), "{told:#?}");
        }
    }

    #[test]
    fn what_a_path_has_a_meaning_for_is_escaped_as_hive_does_and_plus_stays() {
        assert_eq!(escaped("COL+PER"), "COL+PER");
        assert_eq!(escaped("a/b=c:100% ñ"), "a%2Fb%3Dc%3A100%25 ñ");
        assert_eq!(escaped("\u{7f}\n"), "%7F%0A");
    }

    #[test]
    fn each_record_goes_to_one_folder() {
        let dataset = Dataset::embedded().expect("the embedded data has no fault");
        let keys = parsed(&["partner", "period_from"]).expect("keys");
        for table in dataset.tables() {
            let folders = keys.folders(table);
            let mut rows: Vec<u32> = folders.values().flatten().copied().collect();
            rows.sort_unstable();
            assert!(rows.into_iter().eq((0..).take(table.count())), "{}", table.name());
            let has = |name: &str| table.field(name).is_some();
            for folder in folders.keys() {
                assert_eq!(folder.contains("partner="), has("partner"), "{}", table.name());
                assert_eq!(folder.contains("period_from="), has("period_from"), "{folder}");
            }
        }
        let funding = keys.folders(&dataset.assistance_funding);
        assert!(funding.contains_key("partner=COL/period_from=2017"));
        assert!(funding.keys().any(|folder| folder.starts_with("partner=EST+LTU+LVA/")));
        assert!(
            funding
                .keys()
                .any(|folder| folder.ends_with("/period_from=__HIVE_DEFAULT_PARTITION__"))
        );
        let programs = keys.folders(&dataset.assistance_programs);
        assert_eq!(programs.keys().collect::<Vec<_>>(), [""]);
    }
}
