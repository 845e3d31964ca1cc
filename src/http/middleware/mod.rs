//! The middleware stack, in one file, so that its order can be read.
//!
//! From the outside in: request id, log, metrics and span (`observe.rs`), base path and response cache (`cache.rs`),
//! route template, problems, CORS, security headers, panics, load shedding, timeout, compression, limits of the
//! address, router.

pub(crate) mod cache;
mod compression;
pub(crate) mod observe;
mod problems;
pub(crate) mod unread;

use std::any::Any;
use std::time::Duration;

use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::Layer;
use tower::util::MapResponseLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any as AnyOrigin, CorsLayer};

use crate::http::app::App;
use crate::http::response::page::PAGE_POLICY;
use crate::http::response::panic::{HandlerPanic, note_locations};
use crate::http::response::problem::Problem;
use crate::query::BadParameter;
use cache::{Buffered, CacheService};
use compression::{compression, keep_own_status, restore_own_status};
use observe::{Observe, ObserveService, REQUEST_ID, RecordRoute};
use problems::render_problems;

/// As [`PAGE_POLICY`], for the documentation page, which styles itself inline.
const DOCS_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
const DATA_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// A chart carries its own style, runs nothing and loads nothing, and may stand in any page.
const CHART_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors *",
);

/// The whole service: what is called for each request. Cheap to clone.
pub type Service = ObserveService<CacheService>;

/// Puts the middleware around the routes.
pub(crate) fn stack(router: axum::Router<App>, app: &App) -> Service {
    note_locations();
    let layered = router
        .layer(from_fn_with_state(app.clone(), uri_limits))
        .layer(MapResponseLayer::new(keep_own_status))
        .layer(compression())
        .layer(MapResponseLayer::new(restore_own_status))
        .layer(from_fn_with_state(app.clone(), timeout))
        .layer(from_fn_with_state(app.clone(), load_shed))
        .layer(CatchPanicLayer::custom(panic_response))
        .layer(from_fn(security_headers))
        .layer(cors())
        .layer(from_fn_with_state(app.clone(), render_problems))
        .layer(RecordRoute)
        .with_state(app.clone());
    Observe(app.telemetry().clone()).layer(CacheService::new(app.clone(), layered))
}

/// Refuses addresses beyond the limits, and marks responses that are whole in memory.
async fn uri_limits(State(app): State<App>, request: Request, next: Next) -> Response {
    let limits = app.limits();
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > limits.uri_bytes {
        return Problem::UriTooLong { limit: limits.uri_bytes }.into_response();
    }
    let query = request.uri().query().unwrap_or_default();
    let parameters = query.split('&').filter(|part| !part.is_empty()).count();
    if parameters > limits.parameters {
        let detail = format!("expected at most {} parameters", limits.parameters);
        let bad = BadParameter::malformed("?", &parameters.to_string(), detail);
        return Problem::bad_parameter(bad).into_response();
    }
    let mut response = next.run(request).await;
    if let Some(bytes) = response.body().size_hint().exact() {
        response.extensions_mut().insert(Buffered { bytes });
    }
    response
}

/// Paths that are answered however busy the service is: monitoring asks for them.
const NEVER_SHED: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// Works on a limited number of requests at a time and refuses the rest at once, so that those in work are
/// answered in time.
async fn load_shed(State(app): State<App>, request: Request, next: Next) -> Response {
    if NEVER_SHED.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let Ok(_permit) = app.permits().try_acquire() else { return Problem::Busy.into_response() };
    // A handler runs without a pause: whoever has arrived meanwhile takes a permit, or is refused, first.
    tokio::task::yield_now().await;
    next.run(request).await
}

/// Answers 503 when a handler takes longer than the request timeout.
async fn timeout(State(app): State<App>, request: Request, next: Next) -> Response {
    tokio::time::timeout(app.limits().request_timeout, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::TimedOut.into_response())
}

/// Answers a panic of a handler as an internal problem.
fn panic_response(payload: Box<dyn Any + Send + 'static>) -> Response {
    Problem::internal(HandlerPanic::caught(payload)).into_response()
}

/// Headers that keep browsers from guessing types, and pages from loading what is not ours.
async fn security_headers(request: Request, next: Next) -> Response {
    let is_docs = request.uri().path().starts_with("/docs");
    let mut response = next.run(request).await;
    let status = response.status();
    let headers = response.headers_mut();
    let is = |media: &[u8]| {
        let found = headers.get(header::CONTENT_TYPE);
        found.is_some_and(|found| found.as_bytes().starts_with(media))
    };
    let policy = match (is(b"text/html"), is(b"image/svg+xml")) {
        (true, _) if is_docs => DOCS_POLICY,
        (true, _) => PAGE_POLICY,
        (false, true) => CHART_POLICY,
        (false, false) => DATA_POLICY,
    };
    // A page says its own: one may stand in a page of another.
    let has_its_own = headers.contains_key(header::CONTENT_SECURITY_POLICY);
    if status != StatusCode::NOT_MODIFIED && !has_its_own {
        // The headers of a 304 replace those that a cache has: a page would get the policy of data.
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // Open data is for pages of any origin.
    let resource_policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resource_policy, HeaderValue::from_static("cross-origin"));
    response
}

fn cors() -> CorsLayer {
    let exposed = [
        header::ETAG,
        header::LINK,
        REQUEST_ID,
        header::CONTENT_DISPOSITION,
        header::ACCEPT_RANGES,
        header::CONTENT_RANGE,
        header::RETRY_AFTER,
    ];
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers(AnyOrigin)
        .expose_headers(exposed)
        .max_age(Duration::from_hours(24))
        // The answer is the same for every origin.
        .vary([])
}
