//! What the OpenAPI document says of charts: the parameters of the question that each pictures, and how it is drawn.

use axum::routing::{MethodRouter, get};
use serde_json::{Value as Json, json};
use utoipa::Path;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::any_collection::AnyCollection;
use super::operation::{Operation, headers, undescribed};
use super::parameters::{describe, of_counting, query};
use crate::charts::Theme;
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::handlers::charts::list::ListChart;
use crate::http::handlers::{charts, coverage, timeline};
use crate::http::request::chart_list::{chart_path, is_of_chart};
use crate::http::request::chart_params::{CHART_MEDIA, LONGEST_TITLE, WIDTHS};
use crate::http::request::totals_query::{Summed, totals_chart_path};
use crate::model::Vocabulary;
use crate::words::Language;

/// What every chart says of itself.
const WAY: &str = "An SVG that may stand alone in an article: title, key, source line, release and address are drawn in, and \
                   `<title>` and `<desc>` say in words what is shown. The axis begins at zero; bounds are drawn; a year \
                   without a figure is hatched, and a zero only where a source states it.";

/// The chart of one collection's list, where its records are figures.
pub(super) fn list<C: Stored>(described: Option<&AnyCollection<'_>>) -> OpenApiRouter<App> {
    let Some(kind) = ListChart::of::<C>() else { return OpenApiRouter::new() };
    let route = get(charts::list::chart::<C>);
    OpenApiRouter::new().routes(described_list(C::PATH, kind, described, route))
}

fn described_list(
    list: &str,
    kind: ListChart,
    described: Option<&AnyCollection<'_>>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let path = chart_path(list);
    let Some(collection) = described else { return undescribed(&path, route) };
    let about = match kind {
        ListChart::Dots => {
            "Up to 200 figures as dots with their bounds, one row a figure. Nothing is added, so that figures which \
             overlap are seen beside each other."
        }
        ListChart::Series => {
            "One partner or a few over the years, a panel for each number and stage. A curve breaks where the way of \
             counting changes."
        }
    };
    let operation = Operation {
        id: format!("chart_{}", collection.in_ids()),
        tag: collection.table.name(),
        summary: format!("Draw {}", collection.in_words()),
        description: format!("The same question as `{list}`. {about} {WAY}"),
        parameters: of_chart_list(collection).into_iter().chain(of_drawing()).collect(),
        success: success(),
    };
    operation.route(&path, Vec::new(), route)
}

/// The chart of the totals of one collection; `parameters` are those of the sums.
pub(super) fn totals<C: Summed>(parameters: Option<Vec<Json>>) -> UtoipaMethodRouter<App> {
    let (path, route) = (totals_chart_path::<C>(), get(charts::totals::chart::<C>));
    let Some(parameters) = parameters else { return undescribed(&path, route) };
    let by_year = if C::GROUP_BY.contains(&"fiscal_year") {
        "Grouped by fiscal year: bars by year, and a bracket under its years for a sum of several, which has no height. "
    } else {
        ""
    };
    let operation = Operation {
        id: format!("chart_{}_totals", C::NAME.replace('-', "_")),
        tag: "totals",
        summary: format!("Draw the sums of {}", C::NAME.replace('-', " ")),
        description: format!(
            "The same question as `{}/totals`. {by_year}Grouped by anything else: bars, the longest first, thirty at most, and the rest \
             named. {WAY}",
            C::PATH
        ),
        parameters: parameters.into_iter().chain(of_drawing()).collect(),
        success: success(),
    };
    operation.route(&path, Vec::new(), route)
}

/// The charts across collections.
pub(crate) fn views(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    let of_timeline = (
        charts::timeline::PATH,
        "chart_timeline",
        "Draw every dated thing",
        "A row for each of up to 80 entries of the page: a point for a day, a bar for a span, an arrow where no end is stated.",
    );
    let of_coverage = (
        charts::coverage::PATH,
        "chart_coverage",
        "Draw how deep the data is",
        "Of one partner a row a program, of several a row a partner; a cell for each fiscal year: figures, only proposals, a \
         stated zero, only inside a sum of several years, or nothing found.",
    );
    let described = |(path, id, summary, about): (&str, &str, &str, &str), parameters, route| {
        if sample.is_none() {
            return undescribed(path, route);
        }
        let page = path.trim_end_matches(".svg");
        let operation = Operation {
            id: id.to_owned(),
            tag: "across",
            summary: summary.to_owned(),
            description: format!("The same question as `{page}`. {about} {WAY}"),
            parameters,
            success: success(),
        };
        operation.route(path, Vec::new(), route)
    };
    let of_view = |operation: utoipa::openapi::path::Operation| -> Vec<Json> {
        let parameters = serde_json::to_value(operation.parameters).unwrap_or_default();
        let own = parameters.as_array().cloned().unwrap_or_default().into_iter();
        own.filter(|one| one["name"] != "format").chain(of_drawing()).collect()
    };
    OpenApiRouter::new()
        .routes(described(
            of_timeline,
            of_view(timeline::__path_timeline::operation()),
            get(charts::timeline::chart),
        ))
        .routes(described(
            of_coverage,
            of_view(coverage::__path_coverage::operation()),
            get(charts::coverage::chart),
        ))
}

/// The parameters of the chart of a list.
fn of_chart_list(collection: &AnyCollection<'_>) -> Vec<Json> {
    let parameters = collection.table.parameters().iter();
    let own = parameters.filter(|parameter| is_of_chart(parameter.role));
    let own = own.map(|parameter| describe(parameter, collection));
    own.chain(of_counting(collection.table)).collect()
}

fn success() -> Json {
    let mut success = json!({
        "description": "The chart. Where nothing answers the question, it says so.",
        "headers": headers(&["ETag", "Cache-Control", "Link", "X-Request-Id"]),
        "content": {},
    });
    success["content"][CHART_MEDIA] = json!({"schema": {"type": "string"}});
    success
}

/// How a chart is drawn.
fn of_drawing() -> Vec<Json> {
    let (least, most, usual) = WIDTHS;
    vec![
        query(
            "width",
            "How wide the chart is, in pixels. Its height follows.",
            &json!({"type": "integer", "minimum": least, "maximum": most, "default": usual}),
            &json!(usual),
        ),
        query(
            "theme",
            "On which ground: `light`, `dark`, or `auto`, as the reader's system prefers. Inside an `<img>` that is the system's choice, not the page's.",
            &json!({"type": "string", "enum": Theme::WORDS, "default": "auto"}),
            &json!("light"),
        ),
        query(
            "lang",
            "The language of the chart.",
            &json!({"type": "string", "enum": Language::WORDS, "default": "en"}),
            &json!("es"),
        ),
        query(
            "title",
            "A title to be drawn instead of the one that is made from the question, which stays in `<title>`.",
            &json!({"type": "string", "minLength": 1, "maxLength": LONGEST_TITLE, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]+$"}),
            &json!("Military aid by year"),
        ),
    ]
}
