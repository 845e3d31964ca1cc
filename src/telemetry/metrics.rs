//! What is counted and measured, in the words of whoever says it, and as Prometheus reads it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus::{IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Registry, TextEncoder};
use serde::Serialize;
use utoipa::ToSchema;

use super::process_metrics::ProcessMetrics;
use super::registry::{counter, counter_vec, gauge, gauge_vec};
use super::request_metrics::{InFlight, MethodLabel, RequestMetrics};

/// How a reload ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReloadOutcome {
    /// There was none since the service started.
    Never,
    /// Another release was loaded and is served.
    Loaded,
    /// The data was the same.
    Unchanged,
    /// The data had faults: what was served before is served further.
    Refused,
}

impl ReloadOutcome {
    /// The outcomes that are counted: those of a reload that took place.
    pub const COUNTED: [Self; 3] = [Self::Loaded, Self::Unchanged, Self::Refused];

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Loaded => "loaded",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }
}

/// A connection that is open; no longer, once this is dropped.
pub struct OpenConnection(IntGauge);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// What is counted and measured. Cheap to clone.
#[derive(Clone, Default)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: RequestMetrics,
    process: ProcessMetrics,
    log_lines_dropped: IntCounter,
    connections: IntGauge,
    accepted: IntCounter,
    closed: IntCounterVec,
    cache_hits: IntCounter,
    cache_misses: IntCounter,
    cache_evictions: IntCounter,
    cache_bytes: IntGauge,
    cache_entries: IntGauge,
    dataset: IntGaugeVec,
    /// The version and the digest of the dataset that is served.
    served: Mutex<Option<[String; 2]>>,
    records: IntGauge,
    reloads: IntCounterVec,
    last_reload: IntGauge,
}

impl Metrics {
    /// A request that begins to be answered; hold what is returned as long as it runs.
    pub fn request_begun(&self) -> InFlight {
        self.0.requests.begun()
    }

    /// A request that was answered: route template, method, HTTP status, and how long it took.
    pub fn request_answered(&self, route: &str, method: MethodLabel, status: u16, took: Duration) {
        self.0.requests.answered(route, method, status, took);
    }

    /// A connection that was accepted; hold what is returned as long as it is open.
    pub fn connection_opened(&self) -> OpenConnection {
        self.0.accepted.inc();
        self.0.connections.inc();
        OpenConnection(self.0.connections.clone())
    }

    /// Counts the lines that the log had to drop.
    pub(super) fn log_lines_dropped(&self) -> IntCounter {
        self.0.log_lines_dropped.clone()
    }

    /// A connection that the service closed, and the limit that says so.
    pub fn connection_closed(&self, limit: &'static str) {
        self.0.closed.with_label_values(&[limit]).inc();
    }

    /// An answer that the response cache held.
    pub fn cache_hit(&self) {
        self.0.cache_hits.inc();
    }

    /// An answer that the response cache could have held, but did not.
    pub fn cache_missed(&self) {
        self.0.cache_misses.inc();
    }

    /// So many answers that the response cache let go to make room.
    pub fn cache_evicted(&self, answers: u64) {
        self.0.cache_evictions.inc_by(answers);
    }

    /// How much the response cache holds now: bytes, and answers.
    pub fn cache_holds(&self, bytes: u64, entries: usize) {
        self.0.cache_bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        self.0.cache_entries.set(i64::try_from(entries).unwrap_or(i64::MAX));
    }

    /// The dataset that is served from now on: its version, its digest, how many records it has.
    pub fn dataset(&self, version: &str, digest: &str, records: usize) {
        self.0.records.set(i64::try_from(records).unwrap_or(i64::MAX));
        let now = [version.to_owned(), digest.to_owned()];
        let mut served = self.0.served.lock().unwrap_or_else(PoisonError::into_inner);
        if served.as_ref() == Some(&now) {
            return;
        }
        self.0.dataset.with_label_values(&now).set(1);
        if let Some(before) = served.replace(now) {
            // It was set above, at an earlier time; that it is gone already would be no fault.
            let _ = self.0.dataset.remove_label_values(&before);
        }
    }

    /// The dataset was to be loaded again.
    pub fn reloaded(&self, outcome: ReloadOutcome) {
        self.0.reloads.with_label_values(&[outcome.as_str()]).inc();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.0.last_reload.set(i64::try_from(now.as_secs()).unwrap_or_default());
    }

    /// All of it in the Prometheus text format, version 0.0.4.
    pub fn text(&self) -> String {
        self.0.process.refresh();
        // It fails only on families without metrics, which the registry leaves out.
        TextEncoder::new().encode_to_string(&self.0.registry.gather()).unwrap_or_default()
    }
}

