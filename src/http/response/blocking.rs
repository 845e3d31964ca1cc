//! Work that takes a millisecond or more runs on the blocking pool, so that async workers stay free for cache hits,
//! 304s and errors.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::task::JoinSet;

use super::panic::HandlerPanic;
use super::problem::Problem;

/// Runs a closure on the blocking pool, whose size `server` sets. Work that nobody waits for any more, because its
/// request timed out or its client is gone, does not start.
///
/// # Errors
/// [`Problem::Internal`] when the closure panics, or when the service is ending.
pub(crate) async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    // A set of one: dropped before its task starts, the task never does.
    let mut tasks = JoinSet::new();
    // Caught on the thread where it happens, which alone knows where in the code that was.
    tasks.spawn_blocking(|| catch_unwind(AssertUnwindSafe(work)).map_err(HandlerPanic::caught));
    match tasks.join_next().await {
        Some(Ok(done)) => done.map_err(Problem::internal),
        Some(Err(ended)) => Err(Problem::internal(ended)),
        None => Err(Problem::internal("the blocking pool took no task")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;

    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn a_panic_on_the_blocking_pool_is_an_internal_problem_of_its_request() {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let ended = runtime.block_on(run_blocking(|| panic!("made wrong")));
        let ended: Result<(), _> = ended;
        match ended.expect_err("a problem") {
            Problem::Internal(cause) => {
                assert!(cause.to_string().contains("made wrong"), "{cause}");
            }
            other => panic!("another problem: {other:?}"),
        }
    }

    #[test]
    fn work_that_nobody_waits_for_does_not_start() {
        let runtime =
            Builder::new_current_thread().max_blocking_threads(1).build().expect("a runtime");
        let started = Arc::new(AtomicBool::new(false));
        runtime.block_on(async {
            let (release, held) = mpsc::channel::<()>();
            let first = tokio::spawn(run_blocking(move || held.recv().is_ok()));
            tokio::task::yield_now().await;
            let noted = Arc::clone(&started);
            let second = tokio::spawn(run_blocking(move || noted.store(true, Ordering::SeqCst)));
            tokio::task::yield_now().await;
            second.abort();
            assert!(second.await.is_err(), "the second was given up");
            release.send(()).expect("the first waits");
            assert!(first.await.expect("no panic").is_ok_and(|released| released));
            // The one thread has taken whatever came before this.
            run_blocking(|| ()).await.expect("a runtime that runs");
        });
        assert!(!started.load(Ordering::SeqCst));
    }
}
