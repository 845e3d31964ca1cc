//! The service itself: health, index, methods.

use crate::service::{data, get, request};

#[tokio::test]
async fn the_index_links_every_collection_with_its_count() {
    let index = data("/v1").await;
    let collections = index["data"]["collections"].as_array().expect("collections");
    assert_eq!(collections.len(), 15);
    for collection in collections {
        let href = collection["href"].as_str().expect("a link");
        let list = data(&format!("{href}?limit=0")).await;
        assert_eq!(list["meta"]["total"], collection["count"], "{href}");
    }
}

#[tokio::test]
async fn a_service_that_is_ready_says_which_data_it_serves() {
    let ready = data("/readyz").await;
    assert_eq!(ready["status"], "ready");
    let dataset = data("/v1/dataset").await;
    assert_eq!(ready["dataset"]["digest"], dataset["data"]["release"]["digest"]);
    assert_eq!(get("/livez").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn head_answers_with_the_headers_of_get_and_no_body() {
    let got = get("/v1/agreements").await;
    let head = request("HEAD", "/v1/agreements", &[]).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("etag"), got.header("etag"));
    assert_eq!(head.header("content-length"), got.bytes.len().to_string());
    assert!(head.bytes.is_empty());
}

#[tokio::test]
async fn options_names_the_methods_everywhere() {
    for path in ["/v1", "/v1/agreements", "/openapi.json", "/readyz"] {
        let answer = request("OPTIONS", path, &[]).await;
        assert!(matches!(answer.status, 200 | 204), "{path}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{path}");
    }
}
