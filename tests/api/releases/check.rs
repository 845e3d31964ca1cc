//! "Was what I cited corrected?": of records, and of addresses of lists and totals.

use partnership_api::dataset::Dataset;
use serde_json::{Value as Json, json};

use crate::service::{data, get, start};

async fn checked(query: &str) -> Json {
    let answer = data(&format!("/v1/releases/check?{query}")).await;
    assert_eq!(answer["data"].as_array().map(Vec::len), Some(1), "{query}");
    answer["data"][0].clone()
}

async fn refused(query: &str) -> Json {
    let answer = get(&format!("/v1/releases/check?{query}")).await;
    assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    answer.json()["errors"][0].clone()
}

#[tokio::test]
async fn a_corrected_record_says_what_stood_there_what_stands_there_when_and_why() {
    let checked = checked("record=assistance-programs/UNIFIED-COMMAND&release=1.0.0").await;
    assert_eq!(checked["status"], "corrected");
    assert_eq!(checked["material"], true);
    let changes = checked["changes"].as_array().expect("fields");
    let agency = changes.iter().find(|field| field["field"] == "agency").expect("the agency");
    let logged = data("/v1/changes?record=assistance-programs/UNIFIED-COMMAND&to=1.1.0").await;
    let logged = &logged["data"][0];
    assert_eq!((&agency["in"], &agency["reason"]), (&logged["release"], &logged["reason"]));
    let of = async |release: &str| {
        let path = format!("/v1/assistance-programs/UNIFIED-COMMAND?release={release}");
        data(&path).await["data"]["agency"].clone()
    };
    let served = data("/v1/dataset").await["data"]["release"]["version"].clone();
    let served = served.as_str().expect("a version");
    assert_eq!((&agency["from"], &agency["to"]), (&of("1.0.0").await, &of(served).await));
    let cite_as = format!("/v1/assistance-programs/UNIFIED-COMMAND?release={served}");
    assert_eq!(checked["cite_as"], cite_as.as_str());
    assert_eq!(get(&cite_as).await.status, 200);
}

#[tokio::test]
async fn records_are_checked_together_each_with_what_became_of_it() {
    let served = data("/v1/dataset").await["data"]["release"]["version"].clone();
    let served = served.as_str().expect("a version");
    let new = data("/v1/changes?from=1.0.0&to=1.1.0&kind=added&limit=1").await;
    let new = new["data"][0]["record"].as_str().expect("a record").to_owned();
    let query = format!("record=assistance-programs/UNIFIED-COMMAND,{new}&release=1.0.0");
    let both = data(&format!("/v1/releases/check?{query}")).await;
    let statuses: Vec<_> =
        both["data"].as_array().expect("two").iter().map(|one| one["status"].clone()).collect();
    assert_eq!(statuses, ["corrected", "added"]);
    // Whatever a later release did to it, it was added by that one.
    assert_eq!(both["data"][1]["in"], "1.1.0");
    // In the release that is served, nothing has become of anything.
    let now = checked(&format!("record={new}&release={served}")).await;
    assert_eq!((&now["status"], &now["in"]), (&json!("unchanged"), &Json::Null));
    // Without a release, since it was first there.
    let since = checked(&format!("record={new}")).await;
    assert_eq!(since["release"], "1.1.0");
    assert_ne!(since["status"], "added");
}

#[tokio::test]
async fn a_list_answers_with_both_numbers_and_the_records_between_them() {
    let cited = "cited=/v1/assistance-funding%3Frelease=1.0.0%26limit=0";
    let checked = checked(cited).await;
    assert_eq!(
        (&checked["release"], &checked["changes"][0]["from"]),
        (&json!("1.0.0"), &json!(334))
    );
    let now = data("/v1/assistance-funding?limit=0").await["meta"]["total"].clone();
    assert_eq!(checked["changes"][0]["to"], now);
    let records = checked["records"].as_array().expect("records");
    let more = now.as_u64().expect("a number") - 334;
    let added = records.iter().filter(|record| record["status"] == "added").count() as u64;
    let gone = records.iter().filter(|record| record["status"] == "removed").count() as u64;
    assert_eq!(added - gone, more);
    let format = "cited=/v1/assistance-funding.csv%3Frelease=1.0.0%26delimiter=%253B&format=json";
    assert_eq!(self::checked(format).await["changes"], checked["changes"]);
    // What stands inside a program is found as the list finds it.
    let within = "program_within=TOTAL-MILITARY-POLICE";
    let narrow = self::checked(&format!("{cited}%26{within}")).await;
    for (release, side) in [("&release=1.0.0", "from"), ("", "to")] {
        let list = format!("/v1/assistance-funding?limit=0&{within}{release}");
        assert_eq!(narrow["changes"][0][side], data(&list).await["meta"]["total"], "{side}");
    }
}

