//! The editions of the yearly report on training: which of two that print the same country and year is the later.

use std::collections::BTreeMap;

use super::tables::Dataset;
use crate::collections::Training;
use crate::model::{Iso3, RecordId};
use crate::sums::TrainingTotal;

/// The rows of [`Training`] of which a later edition prints the same country and year, in order.
pub(super) fn earlier_editions(records: &[Training]) -> Vec<u32> {
    let place = |total: &Training| (total.partner.clone(), total.fiscal_year);
    let mut last: BTreeMap<(Iso3, _), &str> = BTreeMap::new();
    for total in records {
        let edition = total.edition.as_str();
        let known = last.entry(place(total)).or_insert(edition);
        *known = edition.max(known);
    }
    let earlier = |(row, total): (u32, &Training)| {
        (last[&place(total)] != total.edition.as_str()).then_some(row)
    };
    (0..).zip(records).filter_map(earlier).collect()
}

impl Dataset {
    /// Whether a later edition prints the country and year of a total of training.
    fn is_of_earlier_edition(&self, row: u32) -> bool {
        let earlier =
            self.lazy.earlier_editions.get_or_init(|| earlier_editions(self.training.records()));
        earlier.binary_search(&row).is_ok()
    }

    /// The total of training in a row, ready to be added.
    pub fn training_total(&self, row: u32) -> TrainingTotal {
        let record = self.training.record(row);
        let id: &RecordId = &record.id;
        TrainingTotal {
            id: id.clone(),
            partner: record.partner.clone(),
            program: record.program.clone(),
            fiscal_year: record.fiscal_year.number(),
            students: record.students,
            cost: record.cost,
            earlier_edition: self.is_of_earlier_edition(row),
        }
    }
}
