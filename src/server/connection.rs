//! One connection, from its first byte to its last.
//!
//! Tells HTTP/1.1 from HTTP/2, holds the client to the limits, and ends without cutting an answer.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::Service;

use super::activity::{Activity, Overdue, Protocol, Running};
use super::connection_limits::ConnectionLimits;
use super::shutdown::{Phase, ShutdownSignal};
use super::socket::Socket;
use crate::http::{App, ClientAddress};
use crate::telemetry::InFlight;

/// What HTTP/2 without TLS begins with; no method of HTTP/1.1 does.
const HTTP2_BEGINS: &[u8; 4] = b"PRI ";
/// How long to wait between looks at a beginning that could still be either.
const NEXT_LOOK: Duration = Duration::from_millis(10);
/// How long, and how much, is read of what a client still sends when its answer is out. Closed sooner, the
/// system would tell the client that the connection broke, and the answer could be lost.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);
const MAX_LINGER_BYTES: usize = 1 << 20;
/// How long an idle HTTP/2 client has to take note that it should go.
const GOAWAY: Duration = Duration::from_secs(1);
/// How often a silent HTTP/2 client is asked whether it is there, and how long it may take to say so.
const PING_EVERY: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// The body of an answer.
pub(super) trait ResponseBody:
    Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + Unpin + 'static
{
}

impl<B> ResponseBody for B where
    B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>>
        + Send
        + Unpin
        + 'static
{
}

/// What answers requests: a clone a connection, and never an error.
pub trait HttpService<B>:
    Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send>
    + Clone
    + Send
    + 'static
{
}

impl<S, B> HttpService<B> for S where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static
{
}

/// Serves a connection until it ends, is overdue, or the service stops.
pub(super) async fn serve<S, B>(
    stream: TcpStream,
    service: S,
    app: App,
    limits: ConnectionLimits,
    mut stop: ShutdownSignal,
) where
    S: HttpService<B>,
    B: ResponseBody,
{
    let activity = Activity::new();
    let detected = tokio::select! {
        detected = tokio::time::timeout(limits.header, detect_protocol(&stream)) => detected,
        () = stop.reached(Phase::Closing) => return,
    };
    let Ok(Some(protocol)) = detected else {
        // Nothing was asked, so there is nobody to answer.
        return;
    };
    let recorder = Arc::clone(&activity);
    let client = stream.peer_addr().ok().filter(|_| app.telemetry().requests().has_client());
    let tracked = service_fn(move |mut request: Request<Incoming>| {
        if let Some(client) = client {
            request.extensions_mut().insert(ClientAddress(client.ip()));
        }
        let running = recorder.begin(!request.body().is_end_stream());
        let in_flight = app.telemetry().metrics().request_begun();
        let is_http1 = request.version() <= Version::HTTP_11;
        let response = service.clone().call(request);
        let app = app.clone();
        async move {
            let mut response = response.await?;
            if is_http1 && app.is_draining() {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response.map(|body| TrackedBody {
                body,
                _running: running,
                _in_flight: in_flight,
            }))
        }
    });
    let socket = TokioIo::new(Socket::new(stream, Arc::clone(&activity)));
    let ended = match protocol {
        Protocol::Http1 => {
            let mut connection = http1_builder(&limits).serve_connection(socket, tracked);
            let ended = drive(
                &mut connection,
                |connection, context| Pin::new(connection).poll(context),
                |connection| Pin::new(connection).graceful_shutdown(),
                &activity,
                protocol,
                &limits,
                &mut stop,
            )
            .await;
            if activity.body_announced() || matches!(ended, Ended::Broken(_)) {
                lingering_close(connection.into_parts().io.into_inner().into_stream()).await;
            }
            ended
        }
        Protocol::Http2 => {
            let mut connection = pin!(http2_builder(&limits).serve_connection(socket, tracked));
            drive(
                &mut connection,
                |connection, context| connection.as_mut().poll(context),
                |connection| connection.as_mut().graceful_shutdown(),
                &activity,
                protocol,
                &limits,
                &mut stop,
            )
            .await
        }
    };
    match ended {
        Ended::Well => {}
        Ended::Broken(error) => tracing::debug!(%error, "a connection ended early"),
        Ended::Overdue(limit) => tracing::debug!(limit = limit.name(), "a connection was closed"),
    }
}

/// How a connection ended.
enum Ended {
    /// Both sides were done.
    Well,
    /// The client broke off, or sent what is no HTTP.
    Broken(hyper::Error),
    /// The client reached a limit.
    Overdue(Overdue),
}

/// Drives a connection under the limits; when the service stops, it ends after what runs.
async fn drive<C>(
    connection: &mut C,
    mut poll: impl FnMut(&mut C, &mut Context<'_>) -> Poll<hyper::Result<()>>,
    mut finish: impl FnMut(&mut C),
    activity: &Activity,
    protocol: Protocol,
    limits: &ConnectionLimits,
    stop: &mut ShutdownSignal,
) -> Ended {
    let mut finishing = false;
    loop {
        tokio::select! {
            biased;
            ended = poll_fn(|context| poll(connection, context)) => return match ended {
                Ok(()) => Ended::Well,
                Err(error) => Ended::Broken(error),
            },
            () = stop.reached(Phase::Closing), if !finishing => {
                finishing = true;
                finish(connection);
            }
            limit = activity.overdue(protocol, limits) => {
                if protocol == Protocol::Http2 && limit == Overdue::Idle && !finishing {
                    finish(connection);
                    let ended = poll_fn(|context| poll(connection, context));
                    let _ = tokio::time::timeout(GOAWAY, ended).await;
                }
                return Ended::Overdue(limit);
            }
        }
    }
}

/// Which protocol a client begins to speak; none when it goes away without a word.
async fn detect_protocol(stream: &TcpStream) -> Option<Protocol> {
    let mut first = [0; HTTP2_BEGINS.len()];
    loop {
        let seen = stream.peek(&mut first).await.ok().filter(|seen| *seen > 0)?;
        if !HTTP2_BEGINS.starts_with(&first[..seen]) {
            return Some(Protocol::Http1);
        }
        if seen == HTTP2_BEGINS.len() {
            return Some(Protocol::Http2);
        }
        // Two or three bytes of a beginning are there already, so the system will not say when more come.
        tokio::time::sleep(NEXT_LOOK).await;
    }
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

/// The time limits are ours, so hyper's own are off.
fn http1_builder(limits: &ConnectionLimits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    let bytes = usize::try_from(limits.header_bytes).unwrap_or(usize::MAX);
    builder.timer(TokioTimer::new()).header_read_timeout(None).max_header_size(bytes);
    builder
}

fn http2_builder(limits: &ConnectionLimits) -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_EVERY)
        .keep_alive_timeout(PING_TIMEOUT)
        .max_header_list_size(limits.header_bytes);
    builder
}

/// The body of an answer; its request runs until it is sent or given up.
struct TrackedBody<B> {
    body: B,
    _running: Running,
    _in_flight: InFlight,
}

impl<B: Body + Unpin> Body for TrackedBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
