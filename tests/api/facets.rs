//! Facets: counts by value over the records that a filter keeps.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::reading::{collections, records, refused, text, with};
use crate::service::data;
use crate::small;

/// The counts of one facet, as they are sent.
fn counts(answer: &Json, field: &str) -> Vec<(String, u64)> {
    let values = answer["facets"][field].as_array().expect("a facet");
    let count = |value: &Json| value["count"].as_u64().expect("a count");
    values.iter().map(|value| (text(&value["value"]), count(value))).collect()
}

#[tokio::test]
async fn a_facet_counts_the_filtered_records_on_all_pages() {
    let filter = "/v1/assistance-funding?stage=provided,estimate";
    let mut expected = BTreeMap::new();
    for record in records(filter).await {
        *expected.entry(text(&record["program"])).or_insert(0) += 1;
    }
    let answer = data(&with(filter, "facets=program&limit=1")).await;
    let counted = counts(&answer, "program");
    assert!(counted.len() > 5);
    assert_eq!(counted.into_iter().collect::<BTreeMap<_, _>>(), expected);
}

#[tokio::test]
async fn the_most_frequent_value_comes_first_and_none_has_no_record() {
    let answer = data("/v1/assistance-funding?facets=stage,program").await;
    for field in ["stage", "program"] {
        let counts: Vec<_> = counts(&answer, field).into_iter().map(|(_, count)| count).collect();
        assert!(counts.is_sorted_by(|a, b| a >= b), "{field}: {counts:?}");
        assert!(counts.last().is_some_and(|count| *count > 0), "{field}: {counts:?}");
    }
}

#[tokio::test]
async fn counts_of_a_single_value_that_is_never_missing_sum_up_to_the_total() {
    let mut summed = 0;
    for collection in collections().await {
        let list = text(&collection["href"]);
        for field in collection["fields"].as_array().expect("fields") {
            if field["facets"] == true && field["list"] == false && field["nullable"] == false {
                let name = text(&field["name"]);
                let answer = data(&with(&list, &format!("facets={name}&limit=0"))).await;
                let sum: u64 = counts(&answer, &name).iter().map(|(_, count)| count).sum();
                assert_eq!(answer["meta"]["total"], sum, "{list}: {name}");
                summed += 1;
            }
        }
    }
    assert!(summed > 10, "{summed}");
}

#[tokio::test]
async fn each_count_is_the_total_of_the_filter_by_its_value() {
    let mut asked = 0;
    for collection in collections().await {
        let list = text(&collection["href"]);
        for field in collection["fields"].as_array().expect("fields") {
            if field["facets"] != true || field["equals"] != true {
                continue;
            }
            let name = text(&field["name"]);
            let answer = data(&with(&list, &format!("facets={name}&limit=0"))).await;
            for (value, count) in counts(&answer, &name).into_iter().take(5) {
                let value: String = url_of(&value.replace(',', "\\,"));
                let path = with(&list, &format!("{name}={value}&limit=0"));
                assert_eq!(data(&path).await["meta"]["total"], count, "{path}");
                asked += 1;
            }
        }
    }
    assert!(asked > 50, "{asked}");
}

fn url_of(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[tokio::test]
async fn a_record_counts_once_for_each_of_its_values() {
    let answer = small::get("/v1/agreements?facets=parties").await.json();
    let expected = ["Peru 2", "-2 1", "@sum 1", "Brazil 1", "Brazil, South 1", "South 1"];
    let counted = counts(&answer, "parties");
    let shown: Vec<_> = counted.iter().map(|(value, count)| format!("{value} {count}")).collect();
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn without_facets_the_key_is_null_and_an_unknown_one_is_refused() {
    assert_eq!(data("/v1/agreements").await["facets"], Json::Null);
    for facet in ["note", "signed", "nothing", ""] {
        refused(&format!("/v1/agreements?facets={facet}"), "facets").await;
    }
    refused("/v1/agreements?facets=kind&format=csv", "facets").await;
}
