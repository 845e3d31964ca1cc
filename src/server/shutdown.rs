//! How the service stops: signals, and the phases that they lead through.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// How far the service is on its way to stopping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// It serves.
    Serving,
    /// It takes no new connections, but for those that the system has taken for it already.
    Leaving,
    /// Connections without a request are closed; the others when they have answered.
    Closing,
}

/// What connections and listeners see of the way. The service has stopped when all of them are dropped.
#[derive(Debug, Clone)]
pub(super) struct ShutdownSignal(watch::Receiver<Phase>);

impl ShutdownSignal {
    /// A way, and what is seen of it.
    pub(super) fn begin() -> (watch::Sender<Phase>, Self) {
        let (sender, receiver) = watch::channel(Phase::Serving);
        (sender, Self(receiver))
    }

    /// Waits until a phase is reached.
    pub(super) async fn reached(&mut self, phase: Phase) {
        // Without a sender the service is gone, which is as far as it gets.
        let _ = self.0.wait_for(|now| *now >= phase).await;
    }
}

/// The signals that tell the service to stop.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Begins to hear them.
    ///
    /// # Errors
    /// When the system does not let us.
    pub(super) fn hear() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next of them, and names it.
    pub(super) async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}
