//! The way of log lines to standard error: through a bounded buffer, by one thread.
//!
//! Many lines cost one write. Only that thread ever waits for the reader of the log: when the buffer is full, lines
//! are dropped and counted, and requests go on.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use memchr::memchr_iter;
use prometheus::IntCounter;
use tracing_subscriber::fmt::MakeWriter;

/// How long the line of a request waits for others.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// How many bytes wait at most for others.
const FULL_WRITE: usize = 256 << 10;
/// How many bytes the buffer holds: at 80,000 requests per second, what comes in 400 ms.
const CAPACITY: usize = 8 << 20;

/// The log lines on their way to standard error. Cheap to clone.
#[derive(Clone)]
pub(super) struct LogWriter(Arc<Shared>);

struct Shared {
    buffer: Mutex<Buffer>,
    /// Lines came that should be written.
    came: Condvar,
    /// All lines were written.
    drained: Condvar,
    /// How many bytes may wait.
    capacity: usize,
    /// Lines that nobody will read.
    dropped: IntCounter,
}

#[derive(Default)]
struct Buffer {
    lines: Vec<u8>,
    /// Whether a line is among them that should not wait for others.
    is_urgent: bool,
    /// Whether the thread is writing what it took out.
    is_writing: bool,
}

impl LogWriter {
    /// Writes to standard error, on a thread that sleeps while there is nothing to write. `dropped` counts the
    /// lines that could not be written.
    pub(super) fn to_standard_error(dropped: IntCounter) -> io::Result<Self> {
        Self::start(io::stderr(), CAPACITY, dropped)
    }

    fn start(
        out: impl Write + Send + 'static,
        capacity: usize,
        dropped: IntCounter,
    ) -> io::Result<Self> {
        let writer = Self(Arc::new(Shared {
            buffer: Mutex::default(),
            came: Condvar::new(),
            drained: Condvar::new(),
            capacity,
            dropped,
        }));
        let thread = writer.clone();
        thread::Builder::new().name("log".to_owned()).spawn(move || thread.write_for_ever(out))?;
        Ok(writer)
    }

    /// Takes one whole line. Never waits for the reader of the log.
    pub(super) fn push(&self, line: &[u8]) {
        self.take(line, false);
    }

    fn take(&self, line: &[u8], is_urgent: bool) {
        let mut buffer = lock(&self.0.buffer);
        let before = buffer.lines.len();
        if before + line.len() > self.0.capacity {
            drop(buffer);
            self.0.dropped.inc();
            return;
        }
        buffer.lines.extend_from_slice(line);
        buffer.is_urgent |= is_urgent;
        let is_full = before < FULL_WRITE && buffer.lines.len() >= FULL_WRITE;
        drop(buffer);
        if before == 0 || is_full || is_urgent {
            self.0.came.notify_one();
        }
    }

    /// Waits until all lines are written, but no longer than a time.
    pub(super) fn flush(&self, timeout: Duration) {
        let mut buffer = lock(&self.0.buffer);
        buffer.is_urgent = true;
        self.0.came.notify_one();
        let waiting = |buffer: &mut Buffer| buffer.is_writing || !buffer.lines.is_empty();
        let _unwritten = self.0.drained.wait_timeout_while(buffer, timeout, waiting);
    }

    fn write_for_ever(&self, mut out: impl Write) {
        let mut lines = Vec::new();
        let mut reported = 0;
        loop {
            self.next_lines(&mut lines);
            let written = out.write_all(&lines).is_ok();
            if !written {
                // How many of them went out before it failed is not known.
                self.0.dropped.inc_by(memchr_iter(b'\n', &lines).count() as u64);
            }
            lines.clear();
            lock(&self.0.buffer).is_writing = false;
            self.0.drained.notify_all();
            let dropped = self.0.dropped.get();
            // A line that says so to nobody would be dropped too, and call for the next.
            if written && dropped > reported {
                reported = dropped;
                tracing::warn!(
                    dropped,
                    "log lines were dropped: the reader of the log is too slow"
                );
            }
        }
    }

