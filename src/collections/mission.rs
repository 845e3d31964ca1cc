//! Missions: the operations that people and ships were sent to.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{
    Bilingual, Citation, Collection, DatedEvent, Field, Iso3, Organization, Period, PeriodFigure,
    RecordId, Slot, Statement, Text, Vocabulary, column, fiscal_year_filter, optional,
};

/// A mission or operation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    /// The mission's code, such as `MINUSCA`; unique within missions.
    pub id: RecordId,
    /// Its name.
    pub name: Text,
    /// Its name in Spanish. Null where we have none.
    pub name_es: Option<Text>,
    /// Who leads it.
    pub organization: Organization,
    /// Where it works, by ISO 3166-1 alpha-3 code; for a mission at sea, the coast it works off.
    pub areas: Box<[Iso3]>,
    /// The years of the mission itself. Null when no source that we read gives them.
    pub period: Option<Period>,
    /// What a reader should know. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it is named. Never empty.
    pub citations: Box<[Citation]>,
}

const SENTENCE: Bilingual = Bilingual::new(
    "{name} ({code})[; led by: {organization}][; place: {areas}][; {period}]",
    "{name} ({code})[; dirige: {organization}][; lugar: {areas}][; {period}]",
);

/// A mission in a few words.
const HEADING: Bilingual = Bilingual::new("{name} ({code})", "{name} ({code})");

impl Collection for Mission {
    const NAME: &'static str = "missions";
    const PATH: &'static str = "/v1/missions";
    const SINGULAR: &'static str = "mission";
    const LABEL: Bilingual = Bilingual::new("missions", "misiones");
    const ABOUT: Bilingual = Bilingual::new(
        "Peace operations and other missions that deployments belong to.",
        "Operaciones de paz y otras misiones a las que pertenecen los despliegues.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |mission: &Self| &mission.id),
        &column("name", |mission: &Self| &mission.name).in_link().named(),
        &column("name_es", |mission: &Self| &mission.name_es),
        &column("organization", |mission: &Self| &mission.organization).in_list(),
        &column("areas", |mission: &Self| &mission.areas),
        &fiscal_year_filter(|mission: &Self| mission.period.map(|period| period.fiscal_years())),
        &optional("period_from", |mission: &Self| mission.period.as_ref().map(Period::from)),
        &optional("period_to", |mission: &Self| mission.period.as_ref()?.to()),
        &optional("period_basis", |mission: &Self| mission.period.as_ref().map(Period::basis)),
        &optional("period_basis_stated", |mission: &Self| {
            mission.period.as_ref().map(Period::basis_stated)
        }),
        &optional("period_known_through_date", |mission: &Self| {
            mission.period.as_ref()?.known_through().map(|known| &known.date)
        }),
        &optional("period_known_through_how", |mission: &Self| {
            mission.period.as_ref()?.known_through().map(|known| &known.how)
        }),
        &column("note", |mission: &Self| &mission.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.name.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        let led = self.organization != Organization::Bilateral;
        let figure = PeriodFigure::None;
        let names = Slot::Named { collection: Self::NAME, ids: vec![self.id.as_str()] };
        Statement::new(SENTENCE, HEADING)
            .with("name", names)
            .with("code", Slot::Code(self.id.as_str()))
            .with_some("organization", led.then(|| Slot::Words(self.organization.entry().label)))
            .with("areas", Slot::Areas(&self.areas))
            .with_some("period", self.period.map(|period| Slot::Period { period, figure }))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::covered(self.period, None)
    }
}
