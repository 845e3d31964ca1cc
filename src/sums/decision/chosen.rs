//! What was chosen for one partner, to be asked what it shares money with.

use std::collections::{BTreeMap, HashMap};

use super::candidate::Candidate;
use crate::sums::containment::LaneTable;
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
    taken: HashMap<u16, BTreeMap<i32, (i32, u32)>>,
    /// By lane: the days on which it shares a program with what was chosen.
    busy: HashMap<u16, DaySet>,
    /// The candidate of each figure chosen.
    figures: HashMap<u32, u32>,
    /// The candidates that are recorded as part of each figure.
    inside: HashMap<u32, Vec<u32>>,
}

impl Chosen {
    pub(super) fn add(&mut self, number: u32, candidate: &Candidate, table: &LaneTable) {
        let span = candidate.possible;
        self.taken.entry(candidate.lane).or_default().insert(span.from, (span.to, number));
        for lane in &table.sharing[usize::from(candidate.lane)] {
            self.busy.entry(*lane).or_default().add(span);
        }
        for figure in candidate.figures.iter() {
            self.figures.insert(*figure, number);
        }
        for figure in &candidate.above {
            self.inside.entry(*figure).or_default().push(number);
        }
    }

    /// Whether it shares money with something of a lane and a span, these figures, inside those.
    pub(super) fn blocks(&self, lane: u16, span: DaySpan, figures: &[u32], above: &[u32]) -> bool {
        self.busy.get(&lane).is_some_and(|days| days.overlaps(span))
            || above.iter().any(|figure| self.figures.contains_key(figure))
            || !self.inside.is_empty() && figures.iter().any(|own| self.inside.contains_key(own))
    }

    /// The chosen candidates that share money with something of a lane and a span, these figures, inside those.
    pub(super) fn blockers<'q>(
        &'q self,
        (lane, span): (u16, DaySpan),
        figures: &'q [u32],
        above: &'q [u32],
        table: &'q LaneTable,
    ) -> impl Iterator<Item = u32> + 'q {
        let sharing = table.sharing[usize::from(lane)].iter();
        let spans = sharing.filter_map(|lane| self.taken.get(lane));
        let sharing = spans.flat_map(move |spans| {
            let backwards = spans.range(..=span.to).rev();
            backwards.take_while(move |(_, (to, _))| *to >= span.from).map(|(_, (_, it))| *it)
        });
        let around = above.iter().filter_map(|figure| self.figures.get(figure)).copied();
        let within = figures.iter().filter_map(|figure| self.inside.get(figure)).flatten().copied();
        sharing.chain(around).chain(within)
    }
}
