//! Asking a running service whether it is ready, for containers without a shell.

use std::net::SocketAddr;
use std::time::Duration;

use hyper_util::rt::TokioIo;

/// Asks a running service whether it is ready.
///
/// # Errors
/// What it answered instead, or why it could not be asked.
pub async fn healthcheck(listen: SocketAddr) -> Result<(), String> {
    use http_body_util::Empty;
    use hyper::client::conn::http1::handshake;

    // A service that listens everywhere is asked where it surely is.
    let ip = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        std::net::IpAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
        std::net::IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
    };
    let address = SocketAddr::new(ip, listen.port());
    let asking = async {
        let stream = tokio::net::TcpStream::connect(address).await.map_err(told)?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(told)?;
        tokio::spawn(connection);
        let request = hyper::Request::get("/readyz")
            .header(hyper::header::HOST, address.to_string())
            .body(Empty::<bytes::Bytes>::new())
            .map_err(told)?;
        let status = sender.send_request(request).await.map_err(told)?.status();
        if status.is_success() { Ok(()) } else { Err(format!("{address} answered {status}")) }
    };
    let patience = Duration::from_secs(2);
    let timed_out = || format!("{address} did not answer within {} seconds", patience.as_secs());
    tokio::time::timeout(patience, asking).await.map_err(|_| timed_out())?
}

#[expect(clippy::needless_pass_by_value, reason = "so that it can be handed to `map_err`")]
fn told(error: impl ToString) -> String {
    error.to_string()
}
