//! Partners: the countries that the figures are about.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, DatedEvent, Expected, Field, FieldValue, Iso2, Iso3, Kind,
    PartialDate, Scalar, Slot, Statement, Text, Value, Vocabulary, column, derived,
};

vocabulary! {
    /// The regional bureau of the State Department that a partner belongs to.
    #[es = "Oficina regional del Departamento de Estado a la que pertenece un socio."]
    pub enum Region (en "region", es "región") {
        /// Sub-Saharan Africa.
        #[es = "África subsahariana."]
        Africa = "africa" (en "Africa", es "África"),
        /// East Asia and the Pacific.
        #[es = "Asia Oriental y el Pacífico."]
        EastAsiaAndPacific = "east_asia_and_pacific" (en "East Asia and the Pacific", es "Asia Oriental y el Pacífico"),
        /// Europe, Türkiye and the Caucasus.
        #[es = "Europa, Turquía y el Cáucaso."]
        EuropeAndEurasia = "europe_and_eurasia" (en "Europe and Eurasia", es "Europa y Eurasia"),
        /// The Middle East and North Africa.
        #[es = "Medio Oriente y el norte de África."]
        NearEast = "near_east" (en "Near East", es "Cercano Oriente"),
        /// South and Central Asia.
        #[es = "Asia Meridional y Central."]
        SouthAndCentralAsia = "south_and_central_asia" (en "South and Central Asia", es "Asia Meridional y Central"),
        /// The Americas.
        #[es = "Las Américas."]
        WesternHemisphere = "western_hemisphere" (en "Western Hemisphere", es "Hemisferio Occidental"),
    }
}

vocabulary! {
    /// A standing that a partner holds.
    #[es = "Estatus que tiene un socio."]
    pub enum PartnerStatus (en "standing of a partner", es "estatus de un socio") {
        /// Major non-NATO ally of the United States (22 U.S.C. 2321k).
        #[es = "Aliado principal de Estados Unidos no miembro de la OTAN (22 U.S.C. 2321k)."]
        MajorNonNatoAlly = "major_non_nato_ally" (en "major non-NATO ally", es "aliado principal no miembro de la OTAN"),
        /// Treated as a major non-NATO ally by statute, without being designated one.
        #[es = "Tratado por ley como aliado principal no miembro de la OTAN, sin haber sido designado como tal."]
        TreatedAsMajorNonNatoAlly = "treated_as_major_non_nato_ally" (en "treated as a major non-NATO ally", es "tratado como aliado principal no miembro de la OTAN"),
        /// Major defense partner of the United States: a standing of its own, not an ally's.
        #[es = "Socio principal de defensa de Estados Unidos: un estatus propio, no el de un aliado."]
        MajorDefensePartner = "major_defense_partner" (en "major defense partner", es "socio principal de defensa"),
        /// Partner of NATO outside its membership.
        #[es = "Socio de la OTAN que no es miembro."]
        NatoPartner = "nato_partner" (en "NATO partner", es "socio de la OTAN"),
        /// Member of NATO.
        #[es = "Miembro de la OTAN."]
        NatoMember = "nato_member" (en "NATO member", es "miembro de la OTAN"),
        /// Party to the Inter-American Treaty of Reciprocal Assistance (Rio Treaty) of 1947.
        #[es = "Estado parte en el Tratado Interamericano de Asistencia Recíproca (TIAR), de 1947."]
        RioTreatyParty = "rio_treaty_party" (en "party to the Rio Treaty", es "Estado parte en el TIAR"),
        /// Bound to the United States by a treaty of mutual defense other than the North Atlantic Treaty and the Rio
        /// Treaty, which have standings of their own.
        #[es = "Unido a Estados Unidos por un tratado de defensa mutua distinto del Tratado del Atlántico Norte y del TIAR, que tienen sus propios estatus."]
        TreatyAlly = "treaty_ally" (en "treaty ally", es "aliado por tratado"),
    }
}

/// A standing, with its dates.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusHeld {
    /// The standing.
    pub status: PartnerStatus,
    /// Since when. Null when no source gives a date.
    pub since: Option<PartialDate>,
    /// When it ended. Null while it lasts, as far as the newest source that we read says.
    pub until: Option<PartialDate>,
}

/// The standings that a partner holds today.
///
/// A type of its own, since a schema can say of a named part that it is worked out, and not of a list.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[serde(transparent)]
pub struct CurrentStatuses(Box<[PartnerStatus]>);

impl Value for CurrentStatuses {
    const KIND: Kind = <Box<[PartnerStatus]>>::KIND;
    const LIST: bool = true;
    const FACET: bool = true;

    fn value(&self) -> FieldValue<'_> {
        self.0.value()
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        PartnerStatus::parse(text)
    }
}

vocabulary! {
    /// How much is on record of a partner.
    #[es = "Cuánto hay registrado de un socio."]
    pub enum PartnerDepth (en "depth", es "profundidad") {
        /// Facts of the partnership: figures, agreements, ties or standings, beside any yearly series.
        #[es = "Datos de la relación: cifras, acuerdos, vínculos o estatus, además de cualquier serie anual."]
        Facts = "facts" (en "facts", es "datos"),
        /// Official yearly series alone, which name nearly every country of the world. That makes none a partner.
        #[es = "Solo series anuales oficiales, que nombran a casi todos los países del mundo. Eso no hace socio a ninguno."]
        Series = "series" (en "yearly series only", es "solo series anuales"),
    }
}

