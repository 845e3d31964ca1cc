//! Candidates for a sum: figures, and components of one program that one record lists side by side.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;

use foldhash::fast::FixedState;

use crate::sums::figure_set::FigureSet;
use crate::sums::figure_time::DaySpan;
use crate::sums::question::Prefer;

/// The components that a candidate is about; none for a whole program.
pub(super) type Components = Option<Vec<u32>>;

/// What a set of candidates is worth, place by place; the first difference decides.
pub(super) type Score = [i64; 5];

/// The figures of a candidate, by number: nearly always one, which is not worth an allocation.
#[derive(Debug)]
pub(super) enum Figures {
    One(u32),
    Several(Vec<u32>),
}

impl Deref for Figures {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Self::One(figure) => std::slice::from_ref(figure),
            Self::Several(figures) => figures,
        }
    }
}

/// One figure, or the components of one program that one record lists side by side.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) figures: Figures,
    pub(super) partners: u32,
    pub(super) lane: u16,
    pub(super) certain: DaySpan,
    pub(super) possible: DaySpan,
    pub(super) components: Components,
    /// Lower classes are chosen first.
    pub(super) class: u8,
    /// The place of its stage, less official sources, older ones: lower is better.
    pub(super) rank: (u8, u8, Reverse<i32>),
    /// The program-years that it covers for certain, in days.
    pub(super) covers: i64,
    /// The figures that it is recorded as part of.
    pub(super) above: Vec<u32>,
    /// Whether others are recorded as part of it.
    pub(super) has_parts: bool,
    /// Whether it is one notice, which shares no money with another for their days.
    pub(super) is_notice: bool,
    /// The number of those of which only the best can stand; none for several figures.
    pub(super) alike: Option<u32>,
}

impl Candidate {
    fn of(set: &FigureSet, figures: Figures) -> Self {
        let first = set.entry(figures[0]);
        let certain = first.time.certain;
        let mut candidate = Self {
            partners: first.partners,
            lane: first.lane,
            certain,
            possible: first.time.possible,
            components: first.component.map(|component| vec![component]),
            class: first.class(),
            rank: (
                first.stage.map_or(0, |stage| stage.rank),
                first.official,
                Reverse(first.published),
            ),
            covers: certain.days() * set.table.size[usize::from(first.lane)],
            above: first.above.to_vec(),
            has_parts: first.has_parts,
            is_notice: first.is_notice,
            alike: (figures.len() == 1).then_some(first.alike),
            figures,
        };
        candidate.join_others(set);
        candidate
    }

    /// Takes in what the figures after the first say.
    fn join_others(&mut self, set: &FigureSet) {
        let (stage, mut official, Reverse(mut published)) = self.rank;
        for figure in self.figures.iter().skip(1) {
            let entry = set.entry(*figure);
            official = official.max(entry.official);
            published = published.min(entry.published);
            self.above.extend_from_slice(&entry.above);
            self.has_parts |= entry.has_parts;
            self.is_notice |= entry.is_notice;
            if let (Some(components), Some(component)) = (&mut self.components, entry.component) {
                components.push(component);
            }
        }
        self.rank = (stage, official, Reverse(published));
        if let Some(components) = &mut self.components {
            components.sort_unstable();
            components.dedup();
        }
    }

    /// What it adds to a set of candidates of its program; the first difference decides.
    pub(super) fn score(&self, prefer: Prefer) -> Score {
        let count = i64::try_from(self.figures.len()).unwrap_or(i64::MAX);
        let (stage, official, Reverse(published)) = self.rank;
        let (stage, official, published) =
            (-i64::from(stage), -i64::from(official), i64::from(published));
        match prefer {
            Prefer::Broad => [self.covers, -count, stage, official, published],
            Prefer::Detail => [count, self.covers, stage, official, published],
        }
    }

    /// The order in which candidates of different programs are taken: lower comes first.
    pub(super) fn order(&self, prefer: Prefer) -> (i64, (u8, u8, Reverse<i32>), u32) {
        let covers = if prefer == Prefer::Broad { -self.covers } else { self.covers };
        (covers, self.rank, self.figures[0])
    }

