//! The log: one line a request, as JSON for machines or as text for people, between the lines of other events.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use super::error::TelemetryError;
use super::log_writer::LogWriter;
use super::request_log::{LineFormat, RequestLog};
use crate::config::{LogFormat, Serve};

/// Begins to log.
///
/// # Errors
/// When the filter cannot be understood, or the thread that writes cannot be started.
pub(super) fn begin(settings: &Serve) -> Result<(LogWriter, RequestLog), TelemetryError> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|source| TelemetryError::Filter { filter: settings.log.clone(), source })?;
    let writer = LogWriter::to_standard_error().map_err(TelemetryError::LogThread)?;
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
    // The filter never changes, so that it is asked once and not at every request.
    let wanted = tracing::enabled!(target: "partnership_api::request", tracing::Level::INFO);
    let requests =
        if wanted { RequestLog::to(writer.clone(), form) } else { RequestLog::default() };
    Ok((writer, requests))
}
