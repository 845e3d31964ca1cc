//! What contains what, among programs and among figures: computed once a release, as no query changes it.

use std::collections::HashMap;

use crate::collections::{ArmsSale, AssistanceFunding, AssistanceProgram};
use crate::model::{Collection, Period, RecordId, Year};
use crate::query::Table;
use crate::sums::Containment;

/// What contains what, in one release.
#[derive(Default)]
pub(super) struct Nesting {
    /// Which assistance program holds which.
    pub(super) programs: Containment,
    /// The figures of assistance.
    pub(super) assistance: ContainmentChains,
    /// The arms sales.
    pub(super) sales: ContainmentChains,
}

/// Which figures of one table lie inside which. Few do, so only those have an entry.
#[derive(Default)]
pub(super) struct ContainmentChains {
    /// By row: the figures that contain it, the nearest first.
    above: HashMap<u32, Vec<RecordId>>,
    reaches: HashMap<RecordId, Year>,
}

impl Nesting {
    pub(super) fn of(
        programs: &Table<AssistanceProgram>,
        funding: &Table<AssistanceFunding>,
        sales: &Table<ArmsSale>,
    ) -> Self {
        let programs = programs.records().iter();
        let programs = programs.map(|program| (program.id.clone(), program.part_of.to_vec()));
        Self {
            programs: Containment::new(programs),
            assistance: ContainmentChains::of(funding, |record| {
                (record.part_of.as_ref(), record.period)
            }),
            sales: ContainmentChains::of(sales, |record| (record.part_of.as_ref(), record.period)),
        }
    }
}

impl ContainmentChains {
    /// `read` says of a figure which one it is part of, and its period.
    fn of<C: Collection>(
        table: &Table<C>,
        read: impl Fn(&C) -> (Option<&RecordId>, Option<Period>),
    ) -> Self {
        let mut inside = Self::default();
        for (row, record) in (0_u32..).zip(table.records()) {
            let (Some(outer), period) = read(record) else { continue };
            let mut chain: Vec<RecordId> = Vec::new();
            let mut next = Some(outer);
            // A cycle, which no checked dataset has, ends where it began.
            while let Some(outer) = next.filter(|outer| !chain.contains(outer)) {
                chain.push(outer.clone());
                next = table.get(outer.as_str()).and_then(|record| read(record).0);
            }
            if let Some(period) = period {
                let year = *period.to().unwrap_or(period.from());
                for outer in &chain {
                    let known = inside.reaches.entry(outer.clone()).or_insert(year);
                    *known = year.max(*known);
                }
            }
            inside.above.insert(row, chain);
        }
        inside
    }

    /// The figures that contain the one in a row: the one that it is part of, followed upwards.
    pub(super) fn above(&self, row: u32) -> &[RecordId] {
        self.above.get(&row).map(Vec::as_slice).unwrap_or_default()
    }

    /// The last year of any figure that is part of one: how far a period without an end is known to reach.
    pub(super) fn reaches(&self, id: &RecordId) -> Option<Year> {
        self.reaches.get(id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;

    #[test]
    fn above_a_figure_stand_the_one_that_it_is_part_of_and_then_those_around_that() {
        let data = Dataset::embedded().expect("the embedded dataset loads");
        let table = &data.assistance_funding;
        let inside = &data.nesting.assistance;
        let mut found = 0;
        for (row, record) in (0_u32..).zip(table.records()) {
            let mut outer = record.part_of.as_ref();
            for above in inside.above(row) {
                assert_eq!(Some(above), outer, "{}", record.id);
                outer = table.get(above.as_str()).and_then(|record| record.part_of.as_ref());
                found += 1;
            }
            assert_eq!(outer, None, "{}", record.id);
        }
        assert!(found > 0, "some figures of the embedded dataset are part of others");
    }

    #[test]
    fn a_figure_reaches_as_far_as_the_last_that_is_part_of_it() {
        let data = Dataset::embedded().expect("the embedded dataset loads");
        let inside = &data.nesting.assistance;
        let parts = data.assistance_funding.records().iter();
        let parts = parts.filter_map(|record| Some((record.part_of.as_ref()?, record.period?)));
        let mut last: HashMap<&RecordId, Year> = HashMap::new();
        for (outer, period) in parts {
            let year = *period.to().unwrap_or(period.from());
            let known = last.entry(outer).or_insert(year);
            *known = year.max(*known);
        }
        assert!(!last.is_empty(), "some figures of the embedded dataset are part of others");
        for (outer, year) in last {
            assert!(inside.reaches(outer) >= Some(year), "{outer}");
        }
    }
}
