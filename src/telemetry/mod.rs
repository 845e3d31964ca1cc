//! What the service says of itself while it runs: its log, its metrics, its traces.
//!
//! Owns how each of them is written, kept and handed over. Knows no route and no collection: whoever observes
//! something says it here, in words of its own field.

mod collector;
mod error;
mod log;
mod log_writer;
mod metrics;
mod process_metrics;
mod registry;
mod request_log;
mod request_metrics;
mod traceparent;
mod traces;

use std::sync::Arc;
use std::time::Duration;

pub use error::TelemetryError;
pub use metrics::{Metrics, OpenConnection, ReloadOutcome};
pub use request_log::{RequestLog, RequestSummary};
pub use request_metrics::{InFlight, MethodLabel};
pub use traceparent::TraceParent;
pub use traces::{RequestSpan, Traces};

use crate::config::Serve;
use log_writer::LogWriter;

/// How long the reader of the log may take for the last lines.
const LAST_FLUSH: Duration = Duration::from_secs(1);

/// Log, metrics and traces, in one handle. Cheap to clone.
///
/// The default counts, but writes no log and sends no trace.
#[derive(Clone, Default)]
pub struct Telemetry(Arc<Parts>);

#[derive(Default)]
struct Parts {
    metrics: Metrics,
    requests: RequestLog,
    traces: Traces,
    log: Option<LogWriter>,
    metrics_apart: bool,
}

impl Telemetry {
    /// Begins to log and, if the environment says so, to send traces.
    ///
    /// # Errors
    /// When the filter of the log cannot be understood, or the thread that writes it cannot be started.
    pub fn start(settings: &Serve) -> Result<Self, TelemetryError> {
        let metrics = Metrics::default();
        let (writer, requests) = log::begin(settings, metrics.log_lines_dropped())?;
        Ok(Self(Arc::new(Parts {
            metrics,
            requests,
            traces: Traces::from_environment(),
            log: Some(writer),
            metrics_apart: settings.metrics_listen.is_some(),
        })))
    }

    /// What is counted and measured.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Where the line of each request goes.
    pub fn requests(&self) -> &RequestLog {
        &self.0.requests
    }

    /// Where the span of each request goes.
    pub fn traces(&self) -> &Traces {
        &self.0.traces
    }

    /// Whether the metrics have a listener of their own, and so are not on the main one.
    pub fn metrics_are_apart(&self) -> bool {
        self.0.metrics_apart
    }

    /// Hands over what waits: spans to the collector, lines to the log. Blocks, but not for ever; called once, at the
    /// end.
    pub fn finish(&self) {
        self.0.traces.finish();
        if let Some(writer) = &self.0.log {
            writer.flush(LAST_FLUSH);
        }
    }
}
