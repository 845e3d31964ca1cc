//! What changed from one release to the next, as it is asked for: releases, changes, feed, and records that are gone.

use std::collections::BTreeMap;

use partnership_api::dataset::{ARCHIVE_FILE, CHANGE_LOG_FILE, Dataset, Package};
use serde_json::{Value as Json, json};

use crate::service::{Answer, data, get, get_with, start};

/// The line that says why the milestone of [`without_a_milestone`] was removed.
const REASON: &str = "It stood twice.";

/// The embedded data as release 99.0.0, without its first milestone, with what is served now among its former releases.
fn without_a_milestone() -> (Dataset, String) {
    let (package, data) = (Package::embedded(), Dataset::embedded().expect("sound data"));
    let archive = data.history.archive.with(&package, &data.release, data.counts());
    let mut files: BTreeMap<String, Vec<u8>> =
        package.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let mut release: Json = serde_json::from_slice(&files["dataset.json"]).expect("JSON");
    release["version"] = json!("99.0.0");
    files.insert("dataset.json".to_owned(), release.to_string().into_bytes());
    let milestones = String::from_utf8(files["milestones.jsonl"].clone()).expect("UTF-8");
    let (first, rest) = milestones.split_once('\n').expect("lines");
    let first: Json = serde_json::from_str(first).expect("a record");
    let id = first["id"].as_str().expect("an id").to_owned();
    files.insert("milestones.jsonl".to_owned(), rest.as_bytes().to_vec());
    files.insert(ARCHIVE_FILE.to_owned(), archive.expect("an archive"));
    let line = json!({
        "release": "99.0.0", "collection": "milestones", "id": id, "kind": "removed",
        "reason": REASON, "source": null,
    });
    let log = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/changes.jsonl"));
    files.insert(CHANGE_LOG_FILE.to_owned(), format!("{log}{line}\n").into_bytes());
    (Dataset::load(&Package::of(files)).expect("sound data"), id)
}

async fn ask(base: &str, path: &str) -> Answer {
    let response = reqwest::get(format!("{base}{path}")).await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, bytes: response.bytes().await.expect("a body").to_vec() }
}

#[tokio::test]
async fn every_release_is_listed_with_its_counts_and_what_it_changed() {
    let releases = data("/v1/releases").await;
    let served = data("/v1/dataset").await;
    let known = releases["data"].as_array().expect("releases");
    assert_eq!(known[0]["version"], served["data"]["release"]["version"]);
    assert_eq!(known[0]["served"], true);
    let of = |version: &str| {
        known.iter().find(|release| release["version"] == version).expect("a release")
    };
    let (first, second) = (of("1.0.0"), of("1.1.0"));
    assert_eq!((&first["total"], &first["changes"]), (&json!(730), &Json::Null));
    assert_eq!(second["total"], 1416);
    assert_eq!(second["digest"], "9c450604b8ae358d");
    assert_eq!(
        second["changes"],
        json!({"added": 686, "removed": 0, "superseded": 0, "corrected": 1, "extended": 7, "reworded": 8, "material": 1})
    );
    for release in known {
        for link in ["dataset", "datapackage", "changes"] {
            if let Some(link) = release["links"][link].as_str() {
                assert_eq!(get(link).await.status, 200, "{link}");
            }
        }
        let dataset = data(release["links"]["dataset"].as_str().expect("a link")).await;
        assert_eq!(dataset["data"]["release"]["digest"], release["digest"]);
        assert_eq!(dataset["data"]["total"], release["total"]);
    }
}

