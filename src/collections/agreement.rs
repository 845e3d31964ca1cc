//! Agreements: treaties, arrangements, designations and programmes.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate, RecordId,
    Slot, Statement, Text, Vocabulary, column,
};

vocabulary! {
    /// What an agreement is.
    #[es = "Qué es un acuerdo."]
    pub enum AgreementKind (en "kind of agreement", es "tipo de acuerdo") {
        /// A treaty among several states or between two.
        #[es = "Un tratado entre varios Estados o entre dos."]
        Treaty = "treaty" (en "treaty", es "tratado"),
        /// An agreement between governments, by exchange of notes among others.
        #[es = "Un acuerdo entre gobiernos, entre otras formas por canje de notas."]
        Agreement = "agreement" (en "agreement", es "acuerdo"),
        /// An arrangement between agencies.
        #[es = "Un arreglo entre entidades."]
        Arrangement = "arrangement" (en "arrangement", es "arreglo"),
        /// A memorandum of understanding.
        #[es = "Un memorando de entendimiento."]
        Memorandum = "memorandum" (en "memorandum", es "memorando"),
        /// A designation by one side, such as a Presidential Determination.
        #[es = "Una designación de una de las partes, como una Determinación Presidencial."]
        Designation = "designation" (en "designation", es "designación"),
        /// A programme of partnership.
        #[es = "Un programa de asociación."]
        PartnershipProgramme = "partnership_programme" (en "partnership programme", es "programa de asociación"),
        /// A political initiative or declaration.
        #[es = "Una iniciativa o declaración política."]
        PoliticalInitiative = "political_initiative" (en "political initiative", es "iniciativa política"),
    }
}

vocabulary! {
    /// Where an agreement stands, as far as the newest source that we read says.
    #[es = "En qué estado está un acuerdo, según la fuente más reciente que leímos."]
    pub enum AgreementStatus (en "status of an agreement", es "estado del acuerdo") {
        /// In force.
        #[es = "Vigente."]
        InForce = "in_force" (en "in force", es "vigente"),
        /// Signed; entry into force not seen.
        #[es = "Firmado; no consta su entrada en vigor."]
        Signed = "signed" (en "signed", es "firmado"),
        /// Approved by a parliament or court; entry into force not seen.
        #[es = "Aprobado por un parlamento o una corte; no consta su entrada en vigor."]
        Approved = "approved" (en "approved", es "aprobado"),
        /// Suspended.
        #[es = "Suspendido."]
        Suspended = "suspended" (en "suspended", es "suspendido"),
        /// Replaced by another.
        #[es = "Reemplazado por otro."]
        Superseded = "superseded" (en "superseded", es "reemplazado"),
        /// Running, for programmes and initiatives.
        #[es = "En marcha, para programas e iniciativas."]
        Active = "active" (en "active", es "en marcha"),
        /// Ended.
        #[es = "Terminado."]
        Terminated = "terminated" (en "terminated", es "terminado"),
        /// No source says.
        #[es = "Ninguna fuente lo dice."]
        Unknown = "unknown" (en "unknown", es "se desconoce"),
    }
}

/// A treaty, agreement, arrangement, designation or programme.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Stable identifier, unique within agreements.
    pub id: RecordId,
    /// The partner that it binds or concerns, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// Its title.
    pub title: Text,
    /// What it is.
    pub kind: AgreementKind,
    /// The parties, by name.
    pub parties: Box<[Text]>,
    /// When it was signed, or made, for a designation. Null when no source gives a date.
    pub signed: Option<PartialDate>,
    /// When it entered into force. Null when no source says that it did, or when.
    pub in_force: Option<PartialDate>,
    /// Where it stands.
    pub status: AgreementStatus,
    /// Its number in treaty series, or the statute it rests on. Null when no source gives one.
    pub reference: Option<Text>,
    /// The id of the agreement that replaced it. Null when none is known to.
    pub superseded_by: Option<RecordId>,
    /// What it does. Null when the title says it all.
    pub summary: Option<Text>,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published or reported. Never empty.
    pub citations: Box<[Citation]>,
}

const SENTENCE: Bilingual = Bilingual::new(
    "{partner}: {title} ({kind}); status: {status}[; signed: {signed}][; in force since: {in_force}]",
    "{partner}: {title} ({kind}); estado: {status}[; firma: {signed}][; en vigor desde: {in_force}]",
);

/// An agreement in a few words.
const HEADING: Bilingual =
    Bilingual::new("{title}, {kind}[, signed {signed}]", "{title}, {kind}[, firma: {signed}]");

impl Collection for Agreement {
    const NAME: &'static str = "agreements";
    const PATH: &'static str = "/v1/agreements";
    const SINGULAR: &'static str = "agreement";
    const LABEL: Bilingual = Bilingual::new("agreements", "acuerdos");
    const ABOUT: Bilingual = Bilingual::new(
        "Treaties, agreements, arrangements, designations and programmes.",
        "Tratados, acuerdos, arreglos, designaciones y programas.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |agreement: &Self| &agreement.id),
        &column("partner", |agreement: &Self| &agreement.partner).refers_to("partners"),
        &column("title", |agreement: &Self| &agreement.title).sorted(),
        &column("kind", |agreement: &Self| &agreement.kind),
        &column("parties", |agreement: &Self| &agreement.parties).named(),
        &column("signed", |agreement: &Self| &agreement.signed),
        &column("in_force", |agreement: &Self| &agreement.in_force),
        &column("status", |agreement: &Self| &agreement.status),
        &column("reference", |agreement: &Self| &agreement.reference),
        &column("superseded_by", |agreement: &Self| &agreement.superseded_by)
            .refers_to("agreements"),
        &column("summary", |agreement: &Self| &agreement.summary),
        &column("confidence", |agreement: &Self| &agreement.confidence),
        &column("note", |agreement: &Self| &agreement.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        Statement::new(SENTENCE, HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("title", Slot::Quoted(vec![self.title.as_str()]))
            .with("kind", Slot::Words(self.kind.entry().label))
            .with("status", Slot::Words(self.status.entry().label))
            .with_some("signed", self.signed.map(Slot::Date))
            .with_some("in_force", self.in_force.map(Slot::Date))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        [DatedEvent::at("signed", self.signed), DatedEvent::at("in_force", self.in_force)].concat()
    }
}
