//! What was chosen for one partner, to be asked what it shares money with.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::candidate::{Candidate, FEW};
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

/// A candidate that was chosen, as far as it decides what blocks others.
#[derive(Debug)]
struct Recent {
    number: u32,
    lane: u16,
    span: DaySpan,
    is_notice: bool,
}

impl Recent {
    /// Whether it shares money with what is of a lane and of some days.
    fn shares_with(&self, lane: u16, days: DaySpan, is_notice: bool, table: &LaneTable) -> bool {
        self.span.overlaps(days) && !(self.is_notice && is_notice) && table.share(self.lane, lane)
    }
}

/// What was chosen for one partner.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// The last that were chosen, which are not in the index yet.
    recent: Vec<Recent>,
    /// Their figures, each with its candidate.
    recent_figures: Vec<(u32, u32)>,
    /// None where there were few.
    index: Option<Box<ChosenIndex>>,
    /// The candidates that are recorded as part of each figure.
    inside: HashMap<u32, Vec<u32>, FixedState>,
}

/// All that was chosen but the last few.
#[derive(Debug, Default)]
struct ChosenIndex {
    /// By lane and first day: the last day and the candidate. In a lane nothing overlaps.
    taken: HashMap<u16, BTreeMap<i32, (i32, u32)>, FixedState>,
    /// By lane: notices with their days, which may overlap each other.
    notices: HashMap<u16, Vec<(DaySpan, u32)>, FixedState>,
    /// By lane: the days on which it shares a program with what was chosen, notices apart.
    busy: HashMap<u16, DaySet, FixedState>,
    /// By lane: the days of the notices that were chosen.
    notified: HashMap<u16, DaySet, FixedState>,
    /// The candidate of each figure chosen.
    figures: HashMap<u32, u32, FixedState>,
}

impl Chosen {
    pub(super) fn add(&mut self, number: u32, candidate: &Candidate, table: &LaneTable) {
        let Candidate { lane, possible: span, is_notice, .. } = *candidate;
        if self.recent.capacity() == 0 {
            self.recent.reserve_exact(FEW + 1);
        }
        self.recent.push(Recent { number, lane, span, is_notice });
        self.recent_figures.extend(candidate.figures.iter().map(|figure| (*figure, number)));
        for figure in &candidate.above {
            self.inside.entry(*figure).or_default().push(number);
        }
        if self.recent.len() > FEW {
            let index = self.index.get_or_insert_default();
            index.enter(&self.recent, table);
            index.figures.extend(self.recent_figures.drain(..));
            self.recent.clear();
        }
    }

    /// The candidate of a figure that was chosen.
    fn candidate_of(&self, figure: u32) -> Option<u32> {
        let recent = self.recent_figures.iter().find(|(known, _)| *known == figure);
        let indexed = || self.index.as_ref().and_then(|index| index.figures.get(&figure));
        recent.map(|(_, number)| number).or_else(indexed).copied()
    }

    /// Whether it shares money with a candidate.
    pub(super) fn blocks(&self, one: &Candidate, table: &LaneTable) -> bool {
        let recently =
            |recent: &Recent| recent.shares_with(one.lane, one.possible, one.is_notice, table);
        self.recent.iter().any(recently)
            || self.index.as_ref().is_some_and(|index| index.blocks(one))
            || one.above.iter().any(|figure| self.candidate_of(*figure).is_some())
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
        let days = entry.time.possible;
        let recent = self.recent.iter();
        let recent = recent.filter(|one| one.shares_with(entry.lane, days, entry.is_notice, table));
        found.extend(recent.map(|one| one.number));
        if let Some(index) = &self.index {
            index.push_blockers(entry, table, found);
        }
        found.extend(entry.above.iter().filter_map(|figure| self.candidate_of(*figure)));
        if !self.inside.is_empty() {
            found.extend(self.inside.get(&figure).into_iter().flatten());
        }
    }
}

impl ChosenIndex {
    fn enter(&mut self, chosen: &[Recent], table: &LaneTable) {
        for Recent { number, lane, span, is_notice } in chosen {
            let days = if *is_notice {
                self.notices.entry(*lane).or_default().push((*span, *number));
                &mut self.notified
            } else {
                self.taken.entry(*lane).or_default().insert(span.from, (span.to, *number));
                &mut self.busy
            };
            for sharing in &table.sharing[usize::from(*lane)] {
                days.entry(*sharing).or_default().add(*span);
            }
        }
    }

    fn blocks(&self, one: &Candidate) -> bool {
        let overlaps = |days: &HashMap<u16, DaySet, FixedState>| {
            days.get(&one.lane).is_some_and(|days| days.overlaps(one.possible))
        };
        overlaps(&self.busy) || !one.is_notice && overlaps(&self.notified)
    }

    fn push_blockers(&self, entry: &Entry, table: &LaneTable, found: &mut Vec<u32>) {
        let span = entry.time.possible;
        let mut push = |spans: &BTreeMap<i32, (i32, u32)>| {
            let backwards = spans.range(..=span.to).rev();
            let sharing = backwards.take_while(|(_, (to, _))| *to >= span.from);
            found.extend(sharing.map(|(_, (_, number))| *number));
        };
        let sharing = &table.sharing[usize::from(entry.lane)];
        // A program may share with very many, of which few have anything in the sum.
        if self.taken.len() < sharing.len() {
            let taken = self.taken.iter().filter(|(lane, _)| table.share(entry.lane, **lane));
            taken.for_each(|(_, spans)| push(spans));
        } else {
            sharing.iter().filter_map(|lane| self.taken.get(lane)).for_each(push);
        }
        if !entry.is_notice && !self.notices.is_empty() {
            let notices = sharing.iter().filter_map(|lane| self.notices.get(lane)).flatten();
            let sharing = notices.filter(|(days, _)| days.overlaps(span));
            found.extend(sharing.map(|(_, number)| *number));
        }
    }
}
