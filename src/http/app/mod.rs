//! The state that every handler shares: the served dataset, former releases, links and limits.

pub(crate) mod compare;
pub(crate) mod former;
pub(crate) mod limits;
mod link_params;
pub(crate) mod links;
mod page_links;
pub(crate) mod pinned;
pub(crate) mod reload_status;
pub(crate) mod response_cache;
pub(crate) mod snapshot;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::{ArcSwap, Guard};
use tokio::sync::Semaphore;

use crate::dataset::Dataset;
use crate::telemetry::{ReloadOutcome, Telemetry};
use former::FormerReleases;
use limits::Limits;
use links::Links;
use reload_status::ReloadState;
use snapshot::Snapshot;

/// The service as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    snapshot: ArcSwap<Snapshot>,
    former: FormerReleases,
    links: Links,
    limits: Limits,
    permits: Semaphore,
    draining: AtomicBool,
    telemetry: Telemetry,
    reload: ArcSwap<ReloadState>,
}

impl App {
    /// A service of one dataset, whose links begin with a public base. It counts, but logs no request.
    pub fn new(dataset: Dataset, links: Links, limits: Limits) -> Self {
        Self::with_telemetry(dataset, links, limits, Telemetry::default())
    }

    /// As [`App::new`], with log, metrics and traces.
    pub fn with_telemetry(
        dataset: Dataset,
        links: Links,
        limits: Limits,
        telemetry: Telemetry,
    ) -> Self {
        record_dataset(&dataset, &telemetry);
        Self(Arc::new(Parts {
            snapshot: ArcSwap::from_pointee(Snapshot::of(dataset, limits.cache_bytes)),
            former: FormerReleases::new(&limits),
            links,
            limits,
            permits: Semaphore::new(limits.in_flight),
            draining: AtomicBool::new(false),
            telemetry,
            reload: ArcSwap::from_pointee(ReloadState::first()),
        }))
    }

    /// The dataset that is served now, whatever a request asks for: handlers take the release that it names, by
    /// `PinnedApp`.
    pub fn current_dataset(&self) -> Arc<Dataset> {
        Arc::clone(self.0.snapshot.load().dataset())
    }

    /// Serves another dataset from the next request on.
    pub fn serve(&self, dataset: Dataset) {
        record_dataset(&dataset, &self.0.telemetry);
        let snapshot = Snapshot::of(dataset, self.0.limits.cache_bytes);
        self.0.snapshot.store(Arc::new(snapshot));
    }

    /// The current snapshot, borrowed: for a short lookup.
    pub(crate) fn snapshot(&self) -> Guard<Arc<Snapshot>> {
        self.0.snapshot.load()
    }

    /// The current snapshot, owned: for as long as a response takes.
    pub(crate) fn load_snapshot(&self) -> Arc<Snapshot> {
        self.0.snapshot.load_full()
    }

    /// The former releases that are held.
    pub(crate) fn former(&self) -> &FormerReleases {
        &self.0.former
    }

    /// The limits of requests.
    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// One permit for each request that may be worked on at a time.
    pub(crate) fn permits(&self) -> &Semaphore {
        &self.0.permits
    }

    /// Where log, metrics and traces go.
    pub fn telemetry(&self) -> &Telemetry {
        &self.0.telemetry
    }

    /// Records how a reload ended, for metrics and `/readyz`. `faults` is how many the data had.
    pub fn reloaded(&self, outcome: ReloadOutcome, faults: usize) {
        self.0.telemetry.metrics().reloaded(outcome);
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

/// Records in the metrics which dataset is served.
fn record_dataset(dataset: &Dataset, telemetry: &Telemetry) {
    let (release, records) = (&dataset.release, dataset.record_count());
    telemetry.metrics().dataset(&release.version.to_string(), &release.digest, records);
}
