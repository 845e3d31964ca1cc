//! The response cache before the router: strips the base path, replays stored responses, stores new ones.
//!
//! A hit costs a lookup and a copy of headers; no route is matched, no parameter read, no body made.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::MatchedPath;
use axum::http::header::{self, HeaderName};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::Response;
use futures_util::future::Either;
use futures_util::stream;
use http_body_util::BodyExt;
use percent_encoding::percent_decode_str;
use tower::{Service, ServiceExt};

use super::observe::RequestId;
use super::problems::render;
use crate::http::app::App;
use crate::http::app::response_cache::{CacheKey, CacheKeyRef, CachedResponse};
use crate::http::app::snapshot::Snapshot;
use crate::http::response::conditional::matches_etag;
use crate::http::response::page::{PageRoute, page_path};
use crate::http::response::range;

/// Marks a response whose whole body is in memory, so that it may be stored; a stream has no such mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buffered {
    /// The body's length before compression, in bytes.
    pub(crate) bytes: u64,
}

/// Headers that describe a body, which a 304 leaves out (RFC 9110, section 15.4.5).
const REPRESENTATION_HEADERS: [HeaderName; 7] = [
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_DISPOSITION,
    header::LINK,
];

/// The router with the response cache before it.
#[derive(Clone)]
pub struct CacheService {
    app: App,
    router: axum::Router,
}

/// The largest page that is kept, in bytes before compression. A page of a thousand rows is asked for once, and forty of
/// them would take the place of everything else.
const LARGEST_PAGE: u64 = 262_144;

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
        let (mut parts, body) = request.into_parts();
        // A HEAD is a GET whose body is not sent, so that its headers are the same, those of errors included. A part
        // of nothing is not asked for.
        let is_head = parts.method == Method::HEAD;
        if is_head {
            parts.method = Method::GET;
            parts.headers.remove(header::RANGE);
        }
        let key = {
            let key = cache_key(&parts);
            let snapshot = self.app.snapshot();
            let stored = key.and_then(|key| stored(&self.app, &snapshot, &key, parts.uri.query()));
            if let Some(response) = stored.and_then(|stored| replay(&self.app, &stored, &parts)) {
                self.app.telemetry().metrics().cache_hit();
                return Either::Left(ready(Ok(without_body(is_head, response))));
            }
            key.map(CacheKey::from)
        };
        let (app, router) = (self.app.clone(), self.router.clone());
        Either::Right(Box::pin(async move {
            let response = route(&app, router, key, parts, Body::new(body)).await?;
            Ok(without_body(is_head, response))
        }))
    }
}

