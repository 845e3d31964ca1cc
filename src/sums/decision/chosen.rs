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

/// What was chosen for one partner.
#[derive(Debug, Default)]
pub(super) struct Chosen {
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
    /// The candidates that are recorded as part of each figure.
    inside: HashMap<u32, Vec<u32>, FixedState>,
}

impl Chosen {
    pub(super) fn add(&mut self, number: u32, candidate: &Candidate, table: &LaneTable) {
        let span = candidate.possible;
        let days = if candidate.is_notice {
            self.notices.entry(candidate.lane).or_default().push((span, number));
            &mut self.notified
        } else {
            self.taken.entry(candidate.lane).or_default().insert(span.from, (span.to, number));
            &mut self.busy
        };
        for lane in &table.sharing[usize::from(candidate.lane)] {
            days.entry(*lane).or_default().add(span);
        }
        for figure in candidate.figures.iter() {
            self.figures.insert(*figure, number);
        }
        for figure in &candidate.above {
            self.inside.entry(*figure).or_default().push(number);
        }
    }

    /// Whether it shares money with a candidate.
    pub(super) fn blocks(&self, one: &Candidate) -> bool {
        let overlaps = |days: &HashMap<u16, DaySet, FixedState>| {
            days.get(&one.lane).is_some_and(|days| days.overlaps(one.possible))
        };
        overlaps(&self.busy)
            || !one.is_notice && overlaps(&self.notified)
            || one.above.iter().any(|figure| self.figures.contains_key(figure))
            || !self.inside.is_empty()
                && one.figures.iter().any(|own| self.inside.contains_key(own))
    }

    /// The chosen candidates that share money with a figure.
    pub(super) fn blockers<'q>(
        &'q self,
        figure: u32,
        entry: &'q Entry,
        table: &'q LaneTable,
    ) -> impl Iterator<Item = u32> + 'q {
        let span = entry.time.possible;
        let lanes = &table.sharing[usize::from(entry.lane)];
        let spans = lanes.iter().filter_map(|lane| self.taken.get(lane));
        let sharing = spans.flat_map(move |spans| {
            let backwards = spans.range(..=span.to).rev();
            backwards.take_while(move |(_, (to, _))| *to >= span.from).map(|(_, (_, it))| *it)
        });
        let notices = lanes.iter().filter(|_| !entry.is_notice);
        let notices = notices.filter_map(|lane| self.notices.get(lane)).flatten();
        let notices = notices.filter(move |(days, _)| days.overlaps(span)).map(|(_, it)| *it);
        let around = entry.above.iter().filter_map(|figure| self.figures.get(figure)).copied();
        let within = self.inside.get(&figure).into_iter().flatten().copied();
        sharing.chain(notices).chain(around).chain(within)
    }
}
