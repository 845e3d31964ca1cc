//! The OpenAPI document: what the routes say of themselves, finished in one form.

mod any_collection;
pub(super) mod charts;
pub(super) mod collection;
mod examples;
mod operation;
mod parameters;
pub(super) mod partner;
mod responses;
mod schemas;
pub(super) mod totals;

use serde_json::{Value as Json, json};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Described;

use super::app::links::Links;
use super::handlers::openapi::Document;
use super::response::problem::ProblemBody;
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
        (name = "foreign-assistance", description = "The official yearly series of all foreign assistance, by country."),
        (name = "training", description = "The official yearly series of training, by country and program."),
        (name = "us-personnel", description = "The official yearly series of U.S. personnel, by country."),
        (name = "missions", description = "The missions that deployments belong to."),
        (name = "agreements", description = "Treaties, agreements, arrangements, designations and programs."),
        (name = "memberships", description = "Ties of partners to organizations, treaties and programs."),
        (name = "cooperation", description = "What partners do together with the United States or a third party."),
        (name = "milestones", description = "Dated events that no other collection holds."),
        (name = "conflicts", description = "Where sources disagree, and how that was weighed."),
        (name = "sources", description = "The documents that figures were read in."),
        (name = "totals", description = "Sums that count no dollar and no person twice."),
        (name = "across", description = "Views across all collections."),
        (name = "releases", description = "Every published release, what each changed, and what became of what was cited."),
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
    for (path, item) in document["paths"].as_object_mut().into_iter().flatten() {
        let Some(operation) = item.get_mut("get") else { continue };
        if let Some(release) = parameters::release(path, sample) {
            match operation["parameters"].as_array_mut() {
                Some(parameters) => parameters.push(release),
                None => operation["parameters"] = json!([release]),
            }
        }
        responses::complete(path, operation);
    }
    document["components"]["responses"] = responses::responses(links);
    document["components"]["headers"] = responses::headers();
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
