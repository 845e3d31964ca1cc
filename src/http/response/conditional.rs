//! Validators and conditional requests: the one place that decides what may be kept, and for how long.

use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::dataset::Release;
use crate::http::app::App;

/// Fresh for five minutes; usable for a day more while it is fetched anew, or while the service is down.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static(
    "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400",
);

/// Which build this is: two builds may write the same record in two ways.
const BUILD: (&str, Option<&str>) =
    (env!("CARGO_PKG_VERSION"), option_env!("PARTNERSHIP_API_REVISION"));

/// What a request says of the answer that its sender has already.
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

/// Whether `If-None-Match` names a validator (RFC 9110, section 13.1.2: weak comparison, lists, `*`).
pub(crate) fn matches_etag<'h>(
    values: impl IntoIterator<Item = &'h HeaderValue>,
    tag: &HeaderValue,
) -> bool {
    let opaque = |tag: &'h str| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
    let Ok(ours) = tag.to_str() else { return false };
    let ours = ours.strip_prefix("W/").unwrap_or(ours).trim_matches('"');
    let texts = values.into_iter().filter_map(|value| value.to_str().ok());
    texts
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || opaque(tag) == ours)
}

/// What tells one state of an answer from another, known before the answer is made.
pub(crate) struct Validators {
    tag: HeaderValue,
    last_modified: Option<HeaderValue>,
}

impl Validators {
    /// The validators of an answer from the data: by release, build, public base and what was asked.
    pub(crate) fn of(app: &App, release: &Release, cache_key: &str) -> Self {
        let mut hash = DefaultHasher::new();
        (BUILD, app.links().base(), cache_key).hash(&mut hash);
        Self {
            tag: weak(&format!("{}-{:016x}", release.digest, hash.finish())),
            last_modified: last_modified(release),
        }
    }

    /// The validators of an answer that is the same for every release: by its bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        let mut hash = DefaultHasher::new();
        bytes.hash(&mut hash);
        Self { tag: weak(&format!("{:016x}", hash.finish())), last_modified: None }
    }

    /// A 304 when the sender has this state already.
    pub(crate) fn not_modified(&self, conditions: &Conditions) -> Option<Response> {
        let known = matches_etag(&conditions.none_match, &self.tag);
        known.then(|| self.stamp(StatusCode::NOT_MODIFIED.into_response()))
    }

    /// Puts the validators on an answer. The tag is weak: gateways that compress drop strong ones.
    pub(crate) fn stamp(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        let mut put = |name: HeaderName, value: HeaderValue| headers.insert(name, value);
        put(header::ETAG, self.tag.clone());
        if let Some(date) = &self.last_modified {
            put(header::LAST_MODIFIED, date.clone());
        }
        put(header::CACHE_CONTROL, CACHE_CONTROL);
        put(header::VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
        response
    }
}

/// A weak validator. Digests and hashes are hexadecimal; nothing else comes here.
fn weak(opaque: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("W/\"{opaque}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
}

/// The first moment of the day of release, as HTTP writes dates (RFC 9110, section 5.6.7).
fn last_modified(release: &Release) -> Option<HeaderValue> {
    let (year, month, day) = release.released.earliest();
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let text = date.strftime("%a, %d %b %Y 00:00:00 GMT").to_string();
    HeaderValue::from_str(&text).ok()
}
