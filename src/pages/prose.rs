//! Texts written in Markdown, as pages: the rule of the sums, what a reader must know of the data, notes of releases.
//!
//! They are English. Markup in them that is no Markdown is shown as it was written, and makes no element.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::frame::WebPage;
use super::site::Site;

/// What a reader of the dataset must know; it belongs to the data that the binary carries.
const DATA: &str = include_str!("../../data/README.md");

/// The parts of it that a reader of figures needs; the others are for who adds records.
const PARTS: [&str; 9] = [
    "In one page: what it can be trusted for",
    "How to read an amount",
    "The three yearly series",
    "Time",
    "How records hang together",
    "Which sets are whole",
    "When sources disagree",
    "What is missing",
    "How to cite",
];

/// What was written about each release of the data that the binary carries.
const NOTES: &str = include_str!("../../data/CHANGELOG.md");

/// How the data that the binary carries describes itself.
const CARRIED: &str = include_str!("../../data/dataset.json");

/// The page of the rule of the sums; `rule` is its text.
pub fn totals_method(site: &Site<'_>, rule: &str) -> WebPage {
    let title = site.say("How sums are made", "Cómo se hacen las sumas");
    prose_page(site, "/methods/totals", title, rule)
}

/// The page about the data: how figures were gathered, what can be trusted, what is missing.
pub fn data_method(site: &Site<'_>) -> WebPage {
    let title = site.say("How the figures are read", "Cómo se leen las cifras");
    let parts = PARTS.into_iter().filter_map(|heading| part(DATA, heading));
    let text: Vec<_> = parts.collect();
    prose_page(site, "/methods/data", title, &text.join("\n"))
}

/// What was written about a release; none where nothing was, or where other data is served than the binary carries.
pub(super) fn notes_of(site: &Site<'_>, version: &str) -> Option<Markup> {
    let title = serde_json::to_string(&site.dataset.release.title.to_string()).ok()?;
    let begin = format!("{version} (");
    let notes = CARRIED.contains(&title).then(|| part(NOTES, &begin)).flatten()?;
    // The page has its own heading.
    let notes = notes.split_once('\n').map_or("", |(_, rest)| rest);
    Some(html! { div.prose lang=[site.lang_of_texts()] { (rendered(notes)) } })
}

fn prose_page(site: &Site<'_>, path: &str, title: &str, text: &str) -> WebPage {
    let (data, totals) = ("/methods/data", "/methods/totals");
    let body = html! {
        h1 { (title) }
        @if site.lang_of_texts().is_some() {
            p.notice { "Este texto está en inglés; las etiquetas y definiciones de cada código están en español en " a href=(site.page("/codes")) { "Códigos" } "." }
        }
        ul.row {
            @if path != data { li { a href=(site.page(data)) { (site.say("How the figures are read", "Cómo se leen las cifras")) } } }
            @if path != totals { li { a href=(site.page(totals)) { (site.say("How sums are made", "Cómo se hacen las sumas")) } } }
            li { a href=(site.page("/codes")) { (site.say("What each code means", "Qué significa cada código")) } }
            @if path == totals { li { a href=(site.data("/v1/methods/totals", [])) type="text/markdown" { (site.say("This text as Markdown", "Este texto en Markdown")) } } }
        }
        nav.contents aria-label=(site.say("On this page", "En esta página")) lang=[site.lang_of_texts()] {
            ul.row { @for (id, heading) in headings(text) { li { a href=(format!("#{id}")) { (heading) } } } }
        }
        div.prose lang=[site.lang_of_texts()] { (rendered(text)) }
    };
    WebPage::new(path, title, body)
}

/// The part of a text below a heading of the second level that begins so, with its heading.
fn part<'t>(text: &'t str, heading: &str) -> Option<&'t str> {
    let begin = text.match_indices("\n## ").map(|(at, mark)| (at + 1, at + mark.len()));
    let (from, _) = begin.into_iter().find(|(_, after)| text[*after..].starts_with(heading))?;
    let rest = &text[from..];
    let end = rest[1..].find("\n## ").map_or(rest.len(), |at| at + 2);
    Some(&rest[..end])
}

/// The headings of the highest level of a text: the id of each and what it says.
fn headings(text: &str) -> Vec<(String, String)> {
    let events: Vec<_> = parsed(text);
    let top = highest(&events);
    let mut found = Vec::new();
    for (at, event) in events.iter().enumerate() {
        if matches!(event, Event::Start(Tag::Heading { level, .. }) if *level == top) {
            let said = said_in(&events[at..]);
            found.push((slug(&said), said));
        }
    }
    found
}

