//! What the OpenAPI document says of a partner: as of every record, and its profile.

use axum::routing::get;
use serde_json::{Value as Json, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::collection as describe;
use crate::collections::Partner;
use crate::dataset::{Dataset, Profile};
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::handlers::collection::list;
use crate::http::handlers::partner::{body, read};
use crate::model::Collection;

/// The list of partners, as every collection has one, and a partner with its profile.
pub(crate) fn routes(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(profiled(sample, describe::list::<Partner>(sample, get(list::<Partner>))))
        .routes(profiled(sample, describe::read::<Partner>(sample, get(read))))
}

/// Says of a described route that a partner's answer holds a profile.
fn profiled(
    sample: Option<&Dataset>,
    (mut schemas, mut paths, route): UtoipaMethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    const OURS: &str = "it was made of the same JSON before a key was added";
    let Some(sample) = sample else { return (schemas, paths, route) };
    let answer = format!("{}Answer", Partner::name());
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| *name == answer) {
        let mut described = json!(schema);
        described["description"] =
            json!("One partner with its profile, and the sources that either cites.");
        described["properties"]["sources"]["description"] =
            json!("Every source that the record or its profile cites, once, by id.");
        described["properties"]["profile"] = json!({
            "$ref": format!("#/components/schemas/{}", Profile::name()),
            "description": "What is known of the partner, in summaries that link to the records.",
        });
        let extended: RefOr<Schema> = serde_json::from_value(described).expect(OURS);
        *schema = extended;
    }
    schemas.push((Profile::name().into_owned(), Profile::schema()));
    Profile::schemas(&mut schemas);
    let item = format!("{}/{{id}}", Partner::PATH);
    if let Some(path) = paths.paths.get_mut(&item) {
        let mut described = json!(path);
        described["get"]["summary"] = json!("Get one partner with its profile");
        described["get"]["description"] = json!(
            "One partner by its id, with a profile: what each collection holds of it and for which years, the newest \
             figure of each program and of each channel and measure with where it was published, and its \
             deployments, agreements, memberships and conflicts in short, each with a link. Enough for a page about \
             the country; every source that the answer cites is in `sources`."
        );
        let example = sample.partners.records().iter().find(|partner| {
            let profile = sample.profile(partner, |_, _| String::new());
            !profile.newest_assistance.is_empty() && !profile.newest_arms_sales.is_empty()
        });
        if let Some(partner) = example {
            described["get"]["parameters"][0]["example"] = json!(partner.id);
            let answer: Json =
                serde_json::from_str(&body(sample, &Links::default(), partner)).unwrap_or_default();
            described["get"]["responses"]["200"]["content"]["application/json"]["example"] = answer;
        }
        *path = serde_json::from_value(described).expect(OURS);
    }
    (schemas, paths, route)
}
