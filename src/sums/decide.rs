//! Deciding which figures stand in one sum, and why the others do not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::answer::Reason;
use super::choice::{Item, choose};
use super::containment::{Containment, Lanes};
use super::figure::{Figure, Lane};
use super::overlap::{Candidate, Chosen, Inside, candidates, contains};
use super::question::{Prefer, Question, Spread};
use super::time::{Extent, ordinal};
use crate::model::{Iso3, Scope};

/// What became of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is in the sum.
    Included,
    /// It is not; the positions are those of figures in the sum.
    Excluded { because: Reason, overlaps: Vec<usize> },
}

/// Decides over figures in the order of their ids: one verdict each.
pub(super) fn decide(
    figures: &[&Figure],
    containment: &Containment,
    question: &Question,
) -> Vec<Verdict> {
    let lane_set: BTreeSet<&Lane> = figures.iter().map(|figure| &figure.lane).collect();
    let lanes = Lanes::new(&lane_set, containment);
    let numbers: BTreeMap<&Lane, usize> = (0..).zip(lane_set).map(|(n, lane)| (lane, n)).collect();
    let mut decision = Decision {
        figures,
        numbers,
        lanes,
        prefer: question.prefer,
        reasons: figures.iter().map(|figure| barred(figure, question)).collect(),
        candidates: Vec::new(),
        partners: Vec::new(),
        member: vec![None; figures.len()],
        chosen: BTreeMap::new(),
        taken: BTreeSet::new(),
    };
    decision.run();
    (0..figures.len()).map(|position| decision.verdict(position)).collect()
}

/// Why a figure cannot be in any sum that the question asks for.
fn barred(figure: &Figure, question: &Question) -> Option<Reason> {
    let window = question.window.span();
    let extent = Extent::of(figure);
    let in_years = match question.spread {
        Spread::Even if question.window.shares(extent).is_some() => true,
        _ => extent.lies_in(window),
    };
    let alone = figure.scope == Scope::Group && figure.partners.len() < 2;
    [
        (figure.superseded, Reason::Superseded),
        (figure.scope == Scope::Region, Reason::Region),
        (figure.amount.is_none(), Reason::NoAmount),
        (figure.per_year, Reason::PerYear),
        (alone, Reason::Joint),
        (!in_years, Reason::OutsideYears),
    ]
    .into_iter()
    .find_map(|(holds, reason)| holds.then_some(reason))
}

struct Decision<'d, 'f> {
    figures: &'d [&'f Figure],
    numbers: BTreeMap<&'d Lane, usize>,
    lanes: Lanes,
    prefer: Prefer,
    /// Why a figure is out whatever is chosen.
    reasons: Vec<Option<Reason>>,
    candidates: Vec<Candidate<'f>>,
    /// The partners of each candidate.
    partners: Vec<&'d [Iso3]>,
    /// The candidate that each figure belongs to.
    member: Vec<Option<usize>>,
    chosen: BTreeMap<&'d Iso3, Chosen<'f>>,
    taken: BTreeSet<usize>,
}

