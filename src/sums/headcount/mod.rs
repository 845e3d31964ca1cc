//! Counting people without counting anybody twice.
//!
//! A number of people is a stock: it speaks for one date. Numbers of different dates are never added; of
//! those in the years asked for, the newest date is used, and named (`as_of`). A number without a date is as
//! new as its source; one whose source has no date either is what that document calls current: it comes
//! before dated ones, and the numbers of one such document are of one date. A number for the years of a whole
//! deployment speaks for their end.
//!
//! At one date two numbers overlap when they are of one partner, of the same mission (or one is of all
//! missions of the organization), and their roles are the same or one takes in the other. A mission's own number
//! comes before one of all missions with `prefer=detail`, after it with `prefer=broad`;
//! then more official sources, newer ones, and the first id.
//!
//! One number for several missions or partners is never split and never repeated: grouped by mission or
//! partner it stands in `shared`, once, and the groups that it covers point to it.
//!
//! A sum is partial, and has no upper bound, when a partner that was asked for, or that has numbers, has none at its
//! date; when numbers of other people at other dates are left out; when a record of its date, or of the years asked
//! for, states no number, unless a number in the sum contains it; or when the numbers are known to be a sample.

mod answer;
mod record;
mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use answer::{HeadcountGroup, HeadcountSum, HeadcountTotals};
use record::Moment;
pub use record::{Headcount, HeadcountRole};
use standing::Standing;

use super::answer::{Excluded, Key, RecordCount, WithoutAmount};
use super::counting::{Completeness, CompletenessReason, Counting, NoAmountReason};
use super::figure_time::ordinal;
use super::question::{PeopleBy, Prefer, YearsAsked};
use super::sum_amount::SumQualifier;
use crate::model::{Iso3, Qualifier, Vocabulary};

/// How people are to be counted.
#[derive(Debug, Clone)]
pub struct HeadcountQuestion {
    /// What they are grouped by; nothing for the total alone.
    pub group_by: Vec<PeopleBy>,
    /// Whether a number of all missions stands, or those of single ones.
    pub prefer: Prefer,
    /// The fiscal years asked for.
    pub years: YearsAsked,
    /// The partners asked for by name; empty for all.
    pub partners: Vec<Iso3>,
    /// Those of them that the dataset does not cover.
    pub not_covered: Vec<Iso3>,
    /// Whether numbers are left out by something else than partner, mission, organization, role and years.
    pub filtered: bool,
}

impl Default for HeadcountQuestion {
    fn default() -> Self {
        Self {
            group_by: Vec::new(),
            prefer: Prefer::Broad,
            years: YearsAsked::default(),
            partners: Vec::new(),
            not_covered: Vec::new(),
            filtered: false,
        }
    }
}

/// Whether a group stands in `shared`, and its key.
type Place = (bool, Vec<Option<String>>);

/// Counts people. See [the module](self) for the rule.
pub fn count_people(headcounts: &[Headcount], question: &HeadcountQuestion) -> HeadcountTotals {
    let sorted = sorted(headcounts);
    let keys = keys(question);
    let groups = grouped(&sorted, &keys);
    let (total, chosen) = group(BTreeMap::new(), &sorted, question, true);
    let mut adds: BTreeMap<Place, u64> = BTreeMap::new();
    for one in &chosen {
        let people = one.personnel.map_or(0, u64::from);
        *adds.entry(place(one, &keys)).or_default() += people;
    }
    let has_total = total.count.is_some();
    let mut totals = HeadcountTotals { data: Vec::new(), total, shared: Vec::new() };
    let named = |values: &[Option<String>]| -> Key {
        keys.iter().map(|key| key.word().to_owned()).zip(values.iter().cloned()).collect()
    };
    let mut rows: BTreeMap<Place, HeadcountGroup> = BTreeMap::new();
    for (place, members) in groups {
        let by_partner = keys.contains(&PeopleBy::Partner);
        let (row, _) = group(named(&place.1), &members, question, !by_partner);
        rows.insert(place, row);
    }
    for code in question.partners.iter().filter(|_| keys.contains(&PeopleBy::Partner)) {
        let is_of = |row: &HeadcountGroup| row.key["partner"].as_deref() == Some(code.as_str());
        if !rows.values().any(is_of) {
            let value = |key: &PeopleBy| (*key == PeopleBy::Partner).then(|| code.to_string());
            let values: Vec<Option<String>> = keys.iter().map(value).collect();
            let (mut row, _) = group(named(&values), &[], question, false);
            row.reason = Some(absence(question, code));
            rows.insert((false, values), row);
        }
    }
    for (place, mut row) in rows {
        row.adds_personnel = has_total.then(|| adds.get(&place).copied().unwrap_or_default());
        if place.0 { totals.shared.push(row) } else { totals.data.push(row) }
    }
    for group in &mut totals.data {
        let points = totals.shared.iter().filter(|shared| covers(shared, group));
        group.shared = points.flat_map(|shared| shared.included.iter().cloned()).collect();
    }
    totals
}

