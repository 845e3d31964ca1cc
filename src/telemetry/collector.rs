//! The way to the collector of traces: HTTP/1.1 without TLS, as to a collector beside the service.
//!
//! It runs on the thread on which the exporter hands its batches over, with a small runtime of its own, so that
//! spans still leave when the runtime of the service has stopped.

use std::time::Duration;

use async_trait::async_trait;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

/// The longest answer of a collector that is read, in bytes: it says which spans it refused.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Sends what the exporter has to send.
#[derive(Debug)]
pub(super) struct Collector {
    runtime: Runtime,
    timeout: Duration,
}

impl Collector {
    /// A way to a collector that may take so long to answer.
    pub(super) fn with_timeout(timeout: Duration) -> std::io::Result<Self> {
        Ok(Self { runtime: Builder::new_current_thread().enable_all().build()?, timeout })
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        // The exporter's thread waits here and does nothing else.
        let asking = async { tokio::time::timeout(self.timeout, send(request)).await };
        self.runtime.block_on(asking).map_err(|_| "the collector did not answer in time")?
    }
}

async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let (mut parts, body) = request.into_parts();
    let host = parts.uri.host().ok_or("the address of the collector names no host")?;
    let port = parts.uri.port_u16().unwrap_or(80);
    // An IPv6 address stands in brackets in a URL, and only there.
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let stream = TcpStream::connect((address, port)).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let authority = parts.uri.authority().map_or_else(|| host.to_owned(), ToString::to_string);
    parts.headers.insert(hyper::header::HOST, authority.parse()?);
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse()?;
    tokio::spawn(connection);
    let answer = sender.send_request(Request::from_parts(parts, Full::new(body))).await?;
    let (parts, body) = answer.into_parts();
    let body = Limited::new(body, LONGEST_ANSWER).collect().await?.to_bytes();
    Ok(Response::from_parts(parts, body))
}
