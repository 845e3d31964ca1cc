//! Sums that count no dollar and no person twice, asked over HTTP.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::service::{data, get};

const ASSISTANCE: &str = "/v1/assistance-funding/totals";

fn ids(list: &Json) -> Vec<&str> {
    let ids = list.as_array().expect("a list").iter();
    ids.map(|entry| entry["id"].as_str().or(entry.as_str()).expect("an id")).collect()
}

#[tokio::test]
async fn the_fiscal_year_2023_inside_the_demining_total_since_2017_is_not_counted_twice() {
    let sum =
        data(&format!("{ASSISTANCE}?partner=COL&program=NADR-CWD&fiscal_year_min=2017")).await;
    let total = &sum["total"];
    assert_eq!(total["amount"]["usd"], 147_000_000);
    assert_eq!(ids(&total["included"]), ["col-nadr-cwd-since-2017"]);
    let explained = json!({
        "id": "col-nadr-cwd-2023-risk-education-and-removal",
        "because": "inside_another",
        "overlaps": ["col-nadr-cwd-since-2017"],
    });
    assert!(total["excluded"].as_array().expect("a list").contains(&explained), "{total:#}");
}

#[tokio::test]
async fn single_years_of_fmf_are_not_added_to_the_figure_that_covers_them() {
    let path =
        format!("{ASSISTANCE}?partner=COL&program=FMF&fiscal_year_min=2017&fiscal_year_max=2023");
    let total = &data(&path).await["total"];
    assert_eq!(total["amount"]["usd"], 278_000_000);
    assert_eq!(total["amount"]["qualifier"], "approximately");
    assert_eq!(ids(&total["included"]), ["col-fmf-2017-2023"]);
}

#[tokio::test]
async fn the_request_of_2009_is_never_added_to_the_appropriation() {
    let total =
        &data(&format!("{ASSISTANCE}?partner=COL&program=FMF&fiscal_year=2009")).await["total"];
    let included = ids(&total["included"]);
    assert!(included.iter().all(|id| !id.contains("request")), "{included:?}");
    let excluded = total["excluded"].as_array().expect("a list");
    let request = excluded.iter().find(|entry| {
        entry["id"].as_str().is_some_and(|id| id.starts_with("col-fmf-2009-request"))
    });
    assert_eq!(request.expect("the request")["because"], "proposal");
}

#[tokio::test]
async fn security_assistance_in_2023_is_more_than_ninety_million_and_has_no_upper_bound() {
    let path =
        format!("{ASSISTANCE}?partner=COL&program=TOTAL-SECURITY-ASSISTANCE&fiscal_year=2023");
    let amount = data(&path).await["total"]["amount"].clone();
    assert_eq!(amount["usd"], 90_000_000);
    assert_eq!(amount["qualifier"], "more_than");
    assert_eq!((&amount["min_usd"], &amount["max_usd"]), (&json!(90_000_000), &Json::Null));
}

#[tokio::test]
async fn the_published_total_is_never_added_to_the_accounts_inside_it() {
    let path = format!(
        "{ASSISTANCE}?partner=COL&program=TOTAL-SECURITY-ASSISTANCE,FMF,IMET,NADR-CWD,TOTAL-US-AID&fiscal_year=2023&spread=even"
    );
    let total = &data(&path).await["total"];
    let included = ids(&total["included"]);
    let published = included.iter().filter(|id| id.contains("security-assistance")).count();
    assert!(published == 0 || included.len() == 1, "{included:?}");
}

#[tokio::test]
async fn four_experts_in_two_missions_are_counted_once_and_never_split() {
    let sum = data("/v1/deployments/totals?partner=COL&group_by=mission").await;
    let shared = sum["shared"].as_array().expect("a list");
    let experts =
        shared.iter().find(|group| ids(&group["included"]) == ["col-minusca-minurso-experts"]);
    assert_eq!(experts.expect("the experts")["count"]["personnel"], 4);
    assert_eq!(experts.expect("the experts")["count"]["women"], 3);
    for group in sum["data"].as_array().expect("groups") {
        assert!(!ids(&group["included"]).contains(&"col-minusca-minurso-experts"), "{group}");
        if group["key"]["mission"] == "MINURSO" {
            assert_eq!(ids(&group["shared"]), ["col-minusca-minurso-experts"]);
        }
    }
}

