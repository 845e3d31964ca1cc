//! The HTTP layer: from requests to questions, and from answers to responses.
//!
//! Owns routes, extractors, problems, caching, negotiation and the OpenAPI document. Decides nothing about
//! the domain; names a collection only here, in the router.

mod across;
mod answer;
mod app;
mod aside;
mod asked;
mod asked_totals;
mod caching;
mod collection;
mod coverage;
mod describe;
mod describe_parameter;
mod describe_totals;
mod downloads;
mod examples;
mod export;
mod front;
mod given;
mod health;
mod index;
mod layers;
mod limits;
mod link_header;
mod links;
mod metrics;
mod negotiate;
mod observed;
mod openapi;
mod partner;
mod problem;
mod problem_types;
mod release;
mod reload_state;
mod response_cache;
mod search;
mod timeline;
mod totals;

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use app::App;
pub use downloads::files as package_files;
pub use layers::Service;
pub use limits::Limits;
pub use links::Links;
pub use metrics::metrics_router;
pub use openapi::Document;
pub use problem::{Problem, ProblemBody};
pub use reload_state::ReloadOutcome;

use crate::collections::{
    Agreement, ArmsSale, AssistanceFunding, AssistanceProgram, Conflict, Cooperation, Deployment,
    Membership, Milestone, Mission, Source,
};
use crate::dataset::Dataset;
use crate::query::nearest;

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
struct Base;

/// Every route, once, whether it is served or described. With a sample each says of itself what the OpenAPI
/// document needs, examples included; without one it says its path alone, which takes a moment instead of many.
///
/// This is the table of contents of the service.
///
/// Metrics that are served `apart`, on a listener of their own, are no route of this one.
fn routes(sample: Option<&Arc<Dataset>>, apart: bool) -> OpenApiRouter<App> {
    let data = sample.map(AsRef::as_ref);
    let routes = OpenApiRouter::with_openapi(Base::openapi())
        .routes(routes!(index::index))
        .merge(partner::routes(data))
        .merge(collection::routes::<AssistanceProgram>(data))
        .merge(collection::routes::<AssistanceFunding>(data))
        .merge(collection::routes::<ArmsSale>(data))
        .merge(collection::routes::<Deployment>(data))
        .merge(collection::routes::<Mission>(data))
        .merge(collection::routes::<Agreement>(data))
        .merge(collection::routes::<Membership>(data))
        .merge(collection::routes::<Cooperation>(data))
        .merge(collection::routes::<Milestone>(data))
        .merge(collection::routes::<Conflict>(data))
        .merge(collection::routes::<Source>(data))
        .merge(describe_totals::routes::<AssistanceFunding>(sample))
        .merge(describe_totals::routes::<ArmsSale>(sample))
        .merge(describe_totals::routes::<Deployment>(sample))
        .routes(routes!(totals::method))
        .routes(routes!(coverage::coverage))
        .routes(routes!(timeline::timeline))
        .routes(routes!(search::search))
        .routes(routes!(release::dataset))
        .routes(routes!(downloads::descriptor))
        .routes(routes!(downloads::archive))
        .routes(routes!(problem_types::explain))
        .routes(routes!(health::live))
        .routes(routes!(health::ready));
    if apart { routes } else { routes.routes(routes!(metrics::metrics)) }
}

/// The service: every route behind its layers.
pub fn router(app: &App) -> Service {
    let apart = app.telemetry().metrics_are_apart();
    let (router, known) = routes(None, apart).split_for_parts();
    let known: Arc<[String]> =
        known.paths.paths.into_keys().filter(|path| !path.contains('{')).collect();
    // The document and the page that shows it describe themselves.
    let served = router
        .route("/openapi.json", get(openapi::as_json))
        .route("/openapi.yaml", get(openapi::as_yaml))
        .route("/docs", get(openapi::docs))
        .route("/docs/", get(openapi::docs_file))
        .route("/docs/{*file}", get(openapi::docs_file))
        .fallback(async move |request: Request| no_such_route(&request, &known))
        .method_not_allowed_fallback(method_not_allowed);
    layers::around(served, app)
}

/// The OpenAPI document as it is checked in: of a service without a public base.
pub fn document(sample: Dataset) -> Document {
    describe(&Links::default(), &Arc::new(sample), false)
}

/// The OpenAPI document of a service, with examples from a sample of data.
fn describe(links: &Links, sample: &Arc<Dataset>, apart: bool) -> Document {
    Document::finish(routes(Some(sample), apart).into_openapi(), links, sample)
}

/// `known` are the paths that are served, but for those with a variable part.
fn no_such_route(request: &Request, known: &[String]) -> Problem {
    let path: String = request.uri().path().chars().take(200).collect();
    let near = nearest(&path, known.iter().map(String::as_str)).map(str::to_owned);
    Problem::NoSuchRoute { path, near }
}

async fn method_not_allowed(method: Method) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    Problem::MethodNotAllowed { method: method.to_string() }.into_response()
}
