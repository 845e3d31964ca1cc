//! Pages: a walk meets each record once, and the links of a page agree with each other.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::reading::{collections, found, ids, lists, part_of, refused, text, with};
use crate::service::{data, get};

/// Follows `links.next` from a page to the last.
async fn walk(first: &str) -> Vec<Json> {
    let mut pages = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        let page = data(&path).await;
        next = page["links"]["next"].as_str().map(str::to_owned);
        pages.push(page);
        assert!(pages.len() <= 2000, "{first} has no end");
    }
    pages
}

/// The ids that a walk meets, once its pages have been held against each other.
async fn walked(list: &str, size: usize) -> Vec<String> {
    let first = with(list, &format!("limit={size}"));
    let pages = walk(&first).await;
    let total = &pages[0]["meta"]["total"];
    for (position, page) in pages.iter().enumerate() {
        assert_eq!(&page["meta"]["total"], total, "{first}");
        assert_eq!(page["meta"]["offset"], position * size, "{first}");
        let full = position + 1 < pages.len();
        assert!(!full || ids(page).len() == size, "{first}: page {position} is not full");
    }
    pages.iter().flat_map(ids).collect()
}

#[tokio::test]
async fn a_walk_meets_each_record_once_in_the_order_of_ids_whatever_the_size() {
    for collection in collections().await {
        let list = text(&collection["href"]);
        let part = part_of(&list).await;
        for (list, size) in [(&part, 1), (&part, 7), (&list, 1000)] {
            let met = walked(list, size).await;
            let count = data(&with(list, "limit=0")).await["meta"]["total"].clone();
            assert_eq!(count, met.len(), "{list} by {size}");
            assert!(size < 1000 || count == collection["count"], "{list}");
            let in_order: BTreeSet<_> = met.iter().cloned().collect();
            assert_eq!(met, in_order.into_iter().collect::<Vec<_>>(), "{list} by {size}");
        }
    }
}

#[tokio::test]
async fn a_walk_with_a_sort_meets_each_record_once_whatever_the_size() {
    for collection in collections().await {
        let list = text(&collection["href"]);
        let fields = collection["fields"].as_array().expect("fields");
        let sortable = fields.iter().filter(|field| field["sorts"] == true);
        // The last sortable field has few values as a rule, so that ties are many.
        let field = text(&sortable.clone().next_back().expect("a sortable field")["name"]);
        let sorted = format!("sort=-{field}");
        let part = with(&part_of(&list).await, &sorted);
        let list = with(&list, &sorted);
        let whole = walked(&list, 1000).await;
        assert_eq!(collection["count"], whole.len(), "{list}");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len(), "{list}");
        let whole = walked(&part, 1000).await;
        assert_eq!(walked(&part, 7).await, whole, "{part}");
        assert_eq!(walked(&part, 1).await, whole, "{part}");
    }
}

#[tokio::test]
async fn a_walk_of_search_and_timeline_meets_each_entry_once() {
    for list in ["/v1/search?q=colombia", "/v1/timeline"] {
        let entries = |pages: Vec<Json>| -> Vec<Json> {
            let data = pages.iter().map(|page| page["data"].as_array().expect("entries").clone());
            data.flatten().collect()
        };
        let whole = entries(walk(&with(list, "limit=1000")).await);
        assert!(whole.len() > 20, "{list}");
        let distinct: BTreeSet<_> = whole.iter().map(Json::to_string).collect();
        assert_eq!(distinct.len(), whole.len(), "{list}");
        assert_eq!(entries(walk(&with(list, "limit=7")).await), whole, "{list}");
        assert_eq!(entries(walk(list).await), whole, "{list}");
    }
}

#[tokio::test]
async fn the_page_before_leads_back_and_first_and_last_are_the_ends() {
    for list in lists().await {
        let pages = walk(&with(&part_of(&list).await, "limit=7")).await;
        let (first, last) = (&pages[0], &pages[pages.len() - 1]);
        assert_eq!(first["links"]["prev"], Json::Null, "{list}");
        assert_eq!(last["links"]["next"], Json::Null, "{list}");
        for pair in pages.windows(2) {
            let back = data(&text(&pair[1]["links"]["prev"])).await;
            assert_eq!(back["data"], pair[0]["data"], "{list}");
        }
        for page in &pages {
            for (relation, end) in [("first", first), ("last", last), ("self", page)] {
                let reached = data(&text(&page["links"][relation])).await;
                assert_eq!(reached["data"], end["data"], "{list}: {relation}");
            }
        }
    }
}

