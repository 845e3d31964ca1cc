//! Memberships: a partner's ties to organizations.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate, RecordId,
    Text, Vocabulary, column,
};

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
        Contributor = "contributor" (en "contributor", es "contribuyente"),
        /// A participant in its meetings.
        #[es = "Participa en sus reuniones."]
        Participant = "participant" (en "participant", es "participante"),
        /// Designated by one side.
        #[es = "Designado por una de las partes."]
        DesignatedAlly = "designated_ally" (en "designated ally", es "aliado designado"),
    }
}

/// A partner's tie to an organization, treaty or programme.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Stable identifier, unique within memberships.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// The organization, treaty or programme.
    pub organization: Text,
    /// What the partner is to it.
    pub role: MembershipRole,
    /// Whether the tie lasts, as far as the newest source that we read says.
    pub active: bool,
    /// Since when. Null when no source gives a date.
    pub since: Option<PartialDate>,
    /// Until when. Null while it lasts, or when no source gives a date.
    pub until: Option<PartialDate>,
    /// The day, month or year that the statement speaks for. Null when the source gives none.
    pub as_of: Option<PartialDate>,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// What a reader should know before relying on it. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
}

impl Collection for Membership {
    const NAME: &'static str = "memberships";
    const PATH: &'static str = "/v1/memberships";
    const SINGULAR: &'static str = "membership";
    const LABEL: Bilingual = Bilingual::new("memberships", "membresías");
    const ABOUT: Bilingual = Bilingual::new(
        "Ties of partners to organizations, treaties and programmes.",
        "Vínculos de los socios con organizaciones, tratados y programas.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |membership: &Self| &membership.id),
        &column("partner", |membership: &Self| &membership.partner).refers_to("partners"),
        &column("organization", |membership: &Self| &membership.organization).named(),
        &column("role", |membership: &Self| &membership.role),
        &column("active", |membership: &Self| &membership.active),
        &column("since", |membership: &Self| &membership.since),
        &column("until", |membership: &Self| &membership.until),
        &column("as_of", |membership: &Self| &membership.as_of),
        &column("confidence", |membership: &Self| &membership.confidence),
        &column("note", |membership: &Self| &membership.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let role = self.role.word().replace('_', " ");
        format!("{}: {role}", self.organization).into()
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
