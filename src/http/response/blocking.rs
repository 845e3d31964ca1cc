//! Work that takes a millisecond or more runs on the blocking pool, so that async workers stay free for cache hits,
//! 304s and errors.

use std::panic::resume_unwind;

use tokio::task::JoinSet;
use tracing::Span;

use super::problem::Problem;

/// Runs a closure on the blocking pool, whose size `server` sets. Work that nobody waits for any more, because its
/// request timed out or its client is gone, does not start.
///
/// # Errors
/// [`Problem::Internal`] when the service is ending. A panic resumes in the request that it belongs to.
pub(crate) async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let span = Span::current();
    // A set of one: dropped before its task starts, the task never does.
    let mut tasks = JoinSet::new();
    tasks.spawn_blocking(move || span.in_scope(work));
    match tasks.join_next().await {
        Some(Ok(answer)) => Ok(answer),
        Some(Err(ended)) if ended.is_panic() => resume_unwind(ended.into_panic()),
        _ => Err(Problem::Internal),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;

    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn a_panic_on_the_blocking_pool_resumes_in_its_request() {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let request = AssertUnwindSafe(|| runtime.block_on(run_blocking(|| panic!("made wrong"))));
        let ended = catch_unwind::<_, Result<(), Problem>>(request).expect_err("a panic");
        assert_eq!(ended.downcast_ref(), Some(&"made wrong"));
    }

    #[test]
    fn work_that_nobody_waits_for_does_not_start() {
        let runtime =
            Builder::new_current_thread().max_blocking_threads(1).build().expect("a runtime");
        let begun = Arc::new(AtomicBool::new(false));
        runtime.block_on(async {
            let (release, held) = mpsc::channel::<()>();
            let first = tokio::spawn(run_blocking(move || held.recv().is_ok()));
            tokio::task::yield_now().await;
            let noted = Arc::clone(&begun);
            let second = tokio::spawn(run_blocking(move || noted.store(true, Ordering::SeqCst)));
            tokio::task::yield_now().await;
            second.abort();
            assert!(second.await.is_err(), "the second was given up");
            release.send(()).expect("the first waits");
            assert!(first.await.expect("no panic").is_ok_and(|released| released));
            // The one thread has taken whatever came before this.
            run_blocking(|| ()).await.expect("a runtime that runs");
        });
        assert!(!begun.load(Ordering::SeqCst));
    }
}
