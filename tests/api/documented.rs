//! What the OpenAPI document says of each path is so: every filter, order, facet and key of every list.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::openapi::{
    document, encoded, filled, lists, operations, parameter, parameters, text, whole,
};
use crate::reading::{part_of, with};
use crate::schema::faults;
use crate::service::{data, get};

#[tokio::test]
async fn every_documented_path_answers_as_documented() {
    for (path, operation) in operations().await {
        let mut asked = whole(&filled(path, operation));
        let needed = parameters(operation)
            .filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
        let needed: Vec<_> = needed
            .map(|parameter| encoded(text(&parameter["name"]), &parameter["example"]))
            .collect();
        if !needed.is_empty() && !asked.contains('?') {
            asked = format!("{asked}?{}", needed.join("&"));
        }
        let answer = get(&asked).await;
        assert_eq!(answer.status, 200, "{asked}: {}", answer.text());
        let content = operation["responses"]["200"]["content"].as_object().expect("content");
        let media = answer.header("content-type").split(';').next().unwrap_or_default();
        let documented = content.get(media).unwrap_or_else(|| panic!("{asked}: {media}"));
        if media == "application/json" {
            let faults = faults(document().await, &documented["schema"], &answer.json());
            assert!(faults.is_empty(), "{asked}\n{}", faults.join("\n"));
        }
    }
}

#[tokio::test]
async fn every_record_conforms_to_its_schema() {
    for (path, operation) in lists().await {
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let all = data(&with(&part_of(path).await, "limit=1000")).await;
        assert_eq!(
            all["data"].as_array().map(Vec::len),
            all["meta"]["total"].as_u64().map(|n| usize::try_from(n).expect("few"))
        );
        let faults = faults(document().await, schema, &all);
        assert!(faults.is_empty(), "{path}\n{}", faults.join("\n"));
    }
}

#[tokio::test]
async fn every_parameter_of_every_list_takes_its_own_example() {
    for (path, operation) in operations().await {
        let path = filled(path, operation);
        for parameter in parameters(operation).filter(|parameter| parameter["in"] == "query") {
            let name = text(&parameter["name"]);
            let Some(example) = parameter.get("example") else { continue };
            let mut requested = format!("{path}?{}", encoded(name, example));
            if name == "rows" {
                requested.push_str("&format=csv");
            }
            if path == "/v1/search" && name != "q" {
                requested.push_str("&q=demining");
            }
            if path == "/v1/releases/check" && !["record", "cited"].contains(&name) {
                requested.push_str("&record=assistance-programs/FMF");
            }
            let answer = get(&requested).await;
            assert_eq!(answer.status, 200, "{requested}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn every_filter_finds_the_record_that_its_example_was_taken_from() {
    let page = ["sort", "limit", "offset", "fields", "facets", "dataset", "format", "bom", "q"];
    for (path, operation) in lists().await {
        let all = data(&format!("{path}?limit=1000")).await;
        let records = all["data"].as_array().expect("records");
        for parameter in parameters(operation) {
            let name = text(&parameter["name"]);
            let key = name.trim_end_matches("_min").trim_end_matches("_max");
            // An example is made up only where every record leaves the key empty.
            let nowhere = records.iter().all(|record| is_empty(record, key));
            if page.contains(&name) || nowhere {
                continue;
            }
            let asked = format!("{path}?limit=0&{}", encoded(name, &parameter["example"]));
            let total = data(&asked).await["meta"]["total"].as_u64().expect("a total");
            assert!(total > 0, "{asked} finds nothing");
        }
    }
}

/// Whether a key of a record is null, or that of a part of it, such as `rounded_to_usd` of `amount`.
fn is_empty(record: &Json, key: &str) -> bool {
    let of_part = key.split_once('_').and_then(|(part, key)| {
        let part = record.get(part)?;
        if part.is_null() { Some(part) } else { part.get(key) }
    });
    record.get(key).or(of_part).is_some_and(Json::is_null)
}

/// The words that a list parameter takes.
fn words(operation: &'static Json, name: &str) -> Vec<&'static str> {
    let parameter = parameter(operation, name).expect("a parameter");
    let words = parameter["schema"]["items"]["enum"].as_array().expect("a vocabulary");
    assert!(!words.is_empty(), "{name}");
    words.iter().map(text).collect()
}

#[tokio::test]
async fn every_order_answers_every_record_once() {
    for (path, operation) in lists().await {
        let ids = |list: &Json| -> Vec<String> {
            let records = list["data"].as_array().expect("records").iter();
            records.map(|record| text(&record["id"]).to_owned()).collect()
        };
        let part = part_of(path).await;
        let all = data(&with(&part, "limit=1000&fields=id")).await;
        let known: BTreeSet<_> = ids(&all).into_iter().collect();
        for order in words(operation, "sort") {
            let sorted = data(&with(&part, &format!("limit=1000&fields=id&sort={order}"))).await;
            let met = ids(&sorted);
            assert_eq!(met.len(), known.len(), "{path} by {order}");
            assert_eq!(met.iter().cloned().collect::<BTreeSet<_>>(), known, "{path} by {order}");
            if let Some(up) = order.strip_prefix('-').filter(|up| *up == "id") {
                let mut back = ids(&data(&with(&part, &format!("limit=1000&sort={up}"))).await);
                back.reverse();
                assert_eq!(met, back, "{path} by {order}");
            }
        }
    }
}

#[tokio::test]
async fn every_facet_counts_what_its_filter_finds() {
    for (path, operation) in lists().await {
        for facet in words(operation, "facets") {
            let list = data(&format!("{path}?limit=0&facets={facet}")).await;
            let counts = list["facets"][facet].as_array().expect("counts").clone();
            assert!(!counts.is_empty(), "{path} counts no {facet}");
            let sizes: Vec<_> = counts.iter().map(|value| value["count"].as_u64()).collect();
            assert!(sizes.is_sorted_by(|a, b| a >= b), "{path} {facet}: {sizes:?}");
            // The most frequent and the rarest, asked for by name.
            for value in [counts.first(), counts.last()].into_iter().flatten() {
                if parameter(operation, facet).is_none() || value["value"].is_null() {
                    continue;
                }
                let word = match &value["value"] {
                    Json::String(word) => word.replace(',', "\\,"),
                    other => other.to_string(),
                };
                let asked = format!("{path}?limit=0&{}", encoded(facet, &Json::String(word)));
                assert_eq!(data(&asked).await["meta"]["total"], value["count"], "{asked}");
            }
        }
    }
}

#[tokio::test]
async fn every_key_can_be_asked_for_alone() {
    for (path, _) in lists().await {
        let operation = &document().await["paths"][format!("{path}.json")]["get"];
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let keys = words(operation, "fields");
        let whole = data(&format!("{path}?limit=1")).await;
        let record = whole["data"][0].as_object().expect("a record");
        assert_eq!(record.keys().collect::<Vec<_>>(), keys, "{path}");
        for key in keys {
            let answer = get(&format!("{path}?limit=1&fields={key}")).await;
            let list = answer.json();
            let only = list["data"][0].as_object().expect("a record");
            assert_eq!(only.keys().collect::<Vec<_>>(), [key], "{path}");
            assert_eq!(only[key], record[key], "{path}");
            let faults = faults(document().await, schema, &list);
            assert!(faults.is_empty(), "{path} {key}\n{}", faults.join("\n"));
        }
    }
}
