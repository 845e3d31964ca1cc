//! Words.

pub(super) mod country;
pub(super) mod digits;
pub(super) mod version;
pub(super) mod web_address;

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::expected::Expected;
use crate::model::value::{FieldValue, Kind, Scalar, Value};

/// The longest text that a record may hold, in characters as spreadsheets count them: UTF-16 code units. A cell of
/// a spreadsheet holds 32,767, and the longest list, joined in one cell, is held to the same limit.
pub(crate) const LONGEST_TEXT: usize = 32_000;

/// Words: never empty, without white space at either end, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
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
        } else if text.chars().any(|letter| letter.is_control() || is_line_break(letter)) {
            Err(Expected::Form("words without line breaks or other control characters"))
        } else if text.chars().any(|letter| is_directional(letter) || is_noncharacter(letter)) {
            Err(Expected::Form(
                "words without bidirectional controls, byte order marks and noncharacters",
            ))
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

/// U+2028 and U+2029, at which scripts and some spreadsheets break a line.
const fn is_line_break(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}')
}

/// What makes a reader see text in another order than it is written in (Unicode, UAX #9): a note that says otherwise
/// than it shows.
const fn is_directional(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A code point that is no character, or a byte order mark: XML, and so a workbook, cannot hold the former.
const fn is_noncharacter(letter: char) -> bool {
    matches!(letter, '\u{fdd0}'..='\u{fdef}' | '\u{feff}') || letter as u32 & 0xfffe == 0xfffe
}

/// Most texts are, and are read a byte at a time.
fn is_ascii_without_controls(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
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

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_text_reads_as_it_is_written_in_every_format() {
        let read = |text: &str| Text::try_from(text.to_owned());
        for text in
            ["a", "Misi\u{f3}n a Hait\u{ed} \u{2013} \u{1f1e8}\u{1f1f4}", "\u{645}\u{635}\u{631}"]
        {
            assert!(read(text).is_ok(), "{text}");
        }
        for text in [
            "",
            " a",
            "a\nb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{feff}b",
            "a\u{ffff}",
            "a\u{fdd0}",
            "a\u{1fffe}",
            "a\u{200f}b",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