#[tokio::test]
async fn a_total_answers_with_its_amounts_and_the_records_that_made_the_difference() {
    let query = "program=FMF%26group_by=fiscal_year%26partner=COL";
    let checked =
        checked(&format!("cited=/v1/assistance-funding/totals%3F{query}&release=1.0.0")).await;
    let query = query.replace("%26", "&");
    let before = data(&format!("/v1/assistance-funding/totals?{query}&release=1.0.0")).await;
    let after = data(&format!("/v1/assistance-funding/totals?{query}")).await;
    let difference = |field: &str| {
        let changes = checked["changes"].as_array().expect("fields");
        changes.iter().find(|one| one["field"] == field).cloned()
    };
    let usd = |answer: &Json| answer["total"]["amount"]["usd"].clone();
    match difference("total.usd") {
        Some(change) => assert_eq!((&change["from"], &change["to"]), (&usd(&before), &usd(&after))),
        None => assert_eq!(usd(&before), usd(&after)),
    }
    if checked["changes"] != json!([]) {
        assert_ne!(checked["status"], "unchanged");
        assert!(checked["record_count"].as_u64() > Some(0), "{checked}");
    }
    let cite_as = checked["cite_as"].as_str().expect("an address");
    assert_eq!(data(cite_as).await["total"], after["total"]);
}

#[tokio::test]
async fn a_check_as_csv_has_a_row_a_field() {
    let csv = get("/v1/releases/check?record=assistance-programs/UNIFIED-COMMAND,partners/COL&release=1.0.0&format=csv").await;
    let text = csv.text();
    assert!(text.starts_with("status,in,field,from,to,reason,cite_as\r\n"), "{text}");
    assert!(text.contains("\r\ncorrected,"), "{text}");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
}

#[tokio::test]
async fn what_cannot_be_checked_is_refused_by_name() {
    let many: Vec<_> = (0..101).map(|number| format!("partners/A{number}")).collect();
    for (query, parameter) in [
        (String::new(), "record"),
        ("record=partners/COL&cited=/v1/partners".to_owned(), "record"),
        ("record=COL".to_owned(), "record"),
        ("record=partners/never-there&release=1.0.0".to_owned(), "record"),
        (format!("record={}", many.join(",")), "record"),
        ("record=partners/COL&release=1.0.1".to_owned(), "release"),
        ("cited=/v1/partners".to_owned(), "cited"),
        ("cited=/v1/partners%3Frelease=1.0.1".to_owned(), "cited"),
        ("cited=/v1/partners%3Frelease=1.0.0&release=1.1.0".to_owned(), "release"),
        ("cited=/v1/nothing&release=1.0.0".to_owned(), "cited"),
        ("cited=/v1&release=1.0.0".to_owned(), "cited"),
        ("cited=https://elsewhere.example/v1/partners&release=1.0.0".to_owned(), "cited"),
        ("cited=/v1/partners%3Fnmae=a&release=1.0.0".to_owned(), "nmae"),
    ] {
        assert_eq!(refused(&query).await["parameter"], parameter, "{query}");
    }
    let no_total = get("/v1/releases/check?cited=/v1/partners/totals&release=1.0.0").await;
    assert_eq!(no_total.status, 404, "{}", no_total.text());
}

#[tokio::test]
async fn an_address_is_taken_with_the_public_url_or_as_a_path() {
    let base = start(Dataset::embedded().expect("sound data"), "https://data.example/col");
    for (cited, status) in [
        ("https://data.example/col/v1/partners/COL?release=1.0.0", 200),
        ("https://data.example/col/v1/partners?release=1.0.0%23top", 200),
        ("/col/v1/partners/COL?release=1.0.0", 200),
        ("/v1/partners/COL?release=1.0.0", 200),
        ("https://data.example/v1/partners/COL?release=1.0.0", 400),
        ("https://other.example/col/v1/partners/COL?release=1.0.0", 400),
    ] {
        let cited = cited.replace('?', "%3F");
        let response = reqwest::get(format!("{base}/col/v1/releases/check?cited={cited}")).await;
        let response = response.expect("an answer");
        assert_eq!(response.status().as_u16(), status, "{cited}");
    }
}
