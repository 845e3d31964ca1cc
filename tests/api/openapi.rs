//! The OpenAPI document: the one that is checked in is the code's, describes everything, and is true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use partnership_api::dataset::Dataset;
use partnership_api::http;
use serde_json::Value as Json;
use tokio::sync::OnceCell;

use crate::schema::{faults, resolve};
use crate::service::{data, get};

/// The document that the service answers, read once.
pub(crate) async fn document() -> &'static Json {
    static DOCUMENT: OnceCell<Json> = OnceCell::const_new();
    DOCUMENT.get_or_init(|| data("/openapi.json")).await
}

/// The name of every collection.
pub(crate) async fn collections() -> Vec<String> {
    let paths = document().await["paths"].as_object().expect("paths");
    let items = paths.keys().filter_map(|path| path.strip_suffix("/{id}"));
    let names: Vec<_> = items.map(|path| path.replace("/v1/", "")).collect();
    assert!(names.len() >= 12, "{names:?}");
    names
}

/// Every documented path, with examples in place of its variables.
pub(crate) async fn paths() -> Vec<String> {
    operations().await.into_iter().map(|(path, operation)| filled(path, operation)).collect()
}

/// Every documented operation with its path; all of them are `get`.
pub(crate) async fn operations() -> Vec<(&'static str, &'static Json)> {
    let paths = document().await["paths"].as_object().expect("paths");
    let mut operations = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("an item") {
            assert_eq!(method, "get", "{path}: the service is read only");
            operations.push((path.as_str(), operation));
        }
    }
    assert!(operations.len() >= 30, "only {} operations", operations.len());
    operations
}

/// The lists: the operations that take `facets`, at the address of the page.
pub(crate) async fn lists() -> Vec<(&'static str, &'static Json)> {
    let all = operations().await.into_iter();
    let lists: Vec<_> = all
        .filter(|(path, list)| !path.contains('.') && parameter(list, "facets").is_some())
        .collect();
    assert_eq!(lists.len(), collections().await.len());
    lists
}

