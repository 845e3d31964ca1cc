//! How numbers and texts are written into a drawing: straight into it, without a text of their own.

use std::fmt::{self, Display, Formatter, Write};

/// What is written into a drawing. A drawing has thousands of them: they are written straight into its text, without
/// the machinery that formats anything.
pub(super) trait Written: Copy {
    /// Writes it.
    fn write(&self, out: &mut impl Write) -> fmt::Result;
}

impl Written for &str {
    fn write(&self, out: &mut impl Write) -> fmt::Result {
        out.write_str(self)
    }
}

/// A text with what XML reserves escaped; characters that XML 1.0 has no place for are left out.
#[derive(Clone, Copy)]
pub(crate) struct Escaped<'t>(pub(crate) &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.write(formatter)
    }
}

impl Written for Escaped<'_> {
    fn write(&self, out: &mut impl Write) -> fmt::Result {
        let mut plain = self.0;
        while let Some(at) = plain.bytes().position(|byte| SPECIAL[usize::from(byte)]) {
            let (before, rest) = plain.split_at(at);
            out.write_str(before)?;
            let mut letters = rest.chars();
            match letters.next() {
                Some('&') => out.write_str("&amp;")?,
                Some('<') => out.write_str("&lt;")?,
                Some('>') => out.write_str("&gt;")?,
                Some('"') => out.write_str("&quot;")?,
                Some('\t' | '\n' | '\r') => out.write_char(' ')?,
                None | Some('\0'..' ' | '\u{FFFE}' | '\u{FFFF}') => {}
                Some(letter) => out.write_char(letter)?,
            }
            plain = letters.as_str();
        }
        out.write_str(plain)
    }
}

/// The bytes that are looked at. U+FFFE and U+FFFF begin with 0xEF, as do some letters that are written as they are.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut control = 0;
    while control < b' ' as usize {
        special[control] = true;
        control += 1;
    }
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'"' as usize] = true;
    special[0xEF] = true;
    special
};

/// A number of pixels, with no more digits than matter.
#[derive(Debug, Clone, Copy)]
pub struct Pixels(pub f64);

impl Display for Pixels {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.write(formatter)
    }
}

impl Written for Pixels {
    fn write(&self, out: &mut impl Write) -> fmt::Result {
        let tenths = rounded(self.0 * 10.0);
        decimal(out, tenths < 0, tenths.unsigned_abs() * 10)
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
        self.write(formatter)
    }
}

impl Written for Across {
    fn write(&self, out: &mut impl Write) -> fmt::Result {
        match self {
            Self::Pixels(pixels) => pixels.write(out),
            Self::Share(share) => {
                let hundredths = rounded(share * 10_000.0);
                decimal(out, hundredths < 0, hundredths.unsigned_abs())?;
                out.write_char('%')
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

/// Hundredths as a decimal without zeros at its end.
fn decimal(out: &mut impl Write, negative: bool, hundredths: u64) -> fmt::Result {
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
    out.write_str(std::str::from_utf8(&text[at..]).unwrap_or_default())
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
