//! The line of a request, written by hand: it is the one line that is written eighty thousand times a second.
//!
//! Its shape is that of the other lines of the log, `tracing_subscriber`'s.

use std::cell::RefCell;
use std::io::Write;
use std::net::IpAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::log_writer::LogWriter;
use crate::config::Serve;

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineFormat {
    /// One JSON object.
    Json,
    /// For people.
    Text {
        /// Whether a terminal shows them.
        colours: bool,
    },
}

/// The longest method that is written, in bytes: a client may call its own as it likes.
const LONGEST_METHOD: usize = 16;

/// The longest query that is written, in bytes.
const LONGEST_QUERY: usize = 2048;

/// Where the line of each request goes; by default nowhere. Cheap to clone.
#[derive(Clone, Default)]
pub struct RequestLog {
    out: Option<(LogWriter, LineFormat)>,
    /// Whether lines say what was asked.
    has_query: bool,
    /// Whether lines say where requests came from.
    has_client: bool,
}

/// What there is to say of a request that was answered.
///
/// Nothing here but the query needs escaping: a method is a token (RFC 9110, section 9.1), a route is ours, and ids
/// are of letters, digits, `-`, `_` and `.`.
#[derive(Debug, Clone, Copy)]
pub struct RequestSummary<'a> {
    /// The method.
    pub method: &'a str,
    /// The template of the route, such as `/v1/agreements/{id}`, or `unmatched`.
    pub route: &'a str,
    /// The HTTP status.
    pub status: u16,
    /// How long the body is, in bytes; unknown when it is made while it is sent.
    pub bytes: Option<u64>,
    /// How long it took until the answer began.
    pub took: Duration,
    /// The id of the request.
    pub request_id: &'a str,
    /// The id of the trace that the request belongs to, if the client named one or one was begun.
    pub trace_id: Option<u128>,
    /// The query string, where it is to be logged.
    pub query: Option<&'a str>,
    /// The address that the request came from, where it is to be logged.
    pub client: Option<IpAddr>,
}

impl RequestLog {
    pub(super) fn to(lines: LogWriter, form: LineFormat, settings: &Serve) -> Self {
        let (has_query, has_client) = (settings.log_query, settings.log_client);
        Self { out: Some((lines, form)), has_query, has_client }
    }

    /// Whether lines say what was asked.
    pub const fn has_query(&self) -> bool {
        self.has_query
    }

    /// Whether lines say where requests came from.
    pub const fn has_client(&self) -> bool {
        self.has_client
    }

    /// Writes the line of a request, if it is wanted.
    pub fn write(&self, answered: &RequestSummary<'_>) {
        let Some((lines, form)) = &self.out else { return };
        LINE_BUFFER.with_borrow_mut(|buffer| {
            buffer.line.clear();
            // A buffer in memory takes whatever is written.
            let _ = buffer.compose(answered, *form, SystemTime::now());
            lines.push(&buffer.line);
        });
    }
}

thread_local! {
    static LINE_BUFFER: RefCell<LineBuffer> = const { RefCell::new(LineBuffer::new()) };
}

/// What a thread keeps from one line to the next.
struct LineBuffer {
    line: Vec<u8>,
    /// The second that `stamp` tells.
    second: u64,
    /// `2026-11-23T21:45:07`: dates are worked out once a second.
    stamp: String,
}

impl LineBuffer {
    const fn new() -> Self {
        Self { line: Vec::new(), second: u64::MAX, stamp: String::new() }
    }

