//! Comparing each release with the one before: when that is first asked for, once, and kept for as long as the data is
//! served.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::former::{FormerReleases, ReadError};
use super::snapshot::Snapshot;
use crate::dataset::{ChangedRelease, Dataset, ReleaseChanges, ReleaseEntry};

impl FormerReleases {
    /// The dataset of a release, be it the one that is served or a former one.
    ///
    /// # Errors
    /// As [`FormerReleases::read`].
    pub(crate) async fn dataset(
        &self,
        served: &Arc<Dataset>,
        release: &ReleaseEntry,
    ) -> Result<Arc<Dataset>, ReadError> {
        if release.digest == served.release.digest {
            return Ok(Arc::clone(served));
        }
        let snapshot = self.read(served, release).await?;
        Ok(Arc::clone(snapshot.dataset()))
    }

    /// What each release changed, as the data that is served tells.
    ///
    /// # Errors
    /// When a release cannot be read.
    pub(crate) async fn changes(
        &self,
        served: &Snapshot,
    ) -> Result<Arc<ReleaseChanges>, ReadError> {
        let compare = || async { self.compare(served.dataset()).await.map(Arc::new) };
        served.changes().get_or_try_init(compare).await.map(Arc::clone)
    }

    /// Compares each release with the one before.
    async fn compare(&self, served: &Arc<Dataset>) -> Result<ReleaseChanges, ReadError> {
        let mut releases = Vec::new();
        let mut before: Option<Arc<Dataset>> = None;
        for entry in served.releases() {
            let dataset = self.dataset(served, &entry).await?;
            let version = before.as_ref().map(|before| before.release.version.to_string());
            let changes = match before {
                Some(before) => {
                    let dataset = Arc::clone(&dataset);
                    let compared = spawn_blocking(move || dataset.changes_since(&before)).await;
                    compared.map_err(|ended| ReadError::Failed(Arc::new(ended)))?
                }
                None => Vec::new(),
            };
            releases.push(ChangedRelease::new(entry, version, changes));
            before = Some(dataset);
        }
        Ok(ReleaseChanges { releases })
    }
}
