//! Counting people without counting anybody twice.
//!
//! A number of people is a stock: it speaks for one date. Numbers of different dates are never added; of
//! those in the years asked for, the newest date is used, and named (`as_of`). A number without a date is as
//! new as its source; one whose source has no date either is what that document calls current: it comes
//! before dated ones, and the numbers of one such document are of one date. A number for the years of a whole
//! deployment speaks for their end.
//!
//! At one date two numbers overlap when they are of one partner, of the same mission (or one is of all
//! missions of the organization), and their roles are the same or one takes in the other. A mission's own number comes before one of all missions with `prefer=detail`, after it with `prefer=broad`;
//! then more official sources, newer ones, and the first id.
//!
//! One number for several missions or partners is never split and never repeated: grouped by mission or
//! partner it stands in `shared`, once, and the groups that it covers point to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Excluded, Reason};
use super::figure::Standing;
use super::question::{PeopleBy, Prefer, Window};
use super::time::{Span, ordinal};
use super::total::wider;
use crate::model::{Basis, Iso3, PartialDate, Period, Qualifier, RecordId, Vocabulary};

/// What people do, and which other roles that takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The vocabulary's word.
    pub word: &'static str,
    /// Whether it takes in every other.
    pub any: bool,
    /// The others that it takes in.
    pub takes_in: &'static [&'static str],
}

impl Role {
    fn meets(self, other: Self) -> bool {
        let within = |one: Self, other: Self| one.any || one.takes_in.contains(&other.word);
        self.word == other.word || within(self, other) || within(other, self)
    }
}

/// One published number of people.
#[derive(Debug, Clone)]
pub struct Posting {
    /// Its record's id.
    pub id: RecordId,
    /// The partners.
    pub partners: Vec<Iso3>,
    /// Who leads the mission.
    pub organization: &'static str,
    /// The missions that it covers; none for all of the organization, or where the source names none.
    pub missions: Vec<RecordId>,
    /// What they do.
    pub role: Role,
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
    /// The best source.
    pub source: RecordId,
    /// Its weight.
    pub standing: Standing,
}

/// How people are to be counted.
#[derive(Debug, Clone)]
pub struct PeopleQuestion {
    /// What they are grouped by; nothing for the total alone.
    pub group_by: Vec<PeopleBy>,
    /// Whether a number of all missions stands, or those of single ones.
    pub prefer: Prefer,
    /// The fiscal years asked for.
    pub window: Window,
}

/// People counted at one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counted {
    /// How many people; read it together with `qualifier`.
    pub personnel: u64,
    /// `more_than` when a number in the sum is; else `approximately`, else `less_than` when one is; else `exact`.
    pub qualifier: Qualifier,
    /// The least that the numbers allow. Null when one of them sets no lower bound.
    pub min_personnel: Option<u64>,
    /// The most that the numbers allow. Null when one of them sets no upper bound.
    pub max_personnel: Option<u64>,
    /// How many of them are women. Null when no source says for some of them.
    pub women: Option<u64>,
}

/// People of one group, counted at one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadGroup {
    /// What the numbers have in common, by the names that they were grouped by. Null for a number that has none.
    /// Empty for the total.
    pub key: BTreeMap<String, Option<String>>,
    /// Their sum. Null when no number could be counted.
    pub count: Option<Counted>,
    /// The date that every number in the sum speaks for. Null when nothing is in it, or when its source has no
    /// date and calls the number current.
    pub as_of: Option<PartialDate>,
    /// The ids of the numbers in the sum.
    pub included: Vec<RecordId>,
    /// The numbers that are not in the sum, with the reason.
    pub excluded: Vec<Excluded>,
    /// The ids of numbers that cover this group together with others; they stand in `shared`, in full.
    pub shared: Vec<RecordId>,
    /// What a reader should know before using the sum.
    pub notes: Vec<String>,
}

/// People counted without counting anybody twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadTotals {
    /// The groups, in the order of their keys, each at its own date.
    pub data: Vec<HeadGroup>,
    /// Everybody, at one date; not the sum of groups of other dates.
    pub total: HeadGroup,
    /// Numbers that cover several missions or partners together.
    pub shared: Vec<HeadGroup>,
}

/// When a number speaks for; greater is newer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    Dated(i64, PartialDate),
    /// Current, says a document without a date; the more official last.
    Current(i16, std::cmp::Reverse<RecordId>),
}

