//! How deep the data is, and the profile of a partner: nothing that is absent is read as zero.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::reading::{records, refused, text};
use crate::service::{data, get, get_with};

fn row<'a>(partner: &'a Json, program: &str) -> &'a Json {
    let rows = partner["programs"].as_array().expect("rows");
    rows.iter().find(|row| row["program"] == program).unwrap_or_else(|| panic!("no {program}"))
}

fn found(row: &Json, year: i64) -> String {
    let years = row["years"].as_array().expect("years");
    text(&years.iter().find(|cell| cell["fiscal_year"] == year).expect("a column")["found"])
}

#[tokio::test]
async fn a_year_is_present_inside_a_longer_period_or_not_found() {
    let answer = data("/v1/coverage?partner=JOR").await;
    let partner = &answer["data"][0];
    let total = row(partner, "TOTAL-SECURITY-ASSISTANCE");
    assert_eq!((found(total, 2017), found(total, 2018)), ("present".into(), "present".into()));
    assert_eq!(found(total, 2016), "not_found");
    let financing = row(partner, "FMF");
    assert_eq!(found(financing, 2019), "inside_longer_period");
    let counts = &total["counts"];
    assert_eq!((&counts["present"], &counts["inside_longer_period"]), (&json!(2), &json!(0)));
}

#[tokio::test]
async fn a_calendar_year_is_no_figure_of_a_fiscal_year() {
    let tunisia = data("/v1/coverage?partner=TUN&program=FMF").await;
    let row = row(&tunisia["data"][0], "FMF").clone();
    // 1956 to 2012 by the calendar touches the fiscal year 2013 too.
    assert_eq!(row["fiscal_years"], json!({"from": 1956, "to": 2013}));
    assert_eq!(row["counts"]["present"], 0);
}

#[tokio::test]
async fn every_cell_of_the_matrix_is_what_the_list_finds() {
    let answer = data("/v1/coverage?partner=LBN,EST,MYS,BHR").await;
    for partner in answer["data"].as_array().expect("partners") {
        let code = text(&partner["partner"]);
        for row in partner["programs"].as_array().expect("rows") {
            let program = text(&row["program"]);
            let path = format!("/v1/assistance-funding?partner={code}&program={program}");
            let list = records(&path).await;
            assert_eq!(row["figures"], list.len(), "{path}");
            for cell in row["years"].as_array().expect("years") {
                let year = &cell["fiscal_year"];
                let own = list.iter().any(|figure| {
                    let period = &figure["period"];
                    period["basis"] == "fiscal_year"
                        && period["from"] == *year
                        && period["to"] == *year
                });
                let touching = records(&format!("{path}&fiscal_year={year}")).await.len();
                let expected = match (own, touching) {
                    (true, _) => vec!["present"],
                    (false, 0) => vec!["not_found"],
                    // A period without an end reaches no further than its source was published.
                    (false, _) => vec!["inside_longer_period", "not_found"],
                };
                let found = text(&cell["found"]);
                assert!(expected.contains(&found.as_str()), "{path} {year}: {found}");
            }
        }
    }
}

#[tokio::test]
async fn a_program_without_a_figure_is_a_row_of_years_that_were_not_found() {
    let answer = data("/v1/coverage?partner=BHR&program=IMET").await;
    let row = row(&answer["data"][0], "IMET").clone();
    assert_eq!(row["figures"], 0);
    assert_eq!(row["fiscal_years"], Json::Null);
    assert_eq!(row["counts"], json!({"present": 0, "inside_longer_period": 0, "not_found": 1}));
}

#[tokio::test]
async fn a_program_alone_keeps_the_partners_that_have_it() {
    let answer = data("/v1/coverage?program=ERI").await;
    let codes: Vec<String> = answer["data"]
        .as_array()
        .expect("partners")
        .iter()
        .map(|one| text(&one["partner"]))
        .collect();
    assert_eq!(codes, ["EST", "LTU", "LVA"]);
}

