//! What happens on one connection, and until when it may go on.
//!
//! Owns the facts that the time limits are judged by, and the judgement. Reads and writes nothing itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::time::Instant;

use super::connection_limits::ConnectionLimits;

/// The version of HTTP that a connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// HTTP/1.0 or 1.1: one request at a time, so what is read between answers is the next header.
    Http1,
    /// HTTP/2 without TLS: many at once, with frames in between that mean nothing to a limit.
    Http2,
}

/// A limit that a client has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overdue {
    /// The headers of a request did not arrive in time.
    Header,
    /// No further request arrived in time.
    Idle,
    /// The client stopped reading its answer.
    Write,
}

impl Overdue {
    /// The limit as the settings name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Header => "header timeout",
            Self::Idle => "idle timeout",
            Self::Write => "write timeout",
        }
    }
}

/// The least that is written at once when an answer moves, in bytes: HTTP/2's pings and acknowledgements, and
/// an answer that is let through byte by byte, are smaller.
const LEAST_PROGRESS: usize = 64;

/// What happened on a connection, shared by its socket, its requests and its timer.
///
/// Times are milliseconds since it was accepted, plus one; 0 says never.
#[derive(Debug)]
pub(super) struct Activity {
    accepted: Instant,
    begun: AtomicU64,
    finished: AtomicU64,
    /// When an answer last moved: a request begun or done, or bytes of weight written.
    moved: AtomicU64,
    /// When the first byte of a header was read, and how many requests had begun by then.
    header: AtomicU64,
    header_of: AtomicU64,
    /// When the socket stopped taking bytes.
    blocked: AtomicU64,
    /// Whether a request announced a body, which nobody reads.
    body_announced: AtomicU64,
}

impl Activity {
    /// Of a connection that has just been accepted.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            accepted: Instant::now(),
            begun: AtomicU64::new(0),
            finished: AtomicU64::new(0),
            moved: AtomicU64::new(1),
            header: AtomicU64::new(0),
            header_of: AtomicU64::new(0),
            blocked: AtomicU64::new(0),
            body_announced: AtomicU64::new(0),
        })
    }

    fn now(&self) -> u64 {
        u64::try_from(self.accepted.elapsed().as_millis()).unwrap_or(u64::MAX - 1) + 1
    }

    /// A request was read; it is done when what is handed out is dropped.
    pub(super) fn begin(self: &Arc<Self>, has_body: bool) -> Running {
        self.begun.fetch_add(1, Relaxed);
        self.moved.store(self.now(), Relaxed);
        if has_body {
            self.body_announced.store(1, Relaxed);
        }
        Running(Arc::clone(self))
    }

    /// Bytes were read.
    pub(super) fn read(&self) {
        let begun = self.begun.load(Relaxed);
        let runs = begun != self.finished.load(Relaxed);
        let known = self.header.load(Relaxed) != 0 && self.header_of.load(Relaxed) == begun;
        if !runs && !known {
            self.header_of.store(begun, Relaxed);
            self.header.store(self.now(), Relaxed);
        }
    }

    /// Bytes were written.
    pub(super) fn wrote(&self, bytes: usize) {
        if self.blocked.load(Relaxed) != 0 {
            self.blocked.store(0, Relaxed);
        }
        if bytes >= LEAST_PROGRESS {
            self.moved.store(self.now(), Relaxed);
        }
    }

    /// The socket took no more bytes.
    pub(super) fn write_blocked(&self) {
        if self.blocked.load(Relaxed) == 0 {
            self.blocked.store(self.now(), Relaxed);
        }
    }

    /// Whether a client may still be sending what nobody reads.
    pub(super) fn body_announced(&self) -> bool {
        self.body_announced.load(Relaxed) != 0
    }

    /// Until when the connection may go on as it is, and which limit says so; none while a request runs, which
    /// has a limit of its own.
    fn deadline(
        &self,
        protocol: Protocol,
        limits: &ConnectionLimits,
    ) -> Option<(Duration, Overdue)> {
        let begun = self.begun.load(Relaxed);
        let runs = begun != self.finished.load(Relaxed);
        let moved = since(self.moved.load(Relaxed));
        let blocked = self.blocked.load(Relaxed);
        let header = self.header.load(Relaxed);
        let in_header = header != 0 && self.header_of.load(Relaxed) == begun;
        match protocol {
            _ if blocked != 0 => Some((since(blocked) + limits.write, Overdue::Write)),
            Protocol::Http1 if runs => None,
            Protocol::Http2 if runs => {
                Some((moved + limits.request + limits.write, Overdue::Write))
            }
            _ if begun == 0 => Some((limits.header, Overdue::Header)),
            Protocol::Http1 if in_header => Some((since(header) + limits.header, Overdue::Header)),
            _ => Some((moved + limits.idle, Overdue::Idle)),
        }
    }

    /// Waits until a limit is reached.
    ///
    /// Looks again at least as often as the shortest limit, so that a deadline that arises meanwhile is
    /// never slept through, and no request has to move a timer.
    pub(super) async fn overdue(&self, protocol: Protocol, limits: &ConnectionLimits) -> Overdue {
        loop {
            let look_again = Instant::now() + limits.shortest();
            let until = match self.deadline(protocol, limits) {
                Some((deadline, limit)) if self.accepted.elapsed() >= deadline => return limit,
                Some((deadline, _)) => look_again.min(self.accepted + deadline),
                None => look_again,
            };
            tokio::time::sleep_until(until).await;
        }
    }
}

