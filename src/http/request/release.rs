//! `release=`: the one place where a request's release is read and found.

use std::borrow::Cow;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::negotiate::Accept;
use super::params::{QueryParams, RELEASE};
use crate::dataset::UnknownRelease;
use crate::http::app::App;
use crate::http::app::former::ReadError;
use crate::http::app::pinned::{PinError, PinnedApp};
use crate::http::response::problem::Problem;
use crate::query::BadParameter;

impl FromRequestParts<App> for PinnedApp {
    type Rejection = Problem;

    /// Finds the release that the request names, which may mean that it is read first. It stands before the parameters
    /// of a handler, which then know `release`; a handler without it refuses the parameter.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(pinned) = parts.extensions.get::<Self>() {
            return Ok(pinned.clone());
        }
        let query = parts.uri.query().filter(|query| query.contains(RELEASE));
        let pinned = match query {
            Some(query) => {
                let params = QueryParams::new(Some(query), Accept::default());
                match params.only_text(RELEASE)? {
                    Some(name) => app.pinned(&name).await.map_err(|error| problem(&name, error))?,
                    None => app.current(),
                }
            }
            None => app.current(),
        };
        parts.extensions.insert(pinned.clone());
        Ok(pinned)
    }
}

/// Why a release cannot answer, as the client is told.
fn problem(name: &str, error: PinError) -> Problem {
    match error {
        PinError::Unknown(unknown) => unknown_release(RELEASE, name, unknown),
        PinError::Read(error) => error.into(),
    }
}

/// A parameter names a release that there is not.
pub(crate) fn unknown_release(parameter: &str, name: &str, unknown: UnknownRelease) -> Problem {
    Problem::bad_parameter(bad_release(parameter, name, unknown))
}

/// As [`unknown_release`], beside other faults.
pub(crate) fn bad_release(parameter: &str, name: &str, unknown: UnknownRelease) -> BadParameter {
    let name: Cow<'_, str> = name.chars().take(100).collect();
    let detail =
        "expected the version or the digest of a release, or a day on which one was in force";
    let mut bad = BadParameter::malformed(parameter, &name, detail);
    bad.allowed = unknown.versions;
    bad.did_you_mean = unknown.nearest;
    bad
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Full => Self::Busy,
            ReadError::Failed(cause) => Self::internal(SharedCause(cause)),
        }
    }
}

/// A cause that several requests share.
#[derive(Debug, thiserror::Error)]
#[error("a former release could not be read: {0}")]
struct SharedCause(std::sync::Arc<dyn std::error::Error + Send + Sync>);
