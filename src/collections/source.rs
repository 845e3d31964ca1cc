//! Sources: the documents that figures were read in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, DatedEvent, Field, PartialDate, RecordId, Slot, Statement,
    Text, WebAddress, column,
};

vocabulary! {
    /// Who speaks in a document; decides its weight where sources disagree.
    #[es = "Quién habla en un documento; decide su peso cuando las fuentes no coinciden."]
    pub enum SourceKind (en "kind of source", es "tipo de fuente") {
        /// A document of the United States government.
        #[es = "Un documento del Gobierno de Estados Unidos."]
        OfficialUs = "official_us" (en "U.S. government", es "Gobierno de Estados Unidos", rank 1),
        /// A document of a partner's government.
        #[es = "Un documento del Gobierno de un socio."]
        OfficialPartner = "official_partner" (en "partner's government", es "Gobierno del socio", rank 1),
        /// A document of the United States government, read in somebody else's copy.
        #[es = "Un documento del Gobierno de Estados Unidos, leído en la copia de otro."]
        OfficialUsRepublished = "official_us_republished" (en "U.S. government, republished", es "Gobierno de Estados Unidos, reproducido", rank 2),
        /// A document of an intergovernmental organization.
        #[es = "Un documento de una organización intergubernamental."]
        Igo = "igo" (en "intergovernmental organization", es "organización intergubernamental", rank 2),
        /// A document of an intergovernmental organization, read in somebody else's copy.
        #[es = "Un documento de una organización intergubernamental, leído en la copia de otro."]
        IgoRepublished = "igo_republished" (en "intergovernmental organization, republished", es "organización intergubernamental, reproducido", rank 3),
        /// A table compiled by a non-governmental organization.
        #[es = "Una tabla compilada por una organización no gubernamental."]
        NgoDataset = "ngo_dataset" (en "NGO dataset", es "base de datos de una ONG", rank 4),
        /// A scholarly work.
        #[es = "Un trabajo académico."]
        Academic = "academic" (en "scholarly work", es "trabajo académico", rank 4),
        /// A report or page of a non-governmental organization.
        #[es = "Un informe o una página de una organización no gubernamental."]
        Ngo = "ngo" (en "NGO", es "ONG", rank 5),
        /// A newspaper, magazine, broadcaster or news agency.
        #[es = "Un periódico, una revista, una emisora o una agencia de noticias."]
        Press = "press" (en "press", es "prensa", rank 6),
        /// A blog, or a text republished on one.
        #[es = "Un blog, o un texto reproducido en uno."]
        Blog = "blog" (en "blog", es "blog", rank 7),
        /// A copy of an encyclopedia or of a text without a known original.
        #[es = "Una copia de una enciclopedia o de un texto sin original conocido."]
        Mirror = "mirror" (en "mirror", es "réplica", rank 7),
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
    pub url: WebAddress,
    /// Where an archive holds a copy of it. Null when we know of none.
    pub archived_url: Option<WebAddress>,
    /// When it was read at that address. Null when that was not written down.
    pub retrieved: Option<PartialDate>,
    /// When it was published. Null when the document prints no date.
    pub published: Option<PartialDate>,
    /// Who speaks in it.
    pub kind: SourceKind,
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
}

const SENTENCE: Bilingual =
    Bilingual::new("{title}, {publisher}, {published}", "{title}, {publisher}, {published}");

/// A document in a few words.
const HEADING: Bilingual = Bilingual::new("{title}", "{title}");

impl Collection for Source {
    const NAME: &'static str = "sources";
    const PATH: &'static str = "/v1/sources";
    const SINGULAR: &'static str = "source";
    const LABEL: Bilingual = Bilingual::new("sources", "fuentes");
    const ABOUT: Bilingual = Bilingual::new(
        "The documents that figures were read in.",
        "Los documentos en los que se leyeron las cifras.",
    );
    const CITES: bool = false;
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |source: &Self| &source.id),
        &column("title", |source: &Self| &source.title).in_link().sorted(),
        &column("publisher", |source: &Self| &source.publisher).in_list().named(),
        &column("url", |source: &Self| &source.url),
        &column("archived_url", |source: &Self| &source.archived_url),
        &column("retrieved", |source: &Self| &source.retrieved),
        &column("published", |source: &Self| &source.published).in_list(),
        &column("kind", |source: &Self| &source.kind).in_list(),
        &column("note", |source: &Self| &source.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        let undated = Slot::Words(Bilingual::new("undated", "sin fecha"));
        Statement::new(SENTENCE, HEADING)
            .with("title", Slot::Quoted(vec![self.title.as_str()]))
            .with("publisher", Slot::Code(self.publisher.as_str()))
            .with("published", self.published.map_or(undated, Slot::Date))
    }

    fn citations(&self) -> &[Citation] {
        &[]
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::at("published", self.published)
    }
}
