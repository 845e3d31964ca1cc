//! Conflicts: where sources disagree, what each says and how it was weighed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Claim, Collection, Field, FieldValue, Iso3, RecordId, Reference,
    RuleViolation, Slot, Statement, Text, TranslatedFields, Usd, Value, Vocabulary, column,
    derived,
};

vocabulary! {
    /// How sources come to differ.
    #[es = "Por qué las fuentes llegan a diferir."]
    pub enum ConflictKind (en "kind of conflict", es "tipo de discrepancia") {
        /// They say different things of one matter.
        #[es = "Dicen cosas distintas de un mismo asunto."]
        Disagreement = "disagreement" (en "disagreement", es "desacuerdo"),
        /// The same series, printed at different times.
        #[es = "La misma serie, publicada en momentos distintos."]
        ReEstimate = "re_estimate" (en "re-estimate", es "reestimación"),
        /// They measure different things under one name.
        #[es = "Miden cosas distintas bajo un mismo nombre."]
        Scope = "scope" (en "different scope", es "alcance distinto"),
        /// One source contradicts itself, or prints a plain error.
        #[es = "Una fuente se contradice, o trae un error evidente."]
        Slip = "slip" (en "slip", es "error de la fuente"),
    }
}

vocabulary! {
    /// Whether a conflict was decided.
    #[es = "Si una discrepancia se resolvió."]
    pub enum ConflictState (en "state of a conflict", es "estado de la discrepancia") {
        /// No claim could be preferred, or what would decide it was not seen.
        #[es = "No se pudo preferir ninguna afirmación, o no se vio lo que la resolvería."]
        Open = "open" (en "open", es "abierta"),
        /// The assessment says which claim to use, or how the claims fit together.
        #[es = "La valoración dice qué afirmación usar, o cómo encajan las afirmaciones."]
        Settled = "settled" (en "settled", es "resuelta"),
    }
}

/// A disagreement between sources, or inside one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Stable identifier, unique within conflicts.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// What the sources disagree about.
    pub topic: Text,
    /// How they come to differ.
    pub kind: ConflictKind,
    /// Whether it was decided. Null in releases before 2.0.0.
    pub state: Option<ConflictState>,
    /// What each source says. At least two.
    pub claims: Box<[Claim]>,
    /// How the claims were weighed.
    pub assessment: Text,
    /// The records that carry the claims. Empty when no record does.
    pub records: Box<[Reference]>,
    /// The widest gap, in whole US dollars, between two of these records that speak of the same money: of the same
    /// partners, of one program and component, or one channel and measure, and of the same years, or both of years
    /// without an end. Worked out when the dataset is loaded. Null where no two of them can be held against each other.
    #[serde(default)]
    #[schema(read_only, required)]
    pub spread_usd: Option<Usd>,
    /// Every place that a claim was read in. Never empty.
    pub citations: Box<[Citation]>,
}

/// A disagreement in a few words.
const HEADING: Bilingual =
    Bilingual::new("{partner}: {topic} ({kind})", "{partner}: {topic} ({kind})");

impl ConflictKind {
    /// How the sources differ.
    const fn sentence(self) -> Bilingual {
        match self {
            Self::Disagreement => Bilingual::new(
                "Sources disagree on this matter of {partner}: {topic}",
                "Las fuentes no coinciden en este asunto de {partner}: {topic}",
            ),
            Self::ReEstimate => Bilingual::new(
                "One series was printed with different figures at different times for {partner}: {topic}",
                "Una misma serie se publicó con cifras distintas en momentos distintos para {partner}: {topic}",
            ),
            Self::Scope => Bilingual::new(
                "Sources measure different things under one name for {partner}: {topic}",
                "Las fuentes miden cosas distintas bajo un mismo nombre para {partner}: {topic}",
            ),
            Self::Slip => Bilingual::new(
                "A source contradicts itself or prints a plain error about {partner}: {topic}",
                "Una fuente se contradice o trae un error evidente sobre {partner}: {topic}",
            ),
        }
    }
}

impl Collection for Conflict {
    const NAME: &'static str = "conflicts";
    const PATH: &'static str = "/v1/conflicts";
    const SINGULAR: &'static str = "conflict";
    const LABEL: Bilingual = Bilingual::new("conflicts", "discrepancias");
    const ABOUT: Bilingual = Bilingual::new(
        "Where sources disagree: what each says, how it was weighed, and the records concerned.",
        "Dónde no coinciden las fuentes: qué dice cada una, cómo se valoró y los registros implicados.",
    );
    const TRANSLATED: Option<TranslatedFields> =
        Some(TranslatedFields { title: "topic", summary: "assessment" });
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |conflict: &Self| &conflict.id),
        &column("partner", |conflict: &Self| &conflict.partner).in_list().refers_to("partners"),
        &column("topic", |conflict: &Self| &conflict.topic).in_link().sorted(),
        &column("kind", |conflict: &Self| &conflict.kind).in_list(),
        &column("state", |conflict: &Self| &conflict.state).in_list(),
        &derived::<Self, Box<[Text]>>("claims_statement", |conflict| {
            FieldValue::List(conflict.claims.iter().map(|claim| claim.statement.value()).collect())
        }),
        &derived::<Self, Box<[RecordId]>>("claims_source", |conflict| {
            FieldValue::List(conflict.claims.iter().map(|claim| claim.source.value()).collect())
        })
        .refers_to("sources"),
        &derived::<Self, Box<[Text]>>("claims_locator", |conflict| {
            FieldValue::List(conflict.claims.iter().map(|claim| claim.locator.value()).collect())
        }),
        &column("assessment", |conflict: &Self| &conflict.assessment),
        &derived::<Self, Box<[RecordId]>>("records_collection", |conflict| {
            FieldValue::List(
                conflict.records.iter().map(|record| record.collection.value()).collect(),
            )
        })
        .facets(),
        &derived::<Self, Box<[RecordId]>>("records_id", |conflict| {
            FieldValue::List(conflict.records.iter().map(|record| record.id.value()).collect())
        }),
        &column("spread_usd", |conflict: &Self| &conflict.spread_usd),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.topic.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        Statement::new(self.kind.sentence(), HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("topic", Slot::Quoted(vec![self.topic.as_str()]))
            .with("kind", Slot::Words(self.kind.entry().label))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn references(&self) -> &[Reference] {
        &self.records
    }

    fn violations(&self) -> Vec<RuleViolation> {
        let cited = |claim: &&Claim| {
            let mut places = self.citations.iter();
            !places.any(|place| place.source == claim.source && place.locator == claim.locator)
        };
        let uncited = self.claims.iter().filter(cited).map(|claim| RuleViolation {
            key: "claims",
            value: format!("{} ({})", claim.source, claim.locator),
            expected: "a source and locator that stand in citations too".to_owned(),
        });
        let few = (self.claims.len() < 2).then(|| RuleViolation {
            key: "claims",
            value: format!("{} claim", self.claims.len()),
            expected: "at least two claims".to_owned(),
        });
        uncited.chain(few).collect()
    }
}
