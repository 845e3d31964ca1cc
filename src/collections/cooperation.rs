//! Cooperation: what partners do together, or with a third party.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate, Period,
    PeriodFigure, ReadingMethod, RecordId, Slot, Statement, Text, TranslatedFields, Vocabulary,
    column, fiscal_year_filter, optional,
};

vocabulary! {
    /// The field of work.
    #[es = "Área de trabajo."]
    pub enum CooperationArea (en "field of cooperation", es "área de cooperación") {
        /// Clearing mines and improvised explosive devices, and teaching it.
        #[es = "La remoción de minas y artefactos explosivos improvisados, y su enseñanza."]
        Demining = "demining" (en "demining", es "desminado"),
        /// Acting against the drug trade.
        #[es = "La lucha contra el tráfico de drogas."]
        Counternarcotics = "counternarcotics" (en "counternarcotics", es "lucha contra el narcotráfico"),
        /// Security at sea.
        #[es = "La seguridad en el mar."]
        MaritimeSecurity = "maritime_security" (en "maritime security", es "seguridad marítima"),
        /// Working together by shared norms and standards.
        #[es = "El trabajo conjunto con normas y estándares compartidos."]
        Interoperability = "interoperability" (en "interoperability", es "interoperabilidad"),
        /// Military training and exercises.
        #[es = "Entrenamiento y ejercicios militares."]
        Training = "training" (en "training", es "entrenamiento"),
        /// Security of networks and information.
        #[es = "La seguridad de las redes y de la información."]
        CyberSecurity = "cyber_security" (en "cyber security", es "ciberseguridad"),
        /// Help to people in need.
        #[es = "Ayuda a personas necesitadas."]
        HumanitarianAssistance = "humanitarian_assistance" (en "humanitarian assistance", es "asistencia humanitaria"),
        /// Accountable, civilian-led security institutions.
        #[es = "Instituciones de seguridad que rinden cuentas y que dirigen los civiles."]
        Institutions = "institutions" (en "institutions", es "instituciones"),
        /// Sales, financing and eligibility.
        #[es = "Ventas, financiamiento y elegibilidad."]
        DefenseTrade = "defense_trade" (en "defense trade", es "comercio de defensa"),
        /// Schools and courses.
        #[es = "Escuelas y cursos."]
        Education = "education" (en "education", es "educación"),
        /// Peace operations.
        #[es = "Operaciones de paz."]
        Peacekeeping = "peacekeeping" (en "peacekeeping", es "mantenimiento de la paz"),
        /// Human rights.
        #[es = "Derechos humanos."]
        HumanRights = "human_rights" (en "human rights", es "derechos humanos"),
        /// Migration.
        #[es = "Migración."]
        Migration = "migration" (en "migration", es "migración"),
        /// Relations as a whole.
        #[es = "Las relaciones en su conjunto."]
        Relations = "relations" (en "relations", es "relaciones"),
    }
}

/// Something that the partner does together with another.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cooperation {
    /// Stable identifier, unique within cooperation.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// The field of work.
    pub area: CooperationArea,
    /// The other side: a country or an organization, by name.
    pub counterpart: Text,
    /// What it is, in a few words.
    pub title: Text,
    /// What the source says of it, in our words.
    pub summary: Text,
    /// The years that the source speaks of. Null when it gives none.
    pub period: Option<Period>,
    /// The day, month or year that the statement speaks for. Null when the source gives none.
    pub as_of: Option<PartialDate>,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// How it was come by, where that keeps the confidence below `high`. Null where the note says it, or nothing
    /// needs saying.
    pub method: Option<ReadingMethod>,
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
}

const SENTENCE: Bilingual = Bilingual::new(
    "{partner} and {counterpart} work together ({area})[ {period}][, {as_of}]: {title}",
    "{partner} y {counterpart} cooperan ({area})[ {period}][, {as_of}]: {title}",
);

/// Work together in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner} and {counterpart}: {title} ({area})",
    "{partner} y {counterpart}: {title} ({area})",
);

impl Collection for Cooperation {
    const NAME: &'static str = "cooperation";
    const PATH: &'static str = "/v1/cooperation";
    const SINGULAR: &'static str = "field of cooperation";
    const LABEL: Bilingual = Bilingual::new("cooperation", "cooperación");
    const ABOUT: Bilingual = Bilingual::new(
        "What partners do together with the United States or a third party.",
        "Lo que los socios hacen junto con Estados Unidos o con un tercero.",
    );
    const TRANSLATED: Option<TranslatedFields> = Some(TranslatedFields::TITLE_AND_SUMMARY);
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |work: &Self| &work.id),
        &column("partner", |work: &Self| &work.partner).in_list().refers_to("partners"),
        &column("area", |work: &Self| &work.area).in_list(),
        &column("counterpart", |work: &Self| &work.counterpart).named(),
        &column("title", |work: &Self| &work.title).in_link().sorted(),
        &column("summary", |work: &Self| &work.summary),
        &fiscal_year_filter(|work: &Self| {
            let dated = || work.as_of.map(PartialDate::fiscal_years);
            work.period.map(|period| period.fiscal_years()).or_else(dated)
        }),
        &optional("period_from", |work: &Self| work.period.as_ref().map(Period::from)),
        &optional("period_to", |work: &Self| work.period.as_ref()?.to()),
        &optional("period_basis", |work: &Self| work.period.as_ref().map(Period::basis)),
        &optional("period_basis_stated", |work: &Self| {
            work.period.as_ref().map(Period::basis_stated)
        }),
        &optional("period_known_through_date", |work: &Self| {
            work.period.as_ref()?.known_through().map(|known| &known.date)
        }),
        &optional("period_known_through_how", |work: &Self| {
            work.period.as_ref()?.known_through().map(|known| &known.how)
        }),
        &column("as_of", |work: &Self| &work.as_of),
        &column("confidence", |work: &Self| &work.confidence),
        &column("method", |work: &Self| &work.method),
        &column("note", |work: &Self| &work.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        let figure = PeriodFigure::None;
        Statement::new(SENTENCE, HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("counterpart", Slot::Counterpart(self.counterpart.as_str()))
            .with("area", Slot::Words(self.area.entry().label))
            .with("title", Slot::Quoted(vec![self.title.as_str()]))
            .with_some("period", self.period.map(|period| Slot::Period { period, figure }))
            .with_some("as_of", self.as_of.map(Slot::AsOf))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::covered(self.period, self.as_of)
    }
}
