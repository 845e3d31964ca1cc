//! Noticing that the data folder has changed.
//!
//! Says that something is different and has come to rest; reads no data.

use std::ffi::OsString;
use std::os::unix::fs::MetadataExt;
use std::path::{self, Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use crate::dataset::TRANSLATIONS_DIR;

/// How long nothing must change before the folder is taken to be written: copying a release makes many changes.
const QUIET: Duration = Duration::from_millis(500);
/// How long it may go on changing before it is looked at nevertheless.
const LONGEST_UNREST: Duration = Duration::from_secs(10);
/// How often the folder is looked at where it cannot be watched.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What can be seen of the folder from outside. Two that are equal hold the same data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DirFingerprint(Result<Vec<(OsString, Option<File>)>, io::ErrorKind>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    size: u64,
    inode: u64,
    mode: u32,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl File {
    /// What can be seen of a file; none where there is nothing to see.
    fn of(path: &Path) -> Option<Self> {
        let seen = fs::metadata(path).ok()?;
        Some(Self {
            size: seen.size(),
            inode: seen.ino(),
            mode: seen.mode(),
            modified: (seen.mtime(), seen.mtime_nsec()),
            changed: (seen.ctime(), seen.ctime_nsec()),
        })
    }
}

impl DirFingerprint {
    /// Looks at every file of the folder; links are followed, because a mounted `ConfigMap` is made of them.
    pub(super) fn of(folder: &Path) -> Self {
        let look = || -> io::Result<Vec<_>> {
            let mut files = Vec::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                files.push((entry.file_name(), File::of(&entry.path())));
            }
            // There may be none.
            for entry in fs::read_dir(folder.join(TRANSLATIONS_DIR)).into_iter().flatten() {
                let entry = entry?;
                let name = Path::new(TRANSLATIONS_DIR).join(entry.file_name());
                files.push((name.into_os_string(), File::of(&entry.path())));
            }
            files.sort_by(|(one, _), (other, _)| one.cmp(other));
            Ok(files)
        };
        Self(look().map_err(|error| error.kind()))
    }

    /// The name of a file that is not the same in both; `.` when it is the folder itself.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        if self == other {
            return None;
        }
        let (Ok(ours), Ok(theirs)) = (&self.0, &other.0) else { return Some(".".to_owned()) };
        let changed = ours.iter().find(|file| !theirs.contains(file));
        let changed = changed.or_else(|| theirs.iter().find(|file| !ours.contains(file)));
        Some(changed.map_or_else(|| ".".into(), |(name, _)| name.to_string_lossy().into_owned()))
    }
}

/// Watches a folder for changes from the moment it is made on: make it before the folder is read.
pub struct DirWatcher {
    folder: PathBuf,
    /// The folder as it was when it was last read.
    known: DirFingerprint,
    watch: Option<Watch>,
    /// Whether it has been said that watching does not work.
    warned: bool,
}

struct Watch {
    watcher: RecommendedWatcher,
    events: mpsc::Receiver<()>,
}

impl DirWatcher {
    /// Remembers how the folder looks now.
    pub fn of(folder: &Path) -> Self {
        // Events name files by whole paths. Links stay as they are: one may be turned to another release.
        let folder = path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { known: DirFingerprint::of(&folder), folder, watch: None, warned: false }
    }

    /// Whether the folder is different from what was last read. It is looked at beside the workers: a file system that
    /// does not answer must not take one of them.
    async fn has_changed(&self) -> bool {
        let folder = self.folder.clone();
        let seen = tokio::task::spawn_blocking(move || DirFingerprint::of(&folder)).await;
        seen.is_ok_and(|seen| seen != self.known)
    }

    /// Waits until the folder is different from what was last read, and has come to rest.
    pub(super) async fn next(&mut self) {
        if self.watch.is_none() {
            self.watch_again();
        }
        // What changed before it was watched makes no event.
        if self.has_changed().await {
            return self.settle().await;
        }
        loop {
            match &mut self.watch {
                Some(watch) => {
                    // The sender lives in the watcher, which lives here.
                    let _ = watch.events.recv().await;
                    let latest = Instant::now() + LONGEST_UNREST;
                    loop {
                        let quiet = (Instant::now() + QUIET).min(latest);
                        if timeout_at(quiet, watch.events.recv()).await.is_err() {
                            break;
                        }
                        if Instant::now() >= latest {
                            break;
                        }
                    }
                }
                None => sleep(LOOK_EVERY).await,
            }
            // A folder that was moved away or replaced is no longer the one that is watched.
            self.watch_again();
            if self.has_changed().await {
                return;
            }
        }
    }

    /// Waits a little, for a folder that was written to while it was read.
    pub(super) async fn settle(&self) {
        sleep_until(Instant::now() + QUIET).await;
    }

    /// Remembers how the folder looked when it was read.
    pub(super) fn mark_read(&mut self, seen: DirFingerprint) {
        self.known = seen;
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn watch_again(&mut self) {
        match watch(&self.folder, self.watch.take()) {
            Ok(watch) => {
                self.watch = Some(watch);
                self.warned = false;
            }
            Err(error) => {
                self.watch = None;
                if !self.warned {
                    tracing::warn!(
                        %error,
                        folder = %self.folder.display(),
                        every_seconds = LOOK_EVERY.as_secs(),
                        "the data folder cannot be watched: it is looked at now and then instead"
                    );
                    self.warned = true;
                }
            }
        }
    }
}

/// Watches a folder, and the folder that it is in, for it may be a link that is turned to another release.
fn watch(folder: &Path, before: Option<Watch>) -> notify::Result<Watch> {
    let mut watch = match before {
        Some(watch) => watch,
        None => begin(folder)?,
    };
    // The watch of a folder stays with it when it is moved away. It may be gone already, with the folder.
    let _ = watch.watcher.unwatch(folder);
    watch.watcher.watch(folder, RecursiveMode::NonRecursive)?;
    let translations = folder.join(TRANSLATIONS_DIR);
    let _ = watch.watcher.unwatch(&translations);
    if translations.is_dir() {
        watch.watcher.watch(&translations, RecursiveMode::NonRecursive)?;
    }
    if let Some(parent) = parent(folder) {
        let _ = watch.watcher.unwatch(&parent);
        // Without it only the replacing of the whole folder would go unnoticed.
        let _ = watch.watcher.watch(&parent, RecursiveMode::NonRecursive);
    }
    Ok(watch)
}

fn begin(folder: &Path) -> notify::Result<Watch> {
    let (tell, events) = mpsc::channel(1);
    let folder = folder.to_owned();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.map_or(true, |event| concerns(&event, &folder)) {
            // One that is not heard yet says as much as two.
            let _ = tell.try_send(());
        }
    })?;
    Ok(Watch { watcher, events })
}

/// Whether an event is of the folder, not of its neighbors, and more than a look into it.
fn concerns(event: &Event, folder: &Path) -> bool {
    let touches =
        |path: &PathBuf| path.starts_with(folder) || path.file_name() == folder.file_name();
    !matches!(event.kind, EventKind::Access(_))
        && (event.paths.is_empty() || event.paths.iter().any(touches))
}

fn parent(folder: &Path) -> Option<PathBuf> {
    folder.parent().map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_changes_between_the_first_reading_and_the_watch_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watcher = DirWatcher::of(folder.path());
        fs::write(folder.path().join("partners.jsonl"), "").expect("a file");
        let noticed = tokio::time::timeout(Duration::from_mins(1), watcher.next()).await;
        assert_eq!(noticed, Ok(()), "no event will come, so it would wait for ever");
    }
}
