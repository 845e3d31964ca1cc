//! Loading a former release as it was published.

use super::archive::ArchiveError;
use super::upgrade::{UPGRADES, upgrade};
use crate::dataset::load::fault::Faults;
use crate::dataset::load::package::Package;
use crate::dataset::tables::Dataset;

/// Why a former release cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum FormerError {
    /// It cannot be taken out of the archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// It is sound no longer: this build asks more of a record than it did when it was published.
    #[error("release {version} does not load: {faults}")]
    Faults {
        /// The release.
        version: String,
        /// What is wrong with it.
        faults: Faults,
    },
}

impl Dataset {
    /// Loads a former release: its files are read as they were published, and brought into today's form. It has no
    /// history of its own.
    ///
    /// # Errors
    /// When the archive has no such release, and when it cannot be read or loaded.
    pub fn former(&self, version: &str) -> Result<Self, FormerError> {
        let (release, files) = self.history.archive.extract(version)?;
        let package = Package::former(upgrade(files, UPGRADES), release.digest.clone());
        Self::load(&package)
            .map_err(|faults| FormerError::Faults { version: version.to_owned(), faults })
    }
}
