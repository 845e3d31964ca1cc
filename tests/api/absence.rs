//! What is absent, what an amount may be, the ends of ordered fields, and the labels of codes.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::openapi::{lists, parameter, parameters, text};
use crate::reading::{found_set, part_of, records, refused, with};
use crate::service::data;

async fn total(path: &str) -> u64 {
    data(&with(path, "limit=0")).await["meta"]["total"].as_u64().expect("a total")
}

/// The parameters that say whether a field is there.
fn of_presence(list: &'static Json) -> Vec<&'static str> {
    let takes = |schema: &Json| schema["$ref"] == "#/components/schemas/Presence";
    let may = |one: &&'static Json| {
        let items = &one["schema"]["items"];
        takes(&one["schema"]) || items["anyOf"].as_array().is_some_and(|any| any.iter().any(takes))
    };
    parameters(list).filter(may).map(|one| text(&one["name"])).collect()
}

#[tokio::test]
async fn every_record_either_has_a_value_or_has_none() {
    let mut met = 0;
    for (path, list) in lists().await {
        let all = total(path).await;
        for name in of_presence(list) {
            let absent = total(&format!("{path}?{name}=null")).await;
            let present = total(&format!("{path}?{name}=!null")).await;
            assert_eq!(absent + present, all, "{path}: {name}");
            met += 1;
        }
    }
    assert!(met > 100, "{met}");
}

#[tokio::test]
async fn every_nullable_key_can_be_asked_for_nested_ones_too() {
    let mut met = BTreeSet::new();
    for (path, list) in lists().await {
        let collection = path.trim_start_matches("/v1/");
        let index = data("/v1").await;
        let described = index["data"]["collections"].as_array().expect("collections").iter();
        let described =
            described.clone().find(|one| one["name"] == collection).expect("the collection");
        let names = of_presence(list);
        for field in described["fields"].as_array().expect("fields") {
            if field["nullable"] == true {
                let name = text(&field["name"]).to_owned();
                assert!(names.contains(&name.as_str()), "{path}: {name} cannot be asked for");
                met.insert(name);
            }
        }
    }
    for name in
        ["as_of", "superseded_by", "region", "note", "period_to", "fiscal_year", "amount_max_usd"]
    {
        assert!(met.contains(name), "{name}");
    }
}

#[tokio::test]
async fn absence_is_what_the_records_say() {
    let all = records("/v1/assistance-funding").await;
    let ids = |keep: &dyn Fn(&Json) -> bool| -> BTreeSet<String> {
        all.iter().filter(|one| keep(one)).map(|one| text(&one["id"]).to_owned()).collect()
    };
    let found = async |asked: &str| -> BTreeSet<String> {
        let path = format!("/v1/assistance-funding?{asked}");
        records(&path).await.iter().map(|one| text(&one["id"]).to_owned()).collect()
    };
    assert_eq!(found("as_of=null").await, ids(&|one| one["as_of"].is_null()));
    assert_eq!(found("superseded_by=!null").await, ids(&|one| !one["superseded_by"].is_null()));
    assert_eq!(found("period_to=null").await, ids(&|one| one["period"]["to"].is_null()));
    assert_eq!(found("note=null").await, ids(&|one| one["note"].is_null()));
}

#[tokio::test]
async fn absence_and_values_are_joined_by_or() {
    let absent = found_set("/v1/agreements?limit=1000&signed=null").await;
    let dated = found_set("/v1/agreements?limit=1000&signed=2022").await;
    assert!(!absent.is_empty() && !dated.is_empty());
    let either = found_set("/v1/agreements?limit=1000&signed=null,2022").await;
    assert_eq!(either, absent.union(&dated).cloned().collect());
    let sorted = data("/v1/agreements?signed=null,2022&sort=-signed&limit=1000").await;
    assert_eq!(sorted["meta"]["total"], either.len());
    assert_eq!(sorted["data"].as_array().map(Vec::len), Some(either.len()));
}

#[tokio::test]
async fn what_is_never_absent_is_not_asked_for() {
    for asked in ["stage=null", "id=null", "id=!null", "amount_usd=null"] {
        let name = asked.split('=').next().expect("a name");
        refused(&format!("/v1/assistance-funding?{asked}"), name).await;
    }
    refused("/v1/assistance-funding?note=mines", "note").await;
}

