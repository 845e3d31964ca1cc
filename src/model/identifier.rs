//! Identifiers of records.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::value::{Cell, Expected, Kind, Scalar, Value};

/// Ids that a record may not have: the service answers something else under that path.
pub const RESERVED_IDS: &[&str] = &["coverage", "export", "index", "search", "timeline", "totals"];

const FORM: Expected =
    Expected::Form("letters and digits joined by single hyphens, such as col-fmf-2017-2023");

/// An identifier: letters and digits joined by single hyphens. Permanent once published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(
    value_type = String,
    pattern = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    max_length = 100
)]
pub struct RecordId(String);

impl RecordId {
    /// The identifier as it stands in a path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RecordId {
    type Error = Expected;

    fn try_from(id: String) -> Result<Self, Expected> {
        let parts_hold =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if id.len() <= 100 && id.split('-').all(parts_hold) { Ok(Self(id)) } else { Err(FORM) }
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.0
    }
}

impl Value for RecordId {
    const KIND: Kind = Kind::Text;

    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.0.as_str().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        Self::try_from(text.to_owned()).map(|id| Scalar::Text(id.0))
    }
}