/// Has the router make a response, stores it where there is a key, and sends the part of it that is wanted.
async fn route(
    app: &App,
    router: axum::Router,
    key: Option<CacheKey>,
    parts: Parts,
    body: Body,
) -> Result<Response, Infallible> {
    let wanted = range::is_requested(&parts.headers).then(|| parts.clone());
    // Loaded before the response is made, so that an old response never enters the cache of new data.
    let snapshot = app.load_snapshot();
    let mut response = router.oneshot(Request::from_parts(parts, body)).await?;
    if response.status() == StatusCode::NOT_MODIFIED {
        // Its length would be that of the response which it spares (RFC 9110, section 8.6).
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    // A former release keeps its own answers.
    let answered = response.extensions_mut().remove::<Arc<Snapshot>>();
    if let Some(key) = key {
        let of = answered.as_ref().unwrap_or(&snapshot);
        let (stored, evicted) = store(of, key, response).await;
        let metrics = app.telemetry().metrics();
        let (bytes, entries) = snapshot.responses().size();
        metrics.cache_missed();
        metrics.cache_evicted(evicted);
        metrics.cache_holds(bytes, entries);
        response = stored;
    }
    let Some(request) = wanted else { return Ok(response) };
    if !range::accepts_ranges(response.status(), response.headers()) {
        return Ok(response);
    }
    let matched = response.extensions().get::<MatchedPath>().cloned();
    let (head, body) = response.into_parts();
    Ok(match body.collect().await {
        Ok(body) => part(app, &request, head.headers, body.to_bytes(), matched),
        Err(error) => Response::from_parts(head, broken(error)),
    })
}

/// A body that breaks the connection: bytes in memory did not arrive, compressed or not.
fn broken(error: axum::Error) -> Body {
    Body::from_stream(stream::iter([Err::<Bytes, _>(error)]))
}

/// What a HEAD is answered with: the length of the body instead of the body.
fn without_body(is_head: bool, mut response: Response) -> Response {
    if is_head {
        let length = response.body().size_hint().exact();
        if let Some(length) = length.filter(|_| response.status() != StatusCode::NOT_MODIFIED) {
            response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        }
        *response.body_mut() = Body::empty();
    }
    response
}

/// The response that was sent to the same request: kept with the release that is served, or with the former one that
/// the request names. Which one that is depends on what is served alone, so that neither can be out of date.
fn stored(
    app: &App,
    snapshot: &Snapshot,
    key: &CacheKeyRef<'_>,
    query: Option<&str>,
) -> Option<Arc<CachedResponse>> {
    snapshot.responses().get(key).or_else(|| {
        let named = query?.split('&').find_map(|pair| pair.strip_prefix("release="))?;
        let name = percent_decode_str(named).decode_utf8().ok()?;
        app.held(snapshot.dataset(), &name)?.responses().get(key)
    })
}

/// What the response depends on; none where it is not cached: other methods, headers that are given twice.
fn cache_key(parts: &Parts) -> Option<CacheKeyRef<'_>> {
    let single = |name: HeaderName| {
        let mut values = parts.headers.get_all(name).iter();
        let value = values.next().map_or(&[][..], HeaderValue::as_bytes);
        values.next().is_none().then_some(value)
    };
    let cacheable = parts.method == Method::GET;
    // A page is one thing whatever a browser accepts, and each browser accepts something else.
    let is_page = page_path(parts.uri.path()).is_some();
    Some(CacheKeyRef {
        address: parts.uri.path_and_query().filter(|_| cacheable)?.as_str(),
        accept: if is_page { &[] } else { single(header::ACCEPT)? },
        accept_encoding: single(header::ACCEPT_ENCODING)?,
    })
}

/// The stored response for another request; none when only a 304 is stored and the body is wanted.
fn replay(app: &App, stored: &CachedResponse, parts: &Parts) -> Option<Response> {
    let route = stored.route.clone();
    let mut response = Response::new(Body::empty());
    if matches_etag(parts.headers.get_all(header::IF_NONE_MATCH), &stored.etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = stored.not_modified.clone();
    } else {
        let (headers, body) = stored.full.as_ref()?;
        if range::is_requested(&parts.headers) && range::accepts_ranges(StatusCode::OK, headers) {
            return Some(part(app, parts, headers.clone(), body.clone(), route));
        }
        *response.headers_mut() = headers.clone();
        *response.body_mut() = body.clone().into();
    }
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    Some(response)
}

/// The part of a file that a request asks for, or the problem that there is no such part.
fn part(
    app: &App,
    request: &Parts,
    headers: HeaderMap,
    body: Bytes,
    route: Option<MatchedPath>,
) -> Response {
    let id = request.extensions.get::<RequestId>();
    let part = range::part(&request.headers, headers, body);
    let mut response = render(app, part, &request.method, id, route.as_ref());
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
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
    let is_page = response.extensions().get::<PageRoute>().is_some();
    let largest = if is_page { responses.largest().min(LARGEST_PAGE) } else { responses.largest() };
    match (response.status(), response.extensions().get::<Buffered>()) {
        (StatusCode::NOT_MODIFIED, _) => {
            let stored = CachedResponse { etag, full: None, not_modified, route };
            (response, responses.insert(key, stored))
        }
        (StatusCode::OK, Some(buffered)) if buffered.bytes <= largest => {
            let (mut parts, body) = response.into_parts();
            let body = match body.collect().await {
                Ok(body) => body.to_bytes(),
                Err(error) => return (Response::from_parts(parts, broken(error)), 0),
            };
            parts.headers.insert(header::CONTENT_LENGTH, body.len().into());
            let full = Some((parts.headers.clone(), body.clone()));
            let evicted = responses.insert(key, CachedResponse { etag, full, not_modified, route });
            (Response::from_parts(parts, body.into()), evicted)
        }
        _ => (response, 0),
    }
}