/// What the sum of a question does with each number, by the place of it among those given: the total, or where it is
/// grouped each group for itself.
pub fn count_headcount_records(
    headcounts: &[Headcount],
    question: &HeadcountQuestion,
) -> Vec<RecordCount<u64>> {
    let sorted = sorted(headcounts);
    let keys = keys(question);
    let groups = if keys.is_empty() {
        vec![sorted]
    } else {
        grouped(&sorted, &keys).into_values().collect()
    };
    let mut counts = BTreeMap::new();
    for members in groups {
        let (row, chosen) = group(BTreeMap::new(), &members, question, false);
        for one in chosen {
            let counted = one.personnel.map(u64::from);
            counts.insert(one.id.clone(), RecordCount { counting: Counting::Counted, counted });
        }
        let out = row
            .excluded
            .into_iter()
            .map(|out| (out.id, RecordCount { counting: out.because, counted: None }));
        counts.extend(out);
    }
    let missing = RecordCount { counting: Counting::Overlaps, counted: None };
    headcounts.iter().map(|one| counts.get(&one.id).copied().unwrap_or(missing)).collect()
}

fn sorted(headcounts: &[Headcount]) -> Vec<&Headcount> {
    let mut sorted: Vec<&Headcount> = headcounts.iter().collect();
    sorted.sort_by(|one, other| one.id.cmp(&other.id));
    sorted
}

fn keys(question: &HeadcountQuestion) -> Vec<PeopleBy> {
    let mut seen = BTreeSet::new();
    question.group_by.iter().copied().filter(|key| seen.insert(*key)).collect()
}

fn grouped<'h>(sorted: &[&'h Headcount], keys: &[PeopleBy]) -> BTreeMap<Place, Vec<&'h Headcount>> {
    let mut groups: BTreeMap<Place, Vec<&Headcount>> = BTreeMap::new();
    for one in sorted.iter().filter(|_| !keys.is_empty()) {
        groups.entry(place(one, keys)).or_default().push(one);
    }
    groups
}

fn place(one: &Headcount, keys: &[PeopleBy]) -> Place {
    let shared = keys.contains(&PeopleBy::Mission) && one.missions.len() > 1
        || keys.contains(&PeopleBy::Partner) && one.partners.len() > 1;
    let joined = |words: Vec<&str>| (!words.is_empty()).then(|| words.join(","));
    let value = |key: &PeopleBy| match key {
        PeopleBy::Partner => joined(one.partners.iter().map(Iso3::as_str).collect()),
        PeopleBy::Mission => joined(one.missions.iter().map(|code| code.as_str()).collect()),
        PeopleBy::Organization => Some(one.organization.to_owned()),
        PeopleBy::Role => Some(one.role.word.to_owned()),
    };
    (shared, keys.iter().map(value).collect())
}

/// Whether a shared group covers a group, among others.
fn covers(shared: &HeadcountGroup, group: &HeadcountGroup) -> bool {
    group.key.iter().all(|(name, value)| match (shared.key.get(name), value) {
        (Some(Some(several)), Some(one)) => several.split(',').any(|code| code == one),
        (several, one) => several.is_some_and(|several| several == one),
    })
}