/// A recorded time as a distance from the beginning of the connection.
const fn since(millis: u64) -> Duration {
    Duration::from_millis(millis.saturating_sub(1))
}

/// A request that runs, until it is dropped.
#[derive(Debug)]
pub(super) struct Running(Arc<Activity>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.moved.store(self.0.now(), Relaxed);
        self.0.finished.fetch_add(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: ConnectionLimits = ConnectionLimits {
        header: Duration::from_secs(10),
        idle: Duration::from_secs(75),
        write: Duration::from_secs(30),
        request: Duration::from_secs(20),
        header_bytes: 8192,
    };

    fn limit(activity: &Activity, protocol: Protocol) -> Option<Overdue> {
        activity.deadline(protocol, &LIMITS).map(|(_, limit)| limit)
    }

    #[test]
    fn a_new_connection_has_the_time_of_a_header() {
        let activity = Activity::new();
        for protocol in [Protocol::Http1, Protocol::Http2] {
            assert_eq!(
                activity.deadline(protocol, &LIMITS),
                Some((LIMITS.header, Overdue::Header))
            );
        }
        // Bytes that trickle in do not move the deadline.
        activity.read();
        let (deadline, _) = activity.deadline(Protocol::Http1, &LIMITS).expect("a deadline");
        assert_eq!(deadline, LIMITS.header);
    }

    #[test]
    fn a_request_that_runs_has_no_limit_of_the_connection_on_http_1() {
        let activity = Activity::new();
        activity.read();
        let running = activity.begin(false);
        assert_eq!(limit(&activity, Protocol::Http1), None);
        assert_eq!(limit(&activity, Protocol::Http2), Some(Overdue::Write));
        drop(running);
        assert_eq!(limit(&activity, Protocol::Http1), Some(Overdue::Idle));
        assert_eq!(limit(&activity, Protocol::Http2), Some(Overdue::Idle));
    }

    #[test]
    fn the_first_byte_after_an_answer_begins_the_time_of_a_header() {
        let activity = Activity::new();
        activity.read();
        drop(activity.begin(false));
        assert_eq!(limit(&activity, Protocol::Http1), Some(Overdue::Idle));
        activity.read();
        assert_eq!(limit(&activity, Protocol::Http1), Some(Overdue::Header));
        // HTTP/2 reads pings and settings too, which begin nothing.
        assert_eq!(limit(&activity, Protocol::Http2), Some(Overdue::Idle));
    }

    #[test]
    fn a_socket_that_takes_nothing_has_the_time_of_a_write_until_it_takes_something() {
        let activity = Activity::new();
        drop(activity.begin(false));
        activity.write_blocked();
        assert_eq!(limit(&activity, Protocol::Http1), Some(Overdue::Write));
        activity.wrote(1);
        assert_eq!(limit(&activity, Protocol::Http1), Some(Overdue::Idle));
    }
}
