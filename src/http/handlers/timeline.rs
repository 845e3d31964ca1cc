//! `/v1/timeline`: every dated thing, in order.

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
use crate::model::PartialDate;
use crate::query::{TimelineEntry, TimelineEvent, TimelineFilter};

/// One page of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TimelineAnswer {
    /// The entries of this page, earliest first.
    pub(crate) data: Vec<TimelineEntry>,
    /// How many entries there are, and which release they come from.
    pub(crate) meta: ViewMeta,
    /// The pages.
    pub(crate) links: PageLinks,
}

/// Every dated thing in order
///
/// Every date that a record holds, earliest first, with a link to the record. Dates are as precise as their
/// sources: `2017` comes before `2017-05`, and `2017-05` before `2017-05-23`, because the wider date begins
/// no later. A period stands at its first year, fiscal or of the calendar as its record says. Equal dates are
/// ordered by kind, id and event. Sources are left out: their dates are of publication. So are the
/// official yearly series.
#[utoipa::path(
    get,
    path = "/v1/timeline",
    operation_id = "get_timeline",
    tag = "across",
    params(
        ("from" = Option<PartialDate>, Query, description = "Keeps what may touch this day, month or year, or a later one.", example = "2017"),
        ("to" = Option<PartialDate>, Query, description = "Keeps what may touch this day, month or year, or an earlier one. Never before `from`.", example = "2022-05"),
        ("kind" = Option<Vec<String>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps entries of these collections. Commas separate them; only names of collections are known, any other is refused.", example = json!(["agreements"])),
        ("partner" = Option<Vec<crate::model::Iso3>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps entries of these partners, by ISO 3166-1 alpha-3 code. One of which the data has nothing is named in `meta.not_covered`."),
        ("limit" = Option<u32>, Query, description = "How many entries a page has: 50 when left out; 0 counts only.", maximum = 1000, example = 20),
        ("offset" = Option<u32>, Query, maximum = 4_294_967_295_u32, description = "How many entries come before the page.", example = 0),
        ("dataset" = Option<String>, Query, min_length = 1, description = "The digest of the dataset that a walk through pages began with; 409 when another is served."),
        ("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json"),
    ),
    responses(
        (status = 200, description = "The entries.", body = TimelineAnswer),
    )
)]
pub(crate) async fn timeline(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    respond::<TimelineView>(app, params, &conditions).await
}

/// What the timeline is asked.
struct TimelineView {
    between: TimelineFilter,
    page_request: PageRequest,
}

impl View for TimelineView {
    const PATH: &'static str = "/v1/timeline";
    type Answer = TimelineAnswer;

    fn page_request(&self) -> &PageRequest {
        &self.page_request
    }

    fn parse(mut params: QueryParams, dataset: &Dataset) -> Result<Self, Problem> {
        let between = filter(&mut params, dataset);
        let (between, page_request) = PageRequest::finish(params, Self::PATH, Some(between))?;
        Ok(Self { between, page_request })
    }

    fn answer(&self, dataset: &Dataset, links: &Links) -> TimelineAnswer {
        let (total, moments) =
            dataset.timeline.page(&dataset.tables(), &self.between, self.page_request.range());
        let entry = |moment: TimelineEvent| TimelineEntry {
            link: links.record(&moment.kind, &moment.id),
            moment,
        };
        let (meta, page_links) = self.page_request.page_meta(Self::PATH, total, dataset, links);
        TimelineAnswer { data: moments.into_iter().map(entry).collect(), meta, links: page_links }
    }
}

/// Reads which entries are asked for.
pub(super) fn filter(params: &mut QueryParams, dataset: &Dataset) -> TimelineFilter {
    let (from, to) = params.dates("from", "to");
    let kinds = params.one_of("kind", &dated(dataset));
    let partners = params.ids("partner", dataset.partners.ids());
    TimelineFilter { from, to, kinds, partners }
}

/// The names of the collections that the timeline is made of: the official yearly series are not among them.
pub(super) fn dated(dataset: &Dataset) -> impl Iterator<Item = &'static str> + Clone {
    let tables = dataset.tables().into_iter().filter(|table| !table.is_series());
    tables.map(|table| table.name())
}

/// An answer of the sample, for the OpenAPI document.
pub(crate) fn example(sample: &Dataset) -> Option<TimelineAnswer> {
    view::example::<TimelineView>(sample, "from=2022&kind=agreements&limit=1")
}
