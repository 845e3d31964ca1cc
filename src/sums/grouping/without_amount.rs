//! Partners and programs that were asked for, or that have figures, and have no amount.

use std::collections::BTreeSet;

use crate::model::{Iso3, RecordId};
use crate::sums::answer::WithoutAmount;
use crate::sums::counting::NoAmountReason;
use crate::sums::figure::Lane;
use crate::sums::partition::{Part, Partition, Values, value_of};
use crate::sums::question::{GroupBy, TotalsQuestion};
use crate::sums::tally::no_amount_reason;

/// The partners and programs that were asked for, or that have figures, and have no amount in a sum.
pub(super) fn without_amount(partition: &Partition<'_, '_>, part: &Part<'_>) -> Vec<WithoutAmount> {
    let (set, question) = (partition.set, partition.question);
    let grouped = |key: GroupBy| !part.values.is_empty() && partition.keys.contains(&key);
    let tally = &part.tally;
    let mut without = Vec::new();
    if part.incomparable.is_some() {
        return without;
    }
    // Of one partner alone the sum itself says why it has no amount.
    if !grouped(GroupBy::Partner) && question.partners.len() != 1 {
        let counted: BTreeSet<u16> = tally
            .counted_entries()
            .flat_map(|entry| set.partners_of(entry).iter().copied())
            .collect();
        let entries = tally.figures.iter().map(|figure| set.entry(*figure));
        let found = entries.map(|entry| set.partners_of(entry)).filter(|codes| codes.len() == 1);
        let found: BTreeSet<&Iso3> =
            found.flatten().map(|at| &set.partners[usize::from(*at)]).collect();
        let named = question.partners.iter();
        let wanted = if question.partners.is_empty() { found } else { named.collect() };
        let missing = wanted
            .into_iter()
            .filter(|code| set.partner(code).is_none_or(|partner| !counted.contains(&partner)));
        without.extend(missing.map(|code| WithoutAmount {
            partner: Some(code.to_string()),
            program: None,
            reason: reason_of_partner(partition, part, code),
        }));
    }
    if !grouped(GroupBy::Program) && question.programs.len() > 1 {
        let lane = |code: &RecordId| Lane::Program(code.clone());
        let missing = question.programs.iter().filter_map(|code| {
            let pairs = tally.figures.iter().zip(&tally.counting);
            let of_it = pairs.filter(|(figure, _)| *set.lane_of(set.entry(**figure)) == lane(code));
            let reason = no_amount_reason(of_it.map(|(_, counting)| *counting));
            let shown = reason != NoAmountReason::NoneCounted;
            shown.then(|| WithoutAmount { partner: None, program: Some(code.to_string()), reason })
        });
        without.extend(missing);
    }
    without
}

fn reason_of_partner(
    partition: &Partition<'_, '_>,
    part: &Part<'_>,
    code: &Iso3,
) -> NoAmountReason {
    let set = partition.set;
    if partition.question.not_covered.contains(code) {
        return NoAmountReason::NotCovered;
    }
    let Some(partner) = set.partner(code) else { return NoAmountReason::NotFound };
    let pairs = part.tally.figures.iter().zip(&part.tally.counting);
    let own = pairs.filter(|(figure, _)| set.partners_of(set.entry(**figure)).contains(&partner));
    no_amount_reason(own.map(|(_, counting)| *counting))
}

/// The rows of partners and programs that were asked for and have no figure.
pub(super) fn asked_for<'v>(
    partition: &Partition<'_, '_>,
    rows: impl Iterator<Item = &'v Values>,
) -> Vec<Values> {
    let (keys, question) = (&partition.keys, partition.question);
    let rows: Vec<&Values> = rows.collect();
    let partners: Vec<String> = question.partners.iter().map(Iso3::to_string).collect();
    let named = question.programs.iter().chain(&question.programs_within);
    let programs: Vec<String> = named.map(RecordId::to_string).collect();
    let mut wanted: Vec<Vec<(GroupBy, String)>> = vec![Vec::new()];
    for (key, codes) in [(GroupBy::Partner, &partners), (GroupBy::Program, &programs)] {
        if keys.contains(&key) && !codes.is_empty() {
            let with = |one: &Vec<(GroupBy, String)>| {
                let pairs = codes.iter().map(|code| (key, code.clone()));
                pairs.map(|pair| [one.as_slice(), &[pair]].concat()).collect::<Vec<_>>()
            };
            wanted = wanted.iter().flat_map(with).collect();
        }
    }
    let answered = |pairs: &[(GroupBy, String)]| {
        rows.iter().any(|values| {
            pairs.iter().all(|(key, code)| value_of(keys, values, *key) == Some(code.as_str()))
        })
    };
    let missing = wanted.into_iter().filter(|pairs| !pairs.is_empty() && !answered(pairs));
    missing
        .map(|pairs| {
            let value = |key: &GroupBy| {
                pairs.iter().find(|(one, _)| one == key).map(|(_, code)| code.clone())
            };
            keys.iter().map(value).collect()
        })
        .collect()
}

pub(super) fn reason_without_figures(
    question: &TotalsQuestion,
    keys: &[GroupBy],
    values: &Values,
) -> NoAmountReason {
    let partner = value_of(keys, values, GroupBy::Partner);
    let uncovered = |code: &str| question.not_covered.iter().any(|one| one.as_str() == code);
    if partner.is_some_and(uncovered) {
        NoAmountReason::NotCovered
    } else {
        NoAmountReason::NotFound
    }
}
