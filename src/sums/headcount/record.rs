//! What is counted: published numbers of people.

use std::cmp::Reverse;

use crate::model::{Basis, Iso3, PartialDate, Period, Qualifier, RecordId};
use crate::sums::counting::Counting;
use crate::sums::figure::SourceRank;
use crate::sums::figure_time::{DaySpan, ordinal};
use crate::sums::question::YearsAsked;

/// What people do, and which other roles that takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadcountRole {
    /// The vocabulary's word.
    pub word: &'static str,
    /// Whether it takes in every other.
    pub any: bool,
    /// The others that it takes in.
    pub takes_in: &'static [&'static str],
}

impl HeadcountRole {
    /// Whether it takes in another, or is it.
    pub(super) fn holds(self, other: Self) -> bool {
        self.any || self.word == other.word || self.takes_in.contains(&other.word)
    }

    /// Whether people may be counted under both.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.holds(other) || other.holds(self)
    }
}

/// One published number of people.
#[derive(Debug, Clone)]
pub struct Headcount {
    /// Its record's id.
    pub id: RecordId,
    /// The partners.
    pub partners: Vec<Iso3>,
    /// Who leads the mission.
    pub organization: &'static str,
    /// The missions that it covers; none for all of the organization, or where the source names none.
    pub missions: Vec<RecordId>,
    /// What they do.
    pub role: HeadcountRole,
    /// How many; none when no source counts them.
    pub personnel: Option<u32>,
    /// How the source qualifies the number.
    pub qualifier: Option<Qualifier>,
    /// How many of them are women, where a source says.
    pub women: Option<u32>,
    /// The years of the deployment.
    pub period: Option<Period>,
    /// The date that the number speaks for.
    pub as_of: Option<PartialDate>,
    /// Whether they were there, and not only announced.
    pub deployed: bool,
    /// Whether they were sent by the partner, and not to it.
    pub sent_out: bool,
    /// Whether the numbers of its partner are known to be a sample.
    pub of_sample: bool,
    /// The best source.
    pub source: RecordId,
    /// How much it weighs.
    pub rank: SourceRank,
}

/// When a number speaks for; greater is newer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    Dated(i32, PartialDate),
    /// Current, says a document without a date; the more official last.
    Current(Reverse<u8>, Reverse<RecordId>),
}

impl Headcount {
    pub(super) fn moment(&self) -> Moment {
        let end = |period: Period| {
            let (from, to) = (period.from().number(), period.to()?.number());
            // A period of several years and another one that ends with it are not one date.
            Some(Moment::Dated(
                ordinal(Some(PartialDate::of_year(to))) - i32::from(to - from),
                PartialDate::of_year(to),
            ))
        };
        let dated = |date: PartialDate| Moment::Dated(ordinal(Some(date)), date);
        self.as_of
            .map(dated)
            .or_else(|| self.period.and_then(end))
            .or_else(|| self.rank.published.map(dated))
            .unwrap_or_else(|| {
                Moment::Current(Reverse(self.rank.official), Reverse(self.source.clone()))
            })
    }

    /// The days that the number speaks for, where any are known.
    pub(super) fn span(&self) -> Option<DaySpan> {
        match (self.as_of, self.period.and_then(|period| Some((period, *period.to()?)))) {
            (None, Some((period, to))) => {
                let beyond = i16::from(*period.basis() == Basis::CalendarYear);
                Some(DaySpan::fiscal(Some(period.from().number()), Some(to.number() + beyond)))
            }
            (None, None) if self.rank.published.is_none() => None,
            (as_of, _) => {
                let years = as_of.or(self.rank.published)?.fiscal_years();
                Some(DaySpan::fiscal(Some(years.from), years.to))
            }
        }
    }

    /// Whether it speaks for the years asked for. What is called current speaks for no year that has ended.
    pub(super) fn is_of(&self, years: YearsAsked) -> bool {
        self.span().map_or_else(|| years.to.is_none(), |span| years.span().overlaps(span))
    }

    /// Why it cannot be in any sum that the question asks for.
    pub(super) fn exclusion_reason(&self, years: YearsAsked) -> Option<Counting> {
        [
            (!self.sent_out, Counting::OtherDirection),
            (!self.deployed, Counting::NotDeployed),
            (self.personnel.is_none(), Counting::NoAmount),
            (!self.is_of(years), Counting::OutsideYears),
        ]
        .into_iter()
        .find_map(|(holds, reason)| holds.then_some(reason))
    }

    /// Whether another number counts the same people, and more: of the same partners and organization, of all its
    /// missions, in a role that takes its own in.
    pub(super) fn contains(&self, other: &Self) -> bool {
        let missions = &self.missions;
        self.organization == other.organization
            && other.partners.iter().all(|code| self.partners.contains(code))
            && (missions.is_empty()
                || !other.missions.is_empty()
                    && other.missions.iter().all(|one| missions.contains(one)))
            && self.role.holds(other.role)
    }
}
