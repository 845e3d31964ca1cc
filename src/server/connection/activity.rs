//! What happens on one connection, and until when it may go on.
//!
//! Owns the facts that the limits are judged by, and the judgment. Reads and writes nothing itself.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::limits::ConnectionLimits;
use super::read_rate::ReadRate;

/// The version of HTTP that a connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// HTTP/1.0 or 1.1: one request at a time, so what is read between answers is the next header.
    Http1,
    /// HTTP/2 without TLS: many at once, with frames in between that mean nothing to a limit.
    Http2,
}

/// Why a connection is closed by the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CloseReason {
    /// The headers of a request did not arrive in time.
    Header,
    /// No further request arrived in time.
    Idle,
    /// The client stopped reading its answer.
    Write,
    /// The client reads its answers too slowly.
    SlowReader,
    /// All connections were taken, and it was the longest idle one.
    TableFull,
    /// Too much was waiting to be read, and the most of it here, or for the longest time.
    Unread,
}

impl CloseReason {
    /// As the log and the metrics name it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Header => "header timeout",
            Self::Idle => "idle timeout",
            Self::Write => "write timeout",
            Self::SlowReader => "slow reader",
            Self::TableFull => "connection table full",
            Self::Unread => "unread bytes",
        }
    }
}

/// The least that is written at once when an answer moves, in bytes: HTTP/2's pings and acknowledgements, and
/// an answer that is let through byte by byte, are smaller.
const LEAST_PROGRESS: usize = 64;

/// How often the rate of a reader is looked at: the time that the setting of its least rate names.
const RATE_INTERVAL: Duration = Duration::from_secs(10);

/// What happened on a connection, shared by its socket, its requests, its timer and the table of all connections.
///
/// Times are milliseconds since it was accepted, plus one; 0 says never.
#[derive(Debug)]
pub(crate) struct Activity {
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
    /// How many bytes of weight were written in all.
    written: AtomicU64,
    /// How many bytes of answers are made and not yet handed to the system.
    unread: AtomicU64,
    /// Since when there are such bytes, and how often there were none left.
    unread_since: AtomicU64,
    drained: AtomicU64,
    /// Whether the service wants the connection to end, and why.
    closing: OnceLock<CloseReason>,
    close: Notify,
}

impl Activity {
    /// Of a connection that has just been accepted.
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            accepted: Instant::now(),
            begun: AtomicU64::new(0),
            finished: AtomicU64::new(0),
            moved: AtomicU64::new(1),
            header: AtomicU64::new(0),
            header_of: AtomicU64::new(0),
            blocked: AtomicU64::new(0),
            written: AtomicU64::new(0),
            unread: AtomicU64::new(0),
            unread_since: AtomicU64::new(0),
            drained: AtomicU64::new(0),
            closing: OnceLock::new(),
            close: Notify::new(),
        })
    }

    fn now(&self) -> u64 {
        u64::try_from(self.accepted.elapsed().as_millis()).unwrap_or(u64::MAX - 1) + 1
    }

    /// A request was read; it is done when what is handed out is dropped.
    pub(crate) fn begin(self: &Arc<Self>) -> ActiveRequest {
        self.begun.fetch_add(1, Relaxed);
        self.moved.store(self.now(), Relaxed);
        ActiveRequest(Arc::clone(self))
    }

    /// Bytes were read.
    pub(crate) fn read(&self) {
        let begun = self.begun.load(Relaxed);
        let known = self.header.load(Relaxed) != 0 && self.header_of.load(Relaxed) == begun;
        if !self.has_request() && !known {
            self.header_of.store(begun, Relaxed);
            self.header.store(self.now(), Relaxed);
        }
    }

    /// Bytes were written.
    pub(crate) fn wrote(&self, bytes: usize) {
        if self.blocked.load(Relaxed) != 0 {
            self.blocked.store(0, Relaxed);
        }
        if bytes >= LEAST_PROGRESS {
            self.written.fetch_add(bytes as u64, Relaxed);
            self.moved.store(self.now(), Relaxed);
        }
    }

    /// The socket took no more bytes.
    pub(crate) fn write_blocked(&self) {
        if self.blocked.load(Relaxed) == 0 {
            self.blocked.store(self.now(), Relaxed);
        }
    }

    /// Bytes of an answer were made.
    pub(crate) fn add_unread(&self, bytes: u64) {
        if self.unread.fetch_add(bytes, Relaxed) == 0 {
            self.unread_since.store(self.now(), Relaxed);
        }
    }

    /// They were handed to the system, or given up.
    pub(crate) fn remove_unread(&self, bytes: u64) {
        if self.unread.fetch_sub(bytes, Relaxed) == bytes {
            self.drained.fetch_add(1, Relaxed);
        }
    }

    /// How many bytes wait to be read.
    pub(crate) fn unread(&self) -> u64 {
        self.unread.load(Relaxed)
    }

    /// How many bytes wait to be read, and for how many milliseconds there have been some.
    pub(crate) fn unread_age(&self) -> (u64, u64) {
        let age = self.now().saturating_sub(self.unread_since.load(Relaxed));
        (self.unread(), age)
    }

    /// Whether a request runs.
    pub(crate) fn has_request(&self) -> bool {
        self.begun.load(Relaxed) != self.finished.load(Relaxed)
    }

    /// Whether a part of a request was read.
    pub(crate) fn is_in_header(&self) -> bool {
        let is_new = self.header_of.load(Relaxed) == self.begun.load(Relaxed);
        !self.has_request() && is_new && self.header.load(Relaxed) != 0
    }

    /// Whether no request runs and no answer waits to be read.
    pub(crate) fn is_idle(&self) -> bool {
        !self.has_request() && self.unread() == 0
    }

    /// Since when nothing has moved on the connection.
    pub(crate) fn idle_since(&self) -> Instant {
        self.accepted + since(self.moved.load(Relaxed))
    }

    /// Asks the connection to end; false when it was asked already.
    pub(crate) fn close(&self, reason: CloseReason) -> bool {
        let first = self.closing.set(reason).is_ok();
        if first {
            self.close.notify_one();
        }
        first
    }

    /// Whether the connection was asked to end.
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.get().is_some()
    }

    /// Until when the connection may go on as it is, and which limit says so; none while a request runs, which
    /// has a limit of its own.
    fn deadline(
        &self,
        protocol: Protocol,
        limits: &ConnectionLimits,
    ) -> Option<(Duration, CloseReason)> {
        let begun = self.begun.load(Relaxed);
        let moved = since(self.moved.load(Relaxed));
        let blocked = self.blocked.load(Relaxed);
        let header = self.header.load(Relaxed);
        match protocol {
            _ if blocked != 0 => Some((since(blocked) + limits.write, CloseReason::Write)),
            Protocol::Http1 if self.has_request() => None,
            Protocol::Http2 if self.has_request() => {
                Some((moved + limits.request + limits.write, CloseReason::Write))
            }
            _ if begun == 0 => Some((limits.header, CloseReason::Header)),
            Protocol::Http1 if self.is_in_header() => {
                Some((since(header) + limits.header, CloseReason::Header))
            }
            _ => Some((moved + limits.idle, CloseReason::Idle)),
        }
    }

    /// Waits until a limit is reached, or the service wants the connection to end.
    ///
    /// Looks again at least as often as the shortest limit, so that a deadline that arises meanwhile is
    /// never slept through, and no request has to move a timer.
    pub(crate) async fn overdue(
        &self,
        protocol: Protocol,
        limits: &ConnectionLimits,
    ) -> CloseReason {
        let mut rate = ReadRate::new(limits.read_bytes, RATE_INTERVAL);
        loop {
            let now = self.accepted.elapsed();
            let (unread, drained) = (self.unread(), self.drained.load(Relaxed));
            if rate.is_too_slow(now, self.written.load(Relaxed), unread > 0, drained) {
                return CloseReason::SlowReader;
            }
            let look_again = Instant::now() + limits.shortest().min(RATE_INTERVAL);
            let until = match self.deadline(protocol, limits) {
                Some((deadline, limit)) if now >= deadline => return limit,
                Some((deadline, _)) => look_again.min(self.accepted + deadline),
                None => look_again,
            };
            tokio::select! {
                () = tokio::time::sleep_until(until) => {}
                reason = self.close_requested() => return reason,
            }
        }
    }

    /// Waits until the service wants the connection to end.
    pub(crate) async fn close_requested(&self) -> CloseReason {
        self.close.notified().await;
        self.closing.get().copied().unwrap_or(CloseReason::Idle)
    }
}

