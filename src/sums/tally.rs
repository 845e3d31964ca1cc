//! Figures of one group, with what became of each and what the counted ones add.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::counting::{Counting, NoAmountReason};
use super::decision::{Decision, Rules, decide};
use super::figure::SaleKind;
use super::figure_set::{Entry, FigureSet};
use super::figure_time::{DaySpan, YearRun};
use super::sum_amount::SumAmount;

/// What a counted figure adds: its amount, or its share of one year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) figure: u32,
    /// The fiscal year that it is the share of; none for the whole amount under the figure's own years.
    pub(super) year: Option<i16>,
    pub(super) amount: SumAmount,
    /// What it is an even share of, and of how many; none for an amount as stated.
    pub(super) part_of: Option<(SumAmount, i64)>,
}

/// What became of some figures that were decided over together.
pub(super) struct Tally<'s> {
    pub(super) set: &'s FigureSet,
    /// The figures, in the order of their numbers.
    pub(super) figures: Vec<u32>,
    /// What became of each.
    pub(super) counting: Vec<Counting>,
    /// What the counted figures add, in the order of figures and years.
    pub(super) shares: Vec<Share>,
    /// What was decided: tells which figures in the sum share money with others.
    pub(super) decisions: Rc<[Decision<'s>]>,
}

impl<'s> Tally<'s> {
    /// Decides over figures that are not divided.
    pub(super) fn whole(set: &'s FigureSet, figures: &[u32], rules: &Rules) -> Self {
        let decision = decide(set, figures.to_vec(), rules);
        let shares = decision.counted().filter_map(|figure| {
            let amount = stated(set, figure, rules)?;
            Some(Share { figure, year: None, amount, part_of: None })
        });
        Self {
            set,
            shares: shares.collect(),
            figures: decision.figures.clone(),
            counting: decision.counting.clone(),
            decisions: Rc::new([decision]),
        }
    }

    /// None of its figures yet, to be filled with some of them.
    pub(super) fn emptied(&self) -> Self {
        let (figures, counting, shares) = (Vec::new(), Vec::new(), Vec::new());
        Self { set: self.set, figures, counting, shares, decisions: Rc::clone(&self.decisions) }
    }

    /// Says of everything that is counted that it is not, for one reason.
    pub(super) fn discount(&mut self, because: Counting) {
        self.shares.clear();
        for counting in &mut self.counting {
            if *counting == Counting::Counted {
                *counting = because;
            }
        }
    }

    /// Leaves out figures that cover others than the partners asked for, where figures of these alone are counted.
    pub(super) fn prefer_own(&mut self, rules: &Rules) {
        let set = self.set;
        let of_others = |figure: u32| rules.covers_others(set.entry(figure), set);
        if self.counted().all(of_others) {
            return;
        }
        for (figure, counting) in self.figures.iter().zip(&mut self.counting) {
            if *counting == Counting::Counted && of_others(*figure) {
                *counting = Counting::Joint;
            }
        }
        self.shares.retain(|share| !of_others(share.figure));
    }

    /// The figures in the sum, each once, in order.
    pub(super) fn counted(&self) -> impl Iterator<Item = u32> {
        let pairs = self.figures.iter().zip(&self.counting);
        pairs.filter(|(_, counting)| **counting == Counting::Counted).map(|(figure, _)| *figure)
    }

