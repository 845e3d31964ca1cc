//! Facets: counts by value over the records that a filter keeps.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::reading::{collections, records, refused, text, with};
use crate::service::data;
use crate::small;

/// The counts of one facet, as they are sent.
fn counts(answer: &Json, field: &str) -> Vec<(String, u64)> {
    let values = answer["facets"][field].as_array().expect("a facet");
    let count = |value: &Json| value["count"].as_u64().expect("a count");
    let named = |value: &Json| value["value"].as_str().unwrap_or("null").to_owned();
    values.iter().map(|value| (named(value), count(value))).collect()
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
async fn counts_of_a_single_value_sum_up_to_the_total_those_without_one_included() {
    let mut summed = 0;
    for collection in collections().await {
        let list = text(&collection["href"]);
        for field in collection["fields"].as_array().expect("fields") {
            if field["facets"] == true && field["list"] == false {
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
            let counted = counts(&answer, &name).into_iter();
            let telling = |value: &str| value.contains([',', '\\']) || value == "null";
            let chosen =
                counted.enumerate().filter(|(place, (value, _))| *place < 5 || telling(value));
            for (_, (value, count)) in chosen {
                // As it stands in the answer, without an escape.
                let value: String = url_of(&value);
                let path = with(&list, &format!("{name}={value}&limit=0"));
                assert_eq!(data(&path).await["meta"]["total"], count, "{path}");
                asked += 1;
            }
        }
    }
    assert!(asked > 200, "{asked}");
}

#[tokio::test]
async fn a_facet_leaves_out_the_filters_of_its_own_field() {
    let all = data("/v1/assistance-funding?facets=program,stage").await;
    let asked = "/v1/assistance-funding?program=FMF&facets=program,stage&limit=0";
    let one = data(asked).await;
    assert_eq!(counts(&one, "program"), counts(&all, "program"));
    assert_ne!(counts(&one, "stage"), counts(&all, "stage"));
    let both = data(&with(asked, "stage=actual")).await;
    assert_eq!(counts(&both, "stage"), counts(&one, "stage"));
    let programs = counts(&both, "program");
    for (program, count) in programs.into_iter().take(3) {
        let path = format!("/v1/assistance-funding?stage=actual&program={program}&limit=0");
        assert_eq!(data(&path).await["meta"]["total"], count, "{path}");
    }
}

#[tokio::test]
async fn each_value_of_a_facet_has_a_label_in_both_languages() {
    let mut labelled = 0;
    for collection in collections().await {
        let list = text(&collection["href"]);
        for field in collection["fields"].as_array().expect("fields") {
            if field["facets"] == true {
                let name = text(&field["name"]);
                let answer = data(&with(&list, &format!("facets={name}&limit=0"))).await;
                for facet in answer["facets"][&name].as_array().expect("a facet") {
                    let label = &facet["label"];
                    assert!(!text(&label["en"]).is_empty() && !text(&label["es"]).is_empty());
                    labelled += usize::from(facet["value"] != label["en"]);
                }
            }
        }
    }
    assert!(labelled > 200, "{labelled}");
    let facets = data("/v1/assistance-funding?facets=partner,program,per_year,component").await;
    let label = |field: &str, value: Json| {
        let facets = facets["facets"][field].as_array().expect("a facet");
        let facet = facets.iter().find(|facet| facet["value"] == value).expect("the value");
        facet["label"].clone()
    };
    assert_eq!(label("partner", json!("COL")), json!({"en": "Colombia", "es": "Colombia"}));
    let financing =
        json!({"en": "Foreign Military Financing", "es": "Financiamiento Militar Extranjero"});
    assert_eq!(label("program", json!("FMF")), financing);
    assert_eq!(label("per_year", json!("false")), json!({"en": "no", "es": "no"}));
    assert_eq!(label("component", Json::Null), json!({"en": "no value", "es": "sin valor"}));
}

fn url_of(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[tokio::test]
async fn a_record_counts_once_for_each_of_its_values() {
    let answer = small::get("/v1/agreements?facets=parties").await.json();
    let expected = ["Peru 2", "-2 1", "@sum 1", "Brazil 1", "Brazil, South 1", "South 1", "null 1"];
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