/// A partner country.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(from = "StatedPartner", deny_unknown_fields)]
pub struct Partner {
    /// ISO 3166-1 alpha-3 code.
    pub id: Iso3,
    /// ISO 3166-1 alpha-2 code.
    pub alpha_2: Iso2,
    /// The country's short name in English.
    pub name: Text,
    /// The country's short name in Spanish, as newspapers print it. Null where we have none.
    pub name_es: Option<Text>,
    /// The regional bureau of the State Department that it belongs to. Null when no source that we read
    /// says.
    pub region: Option<Region>,
    /// The standings that it holds or held, with their dates.
    pub statuses: Box<[StatusHeld]>,
    /// The standings that it holds today, as far as the newest source that we read says: those of `statuses` without
    /// an end.
    #[schema(read_only)]
    pub status_current: CurrentStatuses,
    /// What a reader should know. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where its standing was published. Never empty.
    pub citations: Box<[Citation]>,
    /// How much is on record of it: worked out from all records.
    #[schema(read_only)]
    pub depth: PartnerDepth,
}

/// A partner as a data file states it; the standings of today follow.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedPartner {
    id: Iso3,
    alpha_2: Iso2,
    name: Text,
    name_es: Option<Text>,
    region: Option<Region>,
    statuses: Box<[StatusHeld]>,
    note: Option<Text>,
    citations: Box<[Citation]>,
}

impl From<StatedPartner> for Partner {
    fn from(stated: StatedPartner) -> Self {
        let StatedPartner { id, alpha_2, name, name_es, region, statuses, note, citations } =
            stated;
        let lasting = statuses.iter().filter(|held| held.until.is_none());
        let status_current = CurrentStatuses(lasting.map(|held| held.status).collect());
        // What is on record of it is known when all records are read.
        let depth = PartnerDepth::Facts;
        Self {
            id,
            alpha_2,
            name,
            name_es,
            region,
            statuses,
            status_current,
            note,
            citations,
            depth,
        }
    }
}

/// The dates of its standings in one column, each in the place of its standing; empty where there is none.
fn dates(partner: &Partner, date: fn(&StatusHeld) -> Option<PartialDate>) -> FieldValue<'_> {
    let shown = |held| date(held).map(|date| date.to_string()).unwrap_or_default();
    FieldValue::List(
        partner.statuses.iter().map(|held| FieldValue::Text(shown(held).into())).collect(),
    )
}

const SENTENCE: Bilingual = Bilingual::new(
    "{partner} <is a partner country|are partner countries> of the United States[; standing: {status}][ ({since})][; region: {region}]",
    "{partner} <es un país socio|son países socios> de Estados Unidos[; estatus: {status}][ ({since})][; región: {region}]",
);

/// A partner in a few words.
const HEADING: Bilingual = Bilingual::new("{partner}", "{partner}");

/// A country of which there are yearly series alone.
const SERIES_SENTENCE: Bilingual = Bilingual::new(
    "Official U.S. yearly series name {partner}, which makes it no partner; nothing else of it is on record[; region: {region}]",
    "Series anuales oficiales de Estados Unidos nombran a {partner}, lo que no lo hace socio; no hay nada más registrado[; región: {region}]",
);
const SERIES_HEADING: Bilingual =
    Bilingual::new("Official U.S. series: {partner}", "Series oficiales de EE. UU.: {partner}");

impl Collection for Partner {
    const NAME: &'static str = "partners";
    const PATH: &'static str = "/v1/partners";
    const SINGULAR: &'static str = "partner";
    const LABEL: Bilingual = Bilingual::new("partners", "socios");
    const ABOUT: Bilingual = Bilingual::new(
        "The partner countries, with the standings that they hold.",
        "Los países socios, con los estatus que tienen.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |partner: &Self| &partner.id),
        &column("alpha_2", |partner: &Self| &partner.alpha_2),
        &column("name", |partner: &Self| &partner.name).in_link().named(),
        &column("name_es", |partner: &Self| &partner.name_es),
        &column("region", |partner: &Self| &partner.region).in_list(),
        &derived::<Self, Box<[PartnerStatus]>>("statuses_status", |partner| {
            FieldValue::List(partner.statuses.iter().map(|held| held.status.value()).collect())
        }),
        &derived::<Self, Box<[Text]>>("statuses_since", |partner| {
            dates(partner, |held| held.since)
        }),
        &derived::<Self, Box<[Text]>>("statuses_until", |partner| {
            dates(partner, |held| held.until)
        }),
        &column("status_current", |partner: &Self| &partner.status_current).in_list(),
        &column("note", |partner: &Self| &partner.note),
        &column("depth", |partner: &Self| &partner.depth).in_list(),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.name.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        // The standing that lasts and began last says most.
        let lasting = self.statuses.iter().filter(|held| held.until.is_none());
        let held = lasting.max_by_key(|held| held.since);
        let country = std::slice::from_ref(&self.id);
        let (sentence, heading) = match self.depth {
            PartnerDepth::Facts => (SENTENCE, HEADING),
            PartnerDepth::Series => (SERIES_SENTENCE, SERIES_HEADING),
        };
        Statement::new(sentence, heading)
            .with("partner", Slot::Partners(country))
            .with_some("status", held.map(|held| Slot::Words(held.status.entry().label)))
            .with_some("since", held.and_then(|held| held.since).map(Slot::Since))
            .with_some("region", self.region.map(|region| Slot::Words(region.entry().label)))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        let spans = self.statuses.iter();
        spans.filter_map(|held| DatedEvent::span("status", held.since, held.until)).collect()
    }
}
