//! The figures of a collection, ready to be added: what decides is worked out once a release, so that a question
//! compares numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::containment::{Containment, LaneTable};
use super::figure::{Figure, FigureFact, Finality, Lane, SaleKind, StageKind};
use super::figure_time::{FigureTime, ordinal};
use super::sum_amount::SumAmount;
use crate::model::{Amount, Iso3, Objective, PartialDate, RecordId, Scope};

/// A figure as the sums see it: names are numbers of the set.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each read by name")]
pub(super) struct Entry {
    /// The number of its partners, taken together.
    pub(super) partners: u32,
    pub(super) lane: u16,
    /// The number of its component; none for a whole program.
    pub(super) component: Option<u32>,
    pub(super) time: FigureTime,
    pub(super) as_of: Option<PartialDate>,
    pub(super) amount: Option<Amount>,
    pub(super) stage: Option<Finality>,
    pub(super) objective: Option<Objective>,
    /// 1 for an official source, more for what stands further from one.
    pub(super) official: u8,
    /// A number that grows with the date of its source.
    pub(super) published: i32,
    /// The number of its place: the chosen figures that share money with one of a place share it with all of them.
    pub(super) place: u32,
    /// The number of those of which only the best can stand: of its place, its component and its certain days.
    pub(super) alike: u32,
    /// Whether it is one notice, which shares money with another only where a record says so.
    pub(super) is_notice: bool,
    /// The figures that are recorded to contain it, the nearest first.
    pub(super) above: Box<[u32]>,
    /// Whether figures are recorded to lie inside it.
    pub(super) has_parts: bool,
    pub(super) scope: Scope,
    pub(super) per_year: bool,
    pub(super) superseded: bool,
    pub(super) credit: bool,
    pub(super) waiver: bool,
}

impl Entry {
    pub(super) fn stage_kind(&self) -> Option<StageKind> {
        self.stage.map(|stage| stage.kind)
    }

    pub(super) fn is_proposal(&self) -> bool {
        self.stage_kind() == Some(StageKind::Proposed)
    }

    /// How final it is in the choice: lower is chosen first, equal competes.
    ///
    /// Proposals and mixed figures are never beside money, so theirs only need to differ among themselves.
    pub(super) fn class(&self) -> u8 {
        self.stage.map_or(0, |stage| match stage.kind {
            StageKind::Given => 0,
            StageKind::Enacted => 1,
            StageKind::Expected => 2,
            StageKind::Proposed | StageKind::Mixed => 3 + stage.rank,
        })
    }

    /// What may stand in one sum: 0 money, 1 proposals, 2 mixed.
    pub(super) fn family(&self) -> u8 {
        match self.stage_kind() {
            Some(StageKind::Proposed) => 1,
            Some(StageKind::Mixed) => 2,
            _ => 0,
        }
    }

    /// Whether its place is its own: records say what it holds or lies in, or it is a notice, which is like no other.
    pub(super) fn stands_apart(&self) -> bool {
        self.has_parts || self.is_notice || !self.above.is_empty()
    }

    pub(super) fn sum_amount(&self) -> Option<SumAmount> {
        self.amount.as_ref().map(SumAmount::of)
    }
}

/// The published figures of a collection. A figure's number is its place in the order of ids.
#[derive(Debug, Default)]
pub struct FigureSet {
    pub(super) entries: Vec<Entry>,
    pub(super) ids: Vec<RecordId>,
    /// Every lane, in order: those of the figures, and every program.
    pub(super) lanes: Vec<Lane>,
    pub(super) table: LaneTable,
    /// The partners of each number of partners: positions in `partners`.
    pub(super) partner_sets: Vec<Box<[u16]>>,
    /// Every partner, in order.
    pub(super) partners: Vec<Iso3>,
    /// Partner and lane of the sets that are known to be samples.
    samples: HashSet<(u16, u16)>,
    /// Whether the data says of any figure what it is for.
    pub(super) has_objectives: bool,
}

