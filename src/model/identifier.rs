//! Identifiers of records.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::expected::Expected;
use super::value::{FieldValue, Kind, Scalar, Value};

/// Ids that a record may not have: the service answers something else under that path.
pub const RESERVED_IDS: &[&str] = &["coverage", "export", "index", "search", "timeline", "totals"];

const FORM: Expected =
    Expected::Form("letters and digits joined by single hyphens, such as col-fmf-2017-2023");

/// An identifier: letters and digits joined by single hyphens. Permanent once published.
// Up to 24 letters are stored inline: a record names half a dozen others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "CompactString")]
#[schema(
    value_type = String,
    pattern = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    max_length = 100
)]
pub struct RecordId(CompactString);

impl RecordId {
    /// The identifier, as in a path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<CompactString> for RecordId {
    type Error = Expected;

    fn try_from(id: CompactString) -> Result<Self, Expected> {
        let parts_hold =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if id.len() <= 100 && id.split('-').all(parts_hold) { Ok(Self(id)) } else { Err(FORM) }
    }
}

impl FromStr for RecordId {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        CompactString::from(text).try_into()
    }
}

impl Value for RecordId {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Text(self.0.as_str().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        text.parse().map(|id: Self| Scalar::Text(id.0.into()))
    }
}
