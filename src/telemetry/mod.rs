//! What the service says of itself while it runs: its log, its metrics, its traces.
//!
//! Owns how each of them is written, kept and handed over. Knows no route and no collection: whoever observes
//! something says it here, in words of its own field.

mod collector;
mod error;
mod log;
mod log_writer;
mod metrics;
mod process;
mod registry;
mod request_log;
mod request_metrics;
mod traceparent;
mod traces;

use std::sync::Arc;

pub use error::TelemetryError;
pub use metrics::{Metrics, OpenConnection, ReloadOutcome};
pub use request_log::{RequestLog, RequestRecord};
pub use request_metrics::{InFlight, MethodLabel};
pub use traceparent::TraceParent;
pub use traces::{RequestSpan, Traces};

use crate::config::Serve;
use log_writer::LogWriter;

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
        let (writer, requests) = log::begin(settings)?;
        Ok(Self(Arc::new(Parts {
            metrics: Metrics::default(),
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

    /// Hands over what waits: spans to the collector, lines to the log. Blocks; called once, at the end.
    pub fn finish(&self) {
        self.0.traces.finish();
        self.flush_log();
    }

    /// Writes the lines that wait, for whoever ends the process without returning from `main`.
    pub fn flush_log(&self) {
        if let Some(writer) = &self.0.log {
            writer.flush();
        }
    }
}
