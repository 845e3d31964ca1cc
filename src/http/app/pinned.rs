//! The service as one request sees it: one release of the data, and links that keep to it where the request names
//! one.

use std::sync::Arc;

use super::App;
use super::former::ReadError;
use super::links::Links;
use super::snapshot::Snapshot;
use crate::dataset::{Dataset, ReleaseChanges, UnknownRelease};

/// The service, pinned to the release that a request asks for; to the one that is served where it names none. Cheap
/// to clone.
#[derive(Clone)]
pub(crate) struct PinnedApp {
    app: App,
    snapshot: Arc<Snapshot>,
    pin: Option<Arc<Pin>>,
}

/// What a request that names a release is answered with.
struct Pin {
    /// Links that lead to the same release.
    links: Links,
    /// Its version.
    version: String,
    /// Whether the name means the same release for ever: a former one by its version or digest.
    lasting: bool,
}

/// Why a release cannot answer.
#[derive(Debug)]
pub(crate) enum PinError {
    /// There is none of that name.
    Unknown(UnknownRelease),
    /// It could not be read.
    Read(ReadError),
}

impl PinnedApp {
    /// The service itself.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The dataset that answers.
    pub(crate) fn dataset(&self) -> Arc<Dataset> {
        Arc::clone(self.snapshot.dataset())
    }

    /// The dataset that answers, with the answers that were made from it.
    pub(crate) fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// How links are made: those to data keep the release that the request names.
    pub(crate) fn links(&self) -> &Links {
        self.pin.as_ref().map_or(self.app.links(), |pin| &pin.links)
    }

    /// The version of the release that the request names; none where it names none.
    pub(crate) fn version(&self) -> Option<&str> {
        self.pin.as_ref().map(|pin| pin.version.as_str())
    }

    /// What each release changed, as the data that is served tells.
    ///
    /// # Errors
    /// When a release cannot be read.
    pub(crate) async fn release_changes(&self) -> Result<Arc<ReleaseChanges>, ReadError> {
        // Former releases tell of none.
        let current = match self.pin {
            None => Arc::clone(&self.snapshot),
            Some(_) => self.app.load_snapshot(),
        };
        self.app.former().changes(&current).await
    }

    /// Whether the same request gets the same data for ever.
    pub(crate) fn is_lasting(&self) -> bool {
        self.pin.as_ref().is_some_and(|pin| pin.lasting)
    }
}

impl App {
    /// The service with the release that is served now, whatever a request asks for.
    pub(crate) fn current(&self) -> PinnedApp {
        PinnedApp { app: self.clone(), snapshot: self.load_snapshot(), pin: None }
    }

    /// The service with the release that a version, a digest or a day names.
    ///
    /// # Errors
    /// When there is no such release, and when it cannot be read.
    pub(crate) async fn pinned(&self, name: &str) -> Result<PinnedApp, PinError> {
        let current = self.load_snapshot();
        let served = current.dataset();
        let release = served.find_release(name).map_err(PinError::Unknown)?;
        let version = release.version.to_string();
        let is_served = release.digest == served.release.digest;
        let lasting = !is_served && (name == version || name == release.digest);
        let snapshot = if is_served {
            current
        } else {
            self.former().read(served, &release).await.map_err(PinError::Read)?
        };
        let pin = Pin { links: self.links().pinned_to(&version), version, lasting };
        Ok(PinnedApp { app: self.clone(), snapshot, pin: Some(Arc::new(pin)) })
    }

    /// The former release of that name with its answers, if it is held.
    pub(crate) fn held(&self, served: &Dataset, name: &str) -> Option<Arc<Snapshot>> {
        let release = served.find_release(name).ok()?;
        self.former().held(&release.digest)
    }
}
