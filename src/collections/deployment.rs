//! Deployments: people and ships sent to missions.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Confidence, CountedKeys, DatedEvent, Field, Iso3,
    Organization, PartialDate, Period, PeriodFigure, Qualifier, ReadingMethod, RecordId,
    RuleViolation, Slot, Statement, Text, Vocabulary, Years, column, fiscal_year_filter, optional,
};

vocabulary! {
    /// What the people or ships do.
    #[es = "Qué hacen las personas o los buques."]
    pub enum DeploymentRole (en "role of a deployment", es "función del despliegue") {
        /// Experts on mission, the UN's term for observers and advisers who are not in a unit.
        #[es = "Expertos en misión: el término de las Naciones Unidas para observadores y asesores que no están en una unidad."]
        ExpertOnMission = "expert_on_mission" (en "experts on mission", es "expertos en misión"),
        /// Military observers.
        #[es = "Observadores militares."]
        MilitaryObserver = "military_observer" (en "military observers", es "observadores militares"),
        /// Military observers and police, counted together.
        #[es = "Observadores militares y policías, contados juntos."]
        ObserversAndPolice = "observers_and_police" (en "military observers and police", es "observadores militares y policías"),
        /// Police.
        #[es = "Policías."]
        Police = "police" (en "police", es "policías"),
        /// Staff officers at a headquarters.
        #[es = "Oficiales de estado mayor en un cuartel general."]
        StaffOfficer = "staff_officer" (en "staff officers", es "oficiales de estado mayor"),
        /// Troops in units.
        #[es = "Tropas en unidades."]
        Troops = "troops" (en "troops", es "tropas"),
        /// One or more ships.
        #[es = "Uno o varios buques."]
        Ship = "ship" (en "ships", es "buques"),
        /// Engineers, deminers among them.
        #[es = "Ingenieros, desminadores entre ellos."]
        Engineers = "engineers" (en "engineers", es "ingenieros"),
        /// Instructors.
        #[es = "Instructores."]
        Instructors = "instructors" (en "instructors", es "instructores"),
        /// Advisers.
        #[es = "Asesores."]
        Advisers = "advisers" (en "advisers", es "asesores"),
        /// People whose role the source does not give.
        #[es = "Personas cuya función no da la fuente."]
        Personnel = "personnel" (en "personnel", es "efectivos"),
        /// Support whose form the source does not give.
        #[es = "Apoyo cuya forma no da la fuente."]
        Support = "support" (en "support", es "apoyo"),
    }
}

vocabulary! {
    /// How far a deployment came.
    #[es = "Hasta dónde llegó un despliegue."]
    pub enum DeploymentStatus (en "status of a deployment", es "estado del despliegue") {
        /// They were there.
        #[es = "Estuvieron allí."]
        Deployed = "deployed" (en "deployed", es "desplegado"),
        /// It was announced.
        #[es = "Se anunció."]
        Announced = "announced" (en "announced", es "anunciado"),
        /// It was planned or asked for.
        #[es = "Se planeó o se pidió."]
        Planned = "planned" (en "planned", es "planeado"),
        /// It was pledged.
        #[es = "Se prometió."]
        Pledged = "pledged" (en "pledged", es "prometido"),
        /// They were trained, not deployed.
        #[es = "Fueron entrenados, no desplegados."]
        Training = "training" (en "training", es "entrenamiento"),
    }
}

