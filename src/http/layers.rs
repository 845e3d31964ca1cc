//! What every request passes: in one file, so that the order can be read.
//!
//! From the outside in: request id, log, metrics and span, route told, problems told, CORS, safe headers, panics caught, time limit,
//! compression, length of the address, router.

use std::any::Any;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Version};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::cors::{Any as Anyone, CorsLayer};

use super::app::App;
use super::observed::{Observe, REQUEST_ID, RequestId, TellRoute};
use super::problem::{Problem, Untold, tell};

/// The longest address that is read, in bytes; what browsers and gateways agree on.
const LONGEST_URI: usize = 8192;
/// The smallest answer that is worth compressing, in bytes: below it one packet holds it anyway.
const SMALLEST_COMPRESSED: u64 = 1024;

const ALLOWED: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// What a page may load: only what the service itself serves. The documentation page styles itself inline.
const HTML_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
const DATA_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Puts the layers around the routes.
pub(super) fn around(router: axum::Router<App>, app: &App, patience: Duration) -> axum::Router {
    router
        .layer(from_fn(short_enough))
        .layer(
            CompressionLayer::new()
                .compress_when(SizeAbove::new(SMALLEST_COMPRESSED).and(is_compressible)),
        )
        .layer(from_fn(move |request, next| in_time(request, next, patience)))
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn(safe))
        .layer(cors())
        .layer(from_fn_with_state(app.clone(), told))
        .layer(TellRoute)
        .layer(Observe(app.telemetry().clone()))
        .with_state(app.clone())
}

async fn short_enough(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > LONGEST_URI {
        return Problem::UriTooLong { limit: LONGEST_URI }.into_response();
    }
    next.run(request).await
}

/// Text compresses; workbooks, Parquet files and archives are compressed already.
fn is_compressible(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    media.is_some_and(|media| {
        ["text/", "image/svg"].iter().any(|start| media.starts_with(start))
            || ["json", "yaml", "javascript"].iter().any(|word| media.contains(word))
    })
}

async fn in_time(request: Request, next: Next, patience: Duration) -> Response {
    tokio::time::timeout(patience, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::TimedOut.into_response())
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn caught(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = words.unwrap_or("without words"), "a handler panicked");
    Problem::Internal.into_response()
}

/// Headers that keep browsers from guessing, and pages from loading what is not ours.
async fn safe(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let html = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|media| media.as_bytes().starts_with(b"text/html"));
    headers.insert(header::CONTENT_SECURITY_POLICY, if html { HTML_POLICY } else { DATA_POLICY });
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
        header::LAST_MODIFIED,
        header::RETRY_AFTER,
    ];
    CorsLayer::new()
        .allow_origin(Anyone)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers(Anyone)
        .expose_headers(exposed)
        .max_age(Duration::from_hours(24))
        // The answer is the same for every origin.
        .vary([])
}

/// Writes problems out, with the request's id and the public base.
async fn told(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    if let Some(Untold(mut body)) = response.extensions_mut().remove::<Untold>() {
        body.kind = app.links().path(&body.kind);
        body.instance = id.map(|id| id.as_str().to_owned());
        let told = tell(&body);
        // What inner layers added stays: CORS and safe headers are for problems too.
        let (mut parts, body) = told.into_parts();
        for (name, value) in response.headers() {
            if *name != header::CONTENT_LENGTH && !parts.headers.contains_key(name) {
                parts.headers.append(name, value.clone());
            }
        }
        response = Response::from_parts(parts, body);
        if method == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
    }
    if method == Method::OPTIONS {
        response.headers_mut().insert(header::ALLOW, ALLOWED);
    }
    response
}
