//! Where figures were published, and how records name each other.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::identifier::RecordId;
use super::text::Text;

/// Where a figure was published: a document and the place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The id of the document in `sources`.
    pub source: RecordId,
    /// The section or table of the document.
    pub locator: Text,
}

/// What one source says in a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What the source says, in our words, with its figures as it prints them.
    pub statement: Text,
    /// The id of the document in `sources`.
    pub source: RecordId,
    /// The section or table of the document.
    pub locator: Text,
}

/// A record of any collection, named by its collection and id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The collection's path segment: `assistance-funding`.
    pub collection: RecordId,
    /// The record's id in that collection.
    pub id: RecordId,
}
