//! What each release did with a record.

use maud::{Markup, html};

use crate::dataset::{ChangeKind, FieldChange};
use crate::model::{Vocabulary, field_label};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;

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
pub(super) fn section(site: &Site<'_>, history: &[HistoryEntry]) -> Markup {
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
                        (field_changes(site, &entry.fields))
                    }
                }
            }
        }
    }
}

/// What became of a record, in a word.
pub(crate) fn kind_label(site: &Site<'_>, kind: ChangeKind) -> &'static str {
    ChangeKind::CODES.get(kind.word()).map_or(kind.word(), |code| site.of(code.label))
}

/// The fields that differ, each with what stood there and what stands there now.
pub(crate) fn field_changes(site: &Site<'_>, fields: &[FieldChange]) -> Markup {
    let shown = |value: &serde_json::Value| match value {
        serde_json::Value::Null => site.say("nothing", "nada").to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    html! {
        @if !fields.is_empty() {
            ul.changes {
                @for change in fields {
                    li {
                        b { (field_label(&change.field).map_or_else(|| change.field.clone(), |label| capitalized(site.of(label)))) } ": "
                        del { (shown(&change.from)) } " → " ins { (shown(&change.to)) }
                    }
                }
            }
        }
    }
}
