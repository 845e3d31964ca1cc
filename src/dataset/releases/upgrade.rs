//! Reading releases that were written before a key existed, or before a word became a code.
//!
//! Only what is read is changed, never the archive: the digest of a release is that of the bytes as published.

use serde_json::{Map, Value as Json, json};

use super::archive::Files;
use super::organizations::code_of;
use crate::dataset::load::check::split;
use crate::dataset::load::embedded::NAMES;

/// A record as a file has it.
type Record = Map<String, Json>;

/// What today's records have and older ones do not.
pub(crate) struct Upgrade {
    /// The file that has it.
    pub(crate) file: &'static str,
    /// The key, or the path to it in a part of the record: `period.known_through`.
    pub(crate) key: &'static str,
    /// How an older record comes by it.
    pub(crate) value: UpgradeValue,
}

/// How an older record comes by a key.
pub(crate) enum UpgradeValue {
    /// The key is new, and this stands there where a release does not say more.
    New(fn() -> Json),
    /// The key held words for which there are codes now; words without a code stay, and are found when the
    /// release is loaded.
    Code(fn(&str) -> Option<&'static str>),
}

/// Every upgrade, oldest first. A record that has the key already, or the code, stays as it is, whatever its release:
/// publishers count their versions in their own ways.
pub(crate) const UPGRADES: &[Upgrade] = &[
    // New in release 1.2.0 of the embedded data.
    new("dataset.json", "extents", || json!([])),
    new("assistance-programs.jsonl", "objective", || Json::Null),
    new("assistance-funding.jsonl", "objective", || Json::Null),
    new("assistance-funding.jsonl", "period.known_through", || Json::Null),
    new("arms-sales.jsonl", "period.known_through", || Json::Null),
    new("cooperation.jsonl", "period.known_through", || Json::Null),
    new("deployments.jsonl", "period.known_through", || Json::Null),
    new("missions.jsonl", "period.known_through", || Json::Null),
    new("partners.jsonl", "name_es", || Json::Null),
    new("assistance-programs.jsonl", "name_es", || Json::Null),
    new("missions.jsonl", "name_es", || Json::Null),
    Upgrade { file: "memberships.jsonl", key: "organization", value: UpgradeValue::Code(code_of) },
    // New in release 2.0.0.
    new("dataset.json", "questions", || json!([])),
    new("agreements.jsonl", "method", || Json::Null),
    new("arms-sales.jsonl", "method", || Json::Null),
    new("assistance-funding.jsonl", "method", || Json::Null),
    new("cooperation.jsonl", "method", || Json::Null),
    new("deployments.jsonl", "method", || Json::Null),
    new("memberships.jsonl", "method", || Json::Null),
    new("milestones.jsonl", "method", || Json::Null),
    new("agreements.jsonl", "date_event", || Json::Null),
    new("conflicts.jsonl", "state", || Json::Null),
    new("sources.jsonl", "archived_url", || Json::Null),
    new("sources.jsonl", "retrieved", || Json::Null),
];

const fn new(file: &'static str, key: &'static str, value: fn() -> Json) -> Upgrade {
    Upgrade { file, key, value: UpgradeValue::New(value) }
}

/// Brings the files of a former release into today's form: every collection has its file, every record its keys.
pub(crate) fn upgrade(files: Files, upgrades: &[Upgrade]) -> Files {
    let mut files = files;
    for name in NAMES {
        if !files.iter().any(|(known, _)| known == name) {
            files.push(((*name).to_owned(), Vec::new()));
        }
    }
    for (name, bytes) in &mut files {
        let of_file: Vec<&Upgrade> =
            upgrades.iter().filter(|upgrade| upgrade.file == *name).collect();
        if !of_file.is_empty() {
            // `dataset.json` is one object, every other file one a line.
            *bytes = match name.as_str() {
                "dataset.json" => upgrade_record(bytes, &of_file),
                _ => split(bytes).flat_map(|line| upgrade_record(line, &of_file)).collect(),
            };
        }
    }
    files
}

/// The line of a record with its upgrades; what is no record stays, and is found when the release is loaded.
fn upgrade_record(bytes: &[u8], upgrades: &[&Upgrade]) -> Vec<u8> {
    let mut written = match serde_json::from_slice::<Record>(bytes) {
        Ok(mut record) => {
            for upgrade in upgrades {
                apply(upgrade, &mut record);
            }
            Json::Object(record).to_string().into_bytes()
        }
        Err(_) => bytes.to_vec(),
    };
    written.push(b'\n');
    written
}

fn apply(upgrade: &Upgrade, record: &mut Record) {
    let (key, part) = match upgrade.key.split_once('.') {
        Some((part, key)) => (key, record.get_mut(part).and_then(Json::as_object_mut)),
        None => (upgrade.key, Some(record)),
    };
    // A part that is null has no keys.
    let Some(part) = part else { return };
    match upgrade.value {
        UpgradeValue::New(value) if !part.contains_key(key) => {
            part.insert(key.to_owned(), value());
        }
        UpgradeValue::New(_) => {}
        UpgradeValue::Code(code) => {
            if let Some(Json::String(words)) = part.get_mut(key)
                && let Some(code) = code(words)
            {
                code.clone_into(words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &[Upgrade] = &[
        new("missions.jsonl", "leader", || Json::Null),
        new("missions.jsonl", "period.how", || Json::Null),
        Upgrade {
            file: "missions.jsonl",
            key: "organization",
            value: UpgradeValue::Code(|words| (words == "United Nations").then_some("un")),
        },
    ];

    fn upgraded(line: &str) -> String {
        let files = vec![("missions.jsonl".to_owned(), line.as_bytes().to_vec())];
        let files = upgrade(files, SOME);
        let (_, bytes) = files.into_iter().find(|(name, _)| name == "missions.jsonl").expect("it");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn an_older_record_comes_by_every_new_key_and_code() {
        let line = r#"{"id":"M","organization":"United Nations","period":{"from":2000}}"#;
        let expected =
            r#"{"id":"M","organization":"un","period":{"from":2000,"how":null},"leader":null}"#;
        assert_eq!(upgraded(line), format!("{expected}\n"));
    }

    #[test]
    fn what_has_the_key_or_the_code_and_what_is_no_record_stays() {
        for line in [
            r#"{"id":"M","organization":"un","period":null,"leader":"COL"}"#,
            r#"{"id":"M","organization":"The League","period":{"how":"printed"},"leader":null}"#,
            "no record",
        ] {
            assert_eq!(upgraded(line), format!("{line}\n"));
        }
    }

    #[test]
    fn a_collection_that_a_release_did_not_have_is_empty() {
        let names: Vec<String> =
            upgrade(Vec::new(), SOME).into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"milestones.jsonl".to_owned()), "{names:?}");
    }
}
