//! Hostile data makes no element, no script and no endless page.

use partnership_api::dataset::{DATA_FILES, Dataset, Package};
use serde_json::Value as Json;

use super::text_of;
use crate::service;

const HOSTILE: [&str; 4] = [
    "<script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "javascript:alert(1)",
    "</title></head><body><h1>",
];

/// The data with hostile text in every note, title and name of sources.
fn package() -> Package {
    let mut files = Vec::new();
    for name in DATA_FILES {
        let Ok(text) = std::fs::read_to_string(format!("data/{name}")) else { continue };
        if *name != "sources.jsonl" {
            files.push(((*name).to_owned(), text.into_bytes()));
            continue;
        }
        let lines = text.lines().enumerate().map(|(at, line)| {
            let mut source: Json = serde_json::from_str(line).expect("JSON");
            let hostile = HOSTILE[at % HOSTILE.len()];
            source["title"] = format!("{hostile} {}", "long ".repeat(300)).trim().into();
            source["publisher"] = hostile.into();
            source["note"] = hostile.into();
            source.to_string() + "\n"
        });
        files.push(((*name).to_owned(), lines.collect::<String>().into_bytes()));
    }
    Package::of(files)
}

#[tokio::test]
async fn texts_that_look_like_markup_stay_texts() {
    let dataset = Dataset::load(&package()).unwrap_or_else(|faults| panic!("{faults}"));
    let ids: Vec<String> =
        dataset.sources.records().iter().take(10).map(|source| source.id.to_string()).collect();
    let base = service::start(dataset, "");
    let mut paths: Vec<String> = ids.iter().map(|id| format!("/sources/{id}")).collect();
    paths.extend(["/sources".to_owned(), "/es/assistance-funding/col-fmf-2017-2023".to_owned()]);
    for path in paths {
        let answer = reqwest::get(format!("{base}{path}")).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        let html = answer.text().await.expect("text");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("<script").count(), 1, "{path}: another script than ours");
        assert!(!html.contains("href=\"javascript:"), "{path}");
        assert!(!html.contains("\" onload=\""), "{path}");
        assert!(html.len() < 400_000, "{path} has {} bytes", html.len());
        assert!(!text_of(&html).is_empty());
    }
}
