//! Validators and conditional requests: the one place that decides what may be cached, and for how long.

use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::dataset::Release;
use crate::http::app::pinned::PinnedApp;

/// Fresh for five minutes; usable for a day more while it is fetched anew, or while the service is down.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static(
    "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400",
);

/// Of a former release, which does not change: fresh for a day. Not `immutable`, because another build may write the
/// same data in another way.
const LASTING: HeaderValue = HeaderValue::from_static(
    "public, max-age=86400, stale-while-revalidate=86400, stale-if-error=86400",
);

/// Which build this is: two builds may write the same record in two ways.
const BUILD: [&str; 2] = [
    env!("CARGO_PKG_VERSION"),
    match option_env!("PARTNERSHIP_API_REVISION") {
        Some(revision) => revision,
        None => "",
    },
];

/// The conditions of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    none_match: Vec<HeaderValue>,
}

impl<S: Sync> FromRequestParts<S> for Conditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let values = parts.headers.get_all(header::IF_NONE_MATCH).iter();
        Ok(Self { none_match: values.cloned().collect() })
    }
}

/// Identifies a representation within one release: equal keys, equal bytes, on every replica and after a restart.
///
/// It is the SHA-256 of texts, each behind its length in bytes as eight bytes, least significant first: name and value
/// of each parameter, sorted by name; media type; path. The entity tag adds public base, version and revision of the
/// build, and takes the first eight bytes. The standard library's hash is not promised to stay the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct ETagKey {
    hash: Sha256,
    /// Whether the bytes are never compressed, so that they can be read by ranges.
    strong: bool,
    /// Whether `Accept` decided the media type.
    negotiated: bool,
}

impl ETagKey {
    /// Of parameters that are sorted by name.
    pub(crate) fn of_params<'p>(params: impl Iterator<Item = [&'p str; 2]>) -> Self {
        let mut key = Self::default();
        for text in params.flatten() {
            key.add(text);
        }
        key
    }

    /// Adds a text that the representation depends on.
    pub(crate) fn add(&mut self, text: &str) {
        self.hash.update((text.len() as u64).to_le_bytes());
        self.hash.update(text);
    }

    /// Notes that `Accept` decided the media type.
    pub(crate) fn negotiated(&mut self) {
        self.negotiated = true;
    }

    /// Of a file that is never compressed: its entity tag is strong, and it is read by byte ranges.
    pub(crate) fn of_file(self) -> Self {
        Self { strong: true, ..self }
    }

    /// The first eight bytes in hexadecimal digits.
    pub(crate) fn digest(self) -> String {
        hexadecimal(&self.hash.finalize())
    }
}

/// Answers a request for a representation of a release: 304 where the client has it already, before anything is made;
/// else what is made, with the validator.
///
/// # Errors
/// As `make`.
pub(crate) async fn conditional(
    app: &PinnedApp,
    release: &Release,
    mut key: ETagKey,
    conditions: &Conditions,
    make: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    key.add(app.links().base());
    for text in BUILD {
        key.add(text);
    }
    let (strong, negotiated) = (key.strong, key.negotiated);
    let etag = etag(&format!("{}-{}", release.digest, key.digest()), strong);
    let cache_control = if app.is_lasting() { LASTING } else { CACHE_CONTROL };
    let validators = Validators { etag, cache_control, strong, negotiated };
    let mut response = match validators.not_modified(conditions) {
        Some(not_modified) => not_modified,
        None => validators.stamp(make.await?),
    };
    // It is cached beside the data that it was made from.
    response.extensions_mut().insert(Arc::clone(app.snapshot()));
    Ok(response)
}

/// As [`conditional`], for bytes that no release decides: their hash is the validator.
pub(crate) fn conditional_bytes(
    conditions: &Conditions,
    media_type: HeaderValue,
    bytes: impl Into<Bytes>,
) -> Response {
    let bytes = bytes.into();
    let etag = etag(&hexadecimal(&Sha256::digest(&bytes)), false);
    let validators =
        Validators { etag, cache_control: CACHE_CONTROL, strong: false, negotiated: false };
    validators.not_modified(conditions).unwrap_or_else(|| {
        validators.stamp(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
    })
}

/// Whether `If-None-Match` names an entity tag (RFC 9110, section 13.1.2: weak comparison, lists, `*`).
pub(crate) fn matches_etag<'h>(
    values: impl IntoIterator<Item = &'h HeaderValue>,
    etag: &HeaderValue,
) -> bool {
    let opaque = |tag: &'h str| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
    let Ok(ours) = etag.to_str() else { return false };
    let ours = ours.strip_prefix("W/").unwrap_or(ours).trim_matches('"');
    let texts = values.into_iter().filter_map(|value| value.to_str().ok());
    texts
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || opaque(tag) == ours)
}

/// What tells one state of a representation from another, known before it is made.
struct Validators {
    etag: HeaderValue,
    cache_control: HeaderValue,
    strong: bool,
    negotiated: bool,
}

impl Validators {
    /// A 304 when the client has this state already.
    fn not_modified(&self, conditions: &Conditions) -> Option<Response> {
        let known = matches_etag(&conditions.none_match, &self.etag);
        known.then(|| self.stamp(StatusCode::NOT_MODIFIED.into_response()))
    }

    /// Puts the validators on a response. There is no `Last-Modified`: two releases of one day would share it.
    fn stamp(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, self.cache_control.clone());
        let vary = if self.negotiated { "Accept, Accept-Encoding" } else { "Accept-Encoding" };
        headers.insert(header::VARY, HeaderValue::from_static(vary));
        if self.strong {
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        response
    }
}

/// The first eight bytes of a hash.
fn hexadecimal(hash: &[u8]) -> String {
    hash.iter().take(8).fold(String::with_capacity(16), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An entity tag, weak where the bytes may be compressed: gateways that compress drop strong ones. Digests and hashes
/// are hexadecimal; nothing else comes here.
fn etag(opaque: &str, strong: bool) -> HeaderValue {
    let weak = if strong { "" } else { "W/" };
    let value = HeaderValue::from_str(&format!("{weak}\"{opaque}\""));
    value.unwrap_or(HeaderValue::from_static("W/\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_what_its_definition_says() {
        let key = ETagKey::of_params([["limit", "5"]].into_iter());
        // printf '\5\0\0\0\0\0\0\0limit\1\0\0\0\0\0\0\0005' | sha256sum
        assert_eq!(key.digest(), "36bd9ac47e5fa1d7");
    }
}
