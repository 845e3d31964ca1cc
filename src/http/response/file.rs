//! Answers that a browser saves as a file.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A body to be saved under a name.
pub(crate) fn file(body: impl Into<Body>, content_type: &'static str, name: &str) -> Response {
    let content_type = (header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    let disposition = (header::CONTENT_DISPOSITION, attachment(name));
    ([content_type, disposition], body.into()).into_response()
}

/// `Content-Disposition` of a file (RFC 6266). Names are of our own letters and the release's version, so that nothing
/// in them needs an escape.
fn attachment(name: &str) -> HeaderValue {
    let value = format!("attachment; filename=\"{name}\"");
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}
