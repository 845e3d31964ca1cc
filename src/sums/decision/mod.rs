//! Deciding which figures stand in one sum, and why the others do not.

mod candidate;
mod choice;
mod chosen;
mod exclusion;

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
    let mut decision = Decision { set, figures, counting: Vec::new(), choice };
    decision.counting = decision.count(&reasons);
    decision
}

impl<'s> Decision<'s> {
    /// Puts in the numbers of the chosen candidates that share money with a figure, in order.
    fn fill_blockers(&self, figure: u32, found: &mut Vec<u32>) {
        found.clear();
        let entry = self.set.entry(figure);
        for partner in self.set.partners_of(entry) {
            if let Some(chosen) = self.choice.chosen.get(partner) {
                chosen.push_blockers(figure, entry, &self.set.table, found);
            }
        }
        found.sort_unstable();
        found.dedup();
    }

    /// For each figure whether it is counted, and else why not.
    fn count(&self, reasons: &[Option<Counting>]) -> Vec<Counting> {
        let mut members: Vec<(u32, u32)> = Vec::with_capacity(self.figures.len());
        for (number, candidate) in (0..).zip(&self.choice.candidates) {
            members.extend(candidate.figures.iter().map(|figure| (*figure, number)));
        }
        members.sort_unstable();
        let mut members = members.into_iter().peekable();
        let mut blockers: HashMap<u32, Vec<u32>, FixedState> = HashMap::default();
        let mut own_blockers = Vec::new();
        let mut count = |figure: u32| {
            while members.next_if(|(member, _)| *member < figure).is_some() {}
            let own = members.next_if(|(member, _)| *member == figure);
            let Some((_, own)) = own else { return Counting::Overlaps };
            if self.choice.taken[own as usize] {
                return Counting::Counted;
            }
            let entry = self.set.entry(figure);
            let found = if entry.stands_apart() {
                self.fill_blockers(figure, &mut own_blockers);
                &own_blockers
            } else {
                blockers.entry(entry.place).or_insert_with(|| {
                    let mut found = Vec::new();
                    self.fill_blockers(figure, &mut found);
                    found
                })
            };
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

    /// Asks which figures in the sum share money with others.
    pub(super) fn overlaps(&self) -> Overlaps<'_, 's> {
        Overlaps { decision: self, found: HashMap::default() }
    }
}

/// Which figures in the sum share money with a figure; each place is looked at once.
pub(super) struct Overlaps<'d, 's> {
    decision: &'d Decision<'s>,
    found: HashMap<u32, Rc<[u32]>, FixedState>,
}

impl Overlaps<'_, '_> {
    /// Those of one figure, in order: the same list for all figures of a place.
    pub(super) fn of(&mut self, figure: u32) -> Rc<[u32]> {
        let decision = self.decision;
        let place = decision.set.entry(figure).place;
        let found = self.found.entry(place).or_insert_with(|| {
            let mut candidates = Vec::new();
            decision.fill_blockers(figure, &mut candidates);
            let figures = candidates
                .iter()
                .flat_map(|number| &*decision.choice.candidates[*number as usize].figures);
            let mut figures: Vec<u32> = figures.copied().collect();
            figures.sort_unstable();
            figures.into()
        });
        Rc::clone(found)
    }
}
