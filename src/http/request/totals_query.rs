//! The query of totals: the list's own filters, and how to group, prefer and spread.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::chart_params::ChartParams;
use super::negotiate::AnswerFormat;
use super::params::{ParsedParams, QueryParams};
use super::sum_scope::{SumScope, programs_inside};
use crate::charts::{AnswerLine, Chart, Sayings};
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::{LinkParams, Links};
use crate::http::app::pinned::PinnedApp;
use crate::http::response::conditional::ETagKey;
use crate::http::response::envelope::json_of;
use crate::http::response::problem::Problem;
use crate::model::{Collection, RecordId, Vocabulary};
use crate::query::{ParameterRole, Query, split_list};
use crate::render::{CitationFormat, Format, TotalsRows};
use crate::sums::{GroupBy, HeadcountQuestion, PeopleBy, Prefer, Spread, TotalsQuestion};

/// A collection whose figures can be added.
pub(crate) trait Summed: Stored {
    /// What they may be grouped by.
    const GROUP_BY: &'static [&'static str] = match Self::COUNTED {
        Some(keys) => keys.group_by,
        None => &[],
    };
    /// Whether they are figures of programs, which lie inside each other.
    const HAS_PROGRAMS: bool;
    /// Whether a figure of several years may be divided over them; a number of people may not.
    const SPREADS: bool;
    /// What is added, for the OpenAPI document.
    const WHAT: &'static str;
    /// A query whose answer shows the rule at work, for the OpenAPI document.
    const EXAMPLE: &'static str;
    /// What adding gives, which answers, tables and charts are made of.
    type Sums: AddedUp;
    /// The answer.
    type Answer: Serialize + ToSchema;

    /// Adds up what the query selects.
    fn add(totals: &TotalsQuery<Self>) -> Self::Sums;

    /// The answer.
    fn answer(totals: &TotalsQuery<Self>, sums: Self::Sums, links: &Links) -> Self::Answer;

    /// The answer, of so many groups at most where there may be very many.
    fn beginning(
        totals: &TotalsQuery<Self>,
        sums: Self::Sums,
        _most: usize,
        links: &Links,
    ) -> Self::Answer {
        Self::answer(totals, sums, links)
    }

    /// The answer in JSON.
    ///
    /// # Errors
    /// [`Problem::Internal`] where JSON cannot hold it.
    fn respond(totals: &Arc<TotalsQuery<Self>>, links: &Links) -> Result<Response, Problem> {
        json_of(&Self::answer(totals, Self::add(totals), links))
    }

    /// Writes the sums as CSV.
    fn csv(totals: &TotalsQuery<Self>, sums: &Self::Sums, rows: TotalsRows) -> Vec<u8>;

    /// The sums as a chart.
    fn chart(totals: &TotalsQuery<Self>, sums: &Self::Sums, sayings: &Sayings<'_>) -> SumChart;

    /// Adds up what a chart shows; with the sum of the same question grouped by nothing, where that was found on the way.
    fn add_to_chart(
        totals: &TotalsQuery<Self>,
        sayings: &Sayings<'_>,
    ) -> (SumChart, Option<Self::Sums>) {
        (Self::chart(totals, &Self::add(totals), sayings), None)
    }
}

/// What adding gives, whatever the collection.
pub(crate) trait AddedUp: Sized {
    /// How many groups there are.
    fn group_count(&self) -> usize;

    /// Hands over the groups one by one as JSON, each with the key of the answer that it stands under; the total last.
    ///
    /// # Errors
    /// Where JSON cannot hold one.
    fn visit_groups(self, visit: &mut dyn FnMut(&'static str, Json)) -> serde_json::Result<()>;

    /// The total in words, and the records in it.
    fn in_words(self) -> (String, Vec<RecordId>);
}

/// Sums as a chart.
pub(crate) struct SumChart {
    /// The chart.
    pub(crate) chart: Chart,
    /// The total, below the title; none where there is nothing to say.
    pub(crate) answer: Option<AnswerLine>,
    /// The records whose figures it shows.
    pub(crate) records: Vec<RecordId>,
}

/// The query of totals.
pub(crate) struct TotalsQuery<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which figures.
    pub(crate) query: Query<C>,
    /// What the filters say of the sum.
    pub(crate) scope: SumScope,
    /// What they are grouped by.
    pub(crate) group_by: Vec<String>,
    /// Which of overlapping figures stand.
    pub(crate) prefer: Prefer,
    /// Whether figures of several years are divided over them.
    pub(crate) spread: Spread,
    /// In which form the sum is cited, where a citation is asked for instead of it.
    pub(crate) citation: Option<CitationFormat>,
    /// The rows of a CSV table; none for JSON.
    pub(crate) rows: Option<TotalsRows>,
    /// The parameters as links repeat them, without the format.
    pub(crate) links: LinkParams,
    /// The parameters of the list of the figures, as links repeat them.
    pub(crate) filters: LinkParams,
    /// Identifies the representation.
    pub(crate) key: ETagKey,
}

impl<C: Summed> FromRequestParts<App> for TotalsQuery<C> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let app = PinnedApp::from_request_parts(parts, app).await?;
        let Ok(params) = QueryParams::from_request_parts(parts, &app).await;
        Self::parse(app.dataset(), params)
    }
}