/// A text as markup. Its highest headings become those of the second level.
fn rendered(text: &str) -> Markup {
    let events = parsed(text);
    let lower = HeadingLevel::H2 as usize - (highest(&events) as usize).min(2);
    let mut out = Vec::with_capacity(events.len());
    let mut caption = String::new();
    let mut tables = 0;
    let markup = |text: String| Event::Html(CowStr::from(text));
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                caption = said_in(&events[at..]);
                let tag = (*level as usize + lower).min(6);
                out.push(markup(format!("<h{tag} id=\"{}\">", slug(&caption))));
            }
            Event::End(TagEnd::Heading(level)) => {
                out.push(markup(format!("</h{}>\n", (*level as usize + lower).min(6))));
            }
            Event::Start(Tag::Table(columns)) => {
                tables += 1;
                let label = html! { (caption) " (" (tables) ")" }.into_string();
                out.push(markup(format!(
                    "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">"
                )));
                // An alignment would be a style in the markup, which the policy of pages forbids.
                out.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
                out.push(markup(format!("<caption class=\"vh\">{label}</caption>")));
            }
            Event::End(TagEnd::Table) => {
                out.extend([event.clone(), markup("</div>\n".to_owned())]);
            }
            Event::Start(Tag::Link { dest_url, .. }) => out.extend(opened(dest_url).map(markup)),
            Event::End(TagEnd::Link) => {
                let link = events[..at].iter().rev().find_map(|event| match event {
                    Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url),
                    _ => None,
                });
                let is_open = link.is_some_and(|link| opened(link).is_some());
                out.extend(is_open.then(|| markup("</a>".to_owned())));
            }
            // Images would be loaded from elsewhere; their text stays.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text.clone())),
            other => out.push(other.clone()),
        }
    }
    let mut written = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut written, out.into_iter());
    PreEscaped(written.replace("<th>", "<th scope=\"col\">"))
}

/// The beginning of a link, of one that leads to a page of the web.
fn opened(address: &str) -> Option<String> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let address = html! { (address) }.into_string();
    is_web.then(|| format!("<a rel=\"external noopener\" href=\"{address}\">"))
}

fn parsed(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES).collect()
}

/// The highest level that a heading has.
fn highest(events: &[Event<'_>]) -> HeadingLevel {
    let levels = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level),
        _ => None,
    });
    levels.min().unwrap_or(HeadingLevel::H2)
}

/// What a heading says, from where it begins.
fn said_in(events: &[Event<'_>]) -> String {
    let inside = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let texts = inside.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

/// A heading as an id: lower case letters, digits and hyphens.
fn slug(text: &str) -> String {
    let letters = crate::query::fold(text);
    let words = letters.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_inside_a_text_makes_no_element() {
        let text = "# A <b>head</b>\n\n<script>alert(1)</script>\n\nand <img src=x onerror=y> inline, [a](javascript:x)";
        let written = rendered(text).into_string();
        assert!(written.contains("&lt;script&gt;"), "{written}");
        for forbidden in ["<script", "<img", "<b>", "javascript"] {
            assert!(!written.contains(forbidden), "{forbidden} in {written}");
        }
    }

    #[test]
    fn headings_begin_at_the_second_level_and_can_be_linked() {
        let text = "# What `it` says\n\n## Years\n";
        let written = rendered(text).into_string();
        assert_eq!(
            written,
            "<h2 id=\"what-it-says\">What <code>it</code> says</h2>\n<h3 id=\"years\">Years</h3>\n"
        );
        assert_eq!(headings(text), [("what-it-says".to_owned(), "What it says".to_owned())]);
    }

    #[test]
    fn tables_have_heads_of_columns_and_no_style() {
        let written = rendered("## Ranks\n\n| a | b |\n|---|---:|\n| 1 | 2 |\n").into_string();
        assert!(written.contains("<th scope=\"col\">a</th><th scope=\"col\">b</th>"), "{written}");
        assert!(written.contains("<caption class=\"vh\">Ranks (1)</caption>"), "{written}");
        assert!(!written.contains("style"), "{written}");
    }

    #[test]
    fn every_part_that_a_reader_needs_is_in_the_text_about_the_data() {
        for heading in PARTS {
            let part = part(DATA, heading).unwrap_or_else(|| panic!("no part {heading}"));
            assert!(part.len() > 200 && part.matches("\n## ").count() == 0, "{heading}");
        }
    }
}
