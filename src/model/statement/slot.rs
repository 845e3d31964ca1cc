//! What the slots of a sentence hold.

use crate::model::amount::{Amount, Qualifier};
use crate::model::labels::Bilingual;
use crate::model::partial_date::PartialDate;
use crate::model::period::{Period, Year};
use crate::model::text::country::Iso3;

/// What a slot of a sentence holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot<'r> {
    /// The partners that the sentence is about; its verb agrees with them. Several are said to be together.
    Partners(&'r [Iso3]),
    /// Countries or areas.
    Areas(&'r [Iso3]),
    /// Records of another collection, by their names.
    Named {
        /// The collection.
        collection: &'static str,
        /// The ids.
        ids: Vec<&'r str>,
    },
    /// Money, with its qualifier.
    Amount {
        /// The amount.
        amount: Amount,
        /// Whether it recurs in each year.
        per_year: bool,
    },
    /// The unit that a source rounds to, where the digits of the amount do not show it.
    Rounding(Amount),
    /// A number with its qualifier.
    Count {
        /// The number.
        number: u32,
        /// How the source qualifies it.
        qualifier: Qualifier,
    },
    /// The years that a statement is about.
    Period {
        /// The years.
        period: Period,
        /// What a figure is to the years.
        figure: PeriodFigure,
    },
    /// A year by its number: `2016`.
    Year(Year),
    /// The years in short, for a heading.
    Years(Period),
    /// A date: `23 May 2022`.
    Date(PartialDate),
    /// A point in time: `on 23 May 2022`, `in 2012`.
    On(PartialDate),
    /// The date that a statement speaks for: `as of 23 May 2022`.
    AsOf(PartialDate),
    /// When something began: `since 23 May 2022`.
    Since(PartialDate),
    /// When something ended: `until 23 May 2022`.
    Until(PartialDate),
    /// Words in both languages.
    Words(Bilingual<&'r str>),
    /// A name that has an article in Spanish.
    Article {
        /// The Spanish article.
        el: &'static str,
        /// The name.
        name: Bilingual<&'static str>,
    },
    /// A country or an organization by its name in English.
    Counterpart(&'r str),
    /// Words of a source or of the dataset, which stand in one language.
    Quoted(Vec<&'r str>),
    /// A code.
    Code(&'r str),
}

impl Slot<'_> {
    /// What is added to a figure for a whole region.
    pub const OF_A_REGION: Self = Self::Words(Bilingual::new(
        "for a region, not for one country",
        "para una región, no para un solo país",
    ));

    /// What is added to a figure that a newer edition replaces.
    pub const REPLACED: Self = Self::Words(Bilingual::new(
        "a newer edition of the figure is on record",
        "hay registrada una edición más reciente de la cifra",
    ));
}

/// What a figure is to the years of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodFigure {
    /// There is no figure, or the years are those of an event.
    None,
    /// One sum for all years.
    OneSum,
    /// The same in each year.
    EachYear,
}
