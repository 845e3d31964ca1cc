//! Pages: the same answers as HTML, in both languages.

mod addresses;
mod hostile;
mod methods;
mod own_parts;
mod records;
mod releases;
mod sums;
mod views;

use crate::service::{Answer, get};

/// A page, read as a reader sees it.
pub(crate) struct Page {
    /// Its markup.
    pub(crate) html: String,
    /// What stands in it between its tags, with single spaces.
    pub(crate) text: String,
}

impl Page {
    /// Of an answer that is a page.
    pub(crate) fn of(answer: &Answer) -> Self {
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        let html = answer.text();
        let text = text_of(&html);
        Self { html, text }
    }

    /// How often a tag is opened.
    pub(crate) fn count(&self, tag: &str) -> usize {
        self.html.matches(&format!("<{tag}>")).count()
            + self.html.matches(&format!("<{tag} ")).count()
    }

    /// What every page must be, whatever it shows.
    pub(crate) fn is_sound(&self, path: &str) {
        assert_eq!(self.count("h1"), 1, "{path} has not one h1");
        assert_eq!(self.count("main"), 1, "{path} has not one main");
        for forbidden in [" style=\"", "<style", " onclick", "javascript:", "<script>"] {
            assert!(!self.html.contains(forbidden), "{path} holds {forbidden}");
        }
    }
}

/// A page that is there.
pub(crate) async fn page(path: &str) -> Page {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let page = Page::of(&answer);
    page.is_sound(path);
    page
}

/// What stands between the tags of a page, without what characters stand for and with single spaces.
pub(crate) fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        if let Some((_, between)) = part.split_once('>') {
            text.push_str(between);
            text.push(' ');
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address of a page in each language.
fn in_both(path: &str) -> [String; 2] {
    [path.to_owned(), format!("/es{path}")]
}

/// A text as it stands in a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How many links of a page lead to an address.
fn links_to(page: &str, path: &str) -> usize {
    page.matches(&format!("href=\"{path}\"")).count()
}
