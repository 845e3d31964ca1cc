//! How many rows may stand in files that are being made: a workbook or a Parquet file is whole in memory until it is sent.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The rows of all files that are being made at a time. A workbook of so many takes about 50 MB.
const MOST_ROWS: u32 = 16_384;

/// Rows that files being made may hold together. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct RowBudget(Arc<Semaphore>);

impl Default for RowBudget {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST_ROWS as usize)))
    }
}

impl RowBudget {
    /// Waits until a file of so many rows may be made, in the order in which files were asked for. A file of more rows
    /// than all may hold is made alone. The rows are given back when what this gives is dropped.
    pub(crate) async fn reserve(&self, rows: usize) -> Option<OwnedSemaphorePermit> {
        let rows = u32::try_from(rows).unwrap_or(MOST_ROWS).min(MOST_ROWS);
        // Never closed, so there is always something to give.
        Arc::clone(&self.0).acquire_many_owned(rows).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn small_files_are_made_beside_each_other_and_a_large_one_alone() {
        let budget = RowBudget::default();
        let reserve = |rows| budget.reserve(rows).now_or_never();
        let small = [reserve(20), reserve(MOST_ROWS as usize / 2)];
        assert!(small.iter().all(Option::is_some));
        assert!(reserve(1 << 20).is_none(), "a large one waits for them");
        drop(small);
        let large = reserve(1 << 20);
        assert!(large.is_some());
        assert!(reserve(1).is_none(), "nothing is made beside it");
        drop(large);
        assert!(reserve(1).is_some());
    }
}
