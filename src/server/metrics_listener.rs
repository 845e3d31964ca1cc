//! The listener for whoever watches the service: metrics and health, away from what the world may reach.
//!
//! It is served until the process ends, also while the service drains: that is worth watching.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::accept::{Acceptor, listen};
use super::connection::Shared;
use super::connection::limits::ConnectionLimits;
use super::connection::table::ConnectionTable;
use super::shutdown::ShutdownSignal;
use crate::config::Serve;
use crate::http::{App, UnreadResponder, metrics_router};

/// How many may watch at once: more than ever do, few enough to cost nothing.
const MAX_CONNECTIONS: usize = 64;

/// Listens there, and answers from then on.
///
/// # Errors
/// When the address is in use, or not ours to bind.
pub(super) fn start(address: SocketAddr, app: &App, settings: &Serve) -> io::Result<()> {
    let listener = listen(address).map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address} for metrics: {error}"))
    })?;
    let address = listener.local_addr()?;
    tracing::info!(address = %format!("http://{address}/metrics"), "metrics are served apart");
    let (never, shutdown) = ShutdownSignal::begin();
    let acceptor = Acceptor {
        shared: Shared {
            service: metrics_router(app),
            unread: UnreadResponder::new(app),
            app: app.clone(),
            limits: ConnectionLimits::of(settings),
            shutdown,
        },
        table: ConnectionTable::new(settings.max_unread_bytes),
        permits: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
        tasks: TaskTracker::new(),
    };
    tokio::spawn(async move {
        acceptor.accept(listener).await;
        drop(never);
    });
    Ok(())
}