impl FigureSet {
    /// Makes figures ready; `is_sample` says of a partner and a lane whether its figures are known to be a sample.
    pub fn new(
        figures: impl IntoIterator<Item = Figure>,
        containment: &Containment,
        is_sample: impl Fn(&Iso3, &Lane) -> bool,
    ) -> Self {
        let mut figures: Vec<Figure> = figures.into_iter().collect();
        figures.sort_by(|one, other| one.id.cmp(&other.id));
        let has_objectives = figures.iter().any(|figure| figure.objective.is_some());
        let programs = containment.programs().cloned().map(Lane::Program);
        let lanes: BTreeSet<Lane> =
            figures.iter().map(|figure| figure.lane.clone()).chain(programs).collect();
        let lanes: Vec<Lane> = lanes.into_iter().collect();
        let partners: BTreeSet<&Iso3> =
            figures.iter().flat_map(|figure| &figure.partners).collect();
        let partners: Vec<Iso3> = partners.into_iter().cloned().collect();
        let mut set = Self {
            table: LaneTable::new(&lanes, containment),
            lanes,
            partners,
            has_objectives,
            ..Self::default()
        };
        let above = above(&figures);
        let has_parts: HashSet<u32> =
            above.values().flat_map(|above| above.iter().copied()).collect();
        let mut partner_sets: BTreeMap<Vec<u16>, u32> = BTreeMap::new();
        let mut components: HashMap<String, u32> = HashMap::new();
        let (mut places, mut alike) = (HashMap::new(), HashMap::new());
        for (number, figure) in (0_u32..).zip(figures) {
            let codes = figure.partners.iter().filter_map(|code| set.partner(code));
            let codes: Vec<u16> = codes.collect::<BTreeSet<_>>().into_iter().collect();
            let next = u32::try_from(partner_sets.len()).unwrap_or(u32::MAX);
            let partners = *partner_sets.entry(codes).or_insert(next);
            let time = FigureTime::of(&figure);
            let component = figure.component.as_ref();
            let component =
                component.map(|text| numbered(&mut components, text.as_str().to_owned()));
            let lane = set.lane(&figure.lane).unwrap_or(u16::MAX);
            let has_parts = has_parts.contains(&number);
            let above = above.get(&number).cloned().unwrap_or_default();
            let notified = matches!(figure.lane, Lane::Sale { kind: SaleKind::Notified, .. });
            let is_notice = notified && time.is_event;
            let mut entry = Entry {
                partners,
                lane,
                component,
                time,
                place: 0,
                is_notice,
                alike: 0,
                as_of: figure.as_of,
                amount: figure.amount,
                stage: figure.stage,
                objective: figure.objective,
                official: figure.rank.official,
                published: ordinal(figure.rank.published),
                above,
                has_parts,
                scope: figure.scope,
                per_year: figure.per_year,
                superseded: figure.superseded,
                credit: figure.credit,
                waiver: figure.waiver,
            };
            // What records say of each other is looked at one by one; and no two notices are alike.
            let apart = entry.stands_apart().then_some(number);
            entry.place = numbered(&mut places, (partners, lane, time.possible, apart));
            entry.alike = numbered(&mut alike, (entry.place, component, time.certain));
            set.entries.push(entry);
            set.ids.push(figure.id);
        }
        set.partner_sets = vec![Box::default(); partner_sets.len()];
        for (codes, number) in partner_sets {
            if let Some(place) =
                usize::try_from(number).ok().and_then(|at| set.partner_sets.get_mut(at))
            {
                *place = codes.into();
            }
        }
        set.samples = set.samples_of(is_sample);
        set
    }

    fn samples_of(&self, is_sample: impl Fn(&Iso3, &Lane) -> bool) -> HashSet<(u16, u16)> {
        let pairs = self
            .entries
            .iter()
            .flat_map(|entry| self.partners_of(entry).iter().map(|partner| (*partner, entry.lane)));
        let pairs: HashSet<(u16, u16)> = pairs.collect();
        let named = |(partner, lane): &(u16, u16)| {
            is_sample(&self.partners[usize::from(*partner)], &self.lanes[usize::from(*lane)])
        };
        pairs.into_iter().filter(named).collect()
    }