impl<'d, 'f: 'd> Decision<'d, 'f> {
    fn run(&mut self) {
        self.bar_credit();
        self.bar_stages();
        self.bar_older_stocks();
        // A partner's own figures first, then those of two, and so on.
        let mut sets: BTreeMap<(usize, &'d [Iso3]), Vec<usize>> = BTreeMap::new();
        for (position, figure) in self.figures.iter().enumerate() {
            if self.reasons[position].is_none() {
                let partners = figure.partners.as_slice();
                sets.entry((partners.len(), partners)).or_default().push(position);
            }
        }
        for ((_, partners), positions) in sets {
            let first = self.candidates.len();
            let made = candidates(self.figures, &positions, |figure| self.numbers[&figure.lane]);
            for (number, candidate) in (first..).zip(&made) {
                for figure in &candidate.figures {
                    self.member[*figure] = Some(number);
                }
            }
            self.candidates.extend(made);
            self.partners.resize(self.candidates.len(), partners);
            let mut classes: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
            for number in first..self.candidates.len() {
                classes.entry(self.candidates[number].class).or_default().push(number);
            }
            for class in classes.into_values() {
                self.choose_class(class);
            }
        }
    }

    /// Credit is added to nothing but credit of the same program.
    fn bar_credit(&mut self) {
        let open = |at: &usize| self.reasons[*at].is_none();
        let of_credit: Vec<usize> =
            (0..self.figures.len()).filter(open).filter(|at| self.figures[*at].credit).collect();
        let other = (0..self.figures.len()).filter(open).any(|at| !self.figures[at].credit);
        let programs: BTreeSet<&Lane> =
            of_credit.iter().map(|at| &self.figures[*at].lane).collect();
        if other || programs.len() > 1 {
            for at in of_credit {
                self.reasons[at] = Some(Reason::Credit);
            }
        }
    }

    /// Money, else proposals, else mixed figures: never in one sum.
    fn bar_stages(&mut self) {
        let open = |position: &usize| self.reasons[*position].is_none();
        let families = (0..self.figures.len()).filter(open).map(|at| self.figures[at].family());
        let Some(family) = families.min() else { return };
        for (position, figure) in self.figures.iter().enumerate() {
            if self.reasons[position].is_none() && figure.family() != family {
                self.reasons[position] = Some(Reason::OtherStage);
            }
        }
    }

    /// Of stocks of the same partners and lane one stands: the newest, and one without a date counts as current.
    fn bar_older_stocks(&mut self) {
        let mut best: HashMap<(&[Iso3], &Lane), usize> = HashMap::new();
        let date = |at: usize| {
            let figure = self.figures[at];
            figure.as_of.or(figure.standing.published)
        };
        let rank = |at: usize| {
            let newest = date(at).map_or(i64::MIN, |date| -ordinal(Some(date)));
            (newest, self.figures[at].standing.official, at)
        };
        let stocks: Vec<usize> = (0..self.figures.len())
            .filter(|at| self.reasons[*at].is_none())
            .filter(|at| matches!(self.figures[*at].lane, Lane::Sale { stock: true, .. }))
            .collect();
        for at in &stocks {
            let figure = self.figures[*at];
            let best = best.entry((&figure.partners, &figure.lane)).or_insert(*at);
            if rank(*at) < rank(*best) {
                *best = *at;
            }
        }
        for at in stocks {
            let figure = self.figures[at];
            let stands = best[&(figure.partners.as_slice(), &figure.lane)];
            if date(at) != date(stands) {
                self.reasons[at] = Some(Reason::OtherDate);
            }
        }
    }

    /// The positions of chosen candidates that share money with a candidate.
    fn blockers(&self, number: usize) -> impl Iterator<Item = usize> {
        let candidate = &self.candidates[number];
        let chosen = self.partners[number].iter().filter_map(|partner| self.chosen.get(partner));
        chosen.flat_map(move |chosen| {
            let own = candidate.figures.iter().map(|figure| &self.figures[*figure].id);
            let above = candidate.above.iter().copied();
            chosen.overlapping(candidate.lane, candidate.possible, own, above, &self.lanes)
        })
    }

    fn take(&mut self, number: usize) {
        self.taken.insert(number);
        for partner in self.partners[number] {
            let chosen = self.chosen.entry(partner).or_default();
            chosen.add(number, &self.candidates[number], self.figures);
        }
    }

    /// Chooses among candidates of one class and one set of partners, until none is left that overlaps nothing.
    fn choose_class(&mut self, class: Vec<usize>) {
        let mut open = class;
        loop {
            open.retain(|number| self.blockers(*number).next().is_none());
            if open.is_empty() {
                return;
            }
            let competing = self.competing(&open);
            for tree in self.trees(&competing) {
                let free: Vec<usize> = tree
                    .into_iter()
                    .filter(|number| self.blockers(*number).next().is_none())
                    .collect();
                let item = |number: &usize| {
                    let candidate = &self.candidates[*number];
                    let score = candidate.score(&self.lanes, self.prefer);
                    Item { lane: candidate.lane, span: candidate.possible, score }
                };
                let items: Vec<Item> = free.iter().map(item).collect();
                for position in choose(&items, &self.lanes) {
                    self.take(free[position]);
                }
            }
            // What was chosen is blocked by itself; so is what competed and lost, or it returns.
            let before = open.len();
            open.retain(|number| !self.taken.contains(number));
            if open.len() == before {
                return;
            }
        }
    }

    /// The best for each program and period, of those that need not wait.
    fn competing(&self, open: &[usize]) -> Vec<usize> {
        let all = || open.iter().map(|number| &self.candidates[*number]);
        let inside = Inside::new(all());
        let records: HashMap<_, usize> = open
            .iter()
            .flat_map(|number| self.candidates[*number].figures.iter().map(|at| (*at, *number)))
            .map(|(at, number)| (&self.figures[at].id, number))
            .collect();
        let waits = |number: &usize| {
            let candidate = &self.candidates[*number];
            let listed = candidate.above.iter().filter_map(|record| records.get(record));
            // A record that says it is part of what lies inside it contradicts itself; its years are believed.
            let mut listed =
                listed.filter(|outer| !contains(candidate, &self.candidates[**outer], &self.lanes));
            match self.prefer {
                Prefer::Broad => {
                    listed.next().is_some() || inside.is_inside(candidate, &self.lanes)
                }
                // The dynamic program sees days and programs; a record's own word that it sees not is kept here.
                Prefer::Detail => listed.any(|outer| {
                    let outer = &self.candidates[*outer];
                    !self.lanes.meet(outer.lane, candidate.lane)
                        || !outer.possible.meets(candidate.possible)
                }),
            }
        };
        let mut best: BTreeMap<_, usize> = BTreeMap::new();
        let mut free: Vec<usize> = open.iter().copied().filter(|number| !waits(number)).collect();
        if free.is_empty() {
            // Only records that are part of each other in a circle come here; none may wait for ever.
            free = open.to_vec();
        }
        for number in free {
            let candidate = &self.candidates[number];
            let key = (candidate.lane, candidate.possible, candidate.component.is_some());
            let best = best.entry(key).or_insert(number);
            let rank = |number: usize| (self.candidates[number].standing, number);
            if rank(number) < rank(*best) {
                *best = number;
            }
        }
        best.into_values().collect()
    }

    /// Candidates by trees of programs: each program in the first tree that it does not cut across.
    fn trees(&self, some: &[usize]) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = some.iter().map(|at| self.candidates[*at].lane).collect();
        order.sort_unstable();
        order.dedup();
        let size = |lane: &usize| match self.prefer {
            Prefer::Broad => -self.lanes.size[*lane],
            Prefer::Detail => self.lanes.size[*lane],
        };
        order.sort_by_key(size);
        let mut trees: Vec<BTreeSet<usize>> = Vec::new();
        let mut tree_of: BTreeMap<usize, usize> = BTreeMap::new();
        for lane in order {
            let cuts = |tree: &BTreeSet<usize>| {
                let met = self.lanes.meeting[lane].iter().filter(|other| tree.contains(other));
                let mut met = met.into_iter();
                met.any(|met| !self.lanes.holds(*met, lane) && !self.lanes.holds(lane, *met))
            };
            let place = trees.iter().position(|tree| !cuts(tree)).unwrap_or_else(|| {
                trees.push(BTreeSet::new());
                trees.len() - 1
            });
            trees[place].insert(lane);
            tree_of.insert(lane, place);
        }
        let mut sorted: Vec<Vec<usize>> = vec![Vec::new(); trees.len()];
        for number in some {
            sorted[tree_of[&self.candidates[*number].lane]].push(*number);
        }
        sorted
    }

    fn verdict(&self, position: usize) -> Verdict {
        let figure = self.figures[position];
        if self.member[position].is_some_and(|number| self.taken.contains(&number)) {
            return Verdict::Included;
        }
        let extent = Extent::of(figure);
        let met: BTreeSet<usize> = figure
            .partners
            .iter()
            .filter_map(|partner| self.chosen.get(partner))
            .flat_map(|chosen| {
                let (own, above) = (std::iter::once(&figure.id), figure.part_of.iter());
                let lane = self.numbers[&figure.lane];
                chosen.overlapping(lane, extent.possible, own, above, &self.lanes)
            })
            .collect();
        let because = self.reasons[position].unwrap_or_else(|| self.why(position, &met));
        let figures = met.iter().flat_map(|number| self.candidates[*number].figures.clone());
        let mut overlaps: Vec<usize> = figures.collect();
        overlaps.sort_unstable();
        if matches!(because, Reason::Region | Reason::Superseded | Reason::NoAmount) {
            // The reason lies in the figure alone.
            overlaps.clear();
        }
        Verdict::Excluded { because, overlaps }
    }

    /// Why a figure lost against those that it overlaps.
    fn why(&self, position: usize, met: &BTreeSet<usize>) -> Reason {
        let figure = self.figures[position];
        let Some(own) = self.member[position].map(|number| &self.candidates[number]) else {
            return Reason::Overlaps;
        };
        let any = |test: &dyn Fn(usize, &Candidate<'_>) -> bool| {
            met.iter().any(|number| test(*number, &self.candidates[*number]))
        };
        let inside = |_: usize, outer: &Candidate<'_>| {
            let listed = outer.figures.iter().any(|at| own.above.contains(&self.figures[*at].id));
            listed || contains(outer, own, &self.lanes)
        };
        let stage = |_: usize, other: &Candidate<'_>| {
            self.figures[other.figures[0]].stage_word() != figure.stage_word()
        };
        let joint = |number: usize, _: &Candidate<'_>| self.partners[number] != figure.partners;
        if any(&joint) {
            Reason::Joint
        } else if any(&inside) {
            Reason::ContainedIn
        } else if any(&stage) {
            Reason::OtherStage
        } else {
            Reason::Overlaps
        }
    }
}
