//! A partner's profile: what a page about one country needs, as small summaries with links.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use serde::Serialize;
use utoipa::ToSchema;

use super::depth::CollectionCoverage;
use super::tables::Dataset;
use crate::collections::{
    Agreement, AgreementStatus, ArmsSale, AssistanceFunding, Channel, Conflict, ConflictState,
    DateEvent, Deployment, DeploymentStatus, Measure, Membership, MembershipOrganization,
    MembershipRole, Partner, PartnerDepth, Stage,
};
use crate::model::{
    Amount, Citation, Collection, Iso3, PartialDate, Period, RecordId, Scope, Text, Vocabulary,
    Years,
};
use crate::query::Table;
use crate::sums::StageKind;

/// What is known of a partner, in summaries that link to the records.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Profile {
    /// What each collection holds of the partner. What is not there was not found; it is not zero.
    pub coverage: Vec<CollectionCoverage>,
    /// The newest figure of each program, by program: the one that ends last, then a figure of the whole before
    /// one of a part, then the one about fewer years, then the more final. Never a replaced edition, an amount that recurs every year
    /// or a figure of a whole region; a proposal or a sum over several stages only where there is nothing else.
    pub newest_assistance: Vec<NewestAssistance>,
    /// The newest figure of each channel and measure. Never a replaced edition or a figure of a whole region; a
    /// record without an amount only where there is nothing else.
    pub newest_arms_sales: Vec<NewestSale>,
    /// The personnel and ships in missions, by id.
    pub deployments: Vec<DeploymentSummary>,
    /// The agreements, the newest signature first.
    pub agreements: Vec<AgreementSummary>,
    /// The ties to organizations, by id.
    pub memberships: Vec<MembershipSummary>,
    /// The points on which sources disagree, by id.
    pub conflicts: Vec<ConflictSummary>,
}

/// The newest figure of a program.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NewestAssistance {
    /// The program's code in `assistance-programs`.
    pub program: RecordId,
    /// The figure's id in `assistance-funding`.
    pub id: RecordId,
    /// What the figure says, in one line.
    pub title: String,
    /// The partners that it covers; several when no source splits it.
    pub partner: Box<[Iso3]>,
    /// The part of the program that it is about. Null when it is the whole.
    pub component: Option<Text>,
    /// The years that it covers. Null when its source gives only a date, or nothing.
    pub period: Option<Period>,
    /// The date that it speaks for. Null when the period says it all.
    pub as_of: Option<PartialDate>,
    /// The figure, with its qualifier, rounding and bounds.
    pub amount: Amount,
    /// How final it is.
    pub stage: Stage,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
    /// Where the record is.
    pub link: String,
}

/// The newest figure of a channel and measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NewestSale {
    /// The way of the sale or transfer.
    pub channel: Channel,
    /// What the figure counts.
    pub measure: Measure,
    /// The figure's id in `arms-sales`.
    pub id: RecordId,
    /// What the figure says, in one line.
    pub title: String,
    /// The partners that it covers; several when no source splits it.
    pub partner: Box<[Iso3]>,
    /// The years that it covers. Null for a stock, a single event, or when no source gives years.
    pub period: Option<Period>,
    /// The date that it speaks for. Null when no source gives one.
    pub as_of: Option<PartialDate>,
    /// The figure, with its qualifier, rounding and bounds. Null when no source values it.
    pub amount: Option<Amount>,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
    /// Where the record is.
    pub link: String,
}

/// A deployment in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeploymentSummary {
    /// Its id in `deployments`.
    pub id: RecordId,
    /// What it says, in one line.
    pub title: String,
    /// Whether the people were there, or only announced.
    pub status: DeploymentStatus,
    /// Where the record is.
    pub link: String,
}

/// An agreement in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AgreementSummary {
    /// Its id in `agreements`.
    pub id: RecordId,
    /// Its title.
    pub title: Text,
    /// Where it stands.
    pub status: AgreementStatus,
    /// Its date, as precisely as the source says. Null when no source gives one.
    pub signed: Option<PartialDate>,
    /// Which event the date is of. Null where there is no date, and in releases before 2.0.0.
    pub date_event: Option<DateEvent>,
    /// Where the record is.
    pub link: String,
}

