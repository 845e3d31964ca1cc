//! What every handler may reach: the dataset that is served, and how links are made.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;

use super::links::Links;
use super::openapi::Document;
use super::reload_state::{ReloadOutcome, ReloadState};
use crate::dataset::Dataset;

/// The service as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    dataset: ArcSwap<Dataset>,
    links: Links,
    document: OnceLock<Document>,
    draining: AtomicBool,
    reload: ArcSwap<ReloadState>,
}

impl App {
    /// A service of one dataset, whose links begin with a public base.
    pub fn new(dataset: Dataset, links: Links) -> Self {
        Self(Arc::new(Parts {
            dataset: ArcSwap::from_pointee(dataset),
            links,
            document: OnceLock::new(),
            draining: AtomicBool::new(false),
            reload: ArcSwap::from_pointee(ReloadState::first()),
        }))
    }

    /// The dataset that is served now; a request takes it once and answers from it alone.
    pub fn dataset(&self) -> Arc<Dataset> {
        self.0.dataset.load_full()
    }

    /// Serves another dataset from the next request on.
    pub fn serve(&self, dataset: Dataset) {
        self.0.dataset.store(Arc::new(dataset));
    }

    /// Notes how a reload went, for whoever asks whether the service is well. `faults` is how many the data
    /// had.
    pub fn reloaded(&self, outcome: ReloadOutcome, faults: usize) {
        self.0.reload.rcu(|last| last.after(outcome, faults));
    }

    /// How the last reload went.
    pub(super) fn reload(&self) -> Arc<ReloadState> {
        self.0.reload.load_full()
    }

    /// How links are made.
    pub fn links(&self) -> &Links {
        &self.0.links
    }

    /// The OpenAPI document, once the router is built.
    pub(super) fn document(&self) -> Option<&Document> {
        self.0.document.get()
    }

    /// The OpenAPI document alone; none while the service is used elsewhere.
    pub(super) fn into_document(self) -> Option<Document> {
        Arc::into_inner(self.0)?.document.into_inner()
    }

    pub(super) fn describe(&self, document: Document) {
        // The router is built once; a second one would say the same.
        let _ = self.0.document.set(document);
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