/// The numbers that stand, by id, and the moment that they speak for.
fn choose<'h>(
    open: &[&'h Headcount],
    newest: Option<&Moment>,
    prefer: Prefer,
) -> (Vec<&'h Headcount>, Standing<'h>) {
    let mut now: Vec<&Headcount> =
        open.iter().copied().filter(|one| Some(&one.moment()) == newest).collect();
    now.sort_by_key(|one| {
        // No mission named is the broadest; then several missions, then one.
        let breadth = if one.missions.is_empty() { usize::MAX } else { one.missions.len() };
        let breadth = if prefer == Prefer::Broad { usize::MAX - breadth } else { breadth };
        let role = one.role.any == (prefer == Prefer::Detail);
        let age = -ordinal(one.rank.published);
        (breadth, role, one.rank.official, age, &one.id)
    });
    let mut standing = Standing::default();
    let mut chosen: Vec<&Headcount> = Vec::new();
    for one in now {
        if standing.overlaps(one).is_empty() {
            standing.add(one);
            chosen.push(one);
        }
    }
    chosen.sort_by_key(|one| &one.id);
    (chosen, standing)
}

/// One group and the numbers in it; `of_partners` when it adds up partners, who are then told one by one.
fn group<'h>(
    key: Key,
    members: &[&'h Headcount],
    question: &HeadcountQuestion,
    of_partners: bool,
) -> (HeadcountGroup, Vec<&'h Headcount>) {
    let open: Vec<&Headcount> = members
        .iter()
        .copied()
        .filter(|one| one.exclusion_reason(question.years).is_none())
        .collect();
    let newest = open.iter().map(|one| one.moment()).max();
    let (chosen, standing) = choose(&open, newest.as_ref(), question.prefer);
    let stand: BTreeSet<_> = chosen.iter().map(|one| &one.id).collect();
    let mut excluded = Vec::new();
    for one in members.iter().filter(|one| !stand.contains(&one.id)) {
        let other_date = Some(one.moment()) != newest;
        let reason = one.exclusion_reason(question.years);
        let because =
            reason.unwrap_or(if other_date { Counting::OtherDate } else { Counting::Overlaps });
        let overlaps = match reason {
            None => standing.overlaps(one).into_iter().cloned().collect(),
            Some(_) => Arc::default(),
        };
        excluded.push(Excluded { id: one.id.clone(), because, overlaps });
    }
    let without_amount =
        if of_partners { without_amount(members, &chosen, question) } else { Vec::new() };
    let mut reasons = Vec::new();
    let mut reason_if = |holds: bool, reason| {
        if holds {
            reasons.push(reason);
        }
    };
    let elsewhere = |out: &Excluded| out.because == Counting::OtherDate && out.overlaps.is_empty();
    reason_if(chosen.is_empty() && without_amount.is_empty(), CompletenessReason::WithoutAmount);
    reason_if(chosen.iter().any(|one| one.of_sample), CompletenessReason::Sample);
    reason_if(excluded.iter().any(elsewhere), CompletenessReason::OtherDates);
    let missing = members.iter().any(|one| is_missing(one, &chosen, newest.as_ref(), question));
    reason_if(!without_amount.is_empty() || missing, CompletenessReason::WithoutAmount);
    reason_if(question.filtered, CompletenessReason::Filtered);
    reasons.dedup();
    let whole = reasons.is_empty();
    let (as_of, notes) = notes(newest.as_ref(), &open);
    let count = sum(&chosen).map(|sum| if whole { sum } else { on_record(sum) });
    let row = HeadcountGroup {
        key,
        reason: count.is_none().then(|| missing_reason(members)),
        count,
        adds_personnel: None,
        completeness: if whole { Completeness::Whole } else { Completeness::Partial },
        completeness_reasons: reasons,
        without_amount,
        as_of,
        included: chosen.iter().map(|one| one.id.clone()).collect(),
        excluded,
        shared: Vec::new(),
        notes,
    };
    (row, chosen)
}