/// A membership in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MembershipSummary {
    /// Its id in `memberships`.
    pub id: RecordId,
    /// What it says, in one line.
    pub title: String,
    /// The organization, treaty or program.
    pub organization: MembershipOrganization,
    /// What the partner is to the organization.
    pub role: MembershipRole,
    /// Whether the tie lasts, as far as the newest source that we read says. Null where none says anything about today.
    pub active: Option<bool>,
    /// Since when. Null when no source gives a date.
    pub since: Option<PartialDate>,
    /// Where the record is.
    pub link: String,
}

/// A disagreement of sources in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConflictSummary {
    /// Its id in `conflicts`.
    pub id: RecordId,
    /// What the sources disagree about.
    pub topic: Text,
    /// Whether it was decided. Null in releases before 2.0.0.
    pub state: Option<ConflictState>,
    /// Where the record is.
    pub link: String,
}

/// How new a figure is: its last fiscal year, then its first, then the date that it speaks for, else that of
/// its source. Of two that end together the one about fewer years is the newer: it says more of the last.
type Newness = (i16, i16, Option<(i16, i8, i8)>);

impl Dataset {
    /// What is known of a partner. `link` makes the address of a record from its collection and id.
    pub fn profile(&self, partner: &Partner, link: impl Fn(&str, &str) -> String) -> Profile {
        let code = &partner.id;
        let mut agreements = of(&self.agreements, code, |record| &record.partner);
        agreements.sort_by_key(|agreement| Reverse(agreement.signed.map(PartialDate::latest)));
        let deployment = |record: &Deployment| DeploymentSummary {
            id: record.id.clone(),
            title: record.title().into_owned(),
            status: record.status,
            link: link(Deployment::NAME, record.id()),
        };
        let agreement = |record: &Agreement| AgreementSummary {
            id: record.id.clone(),
            title: record.title.clone(),
            status: record.status,
            signed: record.signed,
            date_event: record.date_event,
            link: link(Agreement::NAME, record.id()),
        };
        let membership = |record: &Membership| MembershipSummary {
            id: record.id.clone(),
            title: record.title().into_owned(),
            organization: record.organization,
            role: record.role,
            active: record.active,
            since: record.since,
            link: link(Membership::NAME, record.id()),
        };
        let conflict = |record: &Conflict| ConflictSummary {
            id: record.id.clone(),
            topic: record.topic.clone(),
            state: record.state,
            link: link(Conflict::NAME, record.id()),
        };
        let deployments = of(&self.deployments, code, |record| &record.partner);
        let memberships = of(&self.memberships, code, |record| &record.partner);
        let conflicts = of(&self.conflicts, code, |record| &record.partner);
        Profile {
            coverage: self.depth(code).to_vec(),
            newest_assistance: self.newest_assistance(code, &link),
            newest_arms_sales: self.newest_sales(code, &link),
            deployments: deployments.into_iter().map(deployment).collect(),
            agreements: agreements.into_iter().map(agreement).collect(),
            memberships: memberships.into_iter().map(membership).collect(),
            conflicts: conflicts.into_iter().map(conflict).collect(),
        }
    }

    fn newest_assistance(
        &self,
        code: &Iso3,
        link: &impl Fn(&str, &str) -> String,
    ) -> Vec<NewestAssistance> {
        let mut newest: BTreeMap<&RecordId, (_, &AssistanceFunding)> = BTreeMap::new();
        // The least is the best; ids break what ties are left.
        let rank = |figure: &AssistanceFunding| {
            let stage = super::source_rank::finality(figure.stage);
            let money =
                matches!(stage.kind, StageKind::Given | StageKind::Enacted | StageKind::Expected);
            let source = self.source_rank(&figure.citations).0;
            let (last, first, date) =
                newness(figure.fiscal_years(), figure.as_of, source.published);
            let newness = (Reverse(last), figure.component.is_some(), Reverse(first));
            let official = source.official;
            (!money, newness, stage.rank, official, Reverse(date), figure.id.clone())
        };
        let current =
            |figure: &&AssistanceFunding| figure.superseded_by.is_none() && !figure.per_year;
        for figure in self.assistance_of(code).filter(current) {
            keep_least(&mut newest, &figure.program, rank(figure), figure);
        }
        let summary =
            |(program, (_, figure)): (&RecordId, (_, &AssistanceFunding))| NewestAssistance {
                program: program.clone(),
                id: figure.id.clone(),
                title: figure.title().into_owned(),
                partner: figure.partner.clone(),
                component: figure.component.clone(),
                period: figure.period,
                as_of: figure.as_of,
                amount: figure.amount,
                stage: figure.stage,
                citations: figure.citations.clone(),
                link: link(AssistanceFunding::NAME, figure.id()),
            };
        newest.into_iter().map(summary).collect()
    }

