//! The Spanish of what a record says in our own words.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::collection::{Collection, fields};
use super::identifier::RecordId;
use super::text::Text;
use super::value::FieldValue;

/// The title and the summary of a record in Spanish: one line of a file of `data/es/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// The id of the record.
    pub id: RecordId,
    /// Which English text this is the Spanish of: the first 16 hexadecimal digits of the SHA-256 over the title, a line
    /// feed and the summary, which is nothing where it is null.
    pub of: Text,
    /// The title in Spanish; of a conflict its topic.
    pub title: Text,
    /// The summary in Spanish; of a conflict its assessment. Null where the record has none.
    pub summary: Option<Text>,
}

impl Translation {
    /// The title, and the summary where there is one.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [Some(&self.title), self.summary.as_ref()].into_iter().flatten().map(Text::as_str)
    }
}

/// The English title and summary of a record whose collection has Spanish ones; none in any other collection.
pub fn own_texts<C: Collection>(record: &C) -> Option<(Cow<'_, str>, Option<Cow<'_, str>>)> {
    let summary = C::TRANSLATED?.summary;
    let summary = fields::<C>().find(|field| field.name() == summary)?.value(record);
    let summary = match summary {
        FieldValue::Text(text) => Some(text),
        _ => None,
    };
    Some((record.title(), summary))
}
