//! Deciding which figures stand in one sum, and why the others do not.

mod candidate;
mod choice;
mod chosen;
mod exclusion;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use candidate::{Candidate, candidates};
use choice::Choice;

use super::counting::Counting;
use super::figure_set::FigureSet;

pub(super) use exclusion::{Rules, exclusion_reasons};

/// What became of some figures.
pub(super) struct Decision<'s> {
    set: &'s FigureSet,
    /// The figures, in the order of their numbers.
    pub(super) figures: Vec<u32>,
    /// What became of each.
    pub(super) counting: Vec<Counting>,
    choice: Choice<'s>,
    blockers: RefCell<Blockers>,
}

/// What was chosen and shares money with the figures of each place, once that was asked for.
#[derive(Default)]
struct Blockers {
    /// By place: where its candidates stand.
    places: HashMap<u32, Range<usize>, FixedState>,
    /// The candidates of one place after the other, those of each in order.
    candidates: Vec<u32>,
    /// Room for those of a place while they are looked for.
    found: Vec<u32>,
}

impl Blockers {
    /// The chosen candidates that share money with a figure, in order.
    fn of(&mut self, figure: u32, set: &FigureSet, choice: &Choice<'_>) -> &[u32] {
        let entry = set.entry(figure);
        let (candidates, found) = (&mut self.candidates, &mut self.found);
        let place = self.places.entry(entry.place).or_insert_with(|| {
            let start = candidates.len();
            for partner in set.partners_of(entry) {
                if let Some(chosen) = choice.chosen(*partner) {
                    chosen.push_blockers(figure, entry, &set.table, found);
                }
            }
            found.sort_unstable();
            // One that shares money with several partners of the figure is found with each.
            found.dedup();
            candidates.append(found);
            start..candidates.len()
        });
        &candidates[place.clone()]
    }
}

/// Decides over figures, which are in the order of their numbers.
pub(super) fn decide<'s>(set: &'s FigureSet, figures: Vec<u32>, rules: &Rules) -> Decision<'s> {
    let reasons = exclusion_reasons(set, &figures, rules);
    let open: Vec<u32> = figures
        .iter()
        .zip(&reasons)
        .filter(|(_, reason)| reason.is_none())
        .map(|(figure, _)| *figure)
        .collect();
    let choice = Choice::of(set, candidates(set, &open), rules.prefer);
    let blockers = RefCell::default();
    let mut decision = Decision { set, figures, counting: Vec::new(), choice, blockers };
    decision.counting = decision.count(&reasons);
    decision
}

impl Decision<'_> {
    /// For each figure whether it is counted, and else why not.
    fn count(&self, reasons: &[Option<Counting>]) -> Vec<Counting> {
        let mut members: Vec<(u32, u32)> = Vec::with_capacity(self.figures.len());
        for (number, candidate) in (0..).zip(&self.choice.candidates) {
            members.extend(candidate.figures.iter().map(|figure| (*figure, number)));
        }
        members.sort_unstable();
        let mut members = members.into_iter().peekable();
        let mut blockers = self.blockers.borrow_mut();
        let mut count = |figure: u32| {
            while members.next_if(|(member, _)| *member < figure).is_some() {}
            let own = members.next_if(|(member, _)| *member == figure);
            let Some((_, own)) = own else { return Counting::Overlaps };
            if self.choice.taken[own as usize] {
                return Counting::Counted;
            }
            let found = blockers.of(figure, self.set, &self.choice);
            self.losing_reason(&self.choice.candidates[own as usize], figure, found)
        };
        let pairs = self.figures.iter().zip(reasons);
        pairs.map(|(figure, reason)| reason.unwrap_or_else(|| count(*figure))).collect()
    }

    /// Why a figure lost against those that it overlaps.
    fn losing_reason(&self, own: &Candidate, figure: u32, blockers: &[u32]) -> Counting {
        let any = |test: &dyn Fn(&Candidate) -> bool| {
            blockers.iter().any(|number| test(&self.choice.candidates[*number as usize]))
        };
        let word = |figure: u32| self.set.entry(figure).stage.map(|stage| stage.word);
        let inside = |outer: &Candidate| {
            outer.figures.iter().any(|figure| own.above.contains(figure))
                || outer.contains(own, self.set)
        };
        if any(&|other| other.partners != own.partners) {
            Counting::Joint
        } else if any(&inside) {
            Counting::InsideAnother
        } else if any(&|other| word(other.figures[0]) != word(figure)) {
            Counting::OtherStage
        } else {
            Counting::Overlaps
        }
    }

    /// The figures in the sum, in order.
    pub(super) fn counted(&self) -> impl Iterator<Item = u32> {
        let pairs = self.figures.iter().zip(&self.counting);
        pairs.filter(|(_, counting)| **counting == Counting::Counted).map(|(figure, _)| *figure)
    }

    /// Adds the figures in the sum that share money with a figure, in order.
    pub(super) fn push_overlaps(&self, figure: u32, found: &mut Vec<u32>) {
        let mut blockers = self.blockers.borrow_mut();
        let start = found.len();
        for number in blockers.of(figure, self.set, &self.choice) {
            found.extend_from_slice(&self.choice.candidates[*number as usize].figures);
        }
        found[start..].sort_unstable();
    }
}
