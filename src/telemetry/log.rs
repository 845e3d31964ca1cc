//! The log: one line a request, as JSON for machines or as text for people, between the lines of other events.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::IsTerminal;
use std::panic::{self, PanicHookInfo};

use prometheus::IntCounter;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use super::error::TelemetryError;
use super::log_writer::LogWriter;
use super::request_log::{LineFormat, RequestLog};
use crate::config::{LogFormat, Serve};

/// Begins to log, panics too. `dropped` counts the lines that nobody will read.
///
/// # Errors
/// When the filter cannot be understood, or the thread that writes cannot be started.
pub(super) fn begin(
    settings: &Serve,
    dropped: IntCounter,
) -> Result<(LogWriter, RequestLog), TelemetryError> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|source| TelemetryError::Filter { filter: settings.log.clone(), source })?;
    let writer = LogWriter::to_standard_error(dropped).map_err(TelemetryError::LogThread)?;
    let events = fmt().with_env_filter(filter).with_writer(writer.clone());
    let terminal = std::io::stderr().is_terminal();
    let text = match settings.log_format {
        LogFormat::Auto => terminal,
        LogFormat::Text => true,
        LogFormat::Json => false,
    };
    let form = if text {
        events.compact().with_ansi(terminal).init();
        LineFormat::Text { colours: terminal }
    } else {
        events.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
        LineFormat::Json
    };
    panic::set_hook(Box::new(log_panic));
    // The filter never changes, so that it is asked once and not at every request.
    let wanted = tracing::enabled!(target: "partnership_api::request", tracing::Level::INFO);
    let requests =
        if wanted { RequestLog::to(writer.clone(), form, settings) } else { RequestLog::default() };
    Ok((writer, requests))
}

/// Logs a panic like any other event. Written straight to standard error, as Rust does, it would wait for the reader
/// of the log.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let backtrace = Backtrace::capture();
    let backtrace =
        (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(panic = panic.payload_as_str(), place, backtrace, "a thread panicked");
}
