//! Any request to the router: an answer below 500, whose form fits its status.
//!
//! Lines of the input: the address, `Accept`, `If-None-Match`, `Accept-Encoding`, the method.

use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::response::Parts;
use axum::http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use http_body_util::BodyExt;
use partnership_api::dataset::Dataset;
use partnership_api::http::{App, Limits, Links, Service, router};
use serde_json::Value as Json;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// The most bytes that a request may allocate, freed ones too: the measure of work, because it is the same on every
/// machine. A little over what the dearest request takes, which is the archive of the whole dataset.
const MOST_WORK: usize = 32 << 20;

/// The largest body, in bytes. The largest page of a list has a thousand records.
const LARGEST_ANSWER: usize = 4 << 20;

fn service() -> &'static (Runtime, Service) {
    static SERVICE: OnceLock<(Runtime, Service)> = OnceLock::new();
    SERVICE.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime needs nothing that could be missing");
        let app =
            App::new(Dataset::embedded().expect("sound data"), Links::default(), Limits::DEFAULT);
        let router = router(&app);
        // Made once, when first asked for, and by far the largest pieces of work.
        for made_once in
            ["/openapi.json", "/v1/changes?limit=0", "/v1?release=1.0.0", "/v1?release=1.1.0"]
        {
            let request = Request::get(made_once).body(Body::empty()).expect("a request");
            let made = runtime.block_on(router.clone().oneshot(request));
            assert!(made.is_ok_and(|answer| answer.status().is_success()), "no {made_once}");
        }
        (runtime, router)
    })
}

/// The request that the bytes spell; none where HTTP itself has no such request.
fn request(bytes: &[u8]) -> Option<Request<Body>> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let uri = Uri::try_from(lines.next()?).ok()?;
    let mut request = Request::builder().uri(uri);
    for name in [header::ACCEPT, header::IF_NONE_MATCH, header::ACCEPT_ENCODING] {
        let line = lines.next().unwrap_or_default();
        if !line.is_empty() {
            request = request.header(name, HeaderValue::from_bytes(line).ok()?);
        }
    }
    let method = lines.next().filter(|line| !line.is_empty());
    let method = method.map_or(Ok(Method::GET), Method::from_bytes).ok()?;
    request.method(method).body(Body::empty()).ok()
}

/// What the router answers, read to its end.
fn answer(request: Request<Body>) -> (Parts, Bytes) {
    let (runtime, router) = service();
    runtime.block_on(async {
        let answer = router.clone().oneshot(request).await.expect("the router cannot fail");
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("the body ends").to_bytes();
        (parts, body)
    })
}

/// Asks the router, and holds the answer against what every answer promises.
pub(crate) fn check(bytes: &[u8]) {
    let (Some(request), Some(repeated)) = (request(bytes), request(bytes)) else { return };
    let is_get = request.method() == Method::GET;
    let address = request.uri().to_string();
    // The first call makes the service itself, which is no work for the request.
    let _ = service();
    let before = crate::allocated();
    let (parts, body) = answer(request);
    let work = crate::allocated() - before;
    assert!(work <= MOST_WORK, "{address}: {work} bytes were allocated for one answer");
    assert!(body.len() <= LARGEST_ANSWER, "{address}: an answer of {} bytes", body.len());
    let status = parts.status;
    assert!(!status.is_server_error(), "{status}: {}", String::from_utf8_lossy(&body));
    assert!(parts.headers.contains_key("x-request-id"), "an answer without a request id");
    // The second answer may be one that was kept: no reader can tell.
    let (again, same_body) = answer(repeated);
    assert_eq!(again.status, status, "the same question, another status");
    assert_eq!(again.headers.get(header::ETAG), parts.headers.get(header::ETAG), "another tag");
    if !status.is_client_error() {
        assert_eq!(same_body, body, "the same question, another answer");
    }
    if status == StatusCode::NOT_MODIFIED {
        assert!(body.is_empty(), "a 304 has no body");
        return;
    }
    let plain = !parts.headers.contains_key(header::CONTENT_ENCODING);
    let media = parts.headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let media = media.unwrap_or_default();
    if status.is_client_error() {
        // A refused page is a page that says the same.
        let is_page = !address.starts_with("/v1") && media.starts_with(b"text/html");
        assert!(
            is_page || media.starts_with(b"application/problem+json"),
            "{status} is no problem"
        );
    }
    if is_get && plain && media.starts_with(b"application/") && media.ends_with(b"json") {
        let json: Json = serde_json::from_slice(&body).expect("JSON, as its type says");
        if status.is_client_error() {
            assert_eq!(json["status"], status.as_u16(), "a problem that tells another status");
        }
    }
}
