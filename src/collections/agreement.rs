//! Agreements: treaties, arrangements, designations and programs.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate,
    ReadingMethod, RecordId, Slot, Statement, Text, TranslatedFields, Vocabulary, column,
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
        /// A program of partnership.
        #[es = "Un programa de asociación."]
        PartnershipProgramme = "partnership_programme" (en "partnership program", es "programa de asociación"),
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
        /// Running, for programs and initiatives.
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

vocabulary! {
    /// Which event the date of an agreement is of.
    #[es = "De qué hecho es la fecha de un acuerdo."]
    pub enum DateEvent (en "event of the date", es "hecho de la fecha") {
        /// It was signed.
        #[es = "Se firmó."]
        Signed = "signed" (en "signed", es "firma"),
        /// The document bears this date.
        #[es = "El documento lleva esta fecha."]
        Dated = "dated" (en "date on the document", es "fecha del documento"),
        /// A side designated or recognized the other.
        #[es = "Una parte designó o reconoció a la otra."]
        Designated = "designated" (en "designated", es "designación"),
        /// It was decided or determined.
        #[es = "Se decidió o se determinó."]
        Determined = "determined" (en "determined", es "determinación"),
        /// It was enacted by law.
        #[es = "Se promulgó por ley."]
        Enacted = "enacted" (en "enacted", es "promulgación"),
        /// It took effect.
        #[es = "Surtió efecto."]
        Effective = "effective" (en "took effect", es "entrada en vigencia"),
        /// An earlier one was renewed.
        #[es = "Se renovó uno anterior."]
        Renewed = "renewed" (en "renewed", es "renovación"),
        /// It was set up, or first agreed.
        #[es = "Se estableció, o se acordó por primera vez."]
        Established = "established" (en "established", es "establecimiento"),
        /// It began its work.
        #[es = "Empezó a funcionar."]
        Launched = "launched" (en "launched", es "lanzamiento"),
        /// Relations were raised to it.
        #[es = "Las relaciones se elevaron a este nivel."]
        Elevated = "elevated" (en "elevated", es "elevación"),
        /// It was issued or adopted, as declarations are.
        #[es = "Se emitió o se adoptó, como las declaraciones."]
        Issued = "issued" (en "issued", es "emisión"),
        /// It was announced.
        #[es = "Se anunció."]
        Announced = "announced" (en "announced", es "anuncio"),
        /// The source attaches the date without saying what happened then.
        #[es = "La fuente le pone la fecha sin decir qué ocurrió entonces."]
        Unspecified = "unspecified" (en "dated (event not stated)", es "fecha (hecho no declarado)"),
    }
}

/// A treaty, agreement, arrangement, designation or program.
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
    /// Its date: of signature where `date_event` is `signed`, else of the event that `date_event` names. Null when no
    /// source gives a date.
    pub signed: Option<PartialDate>,
    /// Which event the date in `signed` is of. Null where there is no date, and in releases before 2.0.0.
    pub date_event: Option<DateEvent>,
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
    /// How it was come by, where that keeps the confidence below `high`. Null where the note says it, or nothing
    /// needs saying.
    pub method: Option<ReadingMethod>,
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published or reported. Never empty.
    pub citations: Box<[Citation]>,
}

const SENTENCE: Bilingual = Bilingual::new(
    "{partner}: {title} ({kind}); status: {status}[; {event}: {signed}][; in force since: {in_force}]",
    "{partner}: {title} ({kind}); estado: {status}[; {event}: {signed}][; en vigor desde: {in_force}]",
);

/// An agreement in a few words.
const HEADING: Bilingual =
    Bilingual::new("{title}, {kind}[, {event}: {signed}]", "{title}, {kind}[, {event}: {signed}]");

impl Collection for Agreement {
    const NAME: &'static str = "agreements";
    const PATH: &'static str = "/v1/agreements";
    const SINGULAR: &'static str = "agreement";
    const LABEL: Bilingual = Bilingual::new("agreements", "acuerdos");
    const ABOUT: Bilingual = Bilingual::new(
        "Treaties, agreements, arrangements, designations and programs.",
        "Tratados, acuerdos, arreglos, designaciones y programas.",
    );
    const TRANSLATED: Option<TranslatedFields> = Some(TranslatedFields::TITLE_AND_SUMMARY);
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |agreement: &Self| &agreement.id),
        &column("partner", |agreement: &Self| &agreement.partner).in_list().refers_to("partners"),
        &column("title", |agreement: &Self| &agreement.title).in_link().sorted(),
        &column("kind", |agreement: &Self| &agreement.kind).in_list(),
        &column("parties", |agreement: &Self| &agreement.parties).named(),
        &column("signed", |agreement: &Self| &agreement.signed),
        &column("date_event", |agreement: &Self| &agreement.date_event),
        &column("in_force", |agreement: &Self| &agreement.in_force),
        &column("status", |agreement: &Self| &agreement.status).in_list(),
        &column("reference", |agreement: &Self| &agreement.reference),
        &column("superseded_by", |agreement: &Self| &agreement.superseded_by)
            .refers_to("agreements"),
        &column("summary", |agreement: &Self| &agreement.summary),
        &column("confidence", |agreement: &Self| &agreement.confidence),
        &column("method", |agreement: &Self| &agreement.method),
        &column("note", |agreement: &Self| &agreement.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        // Former releases do not say which event.
        let event = self.date_event.unwrap_or(DateEvent::Signed);
        Statement::new(SENTENCE, HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("title", Slot::Quoted(vec![self.title.as_str()]))
            .with("event", Slot::Words(event.entry().label))
            .with("kind", Slot::Words(self.kind.entry().label))
            .with("status", Slot::Words(self.status.entry().label))
            .with_some("signed", self.signed.map(Slot::Date))
            .with_some("in_force", self.in_force.map(Slot::Date))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        let event = self.date_event.map_or("signed", Vocabulary::word);
        [DatedEvent::at(event, self.signed), DatedEvent::at("in_force", self.in_force)].concat()
    }
}
