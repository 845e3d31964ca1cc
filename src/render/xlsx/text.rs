//! Text inside the parts of a workbook: what XML and spreadsheets take for something else is escaped, and what cells
//! repeat is written once.

use std::fmt::Write as _;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

/// Adds a text to XML, between tags.
///
/// What XML cannot hold is written as spreadsheets do, `_x0007_`, and what already looks like that keeps its letters
/// (ISO/IEC 29500-1, 22.9.2.19).
pub(super) fn push_text(xml: &mut String, text: &str) {
    for (place, letter) in text.char_indices() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if is_escape(&text.as_bytes()[place..]) => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(letter),
            '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => {
                write!(xml, "_x{:04X}_", u32::from(letter)).expect("a string takes every text");
            }
            _ => xml.push(letter),
        }
    }
}

fn is_escape(text: &[u8]) -> bool {
    let Some([b'_', b'x', digits @ .., b'_']) = text.get(..7) else { return false };
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// The texts of all cells, each once. A cell holds the place of its text.
#[derive(Default)]
pub(super) struct SharedStrings {
    texts: IndexSet<Box<str>, FixedState>,
    cells: usize,
}

impl SharedStrings {
    /// The place of a text, for one more cell that holds it.
    pub(super) fn place(&mut self, text: &str) -> usize {
        self.cells += 1;
        match self.texts.get_index_of(text) {
            Some(place) => place,
            None => self.texts.insert_full(text.into()).0,
        }
    }

    /// The part that lists them, piece by piece.
    pub(super) fn parts(&self) -> impl Iterator<Item = String> {
        let (cells, texts) = (self.cells, self.texts.len());
        let head = format!(
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{cells}\" \
             uniqueCount=\"{texts}\">"
        );
        let item = |text: &str| {
            let mut item = String::with_capacity(text.len() + 32);
            let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\n');
            item.push_str(if text.starts_with(is_space) || text.ends_with(is_space) {
                "<si><t xml:space=\"preserve\">"
            } else {
                "<si><t>"
            });
            push_text(&mut item, text);
            item.push_str("</t></si>");
            item
        };
        std::iter::once(head)
            .chain(self.texts.iter().map(|text| text.as_ref()).map(item))
            .chain(std::iter::once("</sst>".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut xml = String::new();
        push_text(&mut xml, text);
        xml
    }

    #[test]
    fn what_xml_or_a_spreadsheet_takes_for_something_else_is_escaped() {
        assert_eq!(escaped("a < b & c > \"d\"\n\tñ 𝄞"), "a &lt; b &amp; c &gt; \"d\"\n\tñ 𝄞");
        assert_eq!(escaped("\u{7}\r\u{FFFF}"), "_x0007__x000D__xFFFF_");
        assert_eq!(escaped("_x0007_"), "_x005F_x0007_");
        for plain in ["_x007_", "_x000G_", "_x00", "_y0007_", "x_xñññ"] {
            assert_eq!(escaped(plain), plain);
        }
    }

    #[test]
    fn a_text_that_cells_share_is_listed_once() {
        let mut strings = SharedStrings::default();
        assert_eq!(["a", " b", "a"].map(|text| strings.place(text)), [0, 1, 0]);
        let part: String = strings.parts().collect();
        assert!(part.contains("count=\"3\" uniqueCount=\"2\">"), "{part}");
        assert!(part.ends_with("<si><t>a</t></si><si><t xml:space=\"preserve\"> b</t></si></sst>"));
    }
}
