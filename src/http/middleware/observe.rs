//! The outermost layer: the request's id, its line in the log, its metrics, its span.
//!
//! The layers are written out, not made of functions, because every request passes them, also one that the cache
//! answers: a future with a name, no box, no text that is not written.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use pin_project_lite::pin_project;
use tower::{Layer, Service};
use uuid::Uuid;

use crate::telemetry::{MethodLabel, RequestSpan, RequestSummary, Telemetry, TraceParent};

/// The longest request id that is taken over from a client, in bytes.
const LONGEST_ID: usize = 64;
/// The header of the request id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");
/// The label of requests that no route matched: there are as many as clients make up.
pub(super) const UNMATCHED: &str = "unmatched";

/// What stands for the route in log and metrics where there is none. An extension of the response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RouteLabel(pub(crate) &'static str);

/// The id of a request, in its log line, its answer and its problem. An extension of the request.
#[derive(Debug, Clone)]
pub(crate) struct RequestId {
    header: HeaderValue,
    /// The id that the service made, where the client sent none.
    made: Option<Uuid>,
}

impl RequestId {
    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        // Only ids of letters and digits are taken over.
        self.header.to_str().unwrap_or_default()
    }

    /// An id of the service's own for what came of the request: the same, where the client sent none.
    pub(crate) fn instance(&self) -> Uuid {
        self.made.unwrap_or_else(Uuid::now_v7)
    }

    /// The client's id if it is well formed, else a new one.
    fn of(headers: &HeaderMap) -> Self {
        let well_formed = |id: &&HeaderValue| {
            let bytes = id.as_bytes();
            !bytes.is_empty()
                && bytes.len() <= LONGEST_ID
                && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        };
        headers
            .get(&REQUEST_ID)
            .filter(well_formed)
            .map_or_else(Self::new, |id| Self { header: id.clone(), made: None })
    }

    /// A new id: a UUID of version 7, so that ids sort by time.
    fn new() -> Self {
        let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
        let made = Uuid::now_v7();
        let text = made.hyphenated().encode_lower(&mut text);
        let header = HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(UNMATCHED));
        Self { header, made: Some(made) }
    }
}

/// The address that a request came from. An extension of the request, which whoever accepts connections sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Layer that observes what the service inside it answers. The outermost one.
#[derive(Clone)]
pub(crate) struct Observe(pub(crate) Telemetry);

impl<S> Layer<S> for Observe {
    type Service = ObserveService<S>;

    fn layer(&self, inner: S) -> ObserveService<S> {
        ObserveService { inner, telemetry: self.0.clone() }
    }
}

/// The service that [`Observe`] makes.
#[derive(Clone)]
pub struct ObserveService<S> {
    inner: S,
    telemetry: Telemetry,
}

impl<S, B> Service<Request<B>> for ObserveService<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let active = ActiveRequest::of(&request, &self.telemetry);
        request.extensions_mut().insert(active.id.clone());
        ResponseFuture { inner: self.inner.call(request), active: Some(active) }
    }
}

pin_project! {
    /// The response of an observed service.
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        active: Option<ActiveRequest>,
    }
}

impl<F, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<Body>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut result = ready!(this.inner.poll(context));
        if let (Ok(response), Some(active)) = (&mut result, this.active.take()) {
            active.finish(response);
        }
        Poll::Ready(result)
    }
}

/// What is known of a request while it runs.
struct ActiveRequest {
    telemetry: Telemetry,
    began: Instant,
    method: Method,
    id: RequestId,
    trace_id: Option<u128>,
    /// The span with the path, which nothing else needs; none unless traces are sent.
    span: Option<(RequestSpan, String)>,
    /// What was asked, and from where: none unless they are logged.
    query: Option<String>,
    client: Option<IpAddr>,
}

impl ActiveRequest {
    fn of<B>(request: &Request<B>, telemetry: &Telemetry) -> Self {
        let headers = request.headers();
        let parent =
            headers.get(TRACEPARENT).and_then(|value| TraceParent::parse(value.as_bytes()));
        let state = || headers.get(TRACESTATE).and_then(|state| state.to_str().ok());
        let log = telemetry.requests();
        let client = || request.extensions().get::<ClientAddress>().map(|client| client.0);
        let span = telemetry.traces().begin(parent, state);
        let trace_id = match &span {
            Some(span) => Some(span.trace_id()),
            None => parent.map(|parent| parent.trace_id),
        };
        Self {
            began: Instant::now(),
            method: request.method().clone(),
            id: RequestId::of(headers),
            trace_id,
            query: request.uri().query().filter(|_| log.has_query()).map(str::to_owned),
            client: log.has_client().then(client).flatten(),
            span: span.map(|span| (span, request.uri().path().to_owned())),
            telemetry: telemetry.clone(),
        }
    }

    /// Writes the log line, the metrics and the span; puts the id on the response.
    fn finish(self, response: &mut Response) {
        let (took, method) = (self.began.elapsed(), self.method.as_str());
        let status = response.status().as_u16();
        // The template, not the path: labels must not grow with what clients send.
        let matched = response.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let label = || response.extensions().get::<RouteLabel>().map(|label| label.0);
        let route = matched.or_else(label).unwrap_or(UNMATCHED);
        self.telemetry.metrics().request_answered(route, MethodLabel::of(method), status, took);
        self.telemetry.requests().write(&RequestSummary {
            method,
            route,
            status,
            bytes: response.body().size_hint().exact(),
            took,
            request_id: self.id.as_str(),
            trace_id: self.trace_id,
            query: self.query.as_deref(),
            client: self.client,
        });
        if let Some((span, path)) = self.span {
            span.answered(method, &path, matched.map(str::to_owned), status);
        }
        response.headers_mut().insert(REQUEST_ID, self.id.header);
    }
}

/// Layer that puts the template of the matched route onto the response, where [`Observe`] reads it. It is inside
/// the router, outside all layers that may answer by themselves.
#[derive(Clone)]
pub(crate) struct RecordRoute;

impl<S> Layer<S> for RecordRoute {
    type Service = RecordRouteService<S>;

    fn layer(&self, inner: S) -> RecordRouteService<S> {
        RecordRouteService { inner }
    }
}

/// The service that [`RecordRoute`] makes.
#[derive(Clone)]
pub(crate) struct RecordRouteService<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for RecordRouteService<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = RecordRouteFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let route = request.extensions().get::<MatchedPath>().cloned();
        RecordRouteFuture { inner: self.inner.call(request), route }
    }
}

pin_project! {
    /// The response of such a service, and the route to put onto it.
    pub(crate) struct RecordRouteFuture<F> {
        #[pin]
        inner: F,
        route: Option<MatchedPath>,
    }
}

impl<F, E> Future for RecordRouteFuture<F>
where
    F: Future<Output = Result<Response<Body>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut result = ready!(this.inner.poll(context));
        if let (Ok(response), Some(route)) = (&mut result, this.route.take()) {
            response.extensions_mut().insert(route);
        }
        Poll::Ready(result)
    }
}