/// A recorded time as a distance from the beginning of the connection.
const fn since(millis: u64) -> Duration {
    Duration::from_millis(millis.saturating_sub(1))
}

/// A request that runs, until it is dropped.
#[derive(Debug)]
pub(crate) struct ActiveRequest(Arc<Activity>);

impl Drop for ActiveRequest {
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
        read_bytes: 8192,
        header_bytes: 8192,
        uri_bytes: 4096,
        streams: 32,
    };

    fn limit(activity: &Activity, protocol: Protocol) -> Option<CloseReason> {
        activity.deadline(protocol, &LIMITS).map(|(_, limit)| limit)
    }

    #[test]
    fn a_new_connection_has_the_time_of_a_header() {
        let activity = Activity::new();
        for protocol in [Protocol::Http1, Protocol::Http2] {
            assert_eq!(
                activity.deadline(protocol, &LIMITS),
                Some((LIMITS.header, CloseReason::Header))
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
        let running = activity.begin();
        assert_eq!(limit(&activity, Protocol::Http1), None);
        assert_eq!(limit(&activity, Protocol::Http2), Some(CloseReason::Write));
        drop(running);
        assert_eq!(limit(&activity, Protocol::Http1), Some(CloseReason::Idle));
        assert_eq!(limit(&activity, Protocol::Http2), Some(CloseReason::Idle));
    }

    #[test]
    fn the_first_byte_after_an_answer_begins_the_time_of_a_header() {
        let activity = Activity::new();
        activity.read();
        drop(activity.begin());
        assert_eq!(limit(&activity, Protocol::Http1), Some(CloseReason::Idle));
        activity.read();
        assert_eq!(limit(&activity, Protocol::Http1), Some(CloseReason::Header));
        // HTTP/2 reads pings and settings too, which begin nothing.
        assert_eq!(limit(&activity, Protocol::Http2), Some(CloseReason::Idle));
    }

    #[test]
    fn a_socket_that_takes_nothing_has_the_time_of_a_write_until_it_takes_something() {
        let activity = Activity::new();
        drop(activity.begin());
        activity.write_blocked();
        assert_eq!(limit(&activity, Protocol::Http1), Some(CloseReason::Write));
        activity.wrote(1);
        assert_eq!(limit(&activity, Protocol::Http1), Some(CloseReason::Idle));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_let_through_byte_by_byte_ends_the_connection() {
        let activity = Activity::new();
        let running = activity.begin();
        activity.add_unread(1 << 20);
        let trickle = async {
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                // Enough to count as progress, and a tenth of what a client must read.
                activity.wrote(80);
            }
        };
        tokio::select! {
            () = trickle => {}
            reason = activity.overdue(Protocol::Http2, &LIMITS) => {
                assert_eq!(reason, CloseReason::SlowReader);
            }
        }
        drop(running);
    }
}
