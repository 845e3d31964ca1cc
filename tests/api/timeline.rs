//! The timeline: every dated thing in order, with the days that it may touch.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::reading::{records, refused, text};
use crate::service::data;
use crate::small;

async fn entries(path: &str) -> Vec<Json> {
    records(path).await
}

fn dates(entries: &[Json]) -> Vec<String> {
    entries.iter().map(|entry| text(&entry["date"])).collect()
}

async fn small_timeline(asked: &str) -> Vec<String> {
    let path = format!("/v1/timeline?kind=agreements&{asked}");
    crate::reading::ids(&small::get(&path).await.json())
}

#[tokio::test]
async fn a_year_comes_before_its_months_and_a_month_before_its_days() {
    let order = ["f-earlier", "a-year", "b-month", "c-day", "e-later"];
    assert_eq!(small_timeline("limit=10").await, order);
    // As text, too, the less precise of two dates is the smaller one.
    let dates = dates(&entries("/v1/timeline").await);
    assert!(dates.len() > 100 && dates.is_sorted(), "{dates:?}");
    let lengths: BTreeSet<_> = dates.iter().map(String::len).collect();
    assert_eq!(lengths, BTreeSet::from([4, 7, 10]));
}

#[tokio::test]
async fn equal_dates_are_ordered_by_kind_id_and_event() {
    let key = |entry: &Json| ["date", "kind", "id", "event"].map(|key| text(&entry[key]));
    let keys: Vec<_> = entries("/v1/timeline").await.iter().map(key).collect();
    assert!(keys.is_sorted());
    assert!(keys.windows(2).any(|pair| pair[0][0] == pair[1][0]), "two things at one date");
}

#[tokio::test]
async fn from_and_to_keep_what_may_touch_them() {
    assert_eq!(small_timeline("from=2017-06").await, ["a-year", "e-later"]);
    assert_eq!(small_timeline("to=2017-05-01").await, ["f-earlier", "a-year", "b-month"]);
    assert_eq!(
        small_timeline("from=2017-05-23&to=2017-05-23").await,
        ["a-year", "b-month", "c-day"]
    );
    assert_eq!(small_timeline("from=2017&to=2017").await, ["a-year", "b-month", "c-day"]);
    assert_eq!(small_timeline("from=2019").await, [""; 0]);
}

#[tokio::test]
async fn a_span_with_a_stated_end_touches_every_day_within() {
    let has = async |asked: &str| {
        let entries = entries(&format!("/v1/timeline?kind=deployments&{asked}")).await;
        entries.iter().any(|entry| entry["id"] == "col-korean-war-battalion")
    };
    for (asked, touched) in [
        ("from=1953-03&to=1953-03", true),
        ("from=1954-12-31", true),
        ("from=1955", false),
        ("to=1951-01-01", true),
        ("to=1950", false),
    ] {
        assert_eq!(has(asked).await, touched, "{asked}");
    }
}

#[tokio::test]
async fn kind_keeps_the_entries_of_some_collections() {
    let whole = entries("/v1/timeline").await;
    let kept: Vec<_> = whole
        .iter()
        .filter(|entry| entry["kind"] == "milestones" || entry["kind"] == "memberships")
        .cloned()
        .collect();
    assert!(!kept.is_empty() && kept.len() < whole.len());
    assert_eq!(entries("/v1/timeline?kind=milestones,memberships").await, kept);
    assert_eq!(entries("/v1/timeline?kind=memberships&kind=milestones").await, kept);
    assert!(whole.iter().all(|entry| entry["kind"] != "sources"));
}

#[tokio::test]
async fn every_dated_record_stands_at_each_of_its_dates() {
    let mut expected = BTreeSet::new();
    for record in records("/v1/agreements").await {
        if let Some(date) = record["signed"].as_str() {
            expected.insert((text(&record["id"]), text(&record["date_event"]), date.to_owned()));
        }
        if let Some(date) = record["in_force"].as_str() {
            expected.insert((text(&record["id"]), "in_force".to_owned(), date.to_owned()));
        }
    }
    for record in records("/v1/milestones").await {
        expected.insert((text(&record["id"]), "date".to_owned(), text(&record["date"])));
    }
    let told: BTreeSet<_> = entries("/v1/timeline?kind=agreements,milestones")
        .await
        .iter()
        .map(|entry| (text(&entry["id"]), text(&entry["event"]), text(&entry["date"])))
        .collect();
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_entry_leads_to_its_record_and_names_its_partners() {
    for entry in data("/v1/timeline?limit=1000").await["data"].as_array().expect("entries") {
        assert_eq!(entry["link"], format!("/v1/{}/{}", text(&entry["kind"]), text(&entry["id"])));
    }
    let first = &data("/v1/timeline?limit=1").await["data"][0];
    let record = data(&text(&first["link"])).await;
    assert_eq!(record["data"]["id"], first["id"]);
    assert_eq!(record["data"]["partner"], first["partner"]);
}

#[tokio::test]
async fn partner_keeps_the_entries_of_a_partner() {
    let whole = entries("/v1/timeline").await;
    let of_partner =
        |entry: &&Json| entry["partner"].as_array().expect("codes").contains(&"COL".into());
    let kept: Vec<_> = whole.iter().filter(of_partner).cloned().collect();
    assert_eq!(entries("/v1/timeline?partner=COL").await, kept);
    assert_eq!(small_timeline("partner=XAB").await, [""; 0]);
}

#[tokio::test]
async fn what_is_not_understood_is_refused() {
    refused("/v1/timeline?from=2017-13", "from").await;
    refused("/v1/timeline?to=yesterday", "to").await;
    refused("/v1/timeline?kind=agreement", "kind").await;
    refused("/v1/timeline?partner=XYZ", "partner").await;
    refused("/v1/timeline?since=2017", "since").await;
    refused("/v1/timeline?from=2017&from=2018", "from").await;
}
