//! Answers that are kept: sent again as they were made, and never from another release.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use partnership_api::dataset::{Dataset, Package};
use partnership_api::http::{self, App, Limits, Links};
use tower::ServiceExt;

use crate::openapi::{paths, whole};

/// A service in this process, and its parts.
struct Service {
    app: App,
    router: http::Service,
}

/// What was answered, but for what belongs to one request.
#[derive(Debug, PartialEq)]
struct Told {
    status: StatusCode,
    headers: BTreeMap<String, String>,
    body: Bytes,
}

impl Service {
    fn new(limits: Limits) -> Self {
        let dataset = Dataset::embedded().expect("sound data");
        let app = App::new(dataset, Links::default(), limits);
        let router = http::router(&app);
        Self { app, router }
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(header::HeaderName, &str)],
    ) -> Told {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let told = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
            (name.to_string(), value.to_str().expect("text").to_owned())
        };
        let mut headers: BTreeMap<_, _> = parts.headers.iter().map(told).collect();
        headers.remove("x-request-id");
        let body = body.collect().await.expect("a body").to_bytes();
        Told { status: parts.status, headers, body }
    }
}

/// The same package with another version, and so another digest.
fn next_release() -> Dataset {
    let package = Package::embedded();
    let version = format!("\"{}\"", Dataset::embedded().expect("sound data").release.version);
    let files = package.files().map(|(name, bytes)| {
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        let text = if name == "dataset.json" { text.replace(&version, "\"9.9.9\"") } else { text };
        (name.to_owned(), text.into_bytes())
    });
    Dataset::load(&Package::of(files)).expect("sound data")
}

async fn routes() -> Vec<String> {
    let mut routes = paths().await;
    routes.retain(|route| !["/livez", "/readyz", "/metrics"].contains(&route.as_str()));
    for route in &mut routes {
        *route = whole(route);
    }
    routes.extend(
        ["/openapi.json", "/docs/", "/v1/agreements?format=csv", "/v1/agreements?fields=id"]
            .map(str::to_owned),
    );
    routes
}

#[tokio::test]
async fn an_answer_that_is_kept_is_the_answer_that_was_made() {
    let keeping = Service::new(Limits::DEFAULT);
    let making = Service::new(Limits { cache_bytes: 0, ..Limits::DEFAULT });
    for route in routes().await {
        for encoding in ["identity", "gzip", "br", "zstd", "gzip;q=0, br;q=0.5"] {
            let accept = [(header::ACCEPT_ENCODING, encoding)];
            let first = keeping.ask(Method::GET, &route, &accept).await;
            let again = keeping.ask(Method::GET, &route, &accept).await;
            assert_eq!(first.status, StatusCode::OK, "{route}");
            assert_eq!(again, first, "{route} as {encoding}");
            let mut made = making.ask(Method::GET, &route, &accept).await;
            // A body that is kept has a length that is known, compressed too.
            made.headers.remove("content-length");
            let mut kept = Told { headers: again.headers.clone(), ..again };
            kept.headers.remove("content-length");
            assert_eq!(kept, made, "{route} as {encoding}, made without a cache");

            let head = keeping.ask(Method::HEAD, &route, &accept).await;
            assert!(head.body.is_empty(), "{route}");
            assert_eq!(head.headers.get("etag"), first.headers.get("etag"), "{route}");
            assert_eq!(head.headers.get("content-encoding"), first.headers.get("content-encoding"));
        }
    }
}

#[tokio::test]
async fn an_answer_is_found_unchanged_alike_with_and_without_the_cache() {
    let keeping = Service::new(Limits::DEFAULT);
    let making = Service::new(Limits { cache_bytes: 0, ..Limits::DEFAULT });
    for route in routes().await {
        let whole = keeping.ask(Method::GET, &route, &[]).await;
        let tag = whole.headers["etag"].clone();
        for names in [tag.clone(), format!("\"other\", {tag}"), "*".to_owned()] {
            let condition = [(header::IF_NONE_MATCH, names.as_str())];
            let kept = keeping.ask(Method::GET, &route, &condition).await;
            assert_eq!(kept.status, StatusCode::NOT_MODIFIED, "{route} with {names}");
            assert_eq!(kept, making.ask(Method::GET, &route, &condition).await, "{route}");
        }
        let other = [(header::IF_NONE_MATCH, "W/\"other\"")];
        assert_eq!(keeping.ask(Method::GET, &route, &other).await, whole, "{route}");
    }
}

#[tokio::test]
async fn what_was_only_found_unchanged_is_made_when_it_is_wanted_whole() {
    let service = Service::new(Limits::DEFAULT);
    let path = "/v1/agreements?limit=3";
    let any = [(header::IF_NONE_MATCH, "*")];
    for _ in 0..2 {
        let unchanged = service.ask(Method::GET, path, &any).await;
        assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    }
    let whole = service.ask(Method::GET, path, &[]).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert!(whole.body.len() > 1000);
}

#[tokio::test]
async fn an_answer_of_the_last_release_is_never_sent_after_a_reload() {
    let service = Service::new(Limits::DEFAULT);
    let routes = ["/v1/agreements?limit=2", "/v1", "/v1/coverage", "/v1/agreements?format=ndjson"];
    let mut before = Vec::new();
    for route in routes {
        service.ask(Method::GET, route, &[]).await;
        before.push(service.ask(Method::GET, route, &[]).await);
    }
    service.app.serve(next_release());
    for (route, before) in routes.into_iter().zip(before) {
        let tag = before.headers["etag"].as_str();
        for _ in 0..2 {
            let after = service.ask(Method::GET, route, &[(header::IF_NONE_MATCH, tag)]).await;
            assert_eq!(after.status, StatusCode::OK, "{route}");
            assert_ne!(after.headers["etag"], tag, "{route}");
        }
    }
}

#[tokio::test]
async fn beyond_the_limit_in_flight_requests_are_told_to_come_back_but_kept_answers_are_sent() {
    let service = Arc::new(Service::new(Limits { in_flight: 3, ..Limits::DEFAULT }));
    let kept = "/v1/agreements?limit=1";
    assert_eq!(service.ask(Method::GET, kept, &[]).await.status, StatusCode::OK);
    let asked = (0..50).map(|number| {
        let service = Arc::clone(&service);
        async move {
            let distinct = format!("/v1/arms-sales?limit=5&offset={number}");
            let made = service.ask(Method::GET, &distinct, &[]).await;
            let kept = service.ask(Method::GET, kept, &[]).await;
            assert_eq!(kept.status, StatusCode::OK);
            assert_eq!(service.ask(Method::GET, "/livez", &[]).await.status, StatusCode::OK);
            made
        }
    });
    let answers = futures_util::future::join_all(asked).await;
    let (served, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == StatusCode::OK);
    assert_eq!((served.len(), refused.len()), (3, 47));
    for answer in refused {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers["retry-after"], "1");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    assert_eq!(service.ask(Method::GET, "/v1/missions", &[]).await.status, StatusCode::OK);
}
