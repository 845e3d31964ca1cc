//! Which program holds which.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::Lane;
use crate::model::RecordId;

/// The programs that each program holds, itself among them: `part_of` followed to the end. Made once a release.
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
}

/// The lanes of the figures at hand, numbered, with what lies inside what.
pub(super) struct Lanes {
    /// How many programs each holds, itself among them.
    pub(super) size: Vec<i64>,
    /// The lanes that share a program with each, itself among them.
    pub(super) meeting: Vec<Vec<usize>>,
    /// The lanes that hold each, itself among them.
    pub(super) around: Vec<Vec<usize>>,
}

impl Lanes {
    pub(super) fn new(lanes: &BTreeSet<&Lane>, containment: &Containment) -> Self {
        let sets: Vec<Option<&BTreeSet<RecordId>>> = lanes
            .iter()
            .map(|lane| match lane {
                Lane::Program(code) => containment.inside.get(code),
                Lane::Sale { .. } => None,
            })
            .collect();
        let mut holders: BTreeMap<&RecordId, Vec<usize>> = BTreeMap::new();
        for (number, set) in sets.iter().enumerate() {
            for code in set.iter().flat_map(|set| set.iter()) {
                holders.entry(code).or_default().push(number);
            }
        }
        let itself = |number: usize| BTreeSet::from([number]);
        let mut meeting: Vec<BTreeSet<usize>> = (0..sets.len()).map(itself).collect();
        for together in holders.values() {
            for lane in together {
                meeting[*lane].extend(together);
            }
        }
        let mut around: Vec<BTreeSet<usize>> = (0..sets.len()).map(itself).collect();
        for (number, lane) in lanes.iter().enumerate() {
            if let Lane::Program(code) = lane {
                around[number].extend(holders.get(code).into_iter().flatten());
            }
        }
        let listed = |sets: Vec<BTreeSet<usize>>| {
            sets.into_iter().map(|set| set.into_iter().collect()).collect::<Vec<Vec<usize>>>()
        };
        let count = |set: Option<&BTreeSet<RecordId>>| {
            set.map_or(1, |set| i64::try_from(set.len()).unwrap_or(i64::MAX))
        };
        Self {
            size: sets.iter().copied().map(count).collect(),
            meeting: listed(meeting),
            around: listed(around),
        }
    }

    pub(super) fn meet(&self, one: usize, other: usize) -> bool {
        self.meeting[one].binary_search(&other).is_ok()
    }

    pub(super) fn holds(&self, outer: usize, inner: usize) -> bool {
        self.around[inner].binary_search(&outer).is_ok()
    }
}
