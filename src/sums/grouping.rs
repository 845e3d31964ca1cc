//! Groups and their total: the answer to a question.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::answer::{Excluded, Group, Key, LargerFigure, RecordCount, Totals, WithoutAmount};
use super::assessment::{Assessment, ProgramsNamed, SumQuestion, assess, scope_changes};
use super::comparison;
use super::counting::{Counting, NoAmountReason};
use super::figure::{Lane, SaleKind};
use super::figure_set::FigureSet;
use super::figure_time::DaySpan;
use super::notes::{digits, notes};
use super::partition::{Part, Partition, Values};
use super::question::{GroupBy, TotalsQuestion, YearsAsked};
use super::sum_amount::SumAmount;
use super::tally::{Tally, covered_runs, no_amount_reason};
use crate::model::{Iso3, RecordId, Vocabulary};

/// Adds figures of a set, given by their numbers, without counting a dollar twice. See [the module](super) for the
/// rule.
pub fn add(
    set: &FigureSet,
    figures: impl IntoIterator<Item = u32>,
    question: &TotalsQuestion,
) -> Totals {
    let partition = Partition::new(set, figures, question);
    let total = partition.total();
    let mut adds: BTreeMap<(bool, Values), i64> = BTreeMap::new();
    for share in &total.tally.shares {
        *adds.entry(partition.place_of(share)).or_default() += share.amount.usd;
    }
    let has_total = !total.tally.shares.is_empty();
    let mut rows: BTreeMap<(bool, Values), Group> = BTreeMap::new();
    for part in partition.groups() {
        let place = (part.shared, part.values.clone());
        rows.insert(place, group(&partition, &part, false));
    }
    let mut totals =
        Totals { data: Vec::new(), total: group(&partition, &total, true), shared: Vec::new() };
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

fn key(partition: &Partition<'_, '_>, values: &Values) -> Key {
    let names = partition.keys.iter().map(|key| key.word().to_owned());
    names.zip(values.iter().cloned()).collect()
}

/// The value of a row's key; none where it is not grouped by that.
fn value_of(keys: &[GroupBy], values: &Values, key: GroupBy) -> Option<String> {
    let at = keys.iter().position(|one| *one == key)?;
    values.get(at).cloned().flatten()
}

/// What a sum would have to cover to be whole.
fn programs_named(partition: &Partition<'_, '_>, part: &Part<'_>) -> ProgramsNamed {
    let (set, question) = (partition.set, partition.question);
    let lanes = |codes: &[RecordId]| codes.iter().filter_map(|code| set.program(code)).collect();
    if set.is_of_sales() {
        let entries = part.tally.figures.iter().map(|figure| set.entry(*figure));
        let lanes: BTreeSet<u16> = entries.map(|entry| entry.lane).collect();
        return ProgramsNamed::Each(lanes.into_iter().collect());
    }
    let own = value_of(&partition.keys, &part.values, GroupBy::Program);
    match own.and_then(|code| code.parse().ok()) {
        Some(code) => ProgramsNamed::Each(lanes(&[code])),
        None if !question.programs.is_empty() => ProgramsNamed::Each(lanes(&question.programs)),
        None if !question.programs_within.is_empty() => {
            ProgramsNamed::Within(lanes(&question.programs_within))
        }
        None => ProgramsNamed::None,
    }
}

/// Whether a part is a group of the figures of certain years.
fn is_of_own_years(partition: &Partition<'_, '_>, part: &Part<'_>) -> bool {
    partition.keys.contains(&GroupBy::FiscalYear) && !part.values.is_empty()
}

/// The years asked of a group: a group by year has its own.
fn years_asked(partition: &Partition<'_, '_>, part: &Part<'_>) -> YearsAsked {
    if !is_of_own_years(partition, part) {
        return partition.question.years;
    }
    let own = value_of(&partition.keys, &part.values, GroupBy::FiscalYear);
    let year = own.and_then(|label| label.parse::<i16>().ok());
    YearsAsked { from: year, to: year }
}

fn group(partition: &Partition<'_, '_>, part: &Part<'_>, of_total: bool) -> Group {
    let set = partition.set;
    let tally = &part.tally;
    let rules = partition.rules(of_total);
    let without_amount = without_amount(partition, part);
    let question = SumQuestion {
        rules: &rules,
        years: years_asked(partition, part),
        of_own_years: is_of_own_years(partition, part),
        programs: programs_named(partition, part),
        filtered: partition.question.filtered,
        without_amount: !without_amount.is_empty(),
    };
    let assessment = assess(tally, &question);
    let mut stages: Vec<_> = tally.counted_entries().filter_map(|entry| entry.stage).collect();
    stages.sort_by_key(|stage| (stage.rank, stage.word));
    stages.dedup();
    let lanes: BTreeSet<u16> = tally.counted_entries().map(|entry| entry.lane).collect();
    let objectives: BTreeSet<_> = tally.counted_entries().map(|entry| entry.objective).collect();
    let stock = |kind| kind == Some(SaleKind::Stock);
    let (years_from, years_to) = window_years(&assessment);
    let amount = amount(tally.sum(), &assessment);
    Group {
        key: key(partition, &part.values),
        fiscal_year_from: years_from,
        fiscal_year_to: years_to,
        amount,
        reason: amount.is_none().then(|| {
            part.incomparable.unwrap_or_else(|| no_amount_reason(tally.counting.iter().copied()))
        }),
        adds_usd: None,
        completeness: assessment.completeness,
        completeness_reasons: assessment.reasons,
        larger_figures: assessment
            .larger
            .iter()
            .filter_map(|figure| {
                Some(LargerFigure { id: set.id(*figure), amount: set.entry(*figure).amount? })
            })
            .collect(),
        without_amount,
        estimate: tally.shares.iter().any(|share| share.part_of.is_some()),
        stages: stages.iter().map(|stage| stage.word.to_owned()).collect(),
        objectives: if set.is_of_sales() { Vec::new() } else { objectives.into_iter().collect() },
        programs: lanes.into_iter().map(|lane| set.lanes[usize::from(lane)].to_string()).collect(),
        scope_changes: scope_changes(tally),
        as_of: tally
            .counted_entries()
            .find(|entry| stock(set.sale_kind(entry)))
            .and_then(|entry| entry.as_of),
        years_covered: covered_runs(tally),
        years_missing: assessment.years_missing,
        included: tally.counted().map(|figure| set.id(figure)).collect(),
        parts: tally.parts(),
        excluded: if partition.question.list_excluded { excluded(tally) } else { Vec::new() },
        shared: Vec::new(),
        notes: notes(tally),
    }
}

/// The figures that are not in a sum, each with the reason.
fn excluded(tally: &Tally<'_>) -> Vec<Excluded> {
    let set = tally.set;
    let mut overlaps = tally.overlaps();
    // Figures beside each other mostly overlap the same: their ids are listed once.
    let mut last: (Rc<[u32]>, Arc<[RecordId]>) = (Rc::default(), Arc::default());
    let mut ids = |figures: Rc<[u32]>| {
        if figures != last.0 {
            let ids = figures.iter().map(|figure| set.id(*figure)).collect();
            last = (figures, ids);
        }
        Arc::clone(&last.1)
    };
    let pairs = tally.figures.iter().zip(&tally.counting);
    let excluded = pairs.filter(|(_, counting)| **counting != Counting::Counted);
    let excluded = excluded.map(|(figure, because)| Excluded {
        id: set.id(*figure),
        because: *because,
        overlaps: if because.lies_in_the_figure() {
            Arc::default()
        } else {
            ids(overlaps(*figure))
        },
    });
    excluded.collect()
}

/// Only a whole sum has a qualifier of its own and an upper bound.
fn amount(sum: Option<SumAmount>, assessment: &Assessment) -> Option<SumAmount> {
    let whole = assessment.reasons.is_empty();
    sum.map(|sum| if whole { sum } else { sum.on_record() })
}

fn window_years(assessment: &Assessment) -> (Option<i16>, Option<i16>) {
    let (from, to) = assessment.window;
    let years = |day: i32| DaySpan { from: day, to: day }.fiscal_years().0;
    (from.map(years), to.map(years))
}

/// The partners and programs that were asked for, or that have figures, and have no amount in a sum.
fn without_amount(partition: &Partition<'_, '_>, part: &Part<'_>) -> Vec<WithoutAmount> {
    let (set, question) = (partition.set, partition.question);
    let grouped = |key: GroupBy| !part.values.is_empty() && partition.keys.contains(&key);
    let tally = &part.tally;
    let mut without = Vec::new();
    if part.incomparable.is_some() {
        return without;
    }
    if !grouped(GroupBy::Partner) {
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
        // Of one partner alone the sum itself says why it has no amount.
        let several = question.partners.len() != 1;
        without.extend(missing.filter(|_| several).map(|code| WithoutAmount {
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
fn asked_for<'v>(
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
            pairs.iter().all(|(key, code)| value_of(keys, values, *key).as_ref() == Some(code))
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

fn reason_without_figures(
    question: &TotalsQuestion,
    keys: &[GroupBy],
    values: &Values,
) -> NoAmountReason {
    let partner = value_of(keys, values, GroupBy::Partner);
    let uncovered = |code: &String| question.not_covered.iter().any(|one| one.as_str() == code);
    if partner.as_ref().is_some_and(uncovered) {
        NoAmountReason::NotCovered
    } else {
        NoAmountReason::NotFound
    }
}

/// A row without figures of its own.
fn empty_row(partition: &Partition<'_, '_>, values: &Values, reason: NoAmountReason) -> Group {
    let none = Partition::new(partition.set, [], partition.question).total();
    let part = Part { values: values.clone(), ..none };
    Group { reason: Some(reason), ..group(partition, &part, false) }
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
