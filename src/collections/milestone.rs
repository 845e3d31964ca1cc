//! Milestones: dated events that no other collection holds.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{
    Bilingual, Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate,
    ReadingMethod, RecordId, Slot, Statement, Text, TranslatedFields, column, fiscal_year_filter,
};

/// A dated event.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Stable identifier, unique within milestones.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Box<[Iso3]>,
    /// When it happened, as precisely as the source says.
    pub date: PartialDate,
    /// What happened, in a few words.
    pub title: Text,
    /// What happened, at more length. Null when the title says it all.
    pub summary: Option<Text>,
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

const SENTENCE: Bilingual =
    Bilingual::new("{on} ({partner}): {title}", "{on} ({partner}): {title}");

/// An event in a few words.
const HEADING: Bilingual =
    Bilingual::new("{partner}: {title}, {date}", "{partner}: {title}, {date}");

impl Collection for Milestone {
    const NAME: &'static str = "milestones";
    const PATH: &'static str = "/v1/milestones";
    const SINGULAR: &'static str = "milestone";
    const LABEL: Bilingual = Bilingual::new("milestones", "hitos");
    const ABOUT: Bilingual = Bilingual::new(
        "Dated events that no other collection holds.",
        "Hechos con fecha que ninguna otra colección recoge.",
    );
    const TRANSLATED: Option<TranslatedFields> = Some(TranslatedFields::TITLE_AND_SUMMARY);
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |milestone: &Self| &milestone.id),
        &column("partner", |milestone: &Self| &milestone.partner).in_list().refers_to("partners"),
        &column("date", |milestone: &Self| &milestone.date),
        &fiscal_year_filter(|milestone: &Self| Some(milestone.date.fiscal_years())),
        &column("title", |milestone: &Self| &milestone.title).in_link().sorted(),
        &column("summary", |milestone: &Self| &milestone.summary),
        &column("confidence", |milestone: &Self| &milestone.confidence),
        &column("method", |milestone: &Self| &milestone.method),
        &column("note", |milestone: &Self| &milestone.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        Statement::new(SENTENCE, HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("on", Slot::On(self.date))
            .with("date", Slot::Date(self.date))
            .with("title", Slot::Quoted(vec![self.title.as_str()]))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::at("date", Some(self.date))
    }
}
