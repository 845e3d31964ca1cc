//! Feeds in Atom (RFC 4287): what changed, for readers that ask again and again.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use uuid::{Builder, Variant, Version};

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What tells it from every other feed, wherever it is served.
    pub id: FeedId,
    /// What it is called.
    pub title: String,
    /// Its own address.
    pub this: String,
    /// The address of what it is about.
    pub about: String,
    /// Who publishes it.
    pub author: String,
    /// The day of its last entry: `2026-11-23`.
    pub updated: String,
    /// Its entries, newest first.
    pub entries: Vec<Entry>,
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What tells it from every other entry.
    pub id: FeedId,
    /// What it says, in one line.
    pub title: String,
    /// Where to read on.
    pub href: String,
    /// The day of it: `2026-11-23`.
    pub updated: String,
    /// What it says.
    pub summary: String,
    /// What it is about, in words that readers may filter by.
    pub categories: Vec<String>,
}

/// The id of a feed or of an entry: a UUID made of texts, so that it is the same on every host and for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedId(uuid::Uuid);

impl FeedId {
    /// Made of these texts, in this order (RFC 9562, version 8).
    pub fn of(texts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for text in texts {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        let mut bytes = [0; 16];
        for (byte, hashed) in bytes.iter_mut().zip(hash.finalize()) {
            *byte = hashed;
        }
        let builder = Builder::from_bytes(bytes);
        Self(builder.with_version(Version::Custom).with_variant(Variant::RFC4122).into_uuid())
    }
}

/// Writes a feed.
pub fn atom(feed: &Feed) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    text.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element(&mut text, "id", &format!("urn:uuid:{}", feed.id.0));
    element(&mut text, "title", &feed.title);
    element(&mut text, "updated", &instant(&feed.updated));
    // Writing to a string does not fail.
    let _ = writeln!(text, "<author><name>{}</name></author>", escape(&feed.author));
    let _ = writeln!(
        text,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
        escape(&feed.this)
    );
    let _ = writeln!(text, "<link rel=\"alternate\" href=\"{}\"/>", escape(&feed.about));
    for entry in &feed.entries {
        text.push_str("<entry>\n");
        element(&mut text, "id", &format!("urn:uuid:{}", entry.id.0));
        element(&mut text, "title", &entry.title);
        element(&mut text, "updated", &instant(&entry.updated));
        let _ = writeln!(text, "<link rel=\"alternate\" href=\"{}\"/>", escape(&entry.href));
        for category in &entry.categories {
            let _ = writeln!(text, "<category term=\"{}\"/>", escape(category));
        }
        element(&mut text, "summary", &entry.summary);
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    text
}

fn element(text: &mut String, name: &str, content: &str) {
    let _ = writeln!(text, "<{name}>{}</{name}>", escape(content));
}

/// The first moment of a day (RFC 3339).
fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// Text as XML holds it, in an element or between quotation marks; characters that XML 1.0 cannot hold are replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            letter if letter.is_control() && letter < '\u{20}' => escaped.push('\u{FFFD}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_xml_is_escaped_and_what_xml_cannot_hold_is_replaced() {
        assert_eq!(escape("a < b & \"c\" > d\n"), "a &lt; b &amp; &quot;c&quot; &gt; d ");
        assert_eq!(escape("a\u{1}b\u{FFFF}ñ"), "a\u{FFFD}b\u{FFFD}ñ");
    }

    #[test]
    fn an_id_depends_on_each_text_and_on_nothing_else() {
        assert_eq!(FeedId::of(&["a", "b"]), FeedId::of(&["a", "b"]));
        let ids = [&["a", "b"][..], &["ab"], &["b", "a"], &["a", "b", ""], &[]].map(FeedId::of);
        let different: std::collections::BTreeSet<_> = ids.into_iter().collect();
        assert_eq!(different.len(), 5);
        assert_eq!(FeedId::of(&["a"]).0.get_version_num(), 8);
    }
}
