//! Reloading the data while serving it: read and check aside, swap whole, or keep what is served.

use std::io;
use std::path::Path;

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::changes::{Changes, Outside};
use crate::dataset::{Dataset, Fault, Package};
use crate::http::{App, ReloadOutcome};

/// How many faults are named in the log; `check` prints all.
const FAULTS_TOLD: usize = 5;
/// How often a folder is read that changes while it is being read.
const READINGS: usize = 5;

/// What listens for reasons to reload.
pub(super) struct Reloading {
    app: App,
    hangup: Signal,
    /// Changes of the folder; none when the data is in the binary.
    changes: Option<Changes>,
}

/// What a folder held.
enum Found {
    /// A dataset without a fault.
    Sound(Box<Dataset>),
    /// Why it is not to be served, and how many reasons there are.
    Faulty(String, usize),
}

impl Reloading {
    /// Begins to hear SIGHUP, which would end the process otherwise.
    pub(super) fn hear(app: App, changes: Option<Changes>) -> io::Result<Self> {
        let hangup = signal(SignalKind::hangup())?;
        Ok(Self { app, hangup, changes })
    }

    /// Reloads on SIGHUP and whenever the folder has changed, for as long as it is polled.
    pub(super) async fn run(mut self) {
        let Some(mut changes) = self.changes.take() else {
            while self.hangup.recv().await.is_some() {
                tracing::info!("SIGHUP: the data is in the binary, so there is nothing to reload");
            }
            return;
        };
        loop {
            let reason = tokio::select! {
                _ = self.hangup.recv() => "SIGHUP",
                () = changes.next() => "the folder changed",
            };
            self.reload(&mut changes, reason).await;
        }
    }

    async fn reload(&self, changes: &mut Changes, reason: &'static str) {
        let mut found = self.read(changes).await;
        for _ in 1..READINGS {
            if found.is_some() {
                break;
            }
            changes.rest().await;
            found = self.read(changes).await;
        }
        match found {
            Some(Found::Sound(dataset)) => self.offer(*dataset, reason),
            Some(Found::Faulty(faults, count)) => self.refuse(reason, &faults, count),
            None => self.refuse(reason, "the folder keeps changing while it is read", 1),
        }
    }

    /// Reads the folder on a thread of its own; nothing when it changed meanwhile, for then two releases
    /// may be mixed.
    async fn read(&self, changes: &mut Changes) -> Option<Found> {
        let folder = changes.folder().to_owned();
        let reading = move || {
            let before = Outside::of(&folder);
            let found = found(&folder);
            let undisturbed = Outside::of(&folder) == before;
            (before, undisturbed.then_some(found))
        };
        match tokio::task::spawn_blocking(reading).await {
            Ok((seen, found)) => {
                changes.read_as(seen);
                found
            }
            Err(error) => {
                tracing::error!(%error, "the loader failed");
                Some(Found::Faulty("the loader failed".to_owned(), 1))
            }
        }
    }

    /// Serves a dataset if it is another one.
    fn offer(&self, dataset: Dataset, reason: &'static str) {
        let served = self.app.dataset();
        let (version, digest) =
            (dataset.release.version.to_string(), dataset.release.digest.clone());
        if served.release.digest == digest {
            self.app.reloaded(ReloadOutcome::Unchanged, 0);
            tracing::info!(reason, %version, %digest, "reloaded: the data is the same");
            return;
        }
        let records = dataset.tables().iter().map(|table| table.count()).sum::<usize>();
        self.app.serve(dataset);
        self.app.reloaded(ReloadOutcome::Loaded, 0);
        tracing::info!(
            reason,
            %version,
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

fn found(folder: &Path) -> Found {
    let package = match Package::read(folder) {
        Ok(package) => package,
        Err(error) => {
            let told = format!("the folder `{}` cannot be read: {error}", folder.display());
            return Found::Faulty(told, 1);
        }
    };
    match Dataset::load(&package) {
        Ok(dataset) => Found::Sound(Box::new(dataset)),
        Err(faults) => {
            let first: Vec<_> = faults.0.iter().take(FAULTS_TOLD).map(Fault::to_string).collect();
            Found::Faulty(first.join("; "), faults.0.len())
        }
    }
}
