//! Taking connections from the system, as many as may be held at once.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connection::{self, HttpService, ResponseBody};
use super::connection_limits::ConnectionLimits;
use super::shutdown::{Phase, ShutdownSignal};
use crate::http::App;

/// How long to wait when the system gives no connection, as when no more files may be opened.
const RETRY_DELAY: Duration = Duration::from_millis(50);

/// How many connections may wait in the system's queue; it takes less where it allows less.
const BACKLOG: u32 = 4096;

/// Listens on an address.
///
/// # Errors
/// When the address is in use, or not ours to bind.
pub(super) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A service that starts again must not wait until the connections of the last one are forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// What every connection is served with. Cheap to clone.
#[derive(Clone)]
pub(super) struct Acceptor<S> {
    /// What answers.
    pub(super) service: S,
    /// The service that is told to drain.
    pub(super) app: App,
    /// What a client may do.
    pub(super) limits: ConnectionLimits,
    /// A permit a connection.
    pub(super) permits: Arc<Semaphore>,
    /// The way to stopping.
    pub(super) stop: ShutdownSignal,
}

impl<S> Acceptor<S> {
    /// Accepts until the service leaves, and then what the system has accepted by that time.
    pub(super) async fn accept<B>(mut self, listener: TcpListener)
    where
        S: HttpService<B>,
        B: ResponseBody,
    {
        let mut stop = self.stop.clone();
        loop {
            let accepted = tokio::select! {
                accepted = self.next(&listener) => accepted,
                () = stop.reached(Phase::Leaving) => break,
            };
            match accepted {
                Ok((stream, permit)) => self.serve(stream, permit),
                Err(error) => {
                    // Out of file descriptors, as a rule: others will be closed soon.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(RETRY_DELAY).await;
                }
            }
        }
        if let Err(error) = self.accept_backlog(listener) {
            tracing::debug!(%error, "waiting connections could not be taken");
        }
    }

    /// The next connection, once there is a permit for it: until then it waits in the system's queue.
    async fn next(
        &mut self,
        listener: &TcpListener,
    ) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
        if self.permits.available_permits() == 0 {
            tracing::warn!("as many connections as are allowed: the next waits until one closes");
        }
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.map_err(io::Error::other)?;
        let (stream, _) = listener.accept().await?;
        Ok((stream, permit))
    }

    /// Takes what the system accepted for us and closes the listener: clients of these believe to be
    /// connected, and may have asked already.
    fn accept_backlog<B>(&self, listener: TcpListener) -> io::Result<()>
    where
        S: HttpService<B>,
        B: ResponseBody,
    {
        let listener = listener.into_std()?;
        while let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            match listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(true)?;
                    self.serve(TcpStream::from_std(stream)?, permit);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn serve<B>(&self, stream: TcpStream, permit: OwnedSemaphorePermit)
    where
        S: HttpService<B>,
        B: ResponseBody,
    {
        // Answers are small and whole: waiting to fill a packet only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
        let open = self.app.telemetry().metrics().connection_opened();
        let service = self.service.clone();
        let connection =
            connection::serve(stream, service, self.app.clone(), self.limits, self.stop.clone());
        tokio::spawn(async move {
            connection.await;
            drop((permit, open));
        });
    }
}
