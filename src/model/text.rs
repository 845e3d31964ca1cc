//! Words.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use super::expected::Expected;
use super::value::{FieldValue, Kind, Scalar, Value};

/// The longest text that a record may hold, in characters as spreadsheets count them: UTF-16 code units. A cell of
/// a spreadsheet holds 32,767, and the longest list, joined in one cell, is held to the same limit.
pub(crate) const LONGEST_TEXT: usize = 32_000;

/// Words: never empty, without white space at either end, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 1, max_length = 32_000)]
pub struct Text(Box<str>);

impl Text {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Text {
    type Error = Expected;

    fn try_from(text: String) -> Result<Self, Expected> {
        if text.is_empty() || text.trim() != text {
            Err(Expected::Form("words without white space at either end, or null"))
        } else if is_ascii_without_controls(&text) && text.len() <= LONGEST_TEXT {
            Ok(Self(text.into()))
        } else if text.chars().any(char::is_control) {
            Err(Expected::Form("words without line breaks or other control characters"))
        } else {
            let length = text.encode_utf16().count();
            if length > LONGEST_TEXT {
                let expected =
                    format!("expected at most {LONGEST_TEXT} characters, found {length}");
                Err(Expected::Because(expected))
            } else {
                Ok(Self(text.into()))
            }
        }
    }
}

/// Most texts are, and are read a byte at a time.
fn is_ascii_without_controls(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl Value for Text {
    const KIND: Kind = Kind::Text;
    const EQUALS: bool = false;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Text(self.as_str().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        Ok(Scalar::Text(text.to_owned()))
    }
}