impl Posting {
    fn moment(&self) -> Moment {
        let end = |period: Period| {
            let (from, to) = (period.from().number(), period.to()?.number());
            // A period of several years and another one that ends with it are not one date.
            Some(Moment::Dated(
                ordinal(Some(PartialDate::of_year(to))) - i64::from(to - from),
                PartialDate::of_year(to),
            ))
        };
        let dated = |date: PartialDate| Moment::Dated(ordinal(Some(date)), date);
        self.as_of
            .map(dated)
            .or_else(|| self.period.and_then(end))
            .or_else(|| self.standing.published.map(dated))
            .unwrap_or_else(|| {
                let official = -i16::from(self.standing.official);
                Moment::Current(official, std::cmp::Reverse(self.source.clone()))
            })
    }

    /// The days that the number speaks for, where any are known.
    fn span(&self) -> Option<Span> {
        match (self.as_of, self.period.and_then(|period| Some((period, *period.to()?)))) {
            (None, Some((period, to))) => {
                let beyond = i16::from(*period.basis() == Basis::CalendarYear);
                Some(Span::fiscal(Some(period.from().number()), Some(to.number() + beyond)))
            }
            (None, None) if self.standing.published.is_none() => None,
            (as_of, _) => {
                let years = as_of.or(self.standing.published)?.fiscal_years();
                Some(Span::fiscal(Some(years.from), years.to))
            }
        }
    }

    fn barred(&self, window: Window) -> Option<Reason> {
        let in_years = match self.span() {
            Some(span) => window.span().meets(span),
            None => window.to.is_none(),
        };
        [
            (!self.sent_out, Reason::OtherDirection),
            (!self.deployed, Reason::NotDeployed),
            (self.personnel.is_none(), Reason::NoAmount),
            (!in_years, Reason::OutsideYears),
        ]
        .into_iter()
        .find_map(|(holds, reason)| holds.then_some(reason))
    }
}

/// Counts people. See [the module](self) for the rule.
pub fn count(postings: &[Posting], question: &PeopleQuestion) -> HeadTotals {
    let mut sorted: Vec<&Posting> = postings.iter().collect();
    sorted.sort_by(|one, other| one.id.cmp(&other.id));
    let mut keys = question.group_by.clone();
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(*key));
    let mut groups: BTreeMap<(bool, Vec<Option<String>>), Vec<&Posting>> = BTreeMap::new();
    for posting in sorted.iter().filter(|_| !keys.is_empty()) {
        let shared = keys.contains(&PeopleBy::Mission) && posting.missions.len() > 1
            || keys.contains(&PeopleBy::Partner) && posting.partners.len() > 1;
        let key = keys.iter().map(|key| value(posting, *key)).collect();
        groups.entry((shared, key)).or_default().push(posting);
    }
    let total = group(BTreeMap::new(), &sorted, question);
    let mut totals = HeadTotals { data: Vec::new(), total, shared: Vec::new() };
    for ((shared, key), postings) in groups {
        let key = keys.iter().map(|key| key.word().to_owned()).zip(key).collect();
        let group = group(key, &postings, question);
        if shared { totals.shared.push(group) } else { totals.data.push(group) }
    }
    for group in &mut totals.data {
        let points = totals.shared.iter().filter(|shared| covers(shared, group));
        group.shared = points.flat_map(|shared| shared.included.iter().cloned()).collect();
    }
    totals
}

fn value(posting: &Posting, key: PeopleBy) -> Option<String> {
    let joined = |words: Vec<&str>| (!words.is_empty()).then(|| words.join(","));
    match key {
        PeopleBy::Partner => joined(posting.partners.iter().map(|code| code.as_str()).collect()),
        PeopleBy::Mission => joined(posting.missions.iter().map(|code| code.as_str()).collect()),
        PeopleBy::Organization => Some(posting.organization.to_owned()),
        PeopleBy::Role => Some(posting.role.word.to_owned()),
    }
}

/// Whether a shared group covers a group, among others.
fn covers(shared: &HeadGroup, group: &HeadGroup) -> bool {
    group.key.iter().all(|(name, value)| match (shared.key.get(name), value) {
        (Some(Some(several)), Some(one)) => several.split(',').any(|code| code == one),
        (several, one) => several.is_some_and(|several| several == one),
    })
}

