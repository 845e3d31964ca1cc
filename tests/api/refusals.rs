//! What a refusal says and weighs, and ranges that are upside down.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Value as Json, json};

use crate::openapi::{encoded, filled, operations, parameters, text};
use crate::service::{data, get};

/// The most bytes of a problem, whatever is asked.
const MOST_BYTES: usize = 16_384;

/// A query of almost as many bytes as an address may have.
fn repeated(path: &str, parameter: &str, value: impl Fn(usize) -> String) -> String {
    let mut address = format!("{path}{parameter}=");
    for number in 0.. {
        let value = value(number);
        if address.len() + value.len() > 8_180 {
            break;
        }
        let _ = write!(address, "{value},");
    }
    address.trim_end_matches(',').to_owned()
}

async fn refused(address: &str) -> Json {
    let shown = &address[..address.len().min(80)];
    let answer = get(address).await;
    assert_eq!(answer.status, 400, "{shown}: {}", answer.text());
    assert!(answer.bytes.len() <= MOST_BYTES, "{shown}: {} bytes", answer.bytes.len());
    let body = answer.json();
    assert!(body["errors"].as_array().is_some_and(|errors| errors.len() <= 10), "{shown}");
    body
}

#[tokio::test]
async fn a_refusal_is_small_whatever_is_asked() {
    let spoken = |number: usize| format!("q{number}");
    for (path, parameter) in [
        ("/v1/assistance-funding?", "part_of"),
        ("/v1/assistance-funding?", "superseded_by"),
        ("/v1/assistance-funding?", "citations_source"),
        ("/v1/assistance-funding?", "component"),
        ("/v1/assistance-funding?", "stage"),
        ("/v1/assistance-funding?", "fiscal_year"),
        ("/v1/assistance-funding?", "sort"),
        ("/v1/assistance-funding?", "fields"),
        ("/v1/assistance-funding?", "facets"),
        ("/v1/assistance-funding/totals?", "part_of"),
        ("/v1/assistance-funding/totals?", "program_within"),
        ("/v1/assistance-funding/totals?", "group_by"),
        ("/v1/coverage?", "program"),
        ("/v1/search?q=a&", "partner"),
        ("/v1/search?q=a&", "collection"),
        ("/v1/timeline?", "kind"),
        ("/v1/sources?", "publisher"),
    ] {
        refused(&repeated(path, parameter, spoken)).await;
        refused(&repeated(path, parameter, |_| "x".to_owned())).await;
        refused(&repeated(path, parameter, |_| "%01".to_owned())).await;
        refused(&format!("{path}{parameter}={}", "%01".repeat(2_000))).await;
        refused(&format!("{path}{}", vec![format!("{parameter}=%22%22%22"); 90].join("&"))).await;
    }
    let unknown: Vec<_> = (0..99).map(|number| format!("{}{number}=1", "p".repeat(70))).collect();
    let body = refused(&format!("/v1/agreements?{}", unknown.join("&"))).await;
    let told = body["errors"].as_array().expect("errors").len() as u64;
    assert_eq!(told + body["more_errors"].as_u64().expect("a number"), 99);
    for path in
        [format!("/v1/{}", "%22".repeat(2_000)), format!("/v1/agreements/{}", "%01".repeat(2_000))]
    {
        let answer = get(&path).await;
        assert_eq!(answer.status, 404);
        assert!(answer.bytes.len() <= MOST_BYTES, "{} bytes", answer.bytes.len());
    }
}

#[tokio::test]
async fn a_value_that_is_repeated_is_looked_at_once() {
    let body = refused(&repeated("/v1/assistance-funding?", "part_of", |_| "x".to_owned())).await;
    assert_eq!(body["errors"].as_array().expect("errors").len(), 1);
    assert_eq!(body["more_errors"], 0);
    let once = data("/v1/assistance-funding?program=FMF&limit=1").await;
    let often = repeated("/v1/assistance-funding?limit=1&", "program", |_| "FMF".to_owned());
    let often = data(&often).await;
    assert_eq!(often["meta"], once["meta"]);
    assert_eq!(often["links"]["next"], once["links"]["next"], "links repeat it once, too");
}

#[tokio::test]
async fn a_parameter_has_at_most_300_different_values() {
    let years = |count: usize| {
        let years: Vec<_> = (1776..).take(count).map(|year: usize| year.to_string()).collect();
        format!("/v1/assistance-funding?fiscal_year={}&limit=0", years.join(","))
    };
    assert_eq!(get(&years(300)).await.status, 200);
    let body = refused(&years(301)).await;
    assert!(text(&body["errors"][0]["detail"]).contains("at most 300 different values"), "{body}");
    for (path, operation) in operations().await {
        for parameter in parameters(operation) {
            let schema = &parameter["schema"];
            if schema["type"] == "array" {
                let most = schema["maxItems"].as_u64();
                assert!(most.is_some_and(|most| most <= 300), "{path}: {}", parameter["name"]);
            }
        }
    }
}

