//! The listener for whoever watches the service: metrics and health, away from what the world may reach.
//!
//! It is served until the process ends, also while the service drains: that is worth watching.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::accept::{Acceptor, listen};
use super::connection_limits::ConnectionLimits;
use super::shutdown::ShutdownSignal;
use crate::config::Serve;
use crate::http::{App, metrics_router};

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
    let (never, stop) = ShutdownSignal::begin();
    let acceptor = Acceptor {
        service: metrics_router(app),
        app: app.clone(),
        limits: ConnectionLimits::of(settings),
        permits: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
        stop,
    };
    tokio::spawn(async move {
        acceptor.accept(listener).await;
        drop(never);
    });
    Ok(())
}
