//! Sockets: accepting, limiting, draining; and reloading the data.
//!
//! Owns the accept loop, the limits that `axum::serve` does not have, the signals and the watch over the data
//! folder. Knows no route.

mod accept;
mod connection;
mod dir_watcher;
mod healthcheck;
mod metrics_listener;
mod reload;
mod runtime;
mod shutdown;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

pub use connection::HttpService;
pub use dir_watcher::DirWatcher;
pub use healthcheck::healthcheck;
pub use runtime::runtime;

use crate::config::Serve;
use crate::http::{self, App, UnreadResponder};
use accept::Acceptor;
use connection::Shared;
use connection::limits::{ConnectionLimits, max_connections};
use connection::table::ConnectionTable;
use reload::Reloader;
use shutdown::{Phase, ShutdownSignal, Signals};

/// How the service stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Every running request was answered.
    Drained,
    /// Some requests were cut: they took longer than the drain timeout, or a second signal came.
    Cut,
}

/// How long connections that were open or waiting when the service left have to send what they meant to,
/// before those without a request are closed. A request may be on its way when the signal comes.
const SETTLE: Duration = Duration::from_millis(250);

/// Binds the address that the settings name.
///
/// # Errors
/// When the address is in use, or not ours to bind.
#[expect(clippy::unused_async, reason = "a listener belongs to the runtime that it is bound in")]
pub async fn bind(settings: &Serve) -> io::Result<TcpListener> {
    accept::listen(settings.listen)
}

/// Serves until a signal says to stop, then finishes what runs. `watcher` watches the folder that the data was
/// read from; none when it came with the binary.
///
/// # Errors
/// When the signals of the system cannot be waited for, the address of the metrics cannot be bound, or the process may
/// open too few files.
pub async fn serve(
    listener: TcpListener,
    router: http::Service,
    app: App,
    settings: &Serve,
    watcher: Option<DirWatcher>,
) -> io::Result<Stopped> {
    let mut signals = Signals::hear()?;
    let reloading = Reloader::hear(app.clone(), watcher, settings.reload_timeout())?;
    let (phase, shutdown) = ShutdownSignal::begin();
    let tasks = TaskTracker::new();
    let acceptor = Acceptor {
        shared: Shared {
            service: router,
            unread: UnreadResponder::new(&app),
            app: app.clone(),
            limits: ConnectionLimits::of(settings),
            shutdown,
        },
        table: ConnectionTable::new(settings.max_unread_bytes),
        permits: Arc::new(Semaphore::new(max_connections(settings.max_connections)?)),
        tasks: tasks.clone(),
    };
    if let Some(address) = settings.metrics_listen {
        metrics_listener::start(address, &app, settings)?;
    }
    announce(&listener, &app)?;
    let reloading = tokio::spawn(reloading.run());
    let accepting = tokio::spawn(acceptor.accept(listener));
    let signal = signals.next().await;
    let stopped = tokio::select! {
        stopped = leave(signal, &phase, accepting, &tasks, &app, settings) => stopped,
        again = signals.next() => {
            tracing::warn!(signal = again, "stopping at once: a second signal came");
            Stopped::Cut
        }
    };
    reloading.abort();
    tracing::info!(cut = stopped == Stopped::Cut, "stopped");
    Ok(stopped)
}

/// Leaves in the order that loses no request: tell, wait until it is heard, take who is at the door, answer.
async fn leave(
    signal: &str,
    phase: &watch::Sender<Phase>,
    accepting: JoinHandle<()>,
    connections: &TaskTracker,
    app: &App,
    settings: &Serve,
) -> Stopped {
    app.drain();
    tracing::info!(
        signal,
        delay = settings.drain_delay,
        "stopping: not ready any more, and soon no new connections; running requests go on"
    );
    tokio::time::sleep(settings.drain_delay()).await;
    phase.send_replace(Phase::Leaving);
    let closing = async {
        if let Err(error) = accepting.await {
            tracing::error!(%error, "the accept loop failed");
        }
        connections.close();
        if tokio::time::timeout(SETTLE, connections.wait()).await.is_err() {
            phase.send_replace(Phase::Closing);
            connections.wait().await;
        }
    };
    if tokio::time::timeout(settings.drain_timeout(), closing).await.is_ok() {
        return Stopped::Drained;
    }
    tracing::warn!(
        connections = connections.len(),
        "the drain timeout is over: what still runs is cut"
    );
    Stopped::Cut
}

/// Says where the service listens and what it loaded. Whoever waits for this line may send a signal at once,
/// so it is written when signals are heard, not before.
fn announce(listener: &TcpListener, app: &App) -> io::Result<()> {
    let (address, dataset) = (listener.local_addr()?, app.current_dataset());
    tracing::info!(
        address = %format!("http://{address}"),
        version = env!("CARGO_PKG_VERSION"),
        dataset = %dataset.release.version,
        digest = dataset.release.digest,
        records = dataset.record_count(),
        "listening"
    );
    Ok(())
}