    fn newest_sales(&self, code: &Iso3, link: &impl Fn(&str, &str) -> String) -> Vec<NewestSale> {
        let mut newest: BTreeMap<(&str, &str), (_, &ArmsSale)> = BTreeMap::new();
        let rank = |sale: &ArmsSale| {
            let source = self.source_rank(&sale.citations).0;
            let newness = newness(sale.fiscal_years(), sale.as_of, source.published);
            (sale.amount.is_none(), Reverse(newness), source.official, sale.id.clone())
        };
        let current =
            |sale: &&ArmsSale| sale.superseded_by.is_none() && sale.scope != Scope::Region;
        for sale in of(&self.arms_sales, code, |sale| &sale.partner).into_iter().filter(current) {
            let key = (sale.channel.word(), sale.measure.word());
            keep_least(&mut newest, key, rank(sale), sale);
        }
        let summary = |sale: &ArmsSale| NewestSale {
            channel: sale.channel,
            measure: sale.measure,
            id: sale.id.clone(),
            title: sale.title().into_owned(),
            partner: sale.partner.clone(),
            period: sale.period,
            as_of: sale.as_of,
            amount: sale.amount,
            citations: sale.citations.clone(),
            link: link(ArmsSale::NAME, sale.id()),
        };
        newest.into_values().map(|(_, sale)| summary(sale)).collect()
    }
}

impl Dataset {
    /// The partners that more is known of than official yearly series say, with how many records are about each, series
    /// left out: most first.
    pub fn partners_by_records(&self) -> Vec<(&str, u64)> {
        let series: Vec<&str> = self
            .tables()
            .iter()
            .filter(|table| table.is_series())
            .map(|table| table.name())
            .collect();
        let with_facts =
            self.partners.records().iter().filter(|partner| partner.depth == PartnerDepth::Facts);
        let counted = with_facts.map(|partner| {
            let of_facts = self
                .depth(&partner.id)
                .iter()
                .filter(|of| !series.contains(&of.collection.as_str()));
            (partner.id.as_str(), of_facts.map(|of| u64::from(of.count)).sum())
        });
        let mut counted: Vec<(&str, u64)> = counted.collect();
        counted.sort_by(|(one, a), (other, b)| b.cmp(a).then(one.cmp(other)));
        counted
    }
}

impl Profile {
    /// The sources that its figures cite.
    pub fn cited(&self) -> BTreeSet<&str> {
        let assistance = self.newest_assistance.iter().flat_map(|newest| &newest.citations);
        let sales = self.newest_arms_sales.iter().flat_map(|newest| &newest.citations);
        assistance.chain(sales).map(|citation| citation.source.as_str()).collect()
    }
}

/// How new a figure is. One without years is as new as its date, or as its source was published.
fn newness(
    years: Option<Years>,
    as_of: Option<PartialDate>,
    published: Option<PartialDate>,
) -> Newness {
    let date = as_of.or(published);
    let (first, last) = match years {
        Some(years) => (years.from, Dataset::last_year(years, as_of, || published)),
        None => date.map_or((i16::MIN, None), |date| {
            let year = date.fiscal_years().from;
            (year, Some(year))
        }),
    };
    (last.unwrap_or(first), first, date.map(PartialDate::latest))
}

/// Keeps under a key what ranks least.
fn keep_least<K: Ord, R: Ord, T>(kept: &mut BTreeMap<K, (R, T)>, key: K, rank: R, one: T) {
    match kept.entry(key) {
        Entry::Vacant(place) => _ = place.insert((rank, one)),
        Entry::Occupied(mut place) if rank < place.get().0 => _ = place.insert((rank, one)),
        Entry::Occupied(_) => {}
    }
}

/// The records about a partner, alone or with others, by id.
fn of<'t, C: Collection>(
    table: &'t Table<C>,
    code: &Iso3,
    partners: impl Fn(&C) -> &[Iso3],
) -> Vec<&'t C> {
    table.records().iter().filter(|record| partners(record).contains(code)).collect()
}
