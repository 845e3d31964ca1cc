//! The threads that answer.

use std::num::NonZero;
use std::{io, thread};

use tokio::runtime::{self, Builder};

use crate::config::Serve;

/// The runtime that the settings ask for: threads that take work from each other, or one alone.
///
/// One runtime a core, each with a listener of its own, answered no more and had a longer tail:
/// `benches/README.md` has both figures.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime(settings: &Serve) -> io::Result<runtime::Runtime> {
    let machine = || thread::available_parallelism().map_or(1, NonZero::get);
    let mut builder = match settings.workers.map_or_else(machine, usize::from) {
        1 => Builder::new_current_thread(),
        workers => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(workers);
            builder
        }
    };
    builder.enable_all().build()
}
