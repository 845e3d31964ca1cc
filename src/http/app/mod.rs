//! What every handler may reach: the dataset that is served, how links are made, and the limits.

pub(crate) mod limits;
pub(crate) mod links;
pub(crate) mod reload_status;
pub(crate) mod response_cache;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::{ArcSwap, Guard};
use tokio::sync::Semaphore;

use crate::dataset::Dataset;
use crate::telemetry::{self, Telemetry};
use limits::Limits;
use links::Links;
use reload_status::{ReloadOutcome, ReloadState};
use response_cache::ResponseCache;

/// The service as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    snapshot: ArcSwap<Snapshot>,
    links: Links,
    limits: Limits,
    places: Semaphore,
    draining: AtomicBool,
    telemetry: Telemetry,
    reload: ArcSwap<ReloadState>,
}

/// A dataset with the answers that were made from it: swapped whole, so that neither outlives the other.
pub(crate) struct Snapshot {
    dataset: Arc<Dataset>,
    responses: ResponseCache,
}

impl Snapshot {
    fn of(dataset: Dataset, limits: &Limits) -> Self {
        let responses = ResponseCache::new(limits.cache_bytes);
        Self { dataset: Arc::new(dataset), responses }
    }

    /// The answers that were made from this dataset.
    pub(crate) fn responses(&self) -> &ResponseCache {
        &self.responses
    }
}

impl App {
    /// A service of one dataset, whose links begin with a public base. It counts, but logs no request.
    pub fn new(dataset: Dataset, links: Links, limits: Limits) -> Self {
        Self::observed(dataset, links, limits, Telemetry::default())
    }

    /// The same, and what it does is told.
    pub fn observed(dataset: Dataset, links: Links, limits: Limits, telemetry: Telemetry) -> Self {
        count(&dataset, &telemetry);
        Self(Arc::new(Parts {
            snapshot: ArcSwap::from_pointee(Snapshot::of(dataset, &limits)),
            links,
            limits,
            places: Semaphore::new(limits.in_flight),
            draining: AtomicBool::new(false),
            telemetry,
            reload: ArcSwap::from_pointee(ReloadState::first()),
        }))
    }

    /// The dataset that is served now; a request takes it once and answers from it alone.
    pub fn dataset(&self) -> Arc<Dataset> {
        Arc::clone(&self.0.snapshot.load().dataset)
    }

    /// Serves another dataset from the next request on.
    pub fn serve(&self, dataset: Dataset) {
        count(&dataset, &self.0.telemetry);
        self.0.snapshot.store(Arc::new(Snapshot::of(dataset, &self.0.limits)));
    }

    /// What is served now, for as long as it takes to look something up.
    pub(crate) fn snapshot(&self) -> Guard<Arc<Snapshot>> {
        self.0.snapshot.load()
    }

    /// What is served now, for as long as it takes to make an answer.
    pub(crate) fn snapshot_kept(&self) -> Arc<Snapshot> {
        self.0.snapshot.load_full()
    }

    /// What requests may ask.
    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The places of requests that are worked on.
    pub(crate) fn places(&self) -> &Semaphore {
        &self.0.places
    }

    /// Where log, metrics and traces go.
    pub fn telemetry(&self) -> &Telemetry {
        &self.0.telemetry
    }

    /// Notes how a reload went, for whoever asks whether the service is well. `faults` is how many the data
    /// had.
    pub fn reloaded(&self, outcome: ReloadOutcome, faults: usize) {
        let counted = match outcome {
            ReloadOutcome::Never => None,
            ReloadOutcome::Loaded => Some(telemetry::ReloadOutcome::Loaded),
            ReloadOutcome::Unchanged => Some(telemetry::ReloadOutcome::Unchanged),
            ReloadOutcome::Refused => Some(telemetry::ReloadOutcome::Refused),
        };
        if let Some(counted) = counted {
            self.0.telemetry.metrics().reloaded(counted);
        }
        self.0.reload.rcu(|last| last.after(outcome, faults));
    }

    /// How the last reload went.
    pub(crate) fn reload(&self) -> Arc<ReloadState> {
        self.0.reload.load_full()
    }

    /// How links are made.
    pub fn links(&self) -> &Links {
        &self.0.links
    }

    /// Tells gateways to send no more requests: `/readyz` answers 503 from now on.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// Whether the service is about to stop.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }
}

/// Says in the metrics which dataset is served.
fn count(dataset: &Dataset, telemetry: &Telemetry) {
    let (release, tables) = (&dataset.release, dataset.tables());
    let records = tables.iter().map(|table| table.count()).sum();
    telemetry.metrics().dataset(&release.version.to_string(), &release.digest, records);
}