#[tokio::test]
async fn coverage_of_all_partners_comes_in_pages_that_miss_none() {
    let mut codes = BTreeSet::new();
    let mut next = Some("/v1/coverage?limit=40".to_owned());
    while let Some(path) = next {
        let page = data(&path).await;
        codes.extend(
            page["data"].as_array().expect("partners").iter().map(|one| text(&one["partner"])),
        );
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    let partners: BTreeSet<String> =
        records("/v1/partners").await.iter().map(|partner| text(&partner["id"])).collect();
    assert_eq!(codes, partners);
}

#[tokio::test]
async fn collections_are_counted_as_the_lists_count_them_and_known_gaps_are_told() {
    let answer = data("/v1/coverage?partner=LTU").await;
    for collection in answer["data"][0]["collections"].as_array().expect("collections") {
        let name = text(&collection["collection"]);
        let list = data(&format!("/v1/{name}?partner=LTU&limit=0")).await;
        assert_eq!(collection["count"], list["meta"]["total"], "{name}");
    }
    let argentina = data("/v1/coverage?partner=ARG").await;
    let funding = &argentina["data"][0]["collections"][0];
    assert_eq!(funding["fiscal_years"], json!({"from": 2000, "to": 2024}));
    assert_eq!(funding["gaps"], json!([{"from": 2001, "to": 2023}]));
}

#[tokio::test]
async fn coverage_refuses_what_it_does_not_know_and_says_what_was_meant() {
    refused("/v1/coverage?partner=XXX", "partner").await;
    refused("/v1/coverage?year=2020", "year").await;
    refused("/v1/coverage?limit=1001", "limit").await;
    refused("/v1/coverage?format=csv", "format").await;
    let problem = get("/v1/coverage?program=FMFF").await.json();
    assert_eq!(problem["errors"][0]["did_you_mean"], "FMF");
}

#[tokio::test]
async fn coverage_and_profiles_that_have_not_changed_are_not_sent_again() {
    for path in ["/v1/coverage?partner=EST", "/v1/partners/EST"] {
        let first = get(path).await;
        let again = get_with(path, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
    }
    assert_eq!(get("/v1/coverage?dataset=0000000000000000").await.status, 409);
}

#[tokio::test]
async fn the_index_leads_to_the_coverage() {
    let link = text(&data("/v1").await["links"]["coverage"]);
    assert_eq!(get(&link).await.status, 200);
}

#[tokio::test]
async fn a_profile_is_the_record_and_more_and_every_source_that_it_cites_is_there() {
    for listed in records("/v1/partners").await {
        let path = format!("/v1/partners/{}", text(&listed["id"]));
        let answer = data(&path).await;
        assert_eq!(answer["data"], listed, "{path}");
        let profile = &answer["profile"];
        let all = ["newest_assistance", "newest_arms_sales"];
        let newest = all.iter().flat_map(|key| profile[*key].as_array().expect("figures"));
        let citing = newest.chain([&answer["data"]]);
        let cited: BTreeSet<String> = citing
            .flat_map(|one| one["citations"].as_array().expect("citations"))
            .map(|citation| text(&citation["source"]))
            .collect();
        let sources: BTreeSet<String> = answer["sources"]
            .as_array()
            .expect("sources")
            .iter()
            .map(|one| text(&one["id"]))
            .collect();
        assert_eq!(sources, cited, "{path}");
    }
}

#[tokio::test]
async fn the_newest_figures_leave_out_replaced_editions_and_yearly_amounts() {
    for code in ["JPN", "LBN", "ISR", "JOR", "UKR", "COL"] {
        let profile = data(&format!("/v1/partners/{code}")).await["profile"].clone();
        for key in ["newest_assistance", "newest_arms_sales"] {
            let newest = profile[key].as_array().expect("figures");
            let mut of = BTreeSet::new();
            for figure in newest {
                let record = data(figure["link"].as_str().expect("a link")).await["data"].clone();
                assert_eq!(record["id"], figure["id"]);
                assert_eq!(record["superseded_by"], Json::Null, "{figure}");
                assert_ne!(record["per_year"], true, "{figure}");
                assert_ne!(record["scope"], "region", "{figure}");
                assert_eq!(record["amount"], figure["amount"]);
                let what = [&figure["program"], &figure["channel"], &figure["measure"]];
                assert!(
                    of.insert(what.map(ToString::to_string)),
                    "{figure} is the second of its kind"
                );
            }
        }
    }
    let japan = data("/v1/partners/JPN").await["profile"].clone();
    let stock = japan["newest_arms_sales"]
        .as_array()
        .expect("figures")
        .iter()
        .find(|one| one["measure"] == "active_cases");
    assert_eq!(stock.expect("the stock")["id"], "jpn-fms-active-cases-edition-2020");
}

#[tokio::test]
async fn the_newest_figure_is_that_of_the_last_year_and_no_request_beside_money() {
    let newest = |profile: &Json, program: &str| {
        let list = profile["newest_assistance"].as_array().expect("figures").clone();
        let figure = list.into_iter().find(|figure| figure["program"] == program);
        text(&figure.expect("a figure")["id"])
    };
    let lebanon = data("/v1/partners/LBN").await["profile"].clone();
    assert_eq!(newest(&lebanon, "FMF"), "lbn-fmf-2021");
    assert_eq!(newest(&lebanon, "IMET"), "lbn-imet-2021");
    let malaysia = data("/v1/partners/MYS").await["profile"].clone();
    assert_eq!(newest(&malaysia, "IMET"), "mys-imet-2006");
    // An announcement of a later year stands before a total over several stages.
    let ukraine = data("/v1/partners/UKR").await["profile"].clone();
    assert_eq!(newest(&ukraine, "TOTAL-SECURITY-ASSISTANCE"), "ukr-package-2024-12-30");
}

#[tokio::test]
async fn a_profile_links_everything_that_the_lists_hold_of_a_partner() {
    for code in ["SAU", "EST", "COL"] {
        let profile = data(&format!("/v1/partners/{code}")).await["profile"].clone();
        for (key, collection) in [
            ("deployments", "deployments"),
            ("agreements", "agreements"),
            ("memberships", "memberships"),
            ("conflicts", "conflicts"),
        ] {
            let ids = |list: &[Json]| -> BTreeSet<String> {
                list.iter().map(|one| text(&one["id"])).collect()
            };
            let summaries = profile[key].as_array().expect("summaries");
            let listed = records(&format!("/v1/{collection}?partner={code}")).await;
            assert_eq!(ids(summaries), ids(&listed), "{code} {key}");
            if let Some(first) = summaries.first() {
                let link = first["link"].as_str().expect("a link");
                assert_eq!(data(link).await["data"]["id"], first["id"]);
            }
        }
    }
}

#[tokio::test]
async fn no_code_names_a_country() {
    let mut names = BTreeSet::new();
    for partner in records("/v1/partners").await {
        names.extend([text(&partner["id"]), text(&partner["name"])]);
    }
    let mut files = 0;
    let mut open = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut faults = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(&path).expect("a folder");
            open.extend(inside.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let shown = path.display().to_string();
        let tests = shown.contains("/tests/") || shown.ends_with("/tests.rs");
        if tests || path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        files += 1;
        let source = std::fs::read_to_string(&path).expect("text");
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for text in quoted(line) {
                // The one country that every partnership is with, and organizations that are named after one.
                let proper = [
                    "United States-Colombia Action Plan",
                    "Plan de Acción Estados Unidos-Colombia",
                    "Ukraine Defense Contact Group",
                    "United States",
                ];
                let text = proper.iter().fold(text, |text, name| text.replace(name, ""));
                let words: BTreeSet<&str> =
                    text.split(|letter: char| !letter.is_alphanumeric()).collect();
                let holds = |name: &&String| {
                    words.contains(name.as_str())
                        || name.contains(' ') && text.contains(name.as_str())
                };
                faults.extend(
                    names.iter().filter(holds).map(|name| format!("{shown}: {name} in {text}")),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(files > 80 && names.len() > 150, "{files} files, {} names", names.len());
}

/// What stands between quotes in a line.
fn quoted(line: &str) -> Vec<String> {
    line.replace("\\\"", "").split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
