//! What every handler may reach: the dataset that is served, and how links are made.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;

use super::links::Links;
use super::openapi::Document;
use crate::dataset::Dataset;
use crate::telemetry::Telemetry;

/// The service as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    dataset: ArcSwap<Dataset>,
    links: Links,
    document: OnceLock<Document>,
    draining: AtomicBool,
    telemetry: Telemetry,
}

impl App {
    /// A service of one dataset, whose links begin with a public base. It counts, but logs no request.
    pub fn new(dataset: Dataset, links: Links) -> Self {
        Self::observed(dataset, links, Telemetry::default())
    }

    /// The same, and what it does is told.
    pub fn observed(dataset: Dataset, links: Links, telemetry: Telemetry) -> Self {
        count(&dataset, &telemetry);
        Self(Arc::new(Parts {
            dataset: ArcSwap::from_pointee(dataset),
            links,
            document: OnceLock::new(),
            draining: AtomicBool::new(false),
            telemetry,
        }))
    }

    /// The dataset that is served now; a request takes it once and answers from it alone.
    pub fn dataset(&self) -> Arc<Dataset> {
        self.0.dataset.load_full()
    }

    /// Serves another dataset from the next request on.
    pub fn serve(&self, dataset: Dataset) {
        count(&dataset, &self.0.telemetry);
        self.0.dataset.store(Arc::new(dataset));
    }

    /// Where log, metrics and traces go.
    pub fn telemetry(&self) -> &Telemetry {
        &self.0.telemetry
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

/// Says in the metrics which dataset is served.
fn count(dataset: &Dataset, telemetry: &Telemetry) {
    let (release, tables) = (&dataset.release, dataset.tables());
    let records = tables.iter().map(|table| table.count()).sum();
    telemetry.metrics().dataset(&release.version.to_string(), &release.digest, records);
}
