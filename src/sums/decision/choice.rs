//! Choosing figures that do not overlap, in the order of the definition.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::candidate::{Candidate, ContainmentIndex, Score};
use super::chosen::Chosen;
use crate::sums::figure_set::FigureSet;
use crate::sums::question::Prefer;

/// Chooses candidates, a partner's own before joint ones, money given before money enacted.
pub(super) struct Choice<'s> {
    set: &'s FigureSet,
    prefer: Prefer,
    pub(super) candidates: Vec<Candidate>,
    /// What was chosen, by partner, in their order: nearly always of one.
    chosen: Vec<(u16, Chosen)>,
    /// Whether each candidate was taken.
    pub(super) taken: Vec<bool>,
}

impl<'s> Choice<'s> {
    pub(super) fn of(set: &'s FigureSet, candidates: Vec<Candidate>, prefer: Prefer) -> Self {
        let taken = vec![false; candidates.len()];
        let mut choice = Self { set, prefer, candidates, chosen: Vec::new(), taken };
        if choice.candidates.len() == 1 {
            choice.choose(vec![0]);
            return choice;
        }
        let class = |number: u32| {
            let Candidate { partners, class, .. } = choice.candidates[number as usize];
            let partners = set.partner_set(partners);
            (partners.len(), partners, class)
        };
        let mut numbers: Vec<u32> = (0..).take(choice.candidates.len()).collect();
        // Stable: within a class they keep their order.
        numbers.sort_by_key(|number| class(*number));
        let same = |one: &u32, other: &u32| class(*one) == class(*other);
        let classes: Vec<Vec<u32>> = numbers.chunk_by(same).map(<[u32]>::to_vec).collect();
        for class in classes {
            let open = choice.best_of_alike(&class);
            choice.choose(open);
        }
        choice
    }

    fn candidate(&self, number: u32) -> &Candidate {
        &self.candidates[number as usize]
    }

    /// What was chosen for a partner.
    pub(super) fn chosen(&self, partner: u16) -> Option<&Chosen> {
        let at = self.chosen.binary_search_by_key(&partner, |(known, _)| *known).ok()?;
        Some(&self.chosen[at].1)
    }

    /// Whether a candidate shares money with what was chosen.
    fn is_blocked(&self, number: u32) -> bool {
        let one = self.candidate(number);
        let partners = self.set.partner_set(one.partners).iter();
        partners
            .filter_map(|partner| self.chosen(*partner))
            .any(|chosen| chosen.blocks(one, &self.set.table))
    }

    fn take(&mut self, number: u32) {
        self.taken[number as usize] = true;
        let candidate = &self.candidates[number as usize];
        for partner in self.set.partner_set(candidate.partners) {
            let at = match self.chosen.binary_search_by_key(partner, |(known, _)| *known) {
                Ok(at) => at,
                Err(at) => {
                    self.chosen.insert(at, (*partner, Chosen::default()));
                    at
                }
            };
            self.chosen[at].1.add(number, candidate, &self.set.table);
        }
    }

    /// Of candidates for one program and period the one of the most final stage, the most official and the newest
    /// source. What records say of each other is kept apart.
    fn best_of_alike(&self, class: &[u32]) -> Vec<u32> {
        if class.len() == 1 {
            return class.to_vec();
        }
        let mut alike: HashMap<u32, u32, FixedState> = HashMap::default();
        let mut best: Vec<u32> = Vec::new();
        for number in class {
            let one = self.candidate(*number);
            let Some(key) = one.alike else {
                best.push(*number);
                continue;
            };
            let found = alike.entry(key).or_insert(*number);
            let before = self.candidate(*found);
            if (one.rank, one.figures[0]) < (before.rank, before.figures[0]) {
                *found = *number;
            }
        }
        best.extend(alike.into_values());
        best.sort_unstable();
        best
    }

