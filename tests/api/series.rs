//! The official yearly series: in lists, files and coverage, in neither search nor timeline; they make no partner.

use serde_json::{Value as Json, json};

use crate::reading::{records, refused};
use crate::service::data;

#[tokio::test]
async fn figures_of_the_series_are_as_their_files_have_them() {
    let planned =
        &records("/v1/foreign-assistance?partner=COL&fiscal_year=2012&stage=planned").await[0];
    assert_eq!(planned["amount"]["usd"], 443_010_000);
    let years =
        [(2013, 65), (2016, 69), (2017, 77), (2020, 67), (2022, 66), (2023, 65), (2024, 64)];
    for (year, people) in years {
        let count = &records(&format!("/v1/us-personnel?partner=COL&year={year}")).await[0];
        assert_eq!(count["active_duty"], people, "{year}");
    }
    let training =
        &records("/v1/training?partner=COL&program=SECTION-1004&fiscal_year=2003").await[0];
    assert_eq!(
        (&training["students"], &training["cost"]["usd"]),
        (&json!(8_493), &json!(24_325_551))
    );
}

#[tokio::test]
async fn every_total_of_the_file_on_training_is_on_record_but_those_that_are_refused() {
    let meta = data("/v1/training?limit=0").await["meta"].clone();
    assert_eq!(meta["total"], 13_176);
    assert_eq!(data("/v1/us-personnel?year_max=2008&limit=0").await["meta"]["total"], 0);
}

#[tokio::test]
async fn coverage_says_which_years_each_series_has() {
    let partner = data("/v1/coverage?partner=SDN").await["data"][0].clone();
    let of = |name: &str| -> Json {
        let all = partner["collections"].as_array().expect("collections").iter();
        all.clone().find(|one| one["collection"] == name).expect(name).clone()
    };
    let training = of("training");
    assert!(training["fiscal_years"]["from"].as_i64() >= Some(1999), "{training}");
    let personnel = of("us-personnel");
    assert_eq!(personnel["fiscal_years"], json!(null));
    assert_eq!(personnel["calendar_years"]["to"], 2024);
    // The file has two rows a year for Sudan's obligations, and neither is chosen.
    assert_eq!(
        data("/v1/foreign-assistance?partner=SDN&stage=obligated&fiscal_year_max=2023&limit=0")
            .await["meta"]["total"],
        0
    );
}

#[tokio::test]
async fn a_country_that_a_series_alone_names_says_so() {
    assert_eq!(data("/v1/partners/CUB").await["data"]["depth"], "series");
    assert_eq!(data("/v1/partners/COL").await["data"]["depth"], "facts");
    let list = records("/v1/partners?depth=series").await;
    assert!(list.len() > 100, "{}", list.len());
    assert!(list.iter().all(|partner| !partner["region"].is_null()));
}

#[tokio::test]
async fn search_and_timeline_leave_the_series_out() {
    let hits = data("/v1/search?q=edition&limit=1000").await;
    let series = ["foreign-assistance", "training", "us-personnel"];
    let found = hits["data"].as_array().expect("hits").iter();
    assert!(
        found.into_iter().all(|hit| !series.contains(&hit["collection"].as_str().expect("a name")))
    );
    let events = data("/v1/timeline?partner=CUB").await;
    assert_eq!(events["meta"]["total"], 0);
    refused("/v1/search?q=edition&collection=training", "collection").await;
    refused("/v1/timeline?kind=training", "kind").await;
}
