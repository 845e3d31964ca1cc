//! The envelopes of answers: data, the sources that it cites, and what a reader needs to cite or go on.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::caching::{Conditions, Validators};
use super::links::PageLinks;
use super::problem::Problem;
use crate::dataset::Release;

/// Which release of the data an answer comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Stamp {
    /// The release's version.
    pub(super) version: String,
    /// The digest of its files: the same digest, the same data.
    pub(super) digest: String,
}

impl From<&Release> for Stamp {
    fn from(release: &Release) -> Self {
        Self { version: release.version.to_string(), digest: release.digest.clone() }
    }
}

/// What a reader needs to know of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ListMeta {
    /// How many records answer, on all pages.
    pub(super) total: u64,
    /// How many records a page has.
    pub(super) limit: u32,
    /// How many records come before this page.
    pub(super) offset: u32,
    /// The release of the data.
    pub(super) dataset: Stamp,
}

/// What a reader needs to know of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ItemMeta {
    /// The release of the data.
    pub(super) dataset: Stamp,
}

/// The links of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ItemLinks {
    /// This record.
    #[serde(rename = "self")]
    pub(super) this: String,
    /// The list that it is in.
    pub(super) collection: String,
    /// The records of other collections that name this one.
    pub(super) related: Vec<Related>,
}

/// Records that name another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Related {
    /// The collection that they are in.
    pub(super) collection: String,
    /// The parameter that finds them.
    pub(super) parameter: String,
    /// How many there are.
    pub(super) count: u64,
    /// The list of them.
    pub(super) href: String,
}

/// The parts of a list that come after its data and sources.
#[derive(Serialize)]
pub(super) struct ListTail<'a> {
    pub(super) meta: ListMeta,
    pub(super) facets: Option<serde_json::Map<String, serde_json::Value>>,
    pub(super) links: &'a PageLinks,
}

/// The parts of one record's answer that come after its data and sources.
#[derive(Serialize)]
pub(super) struct ItemTail {
    pub(super) meta: ItemMeta,
    pub(super) links: ItemLinks,
}

/// Joins rendered records and sources with the rest of an answer. Records were rendered when they were
/// loaded; a page is a join of slices.
pub(super) fn join(data: &str, sources: &[&str], tail: &impl Serialize) -> String {
    let tail = serde_json::to_string(tail).expect("an envelope holds only what JSON can hold");
    let sources = sources.join(",");
    // The tail is an object; without its opening brace it goes on where the sources end.
    let tail = tail.get(1..).unwrap_or_default();
    [r#"{"data":"#, data, r#","sources":["#, &sources, "],", tail].concat()
}

/// An answer in JSON.
pub(super) fn json(body: impl Into<axum::body::Body>) -> Response {
    let media = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media)], body.into()).into_response()
}

/// An answer that is the same for every release of the data.
pub(super) fn fixed(conditions: &Conditions, body: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(body).map_err(|_| Problem::Internal)?;
    let validators = Validators::of_bytes(&bytes);
    let unchanged = validators.unchanged(conditions);
    Ok(unchanged.unwrap_or_else(|| validators.stamp(json(bytes))))
}
