//! What is seen of every request, from outside all other layers: its id, its line in the log, its metrics, its span.
//!
//! The layers are written out, not made of functions, because they stand in the way of every request, also of
//! one whose answer was kept: a future with a name, no box, no text that is not written.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use pin_project_lite::pin_project;
use tower::{Layer, Service};
use uuid::Builder;

use crate::telemetry::{InFlight, MethodLabel, RequestRecord, RequestSpan, Telemetry, TraceParent};

/// The longest request id of a client that is taken over, in bytes.
const LONGEST_ID: usize = 64;
/// The header of the request id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");
/// The label of requests that no route matched: there are as many as clients make up.
const UNMATCHED: &str = "unmatched";

/// The id of a request, in its log line, its answer and its problem. An extension of the request.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        // Only ids of letters and digits are taken over.
        self.0.to_str().unwrap_or_default()
    }

    /// The client's id if it is well formed, else a new one.
    fn of(headers: &HeaderMap) -> Self {
        let well_formed = |id: &&HeaderValue| {
            let bytes = id.as_bytes();
            !bytes.is_empty()
                && bytes.len() <= LONGEST_ID
                && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        };
        headers.get(&REQUEST_ID).filter(well_formed).map_or_else(Self::new, |id| Self(id.clone()))
    }

    /// A new id: a UUID of version 7, so that ids sort by time.
    fn new() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let millis = since.unwrap_or_default().as_millis();
        let millis = u64::try_from(millis).unwrap_or_default();
        let id = Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid();
        let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
        let text = id.hyphenated().encode_lower(&mut text);
        Self(HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(UNMATCHED)))
    }
}

/// Observes what the service inside it answers. Stands outermost.
#[derive(Clone)]
pub(crate) struct Observe(pub(crate) Telemetry);

impl<S> Layer<S> for Observe {
    type Service = Observed<S>;

    fn layer(&self, inner: S) -> Observed<S> {
        Observed { inner, telemetry: self.0.clone() }
    }
}

/// A service that is observed.
#[derive(Clone)]
pub struct Observed<S> {
    inner: S,
    telemetry: Telemetry,
}

impl<S, B> Service<Request<B>> for Observed<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Answering<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let seen = Seen::of(&request, &self.telemetry);
        request.extensions_mut().insert(seen.id.clone());
        Answering { inner: self.inner.call(request), seen: Some(seen) }
    }
}

pin_project! {
    /// An answer that is awaited.
    pub struct Answering<F> {
        #[pin]
        inner: F,
        seen: Option<Seen>,
    }
}

impl<F, E> Future for Answering<F>
where
    F: Future<Output = Result<Response<Body>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut answer = ready!(this.inner.poll(context));
        if let (Ok(response), Some(seen)) = (&mut answer, this.seen.take()) {
            seen.tell(response);
        }
        Poll::Ready(answer)
    }
}

/// What is known of a request while it runs.
struct Seen {
    telemetry: Telemetry,
    began: Instant,
    method: Method,
    id: RequestId,
    trace_id: Option<u128>,
    /// The span with the path, which nothing else needs; none unless traces are sent.
    span: Option<(RequestSpan, String)>,
    _in_flight: InFlight,
}

impl Seen {
    fn of<B>(request: &Request<B>, telemetry: &Telemetry) -> Self {
        let headers = request.headers();
        let asked_by =
            headers.get(TRACEPARENT).and_then(|parent| TraceParent::parse(parent.as_bytes()));
        let state = || headers.get(TRACESTATE).and_then(|state| state.to_str().ok());
        let span = telemetry.traces().begin(asked_by, state);
        let trace_id = match &span {
            Some(span) => Some(span.trace_id()),
            None => asked_by.map(|asked_by| asked_by.trace_id),
        };
        Self {
            began: Instant::now(),
            method: request.method().clone(),
            id: RequestId::of(headers),
            trace_id,
            span: span.map(|span| (span, request.uri().path().to_owned())),
            _in_flight: telemetry.metrics().request_begun(),
            telemetry: telemetry.clone(),
        }
    }

    fn tell(self, response: &mut Response) {
        let (took, method) = (self.began.elapsed(), self.method.as_str());
        let status = response.status().as_u16();
        // The template, not the path: labels must not grow with what clients send.
        let matched = response.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let route = matched.unwrap_or(UNMATCHED);
        self.telemetry.metrics().request_answered(route, MethodLabel::of(method), status, took);
        self.telemetry.requests().write(&RequestRecord {
            method,
            route,
            status,
            bytes: response.body().size_hint().exact(),
            took,
            request_id: self.id.as_str(),
            trace_id: self.trace_id,
        });
        if let Some((span, path)) = self.span {
            span.answered(method, &path, matched.map(str::to_owned), status);
        }
        response.headers_mut().insert(REQUEST_ID, self.id.0);
    }
}

/// Writes the template of the route that a request matched onto its answer, where `Observe` reads it.
/// Stands inside the router, outside all layers that may answer by themselves.
#[derive(Clone)]
pub(crate) struct TellRoute;

impl<S> Layer<S> for TellRoute {
    type Service = RouteTold<S>;

    fn layer(&self, inner: S) -> RouteTold<S> {
        RouteTold { inner }
    }
}

/// A service whose answers tell their route.
#[derive(Clone)]
pub(crate) struct RouteTold<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for RouteTold<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = TellingRoute<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let route = request.extensions().get::<MatchedPath>().cloned();
        TellingRoute { inner: self.inner.call(request), route }
    }
}

pin_project! {
    /// An answer that is awaited, and the route that it is to tell.
    pub(crate) struct TellingRoute<F> {
        #[pin]
        inner: F,
        route: Option<MatchedPath>,
    }
}

impl<F, E> Future for TellingRoute<F>
where
    F: Future<Output = Result<Response<Body>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut answer = ready!(this.inner.poll(context));
        if let (Ok(response), Some(route)) = (&mut answer, this.route.take()) {
            response.extensions_mut().insert(route);
        }
        Poll::Ready(answer)
    }
}
