//! Sums that cannot mislead: what a journalist asks for, over HTTP as JSON and as tables.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::service::{data, get};

const ASSISTANCE: &str = "/v1/assistance-funding/totals";

async fn total(question: &str) -> Json {
    data(&format!("{ASSISTANCE}?{question}")).await["total"].clone()
}

/// The rows of a table of sums, by the values of a column.
async fn rows(path: &str, key: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let csv = get(path).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = csv.text();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row"));
    rows.map(|row| (row[key].clone(), row)).collect()
}

async fn by_year(question: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    rows(&format!("{ASSISTANCE}?{question}&group_by=fiscal_year&format=csv"), "fiscal_year").await
}

fn larger(total: &Json) -> Vec<(&str, i64)> {
    let figures = total["larger_figures"].as_array().expect("a list").iter();
    figures
        .map(|one| {
            (one["id"].as_str().expect("an id"), one["amount"]["usd"].as_i64().expect("dollars"))
        })
        .collect()
}

fn is_on_record(total: &Json) {
    assert_eq!(total["amount"]["qualifier"], "on_record", "{total:#}");
    assert_eq!(total["amount"]["max_usd"], Json::Null, "{total:#}");
}

#[tokio::test]
async fn weapons_destruction_since_2017_is_whole() {
    let total = total("partner=COL&program=NADR-CWD&fiscal_year_min=2017").await;
    assert_eq!(total["completeness"], "whole");
    assert_eq!(total["completeness_reasons"], json!([]));
    assert_eq!(total["amount"]["usd"], 147_000_000);
    assert_eq!(total["amount"]["max_usd"], 147_500_000);
    let path = format!("{ASSISTANCE}?partner=COL&program=NADR-CWD&fiscal_year_min=2017&format=csv");
    let table = rows(&path, "completeness").await;
    let row = &table["whole"];
    assert_eq!((row["usd"].as_str(), row["max_usd"].as_str()), ("147000000", "147500000"));
    // Where nothing is grouped the one row is the sum, and adds what it is.
    assert_eq!((table.len(), row["adds_usd"].as_str()), (1, "147000000"));
}

#[tokio::test]
async fn military_education_of_2020_to_2024_is_whole_within_its_rounding() {
    let total = total("partner=COL&program=IMET&fiscal_year_min=2020&fiscal_year_max=2024").await;
    assert_eq!(total["completeness"], "whole");
    assert_eq!(total["amount"]["min_usd"], 8_685_000);
    assert_eq!(total["amount"]["max_usd"], 8_695_000);
}

#[tokio::test]
async fn what_is_on_record_for_ukraine_is_no_total() {
    let sum = data(&format!("{ASSISTANCE}?partner=UKR")).await;
    let total = &sum["total"];
    assert_eq!(total["completeness"], "partial");
    is_on_record(total);
    assert_eq!(total["amount"]["usd"], 50_773_000_000_i64);
    assert!(total["completeness_reasons"].as_array().expect("a list").contains(&json!("sample")));
    let notes = total["notes"].to_string();
    assert!(notes.contains("upper limits"), "{notes}");
    let extents = sum["meta"]["extents"].as_array().expect("a list");
    let drawdowns = extents.iter().find(|set| set["kind"] == "DRAWDOWN-506");
    assert_eq!(drawdowns.expect("the drawdowns")["extent"], "sample");
    let table = rows(&format!("{ASSISTANCE}?partner=UKR&format=csv"), "completeness").await;
    let row = &table["partial"];
    assert_eq!((row["qualifier"].as_str(), row["max_usd"].as_str()), ("on_record", ""));
}

#[tokio::test]
async fn the_memorandum_that_is_larger_than_what_is_on_record_for_israel_is_named() {
    let total = total("partner=ISR").await;
    is_on_record(&total);
    assert_eq!(larger(&total), [("isr-memorandum-2016-size", 38_000_000_000)]);
    let table = rows(&format!("{ASSISTANCE}?partner=ISR&format=csv"), "completeness").await;
    let row = &table["partial"];
    assert!(row["larger_figures"].starts_with("isr-memorandum-2016-size"), "{row:?}");
}

