//! What each release changed.

use std::collections::{BTreeMap, HashMap};

use crate::dataset::{ChangeKind, RecordChange, ReleaseEntry};

/// Every release, with what it changed.
pub(crate) struct ReleaseChanges {
    /// The releases, oldest first.
    pub(crate) releases: Vec<ChangedRelease>,
}

/// A release, with what it changed.
pub(crate) struct ChangedRelease {
    /// The release.
    pub(crate) entry: ReleaseEntry,
    /// The version of the release before; none for the first.
    pub(crate) before: Option<String>,
    /// Its changes, in the order of collections and ids. Empty for the first release.
    pub(crate) changes: Vec<RecordChange>,
    /// How many of them there are of each kind.
    pub(crate) counts: BTreeMap<ChangeKind, u64>,
    /// The place of each change, by collection and id.
    places: HashMap<(&'static str, String), usize>,
}

impl ChangedRelease {
    pub(crate) fn new(
        entry: ReleaseEntry,
        before: Option<String>,
        changes: Vec<RecordChange>,
    ) -> Self {
        let mut counts = BTreeMap::new();
        let mut places = HashMap::with_capacity(changes.len());
        for (place, change) in changes.iter().enumerate() {
            *counts.entry(change.kind).or_default() += 1;
            places.insert((change.collection, change.id.clone()), place);
        }
        Self { entry, before, changes, counts, places }
    }

    /// What became of a record in this release.
    pub(crate) fn of_record(&self, collection: &'static str, id: &str) -> Option<&RecordChange> {
        let place = self.places.get(&(collection, id.to_owned()))?;
        self.changes.get(*place)
    }
}

impl ReleaseChanges {
    /// The place of a release among all.
    pub(crate) fn place(&self, version: &str) -> Option<usize> {
        self.releases.iter().position(|release| release.entry.version.as_str() == version)
    }

    /// The release that removed a record last, of those up to a version.
    pub(crate) fn removal(
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
