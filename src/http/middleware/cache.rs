//! What stands before the router: the base path is taken off, and an answer that was made before is sent again.
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
use axum::response::{IntoResponse, Response};
use futures_util::future::Either;
use http_body_util::BodyExt;
use tower::{Service, ServiceExt};

use crate::http::app::response_cache::{Asked, Kept, Key};
use crate::http::app::{App, Snapshot};
use crate::http::response::conditional::names;
use crate::http::response::problem::Problem;

/// Marks an answer whose body stands whole in memory, so that it may be kept; a stream has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    /// Its length before it is compressed, in bytes.
    pub(crate) bytes: u64,
}

/// Headers that only a whole answer has, not a 304 (RFC 9110, section 15.4.5).
const OF_A_BODY: [HeaderName; 6] = [
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::CONTENT_DISPOSITION,
    header::LINK,
];

/// The router with the response cache before it.
#[derive(Clone)]
pub struct Front {
    app: App,
    router: axum::Router,
}

type Made = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

impl Front {
    pub(crate) fn new(app: App, router: axum::Router) -> Self {
        Self { app, router }
    }
}

impl<B> Service<Request<B>> for Front
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, Made>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        self.app.links().take_base_off(request.uri_mut());
        let (parts, body) = request.into_parts();
        let key = {
            let asked = asked(&parts);
            let snapshot = self.app.snapshot();
            let kept = asked.and_then(|asked| snapshot.responses().get(&asked));
            if let Some(again) = kept.and_then(|kept| again(&kept, &parts)) {
                self.app.telemetry().metrics().cache_hit();
                return Either::Left(ready(Ok(again)));
            }
            // What a HEAD is answered with has no body to keep.
            asked.filter(|_| parts.method == Method::GET).map(Key::from)
        };
        let request = Request::from_parts(parts, Body::new(body));
        let (app, router) = (self.app.clone(), self.router.clone());
        Either::Right(Box::pin(async move {
            // Taken before the answer is made, so that an old answer never meets the cache of new data.
            let snapshot = app.snapshot_kept();
            let mut made = router.oneshot(request).await?;
            if made.status() == StatusCode::NOT_MODIFIED {
                // Its length would be that of the answer which it spares (RFC 9110, section 8.6).
                made.headers_mut().remove(header::CONTENT_LENGTH);
            }
            Ok(match key {
                Some(key) => {
                    let (sent, evicted) = keep(&snapshot, key, made).await;
                    let metrics = app.telemetry().metrics();
                    let (bytes, entries) = snapshot.responses().size();
                    metrics.cache_missed();
                    metrics.cache_evicted(evicted);
                    metrics.cache_holds(bytes, entries);
                    sent
                }
                None => made,
            })
        }))
    }
}

/// What an answer depends on; none where it is not kept: other methods, headers said twice.
fn asked(parts: &Parts) -> Option<Asked<'_>> {
    let once = |name: HeaderName| {
        let mut values = parts.headers.get_all(name).iter();
        let value = values.next().map_or(&[][..], HeaderValue::as_bytes);
        values.next().is_none().then_some(value)
    };
    let fits = matches!(parts.method, Method::GET | Method::HEAD);
    Some(Asked {
        address: parts.uri.path_and_query().filter(|_| fits)?.as_str(),
        accept: once(header::ACCEPT)?,
        accept_encoding: once(header::ACCEPT_ENCODING)?,
    })
}

/// The kept answer for another request; none when it was only ever found unchanged, and is wanted whole.
fn again(kept: &Kept, parts: &Parts) -> Option<Response> {
    let mut response = Response::new(Body::empty());
    if names(parts.headers.get_all(header::IF_NONE_MATCH), &kept.tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = kept.unchanged.clone();
    } else {
        let (headers, body) = kept.whole.as_ref()?;
        *response.headers_mut() = headers.clone();
        if parts.method == Method::GET {
            *response.body_mut() = body.clone().into();
        }
    }
    if let Some(route) = &kept.route {
        response.extensions_mut().insert(route.clone());
    }
    Some(response)
}

/// Keeps an answer that has a validator; gives it with the number of those that were let go for it.
async fn keep(snapshot: &Snapshot, key: Key, response: Response) -> (Response, u64) {
    let responses = snapshot.responses();
    let Some(tag) = response.headers().get(header::ETAG).cloned() else { return (response, 0) };
    let route = response.extensions().get::<MatchedPath>().cloned();
    let mut unchanged = response.headers().clone();
    for name in OF_A_BODY {
        unchanged.remove(name);
    }
    match (response.status(), response.extensions().get::<Whole>()) {
        (StatusCode::NOT_MODIFIED, _) => {
            let evicted = responses.keep(key, Kept { tag, whole: None, unchanged, route });
            (response, evicted)
        }
        (StatusCode::OK, Some(whole)) if whole.bytes <= responses.largest() => {
            let (mut parts, body) = response.into_parts();
            let Ok(body) = body.collect().await else {
                // Bytes in memory do not fail to arrive, compressed or not.
                return (Problem::Internal.into_response(), 0);
            };
            let body = body.to_bytes();
            parts.headers.insert(header::CONTENT_LENGTH, body.len().into());
            let whole = Some((parts.headers.clone(), body.clone()));
            let evicted = responses.keep(key, Kept { tag, whole, unchanged, route });
            (Response::from_parts(parts, body.into()), evicted)
        }
        _ => (response, 0),
    }
}
