//! The listener for whoever watches the service: metrics and health, away from what the world may reach.
//!
//! It is served until the process ends, also while the service drains: that is worth watching.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use super::builder;
use crate::http::{App, metrics_router};

/// Listens there, and answers from then on.
///
/// # Errors
/// When the address is in use, or not ours to bind.
pub(super) async fn start(address: SocketAddr, app: &App, patience: Duration) -> io::Result<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        io::Error::new(error.kind(), format!("cannot listen on {address} for metrics: {error}"))
    })?;
    let address = listener.local_addr()?;
    tracing::info!(address = %format!("http://{address}/metrics"), "metrics are served apart");
    tokio::spawn(answer(listener, metrics_router(app), patience));
    Ok(())
}

async fn answer(listener: TcpListener, router: axum::Router, patience: Duration) {
    let builder = builder(patience);
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let service = TowerToHyperService::new(router.clone());
                let connection = builder.serve_connection(TokioIo::new(stream), service);
                let connection = connection.into_owned();
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(error, %peer, "a connection for metrics ended early");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection for metrics could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}
