//! One connection, from its first byte to its last.
//!
//! Tells HTTP/1.1 from HTTP/2, holds the client to the limits, answers what the protocol library could not read, and
//! ends without cutting an answer.

pub(super) mod activity;
pub(super) mod limits;
mod read_rate;
mod request_head;
mod socket;
pub(super) mod table;
mod tracked_body;

use std::convert::Infallible;
use std::fmt::Write as _;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use futures_util::FutureExt as _;
use futures_util::future::Either;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, HeaderMap, HeaderValue};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::Service;

use super::shutdown::{Phase, ShutdownSignal};
use crate::http::{App, ClientAddress, Unread, UnreadResponder};
use activity::{Activity, CloseReason, Protocol};
use limits::ConnectionLimits;
use request_head::{HeadLimits, Refused};
use socket::Socket;
use table::ConnectionHandle;
use tracked_body::{RunningRequest, TrackedBody};

/// How long, and how much, is read of what a client still sends when its answer is out. Closed sooner, the
/// system would tell the client that the connection broke, and the answer could be lost.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);
const MAX_LINGER_BYTES: usize = 1 << 20;
/// How long a client has to take note that it should go.
const GOAWAY_TIMEOUT: Duration = Duration::from_secs(1);
/// How often a silent HTTP/2 client is asked whether it is there, and how long it may take to say so.
const PING_EVERY: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// How much larger the headers on HTTP/2 may be than the limit for the limit to be explained; what is larger still, the
/// protocol library answers with a bare 431.
const EXPLAINED: usize = 4;
/// How many bytes more than the limit an address may have once it is percent-encoded, each byte as three.
const MENDED: usize = 2;

/// What answers requests: a clone per connection, and never an error.
pub trait HttpService:
    Service<Request<Incoming>, Response = Response<Body>, Error = Infallible, Future: Send>
    + Clone
    + Send
    + 'static
{
}

impl<S> HttpService for S where
    S: Service<Request<Incoming>, Response = Response<Body>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static
{
}

/// What every connection is served with. Cheap to clone.
#[derive(Clone)]
pub(super) struct Shared<S> {
    /// What answers.
    pub(super) service: S,
    /// What answers requests that could not be read.
    pub(super) unread: UnreadResponder,
    /// The service that is told to drain.
    pub(super) app: App,
    /// What a client may do.
    pub(super) limits: ConnectionLimits,
    /// The way to stopping.
    pub(super) shutdown: ShutdownSignal,
}

/// Serves a connection until it ends, is overdue, or the service stops.
pub(super) async fn serve<S: HttpService>(
    stream: TcpStream,
    connection: ConnectionHandle,
    mut shared: Shared<S>,
) {
    let connection = Arc::new(connection);
    let activity = Arc::clone(connection.activity());
    let limits = shared.limits;
    let client = stream.peer_addr().ok().filter(|_| shared.app.telemetry().requests().has_client());
    let head = HeadLimits { uri_bytes: limits.uri_bytes, header_bytes: limits.header_bytes };
    let mut socket = Socket::new(stream, Arc::clone(&activity), head);
    let detected = tokio::select! {
        detected = tokio::time::timeout(limits.header, socket.detect_protocol()) => detected,
        reason = activity.close_requested() => return closed(&shared.app, reason),
        () = shared.shutdown.reached(Phase::Closing) => return,
    };
    let protocol = match detected {
        Ok(Some(protocol)) => protocol,
        // Nothing was asked, so there is nobody to answer.
        Ok(None) => return,
        Err(_) => return closed(&shared.app, CloseReason::Header),
    };
    let Shared { service, unread, app, .. } = shared.clone();
    let tracked = service_fn(move |mut request: Request<Incoming>| {
        let running = RunningRequest {
            _active: connection.activity().begin(),
            _in_flight: app.telemetry().metrics().request_begun(),
        };
        if let Some(client) = client {
            request.extensions_mut().insert(ClientAddress(client.ip()));
        }
        let is_http1 = request.version() <= Version::HTTP_11;
        // Nobody reads a body, so that what follows it could not be told from it.
        let is_last = is_http1 && !request.body().is_end_stream();
        let response = if !is_http1 && header_bytes(request.headers()) > limits.header_bytes {
            let why = Unread::HeadersTooLarge { limit: limits.header_bytes };
            let method = Some(request.method().to_string());
            Either::Left(unread.clone().respond(why, method).map(Ok))
        } else {
            Either::Right(service.clone().call(request))
        };
        let (app, connection) = (app.clone(), Arc::clone(&connection));
        async move {
            let mut response = response.await?;
            if is_last || (is_http1 && app.is_draining()) {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response.map(|body| TrackedBody::new(body, running, &connection)))
        }
    });
    let socket = TokioIo::new(socket);
    let end = match protocol {
        Protocol::Http1 => {
            let mut http = http1_builder(&limits).serve_connection(socket, tracked);
            let end = drive(
                &mut http,
                |http, context| Pin::new(http).poll(context),
                |http| Pin::new(http).graceful_shutdown(),
                &activity,
                protocol,
                &mut shared,
            )
            .await;
            let socket = http.into_parts().io.into_inner();
            let has_body = socket.has_body();
            let (mut stream, refused) = socket.into_parts();
            match (&end, refused) {
                (End::Well, Some(refused)) => {
                    respond_unread(&mut stream, refused, shared.unread.clone()).await;
                    lingering_close(stream).await;
                }
                (End::Well | End::Broken(_), _) if has_body => lingering_close(stream).await,
                (End::Broken(_), _) => lingering_close(stream).await,
                _ => {}
            }
            end
        }
        Protocol::Http2 => {
            let mut http = pin!(http2_builder(&limits).serve_connection(socket, tracked));
            drive(
                &mut http,
                |http, context| http.as_mut().poll(context),
                |http| http.as_mut().graceful_shutdown(),
                &activity,
                protocol,
                &mut shared,
            )
            .await
        }
    };
    match end {
        End::Well => {}
        End::Broken(error) => tracing::debug!(%error, "a connection ended early"),
        End::Closed(reason) => closed(&shared.app, reason),
    }
}

