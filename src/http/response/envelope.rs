//! The envelopes of answers: data, the sources that it cites, and what a reader needs to cite or go on.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::item_words::ItemWords;
use super::problem::Problem;
use crate::dataset::{Labels, Release, SetExtent};
use crate::http::app::links::PageLinks;
use crate::model::Bilingual;
use crate::query::Stat;

/// Which release of the data an answer comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReleaseRef {
    /// The release's version.
    pub(crate) version: String,
    /// The digest of its files: the same digest, the same data.
    pub(crate) digest: String,
}

impl From<&Release> for ReleaseRef {
    fn from(release: &Release) -> Self {
        Self { version: release.version.to_string(), digest: release.digest.clone() }
    }
}

/// What a reader needs to know of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ListMeta {
    /// How many records answer, on all pages.
    pub(crate) total: u64,
    /// How many records a page has.
    pub(crate) limit: u32,
    /// How many records come before this page.
    pub(crate) offset: u32,
    /// What is known of the sets of records that were asked of: whether they are whole, or a sample. Of all others
    /// nothing is known.
    pub(crate) extents: Vec<SetExtent>,
    /// The partners that were asked for and that the dataset does not cover, by ISO 3166-1 alpha-3 code.
    pub(crate) not_covered: Vec<String>,
    /// The release of the data.
    pub(crate) dataset: ReleaseRef,
}

/// What a reader needs to know of a list across collections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ViewMeta {
    /// How many entries answer, on all pages.
    pub(crate) total: u64,
    /// How many entries a page has.
    pub(crate) limit: u32,
    /// How many entries come before this page.
    pub(crate) offset: u32,
    /// The partners that were asked for and that the dataset does not cover, by ISO 3166-1 alpha-3 code.
    pub(crate) not_covered: Vec<String>,
    /// The release of the data.
    pub(crate) dataset: ReleaseRef,
}

/// What a reader needs to know of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ItemMeta {
    /// The release of the data.
    pub(crate) dataset: ReleaseRef,
}

/// The links of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ItemLinks {
    /// This record.
    #[serde(rename = "self")]
    pub(crate) this: String,
    /// The list that it is in.
    pub(crate) collection: String,
    /// The records of other collections that name this one.
    pub(crate) related: Vec<Related>,
    /// The address to cite: the record as this release of the data has it. `format=apa`, `chicago`, `bibtex`, `ris`,
    /// `csl` or `mediawiki` makes a citation of it.
    pub(crate) cite_as: String,
}

/// Records that name another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Related {
    /// The collection that they are in.
    pub(crate) collection: String,
    /// The parameter that finds them.
    pub(crate) parameter: String,
    /// How many there are.
    pub(crate) count: u64,
    /// The list of them.
    pub(crate) href: String,
}

/// How many records hold a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Facet {
    /// The value, as its parameter takes it: given back as it stands here, it finds what is counted. Null for records
    /// without a value; the parameter takes `null` for them.
    pub(crate) value: Option<String>,
    /// What people call the value.
    #[schema(value_type = Bilingual)]
    pub(crate) label: Bilingual<String>,
    /// How many records hold it, of those that match every filter but the ones on this field.
    pub(crate) count: u64,
}

/// The parts of a list that come after its data and sources.
#[derive(Serialize)]
pub(crate) struct ListTail<'a> {
    pub(crate) labels: Option<Labels>,
    pub(crate) meta: ListMeta,
    pub(crate) facets: Option<BTreeMap<&'static str, Vec<Facet>>>,
    pub(crate) stats: Option<BTreeMap<&'static str, Stat>>,
    pub(crate) links: &'a PageLinks,
}

/// The parts of one record's answer that come after its data and sources.
#[derive(Serialize)]
pub(crate) struct ItemTail {
    #[serde(flatten)]
    pub(crate) words: ItemWords,
    pub(crate) labels: Option<Labels>,
    pub(crate) meta: ItemMeta,
    pub(crate) links: ItemLinks,
}

/// Joins rendered records and sources with the rest of an answer. Records were rendered when they were
/// loaded; a page is a join of slices.
pub(crate) fn join(data: &str, sources: &[&str], tail: &impl Serialize) -> String {
    let tail = serde_json::to_string(tail).expect("an envelope holds only what JSON can hold");
    let sources = sources.join(",");
    // The tail is an object; without its opening brace it goes on where the sources end.
    let tail = tail.get(1..).unwrap_or_default();
    [r#"{"data":"#, data, r#","sources":["#, &sources, "],", tail].concat()
}

/// An answer in JSON.
pub(crate) fn json(body: impl Into<axum::body::Body>) -> Response {
    let media = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media)], body.into()).into_response()
}

/// A value as JSON.
///
/// # Errors
/// [`Problem::Internal`] where JSON cannot hold it.
pub(crate) fn json_of(body: &impl Serialize) -> Result<Response, Problem> {
    serde_json::to_vec(body).map(json).map_err(Problem::internal)
}
