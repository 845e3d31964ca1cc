//! One line of text: APA (7th edition) and Chicago (17th edition, bibliography).

use super::work::CitedWork;
use crate::model::PartialDate;
use crate::words::{Language, capitalized};

/// `Author. (2026). Title (Version 1.2.0) [Data set]. Source. https://…`
pub(super) fn apa(work: &CitedWork) -> String {
    let CitedWork { author, title, version, released, .. } = work;
    let head = format!("{author}. ({}). {title} (Version {version}) [Data set].", released.year());
    line(&[Some(head), source(work), Some(place(work, ""))])
}

/// `Author. “Title.” Version 1.2.0. Data set, November 26, 2026. Source. https://….`
pub(super) fn chicago(work: &CitedWork) -> String {
    let CitedWork { author, title, version, .. } = work;
    let date = american(work.released);
    let head = format!("{author}. “{title}.” Version {version}. Data set, {date}.");
    line(&[Some(head), source(work), Some(place(work, "."))])
}

fn source(work: &CitedWork) -> Option<String> {
    work.source_note().map(|note| format!("{note}."))
}

/// The address; without one, which part of which data it is.
fn place(work: &CitedWork, stop: &str) -> String {
    match &work.url {
        Some(url) => format!("{url}{stop}"),
        None => format!("{}, digest {}.", capitalized(&work.part), work.digest),
    }
}

/// `November 26, 2026`, as far as it is known.
fn american(date: PartialDate) -> String {
    let said = crate::words::date_phrase(date, Language::En);
    let words: Vec<&str> = said.split(' ').collect();
    match &*words {
        [day, month, year] => format!("{month} {day}, {year}"),
        _ => said,
    }
}

/// Sentences as one line: text has no marks of its own, so that only line breaks are taken out.
fn line(sentences: &[Option<String>]) -> String {
    let sentences: Vec<&str> = sentences.iter().flatten().map(String::as_str).collect();
    escape(&sentences.join(" ")) + "\n"
}

fn escape(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line() {
        assert_eq!(escape("a\nb"), "a b");
        let date = |text: &str| american(text.parse().expect("a date"));
        assert_eq!(date("2026-11-26"), "November 26, 2026");
        assert_eq!(date("2026-11"), "November 2026");
    }
}
