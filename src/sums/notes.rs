//! What a reader should know of the figures in a sum, in sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::Counting;
use super::figure::StageKind;
use super::tally::Tally;
use crate::model::{Basis, Qualifier, grouped_digits};

/// What a reader should know before using a sum.
pub(super) fn notes(tally: &Tally<'_>) -> Vec<String> {
    let set = tally.set;
    let mut notes: Vec<String> = Vec::new();
    let years = || tally.counted_entries().filter_map(|entry| entry.time.years);
    let bases: BTreeSet<Basis> = years().map(|years| years.basis).collect();
    if bases.len() > 1 {
        notes.push(
            "Adds figures of fiscal years and of calendar years; none of them share a day.".into(),
        );
    }
    let stages = tally.counted_entries().filter_map(|entry| entry.stage);
    let stages: BTreeSet<&str> = stages.map(|stage| stage.word).collect();
    if stages.len() > 1 {
        notes.push("Adds figures of several stages, each for money that no other covers.".into());
    }
    let says = |wanted: Qualifier| {
        let mut amounts = tally.counted_entries().filter_map(|entry| entry.amount);
        amounts.any(|amount| *amount.qualifier() == wanted)
    };
    if says(Qualifier::LessThan) {
        notes.push(if says(Qualifier::MoreThan) {
            "Holds lower and upper bounds at once: read min_usd, not usd.".into()
        } else {
            "Holds upper limits: what was given may be less.".into()
        });
    }
    for figure in tally.counted() {
        let open = set.entry(figure).time.years.filter(|years| years.to.is_none());
        let Some(years) = open else { continue };
        let id = set.id(figure);
        notes.push(match years.last_known {
            Some(last) => format!("{id} states no last year; its source knew of money up to {last}."),
            None => format!(
                "{id} states no last year, and nothing tells how far it reaches; what may be inside it is not \
                 added to it."
            ),
        });
    }
    if tally.counted_entries().any(|entry| entry.component.is_some()) {
        notes.push(
            "Holds figures of a part of a program, where no figure of the whole stands.".into(),
        );
    }
    if tally.shares.iter().any(|share| share.part_of.is_some()) {
        notes.push("An estimate: figures of several years are divided evenly over them.".into());
    }
    notes.extend(larger_mixed(tally));
    if !set.has_objectives && !set.is_of_sales() {
        notes.push(
            "This data does not say what money is for: assistance of every objective is added."
                .into(),
        );
    }
    if tally.counting.contains(&Counting::Credit) {
        notes.push(
            "Leaves out loans or guarantees, which are paid back: read the groups by program."
                .into(),
        );
    }
    if tally.counting.contains(&Counting::DifferentMeasure) {
        notes
            .push("Figures of different channels or measures make no sum: read the groups.".into());
    }
    notes
}

/// An amount as sentences print it.
pub(super) fn digits(usd: i64) -> String {
    grouped_digits(usd, ',', 4)
}

/// Names, for each set of partners, the largest total over several stages that was left out, where it is larger
/// than all that the sum holds of these partners.
fn larger_mixed(tally: &Tally<'_>) -> Vec<String> {
    let set = tally.set;
    let mut largest: BTreeMap<u32, (i64, u32)> = BTreeMap::new();
    for (figure, counting) in tally.figures.iter().zip(&tally.counting) {
        let entry = set.entry(*figure);
        let mixed = entry.stage_kind() == Some(StageKind::Mixed);
        let Some(amount) = entry.amount.filter(|_| mixed && *counting == Counting::OtherStage)
        else {
            continue;
        };
        let found = largest.entry(entry.partners).or_insert((i64::MIN, *figure));
        if amount.usd().dollars() > found.0 {
            *found = (amount.usd().dollars(), *figure);
        }
    }
    let note = |(partners, (usd, figure)): (u32, (i64, u32))| {
        let codes = set.partner_set(partners);
        let theirs = tally.shares.iter().filter(|share| {
            let own = set.partners_of(set.entry(share.figure));
            own.iter().any(|partner| codes.contains(partner))
        });
        let sum = theirs.fold(0_i64, |sum, share| sum.saturating_add(share.amount.usd));
        (usd > sum).then(|| {
            format!(
                "{}, a published total over several stages, gives {} US dollars for {}; the figures of the \
                 same in this sum make {}. It is left out, because nothing says how much is of which stage.",
                set.id(figure),
                digits(usd),
                set.partner_codes(partners).replace(',', ", "),
                digits(sum),
            )
        })
    };
    largest.into_iter().filter_map(note).collect()
}
