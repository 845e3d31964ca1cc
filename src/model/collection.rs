//! What a collection is.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::citation::{Citation, Reference};
use super::field::{Field, ListPlace, Parse, Uses};
use super::identifier::RecordId;
use super::labels::{Bilingual, label_of_field};
use super::partial_date::PartialDate;
use super::period::{Period, Year};
use super::statement::Statement;
use super::text::Text;
use super::value::Value;
use super::value::{FieldValue, Kind};

/// A kind of record, with its path, its data file and its fields.
pub trait Collection:
    Serialize + DeserializeOwned + ToSchema + Send + Sync + Sized + 'static
{
    /// Path segment, file stem and tag: `arms-sales`.
    const NAME: &'static str;
    /// Where its list is served: `/v1/arms-sales`.
    const PATH: &'static str;
    /// What one record is called in a sentence: `arms sale`.
    const SINGULAR: &'static str;
    /// What people call the collection: `arms sales`.
    const LABEL: Bilingual;
    /// What the collection holds, in one sentence.
    const ABOUT: Bilingual;
    /// Its fields, in the order of the columns; citations are added by [`fields`].
    const FIELDS: &'static [&'static dyn Field<Self>];
    /// Whether its records cite sources: all do but the sources themselves.
    const CITES: bool = true;
    /// Whether it is an official yearly series: in lists, files and coverage, but in neither search nor timeline, which
    /// thousands of like figures would drown.
    const SERIES: bool = false;

    /// The field that says by which method a number of a series was counted: a curve breaks where it changes.
    const COUNTING_METHOD: Option<&'static str> = None;

    /// How the rows of its list say what sums do with them; none where its records are no figures.
    const COUNTED: Option<CountedKeys> = None;

    /// Which of its fields hold our own words, so that they may stand in Spanish too, in a file of `data/es/`; none where
    /// its records have no words of ours.
    const TRANSLATED: Option<TranslatedFields> = None;

    /// Stable identifier, unique in the collection.
    fn id(&self) -> &str;

    /// The title of the record: stored, or composed of its facts.
    fn title(&self) -> Cow<'_, str>;

    /// What the record states, in English and Spanish.
    fn statement(&self) -> Statement<'_>;

    /// Where its figures were published; never empty unless [`CITES`](Self::CITES) is false.
    fn citations(&self) -> &[Citation];

    /// The dates that it holds, for the timeline.
    fn dates(&self) -> Vec<DatedEvent> {
        Vec::new()
    }

    /// The records of any collection that it names.
    fn references(&self) -> &[Reference] {
        &[]
    }

    /// The rules over several keys that the record breaks.
    fn violations(&self) -> Vec<RuleViolation> {
        Vec::new()
    }
}

/// The two keys by which each row of a list says what a sum over the list does with its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedKeys {
    /// What the record adds: `counted_usd`, which is null where it adds nothing.
    pub amount: &'static str,
    /// The same in words.
    pub about: &'static str,
    /// What sums may be grouped by.
    pub group_by: &'static [&'static str],
}

impl CountedKeys {
    /// Whether the record is counted, and if not, why.
    pub const COUNTING: &'static str = "counting";

    /// Both keys, in their order.
    pub const fn names(self) -> [&'static str; 2] {
        [Self::COUNTING, self.amount]
    }
}

/// The two fields of a collection that hold our own words, by the names of their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TranslatedFields {
    /// The one that holds the title.
    pub title: &'static str,
    /// The one that holds what is said at more length.
    pub summary: &'static str,
}

impl TranslatedFields {
    /// The usual ones.
    pub const TITLE_AND_SUMMARY: Self = Self { title: "title", summary: "summary" };
}

/// A date that a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedEvent {
    /// What happened then: `signed`, `in_force`, `since`.
    pub event: &'static str,
    /// When, or when it began.
    pub date: PartialDate,
    /// When it ended, for a span whose end is stated.
    pub until: Option<PartialDate>,
    /// Whether it is a span whose end is not stated.
    pub open: bool,
}

impl DatedEvent {
    /// One date, if there is one.
    pub fn at(event: &'static str, date: Option<PartialDate>) -> Vec<Self> {
        date.map(|date| Self { event, date, until: None, open: false }).into_iter().collect()
    }

    /// A span that has a beginning.
    pub fn span(
        event: &'static str,
        since: Option<PartialDate>,
        until: Option<PartialDate>,
    ) -> Option<Self> {
        since.map(|date| Self { event, date, until, open: until.is_none() })
    }

    /// The years that a record covers, or the date that it speaks for.
    pub fn covered(period: Option<Period>, as_of: Option<PartialDate>) -> Vec<Self> {
        let year = |year: &Year| PartialDate::of_year(year.number());
        match period {
            Some(period) => {
                vec![Self {
                    event: "period",
                    date: year(period.from()),
                    until: period.to().map(year),
                    open: period.to().is_none(),
                }]
            }
            None => Self::at("as_of", as_of),
        }
    }
}

/// A rule over several keys that a record breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleViolation {
    /// The key at fault.
    pub key: &'static str,
    /// The value found there.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

/// Every field of a collection: its own, then those that all records share.
pub fn fields<C: Collection>() -> impl Iterator<Item = &'static dyn Field<C>> {
    let shared: &[&'static dyn Field<C>] =
        if C::CITES { &[&Cited::Source, &Cited::Locator] } else { &[] };
    C::FIELDS.iter().chain(shared).copied()
}

/// The two columns of a record's citations.
enum Cited {
    Source,
    Locator,
}

impl<C: Collection> Field<C> for Cited {
    fn name(&self) -> &'static str {
        match self {
            Self::Source => "citations_source",
            Self::Locator => "citations_locator",
        }
    }

    fn label(&self) -> Bilingual {
        match self {
            Self::Source => const { label_of_field("citations_source") },
            Self::Locator => const { label_of_field("citations_locator") },
        }
    }

    fn kind(&self) -> Kind {
        Kind::Text
    }

    fn is_list(&self) -> bool {
        true
    }

    fn is_optional(&self) -> bool {
        false
    }

    fn uses(&self) -> Uses {
        let is_source = matches!(self, Self::Source);
        Uses {
            equals: is_source,
            ranges: false,
            sorts: false,
            facets: is_source,
            column: true,
            list_place: ListPlace::None,
        }
    }

    fn refers_to(&self) -> Option<&'static str> {
        match self {
            Self::Source => Some("sources"),
            Self::Locator => None,
        }
    }

    fn value<'r>(&self, record: &'r C) -> FieldValue<'r> {
        let read = |citation: &'r Citation| match self {
            Self::Source => citation.source.value(),
            Self::Locator => citation.locator.value(),
        };
        FieldValue::List(record.citations().iter().map(read).collect())
    }

    fn parser(&self) -> Parse {
        match self {
            Self::Source => RecordId::parse,
            Self::Locator => Text::parse,
        }
    }
}
