//! What every handler may reach: the dataset that is served, and how links are made.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;

use super::links::Links;
use super::openapi::Document;
use super::problem::Problem;
use crate::dataset::Dataset;

/// The service as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    dataset: ArcSwap<Dataset>,
    links: Links,
    document: OnceLock<Document>,
    draining: AtomicBool,
}

impl App {
    /// A service of one dataset, whose links begin with a public base.
    pub fn new(dataset: Dataset, links: Links) -> Self {
        Self(Arc::new(Parts {
            dataset: ArcSwap::from_pointee(dataset),
            links,
            document: OnceLock::new(),
            draining: AtomicBool::new(false),
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

    /// How links are made.
    pub fn links(&self) -> &Links {
        &self.0.links
    }

    /// The OpenAPI document. It is made when it is first asked for, on a thread where it keeps no request waiting:
    /// most services are never asked, and all of them start sooner without it.
    ///
    /// # Errors
    /// A fault of the service, which the log tells.
    pub(super) async fn document(&self) -> Result<&Document, Problem> {
        if self.0.document.get().is_none() {
            let app = self.clone();
            let make = move || {
                app.0.document.get_or_init(|| {
                    // The examples come from the embedded data, whatever is served.
                    let sample = app.dataset().or_embedded();
                    super::describe(app.links(), &sample)
                });
            };
            tokio::task::spawn_blocking(make).await.map_err(|_| Problem::Internal)?;
        }
        self.0.document.get().ok_or(Problem::Internal)
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
