//! What each release did with a record.

use maud::{Markup, html};

use crate::dataset::{ChangeKind, FieldChange};
use crate::pages::releases::field_changes::{field_changes, kind_label};
use crate::pages::site::Site;

/// What a release did with a record.
pub struct HistoryEntry {
    /// The version of the release.
    pub version: String,
    /// What became of the record.
    pub kind: ChangeKind,
    /// Why, as the log of changes says.
    pub reason: Option<String>,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

/// The section; nothing where the record is as it was added.
pub(super) fn section(site: &Site<'_>, collection: &str, history: &[HistoryEntry]) -> Markup {
    if history.is_empty() {
        return html! {};
    }
    html! {
        section.history {
            h2 { (site.say("What releases changed", "Qué cambiaron las versiones")) }
            ol {
                @for entry in history {
                    li {
                        h3 {
                            a href=(site.page(&format!("/releases/{}", entry.version))) { (entry.version) } " "
                            (kind_label(site, entry.kind))
                        }
                        @if let Some(reason) = &entry.reason { p lang=[site.lang_of_texts()] { (reason) } }
                        (field_changes(site, collection, &entry.fields))
                    }
                }
            }
        }
    }
}