vocabulary! {
    /// Who went where.
    #[es = "Quién fue a dónde."]
    pub enum Direction (en "direction", es "sentido") {
        /// The partner's people or ships, sent out.
        #[es = "Personas o buques del socio, enviados fuera."]
        FromPartner = "from_partner" (en "from the partner", es "desde el socio"),
        /// Other people, American ones as a rule, sent to the partner; never in the partner's own total.
        #[es = "Otras personas, por lo general estadounidenses, enviadas al socio; nunca en el total propio del socio."]
        ToPartner = "to_partner" (en "to the partner", es "hacia el socio"),
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
    /// How it was come by, where that keeps the confidence below `high`. Null where the note says it, or nothing
    /// needs saying.
    pub method: Option<ReadingMethod>,
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

/// A deployment in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner}: [{number} ]{role}[, {missions}][, {years}][, {as_of}] ({status})",
    "{partner}: [{number} ]{role}[, {missions}][, {years}][, {as_of}] ({status})",
);

/// Of one number for several missions, which no source splits.
const TOGETHER: Bilingual = Bilingual::new("together", "en conjunto");

/// Writes a sentence about a deployment: who did what, and what all end with. Of several missions or areas the source
/// gives one number, which is not split.
macro_rules! deployment_sentence {
    ($en:literal, $es:literal) => {
        Bilingual::new(
            concat!(
                $en,
                "[ (women: {women})][; mission: {missions}][, {together}][; place: {areas}][; led by: {organization}]",
                "[; {period}][; {as_of}]"
            ),
            concat!(
                $es,
                "[ (mujeres: {women})][; misión: {missions}][, {together}][; lugar: {areas}][; dirige: {organization}]",
                "[; {period}][; {as_of}]"
            ),
        )
    };
}

impl DeploymentRole {
    /// One person in that role.
    const fn one(self) -> Bilingual {
        match self {
            Self::ExpertOnMission => Bilingual::new("expert on mission", "experto en misión"),
            Self::MilitaryObserver => Bilingual::new("military observer", "observador militar"),
            Self::ObserversAndPolice => Bilingual::new(
                "military observer or police officer",
                "observador militar o policía",
            ),
            Self::Police => Bilingual::new("police officer", "policía"),
            Self::StaffOfficer => Bilingual::new("staff officer", "oficial de estado mayor"),
            Self::Troops => Bilingual::new("soldier", "militar"),
            Self::Engineers => Bilingual::new("engineer", "ingeniero"),
            Self::Instructors => Bilingual::new("instructor", "instructor"),
            Self::Advisers => Bilingual::new("adviser", "asesor"),
            Self::Ship | Self::Personnel | Self::Support => Bilingual::new("person", "efectivo"),
        }
    }
}

impl Deployment {
    /// Who did what.
    const fn sentence(&self) -> Bilingual {
        match (self.direction, self.status) {
            (Direction::FromPartner, DeploymentStatus::Deployed) => deployment_sentence!(
                "{partner} sent [{number} ]{role}",
                "{partner} <envió|enviaron> [{number} ]{role}"
            ),
            (Direction::FromPartner, DeploymentStatus::Announced) => deployment_sentence!(
                "{partner} announced that [{number} ]{role} would be sent",
                "{partner} <anunció|anunciaron> el envío de [{number} ]{role}"
            ),
            (Direction::FromPartner, DeploymentStatus::Planned) => deployment_sentence!(
                "{partner} planned, or <was|were> asked, to send [{number} ]{role}",
                "{partner} <planeó|planearon> enviar [{number} ]{role}, o así se le pidió"
            ),
            (Direction::FromPartner, DeploymentStatus::Pledged) => deployment_sentence!(
                "{partner} pledged to send [{number} ]{role}",
                "{partner} <prometió|prometieron> enviar [{number} ]{role}"
            ),
            (Direction::FromPartner, DeploymentStatus::Training) => deployment_sentence!(
                "{partner} had [{number} ]{role} trained, not deployed",
                "{partner} <tuvo|tuvieron> en entrenamiento, sin desplegar, [{number} ]{role}"
            ),
            (Direction::ToPartner, DeploymentStatus::Deployed) => deployment_sentence!(
                "{partner} received [{number} ]{role} from abroad",
                "{partner} <recibió|recibieron> del exterior [{number} ]{role}"
            ),
            (Direction::ToPartner, _) => deployment_sentence!(
                "{partner} <was|were> to receive [{number} ]{role} from abroad ({status})",
                "{partner} <recibiría|recibirían> del exterior [{number} ]{role} ({status})"
            ),
        }
    }
}

impl Collection for Deployment {
    const NAME: &'static str = "deployments";
    const PATH: &'static str = "/v1/deployments";
    const SINGULAR: &'static str = "deployment";
    const LABEL: Bilingual = Bilingual::new("deployments", "despliegues");
    const ABOUT: Bilingual = Bilingual::new(
        "Personnel and ships in missions abroad, as sources count them.",
        "Personal y buques en misiones en el exterior, según los cuentan las fuentes.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |deployment: &Self| &deployment.id),
        &column("partner", |deployment: &Self| &deployment.partner).in_list().refers_to("partners"),
        &column("organization", |deployment: &Self| &deployment.organization),
        &column("missions", |deployment: &Self| &deployment.missions)
            .in_link()
            .facets()
            .refers_to("missions"),
        &column("areas", |deployment: &Self| &deployment.areas),
        &column("role", |deployment: &Self| &deployment.role).in_link(),
        &column("personnel", |deployment: &Self| &deployment.personnel).in_list(),
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
        &optional("period_known_through_date", |deployment: &Self| {
            deployment.period.as_ref()?.known_through().map(|known| &known.date)
        }),
        &optional("period_known_through_how", |deployment: &Self| {
            deployment.period.as_ref()?.known_through().map(|known| &known.how)
        }),
        &column("as_of", |deployment: &Self| &deployment.as_of),
        &column("status", |deployment: &Self| &deployment.status).in_list(),
        &column("direction", |deployment: &Self| &deployment.direction),
        &column("confidence", |deployment: &Self| &deployment.confidence),
        &column("method", |deployment: &Self| &deployment.method),
        &column("note", |deployment: &Self| &deployment.note),
    ];
    const COUNTED: Option<CountedKeys> = Some(CountedKeys {
        amount: "counted_personnel",
        about: "How many people the record adds to those of all that match, or with `counted_by` to those of its \
                group. Null where it adds none, where the sum has no number, and where the question has `q` or \
                `limit`: a part of an answer is no sum.",
        group_by: &["partner", "mission", "organization", "role"],
    });

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

    fn statement(&self) -> Statement<'_> {
        let count = self.personnel.zip(self.personnel_qualifier);
        let role = match (self.role, count) {
            (
                DeploymentRole::Ship | DeploymentRole::Support | DeploymentRole::Personnel,
                Some((1, _)),
            ) => Bilingual::new("person", "efectivo"),
            (role, Some((1, _))) => role.one(),
            (role, _) => role.entry().label,
        };
        let missions = self.missions.iter().map(RecordId::as_str).collect();
        let organization = (self.organization != Organization::Bilateral)
            .then(|| Slot::Words(self.organization.entry().label));
        let women = self.women.map(|number| Slot::Count { number, qualifier: Qualifier::Exact });
        let figure = PeriodFigure::None;
        Statement::new(self.sentence(), HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with_some("number", count.map(|(number, qualifier)| Slot::Count { number, qualifier }))
            .with("role", Slot::Words(role))
            .with_some("women", women)
            .with("missions", Slot::Named { collection: "missions", ids: missions })
            .with_some("together", (self.missions.len() > 1).then_some(Slot::Words(TOGETHER)))
            .with("areas", Slot::Areas(&self.areas))
            .with_some("organization", organization)
            .with("status", Slot::Words(self.status.entry().label))
            .with_some("period", self.period.map(|period| Slot::Period { period, figure }))
            .with_some("years", self.period.map(Slot::Years))
            .with_some("as_of", self.as_of.map(Slot::AsOf))
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
