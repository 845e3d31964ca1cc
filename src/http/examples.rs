//! Examples of answers that are no lists and no records: real ones, cut to their first entries.

use serde_json::{Value as Json, json};

use super::health::Ready;
use super::links::Links;
use super::problem_types::ProblemType;
use super::{downloads, index, release, search, timeline};
use crate::dataset::Dataset;

/// Puts the examples into the document.
pub(super) fn put(document: &mut Json, sample: &Dataset) {
    let links = Links::default();
    let kind = ProblemType::InvalidParameters;
    let examples = [
        ("/v1", "application/json", index(sample, &links)),
        ("/v1/timeline", "application/json", json!(timeline::example(sample))),
        ("/v1/search", "application/json", json!(search::example(sample))),
        ("/v1/dataset", "application/json", json!(release::describe(sample, &links))),
        ("/v1/dataset", release::JSON_LD, linked(sample, &links)),
        ("/v1/datapackage.json", "application/json", package(sample)),
        ("/problems/{kind}", "application/json", json!(kind.explanation(kind.path()))),
        ("/readyz", "application/json", json!(Ready::with(sample))),
    ];
    for (path, media, example) in examples {
        let content = &mut document["paths"][path]["get"]["responses"]["200"]["content"];
        content[media]["example"] = example;
    }
}

/// Cuts a list inside an example to its first entry.
fn cut(example: &mut Json, list: &str) {
    if let Some(entries) = example.pointer_mut(list).and_then(Json::as_array_mut) {
        entries.truncate(1);
    }
}

fn index(sample: &Dataset, links: &Links) -> Json {
    let mut index = json!(index::describe(sample, links));
    cut(&mut index, "/data/collections");
    cut(&mut index, "/data/collections/0/fields");
    index
}

fn linked(sample: &Dataset, links: &Links) -> Json {
    let mut dataset = release::as_linked_data(sample, links);
    cut(&mut dataset, "/distribution");
    dataset
}

fn package(sample: &Dataset) -> Json {
    let descriptor = downloads::files(sample).into_iter().next();
    let mut package: Json =
        descriptor.and_then(|(_, bytes)| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    for list in ["/sources", "/resources", "/resources/0/schema/fields"] {
        cut(&mut package, list);
    }
    package
}
