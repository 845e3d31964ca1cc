//! The OpenAPI document: what the routes say of themselves, finished in one form.

pub(super) mod collection;
mod examples;
mod parameters;
pub(super) mod partner;
pub(super) mod totals;

use serde_json::{Map, Value as Json, json};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Described;

use super::app::links::Links;
use super::handlers::openapi::Document;
use super::response::problem::ProblemBody;
use super::response::problem_kind::ProblemKind;
use crate::dataset::Dataset;
use crate::model::publish;

/// The parts of the document that belong to no route.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "partnership-api",
        description = "Open data on security partnerships between the United States and other countries: assistance programs and their funding, arms sales, deployments, agreements, memberships, and the points on which sources disagree. Every figure keeps its qualifier, rounding, period, stage, source and the section it stands in; nothing is split, padded or summed that the sources do not.\n\nErrors are problem details (RFC 9457) that name each parameter at fault. Within v1, keys and parameters are added, never renamed, retyped or removed; record ids are permanent.",
        license(name = "MIT OR Apache-2.0 (code), CC0-1.0 (data)", identifier = "MIT OR Apache-2.0"),
    ),
    tags(
        (name = "partners", description = "The partner countries, with the standings that they hold."),
        (name = "assistance-programs", description = "Accounts, authorities and sales channels of assistance, and published totals over several."),
        (name = "assistance-funding", description = "Published figures of assistance, one record a figure."),
        (name = "arms-sales", description = "Published figures, notifications and announcements of sales and transfers."),
        (name = "deployments", description = "Personnel and ships in missions abroad."),
        (name = "missions", description = "The missions that deployments belong to."),
        (name = "agreements", description = "Treaties, agreements, arrangements, designations and programmes."),
        (name = "memberships", description = "Ties of partners to organizations, treaties and programmes."),
        (name = "cooperation", description = "What partners do together with the United States or a third party."),
        (name = "milestones", description = "Dated events that no other collection holds."),
        (name = "conflicts", description = "Where sources disagree, and how that was weighed."),
        (name = "sources", description = "The documents that figures were read in."),
        (name = "totals", description = "Sums that count no dollar and no person twice."),
        (name = "across", description = "Views across all collections."),
        (name = "downloads", description = "The whole dataset."),
        (name = "service", description = "The service itself: index, release, health, explanations of problems."),
    ),
    components(schemas(ProblemBody))
)]
pub(super) struct Base;

/// Finishes what the routes have said of themselves: the parts that all of them share, in our form.
pub(super) fn finish(openapi: Described, links: &Links, sample: &Dataset) -> Document {
    let mut document = serde_json::to_value(openapi).unwrap_or_default();
    let server = if links.base().is_empty() { "/" } else { links.base() };
    document["servers"] = json!([{"url": server, "description": "This service."}]);
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.values_mut().for_each(publish);
        schemas.values_mut().for_each(open_sparse);
    }
    let operations = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in operations.filter_map(|path| path.get_mut("get")) {
        complete(&mut operation["responses"]);
    }
    document["components"]["responses"] = responses(links);
    document["components"]["headers"] = headers();
    examples::put(&mut document, sample);
    let json = serde_json::to_string_pretty(&document).unwrap_or_default() + "\n";
    let yaml = serde_norway::to_string(&document).unwrap_or_default();
    Document { json, yaml }
}

/// A record of which a reader asked for some keys requires none.
fn open_sparse(schema: &mut Json) {
    if let Some(object) = schema.as_object_mut()
        && object.remove("x-sparse").is_some()
    {
        object.remove("required");
    }
}

/// What can happen to any request, whatever it asks.
fn complete(responses: &mut Json) {
    for (status, name) in [("414", "UriTooLong"), ("500", "Internal"), ("503", "Unavailable")] {
        if responses.get(status).is_none() {
            responses[status] = json!({"$ref": format!("#/components/responses/{name}")});
        }
    }
}

fn responses(links: &Links) -> Json {
    // No documented operation can meet these two: they are of other paths and methods.
    let elsewhere = [ProblemKind::NoSuchRoute, ProblemKind::MethodNotAllowed];
    let here = ProblemKind::ALL.into_iter().filter(|kind| !elsewhere.contains(kind));
    let problems = here.map(|kind| {
        let explanation = kind.explanation(links.path(&kind.path()));
        let name: String = kind.name().split('-').map(capitalized).collect();
        let response = json!({
            "description": format!("{}. {}", explanation.title, explanation.meaning),
            "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemBody"}}},
        });
        (name, response)
    });
    let not_modified = json!({
        "description": "The answer has not changed: it is the one that `If-None-Match` names.",
        "headers": {
            "ETag": {"$ref": "#/components/headers/ETag"},
            "Cache-Control": {"$ref": "#/components/headers/Cache-Control"},
        },
    });
    let mut all: Map<String, Json> = problems.collect();
    all.insert("NotModified".to_owned(), not_modified);
    Json::Object(all)
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn headers() -> Json {
    let header = |about: &str, example: &str| json!({"description": about, "schema": {"type": "string"}, "example": example});
    json!({
        "ETag": header("The weak validator of the answer: release, build, question and format.", "W/\"9e991af7eef489d0-1f2e3d4c5b6a7988\""),
        "Last-Modified": header("The day on which the data was released.", "Mon, 23 Nov 2026 00:00:00 GMT"),
        "Cache-Control": header("How long the answer may be kept.", "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400"),
        "Link": header("RFC 8288 links: first, prev, next, last, alternate formats, describedby, license.", "</openapi.json>; rel=\"describedby\""),
        "X-Request-Id": header("The id of the request: the client's own if it was well formed, else a new one.", "0192f0c1-7f4e-7cc3-98c4-dc0c0c07398f"),
    })
}
