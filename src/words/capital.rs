//! The capital that begins a sentence, a heading, a cell.

/// A text with a capital.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut said = String::with_capacity(text.len());
    said.extend(first.to_uppercase());
    said.push_str(letters.as_str());
    said
}
