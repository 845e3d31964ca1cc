//! Totals: sums that count no dollar and no person twice. The rule is in `sums`; here it is asked.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::collections::{ArmsSale, AssistanceFunding, Deployment, Source};
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::request::totals_query::{Summed, TotalsQuery};
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional, conditional_bytes};
use crate::http::response::envelope::{ReleaseRef, json_of};
use crate::http::response::file::file;
use crate::http::response::problem::Problem;
use crate::model::{Citation, Collection, RecordId, Vocabulary};
use crate::render::{Format, ledger};
use crate::sums::{
    self, Figure, Group, GroupBy, HeadGroup, HeadTotals, PeopleBy, PeopleQuestion, Question, Totals,
};

/// The path of the page that explains the rule.
pub(crate) const METHOD: &str = "/methods/totals";

/// Sums of money.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MoneyTotals {
    /// The groups, in the order of their keys. Empty when no `group_by` was given.
    data: Vec<Group>,
    /// The sum of all figures by the same rule, chosen anew; it says so when it is not what the groups make.
    /// Its amount is null for arms sales of several channels or measures, which make no sum.
    total: Group,
    /// Figures that cover several groups together; they are never split and never repeated.
    shared: Vec<Group>,
    /// Every source that an included figure cites, once, by id.
    sources: Vec<Source>,
    /// How the sum was asked for.
    meta: TotalsMeta,
    /// Where the rule and the figures are.
    links: TotalsLinks,
}

/// Numbers of people.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeopleTotals {
    /// The groups, in the order of their keys. Empty when no `group_by` was given.
    data: Vec<HeadGroup>,
    /// All people by the same rule; numbers of different dates are never added.
    total: HeadGroup,
    /// Numbers that cover several groups together; they are never split and never repeated.
    shared: Vec<HeadGroup>,
    /// Every source that an included number cites, once, by id.
    sources: Vec<Source>,
    /// How the sum was asked for.
    meta: TotalsMeta,
    /// Where the rule and the figures are.
    links: TotalsLinks,
}

/// How a sum was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TotalsMeta {
    /// How many figures the filters found, included or not.
    figures: usize,
    /// What they were grouped by.
    group_by: Vec<String>,
    /// Which of overlapping figures stand: `broad` or `detail`.
    prefer: String,
    /// Whether figures of several years were divided over them: `none` or `even`.
    spread: String,
    /// The release of the data.
    dataset: ReleaseRef,
}

/// Where the rule and the figures of a sum are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TotalsLinks {
    /// This sum.
    #[serde(rename = "self")]
    this: String,
    /// The page that explains the rule.
    method: String,
    /// The same sum as CSV: one row a figure, with its group and whether it was included and why, so that
    /// anyone can add it up again.
    csv: String,
    /// The list of the figures that the filters found.
    figures: String,
}

impl Summed for AssistanceFunding {
    const GROUP_BY: &'static [&'static str] = &["partner", "program", "fiscal_year", "stage"];
    const SPREADS: bool = true;
    const WHAT: &'static str =
        "Adds published figures of assistance without counting a dollar twice.";
    const EXAMPLE: &'static str = "program=NADR-CWD&fiscal_year_min=2017";
    type Answer = MoneyTotals;

    fn answer(query: &TotalsQuery<Self>, links: &Links) -> MoneyTotals {
        money(query, &query.dataset.assistance_figures(query.rows()), links)
    }

    fn ledger(query: &TotalsQuery<Self>) -> Vec<u8> {
        let figures = query.dataset.assistance_figures(query.rows());
        ledger::money(&added(query, &figures), &figures)
    }
}

impl Summed for ArmsSale {
    const GROUP_BY: &'static [&'static str] = &["partner", "channel", "measure", "fiscal_year"];
    const SPREADS: bool = true;
    const WHAT: &'static str = "Adds published figures of arms sales, never across channels or measures: a stock, a flow of \
         licences and a flow of goods make no sum.";
    const EXAMPLE: &'static str = "measure=active_cases";
    type Answer = MoneyTotals;

    fn answer(query: &TotalsQuery<Self>, links: &Links) -> MoneyTotals {
        money(query, &query.dataset.sale_figures(query.rows()), links)
    }

    fn ledger(query: &TotalsQuery<Self>) -> Vec<u8> {
        let figures = query.dataset.sale_figures(query.rows());
        ledger::money(&added(query, &figures), &figures)
    }
}

