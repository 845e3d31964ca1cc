//! Filters: equality, ranges, years that touch, keys, and the refusal of what is not understood.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::reading::{collections, found, found_set, records, refused, text, with};
use crate::service::{data, get};
use crate::small;

const FUNDING: &str = "/v1/assistance-funding?limit=1000";

#[tokio::test]
async fn a_list_of_values_and_repeats_of_a_parameter_mean_the_same() {
    let by_comma = found(&with(FUNDING, "program=FMF,IMET")).await;
    let by_repeat = found(&with(FUNDING, "program=IMET&program=FMF")).await;
    assert_eq!(by_comma, by_repeat);
    let financing = found_set(&with(FUNDING, "program=FMF")).await;
    let training = found_set(&with(FUNDING, "program=IMET")).await;
    assert!(!financing.is_empty() && !training.is_empty());
    let either: BTreeSet<_> = financing.union(&training).cloned().collect();
    assert_eq!(by_comma.into_iter().collect::<BTreeSet<_>>(), either);
}

#[tokio::test]
async fn filters_on_several_fields_must_all_hold() {
    let both = found_set(&with(FUNDING, "program=FMF&stage=provided")).await;
    let program = found_set(&with(FUNDING, "program=FMF")).await;
    let stage = found_set(&with(FUNDING, "stage=provided")).await;
    assert_eq!(both, program.intersection(&stage).cloned().collect());
    assert!(!both.is_empty() && both.len() < program.len() && both.len() < stage.len());
}

#[tokio::test]
async fn a_field_of_several_values_passes_by_any_of_them() {
    let agreements = records("/v1/agreements").await;
    let named = |record: &&Json| {
        let parties = record["parties"].as_array().expect("parties");
        parties.iter().any(|party| party == "NATO" || party == "Norway")
    };
    let expected: Vec<_> =
        agreements.iter().filter(named).map(|record| text(&record["id"])).collect();
    assert!(expected.len() >= 2);
    assert_eq!(found("/v1/agreements?parties=NATO,Norway").await, expected);
}

#[tokio::test]
async fn a_comma_inside_a_value_is_escaped() {
    assert_eq!(small::found("/v1/agreements?parties=Brazil%5C,%20South").await, ["a-year"]);
    assert_eq!(small::found("/v1/agreements?parties=Brazil,South").await, ["c-day", "d-none"]);
    assert_eq!(
        small::found("/v1/agreements?parties=Brazil%5C,+South,Brazil").await,
        ["a-year", "c-day"]
    );
}

#[tokio::test]
async fn an_amount_lies_in_a_range_with_both_ends() {
    let amount = |record: &Json| record["amount"]["usd"].as_i64().expect("whole dollars");
    let all = records("/v1/assistance-funding").await;
    let mut amounts: Vec<_> = all.iter().map(amount).collect();
    amounts.sort_unstable();
    let (low, high) = (amounts[amounts.len() / 4], amounts[amounts.len() / 2]);
    assert!(low < high);
    let expected: Vec<_> = all
        .iter()
        .filter(|record| (low..=high).contains(&amount(record)))
        .map(|record| text(&record["id"]))
        .collect();
    let range = format!("amount_usd_min={low}&amount_usd_max={high}");
    assert_eq!(found(&with(FUNDING, &range)).await, expected);
}

#[tokio::test]
async fn a_record_without_a_value_is_in_no_range_of_it() {
    let all = records("/v1/deployments").await;
    let counted = all.iter().filter(|record| !record["personnel"].is_null()).count();
    assert!(counted < all.len());
    for range in ["personnel_min=0", "personnel_max=4294967295"] {
        assert_eq!(found(&format!("/v1/deployments?limit=1000&{range}")).await.len(), counted);
    }
}

#[tokio::test]
async fn a_year_holds_its_months_and_days_but_not_the_reverse() {
    let found = async |asked: &str| small::found(&format!("/v1/agreements?{asked}")).await;
    assert_eq!(found("signed=2017").await, ["a-year", "b-month", "c-day"]);
    assert_eq!(found("signed=2017-05").await, ["b-month", "c-day"]);
    assert_eq!(found("signed=2017-05-23").await, ["c-day"]);
    assert_eq!(found("signed=2017-05-23,2016").await, ["c-day", "f-earlier"]);
}

