//! Records as figures that can be added: with the programs' containment and the rank of their sources.

use super::addends::Addends;
use super::load::extent::Extent;
use super::source_rank::finality;
use super::tables::Dataset;
use crate::collections::{
    ArmsSale, AssistanceFunding, Deployment, DeploymentRole, DeploymentStatus, Direction, Measure,
    ProgramKind,
};
use crate::model::{Collection, Iso3, Vocabulary};
use crate::query::Table;
use crate::sums::{
    Containment, Figure, FigureSet, Headcount, HeadcountQuestion, HeadcountRole, Lane, RecordCount,
    SaleKind, TotalsQuestion, count_headcount_records, count_records,
};

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

/// What sort of measure sales are counted by.
const fn sale_kind(measure: Measure) -> SaleKind {
    match measure {
        Measure::ActiveCases => SaleKind::Stock,
        Measure::Deliveries | Measure::Agreements | Measure::AuthorizedExports => SaleKind::Given,
        Measure::Notification => SaleKind::Notified,
        _ => SaleKind::Announced,
    }
}

impl Dataset {
    /// Which assistance program holds which.
    pub fn containment(&self) -> &Containment {
        self.lazy.containment.get_or_init(|| {
            let programs = self.assistance_programs.records().iter();
            Containment::new(programs.map(|one| (one.id.clone(), one.part_of.to_vec())))
        })
    }

    /// The assistance figures, ready to be added: the number of each is its row.
    pub fn assistance_figures(&self) -> &FigureSet {
        self.lazy.assistance_figures.get_or_init(|| {
            let records = self.assistance_funding.records().iter();
            let figures = records.map(|record| self.assistance_figure(record));
            self.figure_set(AssistanceFunding::NAME, figures, self.containment())
        })
    }

    /// The arms sales, ready to be added within their channel and measure: the number of each is its row.
    pub fn sale_figures(&self) -> &FigureSet {
        self.lazy.sale_figures.get_or_init(|| {
            let records = self.arms_sales.records().iter();
            let figures = records.map(|record| self.sale_figure(record));
            self.figure_set(ArmsSale::NAME, figures, &Containment::default())
        })
    }

    /// What the sum of a question does with the records in some rows. Of the two questions the one is answered that the
    /// records are figures of; totals of training are counted or not whatever is asked.
    pub fn count_rows(
        &self,
        addends: &Addends<'_>,
        rows: Vec<u32>,
        of_money: &TotalsQuestion,
        of_people: &HeadcountQuestion,
    ) -> Vec<(u32, RecordCount<i64>)> {
        match addends {
            Addends::Money(set) => count_records(set, rows, of_money),
            Addends::Training => {
                rows.into_iter().map(|row| (row, self.training_total(row).count())).collect()
            }
            Addends::People => {
                let headcounts = self.headcounts(rows.iter().copied());
                let counts = count_headcount_records(&headcounts, of_people);
                rows.into_iter().zip(counts.into_iter().map(as_number)).collect()
            }
        }
    }

    fn figure_set(
        &self,
        collection: &str,
        figures: impl Iterator<Item = Figure>,
        containment: &Containment,
    ) -> FigureSet {
        FigureSet::new(figures, containment, |partner, lane| {
            let kind = match lane {
                Lane::Program(code) => code.as_str(),
                Lane::Sale { measure, .. } => measure,
            };
            self.release.extent_of(collection, partner, kind) == Extent::Sample
        })
    }

    fn assistance_figure(&self, record: &AssistanceFunding) -> Figure {
        let kind = self.program_kind(&record.program);
        Figure {
            id: record.id.clone(),
            partners: sorted(&record.partner),
            lane: Lane::Program(record.program.clone()),
            component: record.component.clone(),
            period: record.period,
            as_of: record.as_of,
            amount: Some(record.amount),
            stage: Some(finality(record.stage)),
            objective: record.effective_objective,
            rank: self.source_rank(&record.citations).0,
            part_of: record.part_of.clone(),
            scope: record.scope,
            per_year: record.per_year,
            superseded: record.superseded_by.is_some(),
            credit: kind == Some(ProgramKind::Credit),
            waiver: kind == Some(ProgramKind::Waiver),
        }
    }

    fn sale_figure(&self, record: &ArmsSale) -> Figure {
        Figure {
            id: record.id.clone(),
            partners: sorted(&record.partner),
            lane: Lane::Sale {
                channel: record.channel.word(),
                measure: record.measure.word(),
                kind: sale_kind(record.measure),
            },
            component: None,
            period: record.period,
            as_of: record.as_of,
            amount: record.amount,
            stage: None,
            objective: None,
            rank: self.source_rank(&record.citations).0,
            part_of: record.part_of.clone(),
            scope: record.scope,
            per_year: false,
            superseded: record.superseded_by.is_some(),
            credit: false,
            waiver: false,
        }
    }

    /// The deployments in these rows, ready to be counted.
    pub fn headcounts(&self, rows: impl IntoIterator<Item = u32>) -> Vec<Headcount> {
        let table: &Table<Deployment> = &self.deployments;
        let headcount = |row: u32| {
            let record = table.record(row);
            let (rank, source) = self.source_rank(&record.citations);
            let (any, takes_in) = role(record.role);
            let sample = |partner: &Iso3| {
                let kind = record.organization.word();
                self.release.extent_of(Deployment::NAME, partner, kind) == Extent::Sample
            };
            Headcount {
                id: record.id.clone(),
                partners: sorted(&record.partner),
                organization: record.organization.word(),
                missions: sorted(&record.missions),
                role: HeadcountRole { word: record.role.word(), any, takes_in },
                personnel: record.personnel,
                qualifier: record.personnel_qualifier,
                women: record.women,
                period: record.period,
                as_of: record.as_of,
                deployed: record.status == DeploymentStatus::Deployed,
                sent_out: record.direction == Direction::FromPartner,
                of_sample: record.partner.iter().any(sample),
                source: source.unwrap_or(&record.id).clone(),
                rank,
            }
        };
        rows.into_iter().map(headcount).collect()
    }
}

fn as_number(count: RecordCount<u64>) -> RecordCount<i64> {
    let counted = count.counted.and_then(|people| i64::try_from(people).ok());
    RecordCount { counting: count.counting, counted }
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
