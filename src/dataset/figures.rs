//! Records as figures that can be added: with the programs' containment and the weight of their sources.

use super::source_rank::finality;
use super::tables::Dataset;
use crate::collections::{
    ArmsSale, AssistanceFunding, Deployment, DeploymentRole, DeploymentStatus, Direction, Measure,
};
use crate::model::Vocabulary;
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

impl Dataset {
    /// Which assistance program holds which.
    pub const fn containment(&self) -> &Containment {
        &self.nesting.programs
    }

    /// The assistance figures in these rows, ready to be added.
    pub fn assistance_figures(&self, rows: impl IntoIterator<Item = u32>) -> Vec<Figure> {
        let inside = &self.nesting.assistance;
        let figure = |row: u32| {
            let record: &AssistanceFunding = self.assistance_funding.record(row);
            Figure {
                id: record.id.clone(),
                partners: sorted(&record.partner),
                lane: Lane::Program(record.program.clone()),
                component: record.component.clone(),
                period: record.period,
                reaches: inside.reaches(&record.id),
                as_of: record.as_of,
                amount: Some(record.amount),
                stage: Some(finality(record.stage)),
                standing: self.source_rank(&record.citations).0,
                part_of: inside.above(row).to_vec(),
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
        let inside = &self.nesting.sales;
        let figure = |row: u32| {
            let record: &ArmsSale = self.arms_sales.record(row);
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
                reaches: inside.reaches(&record.id),
                as_of: record.as_of,
                amount: record.amount,
                stage: None,
                standing: self.source_rank(&record.citations).0,
                part_of: inside.above(row).to_vec(),
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
            let (standing, source) = self.source_rank(&record.citations);
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
