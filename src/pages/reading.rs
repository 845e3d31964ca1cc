//! What pages read of a record in a row, whatever its collection.

use maud::{Markup, html};

use super::site::Site;
use crate::query::AnyTable;

/// Whether sources disagree on a record: a record of another collection names it.
pub(super) fn is_disputed(site: &Site<'_>, collection: &str, id: &str) -> bool {
    site.dataset.tables().iter().any(|table| table.count_naming(collection, id) > 0)
}

/// What the texts of a record tell, whatever its collection.
pub(super) struct Texts {
    /// The document that it cites first.
    pub(super) source: Option<String>,
    /// Whether a newer edition replaces it.
    pub(super) superseded: bool,
}

/// What the texts of the record in a row tell.
pub(super) fn texts(table: &dyn AnyTable, row: u32) -> Texts {
    let mut texts = Texts { source: None, superseded: false };
    table.each_text(row, &mut |field, text| match field {
        "citations_source" => {
            texts.source.get_or_insert_with(|| text.to_owned());
        }
        "superseded_by" => texts.superseded = true,
        _ => {}
    });
    texts
}

/// The publisher of the document that a record cites first, as a link to the document's page.
pub(super) fn first_source(site: &Site<'_>, texts: &Texts) -> Markup {
    let source = texts.source.as_deref().and_then(|id| site.dataset.sources.get(id));
    html! {
        @if let Some(source) = source {
            a href=(site.record("sources", source.id.as_str())) lang=[site.lang_of_texts()] { (source.publisher.to_string()) }
        }
    }
}