#[tokio::test]
async fn stocks_licences_and_goods_make_no_sum() {
    let sum = data("/v1/arms-sales/totals?partner=COL").await;
    assert_eq!(sum["total"]["amount"], Json::Null);
    let groups = sum["data"].as_array().expect("groups");
    assert!(groups.len() > 3);
    let stock = groups.iter().find(|group| group["key"]["measure"] == "active_cases");
    assert_eq!(stock.expect("the stock")["amount"]["usd"], 71_600_000);
}

#[tokio::test]
async fn the_rule_is_published_from_the_page_above_its_code() {
    let sum = data(&format!("{ASSISTANCE}?program=FMF")).await;
    let method = get(sum["links"]["method"].as_str().expect("a link")).await;
    assert_eq!(method.header("content-type"), "text/markdown; charset=utf-8");
    assert!(method.text().contains("# What is never added"));
}

/// Dollars, and the bounds where every part has one.
type Sum = (i64, Option<i64>, Option<i64>);

/// What a ledger adds up to: by place and group, the sum and whether every part has both bounds.
fn added_up(ledger: &str) -> BTreeMap<(String, String), Sum> {
    let mut reader = csv::Reader::from_reader(ledger.as_bytes());
    let mut sums = BTreeMap::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        if row["counting"] != "counted" {
            assert!(row["adds_usd"].is_empty(), "{row:?}");
            continue;
        }
        let number = |name: &str| row[name].parse::<i64>().ok();
        let sum = sums.entry((row["place"].clone(), row["group"].clone())).or_insert((
            0,
            Some(0),
            Some(0),
        ));
        let plus = |one: Option<i64>, name: &str| Some(one? + number(name)?);
        *sum = (
            sum.0 + number("adds_usd").expect("dollars"),
            plus(sum.1, "adds_min_usd"),
            plus(sum.2, "adds_max_usd"),
        );
    }
    sums
}

#[tokio::test]
async fn anyone_can_add_every_sum_of_the_dataset_up_again_from_its_ledger() {
    let mut checked = 0;
    let groupings: [(&str, &[&str]); 2] = [
        (
            ASSISTANCE,
            &[
                "",
                "program",
                "fiscal_year",
                "stage",
                "objective",
                "program,fiscal_year",
                "partner,program",
            ],
        ),
        ("/v1/arms-sales/totals", &["", "partner", "fiscal_year", "channel,measure"]),
    ];
    for (path, groupings) in groupings {
        for group_by in groupings {
            for switches in ["prefer=broad", "prefer=detail", "prefer=broad&spread=even"] {
                let grouped = if group_by.is_empty() {
                    String::new()
                } else {
                    format!("&group_by={group_by}")
                };
                let asked = format!("{path}?{switches}{grouped}");
                let sum = data(&asked).await;
                let csv = get(sum["links"]["ledger"].as_str().expect("a link")).await;
                assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
                let added = added_up(&csv.text());
                let groups = |place: &str| -> Vec<Json> {
                    match &sum[place] {
                        Json::Array(groups) => groups.clone(),
                        one => vec![one.clone()],
                    }
                };
                for place in ["data", "shared", "total"] {
                    for group in groups(place) {
                        let key: Vec<_> = group["key"]
                            .as_object()
                            .expect("a key")
                            .iter()
                            .map(|(name, value)| {
                                format!("{name}={}", value.as_str().unwrap_or_default())
                            })
                            .collect();
                        let found = added.get(&(place.to_owned(), key.join(";")));
                        let expected = group["amount"].as_object().map(|amount| {
                            (amount["usd"].as_i64().expect("dollars"), amount["min_usd"].as_i64())
                        });
                        let found = found.map(|(usd, min, _)| (*usd, *min));
                        assert_eq!(found, expected, "{asked} {place} {key:?}");
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 700, "{checked} sums were checked");
}