#[tokio::test]
async fn a_search_has_at_most_32_different_words() {
    let words = |count: usize| {
        let words: Vec<_> = (0..count).map(|number| format!("w{number}")).collect();
        words.join("+")
    };
    for path in ["/v1/search?q=", "/v1/agreements?q="] {
        assert_eq!(get(&format!("{path}{}", words(32))).await.status, 200, "{path}");
        let body = refused(&format!("{path}{}", words(33))).await;
        assert!(text(&body["errors"][0]["detail"]).contains("at most 32"), "{body}");
        let repeated = format!("{path}{}", vec!["aid"; 1_500].join("+"));
        let once = data(&format!("{path}aid+aid")).await;
        assert_eq!(data(&repeated).await["meta"]["total"], once["meta"]["total"], "{path}");
    }
}

#[tokio::test]
async fn what_is_allowed_stands_once_a_parameter_and_the_rest_of_many_faults_is_counted() {
    let body = refused("/v1/arms-sales?channel=a,b,c,d,e,f,g,h,i,j,k,l&measure=a,b").await;
    let errors = body["errors"].as_array().expect("errors");
    assert_eq!((errors.len(), &body["more_errors"]), (10, &json!(4)));
    assert!(text(&body["detail"]).contains("14 faults"), "{body}");
    let lists = errors.iter().filter(|error| error["allowed"] != json!([])).count();
    assert_eq!(lists, 1, "{body}");
}

/// The pairs of parameters that are the two ends of a range, by their names.
fn pairs(operation: &'static Json) -> Vec<(&'static Json, &'static Json)> {
    let named = |name: &str| parameters(operation).find(|one| one["name"] == name);
    let mut pairs = Vec::new();
    for least in parameters(operation) {
        let name = text(&least["name"]);
        let other = match name.strip_suffix("_min") {
            Some(field) => format!("{field}_max"),
            None if name == "from" => "to".to_owned(),
            None => continue,
        };
        pairs.push((least, named(&other).unwrap_or_else(|| panic!("{name} has no other end"))));
    }
    pairs
}

#[tokio::test]
async fn a_range_whose_minimum_is_above_its_maximum_is_refused_with_both_names() {
    let mut met = BTreeSet::new();
    for (path, operation) in operations().await {
        for (least, most) in pairs(operation) {
            let names = [text(&least["name"]), text(&most["name"])];
            // `amount_min_usd_min` and `period_from_min` end so, too; every one of them has a pair.
            let dated = least["example"].is_string();
            let (low, high) = if path == "/v1/changes" {
                (json!("1.0.0"), json!("1.1.0"))
            } else if dated {
                (json!("2019-12-31"), json!("2020"))
            } else {
                (json!(2019), json!(2020))
            };
            let base = format!("{}?", filled(path, operation));
            let base = if path == "/v1/search" { format!("{base}q=a&") } else { base };
            let ask = |from: &Json, to: &Json| {
                format!("{base}{}&{}", encoded(names[0], from), encoded(names[1], to))
            };
            let body = refused(&ask(&high, &low)).await;
            let told = body["errors"].to_string();
            assert!(names.iter().all(|name| told.contains(name)), "{path}: {told}");
            assert_eq!(body["errors"].as_array().map(Vec::len), Some(1), "{path}: {told}");
            for (from, to) in [(&low, &high), (&low, &low)] {
                let answer = get(&ask(from, to)).await;
                assert_eq!(answer.status, 200, "{path} {names:?}: {}", answer.text());
            }
            met.insert((path, names[0]));
        }
    }
    assert!(met.len() > 60, "only {} pairs", met.len());
    for pair in [
        ("/v1/timeline", "from"),
        ("/v1/assistance-funding", "fiscal_year_min"),
        ("/v1/assistance-funding.csv", "amount_usd_min"),
        ("/v1/deployments/totals", "personnel_min"),
        ("/v1/agreements", "signed_min"),
    ] {
        assert!(met.contains(&pair), "{pair:?}");
    }
}

#[tokio::test]
async fn a_parameter_is_known_by_what_else_it_is_called() {
    for (asked, meant) in [
        ("/v1/assistance-funding?country=COL", "partner"),
        ("/v1/assistance-funding?year=2020", "fiscal_year"),
        ("/v1/assistance-funding/totals?country=COL", "partner"),
        ("/v1/timeline?country=COL", "partner"),
    ] {
        assert_eq!(refused(asked).await["errors"][0]["did_you_mean"], meant, "{asked}");
    }
}

#[tokio::test]
async fn three_letters_that_are_no_country_are_not_taken_for_another() {
    for path in ["/v1/assistance-funding?", "/v1/timeline?", "/v1/coverage?", "/v1/search?q=a&"] {
        let body = refused(&format!("{path}partner=KOL")).await;
        assert_eq!(body["errors"][0]["did_you_mean"], Json::Null, "{path}");
        let body = refused(&format!("{path}partner=SV")).await;
        assert_eq!(body["errors"][0]["did_you_mean"], "SLV", "{path}");
    }
}

#[tokio::test]
async fn a_name_with_commas_that_is_misspelt_is_not_read_as_several() {
    let name = "U.S. Department of State, Bureau of Political-Military Affairs";
    let asked = encoded("publisher", &json!(&name[..name.len() - 1]));
    let body = refused(&format!("/v1/sources?{asked}")).await;
    assert_eq!(body["errors"].as_array().map(Vec::len), Some(1), "{body}");
    assert_eq!(body["errors"][0]["did_you_mean"], name);
}
