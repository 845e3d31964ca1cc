//! What the OpenAPI document says of the totals: the list's own filters, and the rule's switches.

use axum::routing::get;
use serde_json::{Value as Json, json};
use utoipa::ToSchema;
use utoipa::openapi::Paths;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::app::App;
use super::describe::component;
use super::describe_parameter::{of_filters, query};
use super::totals::{self, MoneyTotals, PeopleTotals};
use crate::collections::{ArmsSale, AssistanceFunding, Deployment};
use crate::dataset::Dataset;
use crate::model::{Collection, Vocabulary};
use crate::query::Table;
use crate::sums::{GroupBy, PeopleBy, Prefer, Spread};

/// The routes of the totals.
pub(super) fn routes(sample: &Dataset) -> OpenApiRouter<App> {
    let words = |keys: &[GroupBy]| keys.iter().map(|key| key.word()).collect::<Vec<_>>();
    OpenApiRouter::new()
        .routes(described::<AssistanceFunding, MoneyTotals>(
            sample,
            &words(totals::ASSISTANCE),
            "Adds published figures of assistance without counting a dollar twice.",
            get(totals::assistance),
        ))
        .routes(described::<ArmsSale, MoneyTotals>(
            sample,
            &words(totals::SALES),
            "Adds published figures of arms sales, never across channels or measures: a stock, a flow of licences and a flow of goods make no sum.",
            get(totals::arms_sales),
        ))
        .routes(described::<Deployment, PeopleTotals>(
            sample,
            PeopleBy::WORDS,
            "Counts people without counting anyone twice. Numbers of different dates are never added: the newest in the years asked for is used. People sent to several missions together are counted once, in `shared`.",
            get(totals::deployments),
        ))
}

fn described<C: Collection, Answer: ToSchema>(
    sample: &Dataset,
    group_by: &[&str],
    about: &str,
    route: axum::routing::MethodRouter<App>,
) -> UtoipaMethodRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    let spreads = Answer::name() == MoneyTotals::name();
    let mut parameters = of_filters::<C>(sample);
    parameters.extend(switches(group_by, spreads));
    let name = C::NAME.replace('-', "_");
    let operation = json!({
        "operationId": format!("get_{name}_totals"),
        "tags": ["totals"],
        "summary": format!("Add up {}", C::NAME.replace('-', " ")),
        "description": format!(
            "{about} The same filters as the list. Each group names the figures that it includes and those that it leaves out, \
             with the reason and the figures that they overlap. The rule is explained at `{}`.",
            totals::METHOD
        ),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The sums.",
                "headers": {"ETag": component("headers", "ETag"), "X-Request-Id": component("headers", "X-Request-Id")},
                "content": {
                    "application/json": {"schema": component("schemas", &Answer::name())},
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
    let mut schemas = vec![(Answer::name().into_owned(), Answer::schema())];
    Answer::schemas(&mut schemas);
    let mut paths = Paths::new();
    let item = serde_json::from_value(json!({"get": operation}))
        .expect("written a few lines above in the form of the document");
    paths.paths.insert(format!("{}/totals", C::PATH), item);
    (schemas, paths, route)
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
