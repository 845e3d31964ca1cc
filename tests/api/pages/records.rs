//! Every record has its page, and the page says what its JSON says.

use serde_json::Value as Json;

use super::{Page, text_of};
use crate::service::{Answer, base, get};

const SERIES: [&str; 3] = ["foreign-assistance", "training", "us-personnel"];

/// Every curated record, and each hundredth of the yearly series.
async fn records() -> Vec<(String, String)> {
    let index = get("/v1").await.json();
    let mut records = Vec::new();
    for collection in index["data"]["collections"].as_array().expect("collections") {
        let name = collection["name"].as_str().expect("a name");
        let rows = get(&format!("/v1/{name}.ndjson?fields=id")).await.text();
        let step = if SERIES.contains(&name) { 100 } else { 1 };
        let ids = rows.lines().step_by(step).map(|line| {
            let row: Json = serde_json::from_str(line).expect("JSON");
            row["id"].as_str().expect("an id").to_owned()
        });
        records.extend(ids.map(|id| (name.to_owned(), id)));
    }
    assert!(records.len() > 2_000, "{} records", records.len());
    records
}

/// Walks the pages of all records in one language, and holds each against its JSON.
async fn walk(prefix: &str, language: &str) {
    let client = reqwest::Client::new();
    let ask = async |path: String| {
        let response = client.get(format!("{}{path}", base())).send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, bytes: response.bytes().await.expect("a body").to_vec() }
    };
    for (collection, id) in records().await {
        let path = format!("{prefix}/{collection}/{id}");
        let (answer, item) =
            (ask(path.clone()).await, ask(format!("/v1/{collection}/{id}")).await.json());
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-language"), language, "{path}");
        let page = Page::of(&answer);
        page.is_sound(&path);
        if let Some(phrase) = item["amount_phrase"][language].as_str() {
            let heading = page.html.split("<h1").nth(1).and_then(|rest| rest.split("</h1>").next());
            let said = text_of(&format!("<h1{}", heading.unwrap_or_default()));
            let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(&phrase), "{path}: `{phrase}` is not in `{said}`");
        }
        let cited = item["data"]["citations"].as_array().cloned().unwrap_or_default();
        let is_cited =
            |source: &&Json| cited.iter().any(|citation| citation["source"] == source["id"]);
        for source in item["sources"].as_array().expect("sources").iter().filter(is_cited) {
            let title = source["title"].as_str().expect("a title");
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.text.contains(&title), "{path}: the source `{title}` is not named");
        }
    }
}

#[tokio::test]
async fn every_record_has_a_page_in_english_with_its_amount_and_its_sources() {
    walk("", "en").await;
}

#[tokio::test]
async fn every_record_has_a_page_in_spanish_with_its_amount_and_its_sources() {
    walk("/es", "es").await;
}

#[tokio::test]
async fn a_list_shows_each_amount_with_its_qualifier_and_its_bounds() {
    let page = super::page("/assistance-funding?partner=COL&program=FMF&limit=100").await;
    let list = get("/v1/assistance-funding?partner=COL&program=FMF&limit=100").await.json();
    let rows = list["data"].as_array().expect("rows");
    assert_eq!(page.html.matches("class=\"number\" data-label").count(), rows.len());
    for row in rows {
        let id = row["id"].as_str().expect("an id");
        let item = get(&format!("/v1/assistance-funding/{id}")).await.json();
        let phrase = item["amount_phrase"]["en"].as_str().expect("words");
        assert!(page.text.contains(phrase), "{id}: {phrase}");
        assert!(page.html.contains(&format!("/assistance-funding/{id}\"")), "{id} is not linked");
    }
}