impl Summed for Deployment {
    const GROUP_BY: &'static [&'static str] = PeopleBy::WORDS;
    const SPREADS: bool = false;
    const WHAT: &'static str = "Counts people without counting anyone twice. Numbers of different dates are never added: the \
         newest in the years asked for is used. People sent to several missions together are counted once, in `shared`.";
    const EXAMPLE: &'static str = "missions=UNIFIL";
    type Answer = PeopleTotals;

    fn answer(query: &TotalsQuery<Self>, links: &Links) -> PeopleTotals {
        let (figures, totals) = counted(query);
        let groups = totals.data.iter().chain(&totals.shared).chain([&totals.total]);
        PeopleTotals {
            sources: cited::<Self>(&query.dataset, groups.flat_map(|group| &group.included)),
            meta: meta(query, figures),
            links: totals_links(query, links),
            data: totals.data,
            total: totals.total,
            shared: totals.shared,
        }
    }

    fn ledger(query: &TotalsQuery<Self>) -> Vec<u8> {
        let personnel = |id: &RecordId| query.dataset.deployments.get(id.as_str())?.personnel;
        ledger::people(&counted(query).1, personnel)
    }
}

/// `GET /v1/{name}/totals`
pub(crate) async fn totals<C: Summed>(
    State(app): State<App>,
    query: TotalsQuery<C>,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key, maker) = (Arc::clone(&query.dataset), query.key.clone(), app.clone());
    conditional(&app, &dataset.release, key, &conditions, async {
        let make = move || {
            if query.csv {
                return Ok(csv_file(&query, C::ledger(&query)));
            }
            json_of(&C::answer(&query, maker.links()))
        };
        run_blocking(make).await?
    })
    .await
}

fn added<C: Collection>(query: &TotalsQuery<C>, figures: &[Figure]) -> Totals {
    let question = Question {
        group_by: query.group_by.iter().filter_map(|word| GroupBy::from_word(word)).collect(),
        prefer: query.prefer,
        spread: query.spread,
        window: query.window(),
    };
    sums::add(figures, query.dataset.containment(), &question)
}

fn money<C: Stored>(query: &TotalsQuery<C>, figures: &[Figure], links: &Links) -> MoneyTotals {
    let totals = added(query, figures);
    let groups = totals.data.iter().chain(&totals.shared).chain([&totals.total]);
    MoneyTotals {
        sources: cited::<C>(&query.dataset, groups.flat_map(|group| &group.included)),
        meta: meta(query, figures.len()),
        links: totals_links(query, links),
        data: totals.data,
        total: totals.total,
        shared: totals.shared,
    }
}

/// How many numbers of people were found, and what they make.
fn counted(query: &TotalsQuery<Deployment>) -> (usize, HeadTotals) {
    let postings = query.dataset.postings(query.rows());
    let question = PeopleQuestion {
        group_by: query.group_by.iter().filter_map(|word| PeopleBy::from_word(word)).collect(),
        prefer: query.prefer,
        window: query.window(),
    };
    (postings.len(), sums::count(&postings, &question))
}

/// The sources that some records cite, once, by id.
fn cited<'r, C: Stored>(dataset: &Dataset, ids: impl Iterator<Item = &'r RecordId>) -> Vec<Source> {
    let table = C::table(dataset);
    let citations = ids.filter_map(|id| table.get(id.as_str())).flat_map(C::citations);
    let mut sources: Vec<&str> =
        citations.map(|citation: &Citation| citation.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.into_iter().filter_map(|id| dataset.sources.get(id)).cloned().collect()
}

fn meta<C: Collection>(query: &TotalsQuery<C>, figures: usize) -> TotalsMeta {
    TotalsMeta {
        figures,
        group_by: query.group_by.clone(),
        prefer: query.prefer.word().to_owned(),
        spread: query.spread.word().to_owned(),
        dataset: (&query.dataset.release).into(),
    }
}

fn totals_links<C: Collection>(query: &TotalsQuery<C>, links: &Links) -> TotalsLinks {
    let path = format!("{}/totals", C::PATH);
    TotalsLinks {
        this: links.query(&path, query.links.iter()),
        method: links.path(METHOD),
        csv: links.query(&path, query.links.iter().chain([("format", "csv")])),
        figures: links.query(C::PATH, query.query.canonical_pairs()),
    }
}

fn csv_file<C: Collection>(query: &TotalsQuery<C>, bytes: Vec<u8>) -> Response {
    let name = format!("{}-totals-{}.csv", C::NAME, query.dataset.release.version);
    file(bytes, Format::Csv.content_type(), &name)
}

/// The rule of the totals
///
/// What overlaps, what is preferred and why, what is never added, and what adds up: the definition that the
/// code follows, as Markdown.
#[utoipa::path(
    get,
    path = "/methods/totals",
    operation_id = "explain_totals",
    tag = "totals",
    responses(
        (status = 200, description = "The rule.", content_type = "text/markdown", body = String),
    )
)]
pub(crate) async fn method(
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    params.finish(METHOD)?;
    // The definition stands above the code that follows it; published from there, the two cannot part.
    let source = include_str!("../../sums/mod.rs");
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let media_type = HeaderValue::from_static("text/markdown; charset=utf-8");
    Ok(conditional_bytes(&conditions, media_type, lines.join("\n") + "\n"))
}
