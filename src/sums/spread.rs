//! Spreading: what is left of a figure of several years is divided over those that have none of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::counting::Counting;
use super::decision::{Decision, Rules, decide, exclusion_reasons};
use super::figure::StageKind;
use super::figure_set::{Entry, FigureSet};
use super::figure_time::ALWAYS;
use super::question::YearsAsked;
use super::sum_amount::SumAmount;
use super::tally::{Share, Tally, stated};

/// How a figure takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It is of one fiscal year.
    Single(i16),
    /// It is of several, whose end is known.
    Longer(i16, i16),
    /// It is of other years, or of none: it stands undivided, if it lies in the years asked for.
    Undivided,
}

fn part(entry: &Entry) -> Part {
    match (entry.time.single_year(), entry.time.several_years()) {
        (Some(year), _) => Part::Single(year),
        (None, Some((from, to))) => Part::Longer(from, to),
        (None, None) => Part::Undivided,
    }
}

/// Works out one scope.
struct Spreading<'s, 'r> {
    set: &'s FigureSet,
    rules: &'r Rules,
    years: YearsAsked,
    /// Decided over the figures of one year and the undivided ones.
    own: Decision<'s>,
    /// Decided over those of several years.
    longer: Decision<'s>,
    /// The figures of one year that are counted, by year.
    single: BTreeMap<i16, Vec<u32>>,
    shares: Vec<Share>,
    /// What became of figures that were counted at first.
    changed: BTreeMap<u32, Counting>,
}

/// Decides over figures, and divides those of several years.
///
/// Figures beyond the years asked for are looked at, so that a year's share is the same whatever years are asked for,
/// and then left out.
pub(super) fn spread<'s>(
    set: &'s FigureSet,
    figures: &[u32],
    rules: &Rules,
    years: YearsAsked,
) -> Tally<'s> {
    let days = years.span();
    let every_year = Rules { days: ALWAYS, ..rules.clone() };
    let (mut short, mut long, mut changed) = (Vec::new(), Vec::new(), BTreeMap::new());
    // What may stand beside what is asked of all figures at once.
    let reasons = exclusion_reasons(set, figures, &every_year);
    for (figure, reason) in figures.iter().zip(reasons) {
        let entry = set.entry(*figure);
        if let Some(reason) = reason {
            changed.insert(*figure, reason);
            continue;
        }
        match part(entry) {
            Part::Longer(..) => long.push(*figure),
            Part::Undivided if !entry.time.lies_in(days) => {}
            Part::Single(_) | Part::Undivided => short.push(*figure),
        }
    }
    let own = decide(set, short, &every_year);
    let mut single: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for figure in own.counted() {
        if let Part::Single(year) = part(set.entry(figure)) {
            single.entry(year).or_default().push(figure);
        }
    }
    changed.extend(blocked(set, &long, &own));
    long.retain(|figure| !changed.contains_key(figure));
    let longer = decide(set, long, &every_year);
    let mut spreading =
        Spreading { set, rules, years, own, longer, single, shares: Vec::new(), changed };
    spreading.run();
    spreading.tally(figures)
}

/// Figures of several years that share money with an undivided one, or with one of other partners.
fn blocked(set: &FigureSet, long: &[u32], own: &Decision<'_>) -> BTreeMap<u32, Counting> {
    let (mut blocked, mut overlaps) = (BTreeMap::new(), Vec::new());
    for figure in long {
        let entry = set.entry(*figure);
        overlaps.clear();
        own.push_overlaps(*figure, &mut overlaps);
        for other in overlaps.iter().map(|other| set.entry(*other)) {
            if other.partners != entry.partners {
                blocked.insert(*figure, Counting::Joint);
            } else if part(other) == Part::Undivided {
                blocked.entry(*figure).or_insert(Counting::Overlaps);
            }
        }
    }
    blocked
}

