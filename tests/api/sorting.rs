//! Orders: partial dates, missing values, ties, text without regard to case and accents.

use serde_json::Value as Json;

use crate::reading::{found, records, refused, text};
use crate::service::data;
use crate::small;

async fn sorted(order: &str) -> Vec<String> {
    small::found(&format!("/v1/agreements?sort={order}")).await
}

#[tokio::test]
async fn the_less_precise_of_two_dates_comes_first_and_missing_ones_last() {
    let up = ["f-earlier", "a-year", "b-month", "c-day", "e-later", "d-none"];
    assert_eq!(sorted("signed").await, up);
}

#[tokio::test]
async fn missing_values_are_last_downwards_too() {
    let down = ["e-later", "c-day", "b-month", "a-year", "f-earlier", "d-none"];
    assert_eq!(sorted("-signed").await, down);
}

#[tokio::test]
async fn missing_numbers_are_last_both_ways() {
    for (order, ascending) in [("personnel", true), ("-personnel", false)] {
        let people: Vec<_> = records(&format!("/v1/deployments?sort={order}"))
            .await
            .iter()
            .map(|record| record["personnel"].as_u64())
            .collect();
        let counted = people.iter().take_while(|people| people.is_some()).count();
        assert!(counted > 5 && counted < people.len(), "{people:?}");
        assert!(people[counted..].iter().all(Option::is_none), "{people:?}");
        let in_order = |pair: &[Option<u64>]| {
            if ascending { pair[0] <= pair[1] } else { pair[0] >= pair[1] }
        };
        assert!(people[..counted].windows(2).all(in_order), "{people:?}");
    }
}

#[tokio::test]
async fn ties_are_broken_by_id_upwards_both_ways() {
    for order in ["kind", "-kind", "kind,-status"] {
        let ids = ["a-year", "b-month", "c-day", "d-none", "e-later", "f-earlier"];
        assert_eq!(sorted(order).await, ids, "{order}");
    }
}

#[tokio::test]
async fn text_is_ordered_without_regard_to_case_and_accents() {
    let titles = ["e-later", "d-none", "c-day", "a-year", "b-month", "f-earlier"];
    assert_eq!(sorted("title").await, titles);
    // Two titles that differ by case and accents alone are a tie, which the next field breaks.
    let titles = ["e-later", "d-none", "c-day", "b-month", "a-year", "f-earlier"];
    assert_eq!(sorted("title,-signed").await, titles);
}

#[tokio::test]
async fn the_first_field_of_an_order_weighs_most() {
    let key = |record: &Json| {
        let amount = record["amount"]["usd"].as_i64().expect("whole dollars");
        (text(&record["program"]).to_lowercase(), std::cmp::Reverse(amount), text(&record["id"]))
    };
    let ordered = records("/v1/assistance-funding?sort=program,-amount_usd").await;
    let keys: Vec<_> = ordered.iter().map(key).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    assert!(keys.iter().any(|(program, ..)| *program != keys[0].0));
}

#[tokio::test]
async fn an_order_may_be_asked_of_what_a_filter_keeps() {
    let kept = found("/v1/assistance-funding?program=IMET&limit=1000").await;
    let mut ordered =
        found("/v1/assistance-funding?program=IMET&sort=-amount_usd&limit=1000").await;
    assert_ne!(ordered, kept);
    ordered.sort();
    assert_eq!(ordered, kept);
}

#[tokio::test]
async fn an_order_that_makes_no_sense_is_refused() {
    for order in ["note", "amount", "signed,signed", "signed,-signed", "", "signed,", "parties"] {
        refused(&format!("/v1/agreements?sort={order}"), "sort").await;
    }
}

#[tokio::test]
async fn orders_that_are_repeated_mean_what_orders_joined_by_commas_mean() {
    let joined = data("/v1/agreements?sort=kind,-signed&limit=1000").await;
    let repeated = data("/v1/agreements?sort=kind&sort=-signed&limit=1000").await;
    assert_eq!(joined["data"], repeated["data"]);
    let page = data("/v1/agreements?sort=kind&sort=-signed&limit=1").await;
    let next = page["links"]["next"].as_str().expect("a next page");
    assert!(next.contains("sort=kind,-signed&"), "{next}");
}
