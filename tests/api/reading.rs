//! Reading answers as a client does: records and ids of a list, walks through its pages, expected refusals.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::service::{data, get};

/// Every collection, as the index names them.
pub(crate) async fn collections() -> Vec<Json> {
    data("/v1").await["data"]["collections"].as_array().expect("collections").clone()
}

/// The paths of all lists.
pub(crate) async fn lists() -> Vec<String> {
    collections().await.iter().map(|collection| text(&collection["href"])).collect()
}

/// A value that must be text.
pub(crate) fn text(value: &Json) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The ids of the records of an answer, in order.
pub(crate) fn ids(answer: &Json) -> Vec<String> {
    answer["data"].as_array().expect("records").iter().map(|record| text(&record["id"])).collect()
}

/// The ids of the one page that a question is answered with; all of them must be on it.
pub(crate) async fn found(path: &str) -> Vec<String> {
    let answer = data(path).await;
    let ids = ids(&answer);
    assert_eq!(answer["meta"]["total"], ids.len(), "{path} has more than one page");
    ids
}

/// The same, without an order.
pub(crate) async fn found_set(path: &str) -> BTreeSet<String> {
    found(path).await.into_iter().collect()
}

/// Every record of a list, by the longest pages. Of a page with a limit no sum is made.
pub(crate) async fn records(path: &str) -> Vec<Json> {
    walked(&with(path, "limit=1000")).await
}

/// A list, or where it is longer than the longest page, as a yearly series is, the records of one partner in it.
pub(crate) async fn part_of(list: &str) -> String {
    let total = data(&with(list, "limit=0")).await["meta"]["total"].as_u64().expect("a total");
    if total > 1000 { with(list, "partner=COL") } else { list.to_owned() }
}

/// Every row of a list, page by page.
pub(crate) async fn walked(path: &str) -> Vec<Json> {
    let mut records = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let answer = data(&path).await;
        records.extend(answer["data"].as_array().expect("records").iter().cloned());
        next = answer["links"]["next"].as_str().map(str::to_owned);
    }
    records
}

/// The keys by which a row of a list says what a sum does with it; the record itself has none of them.
pub(crate) const COUNTED: [&str; 3] = ["counting", "counted_usd", "counted_personnel"];

/// A row of a list as the record itself.
pub(crate) fn record_of(mut row: Json) -> Json {
    let keys = row.as_object_mut().expect("an object");
    keys.retain(|key, _| !COUNTED.contains(&key.as_str()));
    row
}

/// A path with one more parameter.
pub(crate) fn with(path: &str, parameter: &str) -> String {
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}{parameter}")
}

/// Expects a refusal that names a parameter.
pub(crate) async fn refused(path: &str, parameter: &str) {
    let answer = get(path).await;
    assert_eq!(answer.status, 400, "{path}: {}", answer.text());
    let problem = answer.json();
    let errors = problem["errors"].as_array().expect("errors");
    assert!(errors.iter().any(|error| error["parameter"] == parameter), "{path}: {problem}");
}
