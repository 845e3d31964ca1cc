//! What pages read of a record in a row, whatever its collection.

use maud::{Markup, html};

use super::site::Site;
use crate::model::FieldValue;
use crate::query::AnyTable;

/// Whether sources disagree on a record: a record of another collection names it.
pub(super) fn is_disputed(site: &Site<'_>, collection: &str, id: &str) -> bool {
    site.dataset.tables().iter().any(|table| table.count_naming(collection, id) > 0)
}

/// Whether a newer edition replaces the record in a row.
pub(super) fn is_superseded(table: &dyn AnyTable, row: u32) -> bool {
    let field = table.fields().iter().position(|field| field.name == "superseded_by");
    field.is_some_and(|field| table.value(row, field) != FieldValue::Missing)
}

/// The publisher of the document that the record in a row cites first, as a link to the document's page.
pub(super) fn first_source(site: &Site<'_>, table: &dyn AnyTable, row: u32) -> Markup {
    let cited = table.citations(row).first();
    let source = cited.and_then(|citation| site.dataset.sources.get(citation.source.as_str()));
    html! {
        @if let Some(source) = source {
            a href=(site.record("sources", source.id.as_str())) lang=[site.lang_of_texts()] { (source.publisher.to_string()) }
        }
    }
}
