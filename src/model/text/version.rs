//! Versions of releases.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::expected::Expected;

const FORM: Expected =
    Expected::Form("a version such as 1.4.0 (semver.org), of at most 64 characters");

/// A version: major.minor.patch (semver.org), of at most 64 characters.
// It stands in headers and file names, where a quote or a slash would do harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = r"^[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$", max_length = 64)]
pub struct SemanticVersion(Box<str>);

impl SemanticVersion {
    /// The version as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SemanticVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SemanticVersion {
    type Error = Expected;

    fn try_from(text: String) -> Result<Self, Expected> {
        if text.len() <= 64 && semver::Version::parse(&text).is_ok() {
            Ok(Self(text.into()))
        } else {
            Err(FORM)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SemanticVersion;

    #[test]
    fn a_version_is_semantic_and_harmless_in_a_header() {
        let read = |text: &str| SemanticVersion::try_from(text.to_owned());
        for text in ["1.0.0", "0.10.3-rc.1+build.5"] {
            assert!(read(text).is_ok(), "{text}");
        }
        for text in ["", "1.0", "v1.0.0", "1.0.0\"; filename=x", "1.0.0/..", "1.0\u{e9}", "1.0.0 "]
        {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&format!("1.0.0-{}", "a".repeat(59))).is_err());
    }
}
