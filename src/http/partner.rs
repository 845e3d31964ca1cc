//! A partner by its id: the record, and a profile that is enough for a page about the country.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use serde_json::{Value as Json, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::answer::{ItemLinks, ItemMeta, join, json};
use super::app::App;
use super::asked::Plain;
use super::caching::{Conditions, Validators};
use super::collection::{list, related};
use super::describe;
use super::link_header;
use super::links::Links;
use super::problem::Problem;
use crate::collections::Partner;
use crate::dataset::{Dataset, Profile};
use crate::model::Collection;

/// The parts of a partner's answer that come after its data and sources.
#[derive(Serialize)]
struct Tail {
    profile: Profile,
    meta: ItemMeta,
    links: ItemLinks,
}

/// The list of partners, as every collection has one, and a partner with its profile.
pub(super) fn routes(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(profiled(sample, describe::list::<Partner>(sample, get(list::<Partner>))))
        .routes(profiled(sample, describe::read::<Partner>(sample, get(read))))
}

async fn read(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
    plain: Plain,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let dataset = &plain.dataset;
    let id = id.map(|Path(id)| id).unwrap_or_default();
    let Some(partner) = dataset.partners.get(&id) else {
        return Err(Problem::no_such(&dataset.partners, &id));
    };
    let validators = Validators::of(&app, &dataset.release, &format!("{}/{id}", Partner::PATH));
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let mut response = json(body(dataset, app.links(), partner));
    link_header::of_record(&mut response, app.links(), &dataset.release, Partner::NAME);
    Ok(validators.stamp(response))
}

/// The record as it stands in the list, what it and its profile cite, and the profile.
fn body(dataset: &Dataset, links: &Links, partner: &Partner) -> String {
    let profile = dataset.profile(partner, |collection, id| links.record(collection, id));
    let own = partner.citations.iter().map(|citation| citation.source.as_str());
    let cited = own.chain(profile.cited()).collect();
    let sources = dataset.bibliography(&cited);
    let id = partner.id.as_str();
    let links = ItemLinks {
        this: links.record(Partner::NAME, id),
        collection: links.path(Partner::PATH),
        related: related::<Partner>(dataset, links, id),
    };
    let meta = ItemMeta { dataset: (&dataset.release).into() };
    let data = dataset.partners.json_of(id).unwrap_or("null");
    join(data, &sources, &Tail { profile, meta, links })
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
