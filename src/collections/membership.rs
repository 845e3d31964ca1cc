//! Memberships: a partner's ties to organizations.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Code, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate,
    ReadingMethod, RecordId, Slot, Statement, Text, Vocabulary, column,
};

vocabulary! {
    /// The organization, treaty or program that a partner is tied to.
    #[es = "La organización, el tratado o el programa al que está vinculado un socio."]
    pub enum MembershipOrganization (en "organization", es "organización") {
        /// The Enhanced Partnership in Northern Europe: the United States with the Nordic and the Baltic states.
        #[es = "La Asociación Reforzada en el Norte de Europa: Estados Unidos con los países nórdicos y bálticos."]
        EPine = "E-PINE" (en "Enhanced Partnership in Northern Europe (E-PINE)", es "Asociación Reforzada en el Norte de Europa (E-PINE)"),
        /// The Cooperation Council for the Arab States of the Gulf.
        #[es = "El Consejo de Cooperación para los Estados Árabes del Golfo."]
        Gcc = "GCC" (en "Gulf Cooperation Council", es "Consejo de Cooperación del Golfo"),
        /// The Global Peace Operations Initiative of the United States, for partners that send peacekeepers.
        #[es = "La Iniciativa Global para Operaciones de Paz de Estados Unidos, para socios que envían personal de paz."]
        Gpoi = "GPOI" (en "Global Peace Operations Initiative", es "Iniciativa Global para Operaciones de Paz"),
        /// The Multinational Force and Observers in the Sinai.
        #[es = "La Fuerza Multinacional y Observadores en el Sinaí."]
        Mfo = "MFO" (en "Multinational Force and Observers", es "Fuerza Multinacional y Observadores"),
        /// The major non-NATO allies of the United States (22 U.S.C. 2321k).
        #[es = "Los aliados principales de Estados Unidos no miembros de la OTAN (22 U.S.C. 2321k)."]
        Mnna = "MNNA" (en "Major Non-NATO Allies of the United States", es "aliados principales de Estados Unidos no miembros de la OTAN"),
        /// The North Atlantic Treaty Organization.
        #[es = "La Organización del Tratado del Atlántico Norte."]
        Nato = "NATO" (en "North Atlantic Treaty Organization (NATO)", es "Organización del Tratado del Atlántico Norte (OTAN)"),
        /// Partners of NATO that it gives enhanced opportunities to work with it.
        #[es = "Socios a los que la OTAN ofrece mayores oportunidades de trabajar con ella."]
        NatoEop = "NATO-EOP" (en "NATO Enhanced Opportunities Partners", es "socios de oportunidades mejoradas de la OTAN"),
        /// Countries beyond NATO's regional frameworks that it calls global partners.
        #[es = "Países fuera de los marcos regionales de la OTAN que esta llama socios globales."]
        NatoGlobal = "NATO-GLOBAL" (en "NATO global partners", es "socios globales de la OTAN"),
        /// NATO's Istanbul Cooperation Initiative, for countries of the Gulf.
        #[es = "La Iniciativa de Cooperación de Estambul de la OTAN, para países del Golfo."]
        NatoIci = "NATO-ICI" (en "NATO Istanbul Cooperation Initiative", es "Iniciativa de Cooperación de Estambul de la OTAN"),
        /// NATO's Mediterranean Dialogue.
        #[es = "El Diálogo Mediterráneo de la OTAN."]
        NatoMd = "NATO-MD" (en "NATO Mediterranean Dialogue", es "Diálogo Mediterráneo de la OTAN"),
        /// NATO's Partnership for Peace.
        #[es = "La Asociación para la Paz de la OTAN."]
        NatoPfp = "NATO-PFP" (en "NATO Partnership for Peace", es "Asociación para la Paz de la OTAN"),
        /// The network of NATO Partnership Training and Education Centres.
        #[es = "La red de centros de entrenamiento y educación de los socios de la OTAN."]
        NatoPtec = "NATO-PTEC" (en "NATO Partnership Training and Education Centres network", es "red de centros de entrenamiento y educación de la OTAN"),
        /// The Organization of American States.
        #[es = "La Organización de los Estados Americanos (OEA)."]
        Oas = "OAS" (en "Organization of American States", es "Organización de los Estados Americanos"),
        /// The Organisation for Economic Co-operation and Development.
        #[es = "La Organización para la Cooperación y el Desarrollo Económicos (OCDE)."]
        Oecd = "OECD" (en "Organisation for Economic Co-operation and Development", es "Organización para la Cooperación y el Desarrollo Económicos"),
        /// The Quadrilateral Security Dialogue.
        #[es = "El Diálogo de Seguridad Cuadrilateral."]
        Quad = "QUAD" (en "Quadrilateral Security Dialogue (Quad)", es "Diálogo de Seguridad Cuadrilateral (Quad)"),
        /// The Inter-American Treaty of Reciprocal Assistance of 1947.
        #[es = "El Tratado Interamericano de Asistencia Recíproca, de 1947."]
        RioPact = "RIO-PACT" (en "Inter-American Treaty of Reciprocal Assistance (Rio Pact)", es "Tratado Interamericano de Asistencia Recíproca (TIAR)"),
        /// The State Partnership Program, which pairs a partner with the National Guard of a state.
        #[es = "El Programa de Asociación Estatal, que une a un socio con la Guardia Nacional de un estado."]
        Spp = "SPP" (en "National Guard State Partnership Program", es "Programa de Asociación Estatal de la Guardia Nacional"),
        /// The Ukraine Defense Contact Group.
        #[es = "El Grupo de Contacto para la Defensa de Ucrania."]
        Udcg = "UDCG" (en "Ukraine Defense Contact Group", es "Grupo de Contacto para la Defensa de Ucrania"),
        /// The United Nations.
        #[es = "La Organización de las Naciones Unidas."]
        Un = "UN" (en "United Nations", es "Naciones Unidas"),
        /// The United Nations Command in Korea.
        #[es = "El Comando de las Naciones Unidas en Corea."]
        Unc = "UNC" (en "United Nations Command (Korea)", es "Comando de las Naciones Unidas (Corea)"),
        /// The countries that take part in the plan of the United States and a partner for regional security.
        #[es = "Los países que participan en el plan de Estados Unidos y un socio para la seguridad regional."]
        Uscap = "USCAP" (en "United States-Colombia Action Plan participating countries", es "países participantes del Plan de Acción Estados Unidos-Colombia"),
    }
}