impl Default for Inner {
    fn default() -> Self {
        let registry = Registry::new();
        let of =
            |name: &str, help: &str| gauge(&registry, &format!("partnership_api_{name}"), help);
        let counted = |name: &str, help: &str| counter(&registry, name, help);
        let build = gauge_vec(
            &registry,
            "partnership_api_build_info",
            "Which build this is; always 1.",
            &["version", "revision"],
        );
        let revision = option_env!("PARTNERSHIP_API_REVISION").unwrap_or("unknown");
        build.with_label_values(&[env!("CARGO_PKG_VERSION"), revision]).set(1);
        let reloads = counter_vec(
            &registry,
            "dataset_reloads_total",
            "How often the dataset was to be loaded again, by outcome.",
            "outcome",
        );
        let closed = counter_vec(
            &registry,
            "http_connections_closed_total",
            "Connections that the service closed because of a limit, by limit.",
            "limit",
        );
        for outcome in ReloadOutcome::COUNTED {
            // A series that is there from the beginning shows its first event as a rise.
            reloads.with_label_values(&[outcome.as_str()]).reset();
        }
        Self {
            requests: RequestMetrics::register(&registry),
            process: ProcessMetrics::register(&registry),
            log_lines_dropped: counted(
                "log_lines_dropped_total",
                "Lines of the log that were dropped because its reader was too slow, or gone.",
            ),
            connections: of("http_connections", "Connections that are open."),
            closed,
            accepted: counted("http_connections_accepted_total", "Connections that were accepted."),
            cache_hits: counted(
                "response_cache_hits_total",
                "Answers that the response cache held.",
            ),
            cache_misses: counted(
                "response_cache_misses_total",
                "Answers that the response cache could have held, but did not.",
            ),
            cache_evictions: counted(
                "response_cache_evictions_total",
                "Answers that the response cache let go to make room.",
            ),
            cache_bytes: of("response_cache_bytes", "How much the response cache holds, in bytes."),
            cache_entries: of(
                "response_cache_entries",
                "How many answers the response cache holds.",
            ),
            dataset: gauge_vec(
                &registry,
                "partnership_api_dataset_info",
                "Which dataset is served; always 1.",
                &["version", "digest"],
            ),
            served: Mutex::default(),
            records: of("dataset_records", "How many records the dataset has."),
            reloads,
            last_reload: of(
                "dataset_last_reload_timestamp_seconds",
                "When the dataset was last to be loaded again, in seconds since 1970; 0 if never.",
            ),
            registry,
        }
    }
}

/// A gauge, registered.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reload_leaves_one_dataset_in_the_metrics() {
        let metrics = Metrics::default();
        metrics.dataset("1.0.0", "aaaa", 10);
        metrics.dataset("1.0.0", "bbbb", 12);
        metrics.reloaded(ReloadOutcome::Loaded);
        let text = metrics.text();
        assert!(text.contains("partnership_api_dataset_info{digest=\"bbbb\",version=\"1.0.0\"} 1"));
        assert!(!text.contains("aaaa"), "{text}");
        assert!(text.contains("partnership_api_dataset_records 12"));
        assert!(text.contains("partnership_api_dataset_reloads_total{outcome=\"loaded\"} 1"));
        assert!(text.contains("partnership_api_dataset_reloads_total{outcome=\"refused\"} 0"));
    }

    #[test]
    fn a_request_counts_in_flight_until_it_is_let_go() {
        let metrics = Metrics::default();
        let running = metrics.request_begun();
        assert!(metrics.text().contains("partnership_api_http_requests_in_flight 1"));
        drop(running);
        assert!(metrics.text().contains("partnership_api_http_requests_in_flight 0"));
    }

    #[test]
    fn the_cache_says_what_it_held_and_what_it_holds() {
        let metrics = Metrics::default();
        metrics.cache_hit();
        metrics.cache_missed();
        metrics.cache_missed();
        metrics.cache_evicted(1);
        metrics.cache_holds(4096, 3);
        let text = metrics.text();
        for line in
            ["hits_total 1", "misses_total 2", "evictions_total 1", "bytes 4096", "entries 3"]
        {
            assert!(text.contains(&format!("\npartnership_api_response_cache_{line}\n")), "{line}");
        }
    }

    #[test]
    fn a_status_that_is_not_usual_is_counted_too() {
        let metrics = Metrics::default();
        for status in [200, 418, 418] {
            metrics.request_answered("/v1", MethodLabel::Get, status, Duration::from_millis(1));
        }
        let text = metrics.text();
        let line =
            "partnership_api_http_requests_total{method=\"GET\",route=\"/v1\",status=\"418\"} 2";
        assert!(text.contains(line), "{text}");
    }
}
