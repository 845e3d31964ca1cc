//! Words as search compares them: without accents, without case.

use std::ops::Range;

use deunicode::{deunicode, deunicode_char};

/// The text in lower case and plain letters: `Bogotá` becomes `bogota`.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// Calls `visit` with each word of a text, folded. `folded` is a buffer that callers reuse.
pub(super) fn each_word(text: &str, folded: &mut String, visit: impl FnMut(&str)) {
    fold_into(text, folded);
    words_of(folded).for_each(visit);
}

/// Folds a text into a buffer.
fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
    } else {
        folded.push_str(&deunicode(text));
    }
    folded.make_ascii_lowercase();
}

/// The words of a text that is plain ASCII.
fn words_of(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// As [`words_of`], as bytes: quicker where very many texts are looked through.
fn byte_words(plain: &str) -> impl Iterator<Item = &[u8]> {
    plain.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a word of a text begins with one that is folded.
fn begins_with(word: &[u8], beginning: &[u8]) -> bool {
    let begins = word.get(..beginning.len());
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case(beginning))
}

/// The words of a text, folded.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, &mut String::new(), |word| words.push(word.to_owned()));
    words
}

/// How many different words a search may have.
pub const MOST_WORDS: usize = 32;

/// What is wrong with a search text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordFault {
    /// It holds no letter and no digit.
    #[error("expected words to search for, with at least one letter or digit")]
    NoWord,
    /// It holds too many words.
    #[error("expected at most {MOST_WORDS} different words")]
    TooManyWords,
}

/// The words of a search: every word must occur, the last one as a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchWords {
    whole: Vec<String>,
    beginning: String,
}

impl SearchWords {
    /// Reads a search text; a word that is repeated counts once.
    ///
    /// # Errors
    /// What is wrong with a text that holds no letter and no digit, or too many words.
    pub fn parse(text: &str) -> Result<Self, WordFault> {
        // What is a letter beyond ASCII, regular expressions disagree about; so all of it counts, here and in
        // the pattern that the OpenAPI document gives.
        if !text.chars().any(|letter| !letter.is_ascii() || letter.is_ascii_alphanumeric()) {
            return Err(WordFault::NoWord);
        }
        let mut whole = split(text);
        // Letters without a plain form stay as they are: no word of an index begins with them.
        let beginning = whole.pop().unwrap_or_else(|| text.to_lowercase());
        whole.sort_unstable();
        whole.dedup();
        let begun = usize::from(!whole.contains(&beginning));
        if whole.len() + begun > MOST_WORDS {
            return Err(WordFault::TooManyWords);
        }
        Ok(Self { whole, beginning })
    }

    /// The words that must occur whole.
    pub fn whole(&self) -> &[String] {
        &self.whole
    }

    /// The word that may go on.
    pub fn beginning(&self) -> &str {
        &self.beginning
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.whole.len() + 1
    }

    /// Where words of a text are that this search looks for: ranges of its bytes, in order.
    pub fn places_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut folded = String::new();
        let mut places = Vec::new();
        let mut begun = None;
        let ends = text.char_indices().map(|(at, letter)| (at, Some(letter)));
        for (at, letter) in ends.chain([(text.len(), None)]) {
            // An accent that stands alone belongs to the letter before it.
            let inside = letter.is_some_and(|letter| match letter {
                '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
                _ => letter.is_alphanumeric() || deunicode_char(letter).is_some_and(str::is_empty),
            });
            match (inside, begun) {
                (true, None) => begun = Some(at),
                (false, Some(from)) => {
                    begun = None;
                    if self.is_sought(&text[from..at], &mut folded) {
                        places.push(from..at);
                    }
                }
                _ => {}
            }
        }
        places
    }

    /// Whether one word of a text is looked for.
    fn is_sought(&self, word: &str, folded: &mut String) -> bool {
        if word.is_ascii() {
            let word = word.as_bytes();
            return begins_with(word, self.beginning.as_bytes())
                || self.whole.iter().any(|whole| word.eq_ignore_ascii_case(whole.as_bytes()));
        }
        fold_into(word, folded);
        words_of(folded).any(|word| {
            word.starts_with(&self.beginning) || self.whole.iter().any(|whole| whole == word)
        })
    }

    /// How many of them occur in one text. `folded` is a buffer that callers reuse.
    pub fn count_in(&self, text: &str, folded: &mut String) -> usize {
        // Most texts are ASCII: their words are compared where they stand.
        let text = if text.is_ascii() {
            text
        } else {
            fold_into(text, folded);
            folded
        };
        let begun = byte_words(text).any(|word| begins_with(word, self.beginning.as_bytes()));
        let occurs = |wanted: &&String| {
            byte_words(text).any(|word| word.eq_ignore_ascii_case(wanted.as_bytes()))
        };
        self.whole.iter().filter(occurs).count() + usize::from(begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(sought: &str, text: &'t str) -> Vec<&'t str> {
        let words = SearchWords::parse(sought).expect("words");
        words.places_in(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn words_are_found_in_a_text_as_the_search_finds_them() {
        let text = "Ayuda a Bogotá (1999–2002); bogotanos y AYUDAS.";
        assert_eq!(found("ayuda bogota", text), ["Ayuda", "Bogotá", "bogotanos"]);
        assert_eq!(found("1999", text), ["1999"]);
        assert_eq!(found("gota", text), Vec::<&str>::new());
        assert_eq!(
            found("acción", "accio\u{301}n; accion, acciones"),
            ["accio\u{301}n", "accion", "acciones"]
        );
    }
}
