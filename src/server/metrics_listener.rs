//! The listener for whoever watches the service: metrics and health, away from what the world may reach.
//!
//! It is served until the process ends, also while the service drains: that is worth watching.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::accept::{House, listen};
use super::limits::Limits;
use super::stop::Stop;
use crate::config::Serve;
use crate::http::{App, metrics_router};

/// How many may watch at once: more than ever do, few enough to cost nothing.
const WATCHERS: usize = 64;

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
    let (never, stop) = Stop::begin();
    let house = House {
        answers: metrics_router(app),
        app: app.clone(),
        limits: Limits::of(settings),
        places: Arc::new(Semaphore::new(WATCHERS)),
        stop,
    };
    tokio::spawn(async move {
        house.accept(listener).await;
        drop(never);
    });
    Ok(())
}
