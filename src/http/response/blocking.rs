//! Answers that take long are made beside the threads that read requests, so that nobody waits who asks for less:
//! what is kept, a 304, a refusal.

use std::panic::resume_unwind;

use tokio::task::JoinSet;
use tracing::Span;

use super::problem::Problem;

/// Makes what takes a millisecond or more on a thread beside the workers; `server` says how many there are. What
/// nobody waits for any more, because its time is up or its client is gone, is not begun.
///
/// # Errors
/// [`Problem::Internal`] when the service is ending. A panic goes on in the request that it belongs to.
pub(crate) async fn aside<T: Send + 'static>(
    make: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let span = Span::current();
    // A set of one: dropped before it is begun, it never is.
    let mut making = JoinSet::new();
    making.spawn_blocking(move || span.in_scope(make));
    match making.join_next().await {
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
    fn a_panic_aside_is_one_of_the_request_that_it_belongs_to() {
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let asked = AssertUnwindSafe(|| runtime.block_on(aside(|| panic!("made wrong"))));
        let ended = catch_unwind::<_, Result<(), Problem>>(asked).expect_err("a panic");
        assert_eq!(ended.downcast_ref(), Some(&"made wrong"));
    }

    #[test]
    fn what_nobody_waits_for_any_more_is_not_begun() {
        let runtime =
            Builder::new_current_thread().max_blocking_threads(1).build().expect("a runtime");
        let begun = Arc::new(AtomicBool::new(false));
        runtime.block_on(async {
            let (release, held) = mpsc::channel::<()>();
            let first = tokio::spawn(aside(move || held.recv().is_ok()));
            tokio::task::yield_now().await;
            let noted = Arc::clone(&begun);
            let second = tokio::spawn(aside(move || noted.store(true, Ordering::SeqCst)));
            tokio::task::yield_now().await;
            second.abort();
            assert!(second.await.is_err(), "the second was given up");
            release.send(()).expect("the first waits");
            assert!(first.await.expect("no panic").is_ok_and(|told| told));
            // The one thread has taken whatever came before this.
            aside(|| ()).await.expect("a runtime that runs");
        });
        assert!(!begun.load(Ordering::SeqCst));
    }
}
