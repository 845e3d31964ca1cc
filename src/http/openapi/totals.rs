//! What the OpenAPI document says of the totals: the list's own filters, and the rule's switches.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::routing::get;
use serde_json::{Value as Json, json};
use utoipa::openapi::Paths;
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::collection::{component, undescribed};
use super::parameters::{of_filters, query};
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::handlers::totals;
use crate::http::request::totals_query::Summed;
use crate::http::request::totals_query::TotalsQuery;
use crate::model::Vocabulary;
use crate::query::Table;
use crate::sums::{Prefer, Spread};

/// The route of the totals of one collection.
pub(crate) fn routes<C: Summed>(sample: Option<&Arc<Dataset>>) -> OpenApiRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    OpenApiRouter::new().routes(described::<C>(sample, get(totals::totals::<C>)))
}

fn described<C: Summed>(
    sample: Option<&Arc<Dataset>>,
    route: axum::routing::MethodRouter<App>,
) -> UtoipaMethodRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    let path = format!("{}/totals", C::PATH);
    let Some(sample) = sample else { return undescribed(&path, route) };
    let mut parameters = of_filters::<C>(sample);
    parameters.extend(switches(C::GROUP_BY, C::SPREADS));
    let name = C::NAME.replace('-', "_");
    let operation = json!({
        "operationId": format!("get_{name}_totals"),
        "tags": ["totals"],
        "summary": format!("Add up {}", C::NAME.replace('-', " ")),
        "description": format!(
            "{} The same filters as the list. Each group names the figures that it includes and those that it leaves out, \
             with the reason and the figures that they overlap. The rule is explained at `{}`.",
            C::WHAT,
            totals::METHOD
        ),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The sums.",
                "headers": {"ETag": component("headers", "ETag"), "X-Request-Id": component("headers", "X-Request-Id")},
                "content": {
                    "application/json": {
                        "schema": component("schemas", &<C::Answer as ToSchema>::name()),
                        "example": example::<C>(sample),
                    },
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            "304": component("responses", "NotModified"),
            "400": component("responses", "InvalidParameters"),
            "406": component("responses", "NotAcceptable"),
            "414": component("responses", "UriTooLong"),
            "500": component("responses", "Internal"),
            "503": component("responses", "Unavailable"),
        },
    });
    let mut schemas =
        vec![(C::Answer::name().into_owned(), <C::Answer as PartialSchema>::schema())];
    C::Answer::schemas(&mut schemas);
    let mut paths = Paths::new();
    let item = serde_json::from_value(json!({"get": operation}))
        .expect("written a few lines above in the form of the document");
    paths.paths.insert(path, item);
    (schemas, paths, route)
}

fn example<C: Summed>(sample: &Arc<Dataset>) -> Json
where
    Dataset: AsRef<Table<C>>,
{
    let query = TotalsQuery::<C>::parse(sample, Some(C::EXAMPLE), &HeaderMap::new());
    query.map_or(Json::Null, |query| json!(C::answer(&query, &Links::default())))
}

fn switches(group_by: &[&str], spreads: bool) -> Vec<Json> {
    let mut switches = vec![
        query(
            "group_by",
            "What the figures are grouped by, one or several. Left out, only `total` is answered; arms sales are grouped by channel and measure always.",
            &json!({"type": "array", "items": {"type": "string", "enum": group_by}}),
            &json!([group_by.first()]),
        ),
        query(
            "prefer",
            "Which of overlapping figures stand: `broad`, few that cover much; `detail`, many that cover little.",
            &json!({"type": "string", "enum": Prefer::WORDS, "default": "broad"}),
            &json!("detail"),
        ),
    ];
    if spreads {
        switches.push(query(
            "spread",
            "Whether a figure of several years is divided over them: `none`, it stands under its period; `even`, evenly, as an estimate that no source gives and that is marked as one.",
            &json!({"type": "string", "enum": Spread::WORDS, "default": "none"}),
            &json!("even"),
        ));
    }
    switches.push(query(
        "format",
        "`json`, or `csv`: one row a figure, with its group and whether it was included and why, so that anyone can add it up again.",
        &json!({"type": "string", "enum": ["json", "csv"], "default": "json"}),
        &json!("json"),
    ));
    switches
}
