//! Reloading the data while serving it: load in the background, swap whole, or keep what is served.

use std::io;
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

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
    /// How long reading may take.
    timeout: Duration,
    /// The thread that reads, or has read.
    loader: Option<JoinHandle<()>>,
}

/// What a folder held.
enum LoadResult {
    /// A dataset without a fault.
    Loaded(Box<Dataset>),
    /// Why it is not to be served, and how many reasons there are.
    Refused(String, usize),
    /// It changed while it was read: this file, or the folder itself.
    Disturbed(String),
}

impl Reloader {
    /// Begins to hear SIGHUP, which would end the process otherwise.
    pub(super) fn hear(
        app: App,
        watcher: Option<DirWatcher>,
        timeout: Duration,
    ) -> io::Result<Self> {
        let hangup = signal(SignalKind::hangup())?;
        Ok(Self { app, hangup, watcher, timeout, loader: None })
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

    async fn reload(&mut self, watcher: &mut DirWatcher, reason: &'static str) {
        let mut changed = String::new();
        for reading in 0..READINGS {
            if reading > 0 {
                watcher.settle().await;
            }
            match self.read(watcher).await {
                LoadResult::Loaded(dataset) => return self.offer(*dataset, reason),
                LoadResult::Refused(faults, count) => return self.refuse(reason, &faults, count),
                LoadResult::Disturbed(name) => changed = name,
            }
        }
        let fault = format!("the folder keeps changing while it is read: `{changed}`");
        self.refuse(reason, &fault, 1);
    }

    /// Reads the folder on a thread of its own, and waits for it no longer than the settings say: what cannot be read
    /// must neither hold up a later release nor the end of the process.
    async fn read(&mut self, watcher: &mut DirWatcher) -> LoadResult {
        if self.loader.as_ref().is_some_and(|loader| !loader.is_finished()) {
            return LoadResult::Refused("the folder is still being read from before".to_owned(), 1);
        }
        let folder = watcher.folder().to_owned();
        let (send, result) = oneshot::channel();
        let reading = move || {
            let before = DirFingerprint::of(&folder);
            let result = load(&folder);
            // Two releases may be mixed in what was read while it changed.
            let changed = DirFingerprint::of(&folder).difference(&before);
            let result = changed.map_or(result, LoadResult::Disturbed);
            // Nobody listens any more when it took too long.
            let _ = send.send((before, result));
        };
        match thread::Builder::new().name("loader".to_owned()).spawn(reading) {
            Ok(loader) => self.loader = Some(loader),
            Err(error) => return LoadResult::Refused(format!("no thread to read on: {error}"), 1),
        }
        match timeout(self.timeout, result).await {
            Ok(Ok((seen, result))) => {
                watcher.mark_read(seen);
                result
            }
            Ok(Err(_)) => LoadResult::Refused("the loader failed".to_owned(), 1),
            Err(_) => {
                let limit = self.timeout.as_secs();
                LoadResult::Refused(format!("the folder could not be read in {limit} seconds"), 1)
            }
        }
    }

    /// Serves a dataset if it is another one.
    fn offer(&self, dataset: Dataset, reason: &'static str) {
        let served = self.app.current_dataset();
        let (version, digest) =
            (dataset.release.version.to_string(), dataset.release.digest.clone());
        if served.release.digest == digest && served.history.digest == dataset.history.digest {
            self.app.reloaded(ReloadOutcome::Unchanged, 0);
            tracing::info!(reason, dataset = %version, %digest, "reloaded: the data is the same");
            return;
        }
        let records = dataset.record_count();
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
        let served = self.app.current_dataset();
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
