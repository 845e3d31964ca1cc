//! Candidates for a sum, and which of them share money.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::choice::Score;
use super::containment::Lanes;
use super::figure::Figure;
use super::question::Prefer;
use super::time::{Extent, Span, ordinal};
use crate::model::RecordId;

/// One figure, or the components of one program that one record lists side by side.
pub(super) struct Candidate<'f> {
    /// Positions of its figures.
    pub(super) figures: Vec<usize>,
    pub(super) lane: usize,
    pub(super) certain: Span,
    pub(super) possible: Span,
    /// The components that it is about; none for a whole program.
    pub(super) component: Option<String>,
    /// Lower classes are chosen first.
    pub(super) class: u8,
    /// The place of its stage, less official sources, older ones: lower is better.
    pub(super) standing: (u8, u8, i64),
    /// The records that it is part of.
    pub(super) above: BTreeSet<&'f RecordId>,
}

impl Candidate<'_> {
    /// What it adds to a set of candidates.
    pub(super) fn score(&self, lanes: &Lanes, prefer: Prefer) -> Score {
        let covers = self.certain.days() * lanes.size[self.lane];
        let count = i64::try_from(self.figures.len()).unwrap_or(i64::MAX);
        let (_, official, age) = self.standing;
        match prefer {
            Prefer::Broad => Score([covers, -count, -i64::from(official), -age]),
            Prefer::Detail => Score([count, covers, -i64::from(official), -age]),
        }
    }
}

/// Makes candidates of the figures at these positions, in the order of ids.
pub(super) fn candidates<'f>(
    figures: &[&'f Figure],
    positions: &[usize],
    lane_of: impl Fn(&Figure) -> usize,
) -> Vec<Candidate<'f>> {
    let mut tables: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let mut candidates = Vec::new();
    let one = |members: Vec<usize>| {
        let first = figures[members[0]];
        let extent = Extent::of(first);
        let all = || members.iter().map(|member| figures[*member]);
        let names: BTreeSet<&str> = all()
            .filter_map(|figure| figure.component.as_ref())
            .map(|name| name.as_str())
            .collect();
        let official = all().map(|figure| figure.standing.official).max().unwrap_or(u8::MAX);
        let age = all().map(|figure| -ordinal(figure.standing.published)).max().unwrap_or(0);
        Candidate {
            lane: lane_of(first),
            certain: extent.certain,
            possible: extent.possible,
            component: (!names.is_empty())
                .then(|| names.into_iter().collect::<Vec<_>>().join("; ")),
            class: first.class(),
            standing: (first.stage.map_or(0, |stage| stage.rank), official, age),
            above: all().flat_map(|figure| &figure.part_of).collect(),
            figures: members,
        }
    };
    for position in positions {
        let figure = figures[*position];
        match (&figure.component, figure.part_of.first()) {
            (Some(_), Some(listed_in)) => {
                let Extent { possible, certain, .. } = Extent::of(figure);
                let rank = figure.stage.map_or(0, |stage| stage.rank);
                let table = (lane_of(figure), possible, certain, rank, listed_in);
                tables.entry(table).or_default().push(*position);
            }
            _ => candidates.push(one(vec![*position])),
        }
    }
    for members in tables.into_values() {
        let names: BTreeSet<_> = members.iter().map(|member| &figures[*member].component).collect();
        if names.len() == members.len() {
            candidates.push(one(members));
        } else {
            candidates.extend(members.into_iter().map(|member| one(vec![member])));
        }
    }
    candidates.sort_by_key(|candidate| candidate.figures[0]);
    candidates
}

/// A lane, and the components of it; none for the whole.
type Subject = (usize, Option<String>);

/// Finds out which candidates lie inside others of the same set.
pub(super) struct Inside {
    /// Spans by lane and components, with the furthest end so far.
    spans: HashMap<Subject, Vec<(i32, i32)>>,
}