/// Whether people of the sum's date, or of the years asked for, stand in a record without a number, and no number in
/// the sum contains them.
fn is_missing(
    one: &Headcount,
    chosen: &[&Headcount],
    newest: Option<&Moment>,
    question: &HeadcountQuestion,
) -> bool {
    let of_years = question.years != YearsAsked::default() && one.is_of(question.years);
    one.personnel.is_none()
        && one.sent_out
        && one.deployed
        && (of_years || Some(&one.moment()) == newest)
        && !chosen.iter().any(|other| other.contains(one))
}

fn missing_reason(members: &[&Headcount]) -> NoAmountReason {
    if members.is_empty() {
        NoAmountReason::NotFound
    } else if members.iter().all(|one| one.personnel.is_none()) {
        NoAmountReason::NumberMissing
    } else {
        NoAmountReason::NoneCounted
    }
}

fn absence(question: &HeadcountQuestion, code: &Iso3) -> NoAmountReason {
    if question.not_covered.contains(code) {
        NoAmountReason::NotCovered
    } else {
        NoAmountReason::NotFound
    }
}

/// The partners that were asked for, or that have records of people sent out, and have no number in the sum.
fn without_amount(
    members: &[&Headcount],
    chosen: &[&Headcount],
    question: &HeadcountQuestion,
) -> Vec<WithoutAmount> {
    let counted: BTreeSet<&Iso3> = chosen.iter().flat_map(|one| &one.partners).collect();
    let sent = || members.iter().filter(|one| one.sent_out && one.deployed);
    let found: BTreeSet<&Iso3> = sent().flat_map(|one| &one.partners).collect();
    let named = question.partners.iter();
    let wanted = if question.partners.is_empty() { found } else { named.collect() };
    // Of one partner alone the sum itself says why it has no number.
    if question.partners.len() == 1 {
        return Vec::new();
    }
    let missing = wanted.into_iter().filter(|code| !counted.contains(code));
    let reason = |code: &Iso3| {
        let mut own = sent().filter(|one| one.partners.contains(code)).peekable();
        if own.peek().is_none() {
            absence(question, code)
        } else if own.any(|one| one.exclusion_reason(question.years).is_none()) {
            NoAmountReason::OtherDate
        } else {
            NoAmountReason::NumberMissing
        }
    };
    missing
        .map(|code| WithoutAmount {
            partner: Some(code.to_string()),
            program: None,
            reason: reason(code),
        })
        .collect()
}

fn notes(
    newest: Option<&Moment>,
    open: &[&Headcount],
) -> (Option<crate::model::PartialDate>, Vec<String>) {
    let mut notes = Vec::new();
    let as_of = match newest {
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
    if open.iter().any(|one| Some(&one.moment()) != newest) {
        notes.push("Numbers of other dates are left out: they cannot be added.".into());
    }
    (as_of, notes)
}

fn on_record(sum: HeadcountSum) -> HeadcountSum {
    HeadcountSum { qualifier: SumQualifier::OnRecord, max_personnel: None, ..sum }
}

fn sum(chosen: &[&Headcount]) -> Option<HeadcountSum> {
    let one = |one: &&Headcount| {
        let personnel = u64::from(one.personnel?);
        let qualifier = one.qualifier.unwrap_or(Qualifier::Exact);
        let (min, max) = match qualifier {
            Qualifier::Exact => (Some(personnel), Some(personnel)),
            Qualifier::Approximately => (None, None),
            Qualifier::MoreThan => (Some(personnel), None),
            Qualifier::LessThan => (Some(0), Some(personnel)),
        };
        Some(HeadcountSum {
            personnel,
            qualifier: qualifier.into(),
            min_personnel: min,
            max_personnel: max,
            women: one.women.map(u64::from),
        })
    };
    let both = |one: Option<u64>, other: Option<u64>| Some(one? + other?);
    chosen.iter().filter_map(one).reduce(|sum, next| HeadcountSum {
        personnel: sum.personnel + next.personnel,
        qualifier: sum.qualifier.wider(next.qualifier),
        min_personnel: both(sum.min_personnel, next.min_personnel),
        max_personnel: both(sum.max_personnel, next.max_personnel),
        women: both(sum.women, next.women),
    })
}
