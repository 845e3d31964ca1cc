//! The document behind a figure in one line.

use maud::{Markup, html};

use crate::collections::Source;
use crate::model::Citation;
use crate::pages::site::Site;
use crate::words::date_phrase;

/// Who published it, and when.
pub(super) fn source_line(site: &Site<'_>, citations: &[Citation]) -> Markup {
    let Some(first) = citations.first() else { return html! {} };
    let id = first.source.as_str();
    let source: Option<&Source> = site.dataset.sources.get(id);
    html! {
        @if let Some(source) = source {
            a href=(site.record("sources", id)) lang=[site.lang_of_texts()] { (source.publisher.to_string()) } ", "
            @match source.published {
                Some(date) => (date_phrase(date, site.language)),
                None => b { (site.say("undated", "sin fecha")) },
            }
            @if citations.len() > 1 { " +" (citations.len() - 1) }
        }
    }
}
