//! Sources: every answer carries, once, each source that its records cite, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::reading::{lists, record_of, records, text, with};
use crate::service::data;

/// The sources that records cite.
fn cited<'r>(records: impl IntoIterator<Item = &'r Json>) -> BTreeSet<String> {
    let citations = records.into_iter().filter_map(|record| record["citations"].as_array());
    citations.flatten().map(|citation| text(&citation["source"])).collect()
}

fn carried(answer: &Json) -> Vec<String> {
    let sources = answer["sources"].as_array().expect("sources");
    sources.iter().map(|source| text(&source["id"])).collect()
}

/// Expects the sources of an answer to be those that its records cite, each once, in the order of ids.
fn expect_sources(answer: &Json, records: &[Json], path: &str) {
    assert_eq!(carried(answer), cited(records).into_iter().collect::<Vec<_>>(), "{path}");
}

#[tokio::test]
async fn a_list_carries_each_source_that_its_records_cite_once_and_no_other() {
    let documents = records("/v1/sources").await;
    for list in lists().await {
        for page in ["limit=1000", "limit=3", "limit=3&offset=3", "limit=0", "q=zzzzzz"] {
            let path = with(&list, page);
            let answer = data(&path).await;
            expect_sources(&answer, answer["data"].as_array().expect("records"), &path);
            for source in answer["sources"].as_array().expect("sources") {
                assert!(documents.contains(source), "{path}: {source}");
            }
        }
    }
}

#[tokio::test]
async fn a_list_without_its_citations_still_carries_the_sources() {
    let whole = data("/v1/agreements").await;
    let limited = data("/v1/agreements?fields=id").await;
    assert!(!carried(&whole).is_empty());
    assert_eq!(carried(&limited), carried(&whole));
}

#[tokio::test]
async fn a_record_carries_each_source_that_it_cites_once_and_no_other() {
    for list in lists().await {
        for record in records(&list).await {
            let path = format!("{list}/{}", text(&record["id"]));
            let answer = data(&path).await;
            let record = record_of(record);
            assert_eq!(answer["data"], record, "{path}");
            // A partner's profile cites too.
            let figures = ["newest_assistance", "newest_arms_sales"]
                .into_iter()
                .filter_map(|key| answer["profile"][key].as_array())
                .flatten();
            let citing: Vec<Json> = figures.cloned().chain([record]).collect();
            expect_sources(&answer, &citing, &path);
        }
    }
}

#[tokio::test]
async fn every_record_but_a_source_says_where_it_was_read() {
    for list in lists().await {
        for record in records(&list).await {
            let citations = record.get("citations").and_then(Json::as_array);
            if list.ends_with("/sources") {
                assert_eq!(citations, None, "{record}");
                continue;
            }
            let citations = citations.unwrap_or_else(|| panic!("{list}: {record}"));
            assert!(!citations.is_empty(), "{list}: {record}");
            for citation in citations {
                assert!(!text(&citation["locator"]).is_empty(), "{list}: {record}");
            }
        }
    }
}

#[tokio::test]
async fn the_records_that_cite_a_source_are_found_by_it_and_linked_from_it() {
    let source = "seed-state-pm-colombia";
    let related = data(&format!("/v1/sources/{source}")).await["links"]["related"].clone();
    let related = related.as_array().expect("links").clone();
    let mut linked = 0;
    for list in lists().await.into_iter().filter(|list| !list.ends_with("/sources")) {
        let citing = |record: &&Json| cited([*record]).contains(source);
        let count = records(&list).await.iter().filter(citing).count();
        let answer = data(&with(&list, &format!("citations_source={source}&limit=1000"))).await;
        assert_eq!(answer["meta"]["total"], count, "{list}");
        let link = related.iter().find(|link| {
            link["parameter"] == "citations_source" && list.ends_with(&text(&link["collection"]))
        });
        assert_eq!(link.map_or(0, |link| link["count"].as_u64().expect("a count")), count as u64);
        linked += count;
    }
    assert!(linked > 50, "{linked}");
}