#[tokio::test]
async fn a_number_fits_the_figures_whose_bounds_hold_it() {
    let mut met = 0;
    for (path, list) in lists().await {
        if parameter(list, "amount_fits").is_none() {
            continue;
        }
        let part = part_of(path).await;
        let all = records(&part).await;
        for number in [0_i64, 450_000_000, 1_000_000, 9_007_199_254_740_991] {
            let bound =
                |one: &Json, key: &str, open: i64| one["amount"][key].as_i64().unwrap_or(open);
            let holds = |one: &&Json| {
                !one["amount"].is_null()
                    && bound(one, "min_usd", 0) <= number
                    && number <= bound(one, "max_usd", i64::MAX)
            };
            let expected = all.iter().filter(holds).count();
            assert_eq!(
                total(&with(&part, &format!("amount_fits={number}"))).await,
                expected as u64,
                "{path}: {number}"
            );
        }
        refused(&format!("{path}?amount_fits=much"), "amount_fits").await;
        met += 1;
    }
    assert_eq!(met, 3, "assistance, its yearly series and sales have amounts");
}

#[tokio::test]
async fn the_ends_of_ordered_fields_are_told_over_the_records_that_match() {
    let path = "/v1/assistance-funding?partner=COL";
    let found = records(path).await;
    let amounts: Vec<i64> = found.iter().filter_map(|one| one["amount"]["usd"].as_i64()).collect();
    let answer = data(&with(path, "stats=amount_usd,as_of,fiscal_year&limit=0")).await;
    let stats = &answer["stats"];
    assert_eq!(
        stats["amount_usd"],
        json!({"min": amounts.iter().min(), "max": amounts.iter().max(), "count": amounts.len()})
    );
    let mut dates: Vec<_> = found.iter().filter_map(|one| one["as_of"].as_str()).collect();
    dates.sort_unstable();
    assert_eq!(stats["as_of"]["min"], json!(dates.first()));
    assert_eq!(stats["as_of"]["count"], dates.len());
    let (first, last) = (&stats["fiscal_year"]["min"], &stats["fiscal_year"]["max"]);
    let (first, last) = (first.as_i64().expect("a year"), last.as_i64().expect("a year"));
    assert_eq!(total(&format!("{path}&fiscal_year_max={}", first - 1)).await, 0);
    assert_ne!(total(&format!("{path}&fiscal_year={first}")).await, 0);
    assert_ne!(total(&format!("{path}&fiscal_year={last}")).await, 0);
    assert_eq!(stats["fiscal_year"]["count"], total(&format!("{path}&fiscal_year=!null")).await);
    let none = data("/v1/assistance-funding?partner=TUV&stats=amount_usd,fiscal_year").await;
    let nothing = json!({"min": null, "max": null, "count": 0});
    assert_eq!(none["stats"], json!({"amount_usd": nothing, "fiscal_year": nothing}));
    assert_eq!(data(path).await["stats"], Json::Null);
    refused("/v1/assistance-funding?stats=stage", "stats").await;
    refused("/v1/assistance-funding.csv?stats=amount_usd", "stats").await;
}

#[tokio::test]
async fn labels_of_the_codes_of_a_page_stand_once_beside_its_sources() {
    let answer =
        data("/v1/assistance-funding?program=FMF&partner=COL&include=labels&limit=5").await;
    let labels = &answer["labels"];
    assert_eq!(labels["program"]["FMF"]["es"], "Financiamiento Militar Extranjero");
    assert_eq!(labels["partner"]["COL"], json!({"en": "Colombia", "es": "Colombia"}));
    let stages: BTreeSet<_> =
        answer["data"].as_array().expect("records").iter().map(|one| text(&one["stage"])).collect();
    let labelled: BTreeSet<_> =
        labels["stage"].as_object().expect("stages").keys().map(String::as_str).collect();
    assert_eq!(labelled, stages);
    let some = data("/v1/assistance-funding?include=labels&fields=id,stage&limit=5").await;
    let keys: Vec<_> = some["labels"].as_object().expect("labels").keys().collect();
    assert_eq!(keys, ["stage"]);
    assert_eq!(data("/v1/assistance-funding?limit=1").await["labels"], Json::Null);
    refused("/v1/assistance-funding?include=lables", "include").await;
    refused("/v1/assistance-funding.csv?include=labels", "include").await;
}

#[tokio::test]
async fn a_record_has_labels_of_its_codes_in_every_collection() {
    for (path, _) in lists().await {
        let id = text(&data(&format!("{path}?limit=1")).await["data"][0]["id"]).to_owned();
        let plain = data(&format!("{path}/{id}")).await;
        assert_eq!(plain["labels"], Json::Null, "{path}");
        let labelled = data(&format!("{path}/{id}?include=labels")).await;
        assert!(labelled["labels"].is_object(), "{path}");
        assert_eq!(labelled["data"], plain["data"], "{path}");
        refused(&format!("{path}/{id}?include=everything"), "include").await;
    }
}
