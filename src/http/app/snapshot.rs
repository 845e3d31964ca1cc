//! A dataset with what was made of it.

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::response_cache::ResponseCache;
use crate::dataset::{Dataset, ReleaseChanges};

/// A dataset with the answers that were made from it: swapped whole, so that neither outlives the other.
pub(crate) struct Snapshot {
    dataset: Arc<Dataset>,
    responses: ResponseCache,
    /// What each release changed, compared when first asked.
    changes: OnceCell<Arc<ReleaseChanges>>,
}

impl Snapshot {
    /// A dataset with room for so many bytes of answers.
    pub(crate) fn of(dataset: Dataset, cache_bytes: u64) -> Self {
        let responses = ResponseCache::new(cache_bytes);
        Self { dataset: Arc::new(dataset), responses, changes: OnceCell::new() }
    }

    /// The dataset.
    pub(crate) fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The answers that were made from this dataset.
    pub(crate) fn responses(&self) -> &ResponseCache {
        &self.responses
    }

    /// Where it is kept what each release changed, once that has been compared.
    pub(crate) fn changes(&self) -> &OnceCell<Arc<ReleaseChanges>> {
        &self.changes
    }
}
