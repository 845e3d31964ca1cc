//! Whether a sum is all that there was: its window, what covers it, and what of the same money was left out.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::{Completeness, CompletenessReason, Counting};
use super::decision::Rules;
use super::figure::{SaleKind, StageKind};
use super::figure_set::{Entry, FigureSet};
use super::figure_time::{DaySpan, YearRun, gaps};
use super::question::YearsAsked;
use super::sum_amount::SumAmount;
use super::tally::Tally;
use crate::model::Basis;

/// What a whole would have to cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProgramsNamed {
    /// No program is named.
    None,
    /// Each of these lanes.
    Each(Vec<u16>),
    /// These with all that is inside them: a figure around one covers it, too.
    Within(Vec<u16>),
}

/// What was asked of a sum.
pub(super) struct SumQuestion<'q> {
    pub(super) rules: &'q Rules,
    pub(super) years: YearsAsked,
    /// Whether it is a group of the figures of certain years: all of them are of its window.
    pub(super) of_own_years: bool,
    pub(super) programs: ProgramsNamed,
    /// Whether the question leaves figures out by something that a whole sum does not know of.
    pub(super) filtered: bool,
    /// Whether a partner or program has no amount.
    pub(super) without_amount: bool,
}

/// What is to be said of a sum.
#[derive(Debug)]
pub(super) struct Assessment {
    /// The first and the last day of the window; none where nothing tells.
    pub(super) window: (Option<i32>, Option<i32>),
    /// What was added; none where nothing was.
    pub(super) sum: Option<SumAmount>,
    pub(super) completeness: Completeness,
    pub(super) reasons: Vec<CompletenessReason>,
    pub(super) years_missing: Vec<YearRun>,
    /// Figures of the same money whose minimum is above the sum, the largest first.
    pub(super) larger: Vec<u32>,
}

