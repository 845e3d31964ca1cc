//! What a package tells of earlier releases: the archive, and the reasons of each change.

use super::archive::Archive;
use super::change_log::ChangeLog;
use crate::dataset::load::fault::{Fault, Faults};
use crate::dataset::load::package::{ARCHIVE_FILE, CHANGE_LOG_FILE, Package, digest};

/// What is known of earlier releases. A folder without their files has none.
#[derive(Debug, Default)]
pub struct History {
    /// The former releases; the one that is served may be among them.
    pub archive: Archive,
    /// Why records were changed or removed.
    pub change_log: ChangeLog,
    /// The digest of both files: the same digest, the same history.
    pub digest: String,
}

impl History {
    /// Reads the two files of a package, and adds their faults.
    pub(crate) fn read(package: &Package, faults: &mut Faults) -> Self {
        let archive = package.history(ARCHIVE_FILE).map(|bytes| Archive::read(bytes.clone()));
        let archive = archive.and_then(|read| {
            let expected = |error| format!("expected former releases: {error}");
            read.map_err(|error| faults.add(|| Fault::of_file(ARCHIVE_FILE, expected(error)))).ok()
        });
        let change_log = package.history(CHANGE_LOG_FILE);
        let change_log = change_log.map(|bytes| ChangeLog::read(bytes, faults));
        let files = [ARCHIVE_FILE, CHANGE_LOG_FILE].into_iter();
        let files = files.filter_map(|name| Some((name, package.history(name)?.as_ref())));
        Self {
            archive: archive.unwrap_or_default(),
            change_log: change_log.unwrap_or_default(),
            digest: digest(files),
        }
    }
}
