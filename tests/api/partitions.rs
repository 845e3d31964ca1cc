//! `export --format parquet`: partitions as Hive has them, each record in one, with columns that may be added up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::exports::parquet_rows;
use crate::reading::{collections, text, walked};
use crate::service::{data, get};

fn export(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_partnership-api"))
        .arg("export")
        .arg(folder)
        .args(arguments)
        .env_remove("PARTNERSHIP_API_DATA")
        .output()
        .expect("the binary runs")
}

/// The names of the collections.
async fn names() -> Vec<String> {
    collections().await.iter().map(|collection| text(&collection["name"])).collect()
}

fn exported(arguments: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let folder = parent.path().join("out");
    let done = export(&folder, arguments);
    assert!(done.status.success(), "{done:?}");
    (parent, folder)
}

fn said(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A row as an engine has it: the columns of its file, and the keys that stand in the path.
type Row = BTreeMap<String, String>;

/// The rows of a collection; each file has the same columns.
fn rows(collection: &Path) -> Vec<Row> {
    let (mut rows, mut headers) = (Vec::new(), BTreeSet::new());
    for path in files(collection) {
        assert_eq!(path.file_name().expect("a name"), "part-0.parquet");
        let within = path.parent().and_then(|part| part.strip_prefix(collection).ok());
        let parts = within.expect("a path in the folder").iter();
        let keys: Vec<(&str, &str)> = parts
            .map(|part| part.to_str().and_then(|part| part.split_once('=')).expect("a key"))
            .collect();
        let mut read = parquet_rows(&fs::read(&path).expect("a file")).into_iter();
        let header = read.next().expect("a header");
        for (key, _) in &keys {
            assert!(header.iter().all(|name| name != key), "`{key}` stands in the path alone");
        }
        for cells in read {
            let mut row: Row = header.iter().cloned().zip(cells).collect();
            row.extend(keys.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
            rows.push(row);
        }
        headers.insert(header);
    }
    assert_eq!(headers.len(), 1, "{}", collection.display());
    rows
}

/// The sums of a column, by the values of other columns.
fn sums(rows: &[Row], column: &str, by: &[&str]) -> BTreeMap<Vec<String>, Option<i64>> {
    let mut sums: BTreeMap<Vec<String>, Option<i64>> = BTreeMap::new();
    for row in rows {
        let sum = sums.entry(by.iter().map(|key| row[*key].clone()).collect()).or_default();
        if !row[column].is_empty() {
            let added: i64 = row[column].parse().expect("a number");
            *sum = Some(sum.unwrap_or_default() + added);
        }
    }
    sums
}

/// The amounts that the service answers for the same groups.
async fn totals(collection: &str, by: &[&str], amount: &str) -> BTreeMap<Vec<String>, Option<i64>> {
    let path = format!("/v1/{collection}/totals?group_by={}", by.join(","));
    let answer = data(&path).await;
    let groups = ["data", "shared"].into_iter().filter_map(|key| answer[key].as_array()).flatten();
    let value = |group: &Json, key: &str| text(&group["key"][key]).replace(',', "+");
    groups
        .map(|group| {
            let key = by.iter().map(|key| value(group, key)).collect();
            (key, group.pointer(amount).and_then(Json::as_i64))
        })
        .collect()
}

#[tokio::test]
async fn each_record_stands_once_over_all_partitions() {
    let (_parent, folder) =
        exported(&["--format", "parquet", "--partition-by", "partner,period_from"]);
    let mut expected = names().await;
    for collection in &expected {
        let read = rows(&folder.join(collection));
        let ids: Vec<&String> = read.iter().map(|row| &row["id"]).collect();
        let different: BTreeSet<&&String> = ids.iter().collect();
        assert_eq!(different.len(), ids.len(), "{collection}: a record stands twice");
        let served = get(&format!("/v1/{collection}.parquet")).await;
        let served = parquet_rows(&served.bytes);
        let place = served[0].iter().position(|name| name == "id").expect("ids");
        let wanted: BTreeSet<&String> = served[1..].iter().map(|row| &row[place]).collect();
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), wanted, "{collection}");
        let columns: BTreeSet<&String> = read[0].keys().collect();
        let missing: Vec<_> = served[0].iter().filter(|name| !columns.contains(name)).collect();
        assert!(missing.is_empty(), "{collection} has no {missing:?}");
    }
    expected.push("_README.md".to_owned());
    expected.sort();
    let mut held: Vec<_> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    held.sort();
    assert_eq!(held, expected);
}

