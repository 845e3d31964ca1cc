//! Examples of answers that are no lists and no records: real ones, cut to their first entries.

use serde_json::{Value as Json, json};

use super::answer::ListMeta;
use super::health::Ready;
use super::links::{Links, PageLinks, Place};
use super::problem_types::ProblemType;
use super::search::SearchAnswer;
use super::timeline::TimelineAnswer;
use super::{downloads, index, release};
use crate::dataset::Dataset;
use crate::query::{Entry, Moment, Words, search};

/// Puts the examples into the document.
pub(super) fn put(document: &mut Json, sample: &Dataset) {
    let links = Links::default();
    let kind = ProblemType::InvalidParameters;
    let examples = [
        ("/v1", "application/json", index(sample, &links)),
        ("/v1/timeline", "application/json", timeline(sample, &links)),
        ("/v1/search", "application/json", found(sample, &links)),
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

fn timeline(sample: &Dataset, links: &Links) -> Json {
    let moments = sample.timeline.moments();
    let entry = |moment: &Moment| Entry {
        link: links.record(&moment.kind, &moment.id),
        moment: moment.clone(),
    };
    let (meta, links) = page("/v1/timeline", moments.len(), sample, links, &[]);
    json!(TimelineAnswer { data: moments.iter().take(1).map(entry).collect(), meta, links })
}

fn found(sample: &Dataset, links: &Links) -> Json {
    let words = Words::parse("demining");
    let link = |collection: &str, id: &str| links.record(collection, id);
    let mut data = words.map_or_else(Vec::new, |words| search(&sample.tables(), &words, link));
    let total = data.len();
    data.truncate(1);
    let (meta, links) = page("/v1/search", total, sample, links, &[("q", "demining")]);
    json!(SearchAnswer { data, meta, links })
}

/// The first page of one entry.
fn page(
    path: &str,
    total: usize,
    sample: &Dataset,
    links: &Links,
    asked: &[(&str, &str)],
) -> (ListMeta, PageLinks) {
    let (total, digest) = (total as u64, sample.release.digest.as_str());
    let place = Place { path, total, limit: Some(1), size: 1, offset: 0, digest };
    let meta = ListMeta { total, limit: 1, offset: 0, dataset: (&sample.release).into() };
    (meta, links.page(place, asked))
}
