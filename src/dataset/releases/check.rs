//! Holding a dataset against its former releases: each change has its line in `changes.jsonl`, and each line its
//! change.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::archive::ArchiveError;
use super::change_log::{ChangeKind, ChangeLog, ChangeReason};
use super::changes::RecordChange;
use super::former::FormerError;
use super::version::Version;
use crate::dataset::load::fault::{Fault, Faults};
use crate::dataset::load::package::{ARCHIVE_FILE, CHANGE_LOG_FILE};
use crate::dataset::tables::Dataset;
use crate::model::{Collection, Vocabulary};
use crate::query::nearest;

/// What a line of the log is about: release, collection, id.
type Place = (String, String, String);

/// What became of records, by what the lines about them say.
type Changed = BTreeMap<Place, ChangeKind>;

impl Dataset {
    /// Holds the dataset against its former releases. Without former releases there is nothing to hold it against.
    ///
    /// # Errors
    /// Every change without a line in `changes.jsonl`, every line without a change, and a release that does not
    /// come after the last.
    pub fn check_release(&self) -> Result<(), Faults> {
        let mut faults = Faults::default();
        match self.changed_records() {
            Ok(changed) => faults = LogCheck::of(self, changed).faults(),
            Err(error) => faults.add(|| Fault::of_file(ARCHIVE_FILE, error.to_string())),
        }
        if let Some(fault) = self.succession() {
            faults.add(|| fault);
        }
        if faults.is_empty() {
            return Ok(());
        }
        faults.sort();
        Err(faults)
    }

    /// The records that changed or went, by release, collection and id, with what became of them.
    fn changed_records(&self) -> Result<Changed, FormerError> {
        let mut changed = BTreeMap::new();
        let mut add = |former: &Self, latter: &Self| {
            for RecordChange { collection, id, kind, .. } in latter.changes_since(former) {
                if kind != ChangeKind::Added {
                    let place = (latter.release.version.to_string(), collection.to_owned(), id);
                    changed.insert(place, kind);
                }
            }
        };
        let mut before: Option<Self> = None;
        for release in self.history.archive.releases() {
            let former = self.former(release.version.as_str())?;
            if let Some(before) = &before {
                add(before, &former);
            }
            before = Some(former);
        }
        if let Some(before) = before.filter(|before| before.release.version != self.release.version)
        {
            add(&before, self);
        }
        Ok(changed)
    }

    /// What keeps the dataset from being the next release, or the last one as it was published.
    fn succession(&self) -> Option<Fault> {
        let archive = &self.history.archive;
        let refused = match archive.refuse(&self.release) {
            Err(ArchiveError::Exists(version)) => {
                let same =
                    archive.releases().iter().any(|release| release.digest == self.release.digest);
                if same {
                    return None;
                }
                format!("expected a new version: release {version} was published with other data")
            }
            Err(error) => format!("expected a release after the last one: {error}"),
            Ok(()) => return None,
        };
        Some(
            Fault::of_file("dataset.json", refused)
                .key("version")
                .value(format!("{:?}", self.release.version.as_str())),
        )
    }
}

/// Holds each line of the log against a change, and each change against a line.
struct LogCheck<'d> {
    log: &'d ChangeLog,
    versions: Vec<String>,
    sources: Vec<&'d str>,
    /// The changes that no line was met for yet.
    open: Changed,
    /// What lines were met for.
    explained: BTreeSet<Place>,
}

impl<'d> LogCheck<'d> {
    fn of(dataset: &'d Dataset, changed: Changed) -> Self {
        let versions = dataset.releases().into_iter().map(|release| release.version.to_string());
        Self {
            log: &dataset.history.change_log,
            versions: versions.collect(),
            sources: dataset.sources.records().iter().map(Collection::id).collect(),
            open: changed,
            explained: BTreeSet::new(),
        }
    }

    fn faults(mut self) -> Faults {
        let mut faults = Faults::default();
        let mut last = None;
        for (number, line) in self.log.lines() {
            let ChangeReason { release, collection, id, .. } = line;
            let place = (Version::read(release.as_str()), collection.as_str(), id.as_str());
            let is_sorted = last.is_none_or(|last| last <= place);
            last = Some(place);
            let expected = "expected lines sorted by release, collection and id";
            let order = (!is_sorted).then(|| at(number, "id", id.as_str(), expected));
            let wrong = [order, self.source(number, line), self.subject(number, line)];
            wrong.into_iter().flatten().for_each(|fault| faults.add(|| fault));
        }
        for ((release, collection, id), kind) in self.open {
            faults.add(|| {
                let kind = kind.word();
                let line =
                    json!({"release": release, "collection": collection, "id": id, "kind": kind});
                let expected = format!("expected a line with the reason of {line}");
                Fault::of_file(CHANGE_LOG_FILE, expected)
            });
        }
        faults
    }

    /// A line must name a source that there is.
    fn source(&self, number: usize, line: &ChangeReason) -> Option<Fault> {
        let source = line.source.as_ref()?.as_str();
        let expected = "expected the id of a record in sources, or null";
        let hint = || nearest(source, self.sources.iter().copied());
        let known = self.sources.contains(&source);
        (!known).then(|| at(number, "source", source, expected).meant(hint()))
    }

    /// A line must be about a record that its release changed, and say what became of it.
    fn subject(&mut self, number: usize, line: &ChangeReason) -> Option<Fault> {
        let ChangeReason { release, collection, id, kind, .. } = line;
        let (release, id) = (release.as_str(), id.as_str());
        let versions = || self.versions.iter().map(String::as_str);
        if !versions().any(|version| version == release) {
            let expected = format!("expected one of the releases {}", self.versions.join(", "));
            let hint = nearest(release, versions());
            return Some(at(number, "release", release, expected).meant(hint));
        }
        let place = (release.to_owned(), collection.as_str().to_owned(), id.to_owned());
        if self.explained.contains(&place) {
            return Some(at(number, "id", id, "expected one line a record and release"));
        }
        let Some(became) = self.open.remove(&place) else {
            let expected = format!("expected a record that release {release} changed");
            return Some(at(number, "id", id, expected));
        };
        self.explained.insert(place);
        let expected = || format!("expected {}: that is what became of it", became.word());
        (became != *kind).then(|| at(number, "kind", kind.word(), expected()))
    }
}

fn at(number: usize, key: &str, value: &str, expected: impl Into<String>) -> Fault {
    Fault::at(CHANGE_LOG_FILE, number, expected).key(key).value(format!("{value:?}"))
}