#[tokio::test]
async fn drawdowns_of_different_days_add_up_and_their_sum_is_no_total() {
    let total = total("partner=UKR&program=DRAWDOWN-506").await;
    // 53 memoranda make 31,363 million, and one drawdown without a memorandum 200 million.
    assert_eq!(total["amount"]["usd"], 31_563_000_000_i64);
    assert_eq!(total["included"].as_array().map(Vec::len), Some(54));
    assert_eq!(total["completeness"], "partial");
    is_on_record(&total);
    assert_eq!(total["completeness_reasons"], json!(["years_missing", "sample"]));
    let because = |id: &str| {
        let out = total["excluded"].as_array().expect("a list").iter();
        out.filter(|out| out["id"] == id).map(|out| out["because"].clone()).collect::<Vec<_>>()
    };
    // It may come out of the authority that was kept alive in September 2024.
    assert_eq!(because("ukr-drawdown-2024-12-30"), ["inside_another"]);
    assert_eq!(because("ukr-drawdown-authority-2022-03"), ["other_stage"]);
    assert_eq!(because("ukr-request-drawdown-2022-04"), ["region"]);
    let one =
        data(&format!("{ASSISTANCE}?partner=UKR&program=DRAWDOWN-506&fiscal_year=2021")).await;
    assert_eq!(one["total"]["amount"]["usd"], 60_000_000);
}

#[tokio::test]
async fn a_waiver_is_no_money_in_any_sum() {
    let waivers = total("partner=UKR&program=SECTION-614").await;
    assert_eq!((&waivers["amount"], &waivers["reason"]), (&Json::Null, &json!("none_counted")));
    let out = waivers["excluded"].as_array().expect("a list");
    assert_eq!(out.len(), 16);
    assert!(out.iter().all(|out| out["because"] == "waiver"), "{out:?}");
    let rows = data("/v1/assistance-funding?program=SECTION-614").await;
    let rows = rows["data"].as_array().expect("rows");
    assert!(rows.iter().all(|row| row["counting"] == "waiver" && row["counted_usd"].is_null()));
}

#[tokio::test]
async fn the_larger_sum_since_2015_is_named_beside_two_years_of_jordan() {
    let total = total("partner=JOR").await;
    assert_eq!(total["completeness"], "partial");
    is_on_record(&total);
    let named = larger(&total).iter().any(|(_, usd)| *usd >= 2_155_000_000);
    assert!(named || total["amount"]["usd"].as_i64() >= Some(2_155_000_000), "{total:#}");
}

#[tokio::test]
async fn a_sum_for_which_no_program_is_named_is_never_whole() {
    for partner in ["COL", "IRQ", "ALB"] {
        let total = total(&format!("partner={partner}")).await;
        assert_eq!(total["completeness"], "partial", "{partner}");
        is_on_record(&total);
        let reasons = total["completeness_reasons"].as_array().expect("a list");
        assert!(reasons.contains(&json!("no_program_named")), "{partner}: {reasons:?}");
    }
}

#[tokio::test]
async fn colombia_adds_security_alone_and_says_so() {
    let total = total("partner=COL").await;
    assert_eq!(total["objectives"], json!(["security"]));
    assert_eq!(total["scope_changes"], true);
    let out = total["excluded"].as_array().expect("a list").iter();
    let economic = out.filter(|out| out["id"] == "col-esf-2018-appropriated");
    assert_eq!(economic.map(|out| out["because"].clone()).collect::<Vec<_>>(), ["other_objective"]);
    let path = format!("{ASSISTANCE}?partner=COL&group_by=objective");
    let sums = data(&path).await;
    let keys: Vec<&Json> = sums["data"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|row| &row["key"]["objective"])
        .collect();
    assert!(keys.contains(&&json!("economic")) && keys.contains(&&json!("mixed")), "{keys:?}");
}

