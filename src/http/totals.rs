//! Totals: sums that count no dollar and no person twice. The rule is in `sums`; here it is asked.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Stamp, json};
use super::app::App;
use super::asked_totals::{AskedTotals, Rules};
use super::caching::{Conditions, Validators};
use super::problem::Problem;
use crate::collections::{ArmsSale, AssistanceFunding, Deployment, Source};
use crate::dataset::Dataset;
use crate::model::{Citation, Collection, RecordId, Vocabulary};
use crate::query::Table;
use crate::render::ledger;
use crate::sums::{self, Group, GroupBy, HeadGroup, PeopleBy, PeopleQuestion, Question};

/// Sums of money.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct MoneyTotals {
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
pub(super) struct PeopleTotals {
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
pub(super) struct TotalsMeta {
    /// How many figures the filters found, included or not.
    figures: usize,
    /// What they were grouped by.
    group_by: Vec<String>,
    /// Which of overlapping figures stand: `broad` or `detail`.
    prefer: String,
    /// Whether figures of several years were divided over them: `none` or `even`.
    spread: String,
    /// The release of the data.
    dataset: Stamp,
}

/// Where the rule and the figures of a sum are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct TotalsLinks {
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

/// What assistance may be grouped by.
pub(super) const ASSISTANCE: &[GroupBy] =
    &[GroupBy::Partner, GroupBy::Program, GroupBy::FiscalYear, GroupBy::Stage];
/// What arms sales may be grouped by.
pub(super) const SALES: &[GroupBy] =
    &[GroupBy::Partner, GroupBy::Channel, GroupBy::Measure, GroupBy::FiscalYear];

/// The path of the page that explains the rule.
pub(super) const METHOD: &str = "/methods/totals";

/// `GET /v1/assistance-funding/totals`
pub(super) async fn assistance(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let rules = Rules { group_by: words(ASSISTANCE), spreads: true };
    let asked = AskedTotals::<AssistanceFunding>::parse(&app, &uri, &headers, &rules)?;
    money(&app, &asked, &conditions, |dataset, rows| dataset.assistance_figures(rows))
}

/// `GET /v1/arms-sales/totals`
pub(super) async fn arms_sales(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let rules = Rules { group_by: words(SALES), spreads: true };
    let asked = AskedTotals::<ArmsSale>::parse(&app, &uri, &headers, &rules)?;
    money(&app, &asked, &conditions, |dataset, rows| dataset.sale_figures(rows))
}

/// `GET /v1/deployments/totals`
pub(super) async fn deployments(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let rules = Rules { group_by: PeopleBy::WORDS.to_vec(), spreads: false };
    let asked = AskedTotals::<Deployment>::parse(&app, &uri, &headers, &rules)?;
    let dataset = Arc::clone(&asked.dataset);
    let validators = Validators::of(&app, &dataset.release, &asked.identity());
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let postings = dataset.postings(asked.rows());
    let question = PeopleQuestion {
        group_by: asked.group_by.iter().filter_map(|word| PeopleBy::from_word(word)).collect(),
        prefer: asked.prefer,
        window: asked.window(),
    };
    let totals = sums::count(&postings, &question);
    if asked.csv {
        let personnel = |id: &RecordId| dataset.deployments.get(id.as_str())?.personnel;
        return Ok(validators.stamp(file(&asked, ledger::people(&totals, personnel))));
    }
    let groups = totals.data.iter().chain(&totals.shared).chain([&totals.total]);
    let included = groups.flat_map(|group| group.included.iter());
    let answer = PeopleTotals {
        sources: cited::<Deployment>(&dataset, included),
        meta: meta(&asked, postings.len()),
        links: links(&app, &asked),
        data: totals.data,
        total: totals.total,
        shared: totals.shared,
    };
    let body = serde_json::to_vec(&answer).map_err(|_| Problem::Internal)?;
    Ok(validators.stamp(json(body)))
}

/// What money is asked by, whatever it was spent on.
fn money<C: Collection>(
    app: &App,
    asked: &AskedTotals<C>,
    conditions: &Conditions,
    figures: impl Fn(&Dataset, Vec<u32>) -> Vec<sums::Figure>,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let dataset = &asked.dataset;
    let validators = Validators::of(app, &dataset.release, &asked.identity());
    if let Some(unchanged) = validators.unchanged(conditions) {
        return Ok(unchanged);
    }
    let figures = figures(dataset, asked.rows());
    let question = Question {
        group_by: asked.group_by.iter().filter_map(|word| GroupBy::from_word(word)).collect(),
        prefer: asked.prefer,
        spread: asked.spread,
        window: asked.window(),
    };
    let totals = sums::add(&figures, &dataset.containment(), &question);
    if asked.csv {
        return Ok(validators.stamp(file(asked, ledger::money(&totals, &figures))));
    }
    let groups = totals.data.iter().chain(&totals.shared).chain([&totals.total]);
    let included = groups.flat_map(|group| group.included.iter());
    let answer = MoneyTotals {
        sources: cited::<C>(dataset, included),
        meta: meta(asked, figures.len()),
        links: links(app, asked),
        data: totals.data,
        total: totals.total,
        shared: totals.shared,
    };
    let body = serde_json::to_vec(&answer).map_err(|_| Problem::Internal)?;
    Ok(validators.stamp(json(body)))
}

fn words(keys: &[GroupBy]) -> Vec<&'static str> {
    keys.iter().map(|key| key.word()).collect()
}

/// The sources that some records cite, once, by id.
fn cited<'r, C: Collection>(
    dataset: &Dataset,
    ids: impl Iterator<Item = &'r RecordId>,
) -> Vec<Source>
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = dataset.as_ref();
    let citations = ids.filter_map(|id| table.get(id.as_str())).flat_map(C::citations);
    let mut sources: Vec<&str> =
        citations.map(|citation: &Citation| citation.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.into_iter().filter_map(|id| dataset.sources.get(id)).cloned().collect()
}

fn meta<C: Collection>(asked: &AskedTotals<C>, figures: usize) -> TotalsMeta {
    TotalsMeta {
        figures,
        group_by: asked.group_by.clone(),
        prefer: asked.prefer.word().to_owned(),
        spread: asked.spread.word().to_owned(),
        dataset: (&asked.dataset.release).into(),
    }
}

fn links<C: Collection>(app: &App, asked: &AskedTotals<C>) -> TotalsLinks {
    let path = format!("{}/totals", C::PATH);
    let own = asked.repeated();
    TotalsLinks {
        this: app.links().query(&path, own.iter().copied()),
        method: app.links().path(METHOD),
        csv: app.links().query(&path, own.iter().copied().chain([("format", "csv")])),
        figures: app.links().query(C::PATH, asked.question.asked()),
    }
}

fn file<C: Collection>(asked: &AskedTotals<C>, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = format!("{}-totals-{}.csv", C::NAME, asked.dataset.release.version);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
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
        (status = 304, description = "The rule is the one that `If-None-Match` names."),
    )
)]
pub(super) async fn method(conditions: Conditions) -> Response {
    // The definition stands above the code that follows it; published from there, the two cannot part.
    let source = include_str!("../sums/mod.rs");
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let text = lines.join("\n") + "\n";
    let validators = Validators::of_bytes(text.as_bytes());
    validators.unchanged(&conditions).unwrap_or_else(|| {
        let media = HeaderValue::from_static("text/markdown; charset=utf-8");
        validators.stamp(([(header::CONTENT_TYPE, media)], text).into_response())
    })
}
