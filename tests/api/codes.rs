//! Codes: closed lists with labels and definitions in English and Spanish.

use std::collections::BTreeSet;

use partnership_api::words::country;
use serde_json::{Value as Json, json};

use crate::reading::{collections, ids, records, refused, text};
use crate::service::{data, get, get_with};
use crate::source_tree::sources;

#[tokio::test]
async fn an_organization_is_found_by_its_code() {
    let nato = data("/v1/memberships?organization=NATO&limit=1000").await;
    assert_eq!(nato["meta"]["total"], 32);
    assert!(ids(&nato).contains(&"col-nato".to_owned()));
    let facets = data("/v1/memberships?facets=organization&limit=0").await;
    assert_eq!(facets["facets"]["organization"][0]["value"], "NATO");
}

#[tokio::test]
async fn an_organization_that_no_list_has_is_refused_with_the_nearest() {
    refused("/v1/memberships?organization=NATOO", "organization").await;
    let problem = get("/v1/memberships?organization=NATOO").await.json();
    assert_eq!(problem["errors"][0]["did_you_mean"], json!("NATO"));
}

#[tokio::test]
async fn partners_programs_and_missions_have_a_name_in_spanish() {
    for list in ["/v1/partners", "/v1/assistance-programs", "/v1/missions"] {
        for record in records(list).await {
            assert!(record["name_es"].is_string(), "{list}: {}", record["id"]);
        }
    }
    for partner in records("/v1/partners").await {
        let country = country(&text(&partner["id"])).expect("a country");
        assert_eq!(partner["name_es"], country.name.es);
        assert_eq!(partner["name"], country.name.en);
        assert_eq!(partner["alpha_2"], country.alpha_2);
    }
}

/// The closed lists, each with its codes.
async fn lists() -> Vec<Json> {
    let mut lists = Vec::new();
    for list in data("/v1/codes").await["data"].as_array().expect("lists") {
        let whole = data(&text(&list["href"])).await["data"].clone();
        for key in ["name", "label", "definition"] {
            assert_eq!(whole[key], list[key]);
        }
        assert_eq!(list["count"], whole["codes"].as_array().expect("codes").len());
        lists.push(whole);
    }
    lists
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

#[tokio::test]
async fn every_closed_list_of_the_code_is_served() {
    let mut declared = BTreeSet::new();
    for file in sources() {
        let code = file.code();
        for (at, _) in code.match_indices("vocabulary! {\n") {
            let (_, declaration) = code[at..].split_once("pub enum ").expect("an enum");
            let name = declaration.split(' ').next().expect("a name");
            declared.insert(name.to_owned());
        }
    }
    assert!(declared.len() > 25, "this test no longer finds the lists: {declared:?}");
    let schema = |name: String| -> String { name.split('-').map(capitalized).collect() };
    let served: BTreeSet<_> =
        lists().await.iter().map(|list| schema(text(&list["name"]))).collect();
    assert_eq!(served, declared);
}

#[tokio::test]
async fn each_code_has_a_label_of_its_own_and_a_definition_in_both_languages() {
    for list in lists().await {
        let name = text(&list["name"]);
        let codes = list["codes"].as_array().expect("codes");
        for language in ["en", "es"] {
            let label = |of: &Json| text(&of["label"][language]);
            let definition = |of: &Json| text(&of["definition"][language]);
            let labels: BTreeSet<_> = codes.iter().map(label).collect();
            assert_eq!(labels.len(), codes.len(), "{name}: two codes with one label: {labels:?}");
            for one in codes.iter().chain([&list]) {
                assert!(!label(one).is_empty() && !label(one).ends_with('.'), "{name}: {one}");
                assert!(definition(one).ends_with('.'), "{name}: {one}");
            }
        }
        let ranked = codes.iter().filter(|code| !code["rank"].is_null()).count();
        assert!(ranked == 0 || ranked == codes.len(), "{name} ranks some of its codes only");
    }
}

#[tokio::test]
async fn a_field_with_codes_leads_to_its_list() {
    let lists = lists().await;
    let mut leading = 0;
    for collection in collections().await {
        for field in collection["fields"].as_array().expect("fields") {
            assert_eq!(field["kind"] == "code", field["code_list"].is_string(), "{field}");
            let Some(name) = field["code_list"].as_str() else { continue };
            let list = lists.iter().find(|list| list["name"] == name).expect("its list");
            let codes: Vec<_> =
                list["codes"].as_array().expect("codes").iter().map(|code| &code["code"]).collect();
            assert_eq!(json!(codes), field["values"]);
            let here = json!({"collection": collection["name"], "field": field["name"]});
            assert!(list["used_in"].as_array().expect("fields").contains(&here), "{name}: {here}");
            leading += 1;
        }
    }
    let named: usize =
        lists.iter().map(|list| list["used_in"].as_array().expect("fields").len()).sum();
    assert_eq!(leading, named);
}

#[tokio::test]
async fn ranks_say_which_code_weighs_more() {
    let stages = data("/v1/codes/stage").await;
    let codes = stages["data"]["codes"].as_array().expect("codes");
    let rank =
        |code: &str| codes.iter().find(|one| one["code"] == code).expect("it")["rank"].clone();
    assert!(rank("actual").as_u64() < rank("appropriated").as_u64());
    assert!(rank("appropriated").as_u64() < rank("request").as_u64());
    let regions = data("/v1/codes/region").await;
    assert_eq!(regions["data"]["codes"][0]["rank"], Json::Null);
    assert_eq!(regions["data"]["codes"][0]["label"], json!({"en": "Africa", "es": "África"}));
}

#[tokio::test]
async fn a_list_that_has_not_changed_is_not_sent_again_and_one_that_is_none_has_a_hint() {
    let first = get("/v1/codes/stage").await;
    let etag = first.header("etag").to_owned();
    let again = get_with("/v1/codes/stage", &[("if-none-match", &etag)]).await;
    assert_eq!(again.status, 304);
    let missing = get("/v1/codes/stages").await;
    assert_eq!(missing.status, 404);
    assert_eq!(missing.json()["errors"][0]["did_you_mean"], "/v1/codes/stage");
}
