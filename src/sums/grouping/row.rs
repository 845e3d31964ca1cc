//! A row of an answer: a group or the total, with what is in it, what is not, and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::without_amount::without_amount;
use crate::model::{RecordId, Vocabulary};
use crate::sums::answer::{Excluded, Group, GroupFigures, Key, LargerFigure};
use crate::sums::assessment::{Assessment, ProgramsNamed, SumQuestion, assess, scope_changes};
use crate::sums::counting::{Counting, NoAmountReason};
use crate::sums::decision::Rules;
use crate::sums::figure::SaleKind;
use crate::sums::figure_time::DaySpan;
use crate::sums::notes::notes;
use crate::sums::partition::{Part, Partition, Values, value_of};
use crate::sums::question::{GroupBy, YearsAsked};
use crate::sums::sum_amount::SumAmount;
use crate::sums::tally::{Tally, covered_runs, no_amount_reason};

fn key(partition: &Partition<'_, '_>, values: &Values) -> Key {
    let names = partition.keys.iter().map(|key| key.word().to_owned());
    names.zip(values.iter().cloned()).collect()
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

/// A group, or the total.
pub(super) fn group(partition: &Partition<'_, '_>, part: &Part<'_>, rules: &Rules) -> Group {
    let set = partition.set;
    let tally = &part.tally;
    let without_amount = without_amount(partition, part);
    let question = SumQuestion {
        rules,
        years: years_asked(partition, part),
        of_own_years: is_of_own_years(partition, part),
        programs: programs_named(partition, part),
        filtered: partition.question.filtered,
        without_amount: !without_amount.is_empty(),
    };
    let assessment = assess(tally, &question);
    let lanes: BTreeSet<u16> = tally.counted_entries().map(|entry| entry.lane).collect();
    let objectives: BTreeSet<_> = tally.counted_entries().map(|entry| entry.objective).collect();
    let stock = |kind| kind == Some(SaleKind::Stock);
    let (years_from, years_to) = window_years(&assessment);
    let amount = amount(&assessment);
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
        stages: stages(tally),
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
        parts: tally.parts().collect(),
        excluded: if partition.question.list_excluded { excluded(tally) } else { Vec::new() },
        shared: Vec::new(),
        notes: notes(tally),
    }
}

/// The figures of a group alone.
pub(super) fn row_figures(partition: &Partition<'_, '_>, part: &Part<'_>) -> GroupFigures {
    let (set, tally) = (partition.set, &part.tally);
    let pairs = tally.figures.iter().zip(&tally.counting);
    let pairs = pairs.filter(|_| partition.question.list_excluded);
    let proposed = pairs.filter(|(_, counting)| **counting == Counting::Proposal);
    GroupFigures {
        key: key(partition, &part.values),
        included: tally.counted().map(|figure| set.id(figure)).collect(),
        parts: tally.parts().collect(),
        stages: stages(tally),
        proposals: proposed.map(|(figure, _)| set.id(*figure)).collect(),
    }
}

/// The stages of the figures in a sum, the most final first.
fn stages(tally: &Tally<'_>) -> Vec<&'static str> {
    let mut stages: Vec<_> = tally.counted_entries().filter_map(|entry| entry.stage).collect();
    stages.sort_by_key(|stage| (stage.rank, stage.word));
    stages.dedup();
    stages.into_iter().map(|stage| stage.word).collect()
}

/// The figures that are not in a sum, each with the reason.
fn excluded(tally: &Tally<'_>) -> Vec<Excluded> {
    let set = tally.set;
    let overlaps = tally.overlaps();
    // Figures beside each other mostly overlap the same: their ids are listed once.
    let mut last: (Vec<u32>, Arc<[RecordId]>) = (Vec::new(), Arc::default());
    let mut found = Vec::new();
    let mut ids = |figure: u32| {
        overlaps(figure, &mut found);
        if found != last.0 {
            let ids = found.iter().map(|figure| set.id(*figure)).collect();
            last = (std::mem::take(&mut found), ids);
        }
        Arc::clone(&last.1)
    };
    let pairs = tally.figures.iter().zip(&tally.counting);
    let excluded = pairs.filter(|(_, counting)| **counting != Counting::Counted);
    let excluded = excluded.map(|(figure, because)| Excluded {
        id: set.id(*figure),
        because: *because,
        overlaps: if because.lies_in_the_figure() { Arc::default() } else { ids(*figure) },
    });
    excluded.collect()
}

/// Only a whole sum has a qualifier of its own and an upper bound.
fn amount(assessment: &Assessment) -> Option<SumAmount> {
    let whole = assessment.reasons.is_empty();
    assessment.sum.map(|sum| if whole { sum } else { sum.on_record() })
}

fn window_years(assessment: &Assessment) -> (Option<i16>, Option<i16>) {
    let (from, to) = assessment.window;
    let years = |day: i32| DaySpan { from: day, to: day }.fiscal_years().0;
    (from.map(years), to.map(years))
}

/// A row without figures of its own.
pub(super) fn empty_row(
    partition: &Partition<'_, '_>,
    values: &Values,
    reason: NoAmountReason,
) -> Group {
    let none = Partition::new(partition.set, [], partition.question).total();
    let part = Part { values: values.clone(), ..none };
    Group { reason: Some(reason), ..group(partition, &part, &partition.rules(false)) }
}