    /// Waits for lines worth a write, and swaps them with the empty ones.
    fn next_lines(&self, lines: &mut Vec<u8>) {
        let Shared { buffer, came, .. } = &*self.0;
        let is_empty = |buffer: &mut Buffer| buffer.lines.is_empty();
        let may_wait = |buffer: &mut Buffer| !buffer.is_urgent && buffer.lines.len() < FULL_WRITE;
        let waiting =
            came.wait_while(lock(buffer), is_empty).unwrap_or_else(PoisonError::into_inner);
        let (mut buffer, _) = came
            .wait_timeout_while(waiting, LONGEST_WAIT, may_wait)
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut buffer.lines, lines);
        buffer.is_urgent = false;
        buffer.is_writing = true;
    }
}

/// A thread that panicked while it held the lock left whole lines behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The line of an event that is no request: rare, and perhaps the last one, so that it waits for no other.
pub(super) struct EventWriter<'a>(&'a LogWriter);

impl Write for EventWriter<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.take(line, true);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogWriter {
    type Writer = EventWriter<'a>;

    fn make_writer(&'a self) -> EventWriter<'a> {
        EventWriter(self)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver, Sender};

    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    /// A reader of the log that takes what it is given only when it is told to.
    struct Slow {
        may_go_on: Receiver<()>,
        read: Sender<Vec<u8>>,
    }

    impl Write for Slow {
        fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
            self.may_go_on.recv().map_err(io::Error::other)?;
            self.read.send(lines.to_owned()).map_err(io::Error::other)?;
            Ok(lines.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn slow(capacity: usize) -> (LogWriter, IntCounter, Sender<()>, Receiver<Vec<u8>>) {
        let dropped = IntCounter::new("dropped", "dropped").expect("a name");
        let (go_on, may_go_on) = mpsc::channel();
        let (read, lines) = mpsc::channel();
        let writer = LogWriter::start(Slow { may_go_on, read }, capacity, dropped.clone())
            .expect("a thread");
        (writer, dropped, go_on, lines)
    }

    #[test]
    fn a_reader_that_stalls_costs_lines_and_nobody_waits_for_it() {
        let (writer, dropped, go_on, lines) = slow(100);
        writer.take(b"first\n", true);
        // The thread has taken the first, and waits with it.
        while !lock(&writer.0.buffer).is_writing {
            thread::yield_now();
        }
        for _ in 0..50 {
            writer.push(b"0123456789012345678\n");
        }
        assert_eq!(dropped.get(), 45, "five of twenty bytes have room");
        writer.flush(Duration::from_millis(1));
        for _ in 0..2 {
            go_on.send(()).expect("the thread waits");
        }
        assert_eq!(lines.recv_timeout(LONG).expect("a write"), b"first\n");
        assert_eq!(lines.recv_timeout(LONG).expect("a write").len(), 100);
    }

    #[test]
    fn lines_that_could_not_be_written_are_counted() {
        let (writer, dropped, go_on, lines) = slow(100);
        drop(lines);
        writer.push(b"one\n");
        writer.take(b"two\n", true);
        go_on.send(()).expect("the thread waits");
        writer.flush(LONG);
        assert_eq!(dropped.get(), 2);
    }

    #[test]
    fn what_was_pushed_before_a_flush_is_written_after_it() {
        let (writer, dropped, go_on, lines) = slow(100);
        writer.push(b"one\n");
        writer.push(b"two\n");
        for _ in 0..2 {
            go_on.send(()).expect("the thread waits");
        }
        writer.flush(LONG);
        let written: Vec<u8> = lines.try_iter().flatten().collect();
        assert_eq!(written, b"one\ntwo\n");
        assert_eq!(dropped.get(), 0);
    }
}
