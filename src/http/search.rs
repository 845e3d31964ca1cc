//! `/v1/search`: one search across all collections.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{ListMeta, json};
use super::app::App;
use super::asked::same_release;
use super::caching::{Conditions, Validators};
use super::given::Given;
use super::links::{Links, PageLinks, Place};
use super::problem::{Problem, ProblemBody};
use crate::dataset::Dataset;
use crate::query::{DEFAULT_LIMIT, Hit, Words, search as find};

const PATH: &str = "/v1/search";

/// One page of what a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct SearchAnswer {
    /// The hits of this page, best first.
    pub(super) data: Vec<Hit>,
    /// How many hits there are, and which release they come from.
    pub(super) meta: ListMeta,
    /// The pages.
    pub(super) links: PageLinks,
}

/// Search across all collections
///
/// Finds the records that hold every word of `q`, the last one as the beginning of a word. Accents and case
/// do not matter. Best first, decided by four questions in this order: does the title or the id hold all
/// words; does one field hold all words; how many words does the best field hold; then by collection and id.
/// There are no weights, so the order can be foretold.
#[utoipa::path(
    get,
    path = "/v1/search",
    operation_id = "search",
    tag = "across",
    params(
        ("q" = String, Query, description = "The words to find; at least one letter or digit.", min_length = 1, pattern = r"[^\x00-/:-@\[-`{-\x7F]", example = "demining"),
        ("collection" = Option<Vec<String>>, Query, style = Form, explode = false, min_items = 1, description = "Searches only these collections. Commas separate them; only names of collections are known, any other is refused.", example = json!(["cooperation"])),
        ("partner" = Option<Vec<crate::model::Iso3>>, Query, style = Form, explode = false, min_items = 1, description = "Keeps records of these partners, by ISO 3166-1 alpha-3 code. An id of `partners`; any other is refused."),
        ("limit" = Option<u32>, Query, description = "How many hits a page has: 50 when left out; 0 counts only.", maximum = 1000, example = 20),
        ("offset" = Option<u32>, Query, maximum = 4_294_967_295_u32, description = "How many hits come before the page.", example = 0),
        ("dataset" = Option<String>, Query, min_length = 1, description = "The digest of the dataset that a walk through pages began with; 409 when another is served."),
    ),
    responses(
        (status = 200, description = "The hits.", body = SearchAnswer),
        (status = 304, description = "The answer has not changed: it is the one that `If-None-Match` names."),
        (status = 400, description = "A parameter is missing or could not be understood.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The dataset has changed since the walk began.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(
    State(app): State<App>,
    uri: Uri,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let asked = Asked::parse(uri.query(), &dataset)?;
    same_release(&dataset, asked.walk.as_deref())?;
    let Asked { limit, offset, repeated, .. } = &asked;
    let identity = format!("{PATH} {limit:?} {offset} {repeated:?}");
    let validators = Validators::of(&app, &dataset.release, &identity);
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let body = serde_json::to_vec(&asked.answer(&dataset, app.links()));
    Ok(validators.stamp(json(body.map_err(|_| Problem::Internal)?)))
}

/// What the search is asked.
struct Asked {
    words: Option<Words>,
    collections: Vec<String>,
    partners: Vec<String>,
    limit: Option<u32>,
    offset: u32,
    walk: Option<String>,
    repeated: Vec<(String, String)>,
}

impl Asked {
    fn parse(query: Option<&str>, dataset: &Dataset) -> Result<Self, Problem> {
        let mut given = Given::parse(query);
        let text = given.text("q");
        let words = text.as_deref().and_then(Words::parse);
        if words.is_none() {
            let value = text.as_deref().unwrap_or_default();
            let detail = "expected words to search for, with at least one letter or digit";
            given.refuse("q", value, detail);
        }
        let names = given.words("collection", &dataset.tables().iter().map(|table| table.name()));
        let partners = given.words("partner", &dataset.partner_codes());
        let (limit, offset) = given.page();
        let walk = given.text("dataset");
        let repeated = given.finish()?;
        Ok(Self { words, collections: names, partners, limit, offset, walk, repeated })
    }

    fn answer(&self, dataset: &Dataset, links: &Links) -> SearchAnswer {
        let named = |name: &str| {
            self.collections.is_empty() || self.collections.iter().any(|wanted| wanted == name)
        };
        let tables: Vec<_> =
            dataset.tables().into_iter().filter(|table| named(table.name())).collect();
        let link = |collection: &str, id: &str| links.record(collection, id);
        let found = self.words.as_ref().map(|words| find(&tables, words, link));
        let mut hits = found.unwrap_or_default();
        hits.retain(|hit| {
            self.partners.is_empty() || hit.partner.iter().any(|code| self.partners.contains(code))
        });
        let (total, offset) = (hits.len() as u64, self.offset);
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        let place = Place {
            path: PATH,
            total,
            limit: self.limit,
            size: limit.into(),
            offset,
            digest: &dataset.release.digest,
        };
        let repeated: Vec<_> =
            self.repeated.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        SearchAnswer {
            data: hits.into_iter().skip(offset as usize).take(limit as usize).collect(),
            meta: ListMeta { total, limit, offset, dataset: (&dataset.release).into() },
            links: links.page(place, &repeated),
        }
    }
}

/// An answer of the sample, for the OpenAPI document.
pub(super) fn example(sample: &Dataset) -> Option<SearchAnswer> {
    let asked = Asked::parse(Some("q=demining&limit=1"), sample).ok()?;
    Some(asked.answer(sample, &Links::default()))
}
