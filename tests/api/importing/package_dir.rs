//! The folder that an importer writes into: replaced whole, or left as it was.

use std::fs;
use std::os::unix::fs::MetadataExt;

use serde_json::json;

use super::{Import, bytes_of};
use crate::commands::{run, said};

const HEAD: &str = "Country Code,Country Name,Transaction Type Name,Fiscal Year,current_amount";

#[test]
fn the_same_file_again_changes_nothing_not_even_the_folder() {
    let import = Import::of("foreign-assistance", &[HEAD, "COL,Colombia,Obligations,2012,5"]);
    import.report(&[]);
    let (before, folder) = (bytes_of(&import.out()), fs::metadata(import.out()).expect("it").ino());
    let report = import.report(&[]);
    assert_eq!(
        (&report["added"], &report["changed"], &report["removed"]),
        (&json!(0), &json!(0), &json!(0))
    );
    assert_eq!(bytes_of(&import.out()), before);
    assert_eq!(fs::metadata(import.out()).expect("it").ino(), folder);
}

#[test]
fn a_newer_file_replaces_the_records_asked_for_and_nothing_else() {
    let import = Import::of(
        "foreign-assistance",
        &[
            HEAD,
            "COL,Colombia,Obligations,2012,5",
            "COL,Colombia,Obligations,2013,6",
            "PER,Peru,Obligations,2013,7",
        ],
    );
    import.report(&[]);
    fs::write(import.out().join("README.md"), "mine").expect("a file of one's own");
    import.write(&[HEAD, "COL,Colombia,Obligations,2013,8", "PER,Peru,Obligations,2013,9"]);
    let report = import.report(&["--partner", "COL", "--since", "2013"]);
    assert_eq!(
        (&report["changed"], &report["changed_ids"]),
        (&json!(1), &json!(["col-2013-obligated"]))
    );
    let amounts: Vec<_> = import
        .records("foreign-assistance")
        .iter()
        .map(|record| record["amount"]["usd"].as_i64().expect("dollars"))
        .collect();
    assert_eq!(amounts, [5, 8, 7]);
    let report = import.report(&[]);
    assert_eq!((&report["changed"], &report["removed"]), (&json!(1), &json!(1)));
    assert_eq!(import.ids("foreign-assistance"), ["col-2013-obligated", "per-2013-obligated"]);
    assert_eq!(fs::read_to_string(import.out().join("README.md")).expect("it"), "mine");
    import.is_sound();
}

#[test]
fn each_series_stays_as_it_is_while_another_is_imported() {
    let import = Import::of("foreign-assistance", &[HEAD, "COL,Colombia,Obligations,2012,5"]);
    import.report(&[]);
    let assistance = bytes_of(&import.out());
    let personnel = import.folder.path().join("personnel.csv");
    let text = "iso3c,countryname,year,troops_ad,total_selected_reserve,dod_civilian\nPER,Peru,2016,5,0,0\n";
    fs::write(&personnel, text).expect("a file");
    let out = import.out().display().to_string();
    let output = run(&["import", "us-personnel", &personnel.display().to_string(), "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    import.is_sound();
    assert_eq!(import.ids("partners"), ["COL", "PER"]);
    let differ: Vec<String> = bytes_of(&import.out())
        .into_iter()
        .filter(|file| !assistance.contains(file))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(differ, ["partners.jsonl", "sources.jsonl", "us-personnel.jsonl"]);
}

#[test]
fn a_folder_that_is_no_package_or_is_broken_stays_as_it_was() {
    let import = Import::of("foreign-assistance", &[HEAD, "COL,Colombia,Obligations,2012,5"]);
    fs::create_dir(import.out()).expect("a folder");
    fs::write(import.out().join("letter.txt"), "dear").expect("a file");
    let (code, _, error) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(error.contains("is neither empty nor a data package"), "{error}");
    fs::write(import.out().join("dataset.json"), "{}").expect("a file");
    fs::write(import.out().join("sources.jsonl"), "broken\n").expect("a file");
    let before = bytes_of(&import.out());
    let (code, _, error) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(error.contains("sources.jsonl") && error.contains("line 1"), "{error}");
    assert_eq!(bytes_of(&import.out()), before);
    let names = fs::read_dir(import.folder.path()).expect("the folder").count();
    assert_eq!(names, 2, "a draft is left beside the folder");
}

#[test]
fn an_empty_folder_becomes_a_package() {
    let import = Import::of("foreign-assistance", &[HEAD, "COL,Colombia,Obligations,2012,5"]);
    fs::create_dir(import.out()).expect("a folder");
    import.report(&[]);
    import.is_sound();
}
