//! Every format of a list has an address of its own, whose ending says what it is.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::service::{data, get, get_with};

const FORMATS: [(&str, &str); 5] = [
    ("json", "application/json"),
    ("ndjson", "application/x-ndjson"),
    ("csv", "text/csv"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("parquet", "application/vnd.apache.parquet"),
];

fn records(csv: &[u8], delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(csv);
    let names = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    (names, rows.collect())
}

fn column<'r>(names: &[String], row: &'r [String], name: &str) -> &'r str {
    let at = names.iter().position(|known| known == name);
    &row[at.unwrap_or_else(|| panic!("no column {name}: {names:?}"))]
}

#[tokio::test]
async fn every_collection_is_served_in_every_format_at_the_address_that_names_it() {
    let index = data("/v1").await;
    let collections = index["data"]["collections"].as_array().expect("collections");
    assert!(collections.len() >= 12);
    for collection in collections {
        let name = collection["name"].as_str().expect("a name");
        for (ending, media) in FORMATS {
            let answer = get(&format!("/v1/{name}.{ending}?limit=2")).await;
            assert_eq!(answer.status, 200, "{name}.{ending}: {}", answer.text());
            assert!(answer.header("content-type").starts_with(media), "{name}.{ending}");
            if ending != "json" {
                let file = answer.header("content-disposition").to_owned();
                assert!(file.ends_with(&format!(".{ending}\"")), "{file}");
            }
        }
    }
}

#[tokio::test]
async fn an_address_that_names_its_format_takes_no_other() {
    let answer = get("/v1/partners.csv?format=json").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["errors"][0]["parameter"], "format");
    // Whoever follows the address wants what it names: a browser accepts no CSV by name.
    let answer = get_with("/v1/partners.csv?limit=1", &[("accept", "text/html")]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"));
}

#[tokio::test]
async fn pages_of_an_address_that_names_its_format_keep_it() {
    let page = data("/v1/partners.json?limit=5&fields=id").await;
    let next = page["links"]["next"].as_str().expect("a next page");
    assert!(next.starts_with("/v1/partners.json?"), "{next}");
    assert!(!next.contains("format="), "{next}");
    let ids = |page: &Json| -> BTreeSet<String> {
        let records = page["data"].as_array().expect("records");
        records.iter().map(|record| record["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert!(ids(&page).is_disjoint(&ids(&data(next).await)));
}

#[tokio::test]
async fn fields_keep_the_media_type_that_was_accepted() {
    let accept = [("accept", "application/json")];
    for path in ["/v1/partners?fields=id&limit=1", "/v1/partners.json?fields=id&limit=1"] {
        let answer = get_with(path, &accept).await;
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        assert_eq!(answer.json()["data"][0].as_object().expect("a record").len(), 1);
    }
}

#[tokio::test]
async fn a_row_says_where_its_record_and_its_sources_are() {
    let csv = get("/v1/assistance-funding.csv?partner=COL").await;
    let (names, rows) = records(&csv.bytes, b',');
    let last: Vec<_> = names.iter().rev().take(7).rev().map(String::as_str).collect();
    let expected = [
        "record_url",
        "source_title",
        "source_publisher",
        "source_url",
        "partner_label",
        "program_label",
        "stage_label",
    ];
    assert_eq!(last, expected);
    let row = rows
        .iter()
        .find(|row| column(&names, row, "id") == "col-fmf-2017-2023")
        .expect("the figure of the seed");
    assert_eq!(column(&names, row, "record_url"), "/v1/assistance-funding/col-fmf-2017-2023");
    assert_eq!(column(&names, row, "partner_label"), "Colombia");
    assert_eq!(column(&names, row, "program_label"), "Foreign Military Financing");
    let record = data("/v1/assistance-funding/col-fmf-2017-2023").await;
    let source = &record["sources"][0];
    assert_eq!(column(&names, row, "source_url"), source["url"].as_str().expect("an address"));
    for row in &rows {
        assert!(column(&names, row, "source_url").starts_with("http"), "{row:?}");
        assert!(!column(&names, row, "stage_label").is_empty());
    }
}

#[tokio::test]
async fn labels_of_a_file_come_in_the_language_of_lang() {
    let csv = get("/v1/assistance-funding.csv?partner=NLD,COL,LBN&limit=400&lang=es").await;
    let (names, rows) = records(&csv.bytes, b',');
    let labels: BTreeSet<_> = rows.iter().map(|row| column(&names, row, "partner_label")).collect();
    assert!(labels.contains("Líbano"), "{labels:?}");
    let refused = get("/v1/assistance-funding?lang=es").await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["errors"][0]["parameter"], "lang");
}

#[tokio::test]
async fn csv_for_a_spreadsheet_that_expects_semicolons_holds_the_same_values() {
    let path = "/v1/assistance-funding.csv?partner=COL&program=FMF";
    let with_commas = records(&get(path).await.bytes, b',');
    let with_semicolons = records(&get(&format!("{path}&delimiter=;")).await.bytes, b';');
    assert!(with_commas.1.len() > 10);
    assert_eq!(with_commas, with_semicolons);
    let refused = get("/v1/partners.ndjson?delimiter=;").await;
    assert_eq!(refused.status, 400);
}