vocabulary! {
    /// What a partner is to an organization.
    #[es = "Qué es un socio para una organización."]
    pub enum MembershipRole (en "role of a membership", es "calidad del vínculo") {
        /// A member.
        #[es = "Un miembro."]
        Member = "member" (en "member", es "miembro"),
        /// A party to the treaty that it rests on.
        #[es = "Parte en el tratado en que se funda."]
        Party = "party" (en "party", es "Estado parte"),
        /// A partner outside its membership.
        #[es = "Un socio que no es miembro."]
        Partner = "partner" (en "partner", es "socio"),
        /// A contributor of people or means.
        #[es = "Aporta personas o medios."]
        Contributor = "contributor" (en "contributor", es "aportante"),
        /// A participant in its meetings.
        #[es = "Participa en sus reuniones."]
        Participant = "participant" (en "participant", es "participante"),
        /// Designated by one side.
        #[es = "Designado por una de las partes."]
        DesignatedAlly = "designated_ally" (en "designated ally", es "aliado designado"),
    }
}

/// A partner's tie to an organization, treaty or program.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Stable identifier, unique within memberships.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// The organization, treaty or program.
    pub organization: MembershipOrganization,
    /// What the partner is to it.
    pub role: MembershipRole,
    /// Whether the tie lasts, as far as the newest source that we read says. Null where no source says anything about
    /// today: `as_of` is what it speaks for.
    pub active: Option<bool>,
    /// Since when. Null when no source gives a date.
    pub since: Option<PartialDate>,
    /// Until when. Null while it lasts, or when no source gives a date.
    pub until: Option<PartialDate>,
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

/// A membership in a few words.
const HEADING: Bilingual =
    Bilingual::new("{partner}: {name}, {role}[, {since}]", "{partner}: {name}, {role}[, {since}]");

/// Writes a sentence about a membership: what the partner is, and what all roles end with.
macro_rules! membership_sentence {
    ($en:literal, $es:literal) => {
        Bilingual::new(
            concat!($en, "[ {since}][ {until}][, {as_of}]"),
            concat!($es, "[ {since}][ {until}][, {as_of}]"),
        )
    };
}

impl MembershipOrganization {
    /// Its article in Spanish.
    const fn article(self) -> &'static str {
        match self {
            Self::EPine
            | Self::Gpoi
            | Self::Mfo
            | Self::Nato
            | Self::NatoIci
            | Self::NatoPfp
            | Self::NatoPtec
            | Self::Oas
            | Self::Oecd => "la",
            Self::Gcc
            | Self::NatoMd
            | Self::Quad
            | Self::RioPact
            | Self::Spp
            | Self::Udcg
            | Self::Unc => "el",
            Self::Mnna | Self::NatoEop | Self::NatoGlobal | Self::Uscap => "los",
            Self::Un => "las",
        }
    }
}

