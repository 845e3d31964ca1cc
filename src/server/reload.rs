//! Reloading the data while serving it: load in the background, swap whole, or keep what is served.

use std::io;
use std::path::Path;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::dir_watcher::{DirFingerprint, DirWatcher};
use crate::dataset::{Dataset, Fault, Package};
use crate::http::{App, ReloadOutcome};

/// How many faults are named in the log; `check` prints all.
const FAULTS_LOGGED: usize = 5;
/// How often a folder is read that changes while it is being read.
const READINGS: usize = 5;

/// What listens for reasons to reload.
pub(super) struct Reloader {
    app: App,
    hangup: Signal,
    /// Watches the folder; none when the data is in the binary.
    watcher: Option<DirWatcher>,
}

/// What a folder held.
enum LoadResult {
    /// A dataset without a fault.
    Loaded(Box<Dataset>),
    /// Why it is not to be served, and how many reasons there are.
    Refused(String, usize),
}

impl Reloader {
    /// Begins to hear SIGHUP, which would end the process otherwise.
    pub(super) fn hear(app: App, watcher: Option<DirWatcher>) -> io::Result<Self> {
        let hangup = signal(SignalKind::hangup())?;
        Ok(Self { app, hangup, watcher })
    }

    /// Reloads on SIGHUP and whenever the folder has changed, for as long as it is polled.
    pub(super) async fn run(mut self) {
        let Some(mut watcher) = self.watcher.take() else {
            while self.hangup.recv().await.is_some() {
                tracing::info!("SIGHUP: the data is in the binary, so there is nothing to reload");
            }
            return;
        };
        loop {
            let reason = tokio::select! {
                _ = self.hangup.recv() => "SIGHUP",
                () = watcher.next() => "the folder changed",
            };
            self.reload(&mut watcher, reason).await;
        }
    }

    async fn reload(&self, watcher: &mut DirWatcher, reason: &'static str) {
        let mut result = self.read(watcher).await;
        for _ in 1..READINGS {
            if result.is_some() {
                break;
            }
            watcher.settle().await;
            result = self.read(watcher).await;
        }
        match result {
            Some(LoadResult::Loaded(dataset)) => self.offer(*dataset, reason),
            Some(LoadResult::Refused(faults, count)) => self.refuse(reason, &faults, count),
            None => self.refuse(reason, "the folder keeps changing while it is read", 1),
        }
    }

    /// Reads the folder on a thread of its own; nothing when it changed meanwhile, for then two releases
    /// may be mixed.
    async fn read(&self, watcher: &mut DirWatcher) -> Option<LoadResult> {
        let folder = watcher.folder().to_owned();
        let reading = move || {
            let before = DirFingerprint::of(&folder);
            let result = load(&folder);
            let undisturbed = DirFingerprint::of(&folder) == before;
            (before, undisturbed.then_some(result))
        };
        match tokio::task::spawn_blocking(reading).await {
            Ok((seen, result)) => {
                watcher.mark_read(seen);
                result
            }
            Err(error) => {
                tracing::error!(%error, "the loader failed");
                Some(LoadResult::Refused("the loader failed".to_owned(), 1))
            }
        }
    }

    /// Serves a dataset if it is another one.
    fn offer(&self, dataset: Dataset, reason: &'static str) {
        let served = self.app.dataset();
        let (version, digest) =
            (dataset.release.version.to_string(), dataset.release.digest.clone());
        if served.release.digest == digest && served.history.digest == dataset.history.digest {
            self.app.reloaded(ReloadOutcome::Unchanged, 0);
            tracing::info!(reason, dataset = %version, %digest, "reloaded: the data is the same");
            return;
        }
        let records = dataset.tables().iter().map(|table| table.count()).sum::<usize>();
        self.app.serve(dataset);
        self.app.reloaded(ReloadOutcome::Loaded, 0);
        tracing::info!(
            reason,
            dataset = %version,
            %digest,
            records,
            before = served.release.digest,
            "reloaded: another release is served"
        );
    }

    fn refuse(&self, reason: &'static str, faults: &str, count: usize) {
        self.app.reloaded(ReloadOutcome::Refused, count);
        let served = self.app.dataset();
        tracing::warn!(
            reason,
            faults = count,
            first = faults,
            digest = served.release.digest,
            "not reloaded: the data that was served before is served further"
        );
    }
}

fn load(folder: &Path) -> LoadResult {
    let package = match Package::read(folder) {
        Ok(package) => package,
        Err(error) => {
            let reason = format!("the folder `{}` cannot be read: {error}", folder.display());
            return LoadResult::Refused(reason, 1);
        }
    };
    match Dataset::load(&package) {
        Ok(dataset) => LoadResult::Loaded(Box::new(dataset)),
        Err(faults) => {
            let first: Vec<_> =
                faults.first().iter().take(FAULTS_LOGGED).map(Fault::to_string).collect();
            LoadResult::Refused(first.join("; "), faults.count())
        }
    }
}
