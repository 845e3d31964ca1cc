//! How numbers and texts are written into a drawing: straight into it, without a text of their own.

use std::fmt::{self, Display, Formatter, Write as _};

/// A text with what XML reserves escaped; characters that XML 1.0 has no place for are left out.
#[derive(Clone, Copy)]
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut plain = self.0;
        // U+FFFE and U+FFFF begin with the byte 0xEF, as do some letters that are written as they are.
        let special = |byte: u8| byte < b' ' || matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xEF);
        while let Some(at) = plain.bytes().position(special) {
            let (before, rest) = plain.split_at(at);
            formatter.write_str(before)?;
            let mut letters = rest.chars();
            match letters.next() {
                Some('&') => formatter.write_str("&amp;")?,
                Some('<') => formatter.write_str("&lt;")?,
                Some('>') => formatter.write_str("&gt;")?,
                Some('"') => formatter.write_str("&quot;")?,
                Some('\t' | '\n' | '\r') => formatter.write_char(' ')?,
                None | Some('\0'..' ' | '\u{FFFE}' | '\u{FFFF}') => {}
                Some(letter) => formatter.write_char(letter)?,
            }
            plain = letters.as_str();
        }
        formatter.write_str(plain)
    }
}

/// A number of pixels, with no more digits than matter.
#[derive(Debug, Clone, Copy)]
pub struct Pixels(pub f64);

impl Display for Pixels {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let tenths = rounded(self.0 * 10.0);
        decimal(formatter, tenths < 0, tenths.unsigned_abs() * 10)
    }
}

/// A place, or a width.
#[derive(Debug, Clone, Copy)]
pub enum Across {
    /// In pixels.
    Pixels(Pixels),
    /// As a share of the width, written in percent.
    Share(f64),
}

impl Display for Across {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pixels(pixels) => pixels.fmt(formatter),
            Self::Share(share) => {
                let hundredths = rounded(share * 10_000.0);
                decimal(formatter, hundredths < 0, hundredths.unsigned_abs())?;
                formatter.write_char('%')
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawing is some thousand pixels wide and tall"
)]
fn rounded(number: f64) -> i64 {
    number.round_ties_even() as i64
}

/// Hundredths as a decimal without zeros at its end. A chart has thousands of them: they are written without the
/// machinery that formats numbers of any kind.
fn decimal(formatter: &mut Formatter<'_>, negative: bool, hundredths: u64) -> fmt::Result {
    let mut text = [0_u8; 24];
    let mut at = text.len();
    let mut put = |byte: u8| {
        at -= 1;
        text[at] = byte;
    };
    let (mut whole, rest) = (hundredths / 100, hundredths % 100);
    if rest > 0 {
        if rest % 10 > 0 {
            put(digit(rest));
        }
        put(digit(rest / 10));
        put(b'.');
    }
    loop {
        put(digit(whole));
        whole /= 10;
        if whole == 0 {
            break;
        }
    }
    if negative {
        put(b'-');
    }
    // Digits, a point and a sign are UTF-8.
    formatter.write_str(std::str::from_utf8(&text[at..]).unwrap_or_default())
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0' + u8::try_from(number % 10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_reserves_is_escaped_and_what_it_forbids_left_out() {
        let escaped = Escaped("a<b>&\"\u{1}\u{FFFE}ñ\u{FFFD}c\nｆ").to_string();
        assert_eq!(escaped, "a&lt;b&gt;&amp;&quot;ñ\u{FFFD}c ｆ");
    }

    #[test]
    fn numbers_have_no_more_digits_than_matter() {
        for (number, written) in [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (12.345, "12.3"),
            (-3.5, "-3.5"),
            (-0.06, "-0.1"),
            (1_234_567_890.0, "1234567890"),
        ] {
            assert_eq!(Pixels(number).to_string(), written);
        }
        for (share, written) in [(1.0, "100%"), (0.123_456, "12.35%"), (0.005, "0.5%"), (0.0, "0%")]
        {
            assert_eq!(Across::Share(share).to_string(), written);
        }
    }
}