impl MembershipRole {
    /// What the partner is, while the tie lasts.
    const fn lasting(self) -> Bilingual {
        match self {
            Self::Member => membership_sentence!(
                "{partner} <is a member|are members> of {organization}",
                "{partner} <es miembro|son miembros> de {organization}"
            ),
            Self::Party => membership_sentence!(
                "{partner} <is a party|are parties> to {organization}",
                "{partner} <es Estado parte|son Estados partes> de {organization}"
            ),
            Self::Partner => membership_sentence!(
                "{partner} <is a partner|are partners> in {organization}, not <a member|members>",
                "{partner} <es socio|son socios>, no <miembro|miembros>, de {organization}"
            ),
            Self::Contributor => membership_sentence!(
                "{partner} <contributes|contribute> to {organization}",
                "{partner} <aporta|aportan> a {organization}"
            ),
            Self::Participant => membership_sentence!(
                "{partner} <takes|take> part in {organization}",
                "{partner} <participa|participan> en {organization}"
            ),
            Self::DesignatedAlly => membership_sentence!(
                "{partner} <is a designated ally|are designated allies>, of {organization}",
                "{partner} <es aliado designado|son aliados designados>, de {organization}"
            ),
        }
    }

    /// What the partner was, or was when the source spoke.
    const fn past(self) -> Bilingual {
        match self {
            Self::Member => membership_sentence!(
                "{partner} <was a member|were members> of {organization}",
                "{partner} <fue miembro|fueron miembros> de {organization}"
            ),
            Self::Party => membership_sentence!(
                "{partner} <was a party|were parties> to {organization}",
                "{partner} <fue Estado parte|fueron Estados partes> de {organization}"
            ),
            Self::Partner => membership_sentence!(
                "{partner} <was a partner|were partners> in {organization}, not <a member|members>",
                "{partner} <fue socio|fueron socios>, no <miembro|miembros>, de {organization}"
            ),
            Self::Contributor => membership_sentence!(
                "{partner} contributed to {organization}",
                "{partner} <aportó|aportaron> a {organization}"
            ),
            Self::Participant => membership_sentence!(
                "{partner} took part in {organization}",
                "{partner} <participó|participaron> en {organization}"
            ),
            Self::DesignatedAlly => membership_sentence!(
                "{partner} <was a designated ally|were designated allies>, of {organization}",
                "{partner} <fue aliado designado|fueron aliados designados>, de {organization}"
            ),
        }
    }
}

impl Collection for Membership {
    const NAME: &'static str = "memberships";
    const PATH: &'static str = "/v1/memberships";
    const SINGULAR: &'static str = "membership";
    const LABEL: Bilingual = Bilingual::new("memberships", "membresías");
    const ABOUT: Bilingual = Bilingual::new(
        "Ties of partners to organizations, treaties and programs.",
        "Vínculos de los socios con organizaciones, tratados y programas.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |membership: &Self| &membership.id),
        &column("partner", |membership: &Self| &membership.partner).in_list().refers_to("partners"),
        &column("organization", |membership: &Self| &membership.organization).in_link(),
        &column("role", |membership: &Self| &membership.role).in_list(),
        &column("active", |membership: &Self| &membership.active).in_list(),
        &column("since", |membership: &Self| &membership.since),
        &column("until", |membership: &Self| &membership.until),
        &column("as_of", |membership: &Self| &membership.as_of),
        &column("confidence", |membership: &Self| &membership.confidence),
        &column("method", |membership: &Self| &membership.method),
        &column("note", |membership: &Self| &membership.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let label = |code: &Code| code.label.en;
        format!("{}: {}", label(self.organization.entry()), label(self.role.entry())).into()
    }

    fn statement(&self) -> Statement<'_> {
        let organization = Slot::Article {
            el: self.organization.article(),
            name: self.organization.entry().label,
        };
        let lasts = self.active == Some(true);
        let sentence = if lasts { self.role.lasting() } else { self.role.past() };
        Statement::new(sentence, HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("organization", organization)
            .with("name", Slot::Words(self.organization.entry().label))
            .with("role", Slot::Words(self.role.entry().label))
            .with_some("since", self.since.map(Slot::Since))
            .with_some("until", self.until.map(Slot::Until))
            .with_some("as_of", self.as_of.map(Slot::AsOf))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        let span = DatedEvent::span("since", self.since, self.until);
        let stated = || DatedEvent::at("as_of", self.as_of).pop();
        span.or_else(stated).into_iter().collect()
    }
}
