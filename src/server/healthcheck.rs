//! Asking a running service whether it is ready, for containers without a shell.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Empty;
use hyper::client::conn::http1::handshake;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How long a service may take to say that it is ready.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Why a service is not known to be ready. Each names the address that was asked.
#[derive(Debug, thiserror::Error)]
pub enum HealthcheckError {
    /// There is no way to it.
    #[error("{address} cannot be reached: {source}")]
    Unreachable {
        /// The address that was asked.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// It answers, but not in HTTP.
    #[error("{address} does not answer in HTTP: {source}")]
    NoHttp {
        /// The address that was asked.
        address: SocketAddr,
        /// What is wrong with its answer.
        source: hyper::Error,
    },
    /// It says that it is not ready.
    #[error("{address} answered {status}")]
    NotReady {
        /// The address that was asked.
        address: SocketAddr,
        /// The status of its answer.
        status: StatusCode,
    },
    /// It says nothing.
    #[error("{address} did not answer within {} seconds", TIMEOUT.as_secs())]
    Silent {
        /// The address that was asked.
        address: SocketAddr,
    },
}

/// Asks the service that listens on an address whether it is ready.
///
/// # Errors
/// What it answered instead, or why it could not be asked.
pub async fn healthcheck(listen: SocketAddr) -> Result<(), HealthcheckError> {
    // A service that listens everywhere is asked where it surely is.
    let ip = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    let address = SocketAddr::new(ip, listen.port());
    let status = tokio::time::timeout(TIMEOUT, readiness(address))
        .await
        .map_err(|_| HealthcheckError::Silent { address })??;
    if status.is_success() { Ok(()) } else { Err(HealthcheckError::NotReady { address, status }) }
}

async fn readiness(address: SocketAddr) -> Result<StatusCode, HealthcheckError> {
    let no_http = |source| HealthcheckError::NoHttp { address, source };
    let stream = TcpStream::connect(address)
        .await
        .map_err(|source| HealthcheckError::Unreachable { address, source })?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(no_http)?;
    tokio::spawn(connection);
    let mut request = Request::new(Empty::<Bytes>::new());
    *request.uri_mut() = hyper::Uri::from_static("/readyz");
    let host = header::HeaderValue::try_from(address.to_string())
        .expect("an address has no character that a header may not hold");
    request.headers_mut().insert(header::HOST, host);
    Ok(sender.send_request(request).await.map_err(no_http)?.status())
}
