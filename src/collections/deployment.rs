//! Deployments: people and ships sent to missions.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Citation, Collection, Confidence, DatedEvent, Field, Iso3, Organization, PartialDate, Period,
    Qualifier, RecordId, RuleViolation, Text, Vocabulary, Years, column, fiscal_year_filter,
    optional,
};

vocabulary! {
    /// What the people or ships do.
    pub enum DeploymentRole {
        /// Experts on mission, the UN's term for observers and advisers who are not in a unit.
        ExpertOnMission = "expert_on_mission",
        /// Military observers.
        MilitaryObserver = "military_observer",
        /// Military observers and police, counted together.
        ObserversAndPolice = "observers_and_police",
        /// Police.
        Police = "police",
        /// Staff officers at a headquarters.
        StaffOfficer = "staff_officer",
        /// Troops in units.
        Troops = "troops",
        /// One or more ships.
        Ship = "ship",
        /// Engineers, deminers among them.
        Engineers = "engineers",
        /// Instructors.
        Instructors = "instructors",
        /// Advisers.
        Advisers = "advisers",
        /// People whose role the source does not give.
        Personnel = "personnel",
        /// Support whose form the source does not give.
        Support = "support",
    }
}

vocabulary! {
    /// How far a deployment came.
    pub enum DeploymentStatus {
        /// They were there.
        Deployed = "deployed",
        /// It was announced.
        Announced = "announced",
        /// It was planned or asked for.
        Planned = "planned",
        /// It was pledged.
        Pledged = "pledged",
        /// They were trained, not deployed.
        Training = "training",
    }
}

vocabulary! {
    /// Who went where.
    pub enum Direction {
        /// The partner's people or ships, sent out.
        FromPartner = "from_partner",
        /// Other people, American ones as a rule, sent to the partner; never in the partner's own total.
        ToPartner = "to_partner",
    }
}

/// Personnel or ships in one or several missions.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Stable identifier, unique within deployments.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// Who leads the mission.
    pub organization: Organization,
    /// The missions, by their ids in `missions`. Several when the source gives one figure for them
    /// together; the split is not known. Empty when the source names none.
    pub missions: Box<[RecordId]>,
    /// Where they served, by ISO 3166-1 alpha-3 code. Empty when no source says.
    pub areas: Box<[Iso3]>,
    /// What they do.
    pub role: DeploymentRole,
    /// How many people. Null when no source counts them.
    pub personnel: Option<u32>,
    /// How the source qualifies the number of people. Null when there is no number.
    pub personnel_qualifier: Option<Qualifier>,
    /// How many of the people are women. Null when no source says; 0 only when it does.
    pub women: Option<u32>,
    /// The years of the deployment. Null when no source gives them.
    pub period: Option<Period>,
    /// The day, month or year that the number speaks for. Null when the source gives none ("currently").
    pub as_of: Option<PartialDate>,
    /// How far the deployment came.
    pub status: DeploymentStatus,
    /// Who went where.
    pub direction: Direction,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// What a reader should know before using the number. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
}

impl Deployment {
    /// The fiscal years that it touches.
    pub fn fiscal_years(&self) -> Option<Years> {
        let dated = || self.as_of.map(PartialDate::fiscal_years);
        self.period.map(|period| period.fiscal_years()).or_else(dated)
    }
}

impl Collection for Deployment {
    const NAME: &'static str = "deployments";
    const PATH: &'static str = "/v1/deployments";
    const SINGULAR: &'static str = "deployment";
    const ABOUT: &'static str = "Personnel and ships in missions abroad, as sources count them.";
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |deployment: &Self| &deployment.id),
        &column("partner", |deployment: &Self| &deployment.partner).refers_to("partners"),
        &column("organization", |deployment: &Self| &deployment.organization),
        &column("missions", |deployment: &Self| &deployment.missions)
            .facets()
            .refers_to("missions"),
        &column("areas", |deployment: &Self| &deployment.areas),
        &column("role", |deployment: &Self| &deployment.role),
        &column("personnel", |deployment: &Self| &deployment.personnel),
        &column("personnel_qualifier", |deployment: &Self| &deployment.personnel_qualifier),
        &column("women", |deployment: &Self| &deployment.women),
        &fiscal_year_filter(Self::fiscal_years),
        &optional("period_from", |deployment: &Self| deployment.period.as_ref().map(Period::from)),
        &optional("period_to", |deployment: &Self| deployment.period.as_ref()?.to()),
        &optional("period_basis", |deployment: &Self| {
            deployment.period.as_ref().map(Period::basis)
        }),
        &optional("period_basis_stated", |deployment: &Self| {
            deployment.period.as_ref().map(Period::basis_stated)
        }),
        &column("as_of", |deployment: &Self| &deployment.as_of),
        &column("status", |deployment: &Self| &deployment.status),
        &column("direction", |deployment: &Self| &deployment.direction),
        &column("confidence", |deployment: &Self| &deployment.confidence),
        &column("note", |deployment: &Self| &deployment.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let count = self.personnel.map(|people| format!("{people} "));
        let role = self.role.word().replace('_', " ");
        let missions: Vec<_> = self.missions.iter().map(RecordId::as_str).collect();
        let place = if missions.is_empty() {
            self.organization.word().to_owned()
        } else {
            missions.join(" and ")
        };
        let when = self
            .period
            .map(|period| format!(", {period}"))
            .or_else(|| self.as_of.map(|date| format!(", {date}")));
        let status = match self.status {
            DeploymentStatus::Deployed => String::new(),
            other => format!(" ({})", other.word()),
        };
        let count = count.unwrap_or_default();
        format!("{count}{role}, {place}{}{status}", when.unwrap_or_default()).into()
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::covered(self.period, self.as_of)
    }

    fn violations(&self) -> Vec<RuleViolation> {
        let mut violations = Vec::new();
        let shown = |value: Option<u32>| value.map_or("null".to_owned(), |n| n.to_string());
        if self.women.is_some_and(|women| self.personnel.is_none_or(|people| women > people)) {
            violations.push(RuleViolation {
                key: "women",
                value: shown(self.women),
                expected: format!("at most personnel, which is {}", shown(self.personnel)),
            });
        }
        if self.personnel.is_some() != self.personnel_qualifier.is_some() {
            violations.push(RuleViolation {
                key: "personnel_qualifier",
                value: self.personnel_qualifier.map_or("null", Vocabulary::word).to_owned(),
                expected: "a qualifier where there is a number, and null where there is none"
                    .to_owned(),
            });
        }
        violations
    }
}
