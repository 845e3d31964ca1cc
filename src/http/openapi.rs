//! The OpenAPI document, and the pages that show it.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value as Json, json};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

use super::app::App;
use super::caching::{Conditions, Validators};
use super::examples;
use super::links::Links;
use super::problem::Problem;
use super::problem_types::ProblemType;
use crate::dataset::Dataset;
use crate::model::publish;

/// The OpenAPI document as it is served and checked in.
pub struct Document {
    /// As JSON, indented.
    pub json: String,
    /// As YAML.
    pub yaml: String,
}

impl Document {
    /// Finishes what the routes have said of themselves: the parts that all of them share, in our form.
    pub(super) fn finish(openapi: OpenApi, links: &Links, sample: &Dataset) -> Self {
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
        Self { json, yaml }
    }
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
    let elsewhere = [ProblemType::NoSuchRoute, ProblemType::MethodNotAllowed];
    let here = ProblemType::ALL.into_iter().filter(|kind| !elsewhere.contains(kind));
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

/// `/openapi.json`
pub(super) async fn as_json(
    State(app): State<App>,
    conditions: Conditions,
) -> Result<Response, Problem> {
    Ok(constant(&app.document().await?.json, "application/json", &conditions))
}

/// `/openapi.yaml`
pub(super) async fn as_yaml(
    State(app): State<App>,
    conditions: Conditions,
) -> Result<Response, Problem> {
    Ok(constant(&app.document().await?.yaml, "application/yaml", &conditions))
}

fn constant(text: &str, media: &'static str, conditions: &Conditions) -> Response {
    let validators = Validators::of_bytes(text.as_bytes());
    validators.unchanged(conditions).unwrap_or_else(|| {
        let media = HeaderValue::from_static(media);
        validators.stamp(([(header::CONTENT_TYPE, media)], text.to_owned()).into_response())
    })
}

/// `/docs`: sends on to the folder, below which the page finds its files.
pub(super) async fn docs(State(app): State<App>) -> Response {
    let target = HeaderValue::from_str(&app.links().path("/docs/"));
    let location = target.unwrap_or(HeaderValue::from_static("/docs/"));
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response()
}

/// `/docs/`: the document as an interactive page, from the binary itself.
pub(super) async fn docs_file(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let file = file.map(|Path(file)| file).unwrap_or_default();
    let document = app.links().path("/openapi.json");
    let config = Arc::new(Config::from(document).try_it_out_enabled(true));
    match utoipa_swagger_ui::serve(&file, config) {
        Ok(Some(found)) => {
            let validators = Validators::of_bytes(&found.bytes);
            let media =
                HeaderValue::from_str(&found.content_type).map_err(|_| Problem::Internal)?;
            Ok(validators.unchanged(&conditions).unwrap_or_else(|| {
                validators.stamp(([(header::CONTENT_TYPE, media)], found.bytes).into_response())
            }))
        }
        Ok(None) => Err(Problem::NoSuchRoute { path: format!("/docs/{file}"), near: None }),
        Err(_) => Err(Problem::Internal),
    }
}
