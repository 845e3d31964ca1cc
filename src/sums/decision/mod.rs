//! Deciding which figures stand in one sum, and why the others do not.

mod candidate;
mod choice;
mod chosen;
mod exclusion;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

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
    /// By place: what shares money with the figures of the place, once it was asked for.
    blockers: RefCell<HashMap<u32, Blockers, FixedState>>,
}

/// What was chosen and shares money with the figures of one place, in order.
struct Blockers {
    candidates: Box<[u32]>,
    /// Their figures, once they were asked for.
    figures: Option<Rc<[u32]>>,
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
    /// The chosen candidates that share money with a figure. `room` is empty, and is given back empty.
    fn blockers_of(&self, figure: u32, room: &mut Vec<u32>) -> Blockers {
        let entry = self.set.entry(figure);
        for partner in self.set.partners_of(entry) {
            if let Some(chosen) = self.choice.chosen.get(partner) {
                chosen.push_blockers(figure, entry, &self.set.table, room);
            }
        }
        room.sort_unstable();
        room.dedup();
        let candidates = room.as_slice().into();
        room.clear();
        Blockers { candidates, figures: None }
    }

    /// For each figure whether it is counted, and else why not.
    fn count(&self, reasons: &[Option<Counting>]) -> Vec<Counting> {
        let mut members: Vec<(u32, u32)> = Vec::with_capacity(self.figures.len());
        for (number, candidate) in (0..).zip(&self.choice.candidates) {
            members.extend(candidate.figures.iter().map(|figure| (*figure, number)));
        }
        members.sort_unstable();
        let mut members = members.into_iter().peekable();
        let mut blockers = self.blockers.borrow_mut();
        let mut room = Vec::new();
        let mut count = |figure: u32| {
            while members.next_if(|(member, _)| *member < figure).is_some() {}
            let own = members.next_if(|(member, _)| *member == figure);
            let Some((_, own)) = own else { return Counting::Overlaps };
            if self.choice.taken[own as usize] {
                return Counting::Counted;
            }
            let place = self.set.entry(figure).place;
            let found =
                blockers.entry(place).or_insert_with(|| self.blockers_of(figure, &mut room));
            self.losing_reason(&self.choice.candidates[own as usize], figure, &found.candidates)
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

    /// The figures in the sum that share money with a figure, in order: the same list for all figures of a place.
    pub(super) fn overlaps(&self, figure: u32) -> Rc<[u32]> {
        let place = self.set.entry(figure).place;
        let mut blockers = self.blockers.borrow_mut();
        let found =
            blockers.entry(place).or_insert_with(|| self.blockers_of(figure, &mut Vec::new()));
        let Blockers { candidates, figures } = found;
        let figures = figures.get_or_insert_with(|| {
            let candidates =
                candidates.iter().map(|number| &self.choice.candidates[*number as usize]);
            let mut figures: Vec<u32> =
                candidates.flat_map(|one| one.figures.iter().copied()).collect();
            figures.sort_unstable();
            figures.into()
        });
        Rc::clone(figures)
    }
}
