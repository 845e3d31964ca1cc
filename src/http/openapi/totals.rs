//! What the OpenAPI document says of the totals: the list's own filters, and the rule's switches.

use std::sync::Arc;

use axum::routing::{MethodRouter, get};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::any_collection::AnyCollection;
use super::charts;
use super::operation::{Operation, headers, reference, undescribed};
use super::parameters::{of_filters, prefer, program_within, query};
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::handlers::totals;
use crate::http::request::negotiate::Accept;
use crate::http::request::params::QueryParams;
use crate::http::request::totals_query::{Summed, TotalsQuery};
use crate::model::Vocabulary;
use crate::render::{CitationFormat, TotalsRows};
use crate::sums::Spread;

/// The route of the totals of one collection.
pub(crate) fn routes<C: Summed>(sample: Option<&Arc<Dataset>>) -> OpenApiRouter<App> {
    let described = sample.map(|sample| DescribedSums {
        collection: AnyCollection::of::<C>(sample),
        what: C::WHAT,
        group_by: C::GROUP_BY,
        has_programs: C::HAS_PROGRAMS,
        spreads: C::SPREADS,
        answer: C::Answer::name().into_owned(),
        schemas: schemas::<C::Answer>(),
        example: example::<C>(sample),
        csl_example: csl_example::<C>(sample),
    });
    let of_sums = described.as_ref().map(DescribedSums::parameters);
    OpenApiRouter::new()
        .routes(self::described(C::PATH, described, get(totals::totals::<C>)))
        .routes(charts::totals::<C>(of_sums))
}

/// What the document says of sums.
struct DescribedSums<'d> {
    collection: AnyCollection<'d>,
    what: &'static str,
    group_by: &'static [&'static str],
    has_programs: bool,
    spreads: bool,
    /// What the schema of the answer is called.
    answer: String,
    schemas: Vec<(String, RefOr<Schema>)>,
    example: Json,
    csl_example: Json,
}

fn schemas<A: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(A::name().into_owned(), A::schema())];
    A::schemas(&mut schemas);
    schemas
}

fn described(
    list: &str,
    described: Option<DescribedSums<'_>>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let path = format!("{list}/totals");
    let Some(sums) = described else { return undescribed(&path, route) };
    let mut parameters = sums.parameters();
    parameters.extend(formats());
    let operation = Operation {
        id: format!("get_{}_totals", sums.collection.in_ids()),
        tag: "totals",
        summary: format!("Add up {}", sums.collection.in_words()),
        description: format!(
            "{} The same filters as the list. Each group names the figures that it includes and those that it leaves out, \
             with the reason and the figures that they overlap. The rule is explained at `{}`.",
            sums.what,
            totals::METHOD
        ),
        parameters,
        success: json!({
            "description": "The sums.",
            "headers": headers(&["ETag", "Link", "X-Request-Id"]),
            "content": {
                "application/json": {
                    "schema": reference(&sums.answer),
                    "example": sums.example,
                },
                "text/csv": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
                "application/x-bibtex": {"schema": {"type": "string"}},
                "application/x-research-info-systems": {"schema": {"type": "string"}},
                "application/vnd.citationstyles.csl+json": {
                    "schema": {"type": "array", "items": {"type": "object"}},
                    "example": sums.csl_example,
                },
            },
        }),
    };
    operation.route(&path, sums.schemas, route)
}

fn example<C: Summed>(sample: &Arc<Dataset>) -> Json {
    let query = sample_query::<C>(sample);
    query.map_or(Json::Null, |query| json!(C::answer(&query, C::add(&query), &Links::default())))
}

fn csl_example<C: Summed>(sample: &Arc<Dataset>) -> Json {
    let cited =
        sample_query::<C>(sample).map(|query| totals::csl_example(&query)).unwrap_or_default();
    serde_json::from_str(&cited).unwrap_or_default()
}

/// What the examples ask.
fn sample_query<C: Summed>(sample: &Arc<Dataset>) -> Option<TotalsQuery<C>> {
    let params = QueryParams::new(Some(C::EXAMPLE), Accept::default());
    TotalsQuery::<C>::parse(Arc::clone(sample), params).ok()
}

impl DescribedSums<'_> {
    /// The list's own filters, and the rule's switches.
    fn parameters(&self) -> Vec<Json> {
        let mut parameters = of_filters(&self.collection);
        if self.has_programs {
            parameters.push(program_within());
        }
        parameters.extend([
        query(
            "group_by",
            "What the figures are grouped by, one or several. Left out, only `total` is answered; arms sales are grouped by channel and measure always. Each partner and program that is named has its group, with the reason where it has no amount.",
            &json!({"type": "array", "items": {"type": "string", "enum": self.group_by}}),
            &json!([self.group_by.first()]),
        ),
        prefer(),
    ]);
        if self.spreads {
            parameters.push(query(
            "spread",
            "Whether a figure of several years is divided over them: `none`, it stands under its period; `even`, what is left of it after the years that have figures of their own is divided evenly over the others, as an estimate that no source gives and that is marked as one.",
            &json!({"type": "string", "enum": Spread::WORDS, "default": "none"}),
            &json!("even"),
        ));
        }
        parameters
    }
}

/// The forms that sums are answered in.
fn formats() -> Vec<Json> {
    let citations = CitationFormat::WORDS.iter().copied();
    let formats: Vec<&str> = ["json", "csv"].into_iter().chain(citations).collect();
    let format = query(
        "format",
        "`json`; `csv`: a table, as `rows` says; or a citation of the sum, pinned to this release: `csl`, `bibtex` and `ris` for reference managers, `apa`, `chicago` and `mediawiki` as a line of text.",
        &json!({"type": "string", "enum": formats, "default": "json"}),
        &json!("json"),
    );
    let rows = query(
        "rows",
        "With `format=csv`: `groups`, one row a group, with `adds_usd`, which makes the total, and no row for the total; `figures`, one row a figure, with its group, whether it is counted and why not, and its source, so that anyone can add it up again.",
        &json!({"type": "string", "enum": TotalsRows::WORDS, "default": "groups"}),
        &json!("groups"),
    );
    vec![format, rows]
}