impl<C: Summed> TotalsQuery<C> {
    /// Reads the parameters: the list's own filters, the switches of sums, and how the answer is written.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    pub(crate) fn parse(dataset: Arc<Dataset>, params: QueryParams) -> Result<Self, Problem> {
        Self::read(dataset, params, &format!("{}/totals", C::PATH), written_as)
    }

    /// Reads the parameters of the page of a sum: all but those that say how the answer is written.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub(crate) fn of_page(dataset: Arc<Dataset>, params: QueryParams) -> Result<Self, Problem> {
        Self::read(dataset, params, &format!("/{}/totals", C::NAME), |_| (None, None))
    }

    /// Reads the parameters of a chart of sums: those of sums but their format, and how it is drawn. Where nothing is
    /// said of groups, they are years if the sums have them; else what no filter has fixed to one value.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    pub(crate) fn parse_chart(
        dataset: Arc<Dataset>,
        mut params: QueryParams,
    ) -> Result<(Self, ChartParams), Problem> {
        let drawn = params.chart();
        let mut totals = Self::read(dataset, params, &totals_chart_path::<C>(), |_| (None, None))?;
        if totals.group_by.is_empty() {
            let one = |name: &str| {
                let mut given = totals.filters.iter().filter(|(known, _)| *known == name);
                given.any(|(_, value)| split_list(value).len() == 1)
            };
            let by_year = C::GROUP_BY.iter().find(|name| **name == "fiscal_year");
            let open = || C::GROUP_BY.iter().find(|name| !one(name) && !one(&format!("{name}s")));
            let chosen = by_year.or_else(open).or(C::GROUP_BY.first());
            totals.group_by.extend(chosen.map(|name| (*name).to_owned()));
        }
        Ok((totals, drawn))
    }

    fn read(
        dataset: Arc<Dataset>,
        mut params: QueryParams,
        path: &str,
        written: impl FnOnce(&mut QueryParams) -> (Option<CitationFormat>, Option<TotalsRows>),
    ) -> Result<Self, Problem> {
        let within = params.programs_within(&dataset, C::HAS_PROGRAMS);
        let group_by = params.one_of("group_by", &C::GROUP_BY.iter().copied());
        let prefer = params.choice("prefer").unwrap_or(Prefer::Broad);
        let spread = C::SPREADS.then(|| params.choice("spread")).flatten();
        let spread = spread.unwrap_or(Spread::None);
        let (citation, rows) = written(&mut params);
        // A sum over what a search finds is no sum of anything.
        let filters = |role: ParameterRole| role.filters() && role != ParameterRole::Search;
        let query = params.query(C::table(&dataset), filters);
        let (mut query, ParsedParams { links, key, .. }) = params.finish_with(path, query)?;
        let scope = SumScope::of(&dataset, &query, within.clone());
        if !within.is_empty() {
            query.narrow("program", programs_inside(&dataset, &within));
        }
        if spread == Spread::Even {
            // A year's share is the same whatever years are asked for.
            query.lift_fiscal_years();
        }
        let links = links.without("format").without("rows");
        let filters = ["group_by", "spread"].into_iter().fold(links.clone(), LinkParams::without);
        Ok(Self {
            dataset,
            query,
            scope,
            group_by,
            prefer,
            spread,
            citation,
            rows,
            links,
            filters,
            key,
        })
    }

    /// The rows of the figures that the filters find.
    pub(crate) fn matching(&self) -> Vec<u32> {
        C::table(&self.dataset).select(&self.query).rows()
    }
}

/// The path of the chart of sums: `/v1/assistance-funding/totals.svg`.
pub(crate) fn totals_chart_path<C: Collection>() -> String {
    format!("{}/totals.svg", C::PATH)
}

impl<C: Collection> TotalsQuery<C> {
    /// As a question about money.
    pub(crate) fn of_money(&self) -> TotalsQuestion {
        self.scope.money(TotalsQuestion {
            group_by: self.group_by.iter().filter_map(|word| GroupBy::from_word(word)).collect(),
            prefer: self.prefer,
            spread: self.spread,
            list_excluded: self.rows != Some(TotalsRows::Groups),
            ..TotalsQuestion::default()
        })
    }

    /// As a question about people.
    pub(crate) fn of_people(&self) -> HeadcountQuestion {
        self.scope.people(HeadcountQuestion {
            group_by: self.group_by.iter().filter_map(|word| PeopleBy::from_word(word)).collect(),
            prefer: self.prefer,
            ..HeadcountQuestion::default()
        })
    }
}

/// Reads `format` and `rows`: in which form the sum is cited, or which rows its table has; neither for JSON.
fn written_as(params: &mut QueryParams) -> (Option<CitationFormat>, Option<TotalsRows>) {
    let formats = AnswerFormat::all(&[Format::Json, Format::Csv]);
    let (format, citation) = params.format(&formats).split();
    let csv = format == Format::Csv;
    let rows: Option<TotalsRows> = params.choice("rows");
    if let Some(rows) = rows.filter(|_| !csv) {
        let detail = "expected only with format=csv: no other format is a table";
        params.reject("rows", rows.word(), detail);
    }
    (citation, csv.then(|| rows.unwrap_or(TotalsRows::Groups)))
}

impl QueryParams {
    /// Reads `program_within`: programs that are meant with all that is inside them.
    pub(crate) fn programs_within(
        &mut self,
        dataset: &Dataset,
        has_programs: bool,
    ) -> Vec<RecordId> {
        if !has_programs {
            return Vec::new();
        }
        let codes = self.ids("program_within", dataset.assistance_programs.ids());
        codes.iter().filter_map(|code| code.parse().ok()).collect()
    }
}
