//! Where lines of the log wait for a moment, so that many requests cost one write.
//!
//! Lines leave in the order in which they came. Nothing is dropped: when the reader of the log is slow, whoever
//! brings more waits for it.

use std::io::{self, Stderr, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// How long a line waits at most, but for the time of the write itself.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// How much waits at most, in bytes, before whoever brings the next line writes it all.
const MOST_WAITING: usize = 256 * 1024;

/// The lines of the log on their way to standard error. Cheap to clone.
#[derive(Clone)]
pub(super) struct LogWriter(Arc<Shared>);

struct Shared {
    waiting: Mutex<Vec<u8>>,
    came: Condvar,
    out: Mutex<Out>,
}

struct Out {
    to: Stderr,
    /// Empty, and as large as what waited before: the two buffers take turns.
    writing: Vec<u8>,
}

impl LogWriter {
    /// Writes to standard error, on a thread that sleeps while there is nothing to write.
    pub(super) fn to_standard_error() -> io::Result<Self> {
        let lines = Self(Arc::new(Shared {
            waiting: Mutex::default(),
            came: Condvar::new(),
            out: Mutex::new(Out { to: io::stderr(), writing: Vec::new() }),
        }));
        let writer = lines.clone();
        std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || writer.write_for_ever())?;
        Ok(lines)
    }

    /// Takes one whole line.
    pub(super) fn push(&self, line: &[u8]) {
        let mut waiting = lock(&self.0.waiting);
        let was_empty = waiting.is_empty();
        waiting.extend_from_slice(line);
        let is_full = waiting.len() > MOST_WAITING;
        drop(waiting);
        if was_empty {
            self.0.came.notify_one();
        }
        if is_full {
            self.flush();
        }
    }

    /// Writes all that waits.
    pub(super) fn flush(&self) {
        let mut out = lock(&self.0.out);
        let Out { to, writing } = &mut *out;
        std::mem::swap(&mut *lock(&self.0.waiting), writing);
        // A log that cannot be written has nowhere to say so.
        let _ = to.write_all(writing);
        writing.clear();
    }

    fn write_for_ever(&self) {
        loop {
            let waiting = lock(&self.0.waiting);
            let came = self.0.came.wait_while(waiting, |waiting| waiting.is_empty());
            drop(came.unwrap_or_else(PoisonError::into_inner));
            std::thread::sleep(LONGEST_WAIT);
            self.flush();
        }
    }
}

/// A thread that panicked while it held the lock left whole lines behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An event that is no request: rare, and perhaps the last one, so that it is written at once.
pub(super) struct AtOnce<'a>(&'a LogWriter);

impl Write for AtOnce<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(line);
        self.0.flush();
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for LogWriter {
    type Writer = AtOnce<'a>;

    fn make_writer(&'a self) -> AtOnce<'a> {
        AtOnce(self)
    }
}
