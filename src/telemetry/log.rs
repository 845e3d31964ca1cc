//! The log: one line a request, as JSON for machines or as text for people, between the lines of other events.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use super::lines::Lines;
use super::request_line::{Form, RequestLog};
use crate::config::{LogFormat, Serve};

/// Begins to log.
///
/// # Errors
/// When the filter cannot be understood, or the thread that writes cannot be started.
pub(super) fn begin(settings: &Serve) -> Result<(Lines, RequestLog), String> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|error| format!("`{}` is no log filter: {error}", settings.log))?;
    let lines = Lines::to_standard_error()
        .map_err(|error| format!("the log could not be started: {error}"))?;
    let events = fmt().with_env_filter(filter).with_writer(lines.clone());
    let terminal = std::io::stderr().is_terminal();
    let text = match settings.log_format {
        LogFormat::Auto => terminal,
        LogFormat::Text => true,
        LogFormat::Json => false,
    };
    let form = if text {
        events.compact().with_ansi(terminal).init();
        Form::Text { colours: terminal }
    } else {
        events.json().flatten_event(true).with_current_span(false).with_span_list(false).init();
        Form::Json
    };
    // The filter never changes, so that it is asked once and not at every request.
    let wanted = tracing::enabled!(target: "partnership_api::request", tracing::Level::INFO);
    let requests = if wanted { RequestLog::to(lines.clone(), form) } else { RequestLog::default() };
    Ok((lines, requests))
}