    /// How many figures there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The amount of a figure, as stated; none where it has none, or there is no such figure.
    pub fn amount_of(&self, id: &RecordId) -> Option<SumAmount> {
        self.ids.binary_search(id).ok().and_then(|at| self.entries[at].sum_amount())
    }

    pub(super) fn entry(&self, figure: u32) -> &Entry {
        &self.entries[figure as usize]
    }

    pub(super) fn id(&self, figure: u32) -> RecordId {
        self.ids[figure as usize].clone()
    }

    /// The partners of a figure: positions in `partners`.
    pub(super) fn partners_of(&self, entry: &Entry) -> &[u16] {
        self.partner_set(entry.partners)
    }

    /// What it says of one figure.
    pub fn fact(&self, id: &RecordId) -> Option<FigureFact<'_>> {
        let at = self.ids.binary_search(id).ok()?;
        let entry = &self.entries[at];
        let years = entry.time.years;
        Some(FigureFact {
            from: years.map(|years| years.from),
            to: years.and_then(|years| years.to),
            last_known: years.and_then(|years| years.last_known),
            amount: entry.amount,
            stage: entry.stage_kind(),
            stage_word: entry.stage.map(|stage| stage.word),
            stage_rank: entry.stage.map_or(0, |stage| stage.rank),
            lane: self.lane_of(entry),
            sale: self.sale_kind(entry),
        })
    }

    pub(super) fn partner_set(&self, number: u32) -> &[u16] {
        &self.partner_sets[number as usize]
    }

    pub(super) fn partner(&self, code: &Iso3) -> Option<u16> {
        self.partners.binary_search(code).ok().and_then(|at| u16::try_from(at).ok())
    }

    pub(super) fn lane(&self, lane: &Lane) -> Option<u16> {
        self.lanes.binary_search(lane).ok().and_then(|at| u16::try_from(at).ok())
    }

    pub(super) fn program(&self, code: &RecordId) -> Option<u16> {
        self.lane(&Lane::Program(code.clone()))
    }

    pub(super) fn lane_of(&self, entry: &Entry) -> &Lane {
        &self.lanes[usize::from(entry.lane)]
    }

    /// The sort of measure of a sale; none for assistance.
    pub(super) fn sale_kind(&self, entry: &Entry) -> Option<SaleKind> {
        match self.lane_of(entry) {
            Lane::Program(_) => None,
            Lane::Sale { kind, .. } => Some(*kind),
        }
    }

    /// Whether its figures are sales.
    pub(super) fn is_of_sales(&self) -> bool {
        self.entries.first().is_some_and(|entry| self.sale_kind(entry).is_some())
    }

    /// Whether the figures of a partner in a lane are known to be a sample.
    pub(super) fn is_sample(&self, partner: u16, lane: u16) -> bool {
        self.samples.contains(&(partner, lane))
    }

    /// The codes of a number of partners, joined by commas.
    pub(super) fn partner_codes(&self, number: u32) -> String {
        let codes = self.partner_set(number).iter();
        let codes: Vec<&str> = codes.map(|at| self.partners[usize::from(*at)].as_str()).collect();
        codes.join(",")
    }
}

/// The number of a key: the next one, if it is new.
fn numbered<K: Hash + Eq>(numbers: &mut HashMap<K, u32>, key: K) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(key).or_insert(next)
}

/// For each figure that is recorded as part of others: those, the nearest first, by number.
fn above(figures: &[Figure]) -> HashMap<u32, Box<[u32]>> {
    let number = |id: &RecordId| {
        let found = figures.binary_search_by(|figure| figure.id.cmp(id)).ok();
        found.and_then(|at| u32::try_from(at).ok())
    };
    let outer = |at: u32| figures[at as usize].part_of.as_ref().and_then(number);
    let parts = (0_u32..).zip(figures).filter(|(_, figure)| figure.part_of.is_some());
    parts
        .map(|(at, _)| {
            let mut chain: Vec<u32> = Vec::new();
            let mut next = outer(at);
            // A circle, which no checked dataset has, ends where it began.
            while let Some(found) = next.filter(|found| !chain.contains(found)) {
                chain.push(found);
                next = outer(found);
            }
            (at, chain.into_boxed_slice())
        })
        .collect()
}
