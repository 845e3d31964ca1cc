//! Groups and their total: the answer to a question.

mod row;
mod without_amount;

use std::collections::BTreeMap;

use row::{empty_row, group, row_figures};
use without_amount::{asked_for, reason_without_figures};

use super::answer::{Group, GroupFigures, RecordCount, Totals};
use super::comparison;
use super::counting::NoAmountReason;
use super::figure_set::FigureSet;
use super::notes::digits;
use super::partition::{Part, Partition, Values};
use super::question::{GroupBy, TotalsQuestion};
use super::sum_amount::SumAmount;

/// Adds figures of a set, given by their numbers, without counting a dollar twice. See [the module](super) for the
/// rule.
pub fn add(
    set: &FigureSet,
    figures: impl IntoIterator<Item = u32>,
    question: &TotalsQuestion,
) -> Totals {
    let partition = Partition::new(set, figures, question);
    let total = partition.total();
    let adds = partition.added_to_places(&total.tally.shares);
    let has_total = !total.tally.shares.is_empty();
    let rules = partition.rules(false);
    let groups = partition.groups().into_iter();
    let groups = groups.map(|part| {
        let row = group(&partition, &part, &rules);
        ((part.shared, part.values), row)
    });
    let mut rows: BTreeMap<(bool, Values), Group> = groups.collect();
    let total = group(&partition, &total, &partition.rules(true));
    let mut totals = Totals::of_total(total);
    if !partition.keys.is_empty() {
        // Each figure of the total stands in a row, even if in that row's own sum it gives way.
        for place in
            adds.keys().filter(|place| !rows.contains_key(*place)).cloned().collect::<Vec<_>>()
        {
            let row = empty_row(&partition, &place.1, NoAmountReason::NoneCounted);
            rows.insert(place, row);
        }
        for values in asked_for(&partition, rows.keys().map(|(_, values)| values)) {
            let reason = reason_without_figures(question, &partition.keys, &values);
            rows.insert((false, values.clone()), empty_row(&partition, &values, reason));
        }
    }
    for ((shared, values), mut row) in rows {
        row.adds_usd = has_total.then(|| adds.get(&(shared, values)).copied().unwrap_or_default());
        if shared { totals.shared.push(row) } else { totals.data.push(row) }
    }
    point_to_shared(&mut totals);
    compare(&mut totals);
    if partition.keys.contains(&GroupBy::Partner) {
        let sales = set.is_of_sales();
        totals.total.notes.extend(comparison::between_partners(&totals.data, sales));
    }
    totals
}

/// The figures of the groups that [`add`] makes, those of several together last. A group without figures is left out.
pub fn group_figures(
    set: &FigureSet,
    figures: impl IntoIterator<Item = u32>,
    question: &TotalsQuestion,
) -> Vec<GroupFigures> {
    figures_of(&Partition::new(set, figures, question))
}

/// As [`group_figures`], with the total of all: without notes that hold it against its groups.
pub fn group_figures_and_total(
    set: &FigureSet,
    figures: impl IntoIterator<Item = u32>,
    question: &TotalsQuestion,
) -> (Vec<GroupFigures>, Group) {
    let partition = Partition::new(set, figures, question);
    let total = group(&partition, &partition.total(), &partition.rules(true));
    (figures_of(&partition), total)
}

fn figures_of(partition: &Partition<'_, '_>) -> Vec<GroupFigures> {
    partition.groups().iter().map(|part| row_figures(partition, part)).collect()
}

/// What the sum of a question does with each of its figures, in the order of their numbers: the total, or where it
/// is grouped each group for itself.
pub fn count_records(
    set: &FigureSet,
    figures: impl IntoIterator<Item = u32>,
    question: &TotalsQuestion,
) -> Vec<(u32, RecordCount<i64>)> {
    let partition = Partition::new(set, figures, question);
    let mut counts = Vec::new();
    let mut count = |part: Part<'_>| {
        let shares = part.tally.shares.iter().map(|share| (share.figure, share.amount.usd));
        let mut shares = shares.peekable();
        for (figure, counting) in part.tally.figures.iter().zip(&part.tally.counting) {
            let counted = shares.next_if(|(counted, _)| counted == figure).map(|(_, usd)| usd);
            counts.push((*figure, RecordCount { counting: *counting, counted }));
        }
    };
    if question.group_by.is_empty() {
        count(partition.total());
    } else {
        partition.each_group(count);
    }
    counts.sort_unstable_by_key(|(figure, _)| *figure);
    counts
}

/// Lets each partner's groups name the joint figures that cover it.
fn point_to_shared(totals: &mut Totals) {
    const PARTNER: &str = "partner";
    for shared in &totals.shared {
        let codes = shared.key.get(PARTNER).cloned().flatten().unwrap_or_default();
        let codes: Vec<&str> = codes.split(',').collect();
        for group in &mut totals.data {
            let same = group.key.iter().all(|(name, value)| match name.as_str() {
                PARTNER => value.as_deref().is_some_and(|code| codes.contains(&code)),
                _ => shared.key.get(name) == Some(value),
            });
            if same {
                group.shared.extend(shared.included.iter().cloned());
            }
        }
    }
}

/// Says so when the total is not what the groups make.
fn compare(totals: &mut Totals) {
    let Some(total) = totals.total.amount else { return };
    if totals.data.is_empty() && totals.shared.is_empty() {
        return;
    }
    let groups = totals.data.iter().chain(&totals.shared);
    let sum = SumAmount::sum(groups.filter_map(|group| group.amount)).map_or(0, |sum| sum.usd);
    let less = sum.saturating_sub(total.usd);
    if less > 0 {
        totals.total.notes.push(format!(
            "Less than its groups and shared figures, which make {} US dollars, by {}: \
             some of them cover the same money, or hold what the total leaves out. Add `adds_usd`.",
            digits(sum),
            digits(less)
        ));
    } else if less < 0 {
        // A figure that loses inside its group to one that loses outside may stand in the total.
        totals.total.notes.push(format!(
            "More than its groups and shared figures, which make {} US dollars, by {}: \
             figures that give way in a group stand in the total. Add `adds_usd`.",
            digits(sum),
            digits(-less)
        ));
    }
}
