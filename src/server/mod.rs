//! Sockets: accepting, limiting, draining.
//!
//! Owns the accept loop, the timeouts that `axum::serve` does not have, and the signals. Knows no route.

mod metrics_listener;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Serve;
use crate::http::{self, App};

/// How the service stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Every running request was answered.
    Drained,
    /// Some requests were cut, because they took longer than the drain timeout.
    Cut,
}

/// Binds the address that the settings name.
///
/// # Errors
/// When the address is in use, or not ours to bind.
pub async fn bind(settings: &Serve) -> io::Result<TcpListener> {
    TcpListener::bind(settings.listen).await
}

/// Serves until a signal says to stop, then finishes what runs.
///
/// # Errors
/// When the signals of the system cannot be waited for.
pub async fn serve(
    listener: TcpListener,
    router: http::Service,
    app: App,
    settings: &Serve,
) -> io::Result<Stopped> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut stop = pin!(async {
        tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        }
    });
    if let Some(address) = settings.metrics_listen {
        metrics_listener::start(address, &app, settings.header_patience()).await?;
    }
    announce(&listener, &app)?;
    let builder = builder(settings.header_patience());
    let graceful = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Answers are small and whole: waiting to fill a packet only delays them.
                    if let Err(error) = stream.set_nodelay(true) {
                        tracing::debug!(%error, %peer, "TCP_NODELAY was refused");
                    }
                    let service = TowerToHyperService::new(router.clone());
                    let connection = builder.serve_connection(TokioIo::new(stream), service);
                    let connection = graceful.watch(connection.into_owned());
                    let open = app.telemetry().metrics().connection_opened();
                    tokio::spawn(async move {
                        let _open = open;
                        if let Err(error) = connection.await {
                            tracing::debug!(error, %peer, "a connection ended early");
                        }
                    });
                }
                Err(error) => {
                    // Out of file descriptors, as a rule: others will be closed soon.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            name = &mut stop => {
                tracing::info!(signal = name, "stopping: no new connections, running requests go on");
                break;
            }
        }
    }
    app.drain();
    drop(listener);
    let patience = settings.drain_patience();
    match tokio::time::timeout(patience, graceful.shutdown()).await {
        Ok(()) => Ok(Stopped::Drained),
        Err(_) => Ok(Stopped::Cut),
    }
}

/// Says where the service listens and what it loaded. Whoever waits for this line may send a signal at once,
/// so it is written when signals are heard, not before.
fn announce(listener: &TcpListener, app: &App) -> io::Result<()> {
    let (address, dataset) = (listener.local_addr()?, app.dataset());
    tracing::info!(
        address = %format!("http://{address}"),
        version = %dataset.release.version,
        digest = dataset.release.digest,
        records = dataset.tables().iter().map(|table| table.count()).sum::<usize>(),
        "listening"
    );
    Ok(())
}

/// HTTP/1.1 and HTTP/2 without TLS on one port. Without the timers hyper's timeouts do nothing.
fn builder(header_patience: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(header_patience);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    builder
}

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
