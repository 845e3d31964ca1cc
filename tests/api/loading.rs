//! Loading a data package: what is sound is served, and of what is broken every fault is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use partnership_api::dataset::{Dataset, Fault, Faults, Package};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The files of a folder, those of a folder in it by both names: `es/agreements.jsonl`.
fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).expect("a folder of fixtures") {
        let entry = entry.expect("an entry of the folder");
        let name = entry.file_name().into_string().expect("a file name in UTF-8");
        if entry.path().is_dir() {
            let inside = files_in(&entry.path()).into_iter();
            files.extend(inside.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).expect("a readable file"));
        }
    }
    files
}

pub(crate) fn sound() -> Files {
    files_in(&fixtures().join("sound"))
}

pub(crate) fn with(changed: impl IntoIterator<Item = (&'static str, Vec<u8>)>) -> Files {
    let mut files = sound();
    files.extend(changed.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
    files
}

pub(crate) fn text_of(file: &str) -> String {
    String::from_utf8(sound().remove(file).expect("a file of the package")).expect("UTF-8")
}

/// A folder of these files, which goes when it is dropped.
pub(crate) fn folder_of(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in the folder");
        fs::write(path, bytes).expect("a file in the folder");
    }
    folder
}

pub(crate) fn load(files: Files) -> Result<Dataset, Faults> {
    Dataset::load(&Package::of(files).held_to_rules())
}

fn faults_of(files: Files) -> Vec<Fault> {
    load(files).err().expect("a fault").first().to_vec()
}

pub(crate) fn report_of(files: Files) -> String {
    match load(files) {
        Ok(_) => "no fault".to_owned(),
        Err(faults) => faults.to_string(),
    }
}

/// Each broken package: its name, its files laid over the sound ones, and the report that it must give.
fn broken() -> Vec<(String, Files, String)> {
    let folders = fs::read_dir(fixtures().join("broken")).expect("the folder of broken packages");
    let read = folders.map(|folder| {
        let folder = folder.expect("an entry of the folder");
        let mut changed = files_in(&folder.path());
        let report = changed.remove("report.txt").unwrap_or_default();
        let mut files = sound();
        files.extend(changed);
        let report = String::from_utf8(report).expect("a report in UTF-8");
        (folder.file_name().to_string_lossy().into_owned(), files, report)
    });
    let mut packages: Vec<_> = read.collect();
    packages.sort();
    packages
}

#[test]
fn a_sound_package_loads() {
    assert_eq!(report_of(sound()), "no fault");
    let dataset = load(sound()).expect("a sound package");
    assert_eq!(dataset.release.version.as_str(), "1.0.0");
    assert_eq!(dataset.release.digest.len(), 16);
    for table in dataset.tables() {
        assert!(table.count() > 0, "{} holds a record", table.name());
    }
}

#[test]
fn every_broken_package_is_refused_with_its_whole_report() {
    let packages = broken();
    assert!(packages.len() >= 20, "only {} broken packages", packages.len());
    let mut wrong = Vec::new();
    for (name, files, expected) in packages {
        let report = report_of(files);
        if report != expected.trim_end_matches('\n') {
            wrong.push(format!("== {name}\n-- expected\n{expected}\n-- reported\n{report}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_fault_in_one_file_hides_none_in_another() {
    let (_, files, _) = broken()
        .into_iter()
        .find(|(name, ..)| name == "faults-in-several-files")
        .expect("the package with faults in several files");
    let faults = faults_of(files);
    let places: Vec<_> = faults.iter().map(|fault| (fault.file.as_str(), fault.line)).collect();
    let expected = [
        ("arms-sales.jsonl", Some(1)),
        ("assistance-funding.jsonl", Some(3)),
        ("dataset.json", None),
        ("milestones.jsonl", Some(1)),
        ("partners.jsonl", Some(1)),
        ("sources.jsonl", Some(2)),
    ];
    assert_eq!(places, expected);
}

#[test]
fn faults_in_json_say_file_line_key_value_expected_and_hint() {
    let line = text_of("assistance-funding.jsonl");
    let files = with([(
        "assistance-funding.jsonl",
        line.replace(r#""program":"FMF""#, r#""program":"FMFF""#).into_bytes(),
    )]);
    let faults = load(files).err().expect("a fault");
    let written = serde_json::to_string(&faults).expect("faults are JSON");
    let read: Json = serde_json::from_str(&written).expect("JSON");
    let expected = json!({"count": 1, "faults": [{
        "file": "assistance-funding.jsonl",
        "line": 2,
        "key": "program",
        "value": "\"FMFF\"",
        "expected": "expected the id of a record in assistance-programs",
        "hint": "did you mean `FMF`?",
    }]});
    assert_eq!(read, expected);
}

#[test]
fn a_missing_file_is_the_one_fault_of_the_package() {
    for file in sound().into_keys() {
        let mut files = sound();
        files.remove(&file);
        let expected = if file == "dataset.json" {
            format!("{file}: expected this file\n1 fault")
        } else {
            format!("{file}: expected this file, be it empty\n1 fault")
        };
        assert_eq!(report_of(files), expected);
    }
}

#[test]
fn a_collection_may_be_empty() {
    let files = with([("milestones.jsonl", Vec::new())]);
    let dataset = load(files).expect("a package without milestones");
    assert_eq!(dataset.milestones.records().len(), 0);
}

#[test]
fn a_line_above_one_mebibyte_is_refused_and_one_below_is_read() {
    let padded = |length: usize| {
        let mut line = text_of("milestones.jsonl").trim_end().to_owned();
        // White space between keys is the one way to a long line that has no other fault.
        line.insert_str(1, &" ".repeat(length - line.len()));
        report_of(with([("milestones.jsonl", line.into_bytes())]))
    };
    assert_eq!(padded(1 << 20), "no fault");
    assert_eq!(
        padded((1 << 20) + 1),
        "milestones.jsonl:1: expected at most 1048576 bytes a line, found 1048577\n1 fault"
    );
}

#[test]
fn lines_may_end_as_windows_ends_them_and_the_last_without_an_end() {
    let whole = sound();
    let windows = whole.iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        (name.clone(), text.replace('\n', "\r\n").into_bytes())
    });
    assert_eq!(report_of(windows.collect()), "no fault");
    let unended = whole.iter().map(|(name, bytes)| (name.clone(), bytes.trim_ascii_end().to_vec()));
    assert_eq!(report_of(unended.collect()), "no fault");
}

#[test]
fn a_record_with_a_fault_is_still_there_for_those_that_refer_to_it() {
    let text = text_of("partners.jsonl");
    let unknown_key = text.replace(r#"{"id":"XAA","#, r#"{"remark":null,"id":"XAA","#);
    let wrong_type = text.replace(r#"{"id":"XAA","alpha_2":"XA""#, r#"{"alpha_2":7,"id":"XAA""#);
    let broken_off = text.replace(r#","note":null"#, r#","note""#);
    for partners in [unknown_key, wrong_type, broken_off] {
        assert_ne!(partners, text, "the package is broken");
        let faults = faults_of(with([("partners.jsonl", partners.into_bytes())]));
        let files: BTreeSet<_> = faults.iter().map(|fault| fault.file.as_str()).collect();
        assert_eq!(files, BTreeSet::from(["partners.jsonl"]), "{faults:?}");
    }
}

#[test]
fn a_folder_is_read_as_the_same_files_are_in_memory() {
    let named = [
        "faults-in-several-files",
        "invalid-utf-8",
        "translation-with-faulty-keys",
        "translations-of-a-collection-without-texts",
        "unknown-file",
    ];
    let chosen = broken().into_iter().filter(|(name, ..)| named.contains(&name.as_str()));
    let mut packages: Vec<Files> = chosen.map(|(_, files, _)| files).collect();
    assert_eq!(packages.len(), named.len());
    packages.extend([sound(), in_spanish()]);
    for files in packages {
        let folder = folder_of(&files);
        let read = Package::read(folder.path()).expect("a folder");
        let from_folder = Dataset::load(&read).map(|dataset| dataset.release);
        assert_eq!(from_folder, load(files).map(|dataset| dataset.release));
    }
}

#[test]
fn a_folder_may_hold_notes_and_hidden_files_beside_the_data() {
    let mut files = sound();
    for name in [
        "README.md",
        ".partners.jsonl",
        ".milestones.jsonl.swp",
        "es/README.md",
        "es/.agreements.jsonl",
        "fr/agreements.jsonl",
    ] {
        files.insert(name.to_owned(), b"\xff not data".to_vec());
    }
    let read = Package::read(folder_of(&files).path()).expect("a folder");
    let release = Dataset::load(&read).expect("a sound package").release;
    assert_eq!(release, load(sound()).expect("a sound package").release);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_of_reading() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let error = Package::read(&folder.path().join("nowhere")).err().expect("an error");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn a_data_file_that_cannot_be_read_is_a_fault_of_that_file() {
    let mut files = sound();
    files.remove("partners.jsonl");
    let folder = folder_of(&files);
    fs::create_dir(folder.path().join("partners.jsonl")).expect("a folder in place of a file");
    let read = Package::read(folder.path()).expect("a folder");
    let faults = Dataset::load(&read).err().expect("a fault").first().to_vec();
    let [fault] = faults.as_slice() else { panic!("one fault, not {faults:?}") };
    assert_eq!((fault.file.as_str(), fault.line), ("partners.jsonl", None));
    assert_eq!(fault.expected, "expected a regular file, found a folder");
}

/// What breaks no rule but those of record: a service must not go down for a word.
const RULES_OF_RECORD: [&str; 11] = [
    "british-spelling",
    "conflict-without-a-state",
    "date-without-its-event",
    "doubt-without-a-reason",
    "fiscal-years-that-no-citation-shows",
    "open-period-of-unknown-reach",
    "partner-without-a-region",
    "period-known-through-a-day-before-its-source",
    "rounding-beside-a-bound",
    "spanish-billion",
    "spanish-digits-in-groups",
];

#[test]
fn a_package_that_breaks_a_rule_of_record_alone_is_still_served() {
    let named = |(name, ..): &(String, Files, String)| RULES_OF_RECORD.contains(&name.as_str());
    let packages: Vec<_> = broken().into_iter().filter(named).collect();
    assert_eq!(packages.len(), RULES_OF_RECORD.len());
    for (name, files, report) in packages {
        assert_ne!(report, "no fault", "{name}");
        assert!(Dataset::load(&Package::of(files)).is_ok(), "{name}");
    }
}

#[test]
fn what_a_release_says_of_itself_is_spelled_the_american_way() {
    let text = text_of("dataset.json").replace("A small dataset", "A small programme");
    let report = report_of(with([("dataset.json", text.into_bytes())]));
    let expected = "dataset.json: description: found `programme`: expected the American spelling `program`\n1 fault";
    assert_eq!(report, expected);
}

#[test]
fn the_carried_dataset_has_no_fault() {
    if let Err(faults) = Dataset::load(&Package::embedded().held_to_rules()) {
        panic!("{faults}");
    }
}

#[test]
fn carried_files_are_sorted_by_id_and_every_record_cites_a_source() {
    let package = Package::embedded();
    let mut records = 0;
    let is_of_records = |file: &str| file != "dataset.json" && !file.starts_with("es/");
    for (file, bytes) in package.files().filter(|(file, _)| is_of_records(file)) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let mut last = String::new();
        for line in text.lines() {
            let record: Json = serde_json::from_str(line).expect("a record");
            let id = record["id"].as_str().expect("an id").to_owned();
            assert!(last < id, "{file}: {id} comes after {last}");
            let cites = record["citations"].as_array().is_some_and(|cited| !cited.is_empty());
            assert!(cites || file == "sources.jsonl", "{file}: {id} cites nothing");
            last = id;
            records += 1;
        }
    }
    assert!(records > 0, "the binary carries records");
}

/// The sound package with a Spanish text for its work together.
fn in_spanish() -> Files {
    let line = concat!(
        r#"{"id":"xaa-demining","of":"f54db8c417a59718","title":"Remoción de minas","#,
        r#""summary":"Cursos para desminadores."}"#,
        "\n"
    );
    with([("es/cooperation.jsonl", line.as_bytes().to_vec())])
}

#[test]
fn spanish_texts_belong_to_their_records_and_count_for_the_digest() {
    let dataset = load(in_spanish()).unwrap_or_else(|faults| panic!("{faults}"));
    let spanish = dataset.translated("cooperation", "xaa-demining").expect("a Spanish text");
    assert_eq!(spanish.title.as_str(), "Remoción de minas");
    assert_eq!(dataset.translated("milestones", "xaa-first-course"), None);
    assert_eq!(dataset.translated("cooperation", "nothing"), None);
    assert_ne!(dataset.release.digest, load(sound()).expect("a sound package").release.digest);
}

#[test]
fn a_changed_english_text_names_the_hash_that_its_spanish_one_needs() {
    let mut files = in_spanish();
    let cooperation = text_of("cooperation.jsonl").replace("Clearing mines", "Clearing land mines");
    files.insert("cooperation.jsonl".to_owned(), cooperation.into_bytes());
    let faults = Dataset::load(&Package::of(files.clone())).err().expect("a fault");
    let hint = faults.first()[0].hint.clone().expect("what to write");
    let (_, hash) = hint.split_once('`').expect("a hash");
    let spanish = String::from_utf8(files["es/cooperation.jsonl"].clone()).expect("UTF-8");
    let spanish = spanish.replace("f54db8c417a59718", hash.trim_end_matches('`'));
    files.insert("es/cooperation.jsonl".to_owned(), spanish.into_bytes());
    assert_eq!(report_of(files), "no fault");
}

#[test]
fn spanish_texts_that_cannot_be_read_are_a_fault_of_their_file() {
    let folder = folder_of(&in_spanish());
    let file = folder.path().join("es/milestones.jsonl");
    fs::create_dir(file).expect("a folder in place of a file");
    let read = Package::read(folder.path()).expect("a folder");
    let report = Dataset::load(&read).err().expect("a fault").to_string();
    let expected = "es/milestones.jsonl: expected a regular file, found a folder\n1 fault";
    assert_eq!(report, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_damaged_file_is_read_or_refused_with_one_line_a_fault(
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        damage in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        let mut files = sound();
        let name = which.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let bytes = files.get_mut(&name).expect("a file of the package");
        let start = place.index(bytes.len());
        let end = (start + 2).min(bytes.len());
        bytes.splice(start..end, damage);
        if let Err(faults) = load(files) {
            prop_assert!(!faults.is_empty());
            for fault in faults.first() {
                prop_assert!(!fault.to_string().contains('\n'), "{fault}");
            }
        }
    }
}
