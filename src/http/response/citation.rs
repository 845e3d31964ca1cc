//! Answers that cite: a record, a list or a sum as a reference manager or an article takes it.

use std::collections::BTreeSet;

use axum::http::HeaderValue;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::file::file;
use crate::dataset::Dataset;
use crate::http::app::links::Links;
use crate::render::{CitationFormat, CitedDocument, CitedWork, cite};

/// A part of the data that is cited.
pub(crate) struct CitedPart<'c> {
    /// What it says, in a few words.
    pub(crate) title: String,
    /// What it is: `record assistance-funding/col-fmf-2017-2023`.
    pub(crate) part: String,
    /// Its address, pinned to the release.
    pub(crate) address: String,
    /// The ids of the sources behind it.
    pub(crate) sources: BTreeSet<&'c str>,
}

/// The work that a part of the data is. Only a service that knows its public address has one to cite.
pub(crate) fn work(dataset: &Dataset, links: &Links, part: CitedPart<'_>) -> CitedWork {
    let release = &dataset.release;
    let sources = dataset.bibliography(&part.sources).into_iter();
    CitedWork {
        title: part.title,
        part: part.part,
        author: release.title.to_string(),
        released: release.released,
        version: release.version.to_string(),
        digest: release.digest.clone(),
        url: links.is_absolute().then_some(part.address),
        sources: sources
            .filter_map(|json| serde_json::from_str::<CitedDocument>(json).ok())
            .collect(),
    }
}

/// The answer: a file for reference managers, a line of text for people.
pub(crate) fn citation(work: &CitedWork, format: CitationFormat, name: &str) -> Response {
    let body = cite(work, format);
    if let Some(extension) = format.extension() {
        return file(body, format.content_type(), &format!("{name}-{}.{extension}", work.version));
    }
    let media = HeaderValue::from_static(format.content_type());
    ([(header::CONTENT_TYPE, media)], body).into_response()
}
