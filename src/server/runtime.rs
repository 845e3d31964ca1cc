//! The threads that answer, and those beside them that make what takes long.

use std::num::NonZero;
use std::{io, thread};

use tokio::runtime::{self, Builder};

use crate::config::Serve;

/// How many threads beside each worker make what takes long. Few, so that a worker that wakes has a good share of its
/// core; more than one, so that a large file holds up nobody who asks for a smaller answer.
const BLOCKING_THREADS_PER_WORKER: usize = 4;

/// The runtime that the settings ask for: threads that take work from each other, or one alone.
///
/// One runtime a core, each with a listener of its own, answered no more and had a longer tail:
/// `benches/README.md` has both figures.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime(settings: &Serve) -> io::Result<runtime::Runtime> {
    let machine = || thread::available_parallelism().map_or(1, NonZero::get);
    let workers = settings.workers.map_or_else(machine, usize::from);
    let mut builder = match workers {
        1 => Builder::new_current_thread(),
        workers => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(workers);
            builder
        }
    };
    builder
        .max_blocking_threads(workers.saturating_mul(BLOCKING_THREADS_PER_WORKER))
        .enable_all()
        .build()
}