impl Inside {
    pub(super) fn new<'c>(candidates: impl Iterator<Item = &'c Candidate<'c>>) -> Self {
        let mut spans: HashMap<_, Vec<(i32, i32)>> = HashMap::new();
        for candidate in candidates {
            let key = (candidate.lane, candidate.component.clone());
            let Span { from, to } = candidate.certain;
            spans.entry(key).or_default().push((from, to));
        }
        for list in spans.values_mut() {
            list.sort_unstable();
            let mut furthest = i32::MIN;
            for (_, to) in list {
                furthest = furthest.max(*to);
                *to = furthest;
            }
        }
        Self { spans }
    }

    fn held(&self, lane: usize, component: Option<&String>, span: Span) -> bool {
        let Some(list) = self.spans.get(&(lane, component.cloned())) else { return false };
        let before = list.partition_point(|(from, _)| *from <= span.from);
        before > 0 && list[before - 1].1 >= span.to
    }

    /// Whether another candidate covers all that this one may cover, and more.
    pub(super) fn is_inside(&self, candidate: &Candidate<'_>, lanes: &Lanes) -> bool {
        let (lane, span) = (candidate.lane, candidate.possible);
        let component = candidate.component.as_ref();
        let wider = |component| {
            self.held(lane, component, Span { from: span.from - 1, ..span })
                || self.held(lane, component, Span { to: span.to + 1, ..span })
        };
        let outer = lanes.around[lane].iter().filter(|outer| **outer != lane);
        wider(component)
            || component.is_some() && self.held(lane, None, span)
            || outer.into_iter().any(|outer| self.held(*outer, None, span))
    }
}

/// Whether one candidate lies inside another: it covers all that the first may cover, and more.
pub(super) fn contains(outer: &Candidate<'_>, inner: &Candidate<'_>, lanes: &Lanes) -> bool {
    let same_lane = outer.lane == inner.lane;
    let whole = outer.component.is_none();
    let parts = whole || same_lane && outer.component == inner.component;
    let more = !same_lane || outer.certain != inner.possible || whole && inner.component.is_some();
    parts && more && lanes.holds(outer.lane, inner.lane) && outer.certain.holds(inner.possible)
}

/// What was chosen for one partner, to be asked what it overlaps.
#[derive(Default)]
pub(super) struct Chosen<'f> {
    /// By lane and first day: the last day and the candidate. In a lane nothing overlaps.
    spans: HashMap<usize, BTreeMap<i32, (i32, usize)>>,
    /// The candidate of each record chosen.
    records: HashMap<&'f RecordId, usize>,
    /// The candidates inside each record.
    inside: HashMap<&'f RecordId, Vec<usize>>,
}

impl<'f> Chosen<'f> {
    pub(super) fn add(&mut self, number: usize, candidate: &Candidate<'f>, figures: &[&'f Figure]) {
        let Span { from, to } = candidate.possible;
        self.spans.entry(candidate.lane).or_default().insert(from, (to, number));
        for figure in &candidate.figures {
            self.records.insert(&figures[*figure].id, number);
        }
        for record in &candidate.above {
            self.inside.entry(record).or_default().push(number);
        }
    }

    /// The chosen candidates that share money with something of a lane, a span, these records, inside those.
    pub(super) fn overlapping<'q>(
        &'q self,
        lane: usize,
        span: Span,
        own: impl Iterator<Item = &'q RecordId> + 'q,
        above: impl Iterator<Item = &'q RecordId> + 'q,
        lanes: &'q Lanes,
    ) -> impl Iterator<Item = usize> + 'q {
        let spans = lanes.meeting[lane].iter().filter_map(|lane| self.spans.get(lane));
        let sharing = spans.flat_map(move |spans| {
            let backwards = spans.range(..=span.to).rev();
            backwards.take_while(move |(_, (to, _))| *to >= span.from).map(|(_, (_, it))| *it)
        });
        let around = above.filter_map(|record| self.records.get(record)).copied();
        let within = own.filter_map(|record| self.inside.get(record)).flatten().copied();
        sharing.chain(around).chain(within)
    }
}
