//! Totals of training: entries in courses and their cost, of the later edition alone.

use serde_json::{Value as Json, json};

use crate::reading::walked;
use crate::service::{data, get};

const TOTALS: &str = "/v1/training/totals";

#[tokio::test]
async fn a_program_in_a_country_and_year_is_what_the_report_prints() {
    let sum = data(&format!("{TOTALS}?partner=COL&program=IMET-1&fiscal_year=2010")).await;
    let total = &sum["total"];
    assert_eq!((&total["students"], &total["cost"]["usd"]), (&json!(746), &json!(1_687_917)));
    assert_eq!(
        (&total["completeness"], &total["students_qualifier"]),
        (&json!("whole"), &json!("exact"))
    );
    assert_eq!(total["included"], json!(["col-imet-1-2010-edition-2010-2011"]));
}

#[tokio::test]
async fn nothing_of_an_earlier_edition_is_added_be_its_program_printed_again_or_not() {
    let sum = data(&format!("{TOTALS}?partner=COL&fiscal_year=2000&group_by=program")).await;
    let imet = sum["data"]
        .as_array()
        .expect("groups")
        .iter()
        .find(|group| group["key"]["program"] == "IMET");
    assert_eq!(imet.expect("IMET")["students"], 689);
    for excluded in sum["total"]["excluded"].as_array().expect("a list") {
        assert_eq!(excluded["because"], "earlier_edition");
    }
    let rows = walked("/v1/training?fiscal_year=2000,2001").await;
    let earlier: Vec<_> = rows.iter().filter(|row| row["counting"] == "earlier_edition").collect();
    let without = earlier.iter().filter(|row| row["superseded_by"].is_null()).count();
    assert_eq!((earlier.len(), without), (678, 124));
    assert!(earlier.iter().all(|row| row["counted_usd"].is_null()));
}

#[tokio::test]
async fn the_rows_of_a_list_add_up_to_the_sum_of_the_same_question() {
    for filter in
        ["partner=COL", "program=FMF", "partner=PER,KEN&fiscal_year_min=2015", "edition=1999-2000"]
    {
        let rows = walked(&format!("/v1/training?{filter}")).await;
        let counted: i64 = rows.iter().filter_map(|row| row["counted_usd"].as_i64()).sum();
        let total = &data(&format!("{TOTALS}?{filter}")).await["total"];
        assert_eq!(total["cost"]["usd"].as_i64(), Some(counted), "{filter}");
        let entries = rows.iter().filter(|row| row["counting"] == "counted");
        let entries: i64 = entries.filter_map(|row| row["students"].as_i64()).sum();
        assert_eq!(total["students"].as_i64(), Some(entries), "{filter}");
    }
}

#[tokio::test]
async fn groups_add_up_to_the_total_and_whoever_was_asked_for_is_answered() {
    let sum = data(&format!("{TOTALS}?partner=COL,FRO&group_by=partner,fiscal_year")).await;
    let groups = sum["data"].as_array().expect("groups");
    let adds: i64 = groups.iter().filter_map(|group| group["adds_students"].as_i64()).sum();
    assert_eq!(sum["total"]["students"].as_i64(), Some(adds));
    let absent = groups.iter().find(|group| group["key"]["partner"] == "FRO").expect("its group");
    assert_eq!((&absent["students"], &absent["reason"]), (&json!(null), &json!("not_covered")));
    assert_eq!(sum["total"]["completeness"], "partial");
}

#[tokio::test]
async fn a_sum_that_is_not_known_to_be_whole_says_why_and_has_no_upper_bound() {
    let total = data(&format!("{TOTALS}?fiscal_year=2015")).await["total"].clone();
    let reasons = total["completeness_reasons"].as_array().expect("reasons");
    assert!(
        reasons.contains(&json!("no_program_named"))
            && reasons.contains(&json!("no_partner_named"))
    );
    assert_eq!(
        (&total["cost"]["qualifier"], &total["cost"]["max_usd"]),
        (&json!("on_record"), &json!(null))
    );
}

#[tokio::test]
async fn the_table_of_groups_has_numbers_in_columns_of_their_own() {
    let answer = get(&format!("{TOTALS}?partner=COL&group_by=fiscal_year&format=csv")).await;
    let text = answer.text();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().expect("a head").clone();
    let place = |name: &str| head.iter().position(|column| column == name).expect(name);
    let (students, adds) = (place("students"), place("adds_students"));
    let mut sum = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        assert_eq!(row[students], row[adds]);
        sum += row[adds].parse::<i64>().expect("a number");
    }
    let total = data(&format!("{TOTALS}?partner=COL")).await["total"]["students"].as_i64();
    assert_eq!(total, Some(sum));
}

#[tokio::test]
async fn an_answer_of_very_many_groups_is_sent_in_parts_and_says_the_same() {
    let grouped = format!("{TOTALS}?group_by=partner,program,fiscal_year");
    let answer = get(&grouped).await;
    assert_eq!((answer.status, answer.header("content-length")), (200, ""));
    let sum = answer.json();
    let keys: Vec<&str> = sum.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["data", "total", "shared", "sources", "meta", "links"]);
    let groups = sum["data"].as_array().expect("groups");
    assert!(groups.len() > 10_000, "{}", groups.len());
    let added = |key: &str| groups.iter().filter_map(|group| group[key].as_i64()).sum::<i64>();
    let total = &sum["total"];
    assert_eq!(total["students"], added("adds_students"));
    assert_eq!(total["cost"]["usd"], added("adds_usd"));
    // Of one partner the same groups are few enough to be sent as a whole.
    let of_one = get(&format!("{grouped}&partner=COL")).await;
    assert_ne!(of_one.header("content-length"), "");
    let of_one = of_one.json()["data"]
        .as_array()
        .expect("groups")
        .iter()
        .map(without_reasons)
        .collect::<Vec<_>>();
    let among_all = groups.iter().filter(|group| group["key"]["partner"] == "COL");
    assert_eq!(of_one, among_all.map(without_reasons).collect::<Vec<_>>());
}

/// What a group adds, whatever else was asked for.
fn without_reasons(group: &Json) -> [Json; 4] {
    ["key", "adds_students", "adds_usd", "included"].map(|key| group[key].clone())
}
