//! Cooperation: what partners do together, or with a third party.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate, Period, RecordId, Text,
    column, fiscal_year_filter, optional,
};

vocabulary! {
    /// The field of work.
    pub enum CooperationArea {
        /// Clearing mines and improvised explosive devices, and teaching it.
        Demining = "demining",
        /// Acting against the drug trade.
        Counternarcotics = "counternarcotics",
        /// Security at sea.
        MaritimeSecurity = "maritime_security",
        /// Working together by shared norms and standards.
        Interoperability = "interoperability",
        /// Military training and exercises.
        Training = "training",
        /// Security of networks and information.
        CyberSecurity = "cyber_security",
        /// Help to people in need.
        HumanitarianAssistance = "humanitarian_assistance",
        /// Accountable, civilian-led security institutions.
        Institutions = "institutions",
        /// Sales, financing and eligibility.
        DefenseTrade = "defense_trade",
        /// Schools and courses.
        Education = "education",
        /// Peace operations.
        Peacekeeping = "peacekeeping",
        /// Human rights.
        HumanRights = "human_rights",
        /// Migration.
        Migration = "migration",
        /// Relations as a whole.
        Relations = "relations",
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
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
}

impl Collection for Cooperation {
    const NAME: &'static str = "cooperation";
    const PATH: &'static str = "/v1/cooperation";
    const SINGULAR: &'static str = "field of cooperation";
    const ABOUT: &'static str =
        "What partners do together with the United States or a third party.";
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |work: &Self| &work.id),
        &column("partner", |work: &Self| &work.partner).refers_to("partners"),
        &column("area", |work: &Self| &work.area),
        &column("counterpart", |work: &Self| &work.counterpart).named(),
        &column("title", |work: &Self| &work.title).sorted(),
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
        &column("as_of", |work: &Self| &work.as_of),
        &column("confidence", |work: &Self| &work.confidence),
        &column("note", |work: &Self| &work.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::covered(self.period, self.as_of)
    }
}