#[tokio::test]
async fn changes_are_filtered_by_release_collection_record_kind_and_partner() {
    let total = async |query: &str| {
        data(&format!("/v1/changes?limit=0&{query}")).await["meta"]["total"].as_u64().expect("one")
    };
    let between = "from=1.0.0&to=1.1.0";
    assert_eq!(total(between).await, 702);
    assert_eq!(total("from=9e991af7eef489d0&to=2026-11-23").await, 702);
    assert_eq!(total(&format!("{between}&kind=corrected,reworded")).await, 9);
    let mut of_collections = 0;
    for collection in crate::openapi::collections().await {
        of_collections += total(&format!("{between}&collection={collection}")).await;
    }
    assert_eq!(of_collections, 702);
    let record = "assistance-programs/UNIFIED-COMMAND";
    assert_eq!(total(&format!("{between}&record={record}")).await, 1);
    assert_eq!(total(&format!("{between}&record={record},partners/NLD")).await, 2);
    assert_eq!(total(&format!("{between}&record={record}&kind=added")).await, 0);
    let all = data(&format!("/v1/changes?{between}&partner=NLD&limit=1000")).await;
    let changes = all["data"].as_array().expect("changes");
    assert!(!changes.is_empty());
    for change in changes {
        let partners = change["partners"].as_array().expect("partners");
        assert!(partners.contains(&json!("NLD")), "{change}");
        assert_eq!(change["release"], "1.1.0");
    }
    let corrected = data(&format!("/v1/changes?{between}&kind=corrected")).await["data"][0].clone();
    assert_eq!(corrected["record"], "assistance-programs/UNIFIED-COMMAND");
    assert_eq!(corrected["changes"][0]["field"], "agency");
    assert!(corrected["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{corrected}");
    let record = get(corrected["href"].as_str().expect("a link")).await.json();
    assert_eq!(record["meta"]["dataset"]["version"], "1.1.0");
    assert_eq!(record["data"]["agency"], corrected["changes"][0]["to"]);
}

#[tokio::test]
async fn changes_are_paged_as_lists_are_and_come_as_csv_too() {
    let mut next = json!("/v1/changes?from=1.0.0&to=1.1.0&kind=reworded,extended&limit=4");
    let mut records = Vec::new();
    while let Some(address) = next.as_str() {
        let page = data(address).await;
        let data = page["data"].as_array().expect("changes");
        records.extend(data.iter().map(|change| change["record"].clone()));
        next = page["links"]["next"].clone();
    }
    assert_eq!(records.len(), 15);
    let csv = get_with(
        "/v1/changes?from=1.0.0&to=1.1.0&kind=reworded,extended",
        &[("accept", "text/csv")],
    );
    let csv = csv.await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let mut reader = csv::Reader::from_reader(csv.bytes.as_slice());
    let header: Vec<_> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(header[7..11], ["field", "from", "to", "reason"]);
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() >= 15, "{}", rows.len());
    for query in [
        "from=1.0.1",
        "record=FMF",
        "record=nothing/FMF",
        "kind=corected",
        "partner=XYZ",
        "from=1.1.0&zz=1",
    ] {
        let answer = get(&format!("/v1/changes?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[tokio::test]
async fn the_feed_is_xml_that_readers_take_and_its_ids_do_not_depend_on_the_host() {
    let answer = get("/feed.atom").await;
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let text = answer.text();
    assert!(text.starts_with(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
    ));
    for element in ["id", "title", "updated"] {
        let (opened, closed) = (format!("<{element}>"), format!("</{element}>"));
        assert_eq!(text.matches(&opened).count(), text.matches("<entry>").count() + 1, "{element}");
        assert_eq!(text.matches(&opened).count(), text.matches(&closed).count());
    }
    let newest = Dataset::embedded().expect("sound data").release.version.to_string();
    assert!(text.contains(&format!("<title>Release {newest}</title>")), "{text}");
    assert!(text.contains("records were added") && text.contains("records were corrected"));
    assert!(text.contains(&format!(": corrected in release {newest}</title>")));
    let elsewhere = start(Dataset::embedded().expect("sound data"), "https://data.example/col");
    let other = ask(&elsewhere, "/col/feed.atom").await.text();
    let ids = |text: &str| -> Vec<String> {
        text.split("<id>")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap_or("").to_owned())
            .collect()
    };
    assert_eq!(ids(&text), ids(&other));
    assert!(other.contains("href=\"https://data.example/col/feed.atom\""));
    let unique: std::collections::BTreeSet<_> = ids(&text).into_iter().collect();
    assert_eq!(unique.len(), ids(&text).len());
    let colombia = get("/feed.atom?partner=COL").await.text();
    assert!(!colombia.contains("UNIFIED-COMMAND"));
    assert_ne!(ids(&colombia)[0], ids(&text)[0]);
    assert_eq!(get("/feed.atom?partner=XYZ").await.status, 400);
}

#[tokio::test]
async fn a_removed_record_is_gone_with_the_last_release_that_had_it_and_the_reason_why() {
    let (dataset, id) = without_a_milestone();
    let last = Dataset::embedded().expect("sound data").release.version.to_string();
    let base = start(dataset, "");
    let gone = ask(&base, &format!("/v1/milestones/{id}")).await;
    assert_eq!(gone.status, 410, "{}", gone.text());
    let problem = gone.json();
    assert_eq!(problem["type"], "/problems/gone");
    assert_eq!(problem["errors"][0]["allowed"], json!([last]));
    let address = format!("/v1/milestones/{id}?release={last}");
    assert!(
        problem["detail"].as_str().is_some_and(|detail| detail.ends_with(&address)),
        "{problem}"
    );
    let record = ask(&base, &address).await;
    assert_eq!((record.status, &record.json()["data"]["id"]), (200, &json!(id)));
    assert_eq!(ask(&base, "/v1/milestones/never-there").await.status, 404);
    let removed = ask(&base, &format!("/v1/changes?kind=removed&from={last}")).await.json();
    assert_eq!(removed["meta"]["total"], 1);
    let removed = &removed["data"][0];
    assert_eq!((&removed["id"], &removed["reason"]), (&json!(id), &json!(REASON)));
    assert_eq!(removed["href"], json!(address));
    let feed = ask(&base, "/feed.atom").await.text();
    assert!(feed.contains(&format!("milestones/{id}: removed in release 99.0.0")), "{feed}");
    let check = format!("/v1/releases/check?record=milestones/{id}&release={last}");
    let checked = ask(&base, &check).await.json()["data"][0].clone();
    assert_eq!((&checked["status"], &checked["in"]), (&json!("removed"), &json!("99.0.0")));
    assert_eq!((&checked["reason"], &checked["cite_as"]), (&json!(REASON), &json!(address)));
    let milestones =
        ask(&base, &format!("/v1/releases/check?cited=/v1/milestones%3Frelease={last}")).await;
    let milestones = milestones.json()["data"][0].clone();
    assert_eq!(milestones["status"], "corrected");
    assert_eq!(milestones["records"][0]["record"], format!("milestones/{id}"));
    assert_eq!(milestones["changes"][0]["field"], "total");
}

#[tokio::test]
async fn a_folder_without_history_has_one_release_and_no_change() {
    let package = Package::embedded();
    let files = package.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    let base = start(Dataset::load(&Package::of(files)).expect("sound data"), "");
    let releases = ask(&base, "/v1/releases").await.json();
    assert_eq!(releases["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(ask(&base, "/v1/changes").await.json()["meta"]["total"], 0);
    assert_eq!(ask(&base, "/v1/milestones/never-there").await.status, 404);
    assert_eq!(ask(&base, "/v1/partners?release=1.0.0").await.status, 400);
}

/// The rows of the first table of the data's changelog: collection, new, changed, removed, records.
fn table_of_newest_release() -> Vec<(String, [u64; 4])> {
    let log = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/CHANGELOG.md"));
    let rows = log.lines().skip_while(|line| !line.starts_with("| `")).map_while(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
        let number = |at: usize| cells[at].replace(',', "").parse().expect("a number");
        Some((cells[0].trim_matches('`').to_owned(), [1, 2, 3, 4].map(number)))
    });
    rows.collect()
}

#[tokio::test]
async fn the_changelog_of_the_data_counts_what_the_newest_release_changed() {
    let releases = data("/v1/releases").await;
    let known = releases["data"].as_array().expect("releases");
    let version = |at: usize| known[at]["version"].as_str().expect("a version");
    let table = table_of_newest_release();
    assert_eq!(table.len(), known[0]["counts"].as_object().expect("counts").len());
    for (collection, [new, changed, removed, records]) in table {
        let path = format!("/v1/{collection}?limit=0");
        assert_eq!(data(&path).await["meta"]["total"], records, "{collection}");
        let between = format!(
            "/v1/changes?from={}&to={}&collection={collection}&limit=0",
            version(1),
            version(0)
        );
        let count = async |kinds: &str| {
            let path = format!("{between}&kind={kinds}");
            data(&path).await["meta"]["total"].as_u64().expect("a number")
        };
        let found = [
            count("added").await,
            count("corrected,extended,reworded,superseded").await,
            count("removed").await,
        ];
        assert_eq!(found, [new, changed, removed], "{collection}");
    }
}