#[tokio::test]
async fn the_year_2000_keeps_its_own_743_million_and_2011_to_2016_share_what_is_left() {
    let table = by_year("partner=COL&spread=even").await;
    assert_eq!(
        (table["2000"]["usd"].as_str(), table["2000"]["estimate"].as_str()),
        ("743050000", "false")
    );
    let own =
        ["2000", "2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008", "2009", "2010"];
    let usd = |year: &str| table[year]["usd"].parse::<i64>().expect("dollars");
    let left = 7_060_000_000 - own.iter().map(|year| usd(year)).sum::<i64>();
    let shared: Vec<i64> = (2011..=2016).map(|year| usd(&year.to_string())).collect();
    assert_eq!(shared.iter().sum::<i64>(), left);
    assert!(shared.iter().all(|usd| (usd - left / 6).abs() <= 1), "{shared:?}");
    for year in 2011..=2016 {
        assert_eq!(table[&year.to_string()]["estimate"], "true", "{year}");
    }
    // The page that explains the rule shows this line by line.
    let method = get("/v1/methods/totals").await.text();
    let grouped = |number: i64| {
        let digits = number.to_string();
        let parts: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|part| std::str::from_utf8(part).expect("digits"))
            .collect();
        parts.join(",")
    };
    for year in own {
        assert!(method.contains(&format!("| {year} | {} |", grouped(usd(year)))), "{year}");
    }
    assert!(method.contains(&grouped(left)) && method.contains(&grouped(left / 6)), "{left}");
    assert!(method.contains("$31.563 billion") && method.contains("$38 billion"));
}

#[tokio::test]
async fn financing_of_2018_and_2023_is_their_own_and_the_other_years_share_the_rest() {
    let table = by_year("partner=COL&program=FMF&spread=even").await;
    for year in ["2018", "2023"] {
        assert_eq!(table[year]["usd"], "38500000", "{year}");
        assert_eq!(table[year]["estimate"], "false", "{year}");
    }
    for year in ["2017", "2019", "2020", "2021", "2022"] {
        assert_eq!(table[year]["usd"], "40200000", "{year}");
        assert_eq!(table[year]["estimate"], "true", "{year}");
    }
    // A year's share does not depend on the years that are asked for.
    let some =
        by_year("partner=COL&program=FMF&spread=even&fiscal_year_min=2019&fiscal_year_max=2020")
            .await;
    assert_eq!(some.keys().collect::<Vec<_>>(), ["2019", "2020"]);
    assert_eq!(some["2019"]["usd"], "40200000");
}

#[tokio::test]
async fn what_was_provided_in_2008_is_whole_beside_what_had_been_appropriated() {
    let total = total("partner=COL&program=FMF&fiscal_year=2008").await;
    assert_eq!(total["completeness"], "whole");
    assert_eq!(total["amount"]["usd"], 52_570_000);
    assert_eq!(total["amount"]["max_usd"], 52_570_000);
    assert_eq!(larger(&total), []);
}

#[tokio::test]
async fn no_request_or_bill_stands_among_the_rows_by_year() {
    let proposals = ["request", "house_passed", "house_committee", "senate_committee"];
    for question in ["partner=COL", "partner=COL&program=FMF", "partner=COL&spread=even"] {
        for (year, row) in by_year(question).await {
            let stages = row["stages"].split(';');
            assert!(stages.clone().all(|stage| !proposals.contains(&stage)), "{question} {year}");
        }
    }
    let path = format!("{ASSISTANCE}?partner=COL&group_by=fiscal_year&format=csv&rows=figures");
    let text = get(&path).await.text();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        let proposed = proposals.contains(&row["stage"].as_str());
        assert!(!proposed || row["counting"] != "counted", "{row:?}");
        assert!(
            !row["source_title"].is_empty() && row["source_url"].starts_with("http"),
            "{row:?}"
        );
    }
    let asked = total("partner=COL&program=FMF&stage=request&fiscal_year=2024").await;
    assert_eq!(asked["amount"]["usd"], 38_000_000);
    let only = total("partner=COL&program=FMF&fiscal_year=2024").await;
    assert_eq!((&only["amount"], &only["reason"]), (&Json::Null, &json!("only_proposals")));
}

#[tokio::test]
async fn a_column_of_what_rows_add_makes_the_total() {
    for question in [
        "partner=COL&group_by=fiscal_year",
        "partner=COL&group_by=program",
        "partner=COL&group_by=program,fiscal_year&spread=even",
        "partner=EST,LVA,LTU&program=ERI&group_by=partner",
        "program=NADR-CWD&group_by=fiscal_year&partner=COL",
    ] {
        let total = total(question).await["amount"]["usd"].as_i64();
        let text = get(&format!("{ASSISTANCE}?{question}&format=csv")).await.text();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row"));
        let adds: Vec<i64> = rows.map(|row| row["adds_usd"].parse().expect("dollars")).collect();
        assert!(adds.iter().all(|usd| *usd >= 0), "{question}");
        assert_eq!(Some(adds.iter().sum()), total, "{question}");
    }
}

