//! What was chosen for one partner, to be asked what it shares money with.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::candidate::Candidate;
use crate::sums::containment::LaneTable;
use crate::sums::figure_set::Entry;
use crate::sums::figure_time::DaySpan;

/// Days that are taken, as spans that do not touch each other: first day to last.
#[derive(Debug, Default)]
struct DaySet(BTreeMap<i32, i32>);

impl DaySet {
    fn overlaps(&self, span: DaySpan) -> bool {
        self.0.range(..=span.to).next_back().is_some_and(|(_, to)| *to >= span.from)
    }

    fn add(&mut self, mut span: DaySpan) {
        let within = span.to.saturating_add(1);
        while let Some((from, to)) = self.0.range(..=within).next_back().map(|(a, b)| (*a, *b)) {
            if to < span.from - 1 {
                break;
            }
            self.0.remove(&from);
            span = DaySpan { from: span.from.min(from), to: span.to.max(to) };
        }
        self.0.insert(span.from, span.to);
    }
}

/// How many are compared one by one before they are entered in every lane that they share a program with: most sums of one
/// year never have as many.
const FEW: usize = 8;

/// A candidate that was chosen, as far as it decides what blocks others.
#[derive(Debug)]
struct Recent {
    lane: u16,
    span: DaySpan,
    is_notice: bool,
}

/// What was chosen for one partner.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// By lane and first day: the last day and the candidate. In a lane nothing overlaps.
    taken: HashMap<u16, BTreeMap<i32, (i32, u32)>, FixedState>,
    /// By lane: notices with their days, which may overlap each other.
    notices: HashMap<u16, Vec<(DaySpan, u32)>, FixedState>,
    /// The last that were chosen, which are not in `busy` or `notified` yet.
    recent: Vec<Recent>,
    /// By lane: the days on which it shares a program with what was chosen, notices apart.
    busy: HashMap<u16, DaySet, FixedState>,
    /// By lane: the days of the notices that were chosen.
    notified: HashMap<u16, DaySet, FixedState>,
    /// The candidate of each figure chosen.
    figures: HashMap<u32, u32, FixedState>,
    /// The candidates that are recorded as part of each figure.
    inside: HashMap<u32, Vec<u32>, FixedState>,
}

impl Chosen {
    pub(super) fn add(&mut self, number: u32, candidate: &Candidate, table: &LaneTable) {
        let span = candidate.possible;
        if candidate.is_notice {
            self.notices.entry(candidate.lane).or_default().push((span, number));
        } else {
            self.taken.entry(candidate.lane).or_default().insert(span.from, (span.to, number));
        }
        self.recent.push(Recent { lane: candidate.lane, span, is_notice: candidate.is_notice });
        if self.recent.len() > FEW {
            self.enter_recent(table);
        }
        for figure in candidate.figures.iter() {
            self.figures.insert(*figure, number);
        }
        for figure in &candidate.above {
            self.inside.entry(*figure).or_default().push(number);
        }
    }

    fn enter_recent(&mut self, table: &LaneTable) {
        for Recent { lane, span, is_notice } in self.recent.drain(..) {
            let days = if is_notice { &mut self.notified } else { &mut self.busy };
            for sharing in &table.sharing[usize::from(lane)] {
                days.entry(*sharing).or_default().add(span);
            }
        }
    }

    /// Whether it shares money with a candidate.
    pub(super) fn blocks(&self, one: &Candidate, table: &LaneTable) -> bool {
        let overlaps = |days: &HashMap<u16, DaySet, FixedState>| {
            days.get(&one.lane).is_some_and(|days| days.overlaps(one.possible))
        };
        let recently = |recent: &Recent| {
            recent.span.overlaps(one.possible)
                && !(recent.is_notice && one.is_notice)
                && table.share(recent.lane, one.lane)
        };
        self.recent.iter().any(recently)
            || overlaps(&self.busy)
            || !one.is_notice && overlaps(&self.notified)
            || one.above.iter().any(|figure| self.figures.contains_key(figure))
            || !self.inside.is_empty()
                && one.figures.iter().any(|own| self.inside.contains_key(own))
    }

    /// Adds the chosen candidates that share money with a figure.
    pub(super) fn push_blockers(
        &self,
        figure: u32,
        entry: &Entry,
        table: &LaneTable,
        found: &mut Vec<u32>,
    ) {
        let span = entry.time.possible;
        for lane in &table.sharing[usize::from(entry.lane)] {
            if let Some(spans) = self.taken.get(lane) {
                let backwards = spans.range(..=span.to).rev();
                let sharing = backwards.take_while(|(_, (to, _))| *to >= span.from);
                found.extend(sharing.map(|(_, (_, number))| *number));
            }
            if let Some(notices) = self.notices.get(lane).filter(|_| !entry.is_notice) {
                let sharing = notices.iter().filter(|(days, _)| days.overlaps(span));
                found.extend(sharing.map(|(_, number)| *number));
            }
        }
        found.extend(entry.above.iter().filter_map(|figure| self.figures.get(figure)));
        if !self.inside.is_empty() {
            found.extend(self.inside.get(&figure).into_iter().flatten());
        }
    }
}