#[tokio::test]
async fn links_repeat_the_question() {
    let question =
        "/v1/assistance-funding?program=FMF,IMET&stage=provided&sort=-amount_usd&limit=5";
    let whole = found(&question.replace("limit=5", "limit=1000")).await;
    assert!(whole.len() > 10);
    let met: Vec<_> = walk(question).await.iter().flat_map(ids).collect();
    assert_eq!(met, whole);
}

#[tokio::test]
async fn the_link_header_says_the_same_as_the_body() {
    let answer = get("/v1/agreements?limit=5&offset=5").await;
    let (header, links) = (answer.header("link").to_owned(), &answer.json()["links"]);
    for relation in ["first", "prev", "next", "last"] {
        let expected = format!("<{}>; rel=\"{relation}\"", text(&links[relation]));
        assert!(header.contains(&expected), "{expected} is not in {header}");
    }
    for format in ["json", "ndjson", "csv", "xlsx", "parquet"] {
        let alternate = format!("</v1/agreements?format={format}>; rel=\"alternate\"; type=");
        assert!(header.contains(&alternate), "{alternate} is not in {header}");
    }
    assert!(header.contains("</openapi.json>; rel=\"describedby\""), "{header}");
    assert!(header.contains("; rel=\"license\""), "{header}");
}

#[tokio::test]
async fn without_a_limit_a_page_has_fifty_records() {
    let page = data("/v1/assistance-funding").await;
    assert_eq!((&page["meta"]["limit"], ids(&page).len()), (&Json::from(50), 50));
}

#[tokio::test]
async fn a_limit_of_zero_counts_only() {
    for list in lists().await {
        let (counted, page) = (data(&with(&list, "limit=0")).await, data(&list).await);
        assert_eq!(counted["data"], Json::Array(Vec::new()), "{list}");
        assert_eq!(counted["sources"], Json::Array(Vec::new()), "{list}");
        assert_eq!(counted["meta"]["total"], page["meta"]["total"], "{list}");
        assert_eq!(counted["links"]["next"], Json::Null, "{list}");
    }
}

#[tokio::test]
async fn an_offset_beyond_the_end_gives_an_empty_list_and_no_next_page() {
    let total = data("/v1/agreements?limit=0").await["meta"]["total"].clone();
    for offset in [total.to_string().as_str(), "1000", "4294967295"] {
        let page = data(&format!("/v1/agreements?offset={offset}")).await;
        assert_eq!(page["data"], Json::Array(Vec::new()), "{offset}");
        assert_eq!(page["meta"]["total"], total, "{offset}");
        assert_eq!(page["links"]["next"], Json::Null, "{offset}");
        assert_ne!(page["links"]["prev"], Json::Null, "{offset}");
    }
}

#[tokio::test]
async fn a_walk_that_began_with_another_dataset_is_told_to_start_again() {
    let digest = text(&data("/v1/agreements").await["meta"]["dataset"]["digest"]);
    for list in lists().await.into_iter().chain(["/v1/timeline".to_owned()]) {
        let pinned = get(&with(&list, &format!("dataset={digest}"))).await;
        assert_eq!(pinned.status, 200, "{list}");
        let changed = get(&with(&list, "dataset=0123456789abcdef")).await;
        assert_eq!(changed.status, 409, "{list}");
        assert!(changed.json()["detail"].as_str().expect("detail").contains("start again"));
        assert_eq!(changed.json()["errors"][0]["allowed"][0], digest.as_str(), "{list}");
    }
}

#[tokio::test]
async fn every_link_to_another_page_names_the_dataset() {
    let page = data("/v1/agreements?limit=5&offset=5").await;
    let digest = text(&page["meta"]["dataset"]["digest"]);
    for relation in ["prev", "next", "last"] {
        assert!(text(&page["links"][relation]).ends_with(&format!("dataset={digest}")));
    }
}

#[tokio::test]
async fn more_than_a_thousand_is_refused_and_not_clipped() {
    for list in lists().await {
        refused(&with(&list, "limit=1001"), "limit").await;
    }
    for bad in ["limit=-1", "limit=ten", "limit=", "limit=5&limit=5"] {
        refused(&format!("/v1/agreements?{bad}"), "limit").await;
    }
    for bad in ["offset=-1", "offset=4294967296", "offset=x"] {
        refused(&format!("/v1/agreements?{bad}"), "offset").await;
    }
}
