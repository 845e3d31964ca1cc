//! A data package at its limits: what `check` accepts is served in every format.

use std::collections::BTreeMap;

use partnership_api::dataset::{Dataset, Package};
use serde_json::{Value as Json, json};

use crate::loading::{folder_of, load, report_of, sound, text_of, with};
use crate::service::{Answer, start};

/// The most characters that a text has, and a list whose values are joined in one cell of a spreadsheet.
const LONGEST: usize = 32_000;

/// A text of so many characters, each of two bytes.
fn long(characters: usize) -> Json {
    "é".repeat(characters).into()
}

/// Makes every text of a value as long as it may be; `schema` says which strings are texts.
fn lengthen(document: &Json, schema: &Json, value: &mut Json, room: usize) {
    let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    if let Some(name) = name {
        return match name {
            "Text" => *value = long(room),
            "RecordId" | "Iso3" => {}
            _ => lengthen(document, &document["components"]["schemas"][name], value, room),
        };
    }
    if let Some(options) = schema["oneOf"].as_array() {
        let option = options.iter().find(|option| option["type"] != "null").expect("an option");
        if !value.is_null() || option["$ref"] == "#/components/schemas/Text" {
            lengthen(document, option, value, room);
        }
        return;
    }
    match value {
        Json::Object(object) => {
            for (key, value) in object {
                lengthen(document, &schema["properties"][key], value, room);
            }
        }
        Json::Array(_) if schema["items"]["$ref"] == "#/components/schemas/Text" => {
            // 320 texts of 99 characters and 319 separators.
            *value = vec![long(99); 320].into();
        }
        Json::Array(elements) => {
            let room = LONGEST / elements.len().max(1) - 1;
            for element in elements {
                lengthen(document, &schema["items"], element, room);
            }
        }
        _ => {}
    }
}

/// The sound package with every text and every list of texts as long as they may be.
fn package() -> BTreeMap<String, Vec<u8>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");
    let document = std::fs::read_to_string(path).expect("the document");
    let document: Json = serde_json::from_str(&document).expect("JSON");
    let mut files = sound();
    for (file, bytes) in &mut files {
        let Some(collection) = file.strip_suffix(".jsonl") else { continue };
        let answer = &document["paths"][format!("/v1/{collection}/{{id}}")]["get"]["responses"]["200"]
            ["content"]["application/json"]["schema"]["$ref"];
        let record = answer.as_str().expect("an answer").rsplit('/').next().expect("a name");
        let record = record.strip_suffix("Answer").expect("the answer of a record");
        let schema = &document["components"]["schemas"][record];
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let lines = text.lines().map(|line| {
            let mut value: Json = serde_json::from_str(line).expect("a record");
            lengthen(&document, schema, &mut value, LONGEST);
            if collection == "sources" {
                value["url"] = json!("https://example.org/");
            }
            format!("{value}\n")
        });
        *bytes = lines.collect::<String>().into_bytes();
    }
    let mut release: Json = serde_json::from_str(&text_of("dataset.json")).expect("JSON");
    for key in ["title", "description", "contact"] {
        release[key] = long(LONGEST);
    }
    for key in ["name", "title"] {
        release["licence"][key] = long(LONGEST);
    }
    files.insert("dataset.json".to_owned(), release.to_string().into_bytes());
    files
}

async fn get(url: String) -> Answer {
    let response = reqwest::get(&url).await.expect("the service answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("the body arrives").to_vec();
    Answer { status, headers, bytes }
}

#[tokio::test]
async fn a_package_at_its_limits_is_served_in_every_format() {
    let dataset = match Dataset::load(&Package::of(package())) {
        Ok(dataset) => dataset,
        Err(faults) => panic!("{}", faults.to_string().chars().take(2000).collect::<String>()),
    };
    let names: Vec<_> = dataset.tables().iter().map(|table| table.name()).collect();
    let ids: Vec<_> = dataset.tables().iter().map(|table| table.id(0).to_owned()).collect();
    let base = start(dataset, "");
    let mut paths = Vec::new();
    for (name, id) in names.iter().zip(&ids) {
        for format in ["json", "ndjson", "csv", "xlsx", "parquet"] {
            paths.push(format!("/v1/{name}?format={format}"));
        }
        paths.push(format!("/v1/{name}?fields=id&facets=&format=json").replace("&facets=", ""));
        paths.push(format!("/v1/{name}/{id}"));
    }
    for name in ["assistance-funding", "arms-sales", "deployments"] {
        paths.extend(["json", "csv"].map(|format| format!("/v1/{name}/totals?format={format}")));
    }
    paths.extend(
        ["", "/timeline", "/coverage", "/dataset", "/dataset?format=jsonld"]
            .map(|path| format!("/v1{path}")),
    );
    paths.extend(
        ["/search?q=%C3%A9", "/datapackage.json", "/datapackage.zip"]
            .map(|path| format!("/v1{path}")),
    );
    let mut wrong = Vec::new();
    for path in paths {
        let answer = get(format!("{base}{path}")).await;
        if answer.status != 200 {
            wrong.push(format!("{path}: {} {:.300}", answer.status, answer.text()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_pipe_in_place_of_a_data_file_is_refused_and_not_waited_for() {
    let mut files = sound();
    files.remove("partners.jsonl");
    let folder = folder_of(&files);
    let pipe = folder.path().join("partners.jsonl");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let read = Package::read(folder.path()).expect("a folder");
    let report = Dataset::load(&read).err().expect("a fault").to_string();
    let expected =
        "partners.jsonl: expected a regular file, found a pipe, socket or device\n1 fault";
    assert_eq!(report, expected);
}

#[test]
fn a_text_and_a_list_have_at_most_32000_characters() {
    let milestone = |length: usize| {
        let mut record: Json = serde_json::from_str(&text_of("milestones.jsonl")).expect("JSON");
        record["summary"] = "ü".repeat(length).into();
        report_of(with([("milestones.jsonl", record.to_string().into_bytes())]))
    };
    assert_eq!(milestone(32_000), "no fault");
    let found = format!("found `\"{}…`", "ü".repeat(79));
    assert_eq!(
        milestone(32_001),
        format!(
            "milestones.jsonl:1: summary: {found}: expected at most 32000 characters, found 32001\n1 fault"
        )
    );
    let sale = |count: usize, length: usize| {
        let text = text_of("arms-sales.jsonl");
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        let mut record: Json = serde_json::from_str(&lines[0]).expect("JSON");
        record["articles"] = vec![Json::from("ü".repeat(length)); count].into();
        lines[0] = record.to_string();
        report_of(with([("arms-sales.jsonl", lines.join("\n").into_bytes())]))
    };
    assert_eq!(sale(320, 99), "no fault");
    assert_eq!(
        sale(500, 100),
        "arms-sales.jsonl:1: articles: expected a list of at most 32000 characters in all, which spreadsheets hold in \
         one cell; found 50499 in 500 values\n1 fault"
    );
}

#[test]
fn of_many_faults_the_first_thousand_are_reported_and_the_rest_is_counted() {
    let faults = load(with([("milestones.jsonl", "{}\n".repeat(20_000).into_bytes())]));
    let faults = faults.err().expect("faults");
    assert_eq!(faults.first().len(), 1000);
    assert_eq!(faults.count() % 20_000, 0, "every line has the same faults");
    let report = faults.to_string();
    let rest = faults.count() - 1000;
    assert!(report.ends_with(&format!("\nand {rest} more\n{} faults", faults.count())), "{rest}");
    assert!(faults.first().is_sorted());
}