fn group(
    key: BTreeMap<String, Option<String>>,
    postings: &[&Posting],
    question: &PeopleQuestion,
) -> HeadGroup {
    let open: Vec<&Posting> = postings
        .iter()
        .copied()
        .filter(|posting| posting.barred(question.window).is_none())
        .collect();
    let newest = open.iter().map(|posting| posting.moment()).max();
    let mut standing = Standings::default();
    let mut now: Vec<&Posting> =
        open.iter().copied().filter(|posting| Some(posting.moment()) == newest).collect();
    now.sort_by_key(|posting| {
        // No mission named is the broadest; then several missions, then one.
        let breadth = if posting.missions.is_empty() { usize::MAX } else { posting.missions.len() };
        let breadth = if question.prefer == Prefer::Broad { usize::MAX - breadth } else { breadth };
        let role = posting.role.any == (question.prefer == Prefer::Detail);
        let age = -ordinal(posting.standing.published);
        (breadth, role, posting.standing.official, age, &posting.id)
    });
    let mut included: Vec<&Posting> = Vec::new();
    for posting in now {
        if standing.meeting(posting).is_empty() {
            standing.add(posting);
            included.push(posting);
        }
    }
    included.sort_by_key(|posting| &posting.id);
    let stand: BTreeSet<&RecordId> = included.iter().map(|posting| &posting.id).collect();
    let out = postings.iter().filter(|posting| !stand.contains(&posting.id));
    let excluded = out.map(|posting| {
        let barred = posting.barred(question.window);
        let other_date = || (Some(posting.moment()) != newest).then_some(Reason::OtherDate);
        let because = barred.or_else(other_date);
        let overlaps = match because {
            Some(Reason::OtherDate) | None => standing.meeting(posting),
            _ => BTreeSet::new(),
        };
        Excluded {
            id: posting.id.clone(),
            because: because.unwrap_or(Reason::Overlaps),
            overlaps: overlaps.into_iter().cloned().collect(),
        }
    });
    let mut notes = Vec::new();
    let as_of = match &newest {
        Some(Moment::Dated(_, date)) => {
            notes.push(format!("Speaks for {date}, the newest date here."));
            Some(*date)
        }
        Some(Moment::Current(_, source)) => {
            notes.push(format!("Speaks for the time of {}, which has no date.", source.0));
            None
        }
        None => None,
    };
    if open.iter().any(|posting| Some(posting.moment()) != newest) {
        notes.push("Numbers of other dates are left out: they cannot be added.".into());
    }
    let excluded = excluded.collect();
    HeadGroup {
        key,
        count: sum(&included),
        as_of,
        included: included.iter().map(|posting| posting.id.clone()).collect(),
        excluded,
        shared: Vec::new(),
        notes,
    }
}

/// What stands already, by partner, organization and mission.
#[derive(Default)]
struct Standings<'p> {
    by_mission: BTreeMap<(&'p Iso3, &'p RecordId), Vec<&'p Posting>>,
    by_organization: BTreeMap<(&'p Iso3, &'static str), Vec<&'p Posting>>,
    at_large: BTreeMap<(&'p Iso3, &'static str), Vec<&'p Posting>>,
}

impl<'p> Standings<'p> {
    fn add(&mut self, posting: &'p Posting) {
        for partner in &posting.partners {
            let organization = (partner, posting.organization);
            self.by_organization.entry(organization).or_default().push(posting);
            if posting.missions.is_empty() {
                self.at_large.entry(organization).or_default().push(posting);
            }
            for mission in &posting.missions {
                self.by_mission.entry((partner, mission)).or_default().push(posting);
            }
        }
    }

    /// The ids of those that count some of the same people.
    fn meeting(&self, posting: &Posting) -> BTreeSet<&'p RecordId> {
        let mut met = BTreeSet::new();
        let mut gather = |some: Option<&Vec<&'p Posting>>| {
            let some = some.into_iter().flatten();
            met.extend(some.filter(|one| one.role.meets(posting.role)).map(|one| &one.id));
        };
        for partner in &posting.partners {
            let organization = (partner, posting.organization);
            if posting.missions.is_empty() {
                gather(self.by_organization.get(&organization));
            } else {
                gather(self.at_large.get(&organization));
            }
            for mission in &posting.missions {
                gather(self.by_mission.get(&(partner, mission)));
            }
        }
        met
    }
}

fn sum(included: &[&Posting]) -> Option<Counted> {
    let one = |posting: &&Posting| {
        let personnel = u64::from(posting.personnel?);
        let qualifier = posting.qualifier.unwrap_or(Qualifier::Exact);
        let (min, max) = match qualifier {
            Qualifier::Exact => (Some(personnel), Some(personnel)),
            Qualifier::Approximately => (None, None),
            Qualifier::MoreThan => (Some(personnel), None),
            Qualifier::LessThan => (Some(0), Some(personnel)),
        };
        Some(Counted {
            personnel,
            qualifier,
            min_personnel: min,
            max_personnel: max,
            women: posting.women.map(u64::from),
        })
    };
    let both = |one: Option<u64>, other: Option<u64>| Some(one? + other?);
    included.iter().filter_map(one).reduce(|sum, next| Counted {
        personnel: sum.personnel + next.personnel,
        qualifier: wider(sum.qualifier, next.qualifier),
        min_personnel: both(sum.min_personnel, next.min_personnel),
        max_personnel: both(sum.max_personnel, next.max_personnel),
        women: both(sum.women, next.women),
    })
}