    fn compose(
        &mut self,
        answered: &RequestSummary<'_>,
        form: LineFormat,
        now: SystemTime,
    ) -> std::io::Result<()> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        if now.as_secs() != self.second {
            self.second = now.as_secs();
            let second = i64::try_from(self.second).unwrap_or_default();
            let stamp = jiff::Timestamp::from_second(second).unwrap_or_default();
            self.stamp = stamp.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        }
        let RequestSummary { method, route, status, bytes, took, request_id, trace_id, .. } =
            *answered;
        let query = answered.query.map(|query| query.get(..LONGEST_QUERY).unwrap_or(query));
        let method = method.get(..LONGEST_METHOD).unwrap_or(method);
        let (stamp, micros) = (&self.stamp, now.subsec_micros());
        let (whole, part) = (took.as_millis(), took.subsec_micros() % 1000);
        let line = &mut self.line;
        match form {
            LineFormat::Json => {
                write!(
                    line,
                    r#"{{"timestamp":"{stamp}.{micros:06}Z","level":"INFO","message":"answered","method":"{method}","route":"{route}","status":{status},"bytes":"#
                )?;
                match bytes {
                    Some(bytes) => write!(line, "{bytes}")?,
                    None => line.extend_from_slice(b"null"),
                }
                write!(line, r#","milliseconds":{whole}.{part:03},"request_id":"{request_id}""#)?;
                if let Some(id) = trace_id {
                    write!(line, r#","trace_id":"{id:032x}""#)?;
                }
                if let Some(query) = query {
                    line.extend_from_slice(br#","query":"#);
                    serde_json::to_writer(&mut *line, query)?;
                }
                if let Some(client) = answered.client {
                    write!(line, r#","client":"{client}""#)?;
                }
                line.extend_from_slice(b",\"target\":\"partnership_api::request\"}\n");
            }
            LineFormat::Text { colours } => {
                let (dim, green, plain) =
                    if colours { ("\x1b[2m", "\x1b[32m", "\x1b[0m") } else { ("", "", "") };
                write!(
                    line,
                    "{dim}{stamp}.{micros:06}Z{plain} {green} INFO{plain} {method} {route} {status} "
                )?;
                match bytes {
                    Some(bytes) => write!(line, "bytes={bytes}")?,
                    None => line.extend_from_slice(b"streamed"),
                }
                write!(line, " milliseconds={whole}.{part:03} request_id={request_id}")?;
                if let Some(id) = trace_id {
                    write!(line, " trace_id={id:032x}")?;
                }
                if let Some(query) = query {
                    write!(line, " query={query:?}")?;
                }
                if let Some(client) = answered.client {
                    write!(line, " client={client}")?;
                }
                line.push(b'\n');
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(form: LineFormat, answered: &RequestSummary<'_>) -> String {
        let mut buffer = LineBuffer::new();
        let now = UNIX_EPOCH + Duration::from_micros(1_795_470_307_000_042);
        buffer.compose(answered, form, now).expect("a buffer in memory");
        String::from_utf8(buffer.line).expect("UTF-8")
    }

    const WHOLE: RequestSummary<'_> = RequestSummary {
        method: "GET",
        route: "/v1/agreements/{id}",
        status: 200,
        bytes: Some(1234),
        took: Duration::from_micros(1_007),
        request_id: "a-1",
        trace_id: Some(0xabc),
        query: None,
        client: None,
    };

    #[test]
    fn a_line_in_json_holds_every_field_as_a_log_pipeline_reads_it() {
        let read: serde_json::Value =
            serde_json::from_str(&line(LineFormat::Json, &WHOLE)).expect("JSON");
        let expected = serde_json::json!({
            "timestamp": "2026-11-23T21:45:07.000042Z", "level": "INFO", "message": "answered",
            "method": "GET", "route": "/v1/agreements/{id}", "status": 200, "bytes": 1234,
            "milliseconds": 1.007, "request_id": "a-1",
            "trace_id": "00000000000000000000000000000abc", "target": "partnership_api::request",
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn a_line_for_people_leaves_out_what_there_is_not() {
        let streamed = RequestSummary { bytes: None, trace_id: None, ..WHOLE };
        assert_eq!(
            line(LineFormat::Text { colours: false }, &streamed),
            "2026-11-23T21:45:07.000042Z  INFO GET /v1/agreements/{id} 200 streamed milliseconds=1.007 request_id=a-1\n"
        );
    }

    #[test]
    fn a_query_is_escaped_and_cut_and_a_client_is_an_address() {
        let query = format!("q=\"\n\u{1b}[2J&{}", "x".repeat(9000));
        let record = RequestSummary {
            query: Some(&query),
            client: Some(IpAddr::from([192, 0, 2, 7])),
            ..WHOLE
        };
        let json = line(LineFormat::Json, &record);
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read["query"], query[..LONGEST_QUERY]);
        assert_eq!(read["client"], "192.0.2.7");
        let text = line(LineFormat::Text { colours: false }, &record);
        assert!(text.contains(r#" query="q=\"\n\u{1b}[2J&xx"#), "{text}");
        assert!(text.ends_with(" client=192.0.2.7\n"), "{text}");
    }

    #[test]
    fn a_method_of_any_length_makes_no_line_of_any_length() {
        let long = "X".repeat(9000);
        let text = line(LineFormat::Json, &RequestSummary { method: &long, ..WHOLE });
        assert!(text.len() < 400, "{text}");
    }
}