#[tokio::test]
async fn several_partners_are_one_partition_and_stay_a_list_and_what_is_not_stated_is_null() {
    let (_parent, folder) =
        exported(&["--format", "parquet", "--partition-by", "partner,period_from"]);
    let read: BTreeMap<String, Row> = rows(&folder.join("assistance-funding"))
        .into_iter()
        .map(|row| (row["id"].clone(), row))
        .collect();
    for record in walked("/v1/assistance-funding").await {
        let row = &read[&text(&record["id"])];
        let mut partners: Vec<String> =
            record["partner"].as_array().expect("a list").iter().map(text).collect();
        assert_eq!(row["partners"], partners.join(";"));
        partners.sort();
        assert_eq!(row["partner"], partners.join("+"));
        let from = record["period"]["from"].as_i64().map(|year| year.to_string());
        let null = "__HIVE_DEFAULT_PARTITION__".to_owned();
        assert_eq!(row["period_from"], from.unwrap_or(null), "{record}");
    }
    let training = rows(&folder.join("training"));
    assert!(training.iter().all(|row| row["partner"].len() == 3 && !row.contains_key("partners")));
}

#[tokio::test]
async fn each_column_that_may_be_added_up_makes_the_totals_of_its_groups() {
    let (_parent, folder) =
        exported(&["--format", "parquet", "--partition-by", "partner,fiscal_year"]);
    let dollars = "/amount/usd";
    let figures = ["assistance-funding", "arms-sales", "deployments", "training"];
    let read: BTreeMap<&str, Vec<Row>> = figures
        .into_iter()
        .map(|collection| (collection, rows(&folder.join(collection))))
        .collect();
    for (collection, column, by, amount) in [
        ("assistance-funding", "counted_usd", &["partner", "program"][..], dollars),
        ("assistance-funding", "counted_usd_by_partner", &["partner"], dollars),
        ("assistance-funding", "counted_usd_by_program", &["program"], dollars),
        ("arms-sales", "counted_usd", &["partner", "channel", "measure"], dollars),
        ("deployments", "counted_personnel", &["partner"], "/count/personnel"),
        ("training", "counted_usd", &["partner"], "/cost/usd"),
        ("training", "counted_usd", &["program"], "/cost/usd"),
        ("training", "counted_usd", &["fiscal_year"], "/cost/usd"),
        ("training", "counted_usd", &["partner", "fiscal_year"], "/cost/usd"),
    ] {
        let made = sums(&read[collection], column, by);
        assert_eq!(made, totals(collection, by, amount).await, "{collection} {column} by {by:?}");
    }
    // What the page warns of is so: another grouping makes other sums.
    let wrong = sums(&read["assistance-funding"], "counted_usd", &["partner"]);
    assert_ne!(wrong, totals("assistance-funding", &["partner"], dollars).await);
}

#[tokio::test]
async fn without_keys_each_collection_is_one_file() {
    let (_parent, folder) = exported(&["--format", "parquet"]);
    let mut expected: Vec<String> =
        names().await.iter().map(|name| format!("{name}.parquet")).collect();
    expected.push("_README.md".to_owned());
    expected.sort();
    let found = files(&folder);
    let held: Vec<&str> = found.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    assert_eq!(held, expected);
    let served = parquet_rows(&get("/v1/agreements.parquet").await.bytes);
    assert_eq!(parquet_rows(&fs::read(folder.join("agreements.parquet")).expect("a file")), served);
}

#[test]
fn what_was_called_wrongly_is_told_before_anything_is_read_or_written() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let folder = parent.path().join("out");
    for (arguments, told) in [
        (&["--partition-by", "partner"][..], "only with `--format parquet`"),
        (&["--format", "parquet", "--partition-by", "partnr"], "did you mean `partner`?"),
        (&["--format", "parquet", "--partition-by", "id"], "`id` divides no records"),
        (&["--format", "parquet", "--partition-by", "stage,stage"], "`stage` is named twice"),
        (&["--format", "xlsx"], "possible values: csv, parquet"),
    ] {
        let output = export(&folder, &[arguments, &["--data", "/nowhere/at-all"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = said(&output.stderr);
        assert!(said.starts_with("error: ") && said.contains(told), "{said}");
        assert!(!folder.exists());
    }
}

#[test]
fn a_folder_that_holds_something_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("mine"), "mine").expect("written");
    let output = export(folder.path(), &["--format", "parquet", "--partition-by", "partner"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).contains("is not empty"), "{}", said(&output.stderr));
    assert_eq!(files(folder.path()), [folder.path().join("mine")]);
}

#[cfg(unix)]
#[test]
fn an_export_that_fails_leaves_nothing_behind() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    // A process that may write so little cannot write the first large file.
    let done = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" export \"$1\" --format parquet"])
        .arg(env!("CARGO_BIN_EXE_partnership-api"))
        .arg(parent.path().join("out"))
        .env_remove("PARTNERSHIP_API_DATA")
        .output()
        .expect("a shell");
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(said(&done.stderr).contains("cannot be written"), "{done:?}");
    assert_eq!(fs::read_dir(parent.path()).expect("the folder").count(), 0);
}
