//! The variable part of a path.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::params::NOT_UTF_8;
use crate::http::response::problem::Problem;
use crate::query::BadParameter;

/// The variable part of a path, decoded.
pub(crate) struct PathText(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // The one thing that can be wrong with a text: bytes behind its percent signs that are no UTF-8.
        let text = Path::<String>::from_request_parts(parts, state).await;
        text.map(|Path(text)| Self(text)).map_err(|_| {
            Problem::bad_parameter(BadParameter::malformed("path", parts.uri.path(), NOT_UTF_8))
        })
    }
}
