//! The HTTP layer: parses requests into queries, and renders results as responses.
//!
//! Owns routes, extractors, problems, caching, negotiation and the OpenAPI document. Decides nothing about
//! the domain; names a collection only here, in the router.

mod app;
mod handlers;
mod middleware;
mod openapi;
mod request;
mod response;

use std::sync::Arc;

use axum::Extension;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use app::App;
pub use app::limits::Limits;
pub use app::links::Links;
pub use handlers::metrics::metrics_router;
pub use handlers::openapi::Document;
pub use middleware::Service;
pub use middleware::observe::ClientAddress;
pub use middleware::unread::{Unread, UnreadResponder};
pub use response::problem::{Problem, ProblemBody};

pub use crate::telemetry::ReloadOutcome;

use crate::collections::{
    Agreement, ArmsSale, AssistanceFunding, AssistanceProgram, Conflict, Cooperation, Deployment,
    ForeignAssistance, Membership, Milestone, Mission, Source, Training, UsPersonnel,
};
use crate::dataset::Dataset;
use crate::query::nearest;
use handlers::openapi::LazyDocument;
use handlers::{
    codes, coverage, dataset, downloads, front_door, health, index, metrics, pages, problems,
    releases, search, timeline, totals,
};
use openapi::{Base, collection, partner};

/// Every route, once, whether it is served or described. With a sample each says of itself what the OpenAPI
/// document needs, examples included; without one it says its path alone, which takes a moment instead of many.
///
/// This is the table of contents of the service.
///
/// Metrics and health that are served `apart`, on a listener of their own, are no routes of this one.
fn routes(sample: Option<&Arc<Dataset>>, apart: bool) -> OpenApiRouter<App> {
    let data = sample.map(AsRef::as_ref);
    let routes = OpenApiRouter::with_openapi(Base::openapi())
        .routes(routes!(index::index))
        .merge(partner::routes(data))
        .merge(collection::routes::<AssistanceProgram>(data))
        .merge(collection::routes::<AssistanceFunding>(data))
        .merge(collection::routes::<ArmsSale>(data))
        .merge(collection::routes::<Deployment>(data))
        .merge(collection::routes::<ForeignAssistance>(data))
        .merge(collection::routes::<Training>(data))
        .merge(collection::routes::<UsPersonnel>(data))
        .merge(collection::routes::<Mission>(data))
        .merge(collection::routes::<Agreement>(data))
        .merge(collection::routes::<Membership>(data))
        .merge(collection::routes::<Cooperation>(data))
        .merge(collection::routes::<Milestone>(data))
        .merge(collection::routes::<Conflict>(data))
        .merge(collection::routes::<Source>(data))
        .merge(openapi::totals::routes::<AssistanceFunding>(sample))
        .merge(openapi::totals::routes::<ArmsSale>(sample))
        .merge(openapi::totals::routes::<Deployment>(sample))
        .merge(openapi::totals::routes::<Training>(sample))
        .routes(routes!(totals::method))
        .routes(routes!(codes::list))
        .routes(routes!(codes::read))
        .routes(routes!(coverage::coverage))
        .routes(routes!(timeline::timeline))
        .merge(openapi::charts::views(data))
        .routes(routes!(search::search))
        .routes(routes!(dataset::dataset))
        .routes(routes!(downloads::descriptor))
        .routes(routes!(downloads::archive))
        .routes(routes!(releases::releases))
        .routes(routes!(releases::changes::changes))
        .routes(routes!(releases::check::check))
        .routes(routes!(releases::feed::feed))
        .routes(routes!(problems::explain));
    if apart {
        return routes;
    }
    routes
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(metrics::metrics))
}

/// The pages of every collection, in one language.
fn pages_of_collections() -> axum::Router<App> {
    use crate::pages::{partner, record};
    use pages::collection::{routes, routes_with};
    use pages::totals::routes as totals;
    axum::Router::new()
        .merge(routes_with(partner::own))
        .merge(routes_with(record::program::own))
        .merge(routes::<AssistanceFunding>())
        .merge(routes::<ArmsSale>())
        .merge(routes::<Deployment>())
        .merge(routes::<ForeignAssistance>())
        .merge(routes::<Training>())
        .merge(routes::<UsPersonnel>())
        .merge(routes::<Mission>())
        .merge(routes::<Agreement>())
        .merge(routes::<Membership>())
        .merge(routes::<Cooperation>())
        .merge(routes::<Milestone>())
        .merge(routes_with(record::conflict::own))
        .merge(routes_with(record::document::own))
        .merge(totals::<AssistanceFunding>())
        .merge(totals::<ArmsSale>())
        .merge(totals::<Deployment>())
        .merge(totals::<Training>())
}

/// The service: every route behind its middleware.
pub fn router(app: &App) -> Service {
    router_with(app, axum::Router::new())
}

/// As [`router`], with further routes behind the same middleware. The OpenAPI document does not describe them.
pub fn router_with(app: &App, further: axum::Router<App>) -> Service {
    let apart = app.telemetry().metrics_are_apart();
    let (router, known) = routes(None, apart).split_for_parts();
    let known: Arc<[String]> =
        known.paths.paths.into_keys().filter(|path| !path.contains('{')).collect();
    // The document and the page that shows it describe themselves.
    let document = axum::Router::new()
        .route("/openapi.json", get(handlers::openapi::as_json))
        .route("/openapi.yaml", get(handlers::openapi::as_yaml))
        .layer(Extension(lazy_document(app)));
    let served = router
        .merge(document)
        .merge(further)
        .merge(pages::routes(pages_of_collections))
        .route("/v1/", get(front_door::index_without_slash))
        .route("/favicon.ico", get(front_door::favicon))
        .route("/robots.txt", get(front_door::robots))
        .route(front_door::llms::PATH, get(front_door::llms::llms))
        .route(front_door::sitemap::PATH, get(front_door::sitemap::sitemap))
        .route("/.well-known/api-catalog", get(front_door::api_catalog))
        .route("/.well-known/security.txt", get(front_door::security_txt))
        .route("/docs", get(handlers::openapi::docs))
        .route("/docs/", get(handlers::openapi::docs_file))
        .route("/docs/{*file}", get(handlers::openapi::docs_file))
        .fallback(async move |request: Request| no_such_route(&request, &known))
        .method_not_allowed_fallback(method_not_allowed);
    middleware::stack(served, app)
}

/// The document of this service. Its examples come from the embedded data, whatever is served.
fn lazy_document(app: &App) -> LazyDocument {
    let app = app.clone();
    LazyDocument::new(move || {
        let sample = app.current_dataset().or_embedded();
        describe(app.links(), &sample, app.telemetry().metrics_are_apart())
    })
}

/// The OpenAPI document as it is checked in: of a service without a public base.
pub fn document(sample: Dataset) -> Document {
    describe(&Links::default(), &Arc::new(sample), false)
}

/// The OpenAPI document of a service, with examples from a sample of data.
fn describe(links: &Links, sample: &Arc<Dataset>, apart: bool) -> Document {
    openapi::finish(routes(Some(sample), apart).into_openapi(), links, sample)
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
