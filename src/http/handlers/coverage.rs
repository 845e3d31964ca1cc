//! `/v1/coverage`: how deep the data is, by partner, program and year.

use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{self, PageRequest, View, respond};
use crate::dataset::{Dataset, FoundCounts, PartnerCoverage};
use crate::http::app::links::{Links, PageLinks};
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::Conditions;
use crate::http::response::envelope::ViewMeta;
use crate::http::response::problem::Problem;
use crate::model::{Iso3, RecordId};

/// One page of partners, each with its matrix of programs and fiscal years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CoverageAnswer {
    /// The partners of this page, by code.
    pub(crate) data: Vec<PartnerCoverage>,
    /// How many cells of the matrices of this page were found.
    pub(crate) counts: FoundCounts,
    /// How many partners there are, and which release they come from.
    pub(crate) meta: ViewMeta,
    /// The pages.
    pub(crate) links: PageLinks,
}

/// How deep the data is
///
/// For each partner, what every collection holds of it, and a matrix of assistance programs by fiscal years:
/// `present`, where a source gives a figure for that year alone; `inside_longer_period`, where only figures of
/// several years, or of a year of the calendar, touch it; `not_found`, where no source that we read gives any.
/// What was not found is not zero. A period without an end reaches to the date that its figure speaks for, else
/// to the fiscal year in which its source was published, else to the last column. Figures of a whole region stand in no matrix; joint
/// figures of several partners stand in that of each.
#[utoipa::path(
    get,
    path = "/v1/coverage",
    operation_id = "get_coverage",
    tag = "across",
    params(
        ("partner" = Option<Vec<Iso3>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps these partners, by ISO 3166-1 alpha-3 code. One of which the data has nothing is named in `meta.not_covered`."),
        ("program" = Option<Vec<RecordId>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps the rows of these programs, found or not, and, unless `partner` is given, the partners with a figure under one of them. An id of `assistance-programs`; any other is refused."),
        ("limit" = Option<u32>, Query, description = "How many partners a page has: 50 when left out; 0 counts only.", maximum = 1000, example = 20),
        ("offset" = Option<u32>, Query, maximum = 4_294_967_295_u32, description = "How many partners come before the page.", example = 0),
        ("dataset" = Option<String>, Query, min_length = 1, description = "The digest of the dataset that a walk through pages began with; 409 when another is served."),
        ("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json"),
    ),
    responses(
        (status = 200, description = "The partners with their matrices.", body = CoverageAnswer),
    )
)]
pub(crate) async fn coverage(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    respond::<CoverageView>(app, params, &conditions).await
}

/// What the coverage is asked.
struct CoverageView {
    asked: AskedOf,
    page_request: PageRequest,
}

/// Of whom coverage is asked.
pub(super) struct AskedOf {
    /// The partners; none for all.
    pub(super) partners: Vec<String>,
    /// The programs; none for all.
    pub(super) programs: Vec<String>,
}

impl AskedOf {
    /// Reads it.
    pub(super) fn read(params: &mut QueryParams, dataset: &Dataset) -> Self {
        let partners = params.ids("partner", dataset.partners.ids());
        let programs = params.ids("program", dataset.assistance_programs.ids());
        Self { partners, programs }
    }

    /// Whether a partner is meant.
    pub(super) fn wants(&self, dataset: &Dataset, code: &Iso3) -> bool {
        match (self.partners.is_empty(), self.programs.is_empty()) {
            (false, _) => self.partners.iter().any(|partner| partner == code.as_str()),
            (true, true) => true,
            (true, false) => dataset.has_assistance(code, &self.programs),
        }
    }
}

impl View for CoverageView {
    const PATH: &'static str = "/v1/coverage";
    type Answer = CoverageAnswer;

    fn page_request(&self) -> &PageRequest {
        &self.page_request
    }

    fn parse(mut params: QueryParams, dataset: &Dataset) -> Result<Self, Problem> {
        let asked = AskedOf::read(&mut params, dataset);
        let (asked, page_request) = PageRequest::finish(params, Self::PATH, Some(asked))?;
        Ok(Self { asked, page_request })
    }

    fn answer(&self, dataset: &Dataset, links: &Links) -> CoverageAnswer {
        let partners = dataset.partners.records().iter();
        let partners: Vec<_> =
            partners.filter(|partner| self.asked.wants(dataset, &partner.id)).collect();
        let (meta, page_links) =
            self.page_request.page_meta(Self::PATH, partners.len(), dataset, links);
        let page = self.page_request.page(partners);
        let data: Vec<PartnerCoverage> =
            page.map(|partner| dataset.coverage(partner, &self.asked.programs)).collect();
        CoverageAnswer {
            counts: data.iter().fold(FoundCounts::default(), |sum, one| sum.plus(one.counts)),
            data,
            meta,
            links: page_links,
        }
    }
}

/// An answer of the sample about one partner and one program, for the OpenAPI document.
pub(crate) fn example(sample: &Dataset) -> Option<CoverageAnswer> {
    let figure = sample.assistance_funding.records().first()?;
    let query = format!("partner={}&program={}", figure.partner.first()?, figure.program);
    view::example::<CoverageView>(sample, &query)
}