#[tokio::test]
async fn a_range_of_dates_keeps_what_may_lie_in_it() {
    let found = async |asked: &str| small::found(&format!("/v1/agreements?{asked}")).await;
    // `2017` may be any day of that year, `2017-05` any day of that month.
    assert_eq!(found("signed_min=2017-06").await, ["a-year", "e-later"]);
    assert_eq!(found("signed_max=2017-05-01").await, ["a-year", "b-month", "f-earlier"]);
    assert_eq!(
        found("signed_min=2017-05-23&signed_max=2017").await,
        ["a-year", "b-month", "c-day"]
    );
}

#[tokio::test]
async fn a_period_without_an_end_touches_every_later_year() {
    let touching =
        async |years: &str| found_set(&with(FUNDING, &format!("program=NADR-CWD&{years}"))).await;
    let open = "col-nadr-cwd-since-2017";
    for years in ["fiscal_year=2017", "fiscal_year=2030", "fiscal_year_min=2100"] {
        assert!(touching(years).await.contains(open), "{years}");
    }
    for years in ["fiscal_year=2016", "fiscal_year_max=2016"] {
        assert!(!touching(years).await.contains(open), "{years}");
    }
    let closed = "col-nadr-cwd-2007";
    assert!(touching("fiscal_year=2007").await.contains(closed));
    assert!(!touching("fiscal_year=2008").await.contains(closed));
    assert!(!touching("fiscal_year_min=2008").await.contains(closed));
}

#[tokio::test]
async fn a_calendar_year_touches_two_fiscal_years() {
    let touching =
        async |years: &str| found_set(&format!("/v1/deployments?limit=1000&{years}")).await;
    let korea = data("/v1/deployments/col-korean-war-battalion").await["data"]["period"].clone();
    assert_eq!((&korea["from"], &korea["to"]), (&Json::from(1951), &Json::from(1954)));
    assert_eq!(korea["basis"], "calendar_year");
    for (year, touches) in [(1950, false), (1951, true), (1954, true), (1955, true), (1956, false)]
    {
        let found = touching(&format!("fiscal_year={year}")).await;
        assert_eq!(found.contains("col-korean-war-battalion"), touches, "{year}");
    }
}

#[tokio::test]
async fn a_range_of_years_keeps_what_touches_any_of_them() {
    let range = found_set(&with(FUNDING, "fiscal_year_min=2010&fiscal_year_max=2012")).await;
    let each = found_set(&with(FUNDING, "fiscal_year=2010,2011,2012")).await;
    assert!(!range.is_empty());
    assert_eq!(range, each);
}

#[tokio::test]
async fn records_are_found_by_their_partner() {
    let all = records("/v1/agreements").await;
    let of_partner = |record: &&Json| {
        record["partner"].as_array().expect("partners").contains(&Json::from("COL"))
    };
    let expected: Vec<_> =
        all.iter().filter(of_partner).map(|record| text(&record["id"])).collect();
    assert_eq!(found("/v1/agreements?partner=COL&limit=1000").await, expected);
    assert_eq!(small::found("/v1/agreements?partner=XAB").await, [""; 0]);
    refused("/v1/agreements?partner=XYZ", "partner").await;
}

