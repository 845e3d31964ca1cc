//! Which program holds which.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::Lane;
use crate::model::RecordId;

/// The programs that each program holds, itself among them: `part_of` followed to the end.
#[derive(Debug, Clone, Default)]
pub struct Containment {
    inside: BTreeMap<RecordId, BTreeSet<RecordId>>,
}

impl Containment {
    /// Reads each program's `part_of`. A circle, which no checked dataset has, makes its programs hold each other.
    pub fn new(programs: impl IntoIterator<Item = (RecordId, Vec<RecordId>)>) -> Self {
        let part_of: BTreeMap<RecordId, Vec<RecordId>> = programs.into_iter().collect();
        let mut inside: BTreeMap<RecordId, BTreeSet<RecordId>> = BTreeMap::new();
        for program in part_of.keys() {
            let mut seen = BTreeSet::from([program]);
            let mut open = vec![program];
            while let Some(next) = open.pop() {
                inside.entry(next.clone()).or_default().insert(program.clone());
                open.extend(part_of.get(next).into_iter().flatten().filter(|up| seen.insert(*up)));
            }
        }
        Self { inside }
    }

    /// The programs inside one, itself among them, by code; none for a code that is no program.
    pub fn inside(&self, program: &str) -> impl Iterator<Item = &RecordId> {
        let found = self.inside.iter().find(|(code, _)| code.as_str() == program);
        found.into_iter().flat_map(|(_, inside)| inside)
    }

    /// Every program, by code.
    pub(super) fn programs(&self) -> impl Iterator<Item = &RecordId> {
        self.inside.keys()
    }
}

/// Lanes by their number, with what lies inside what.
#[derive(Debug, Clone, Default)]
pub(super) struct LaneTable {
    /// How many programs each holds, itself among them.
    pub(super) size: Vec<i64>,
    /// The lanes that share a program with each, itself among them, in order.
    pub(super) sharing: Vec<Vec<u16>>,
    /// The lanes that hold each, itself among them, in order.
    pub(super) around: Vec<Vec<u16>>,
}

impl LaneTable {
    pub(super) fn new(lanes: &[Lane], containment: &Containment) -> Self {
        let sets: Vec<Option<&BTreeSet<RecordId>>> = lanes
            .iter()
            .map(|lane| match lane {
                Lane::Program(code) => containment.inside.get(code),
                Lane::Sale { .. } => None,
            })
            .collect();
        let mut holders: BTreeMap<&RecordId, Vec<u16>> = BTreeMap::new();
        for (number, set) in (0..).zip(&sets) {
            for code in set.iter().flat_map(|set| set.iter()) {
                holders.entry(code).or_default().push(number);
            }
        }
        let each = || (0_u16..).take(lanes.len()).map(|number| BTreeSet::from([number]));
        let mut sharing: Vec<BTreeSet<u16>> = each().collect();
        for together in holders.values() {
            for lane in together {
                sharing[usize::from(*lane)].extend(together);
            }
        }
        let mut around: Vec<BTreeSet<u16>> = each().collect();
        for (around, lane) in around.iter_mut().zip(lanes) {
            if let Lane::Program(code) = lane {
                around.extend(holders.get(code).into_iter().flatten());
            }
        }
        let listed = |sets: Vec<BTreeSet<u16>>| {
            sets.into_iter().map(|set| set.into_iter().collect()).collect::<Vec<Vec<u16>>>()
        };
        let count = |set: Option<&BTreeSet<RecordId>>| {
            set.map_or(1, |set| i64::try_from(set.len()).unwrap_or(i64::MAX))
        };
        Self {
            size: sets.iter().copied().map(count).collect(),
            sharing: listed(sharing),
            around: listed(around),
        }
    }

    /// Whether two lanes share a program.
    pub(super) fn share(&self, one: u16, other: u16) -> bool {
        self.sharing[usize::from(one)].binary_search(&other).is_ok()
    }

    pub(super) fn holds(&self, outer: u16, inner: u16) -> bool {
        self.around[usize::from(inner)].binary_search(&outer).is_ok()
    }
}