    /// Chooses among candidates until none is left that overlaps nothing.
    fn choose(&mut self, mut open: Vec<u32>) {
        loop {
            open.retain(|number| !self.is_blocked(*number));
            if open.is_empty() {
                return;
            }
            if let [only] = *open {
                // It has no rival, as in most groups by program and year.
                if self.is_worth_something(only) {
                    self.take(only);
                }
                return;
            }
            let mut competing = self.competing(&open);
            competing.sort_by_key(|number| self.candidate(*number).order(self.prefer));
            let before = open.len();
            for number in competing {
                if !self.is_blocked(number) {
                    self.take(number);
                }
            }
            open.retain(|number| !self.taken[*number as usize]);
            if open.len() == before {
                return;
            }
        }
    }

    /// Whether a schedule with a candidate is worth more than one without.
    fn is_worth_something(&self, number: u32) -> bool {
        let candidate = self.candidate(number);
        candidate.is_notice || candidate.score(self.prefer) > Score::default()
    }

    /// Those that need not wait, and in their program do not overlap and are worth most together.
    fn competing(&self, open: &[u32]) -> Vec<u32> {
        let mut lanes: Vec<(u16, u32)> = Vec::new();
        // No notice is rival to another, so that there is nothing to schedule.
        let mut competing = Vec::new();
        for number in self.not_waiting(open) {
            let candidate = self.candidate(number);
            if candidate.is_notice {
                competing.push(number);
            } else {
                lanes.push((candidate.lane, number));
            }
        }
        // Stable: within a lane they keep their order.
        lanes.sort_by_key(|(lane, _)| *lane);
        for lane in lanes.chunk_by(|(one, _), (other, _)| one == other) {
            competing.extend(self.schedule(lane.iter().map(|(_, number)| *number).collect()));
        }
        competing
    }

    /// `prefer=broad`: a figure inside another one waits for it, by its days and programs or by its record's word.
    fn not_waiting(&self, open: &[u32]) -> Vec<u32> {
        if self.prefer == Prefer::Detail {
            return open.to_vec();
        }
        let spans = open.iter().map(|number| self.candidate(*number));
        let index = ContainmentIndex::new(spans.filter(|candidate| !candidate.is_notice));
        let outer = open.iter().map(|number| (*number, self.candidate(*number)));
        let outer = outer.filter(|(_, candidate)| candidate.has_parts);
        let outer: HashMap<u32, u32> = outer
            .flat_map(|(number, one)| one.figures.iter().map(move |figure| (*figure, number)))
            .collect();
        let waits = |number: &u32| {
            let one = self.candidate(*number);
            let listed = one.above.iter().filter_map(|figure| outer.get(figure));
            // A record that says it is part of what lies inside it contradicts itself; its years are believed.
            let mut listed =
                listed.filter(|outer| !one.contains(self.candidate(**outer), self.set));
            listed.next().is_some() || index.is_inside(one, self.set)
        };
        let free: Vec<u32> = open.iter().copied().filter(|number| !waits(number)).collect();
        // Only records that are part of each other in a circle all wait; none may wait for ever.
        if free.is_empty() { open.to_vec() } else { free }
    }

    /// Of one program's candidates the set without overlap that is worth most: weighted interval scheduling.
    fn schedule(&self, mut lane: Vec<u32>) -> Vec<u32> {
        if let [only] = *lane {
            lane.retain(|_| self.is_worth_something(only));
            return lane;
        }
        let span = |number: &u32| self.candidate(*number).possible;
        lane.sort_by_key(|number| (span(number).to, span(number).from, *number));
        let before = |number: &u32| {
            let from = span(number).from;
            lane.partition_point(|earlier| span(earlier).to < from)
        };
        let plus = |one: Score, other: Score| -> Score {
            std::array::from_fn(|place| one[place].saturating_add(other[place]))
        };
        let mut best: Vec<Score> = vec![[0; 5]];
        for (place, number) in lane.iter().enumerate() {
            let with = plus(best[before(number)], self.candidate(*number).score(self.prefer));
            best.push(with.max(best[place]));
        }
        let mut scheduled = Vec::new();
        let mut place = lane.len();
        while place > 0 {
            if best[place] == best[place - 1] {
                place -= 1;
            } else {
                let number = lane[place - 1];
                scheduled.push(number);
                place = before(&number);
            }
        }
        scheduled
    }
}
