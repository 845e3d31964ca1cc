//! Taking connections from the system, as many as may be held at once.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use socket2::SockRef;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use super::connection::table::ConnectionTable;
use super::connection::{self, HttpService, Shared};
use super::shutdown::Phase;

/// How long to wait when the system gives no connection, as when no more files may be opened.
const RETRY_DELAY: Duration = Duration::from_millis(50);

/// How often to look for an idle connection to close, while all have a request.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// How many connections may wait in the system's queue; it takes less where it allows less.
const BACKLOG: u32 = 4096;

/// How many bytes that are not sent yet the system takes of an answer at once: enough to fill a line, and few enough
/// that a client that does not read holds neither memory of the system nor the count of what it has read.
const UNSENT: u32 = 128 << 10;

/// How often the log says the same of connections, however many there are.
const WARN_INTERVAL: Duration = Duration::from_secs(10);

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

/// What takes connections and gives each to a task of its own. Cheap to clone.
#[derive(Clone)]
pub(super) struct Acceptor<S> {
    /// What every connection is served with.
    pub(super) shared: Shared<S>,
    /// All of them.
    pub(super) table: ConnectionTable,
    /// A permit per connection.
    pub(super) permits: Arc<Semaphore>,
    /// The tasks of connections, and of the acceptor.
    pub(super) tasks: TaskTracker,
}

impl<S: HttpService> Acceptor<S> {
    /// Accepts until the service leaves, and then what the system has accepted by that time.
    pub(super) async fn accept(self, listener: TcpListener) {
        let mut shutdown = self.shared.shutdown.clone();
        let (mut is_full, mut failed) = (Warning::default(), Warning::default());
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = shutdown.reached(Phase::Leaving) => break,
            };
            match accepted {
                Ok((stream, _)) => {
                    let permit = tokio::select! {
                        permit = self.permit(&mut is_full) => permit,
                        () = shutdown.reached(Phase::Leaving) => None,
                    };
                    self.serve(stream, permit);
                }
                Err(error) => {
                    // Out of file descriptors, as a rule: others will be closed soon.
                    if let Some(count) = failed.count(1) {
                        tracing::warn!(%error, count, "connections could not be accepted");
                    }
                    tokio::time::sleep(RETRY_DELAY).await;
                }
            }
        }
        if let Err(error) = self.accept_backlog(listener) {
            tracing::debug!(%error, "waiting connections could not be taken");
        }
    }

    /// A permit for a connection that was accepted; when there is none, the longest idle connections make room.
    async fn permit(&self, is_full: &mut Warning) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
                return Some(permit);
            }
            let closed = self.table.close_longest_idle();
            if let Some(closed) = is_full.count(closed) {
                tracing::warn!(
                    closed,
                    "as many connections as are allowed: the longest idle ones are closed for the next"
                );
            }
            let permit = Arc::clone(&self.permits).acquire_owned();
            if let Ok(permit) = tokio::time::timeout(LOOK_AGAIN, permit).await {
                return permit.ok();
            }
        }
    }

    /// Takes what the system accepted for us and closes the listener: clients of these believe to be
    /// connected, and may have asked already.
    fn accept_backlog(&self, listener: TcpListener) -> io::Result<()> {
        let listener = listener.into_std()?;
        while let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            match listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(true)?;
                    self.serve(TcpStream::from_std(stream)?, Some(permit));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn serve(&self, stream: TcpStream, permit: Option<OwnedSemaphorePermit>) {
        // Answers are small and whole: waiting to fill a packet only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
        #[cfg(target_os = "linux")]
        if let Err(error) = SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT) {
            tracing::debug!(%error, "TCP_NOTSENT_LOWAT was refused");
        }
        let open = self.shared.app.telemetry().metrics().connection_opened();
        let serving = connection::serve(stream, self.table.add(), self.shared.clone());
        self.tasks.spawn(async move {
            serving.await;
            drop((permit, open));
        });
    }
}

/// A warning that is written at most once in an interval, with what it counted since.
#[derive(Default)]
struct Warning {
    last: Option<Instant>,
    counted: usize,
}

impl Warning {
    /// Counts; and says how much it counted when it is time to warn.
    fn count(&mut self, more: usize) -> Option<usize> {
        self.counted += more;
        if self.last.is_some_and(|last| last.elapsed() < WARN_INTERVAL) {
            return None;
        }
        self.last = Some(Instant::now());
        Some(std::mem::take(&mut self.counted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_warning_is_written_once_in_an_interval_and_counts_on() {
        let mut warning = Warning::default();
        assert_eq!(warning.count(1), Some(1));
        assert_eq!((warning.count(1), warning.count(1)), (None, None));
        tokio::time::advance(WARN_INTERVAL).await;
        assert_eq!(warning.count(1), Some(3));
    }
}