    /// The entries of the figures in the sum.
    pub(super) fn counted_entries(&self) -> impl Iterator<Item = &'s Entry> {
        let set = self.set;
        self.counted().map(|figure| set.entry(figure))
    }

    /// Fills a list with the figures in the sum that share money with each that is asked about, in order.
    pub(super) fn overlaps(&self) -> impl Fn(u32, &mut Vec<u32>) {
        let counted: BTreeSet<u32> =
            if self.decisions.len() == 1 { BTreeSet::new() } else { self.counted().collect() };
        move |figure, found| {
            found.clear();
            for decision in &*self.decisions {
                decision.push_overlaps(figure, found);
            }
            // What one of several decisions chose may have given way in another.
            if self.decisions.len() > 1 {
                found.retain(|other| *other != figure && counted.contains(other));
                found.sort_unstable();
                found.dedup();
            }
        }
    }

    /// Why partners of one sum cannot be added up; none where they can.
    pub(super) fn incomparable(&self) -> Option<NoAmountReason> {
        // One figure alone compares with itself.
        self.counted().nth(1)?;
        let lanes: BTreeSet<u16> = self.counted_entries().map(|entry| entry.lane).collect();
        let set = self.set;
        if set.is_of_sales() && lanes.len() > 1 {
            return Some(NoAmountReason::DifferentMeasures);
        }
        let partners: BTreeSet<u32> = self.counted_entries().map(|entry| entry.partners).collect();
        if partners.len() < 2 {
            return None;
        }
        let stock = |entry: &Entry| set.sale_kind(entry) == Some(SaleKind::Stock);
        if self.counted_entries().any(stock) {
            let dates: BTreeSet<_> = self.counted_entries().map(|entry| entry.as_of).collect();
            let one = dates.len() == 1 && !dates.contains(&None);
            return (!one).then_some(NoAmountReason::DifferentDates);
        }
        let covers: BTreeSet<Vec<(u16, DaySpan)>> = partners
            .iter()
            .map(|partners| {
                covered_days(self.counted_entries().filter(|entry| entry.partners == *partners))
            })
            .collect();
        (covers.len() > 1).then_some(NoAmountReason::NotComparable)
    }

    /// What each figure in the sum adds to it, in their order.
    pub(super) fn parts(&self) -> impl Iterator<Item = SumAmount> {
        let figures = self.shares.chunk_by(|one, other| one.figure == other.figure);
        figures.filter_map(shared)
    }

    /// What was added.
    pub(super) fn sum(&self) -> Option<SumAmount> {
        SumAmount::sum(self.parts())
    }
}

/// The sum of the shares of one figure. They are bounded together: what one year lacks another has.
fn shared(shares: &[Share]) -> Option<SumAmount> {
    let sum = SumAmount::sum(shares.iter().map(|share| share.amount))?;
    let Some((whole, all)) = shares[0].part_of else { return Some(sum) };
    let parts = i64::try_from(shares.len()).unwrap_or(i64::MAX);
    Some(SumAmount { usd: sum.usd, ..whole.share(0, parts, all) })
}

/// The runs of years that the counted figures cover: of the years that a share is of.
pub(super) fn covered_runs(tally: &Tally<'_>) -> Vec<YearRun> {
    let runs = tally.shares.iter().filter_map(|share| {
        let years = tally.set.entry(share.figure).time.years?;
        Some(match share.year {
            Some(year) => YearRun { from: year, to: Some(year), basis: years.basis },
            None => years.run(),
        })
    });
    let mut runs: Vec<YearRun> = runs.collect();
    runs.sort_by_key(|run| (run.basis, run.from, run.to));
    let mut merged: Vec<YearRun> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            Some(last)
                if last.basis == run.basis
                    && last.to.is_none_or(|end| run.from <= end.saturating_add(1)) =>
            {
                last.to = last.to.zip(run.to).map(|(end, to)| end.max(to));
            }
            _ => merged.push(run),
        }
    }
    merged
}

/// An amount as stated; of figures that cover others than the partners asked for nothing is certain but the most.
pub(super) fn stated(set: &FigureSet, figure: u32, rules: &Rules) -> Option<SumAmount> {
    let entry = set.entry(figure);
    let amount = entry.sum_amount()?;
    let min_usd = if rules.covers_others(entry, set) { Some(0) } else { amount.min_usd };
    Some(SumAmount { min_usd, ..amount })
}

/// The days that entries cover, by lane, as spans that do not touch.
pub(super) fn covered_days<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<(u16, DaySpan)> {
    let mut spans: Vec<(u16, DaySpan)> =
        entries.map(|entry| (entry.lane, entry.time.speaks_for)).collect();
    spans.sort_unstable();
    let mut covered: Vec<(u16, DaySpan)> = Vec::new();
    for (lane, span) in spans {
        match covered.last_mut() {
            Some((last, before)) if *last == lane && span.from <= before.to.saturating_add(1) => {
                before.to = before.to.max(span.to);
            }
            _ => covered.push((lane, span)),
        }
    }
    covered
}

/// Why none of some figures is counted.
pub(super) fn no_amount_reason(counting: impl Iterator<Item = Counting>) -> NoAmountReason {
    let reasons: BTreeSet<Counting> = counting.collect();
    let only = |allowed: &[Counting]| {
        let mut rest = reasons.iter().filter(|reason| **reason != Counting::Superseded).peekable();
        rest.peek().is_some() && rest.all(|reason| allowed.contains(reason))
    };
    if reasons.is_empty() {
        NoAmountReason::NotFound
    } else if only(&[Counting::Proposal]) {
        NoAmountReason::OnlyProposals
    } else if only(&[Counting::Proposal, Counting::OtherObjective]) {
        NoAmountReason::OtherObjective
    } else {
        NoAmountReason::NoneCounted
    }
}
