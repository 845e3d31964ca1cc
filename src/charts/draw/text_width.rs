//! How wide text is drawn, without a browser: a table of the widest advances that readers' fonts have.
//!
//! The numbers are those of `DejaVu`, the widest of the fonts that the charts name, in hundredths of an em: of sans and
//! serif the wider. What is reserved by it holds the text in any of them.

/// Advances of the characters from space to tilde.
const PLAIN: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 90, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 73, 74, 77, 81, 73, 70, 80, 88, 40, 41, 75, 67, 103, 88,
    82, 68, 82, 76, 69, 67, 85, 73, 103, 72, 67, 70, 40, 34, 40, 84, 50, 50, 62, 65, 57, 65, 62,
    38, 65, 65, 32, 32, 61, 32, 98, 65, 62, 65, 65, 48, 53, 41, 65, 60, 86, 60, 60, 53, 64, 34, 64,
    84,
];

/// As [`PLAIN`], of bold text.
const BOLD: [u8; 95] = [
    35, 46, 53, 84, 70, 101, 91, 31, 48, 48, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 70, 40, 40, 84, 84, 84, 59, 100, 78, 85, 80, 87, 77, 71, 86, 95, 47, 48, 87, 71, 111,
    92, 88, 76, 88, 84, 73, 75, 88, 78, 113, 78, 73, 73, 48, 37, 48, 84, 50, 50, 68, 72, 61, 72,
    68, 44, 72, 73, 38, 37, 70, 38, 106, 73, 69, 72, 72, 53, 60, 48, 73, 66, 93, 65, 66, 59, 72,
    37, 72, 84,
];

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Setting {
    /// The size of the font, in pixels.
    pub(crate) size: f64,
    /// Whether it is bold.
    pub(crate) bold: bool,
}

impl Setting {
    /// Plain text of a size in pixels.
    pub(crate) const fn plain(size: f64) -> Self {
        Self { size, bold: false }
    }

    /// Bold text of a size in pixels.
    pub(crate) const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// The most pixels that a text takes.
    pub(crate) fn width(self, text: &str) -> f64 {
        self.in_pixels(self.hundredths(text))
    }

    /// The most that a text takes, in hundredths of an em.
    fn hundredths(self, text: &str) -> u32 {
        text.chars().map(|letter| self.advance(letter)).sum()
    }

    fn in_pixels(self, hundredths: u32) -> f64 {
        f64::from(hundredths) * self.size / 100.0
    }

    fn advance(self, letter: char) -> u32 {
        let table = if self.bold { &BOLD } else { &PLAIN };
        let of = |plain: char| {
            let at = (plain as usize).checked_sub(32);
            at.and_then(|at| table.get(at)).map(|advance| u32::from(*advance))
        };
        let base = match letter {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'í',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            'Á' | 'À' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'A',
            'É' | 'È' | 'Ê' | 'Ë' => 'E',
            'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ö' => 'O',
            'Ú' | 'Ù' | 'Û' | 'Ü' => 'U',
            'Ñ' => 'N',
            other => other,
        };
        match base {
            'í' => 40,
            '–' | '’' | '‘' | '·' => 50,
            '“' | '”' | '«' | '»' => 66,
            '\u{202F}' | '\u{A0}' => 36,
            other => of(other).unwrap_or(100),
        }
    }

    /// Breaks a text into lines of at most so many pixels; a word that is longer stands broken. Where there are more
    /// than `most` lines, the last ends in an ellipsis.
    pub(crate) fn wrap(self, text: &str, pixels: f64, most: usize) -> Vec<String> {
        let fits = |hundredths: u32| self.in_pixels(hundredths) <= pixels;
        let mut lines: Vec<String> = Vec::new();
        let (mut line, mut taken) = (String::new(), 0);
        for word in text.split_whitespace() {
            let own = self.hundredths(word);
            let longer = if line.is_empty() { own } else { taken + self.advance(' ') + own };
            if fits(longer) {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
                taken = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            for letter in word.chars() {
                let own = self.advance(letter);
                if !line.is_empty() && !fits(taken + own) {
                    lines.push(std::mem::take(&mut line));
                    taken = 0;
                }
                line.push(letter);
                taken += own;
            }
        }
        lines.push(line);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.cut(&format!("{last}\u{2026}"), pixels);
            }
        }
        lines
    }

    /// A text in one line of at most so many pixels, cut with an ellipsis where it is longer.
    pub(crate) fn cut(self, text: &str, pixels: f64) -> String {
        if self.width(text) <= pixels {
            return text.to_owned();
        }
        let text = text.trim_end_matches('\u{2026}');
        let mut taken = self.advance('\u{2026}');
        let mut fitting = text.char_indices().take_while(|(_, letter)| {
            taken += self.advance(*letter);
            self.in_pixels(taken) <= pixels
        });
        let end = fitting.by_ref().last().map_or(0, |(at, letter)| at + letter.len_utf8());
        format!("{}\u{2026}", text[..end].trim_end())
    }
}

/// The most pixels that a text of a size takes in any of the fonts that readers have.
pub fn most_pixels(text: &str, size: f64, bold: bool) -> f64 {
    Setting { size, bold }.width(text)
}

/// The most lines that a text of a size takes in a room of so many pixels.
pub fn most_lines(text: &str, size: f64, bold: bool, pixels: f64) -> usize {
    Setting { size, bold }.wrap(text, pixels, usize::MAX).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_wrapped_text_is_wider_than_its_room() {
        let setting = Setting::plain(12.0);
        let text = "International Narcotics Control and Law Enforcement averyveryverylongwordthatfitsnowhere";
        for room in [40.0, 90.0, 400.0] {
            let lines = setting.wrap(text, room, 100);
            assert!(lines.iter().all(|line| setting.width(line) <= room), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        let cut = setting.wrap(text, 120.0, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('\u{2026}') && setting.width(&cut[1]) <= 120.0, "{cut:?}");
    }
}
