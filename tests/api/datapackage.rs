//! The whole dataset: the data package, the folder that `export` writes, and its description as linked data.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::process::Command;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::reading::{collections, refused, text};
use crate::service::{data, get, get_with};

async fn archived() -> BTreeMap<String, Vec<u8>> {
    let bytes = get("/v1/datapackage.zip").await.bytes;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files = BTreeMap::new();
    for position in 0..archive.len() {
        let mut file = archive.by_index(position).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        let name = file.name().expect("a name").into_owned();
        files.insert(name, bytes);
    }
    files
}

fn hash(bytes: &[u8]) -> String {
    let hex = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>();
    format!("sha256:{}", hex.concat())
}

fn rows(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

#[tokio::test]
async fn the_package_describes_every_collection_and_each_file_by_its_hash() {
    let package = data("/v1/datapackage.json").await;
    let files = archived().await;
    assert_eq!(
        package.to_string(),
        serde_json::from_slice::<Json>(&files["datapackage.json"]).expect("JSON").to_string()
    );
    let resources = package["resources"].as_array().expect("resources");
    let names: Vec<_> = resources.iter().map(|resource| text(&resource["name"])).collect();
    let expected = collections().await;
    let known: Vec<_> = expected.iter().map(|known| text(&known["name"])).collect();
    let spanish = ["agreements-es", "cooperation-es", "milestones-es", "conflicts-es"];
    assert_eq!(names[..known.len()], known);
    assert_eq!(names[known.len()..], spanish);
    for (resource, collection) in resources.iter().zip(&expected) {
        let path = text(&resource["path"]);
        let csv = &files[&path];
        assert_eq!(resource["hash"], hash(csv), "{path}");
        assert_eq!(resource["bytes"], csv.len(), "{path}");
        // An export ends its rows with what they need to stand alone; the package has files for that.
        let export = get(&format!("{}.csv", text(&collection["href"]))).await;
        let (file, export) = (rows(csv), rows(&export.bytes));
        assert_eq!(file.len(), export.len(), "{path}");
        for (line, exported) in file.iter().zip(&export) {
            assert_eq!(line[..], exported[..line.len()], "{path} is the export of its collection");
        }
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let fields: Vec<_> = fields.iter().map(|field| text(&field["name"])).collect();
        let header = csv.split(|byte| *byte == b'\r').next().expect("a header");
        assert_eq!(fields.join(",").as_bytes(), header, "{path}");
        assert_eq!(resource["schema"]["primaryKey"], json!(["id"]), "{path}");
    }
}

#[tokio::test]
async fn spanish_titles_and_summaries_are_tables_that_refer_to_their_collections() {
    let package = data("/v1/datapackage.json").await;
    let files = archived().await;
    let resources = package["resources"].as_array().expect("resources");
    let mut texts = 0;
    for resource in resources.iter().filter(|resource| resource["language"] == "es") {
        let (name, path) = (text(&resource["name"]), text(&resource["path"]));
        let collection = name.strip_suffix("-es").expect("the name of a collection");
        let reference = json!({"resource": collection, "fields": ["id"]});
        assert_eq!(resource["schema"]["foreignKeys"][0]["reference"], reference, "{name}");
        assert_eq!(resource["hash"], hash(&files[&path]), "{name}");
        let (spanish, english) = (rows(&files[&path]), rows(&files[&format!("{collection}.csv")]));
        assert_eq!(spanish[0], ["id", "title", "summary"], "{name}");
        for line in &spanish[1..] {
            assert!(english.iter().any(|row| row[0] == line[0]), "{name}: {}", line[0]);
            texts += 1;
        }
    }
    assert!(texts > 100, "only {texts} texts");
    let keywords = package["keywords"].as_array().expect("keywords");
    assert_eq!(keywords.len(), collections().await.len());
}

#[tokio::test]
async fn the_archive_is_the_same_whenever_it_is_made() {
    let (first, second) = (get("/v1/datapackage.zip").await, get("/v1/datapackage.zip").await);
    assert!(first.bytes == second.bytes);
    assert_eq!(first.header("content-type"), "application/zip");
    let version = text(&data("/v1/dataset").await["data"]["release"]["version"]);
    let name = format!("attachment; filename=\"datapackage-{version}.zip\"");
    assert_eq!(first.header("content-disposition"), name);
}

#[tokio::test]
async fn export_writes_the_files_of_the_archive() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inner = folder.path().join("not/yet/there");
    let done = Command::new(env!("CARGO_BIN_EXE_partnership-api"))
        .arg("export")
        .arg(&inner)
        .env_remove("PARTNERSHIP_API_DATA")
        .output()
        .expect("the binary runs");
    assert!(done.status.success(), "{done:?}");
    let written: BTreeMap<_, _> = fs::read_dir(&inner)
        .expect("the folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("UTF-8");
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    assert!(written == archived().await);
}

#[tokio::test]
async fn the_release_is_linked_data_by_format_and_by_accept() {
    let by_format = get("/v1/dataset?format=jsonld").await;
    let by_accept = get_with("/v1/dataset", &[("accept", "application/ld+json")]).await;
    for answer in [&by_format, &by_accept] {
        assert_eq!(answer.header("content-type"), "application/ld+json");
    }
    assert_eq!(by_format.bytes, by_accept.bytes);
    let linked = by_format.json();
    assert_eq!(
        (&linked["@context"], &linked["@type"]),
        (&"https://schema.org/".into(), &"Dataset".into())
    );
    let release = data("/v1/dataset").await["data"]["release"].clone();
    assert_eq!(linked["name"], release["title"]);
    assert_eq!(linked["version"], release["version"]);
    assert_eq!(linked["license"], release["licence"]["url"]);
    let downloads = linked["distribution"].as_array().expect("downloads");
    assert_eq!(downloads.len(), collections().await.len() + 1);
    for download in downloads {
        let answer = get(&text(&download["contentUrl"])).await;
        assert_eq!(answer.status, 200, "{download}");
        assert!(answer.header("content-type").starts_with(&text(&download["encodingFormat"])));
    }
}

#[tokio::test]
async fn format_wins_over_accept_for_the_release_too() {
    let accept = [("accept", "application/ld+json")];
    let answer = get_with("/v1/dataset?format=json", &accept).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(get_with("/v1/dataset", &[("accept", "text/html")]).await.status, 406);
    refused("/v1/dataset?format=csv", "format").await;
}
