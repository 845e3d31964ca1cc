//! Examples of answers that are no lists and no records: real ones, cut to their first entries.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::dataset::Dataset;
use crate::export::package_files;
use crate::http::app::links::Links;
use crate::http::app::reload_status::ReloadState;
use crate::http::handlers::health::Ready;
use crate::http::handlers::{codes, coverage, dataset, index, releases, search, timeline};
use crate::http::response::problem_kind::ProblemKind;
use crate::model::Iso3;

/// Puts the examples into the document.
pub(crate) fn put(document: &mut Json, sample: &Dataset) {
    let links = Links::default();
    let kind = ProblemKind::InvalidParameters;
    let examples = [
        ("/v1", "application/json", index(sample, &links)),
        ("/v1/codes", "application/json", codes(sample, &links)),
        ("/v1/codes/{name}", "application/json", json!(codes::example(sample, &links))),
        ("/v1/coverage", "application/json", json!(coverage::example(sample))),
        ("/v1/timeline", "application/json", json!(timeline::example(sample))),
        ("/v1/search", "application/json", json!(search::example(sample))),
        ("/v1/dataset", "application/json", json!(dataset::describe(sample, &links))),
        ("/v1/dataset", dataset::JSON_LD, linked(sample, &links)),
        ("/v1/datapackage.json", "application/json", package(sample)),
        ("/v1/releases", "application/json", of_releases(sample, &links)),
        ("/v1/changes", "application/json", changes(sample)),
        ("/v1/releases/check", "application/json", json!(releases::check::example(sample))),
        ("/v1/problems/{kind}", "application/json", json!(kind.explanation(kind.path()))),
        ("/readyz", "application/json", json!(Ready::with(sample, ReloadState::example()))),
    ];
    for (path, media, example) in examples {
        // Health has a listener of its own, or is described here.
        let Some(described) = document["paths"].get_mut(path) else { continue };
        described["get"]["responses"]["200"]["content"][media]["example"] = example;
    }
    let values = values(sample);
    for path in document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        let parameters = path.pointer_mut("/get/parameters").and_then(Json::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let value = values.iter().find(|(name, _)| parameter["name"] == *name);
            if let Some((_, value)) = value.filter(|_| parameter.get("example").is_none()) {
                parameter["example"] = value.clone();
            }
        }
    }
}

/// A partner and a program of the sample, for parameters that name them: those with most figures.
fn values(sample: &Dataset) -> [(&'static str, Json); 2] {
    let figures = sample.assistance_funding.records();
    let partners = figures.iter().flat_map(|figure| &figure.partner).map(Iso3::as_str);
    let programs = figures.iter().map(|figure| figure.program.as_str());
    [("partner", json!([most(partners)])), ("program", json!([most(programs)]))]
}

fn most<'w>(words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(word, _)| word)
}

/// Cuts a list inside an example to its first entry.
fn cut(example: &mut Json, list: &str) {
    if let Some(entries) = example.pointer_mut(list).and_then(Json::as_array_mut) {
        entries.truncate(1);
    }
}

fn codes(sample: &Dataset, links: &Links) -> Json {
    let mut lists = json!(codes::summarize(sample, links));
    cut(&mut lists, "/data");
    lists
}

fn index(sample: &Dataset, links: &Links) -> Json {
    let mut index = json!(index::describe(sample, links));
    cut(&mut index, "/data/collections");
    cut(&mut index, "/data/extents");
    cut(&mut index, "/data/collections/0/fields");
    index
}

fn linked(sample: &Dataset, links: &Links) -> Json {
    let mut dataset = dataset::as_linked_data(sample, links);
    cut(&mut dataset, "/distribution");
    dataset
}

fn of_releases(sample: &Dataset, links: &Links) -> Json {
    let changes = releases::last_changes(sample);
    json!(changes.map(|changes| releases::describe(&changes, sample, links)))
}

fn changes(sample: &Dataset) -> Json {
    let changes = releases::last_changes(sample);
    json!(changes.and_then(|changes| releases::changes::example(sample, &changes)))
}

fn package(sample: &Dataset) -> Json {
    let descriptor = package_files(sample).into_iter().next();
    let mut package: Json =
        descriptor.and_then(|(_, bytes)| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    for list in ["/sources", "/resources", "/resources/0/schema/fields"] {
        cut(&mut package, list);
    }
    package
}
