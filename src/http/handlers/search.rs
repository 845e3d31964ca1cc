//! `/v1/search`: one search across all collections.

use std::ops::Range;

use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{self, PageRequest, View, respond};
use crate::dataset::Dataset;
use crate::http::app::links::{Links, PageLinks};
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::Conditions;
use crate::http::response::envelope::ViewMeta;
use crate::http::response::problem::Problem;
use crate::query::{AnyTable, Hit, SearchQuery, SearchWords, search as find};

/// One page of what a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    /// The hits of this page, best first.
    pub(crate) data: Vec<Hit>,
    /// How many hits there are, and which release they come from.
    pub(crate) meta: ViewMeta,
    /// The pages.
    pub(crate) links: PageLinks,
}

/// Search across all collections
///
/// The official yearly series (`foreign-assistance`, `training`, `us-personnel`) are left out: their lists have `q`.
///
/// Finds the records that hold every word of `q`, the last one as the beginning of a word: in their texts, in their
/// Spanish titles and summaries, and in what their codes are called in English and Spanish. Accents and case
/// do not matter. Best first, decided by four questions in this order: does the title, in English or Spanish, or the id hold
/// all words; does one field hold all words; how many words does the best field hold; then by collection and id.
/// There are no weights, so the order can be foretold.
#[utoipa::path(
    get,
    path = "/v1/search",
    operation_id = "search",
    tag = "across",
    params(
        ("q" = String, Query, description = "The words to find; at least one letter or digit, and at most 32 different words.", min_length = 1, pattern = r"[^\x00-/:-@\[-`{-\x7F]", example = "demining"),
        ("collection" = Option<Vec<String>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Searches only these collections. Commas separate them; only names of collections are known, any other is refused.", example = json!(["cooperation"])),
        ("partner" = Option<Vec<crate::model::Iso3>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps records of these partners, by ISO 3166-1 alpha-3 code. One of which the data has nothing is named in `meta.not_covered`."),
        ("limit" = Option<u32>, Query, description = "How many hits a page has: 50 when left out; 0 counts only.", maximum = 1000, example = 20),
        ("offset" = Option<u32>, Query, maximum = 4_294_967_295_u32, description = "How many hits come before the page.", example = 0),
        ("dataset" = Option<String>, Query, min_length = 1, description = "The digest of the dataset that a walk through pages began with; 409 when another is served."),
        ("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json"),
    ),
    responses(
        (status = 200, description = "The hits.", body = SearchAnswer),
    )
)]
pub(crate) async fn search(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    respond::<SearchView>(app, params, &conditions).await
}

/// What the search is asked.
struct SearchView {
    sought: Sought,
    page_request: PageRequest,
}

/// What is searched for, and where.
pub(super) struct Sought {
    /// The words, and whom the records may be about.
    pub(super) query: SearchQuery,
    filters: SearchFilters,
}

/// Where is searched.
pub(super) struct SearchFilters {
    /// The collections; none for all.
    collections: Vec<String>,
    /// The partners; none for all.
    partners: Vec<String>,
}

impl SearchFilters {
    /// Reads them.
    pub(super) fn read(params: &mut QueryParams, dataset: &Dataset) -> Self {
        Self {
            collections: params.one_of("collection", &searched(dataset).map(|table| table.name())),
            partners: params.ids("partner", dataset.partners.ids()),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.collections.is_empty() || self.collections.iter().any(|wanted| wanted == name)
    }
}

impl Sought {
    /// Reads it. None where the words are at fault, of which the parameters know.
    pub(super) fn read(params: &mut QueryParams, dataset: &Dataset) -> Option<Self> {
        let text = params.text("q");
        let words = SearchWords::parse(text.as_deref().unwrap_or_default());
        if let Err(fault) = words {
            params.reject("q", text.as_deref().unwrap_or_default(), &fault.to_string());
        }
        let filters = SearchFilters::read(params, dataset);
        let query = SearchQuery { words: words.ok()?, partners: filters.partners.clone() };
        Some(Self { query, filters })
    }

    /// How many records there are, and those at some places.
    pub(super) fn find(
        &self,
        dataset: &Dataset,
        page: Range<usize>,
        links: &Links,
    ) -> (usize, Vec<Hit>) {
        let tables: Vec<_> =
            searched(dataset).filter(|table| self.filters.has(table.name())).collect();
        find(&tables, &self.query, page, |collection, id| links.record(collection, id))
    }

    /// How many records of each collection hold the words, whichever collections are asked for; those with none are left
    /// out.
    pub(super) fn counts(&self, dataset: &Dataset) -> Vec<(&'static str, u64)> {
        let count = |table: &dyn AnyTable| {
            let mut rows = table.holding(&self.query.words);
            if !self.query.partners.is_empty() {
                rows &= table.about_partners(&self.query.partners);
            }
            rows.len()
        };
        let counts = searched(dataset).map(|table| (table.name(), count(table)));
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

impl View for SearchView {
    const PATH: &'static str = "/v1/search";
    type Answer = SearchAnswer;

    fn page_request(&self) -> &PageRequest {
        &self.page_request
    }

    fn parse(mut params: QueryParams, dataset: &Dataset) -> Result<Self, Problem> {
        let sought = Sought::read(&mut params, dataset);
        let (sought, page_request) = PageRequest::finish(params, Self::PATH, sought)?;
        Ok(Self { sought, page_request })
    }

    fn answer(&self, dataset: &Dataset, links: &Links) -> SearchAnswer {
        let (total, data) = self.sought.find(dataset, self.page_request.range(), links);
        let (meta, page_links) = self.page_request.page_meta(Self::PATH, total, dataset, links);
        SearchAnswer { data, meta, links: page_links }
    }
}

/// The tables that are searched: all but the official yearly series, whose thousands of like records would drown the rest.
fn searched(dataset: &Dataset) -> impl Iterator<Item = &dyn AnyTable> + Clone {
    dataset.tables().into_iter().filter(|table| !table.is_series())
}

/// An answer of the sample, for the OpenAPI document.
pub(crate) fn example(sample: &Dataset) -> Option<SearchAnswer> {
    view::example::<SearchView>(sample, "q=demining&limit=1")
}