/// Holds a sum against the years and programs asked for, and against the figures that it leaves out.
pub(super) fn assess(tally: &Tally<'_>, question: &SumQuestion<'_>) -> Assessment {
    let set = tally.set;
    let window = window(tally, question);
    let days = window.0.zip(window.1).map(|(from, to)| DaySpan { from, to });
    let days = days.filter(|days| !days.is_empty());
    let undated =
        days.is_none() || tally.counted_entries().any(|entry| is_undated(entry, question));
    let stock = |entry: &Entry| set.sale_kind(entry) == Some(SaleKind::Stock);
    let of_stocks = tally.figures.iter().any(|figure| stock(set.entry(*figure)));
    let uncovered = match days {
        Some(days) if !of_stocks => uncovered(tally, question, days),
        _ => Vec::new(),
    };
    let sum = tally.sum();
    let larger = sum
        .map(|sum| larger_figures(tally, question, sum, &uncovered, undated))
        .unwrap_or_default();
    let above = |bound: i64| {
        larger.iter().any(|figure| min_usd(set.entry(*figure)).is_some_and(|min| min > bound))
    };
    let announced = |entry: &Entry| {
        matches!(set.sale_kind(entry), Some(SaleKind::Announced | SaleKind::Notified))
    };
    let mut reasons: Vec<CompletenessReason> = [
        (undated, CompletenessReason::Undated),
        (question.programs == ProgramsNamed::None, CompletenessReason::NoProgramNamed),
        (
            question.programs != ProgramsNamed::None && !uncovered.is_empty(),
            CompletenessReason::YearsMissing,
        ),
        (tally.counted_entries().any(announced), CompletenessReason::NotATotal),
        (is_of_samples(tally, question), CompletenessReason::Sample),
        (
            tally.counted_entries().any(|entry| question.rules.covers_others(entry, set)),
            CompletenessReason::Joint,
        ),
        (sum.and_then(|sum| sum.max_usd).is_some_and(above), CompletenessReason::LargerFigure),
        (question.without_amount, CompletenessReason::WithoutAmount),
        (question.filtered, CompletenessReason::Filtered),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect();
    if sum.is_none() && reasons.is_empty() {
        reasons.push(CompletenessReason::WithoutAmount);
    }
    let completeness = match reasons.as_slice() {
        [] => Completeness::Whole,
        _ if undated => Completeness::Unknown,
        _ => Completeness::Partial,
    };
    Assessment {
        window,
        sum,
        completeness,
        reasons,
        years_missing: years_of(tally, question, &uncovered),
        larger,
    }
}

fn is_undated(entry: &Entry, question: &SumQuestion<'_>) -> bool {
    let open_end = entry.time.is_undated() && question.years.to.is_none();
    open_end || entry.time.certain.is_empty()
}

/// Whether a figure stretches the window: it speaks of money that the sum might hold.
fn stretches(entry: &Entry, question: &SumQuestion<'_>, set: &FigureSet) -> bool {
    !entry.superseded
        && !entry.waiver
        && !entry.per_year
        && (question.rules.proposals || !entry.is_proposal())
        && question.rules.allows_objective(entry, set)
}

/// The days asked for; a side that is open ends with the figures that match.
fn window(tally: &Tally<'_>, question: &SumQuestion<'_>) -> (Option<i32>, Option<i32>) {
    let set = tally.set;
    let matching = || {
        let entries = tally.figures.iter().map(|figure| set.entry(*figure));
        entries.filter(|entry| question.of_own_years || stretches(entry, question, set))
    };
    let days = question.years.span();
    let dated = matching().map(|entry| entry.time.certain).filter(|days| !days.is_empty());
    let ended = matching().map(|entry| entry.time).filter(|time| !time.is_undated());
    (
        question.years.from.map(|_| days.from).or_else(|| dated.map(|days| days.from).min()),
        question.years.to.map(|_| days.to).or_else(|| ended.map(|time| time.possible.to).max()),
    )
}

/// Whether a figure in the sum covers its years for a lane: money given or enacted, for all of it.
fn covers(entry: &Entry, set: &FigureSet) -> bool {
    let given = match set.sale_kind(entry) {
        Some(kind) => kind == SaleKind::Given,
        None => matches!(entry.stage_kind(), Some(StageKind::Given | StageKind::Enacted)),
    };
    given && entry.component.is_none() && !entry.time.is_event
}

/// The days of the window that are not covered, for some partner or program.
fn uncovered(tally: &Tally<'_>, question: &SumQuestion<'_>, days: DaySpan) -> Vec<DaySpan> {
    let set = tally.set;
    let partners: BTreeSet<u32> = tally.counted_entries().map(|entry| entry.partners).collect();
    let of = |partners: u32, test: &dyn Fn(&Entry) -> bool| -> Vec<DaySpan> {
        let entries = tally.counted_entries().filter(|entry| entry.partners == partners);
        gaps(days, entries.filter(|entry| test(entry)).map(|entry| entry.time.speaks_for))
    };
    let mut found: Vec<DaySpan> = match &question.programs {
        _ if partners.is_empty() => vec![days],
        ProgramsNamed::None => partners.iter().flat_map(|one| of(*one, &|_| true)).collect(),
        ProgramsNamed::Each(lanes) => {
            let pairs = partners.iter().flat_map(|one| lanes.iter().map(move |lane| (*one, *lane)));
            pairs
                .flat_map(|(one, lane)| of(one, &|entry| entry.lane == lane && covers(entry, set)))
                .collect()
        }
        ProgramsNamed::Within(lanes) => {
            let pairs = partners.iter().flat_map(|one| lanes.iter().map(move |lane| (*one, *lane)));
            let around = |entry: &Entry, lane| set.table.holds(entry.lane, lane);
            pairs
                .flat_map(|(one, lane)| of(one, &|entry| around(entry, lane) && covers(entry, set)))
                .collect()
        }
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a set that is added, or was asked for, is known to be a sample.
fn is_of_samples(tally: &Tally<'_>, question: &SumQuestion<'_>) -> bool {
    let set = tally.set;
    let named: &[u16] = match &question.programs {
        ProgramsNamed::None => &[],
        ProgramsNamed::Each(lanes) | ProgramsNamed::Within(lanes) => lanes,
    };
    let pairs: BTreeSet<(u32, u16)> = tally
        .counted_entries()
        .flat_map(|entry| {
            let named = named.iter().map(|lane| (entry.partners, *lane));
            named.chain([(entry.partners, entry.lane)])
        })
        .collect();
    pairs.iter().any(|(partners, lane)| {
        set.partner_set(*partners).iter().any(|partner| set.is_sample(*partner, *lane))
    })
}

fn min_usd(entry: &Entry) -> Option<i64> {
    entry.amount.as_ref()?.min_usd().map(|usd| usd.dollars())
}

/// Whether figures that are left out for this reason may be of the same money as the sum.
const fn may_be_same_money(counting: Counting) -> bool {
    matches!(
        counting,
        Counting::Overlaps | Counting::InsideAnother | Counting::OtherStage | Counting::NothingLeft
    )
}

/// The figures of the same money that were left out and whose minimum is above the sum, the largest first.
fn larger_figures(
    tally: &Tally<'_>,
    question: &SumQuestion<'_>,
    sum: SumAmount,
    uncovered: &[DaySpan],
    undated: bool,
) -> Vec<u32> {
    let set = tally.set;
    let (overlaps, mut shared) = (tally.overlaps(), Vec::new());
    let nothing_named = undated || question.programs == ProgramsNamed::None;
    let pairs = tally.figures.iter().zip(&tally.counting);
    let left_out = pairs.filter(|(_, counting)| may_be_same_money(**counting));
    let mut larger: Vec<(i64, u32)> = left_out
        .filter_map(|(figure, _)| Some((min_usd(set.entry(*figure))?, *figure)))
        .filter(|(min, _)| *min > sum.usd)
        .filter(|(_, figure)| {
            let entry = set.entry(*figure);
            overlaps(*figure, &mut shared);
            let days = entry.time.possible;
            let open = nothing_named || uncovered.iter().any(|gap| gap.overlaps(days));
            (open || !shared.is_empty()) && !is_earlier_stage(entry, &shared, set)
        })
        .collect();
    larger.sort_by_key(|(min, figure)| (-min, *figure));
    larger.into_iter().map(|(_, figure)| figure).collect()
}

/// Whether more final figures in the sum stand in all of a figure's days, so that it says nothing more.
fn is_earlier_stage(entry: &Entry, shared: &[u32], set: &FigureSet) -> bool {
    let Some(kind) = entry.stage_kind().filter(|kind| *kind != StageKind::Mixed) else {
        return false;
    };
    let entries = || shared.iter().map(|figure| set.entry(*figure));
    let more_final = |other: &Entry| other.stage_kind().is_some_and(|other| other < kind);
    !shared.is_empty()
        && entries().all(more_final)
        && gaps(entry.time.certain, entries().map(|other| other.time.certain)).is_empty()
}

/// Days as runs of years: fiscal ones, unless nobody speaks of them.
fn years_of(tally: &Tally<'_>, question: &SumQuestion<'_>, spans: &[DaySpan]) -> Vec<YearRun> {
    let set = tally.set;
    let fiscal = question.years != YearsAsked::default()
        || tally.figures.iter().map(|figure| set.entry(*figure)).any(|entry| {
            stretches(entry, question, set)
                && entry.time.years.is_some_and(|years| years.basis == Basis::FiscalYear)
        });
    let basis = if fiscal { Basis::FiscalYear } else { Basis::CalendarYear };
    let years = |span: &DaySpan| if fiscal { span.fiscal_years() } else { span.calendar_years() };
    let mut runs: Vec<(i16, i16)> = spans.iter().map(years).collect();
    runs.sort_unstable();
    let mut merged: Vec<(i16, i16)> = Vec::new();
    for (from, to) in runs {
        match merged.last_mut() {
            Some((_, last)) if from <= last.saturating_add(1) => *last = (*last).max(to),
            _ => merged.push((from, to)),
        }
    }
    merged.into_iter().map(|(from, to)| YearRun { from, to: Some(to), basis }).collect()
}

/// Whether entries do not count the same programs on each day that they cover.
pub(super) fn scope_changes(tally: &Tally<'_>) -> bool {
    if tally.counted().nth(1).is_none() {
        return false;
    }
    let mut days: BTreeMap<(u16, Option<u32>), Vec<DaySpan>> = BTreeMap::new();
    for entry in tally.counted_entries() {
        days.entry((entry.lane, entry.component)).or_default().push(entry.time.speaks_for);
    }
    let merged: BTreeSet<Vec<DaySpan>> = days
        .into_values()
        .map(|spans| {
            let (from, to) = spans.iter().fold((i32::MAX, i32::MIN), |(from, to), span| {
                (from.min(span.from), to.max(span.to))
            });
            let mut bounds = gaps(DaySpan { from, to }, spans);
            bounds.push(DaySpan { from, to });
            bounds
        })
        .collect();
    merged.len() > 1
}