impl<'s> Spreading<'s, '_> {
    fn run(&mut self) {
        let longer: Vec<u32> = self.longer.counted().collect();
        for figure in longer {
            self.divide(figure);
        }
        let own: Vec<u32> = self.own.counted().collect();
        for figure in own {
            if self.changed.contains_key(&figure) {
                continue;
            }
            let entry = self.set.entry(figure);
            let year = match part(entry) {
                Part::Single(year) if self.years.within((year, year)).is_none() => continue,
                Part::Single(year) => Some(year),
                Part::Longer(..) | Part::Undivided => None,
            };
            if let Some(amount) = stated(self.set, figure, self.rules) {
                self.shares.push(Share { figure, year, amount, part_of: None });
            }
        }
        self.shares.sort_by_key(|share| (share.figure, share.year));
    }

    /// Whether two figures share a partner and a program.
    fn shares_programs(&self, one: &Entry, other: &Entry) -> bool {
        let sharing = &self.set.table.sharing[usize::from(one.lane)];
        one.partners == other.partners && sharing.binary_search(&other.lane).is_ok()
    }

    /// Divides what is left of a figure over the years that have none of their own.
    fn divide(&mut self, figure: u32) {
        let entry = self.set.entry(figure);
        let whole = stated(self.set, figure, self.rules);
        let (Part::Longer(from, to), Some(whole)) = (part(entry), whole) else { return };
        let given = |entry: &Entry| {
            matches!(entry.stage_kind(), None | Some(StageKind::Given | StageKind::Enacted))
        };
        let (mut left, mut others) = (whole, Vec::new());
        for year in from..=to {
            let standing = self.single.get(&year).map(Vec::as_slice).unwrap_or_default();
            let standing = standing.iter().map(|one| (*one, self.set.entry(*one)));
            let standing: Vec<(u32, &Entry)> =
                standing.filter(|(_, one)| self.shares_programs(entry, one)).collect();
            if standing.iter().any(|(_, one)| given(one)) {
                let all = i64::from(to) - i64::from(from) + 1;
                let own = self.own_amount(entry, year, &standing);
                left = left.less(own.unwrap_or_else(|| whole.share(0, 1, all)));
            } else {
                // Estimates give way to the share.
                let estimates = standing.iter().map(|(one, _)| (*one, Counting::OtherStage));
                others.push((year, estimates.collect::<Vec<_>>()));
            }
        }
        if left.usd < 0 || others.is_empty() {
            self.changed.insert(figure, Counting::NothingLeft);
            return;
        }
        let all = i64::try_from(others.len()).unwrap_or(i64::MAX);
        for (place, (year, estimates)) in (0..).zip(others) {
            self.changed.extend(estimates);
            if self.years.within((year, year)).is_some() {
                let amount = left.share(place, place + 1, all);
                let part_of = Some((left, all));
                self.shares.push(Share { figure, year: Some(year), amount, part_of });
            }
        }
    }

    /// What a year has of its own of a longer figure's money: the figures in the sum that lie inside it; else, where a
    /// wider one stands, the best of those that do. None where there is none.
    fn own_amount(
        &self,
        longer: &Entry,
        year: i16,
        standing: &[(u32, &Entry)],
    ) -> Option<SumAmount> {
        let inside = |one: &Entry| self.set.table.holds(longer.lane, one.lane);
        let counted = standing.iter().filter(|(_, one)| inside(one));
        let amounts: Vec<SumAmount> = counted.filter_map(|(_, one)| one.sum_amount()).collect();
        if !amounts.is_empty() {
            return SumAmount::sum(amounts);
        }
        let left_out = self.own.figures.iter().copied().filter(|figure| {
            let one = self.set.entry(*figure);
            let final_enough =
                matches!(one.stage_kind(), None | Some(StageKind::Given | StageKind::Enacted));
            part(one) == Part::Single(year)
                && one.partners == longer.partners
                && final_enough
                && inside(one)
        });
        let rules = Rules { days: ALWAYS, ..self.rules.clone() };
        let best = decide(self.set, left_out.collect(), &rules);
        SumAmount::sum(best.counted().filter_map(|figure| self.set.entry(figure).sum_amount()))
    }

    /// What became of all figures; those beyond the years asked for are left out without a word.
    fn tally(self, figures: &[u32]) -> Tally<'s> {
        let mut became: BTreeMap<u32, Counting> = BTreeMap::new();
        for decision in [&self.own, &self.longer] {
            became.extend(decision.figures.iter().copied().zip(decision.counting.iter().copied()));
        }
        became.extend(self.changed);
        let days = self.years.span();
        let shares: BTreeSet<u32> = self.shares.iter().map(|share| share.figure).collect();
        let near = figures.iter().copied().filter(|figure| {
            let time = self.set.entry(*figure).time;
            time.possible.overlaps(days)
        });
        let figures: Vec<u32> = near.collect();
        let counting = figures.iter().map(|figure| {
            let counting = became.get(figure).copied().unwrap_or(Counting::OutsideYears);
            let counted = counting == Counting::Counted;
            // All that it adds falls to years that were not asked for.
            if counted && !shares.contains(figure) { Counting::OutsideYears } else { counting }
        });
        Tally {
            set: self.set,
            counting: counting.collect(),
            figures,
            shares: self.shares,
            decisions: Rc::new([self.own, self.longer]),
        }
    }
}
