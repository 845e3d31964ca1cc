//! Sources: the documents that figures were read in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{Citation, Collection, DatedEvent, Field, PartialDate, RecordId, Text, column};

vocabulary! {
    /// Who speaks in a document; decides its weight where sources disagree.
    pub enum SourceKind {
        /// A document of the United States government.
        OfficialUs = "official_us",
        /// A document of a partner's government.
        OfficialPartner = "official_partner",
        /// A document of the United States government, read in somebody else's copy.
        OfficialUsRepublished = "official_us_republished",
        /// A document of an intergovernmental organization.
        Igo = "igo",
        /// A document of an intergovernmental organization, read in somebody else's copy.
        IgoRepublished = "igo_republished",
        /// A table compiled by a non-governmental organization.
        NgoDataset = "ngo_dataset",
        /// A scholarly work.
        Academic = "academic",
        /// A report or page of a non-governmental organization.
        Ngo = "ngo",
        /// A newspaper, magazine, broadcaster or news agency.
        Press = "press",
        /// A blog, or a text republished on one.
        Blog = "blog",
        /// A copy of an encyclopedia or of a text without a known original.
        Mirror = "mirror",
    }
}

/// A document that figures were read in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Stable identifier, unique within sources.
    pub id: RecordId,
    /// The document's own title.
    pub title: Text,
    /// Who published it.
    pub publisher: Text,
    /// Where it was read.
    pub url: Text,
    /// When it was published. Null when the document prints no date.
    pub published: Option<PartialDate>,
    /// Who speaks in it.
    pub kind: SourceKind,
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
}

impl Collection for Source {
    const NAME: &'static str = "sources";
    const PATH: &'static str = "/v1/sources";
    const SINGULAR: &'static str = "source";
    const ABOUT: &'static str = "The documents that figures were read in.";
    const CITES: bool = false;
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |source: &Self| &source.id),
        &column("title", |source: &Self| &source.title).sorted(),
        &column("publisher", |source: &Self| &source.publisher).named(),
        &column("url", |source: &Self| &source.url),
        &column("published", |source: &Self| &source.published),
        &column("kind", |source: &Self| &source.kind),
        &column("note", |source: &Self| &source.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn citations(&self) -> &[Citation] {
        &[]
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::at("published", self.published)
    }
}
