//! Identifiers of records.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use utoipa::ToSchema;

use super::expected::Expected;
use super::value::{FieldValue, Kind, Scalar, Value};

/// Ids that a record may not have: the service answers something else under that path.
pub const RESERVED_IDS: &[&str] = &["coverage", "export", "index", "search", "timeline", "totals"];

const FORM: Expected =
    Expected::Form("letters and digits joined by single hyphens, such as col-fmf-2017-2023");

/// An identifier: letters and digits joined by single hyphens. Permanent once published.
// A clone allocates nothing: up to 23 letters are stored inline, longer ones are shared. Records name each other, and sums and
// pages name records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "SmolStr")]
#[schema(
    value_type = String,
    pattern = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    max_length = 100
)]
pub struct RecordId(SmolStr);

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

impl TryFrom<SmolStr> for RecordId {
    type Error = Expected;

    fn try_from(id: SmolStr) -> Result<Self, Expected> {
        let parts_hold =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if id.len() <= 100 && id.split('-').all(parts_hold) { Ok(Self(id)) } else { Err(FORM) }
    }
}

impl FromStr for RecordId {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        SmolStr::from(text).try_into()
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
