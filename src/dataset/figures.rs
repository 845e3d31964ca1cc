//! Records as figures that can be added: with the programs' containment and the weight of their sources.

use std::collections::BTreeMap;

use super::Dataset;
use super::weight::finality;
use crate::collections::{
    ArmsSale, AssistanceFunding, Deployment, DeploymentRole, DeploymentStatus, Direction, Measure,
};
use crate::model::{Period, RecordId, Vocabulary, Year};
use crate::query::Table;
use crate::sums::{Containment, Figure, Lane, Posting, Role};

/// Experts on mission are observers and advisers in the UN's own terms.
const fn role(role: DeploymentRole) -> (bool, &'static [&'static str]) {
    match role {
        DeploymentRole::Personnel | DeploymentRole::Support => (true, &[]),
        DeploymentRole::ExpertOnMission => (false, &["military_observer", "advisers"]),
        DeploymentRole::ObserversAndPolice => {
            (false, &["military_observer", "police", "expert_on_mission"])
        }
        DeploymentRole::Troops => (false, &["engineers"]),
        _ => (false, &[]),
    }
}

/// The figures that contain each: its id and the one that it is part of, followed upwards.
fn above<'r>(
    id: &'r RecordId,
    part_of: impl Fn(&RecordId) -> Option<&'r RecordId>,
) -> Vec<RecordId> {
    let mut chain: Vec<RecordId> = Vec::new();
    let mut next = part_of(id);
    while let Some(outer) = next {
        if chain.contains(outer) {
            break;
        }
        chain.push(outer.clone());
        next = part_of(outer);
    }
    chain
}

/// For periods without an end, the last year of any record that is part of them.
///
/// `records` are ids with their period and what contains them, the nearest first.
fn reaches<'r>(
    records: impl Iterator<Item = (Option<Period>, &'r [RecordId])>,
) -> BTreeMap<&'r RecordId, Year> {
    let mut last: BTreeMap<&RecordId, Year> = BTreeMap::new();
    for (period, above) in records {
        let Some(period) = period else { continue };
        let year = *period.to().unwrap_or(period.from());
        for outer in above {
            let known = last.entry(outer).or_insert(year);
            *known = year.max(*known);
        }
    }
    last
}

impl Dataset {
    /// Which assistance program holds which.
    pub fn containment(&self) -> Containment {
        let programs = self.assistance_programs.records().iter();
        Containment::new(programs.map(|program| (program.id.clone(), program.part_of.clone())))
    }

    /// The assistance figures in these rows, ready to be added.
    pub fn assistance_figures(&self, rows: impl IntoIterator<Item = u32>) -> Vec<Figure> {
        let table = &self.assistance_funding;
        let chain = |record: &AssistanceFunding| {
            above(&record.id, |id| table.get(id.as_str())?.part_of.as_ref())
        };
        let chains: Vec<Vec<RecordId>> = table.records().iter().map(chain).collect();
        let periods = table.records().iter().map(|record| record.period);
        let reaches = reaches(periods.zip(chains.iter().map(Vec::as_slice)));
        let figure = |row: u32| {
            let record = table.record(row);
            Figure {
                id: record.id.clone(),
                partners: sorted(&record.partner),
                lane: Lane::Program(record.program.clone()),
                component: record.component.clone(),
                period: record.period,
                reaches: reaches.get(&record.id).copied(),
                as_of: record.as_of,
                amount: Some(record.amount),
                stage: Some(finality(record.stage)),
                standing: self.standing(&record.citations).0,
                part_of: chains[row as usize].clone(),
                scope: record.scope,
                per_year: record.per_year,
                superseded: record.superseded_by.is_some(),
                credit: self.is_credit(&record.program),
            }
        };
        rows.into_iter().map(figure).collect()
    }

    /// The arms sales in these rows, ready to be added within their channel and measure.
    pub fn sale_figures(&self, rows: impl IntoIterator<Item = u32>) -> Vec<Figure> {
        let table = &self.arms_sales;
        let chain =
            |record: &ArmsSale| above(&record.id, |id| table.get(id.as_str())?.part_of.as_ref());
        let chains: Vec<Vec<RecordId>> = table.records().iter().map(chain).collect();
        let periods = table.records().iter().map(|record| record.period);
        let reaches = reaches(periods.zip(chains.iter().map(Vec::as_slice)));
        let figure = |row: u32| {
            let record = table.record(row);
            Figure {
                id: record.id.clone(),
                partners: sorted(&record.partner),
                lane: Lane::Sale {
                    channel: record.channel.word(),
                    measure: record.measure.word(),
                    stock: record.measure == Measure::ActiveCases,
                },
                component: None,
                period: record.period,
                reaches: reaches.get(&record.id).copied(),
                as_of: record.as_of,
                amount: record.amount,
                stage: None,
                standing: self.standing(&record.citations).0,
                part_of: chains[row as usize].clone(),
                scope: record.scope,
                per_year: false,
                superseded: record.superseded_by.is_some(),
                credit: false,
            }
        };
        rows.into_iter().map(figure).collect()
    }

    /// The deployments in these rows, ready to be counted.
    pub fn postings(&self, rows: impl IntoIterator<Item = u32>) -> Vec<Posting> {
        let table: &Table<Deployment> = &self.deployments;
        let posting = |row: u32| {
            let record = table.record(row);
            let (standing, source) = self.standing(&record.citations);
            let (any, takes_in) = role(record.role);
            Posting {
                id: record.id.clone(),
                partners: sorted(&record.partner),
                organization: record.organization.word(),
                missions: sorted(&record.missions),
                role: Role { word: record.role.word(), any, takes_in },
                personnel: record.personnel,
                qualifier: record.personnel_qualifier,
                women: record.women,
                period: record.period,
                as_of: record.as_of,
                deployed: record.status == DeploymentStatus::Deployed,
                sent_out: record.direction == Direction::FromPartner,
                source: source.unwrap_or(&record.id).clone(),
                standing,
            }
        };
        rows.into_iter().map(posting).collect()
    }
}

/// In order and without repeats, so that equal sets are equal.
fn sorted<T: Ord + Clone>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    list
}

#[cfg(test)]
mod tests;
