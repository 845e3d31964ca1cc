//! Why log or traces could not be started.

use std::io;

use opentelemetry_otlp::ExporterBuildError;
use tracing_subscriber::filter::ParseError;

/// Why the telemetry could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter of the log cannot be understood.
    #[error("`{filter}` is no log filter: {source}")]
    Filter {
        /// The filter as it was set.
        filter: String,
        /// What is wrong with it.
        source: ParseError,
    },
    /// The thread that writes the log could not be started.
    #[error("the log could not be started: {0}")]
    LogThread(io::Error),
}

/// Why no trace is sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum TracesError {
    #[error("a collector is reached by http:// alone")]
    NoHttp,
    #[error("the runtime of the exporter could not be started: {0}")]
    Runtime(io::Error),
    #[error(transparent)]
    Exporter(#[from] ExporterBuildError),
}
