//! Every release that can be asked for: the former ones and the one that is served.

use std::collections::BTreeMap;

use super::archive::ArchivedRelease;
use crate::dataset::tables::Dataset;
use crate::model::{PartialDate, SemanticVersion};
use crate::query::nearest;

/// One release, whether it is archived or served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseEntry {
    /// Its version.
    pub version: SemanticVersion,
    /// The day on which it was released.
    pub released: PartialDate,
    /// The digest of its files as they were published.
    pub digest: String,
    /// How many records each of its collections has.
    pub counts: BTreeMap<String, u64>,
    /// How many bytes its files have, where it is a former one.
    pub bytes: Option<u64>,
}

impl From<&ArchivedRelease> for ReleaseEntry {
    fn from(archived: &ArchivedRelease) -> Self {
        Self {
            version: archived.version.clone(),
            released: archived.released,
            digest: archived.digest.clone(),
            counts: archived.counts.clone(),
            bytes: Some(archived.bytes()),
        }
    }
}

/// A release that there is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRelease {
    /// Every version, oldest first.
    pub versions: Vec<String>,
    /// The nearest of them; none when none is near.
    pub nearest: Option<String>,
}

impl Dataset {
    /// How many records each collection has.
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.tables().iter().map(|table| (table.name().to_owned(), table.count() as u64)).collect()
    }

    /// Every release, oldest first. What is served stands for its version, archived or not.
    pub fn releases(&self) -> Vec<ReleaseEntry> {
        let served = ReleaseEntry {
            version: self.release.version.clone(),
            released: self.release.released,
            digest: self.release.digest.clone(),
            counts: self.counts(),
            bytes: None,
        };
        let archived = self.history.archive.releases();
        let mut releases: Vec<_> = archived.iter().map(ReleaseEntry::from).collect();
        match releases.iter_mut().find(|release| release.version == served.version) {
            Some(release) => *release = served,
            None => releases.push(served),
        }
        releases
    }

    /// The release that a version, a digest or a day names; a day names the one that was in force on it.
    ///
    /// # Errors
    /// Every version, and the nearest, when there is no such release.
    pub fn find_release(&self, name: &str) -> Result<ReleaseEntry, UnknownRelease> {
        let mut releases = self.releases();
        let is_named =
            |release: &ReleaseEntry| release.version.as_str() == name || release.digest == name;
        let in_force = |release: &ReleaseEntry| {
            name.len() == "2026-11-23".len()
                && name
                    .parse::<PartialDate>()
                    .is_ok_and(|day| release.released.latest() <= day.latest())
        };
        let found =
            releases.iter().position(is_named).or_else(|| releases.iter().rposition(in_force));
        if let Some(place) = found {
            return Ok(releases.swap_remove(place));
        }
        let versions: Vec<String> =
            releases.iter().map(|release| release.version.to_string()).collect();
        let nearest = nearest(name, versions.iter().map(String::as_str)).map(str::to_owned);
        Err(UnknownRelease { versions, nearest })
    }
}