    /// Whether another lies inside this one: it covers all that the other may cover, and more.
    pub(super) fn contains(&self, other: &Self, set: &FigureSet) -> bool {
        let same_lane = self.lane == other.lane;
        let whole = self.components.is_none();
        let parts = whole || same_lane && self.components == other.components;
        let more =
            !same_lane || self.certain != other.possible || whole && other.components.is_some();
        parts
            && more
            && set.table.holds(self.lane, other.lane)
            && self.certain.contains(other.possible)
    }
}

/// Makes candidates of some figures, which are in the order of their numbers.
pub(super) fn candidates(set: &FigureSet, figures: &[u32]) -> Vec<Candidate> {
    let mut listed: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    let mut candidates = Vec::with_capacity(figures.len());
    for figure in figures {
        let entry = set.entry(*figure);
        match (entry.component, entry.above.first()) {
            (Some(_), Some(listed_in)) => {
                let rank = entry.stage.map_or(0, |stage| stage.rank);
                let time = (entry.time.possible, entry.time.certain);
                let place = (entry.partners, entry.lane, time, rank, *listed_in);
                listed.entry(place).or_default().push(*figure);
            }
            _ => candidates.push(Candidate::of(set, Figures::One(*figure))),
        }
    }
    for members in listed.into_values() {
        let names: BTreeSet<_> =
            members.iter().map(|member| set.entry(*member).component).collect();
        if names.len() == members.len() {
            candidates.push(Candidate::of(set, Figures::Several(members)));
        } else {
            candidates.extend(members.into_iter().map(|one| Candidate::of(set, Figures::One(one))));
        }
    }
    candidates.sort_by_key(|candidate| candidate.figures[0]);
    candidates
}

/// How many are compared one by one before they are indexed: most sums of one year never have as many, and need no
/// index.
pub(super) const FEW: usize = 8;

/// Finds out which candidates lie inside others of the same set.
pub(super) struct ContainmentIndex<'c> {
    /// Those of a set of few, which is not indexed.
    few: Vec<&'c Candidate>,
    /// By lane and components: spans in order, each with the furthest end so far.
    spans: HashMap<(u16, &'c Components), Vec<DaySpan>, FixedState>,
}

impl<'c> ContainmentIndex<'c> {
    pub(super) fn new(candidates: impl Iterator<Item = &'c Candidate>) -> Self {
        let candidates: Vec<&Candidate> = candidates.collect();
        let mut spans: HashMap<_, Vec<DaySpan>, FixedState> = HashMap::default();
        if candidates.len() <= FEW {
            return Self { few: candidates, spans };
        }
        for candidate in candidates {
            spans
                .entry((candidate.lane, &candidate.components))
                .or_default()
                .push(candidate.certain);
        }
        for list in spans.values_mut() {
            list.sort_unstable();
            let mut furthest = i32::MIN;
            for span in list {
                furthest = furthest.max(span.to);
                span.to = furthest;
            }
        }
        Self { few: Vec::new(), spans }
    }

    fn is_held(&self, lane: u16, components: &Components, span: DaySpan) -> bool {
        let Some(list) = self.spans.get(&(lane, components)) else { return false };
        let before = list.partition_point(|other| other.from <= span.from);
        before > 0 && list[before - 1].to >= span.to
    }

    /// Whether another candidate covers all that this one may cover, and more.
    pub(super) fn is_inside(&self, candidate: &Candidate, set: &FigureSet) -> bool {
        let (lane, span) = (candidate.lane, candidate.possible);
        let components = &candidate.components;
        self.few.iter().any(|outer| outer.contains(candidate, set))
            || self.is_held(lane, components, DaySpan { from: span.from - 1, ..span })
            || self.is_held(lane, components, DaySpan { to: span.to.saturating_add(1), ..span })
            || components.is_some() && self.is_held(lane, &None, span)
            || set.table.around[usize::from(lane)]
                .iter()
                .any(|outer| *outer != lane && self.is_held(*outer, &None, span))
    }
}
