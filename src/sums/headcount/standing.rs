//! Which numbers of people stand already, by partner, organization and mission.

use std::collections::{BTreeMap, BTreeSet};

use super::record::Headcount;
use crate::model::{Iso3, RecordId};

/// What stands already.
#[derive(Default)]
pub(super) struct Standing<'h> {
    by_mission: BTreeMap<(&'h Iso3, &'h RecordId), Vec<&'h Headcount>>,
    by_organization: BTreeMap<(&'h Iso3, &'static str), Vec<&'h Headcount>>,
    at_large: BTreeMap<(&'h Iso3, &'static str), Vec<&'h Headcount>>,
}

impl<'h> Standing<'h> {
    pub(super) fn add(&mut self, one: &'h Headcount) {
        for partner in &one.partners {
            let organization = (partner, one.organization);
            self.by_organization.entry(organization).or_default().push(one);
            if one.missions.is_empty() {
                self.at_large.entry(organization).or_default().push(one);
            }
            for mission in &one.missions {
                self.by_mission.entry((partner, mission)).or_default().push(one);
            }
        }
    }

    /// The ids of those that count some of the same people.
    pub(super) fn overlaps(&self, one: &Headcount) -> BTreeSet<&'h RecordId> {
        let mut found = BTreeSet::new();
        let mut gather = |some: Option<&Vec<&'h Headcount>>| {
            let some = some.into_iter().flatten();
            found.extend(some.filter(|other| other.role.overlaps(one.role)).map(|other| &other.id));
        };
        for partner in &one.partners {
            let organization = (partner, one.organization);
            if one.missions.is_empty() {
                gather(self.by_organization.get(&organization));
            } else {
                gather(self.at_large.get(&organization));
            }
            for mission in &one.missions {
                gather(self.by_mission.get(&(partner, mission)));
            }
        }
        found
    }
}