pub(crate) fn parameters(operation: &'static Json) -> impl Iterator<Item = &'static Json> {
    operation["parameters"].as_array().into_iter().flatten()
}

pub(crate) fn parameter(operation: &'static Json, name: &str) -> Option<&'static Json> {
    parameters(operation).find(|parameter| parameter["name"] == name)
}

pub(crate) fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

pub(crate) fn filled(path: &str, operation: &'static Json) -> String {
    let mut filled = path.to_owned();
    for parameter in parameters(operation).filter(|parameter| parameter["in"] == "path") {
        let name = format!("{{{}}}", text(&parameter["name"]));
        filled = filled.replace(&name, text(&parameter["example"]));
    }
    assert!(!filled.contains('{'), "{path} has a variable without an example");
    filled
}

/// A path with the parameters without which it has nothing to answer.
pub(crate) fn whole(path: &str) -> String {
    match path {
        "/v1/search" => format!("{path}?q=demining"),
        "/v1/releases/check" => format!("{path}?record=assistance-programs/FMF&release=1.0.0"),
        _ => path.to_owned(),
    }
}

/// A value as a query string has it.
pub(crate) fn encoded(name: &str, example: &Json) -> String {
    let plain = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let value = match example {
        Json::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(","),
        one => plain(one),
    };
    form_urlencoded::Serializer::new(String::new()).append_pair(name, &value).finish()
}

fn is_said(value: &Json) -> bool {
    value.as_str().is_some_and(|words| !words.trim().is_empty())
}

fn schemas() -> impl Iterator<Item = (String, Json)> {
    let generated = http::document(Dataset::embedded().expect("sound data"));
    let document: Json = serde_json::from_str(&generated.json).expect("JSON");
    let schemas = document["components"]["schemas"].as_object().expect("schemas").clone();
    schemas.into_iter()
}

/// The places inside a schema that hold schemas, the schema itself first.
fn each_within<'s>(schema: &'s Json, place: &str, visit: &mut impl FnMut(&str, &'s Json)) {
    visit(place, schema);
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        each_within(inner, &format!("{place}.{key}"), visit);
    }
    for keyword in ["oneOf", "allOf", "anyOf"] {
        for inner in schema[keyword].as_array().into_iter().flatten() {
            each_within(inner, place, visit);
        }
    }
    for keyword in ["items", "additionalProperties"] {
        if schema[keyword].is_object() {
            each_within(&schema[keyword], &format!("{place}[]"), visit);
        }
    }
}

#[test]
fn the_document_that_is_checked_in_is_the_one_that_the_code_makes() {
    let made = http::document(Dataset::embedded().expect("sound data"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    for (file, made, command) in [
        ("openapi.json", made.json, "cargo run -- openapi > openapi/openapi.json"),
        ("openapi.yaml", made.yaml, "cargo run -- openapi --format yaml > openapi/openapi.yaml"),
    ] {
        let kept = fs::read_to_string(folder.join(file)).expect("the document is checked in");
        assert!(kept == made, "openapi/{file} is not what the code makes; refresh it: {command}");
    }
}

#[tokio::test]
async fn the_document_is_served_as_it_is_checked_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi");
    for (path, media) in
        [("/openapi.json", "application/json"), ("/openapi.yaml", "application/yaml")]
    {
        let answer = get(path).await;
        assert_eq!(answer.header("content-type"), media);
        let kept = fs::read(folder.join(path.trim_start_matches('/'))).expect("a file");
        assert!(kept == answer.bytes, "{path} is not the file that is checked in");
    }
    assert!(text(&document().await["openapi"]).starts_with("3.1"));
}

#[tokio::test]
async fn every_operation_is_named_filed_and_described() {
    let declared: BTreeSet<_> = document().await["tags"]
        .as_array()
        .expect("tags")
        .iter()
        .inspect(|tag| assert!(is_said(&tag["description"]), "{tag}"))
        .map(|tag| text(&tag["name"]))
        .collect();
    let mut ids = BTreeSet::new();
    let mut used = BTreeSet::new();
    for (path, operation) in operations().await {
        assert!(ids.insert(text(&operation["operationId"])), "{path} shares its operationId");
        assert!(is_said(&operation["summary"]), "{path} has no summary");
        assert!(is_said(&operation["description"]), "{path} has no description");
        let tags = operation["tags"].as_array().expect("tags");
        assert!(!tags.is_empty(), "{path} has no tag");
        for tag in tags.iter().map(text) {
            assert!(declared.contains(tag), "{path}: the tag {tag} is not declared");
            used.insert(tag);
        }
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let response = match response["$ref"].as_str() {
                Some(reference) => resolve(document().await, reference).expect("a response"),
                None => response,
            };
            assert!(is_said(&response["description"]), "{path} {status}");
            if matches!(status.as_bytes()[0], b'4' | b'5') {
                let content = &response["content"]["application/problem+json"];
                assert!(content.is_object(), "{path} {status} is no problem");
            }
        }
    }
    assert_eq!(used, declared, "every tag files an operation");
}

#[tokio::test]
async fn every_answer_in_json_has_an_example_that_conforms_to_its_schema() {
    let mut wrong = Vec::new();
    for (path, operation) in operations().await {
        let content = operation["responses"]["200"]["content"].as_object().expect("content");
        for (media, answer) in content {
            let json = media == "application/json" || media.ends_with("+json");
            if !json {
                continue;
            }
            match answer.get("example") {
                Some(example) => {
                    let faults = faults(document().await, &answer["schema"], example);
                    wrong.extend(faults.into_iter().map(|fault| format!("{path} {media} {fault}")));
                }
                None => wrong.push(format!("{path} {media} has no example")),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_parameter_is_described_typed_and_shown() {
    let mut wrong = Vec::new();
    for (path, operation) in operations().await {
        let mut names = BTreeSet::new();
        for parameter in parameters(operation) {
            let name = text(&parameter["name"]);
            assert!(names.insert(name), "{path} has {name} twice");
            let mut missing = |what: &str| wrong.push(format!("{path} {name} has no {what}"));
            if !is_said(&parameter["description"]) {
                missing("description");
            }
            if !parameter["schema"].is_object() {
                missing("schema");
            }
            // The digest of an example would be of another release tomorrow.
            let example = parameter.get("example").filter(|example| match example {
                Json::Array(values) => !values.iter().any(Json::is_null),
                one => !one.is_null(),
            });
            match example {
                None if name == "dataset" => {}
                None => missing("example"),
                Some(example) => {
                    let faults = faults(document().await, &parameter["schema"], example);
                    wrong.extend(faults.iter().map(|fault| format!("{path} {name} {fault}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_schema_and_every_property_is_described_and_always_there() {
    let mut wrong = Vec::new();
    for (name, schema) in schemas() {
        if !is_said(&schema["description"]) && schema.get("allOf").is_none() {
            wrong.push(format!("{name} is not described"));
        }
        each_within(&schema, &name, &mut |place, schema| {
            let required = schema["required"].as_array();
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                if !is_said(&property["description"]) {
                    wrong.push(format!("{place}.{key} is not described"));
                }
                let always = required.is_some_and(|keys| keys.iter().any(|known| known == key));
                if !always && !name.ends_with("Sparse") {
                    wrong.push(format!("{place}.{key} is not required, but always sent"));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_schema_is_used() {
    fn references<'d>(value: &'d Json, found: &mut BTreeSet<&'d str>) {
        match value {
            Json::Object(object) => {
                found.extend(object.get("$ref").and_then(Json::as_str));
                object.values().for_each(|inner| references(inner, found));
            }
            Json::Array(values) => values.iter().for_each(|inner| references(inner, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    references(document().await, &mut found);
    assert!(found.len() > 50, "only {} references", found.len());
    for reference in &found {
        assert!(resolve(document().await, reference).is_some(), "{reference} leads nowhere");
    }
    for kind in ["schemas", "responses", "headers"] {
        for name in document().await["components"][kind].as_object().expect(kind).keys() {
            let reference = format!("#/components/{kind}/{name}");
            // Problems of every route, told once for readers of the document.
            let shared = kind == "responses";
            assert!(shared || found.contains(reference.as_str()), "{reference} is not used");
        }
    }
}
