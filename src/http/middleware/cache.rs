//! The response cache before the router: strips the base path, replays stored responses, stores new ones.
//!
//! A hit costs a lookup and a copy of headers; no route is matched, no parameter read, no body made.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::MatchedPath;
use axum::http::header::{self, HeaderName};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, StatusCode};
use axum::response::Response;
use futures_util::future::Either;
use futures_util::stream;
use http_body_util::BodyExt;
use tower::{Service, ServiceExt};

use crate::http::app::response_cache::{CacheKey, CacheKeyRef, CachedResponse};
use crate::http::app::{App, Snapshot};
use crate::http::response::conditional::matches_etag;

/// Marks a response whose whole body is in memory, so that it may be stored; a stream has no such mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buffered {
    /// The body's length before compression, in bytes.
    pub(crate) bytes: u64,
}

/// Headers that describe a body, which a 304 leaves out (RFC 9110, section 15.4.5).
const REPRESENTATION_HEADERS: [HeaderName; 6] = [
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::CONTENT_DISPOSITION,
    header::LINK,
];

/// The router with the response cache before it.
#[derive(Clone)]
pub struct CacheService {
    app: App,
    router: axum::Router,
}

type RoutedResponse = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

impl CacheService {
    pub(crate) fn new(app: App, router: axum::Router) -> Self {
        Self { app, router }
    }
}

impl<B> Service<Request<B>> for CacheService
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RoutedResponse>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        self.app.links().strip_base(request.uri_mut());
        let (parts, body) = request.into_parts();
        let key = {
            let key = cache_key(&parts);
            let snapshot = self.app.snapshot();
            let stored = key.and_then(|key| snapshot.responses().get(&key));
            if let Some(response) = stored.and_then(|stored| replay(&stored, &parts)) {
                self.app.telemetry().metrics().cache_hit();
                return Either::Left(ready(Ok(response)));
            }
            // The response to a HEAD has no body to store.
            key.filter(|_| parts.method == Method::GET).map(CacheKey::from)
        };
        let request = Request::from_parts(parts, Body::new(body));
        let (app, router) = (self.app.clone(), self.router.clone());
        Either::Right(Box::pin(async move {
            // Loaded before the response is made, so that an old response never enters the cache of new data.
            let snapshot = app.load_snapshot();
            let mut response = router.oneshot(request).await?;
            if response.status() == StatusCode::NOT_MODIFIED {
                // Its length would be that of the response which it spares (RFC 9110, section 8.6).
                response.headers_mut().remove(header::CONTENT_LENGTH);
            }
            let Some(key) = key else { return Ok(response) };
            let (response, evicted) = store(&snapshot, key, response).await;
            let metrics = app.telemetry().metrics();
            let (bytes, entries) = snapshot.responses().size();
            metrics.cache_missed();
            metrics.cache_evicted(evicted);
            metrics.cache_holds(bytes, entries);
            Ok(response)
        }))
    }
}

/// What the response depends on; none where it is not cached: other methods, headers that are given twice.
fn cache_key(parts: &Parts) -> Option<CacheKeyRef<'_>> {
    let single = |name: HeaderName| {
        let mut values = parts.headers.get_all(name).iter();
        let value = values.next().map_or(&[][..], HeaderValue::as_bytes);
        values.next().is_none().then_some(value)
    };
    let cacheable = matches!(parts.method, Method::GET | Method::HEAD);
    Some(CacheKeyRef {
        address: parts.uri.path_and_query().filter(|_| cacheable)?.as_str(),
        accept: single(header::ACCEPT)?,
        accept_encoding: single(header::ACCEPT_ENCODING)?,
    })
}

/// The stored response for another request; none when only a 304 is stored and the body is wanted.
fn replay(stored: &CachedResponse, parts: &Parts) -> Option<Response> {
    let mut response = Response::new(Body::empty());
    if matches_etag(parts.headers.get_all(header::IF_NONE_MATCH), &stored.etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = stored.not_modified.clone();
    } else {
        let (headers, body) = stored.full.as_ref()?;
        *response.headers_mut() = headers.clone();
        if parts.method == Method::GET {
            *response.body_mut() = body.clone().into();
        }
    }
    if let Some(route) = &stored.route {
        response.extensions_mut().insert(route.clone());
    }
    Some(response)
}

/// Stores a response that has a validator; returns it with the number of responses that were evicted for it.
async fn store(snapshot: &Snapshot, key: CacheKey, response: Response) -> (Response, u64) {
    let responses = snapshot.responses();
    let Some(etag) = response.headers().get(header::ETAG).cloned() else { return (response, 0) };
    let route = response.extensions().get::<MatchedPath>().cloned();
    let mut not_modified = response.headers().clone();
    for name in REPRESENTATION_HEADERS {
        not_modified.remove(name);
    }
    match (response.status(), response.extensions().get::<Buffered>()) {
        (StatusCode::NOT_MODIFIED, _) => {
            let stored = CachedResponse { etag, full: None, not_modified, route };
            (response, responses.insert(key, stored))
        }
        (StatusCode::OK, Some(buffered)) if buffered.bytes <= responses.largest() => {
            let (mut parts, body) = response.into_parts();
            let body = match body.collect().await {
                Ok(body) => body.to_bytes(),
                // Bytes in memory do not fail to arrive, compressed or not; if they do, the connection breaks.
                Err(error) => {
                    let broken = Body::from_stream(stream::iter([Err::<Bytes, _>(error)]));
                    return (Response::from_parts(parts, broken), 0);
                }
            };
            parts.headers.insert(header::CONTENT_LENGTH, body.len().into());
            let full = Some((parts.headers.clone(), body.clone()));
            let evicted = responses.insert(key, CachedResponse { etag, full, not_modified, route });
            (Response::from_parts(parts, body.into()), evicted)
        }
        _ => (response, 0),
    }
}