/// How a connection ended.
enum End {
    /// Both sides were done.
    Well,
    /// The client broke off, or sent what is no HTTP.
    Broken(hyper::Error),
    /// The service closed it.
    Closed(CloseReason),
}

/// Says that the service closed a connection.
fn closed(app: &App, reason: CloseReason) {
    app.telemetry().metrics().connection_closed(reason.name());
    tracing::debug!(reason = reason.name(), "a connection was closed");
}

/// Drives a connection under the limits; when the service stops, it ends after what runs.
async fn drive<C, S>(
    connection: &mut C,
    mut poll: impl FnMut(&mut C, &mut Context<'_>) -> Poll<hyper::Result<()>>,
    mut finish: impl FnMut(&mut C),
    activity: &Activity,
    protocol: Protocol,
    shared: &mut Shared<S>,
) -> End {
    let mut finishing = false;
    let ended = |ended: hyper::Result<()>| ended.map_or_else(End::Broken, |()| End::Well);
    loop {
        tokio::select! {
            biased;
            result = poll_fn(|context| poll(connection, context)) => return ended(result),
            () = shared.shutdown.reached(Phase::Closing), if !finishing => {
                finishing = true;
                // Who is in the middle of a request is answered, and told then that this was the last.
                if protocol == Protocol::Http2 || !activity.is_in_header() {
                    finish(connection);
                }
            }
            reason = activity.overdue(protocol, &shared.limits) => {
                if finishing || !matches!(reason, CloseReason::Idle | CloseReason::TableFull) {
                    return End::Closed(reason);
                }
                // A request may be on its way: it is answered.
                finishing = true;
                finish(connection);
                let rest = poll_fn(|context| poll(connection, context));
                let rest = tokio::time::timeout(GOAWAY_TIMEOUT, rest).await;
                if rest.is_ok() || !activity.has_request() {
                    return End::Closed(reason);
                }
            }
        }
    }
}

/// Answers a request that was not read, on a connection of HTTP/1 that ends with it.
async fn respond_unread(stream: &mut TcpStream, refused: Refused, unread: UnreadResponder) {
    let Refused { why, method } = refused;
    let is_head = method.as_deref() == Some("HEAD");
    let (parts, body) = unread.respond(why, method).await.into_parts();
    // It stands whole in memory.
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let mut head = format!("HTTP/1.1 {}\r\n", parts.status);
    for (name, value) in &parts.headers {
        if let Ok(value) = value.to_str() {
            // A text in memory takes whatever is written.
            let _ = write!(head, "{name}: {value}\r\n");
        }
    }
    if !parts.headers.contains_key(hyper::header::CONTENT_LENGTH) {
        let _ = write!(head, "content-length: {}\r\n", body.len());
    }
    head.push_str("connection: close\r\n\r\n");
    let mut answer = head.into_bytes();
    if !is_head {
        answer.extend_from_slice(&body);
    }
    // It fits into the buffers of the system; a client that does not read it is no reason to wait.
    let _ = tokio::time::timeout(LINGER_TIMEOUT, stream.write_all(&answer)).await;
}

/// Says that nothing more is written, and reads what the client still sends, within reason.
async fn lingering_close(mut stream: TcpStream) {
    let reading = async {
        stream.shutdown().await?;
        let mut left = MAX_LINGER_BYTES;
        let mut unread = [0; 4096];
        loop {
            match stream.read(&mut unread).await? {
                0 => return Ok::<(), std::io::Error>(()),
                bytes if bytes >= left => return Ok(()),
                bytes => left -= bytes,
            }
        }
    };
    // Whatever comes of it, the connection is over.
    let _ = tokio::time::timeout(LINGER_TIMEOUT, reading).await;
}

/// How many bytes the headers of a request have, as RFC 9113 counts them.
fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum()
}

/// The limits are ours, so hyper's own are off, or above them.
fn http1_builder(limits: &ConnectionLimits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .half_close(true)
        .max_header_size(limits.header_bytes + MENDED * limits.uri_bytes + 1);
    builder
}

fn http2_builder(limits: &ConnectionLimits) -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    let explained = u32::try_from(EXPLAINED * limits.header_bytes).unwrap_or(u32::MAX);
    builder
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PING_TIMEOUT)
        .max_concurrent_streams(limits.streams)
        .max_header_list_size(explained);
    builder
}
