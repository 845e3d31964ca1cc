//! What each release changed.

use std::collections::{BTreeMap, HashMap};

use super::catalog::ReleaseEntry;
use super::change_log::ChangeKind;
use super::changes::RecordChange;

/// Every release, with what it changed.
pub struct ReleaseChanges {
    /// The releases, oldest first.
    pub releases: Vec<ChangedRelease>,
}

/// A release, with what it changed.
pub struct ChangedRelease {
    /// The release.
    pub entry: ReleaseEntry,
    /// The version of the release before; none for the first.
    pub before: Option<String>,
    /// Its changes, in the order of collections and ids. Empty for the first release.
    pub changes: Vec<RecordChange>,
    /// How many of them there are of each kind.
    pub counts: BTreeMap<ChangeKind, u64>,
    /// The place of each change, by collection and id.
    places: HashMap<(&'static str, String), usize>,
}

impl ChangedRelease {
    /// A release; `before` is the version of the one before, `changes` what it changed.
    pub fn new(entry: ReleaseEntry, before: Option<String>, changes: Vec<RecordChange>) -> Self {
        let mut counts = BTreeMap::new();
        let mut places = HashMap::with_capacity(changes.len());
        for (place, change) in changes.iter().enumerate() {
            *counts.entry(change.kind).or_default() += 1;
            places.insert((change.collection, change.id.clone()), place);
        }
        Self { entry, before, changes, counts, places }
    }

    /// What became of a record in this release.
    pub fn of_record(&self, collection: &'static str, id: &str) -> Option<&RecordChange> {
        let place = self.places.get(&(collection, id.to_owned()))?;
        self.changes.get(*place)
    }
}

impl ReleaseChanges {
    /// The place of a release among all.
    pub fn place(&self, version: &str) -> Option<usize> {
        self.releases.iter().position(|release| release.entry.version.as_str() == version)
    }

    /// The release that removed a record last, of those up to a version.
    pub fn removal(
        &self,
        up_to: &str,
        collection: &'static str,
        id: &str,
    ) -> Option<&ChangedRelease> {
        let last = self.place(up_to)?;
        self.releases[..=last].iter().rev().find(|release| {
            let change = release.of_record(collection, id);
            change.is_some_and(|change| change.kind == ChangeKind::Removed)
        })
    }
}