#[tokio::test]
async fn a_country_of_which_the_data_has_nothing_is_a_good_question_everywhere() {
    for path in [
        "/v1/agreements?",
        "/v1/assistance-funding?",
        "/v1/assistance-funding/totals?",
        "/v1/deployments/totals?",
        "/v1/timeline?",
        "/v1/search?q=aid&",
        "/v1/coverage?",
    ] {
        // The small data knows neither; ISO 3166-1 knows both.
        let answer = small::get(&format!("{path}partner=FRA,TUV,XAA")).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let meta = answer.json()["meta"].clone();
        assert_eq!(meta["not_covered"], json!(["FRA", "TUV"]), "{path}");
        let answer = small::get(&format!("{path}partner=XAA")).await;
        assert_eq!(answer.json()["meta"]["not_covered"], json!([]), "{path}");
        assert_eq!(small::get(&format!("{path}partner=XYZ")).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn no_match_is_an_empty_list() {
    let answer = data("/v1/assistance-funding?program=FMF&amount_usd_min=9007199254740991").await;
    assert_eq!(answer["data"], Json::Array(Vec::new()));
    assert_eq!(answer["meta"]["total"], 0);
    assert_eq!(answer["links"]["next"], Json::Null);
}

#[tokio::test]
async fn fields_limits_the_keys_and_keeps_the_media_type() {
    let answer = get("/v1/assistance-funding?fields=amount,id&limit=3").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let limited = answer.json()["data"].as_array().expect("records").clone();
    assert_eq!(limited.len(), 3);
    let whole = get("/v1/assistance-funding?limit=3").await;
    assert_eq!(whole.header("content-type"), "application/json");
    for (record, full) in limited.iter().zip(whole.json()["data"].as_array().expect("records")) {
        let keys: Vec<_> = record.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["id", "amount"]);
        assert_eq!((&record["id"], &record["amount"]), (&full["id"], &full["amount"]));
    }
    refused("/v1/assistance-funding?fields=id,amont", "fields").await;
}

/// A text that a column of a record holds, as its parameter takes it: `records_id` is `id` in `records`.
fn held_text(value: &Json, column: &str) -> Option<String> {
    let value = if value.is_array() { &value[0] } else { value };
    if column.is_empty() {
        let text = value.as_str()?;
        return Some(form_urlencoded::byte_serialize(text.as_bytes()).collect());
    }
    value.as_object()?.iter().find_map(|(key, value)| {
        let rest = column.strip_prefix(key.as_str())?;
        held_text(value, rest.strip_prefix('_').unwrap_or(rest))
    })
}

#[tokio::test]
async fn every_filter_that_the_index_names_is_understood_and_no_other() {
    for collection in collections().await {
        let list = text(&collection["href"]);
        for field in collection["fields"].as_array().expect("fields") {
            let name = text(&field["name"]);
            let value = match (field["kind"].as_str().expect("a kind"), &field["refers_to"]) {
                ("code", _) => text(&field["values"][0]),
                ("whole" | "fiscal_years" | "date", _) => "2010".to_owned(),
                ("flag", _) => "true".to_owned(),
                (_, Json::String(target)) => {
                    text(&data(&format!("/v1/{target}?limit=1")).await["data"][0]["id"])
                }
                _ => {
                    // A text that the field holds: any other is refused.
                    let held = records(&list).await;
                    held.iter().find_map(|record| held_text(record, &name)).unwrap_or_default()
                }
            };
            // What no record holds cannot be asked for, but for its absence.
            let nothing = if field["equals"] == true { "null" } else { "COL" };
            let value = if value.is_empty() { nothing.to_owned() } else { value };
            let asked = [
                (field["equals"] == true, format!("{name}={value}"), name.clone()),
                (field["ranges"] == true, format!("{name}_min={value}"), format!("{name}_min")),
                (field["ranges"] == true, format!("{name}_max={value}"), format!("{name}_max")),
                (field["sorts"] == true, format!("sort={name}"), "sort".to_owned()),
                (field["sorts"] == true, format!("sort=-{name}"), "sort".to_owned()),
                (field["facets"] == true, format!("facets={name}"), "facets".to_owned()),
            ];
            for (understood, question, parameter) in asked {
                let path = format!("{list}?{question}&limit=0");
                if understood {
                    assert_eq!(get(&path).await.status, 200, "{path}");
                } else {
                    refused(&path, &parameter).await;
                }
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_understood_is_refused_all_at_once() {
    let path =
        "/v1/assistance-funding?programm=FMF&stage=providd&amount_usd_min=many&limit=2000&sort=x";
    for parameter in ["programm", "stage", "amount_usd_min", "limit", "sort"] {
        refused(path, parameter).await;
    }
    let problem = get(path).await.json();
    let errors = problem["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 5, "{problem}");
    let meant = |name: &str| {
        let error = errors.iter().find(|error| error["parameter"] == name).expect("the error");
        error["did_you_mean"].clone()
    };
    assert_eq!((meant("programm"), meant("stage")), ("program".into(), "provided".into()));
    for empty in ["program=", "program=FMF,,IMET", "program=FMF,"] {
        refused(&format!("/v1/assistance-funding?{empty}"), "program").await;
    }
    refused("/v1/assistance-funding?amount_usd_min=1&amount_usd_min=2", "amount_usd_min").await;
    refused("/v1/agreements?signed=2017-02-30", "signed").await;
}