#[tokio::test]
async fn a_stock_is_added_over_partners_only_at_one_date() {
    let sum = data("/v1/arms-sales/totals?group_by=measure").await;
    let groups = sum["data"].as_array().expect("groups");
    let stock = groups.iter().find(|row| row["key"]["measure"] == "active_cases").expect("stocks");
    assert_eq!((&stock["amount"], &stock["reason"]), (&Json::Null, &json!("different_dates")));
    assert_eq!(stock["adds_usd"], Json::Null);
    let of_one = data("/v1/arms-sales/totals?partner=MAR&measure=active_cases").await;
    assert_eq!(of_one["total"]["amount"]["max_usd"], 8_545_500_000_i64);
    assert_eq!(
        (&of_one["total"]["completeness"], &of_one["total"]["as_of"]),
        (&json!("whole"), &json!("2024-04"))
    );
}

#[tokio::test]
async fn people_of_the_newest_date_are_counted_and_the_other_partners_listed() {
    let total = data("/v1/deployments/totals").await["total"].clone();
    assert_eq!(total["completeness"], "partial");
    assert_eq!(total["count"]["personnel"], 280);
    assert_eq!(total["count"]["max_personnel"], Json::Null);
    let listed = total["without_amount"].as_array().expect("a list");
    assert!(
        listed.iter().any(|one| one["partner"] == "MAR" && one["reason"] == "other_date"),
        "{listed:?}"
    );
    let table = rows("/v1/deployments/totals?format=csv", "completeness").await;
    assert_eq!(table["partial"]["qualifier"], "on_record");
}

#[tokio::test]
async fn a_program_is_asked_for_with_all_that_is_inside_it() {
    let within = total("partner=COL&program_within=TOTAL-MILITARY-POLICE&fiscal_year=2006").await;
    assert_eq!(within["amount"]["usd"], 581_832_053);
    assert_eq!(within["completeness"], "whole");
    let inside = within["excluded"].as_array().expect("a list").iter();
    assert!(
        inside.clone().any(|out| out["id"] == "col-fmf-2006" && out["because"] == "inside_another")
    );
    let path = format!("{ASSISTANCE}?partner=COL&program_within=TOTAL-MILITARY-POLISE");
    let problem = get(&path).await;
    assert_eq!(problem.status, 400);
    assert_eq!(problem.json()["errors"][0]["did_you_mean"], "TOTAL-MILITARY-POLICE");
}

#[tokio::test]
async fn partners_that_do_not_compare_make_no_total() {
    let sum = data(&format!("{ASSISTANCE}?group_by=partner")).await;
    assert_eq!(sum["total"]["amount"], Json::Null);
    assert_eq!(sum["total"]["reason"], "not_comparable");
    assert!(sum["data"].as_array().expect("groups").iter().all(|row| row["adds_usd"].is_null()));
    // Three states with the same program in the same year do.
    let same = total("partner=EST,LVA,LTU&program=ERI").await;
    assert_eq!(same["amount"]["usd"], 90_000_000);
}

#[tokio::test]
async fn a_sum_is_no_search() {
    let problem = get(&format!("{ASSISTANCE}?partner=COL&q=plan+colombia")).await;
    assert_eq!(problem.status, 400);
    assert_eq!(problem.json()["errors"][0]["parameter"], "q");
    let problem = get(&format!("{ASSISTANCE}?partner=COL&rows=groups")).await;
    assert_eq!(problem.json()["errors"][0]["parameter"], "rows");
}

#[tokio::test]
async fn a_sum_over_figures_that_are_also_chosen_by_their_amount_is_not_whole() {
    let total = total("partner=COL&program=FMF&fiscal_year=2008&amount_usd_max=60000000").await;
    assert_eq!(total["completeness"], "partial");
    assert_eq!(total["completeness_reasons"], json!(["filtered"]));
}
