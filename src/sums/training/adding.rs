//! One printed total, and the sum of those of a group.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::{TrainingGroup, TrainingPart};
use crate::model::{Amount, Basis, Iso3, RecordId};
use crate::sums::answer::{Excluded, Key, RecordCount, WithoutAmount};
use crate::sums::counting::{Completeness, CompletenessReason, Counting, NoAmountReason};
use crate::sums::figure_time::YearRun;
use crate::sums::question::{GroupBy, TotalsQuestion};
use crate::sums::sum_amount::{SumAmount, SumQualifier};

/// What every sum of entries should be read with.
const ENTRIES: &str =
    "Students are entries in courses: a person who takes several courses is counted in each.";
/// What every sum of costs should be read with.
const VALUE: &str = "The cost is the value of the training that the report lists, not the appropriation of a program.";

/// One printed total, as it is added.
#[derive(Debug, Clone)]
pub struct TrainingTotal {
    /// Its record's id.
    pub id: RecordId,
    /// The partner.
    pub partner: Iso3,
    /// The program's code.
    pub program: RecordId,
    /// The fiscal year.
    pub fiscal_year: i16,
    /// Entries in courses.
    pub students: Option<u32>,
    /// The value of the training.
    pub cost: Option<Amount>,
    /// Whether a later edition prints the same country and year.
    pub earlier_edition: bool,
}

impl TrainingTotal {
    /// What a sum does with it.
    pub const fn counting(&self) -> Counting {
        if self.earlier_edition {
            Counting::EarlierEdition
        } else if self.students.is_none() && self.cost.is_none() {
            Counting::NoAmount
        } else {
            Counting::Counted
        }
    }

    /// What the sum of a question does with it: it is counted or not whatever else is added.
    pub fn count(&self) -> RecordCount<i64> {
        let counting = self.counting();
        let counted = self.usd().filter(|_| counting == Counting::Counted);
        RecordCount { counting, counted }
    }

    fn usd(&self) -> Option<i64> {
        self.cost.map(|cost| cost.usd().dollars())
    }

    /// What it has in common with others of its group, as the key says it.
    pub(super) fn value_of(&self, by: GroupBy) -> Option<String> {
        match by {
            GroupBy::Partner => Some(self.partner.to_string()),
            GroupBy::Program => Some(self.program.to_string()),
            GroupBy::FiscalYear => Some(self.fiscal_year.to_string()),
            _ => None,
        }
    }
}

/// The keys of the groups that were asked for by name: of a partner, and of a program.
pub(super) fn wanted_keys(question: &TotalsQuestion) -> Vec<Vec<Option<String>>> {
    let with = |by: GroupBy, value: String| -> Vec<Option<String>> {
        question.group_by.iter().map(|known| (*known == by).then(|| value.clone())).collect()
    };
    let groups = |by: GroupBy| question.group_by.contains(&by);
    let partners = question.partners.iter().filter(|_| groups(GroupBy::Partner));
    let programs = question.programs.iter().filter(|_| groups(GroupBy::Program));
    partners
        .map(|code| with(GroupBy::Partner, code.to_string()))
        .chain(programs.map(|code| with(GroupBy::Program, code.to_string())))
        .collect()
}

/// Adds the totals of a group.
pub(super) fn add(
    key: Key,
    members: &[&TrainingTotal],
    question: &TotalsQuestion,
) -> TrainingGroup {
    let (counted, out): (Vec<&TrainingTotal>, Vec<&TrainingTotal>) =
        members.iter().partition(|one| one.counting() == Counting::Counted);
    let students: Vec<u64> = counted.iter().filter_map(|one| one.students).map(u64::from).collect();
    let cost =
        SumAmount::sum(counted.iter().filter_map(|one| one.cost.as_ref()).map(SumAmount::of));
    let window = window(&key, &counted, question);
    let (missing, without_amount) = missing(&key, &counted, question, window);
    let reasons = reasons(&key, &counted, question, !missing.is_empty(), &without_amount);
    let whole = reasons.is_empty() && !counted.is_empty();
    let excluded = out.iter().map(|one| Excluded {
        id: one.id.clone(),
        because: one.counting(),
        overlaps: Arc::default(),
    });
    let programs: BTreeSet<String> = counted.iter().map(|one| one.program.to_string()).collect();
    let covered = counted.iter().map(|one| one.fiscal_year).collect();
    let qualifier = if whole { SumQualifier::Exact } else { SumQualifier::OnRecord };
    let has_students = !students.is_empty();
    TrainingGroup {
        reason: counted.is_empty().then(|| absence(&key, members, question)),
        key,
        fiscal_year_from: window.map(|(from, _)| from),
        fiscal_year_to: window.map(|(_, to)| to),
        students: has_students.then(|| students.iter().sum()),
        students_qualifier: has_students.then_some(qualifier),
        cost: cost.map(|cost| if whole { cost } else { cost.on_record() }),
        adds_students: None,
        adds_usd: None,
        completeness: match (counted.is_empty(), whole) {
            (true, _) => Completeness::Unknown,
            (false, true) => Completeness::Whole,
            (false, false) => Completeness::Partial,
        },
        completeness_reasons: reasons,
        without_amount,
        programs: programs.into_iter().collect(),
        years_covered: runs(&covered),
        years_missing: runs(&missing),
        parts: counted
            .iter()
            .map(|one| TrainingPart { students: one.students, usd: one.usd() })
            .collect(),
        included: counted.iter().map(|one| one.id.clone()).collect(),
        excluded: excluded.collect(),
        notes: vec![ENTRIES.to_owned(), VALUE.to_owned()],
    }
}

/// The years of a sum: of a group by year its own, else those asked for, each open side as far as totals reach.
fn window(key: &Key, counted: &[&TrainingTotal], question: &TotalsQuestion) -> Option<(i16, i16)> {
    if let Some(Some(year)) = key.get("fiscal_year") {
        return year.parse().ok().map(|year| (year, year));
    }
    let years = || counted.iter().map(|one| one.fiscal_year);
    let from = question.years.from.or_else(|| years().min())?;
    let to = question.years.to.or_else(|| years().max())?;
    (from <= to).then_some((from, to))
}

/// Why nothing is in a sum.
fn absence(key: &Key, members: &[&TrainingTotal], question: &TotalsQuestion) -> NoAmountReason {
    let partner = key.get("partner").and_then(Option::as_deref);
    let only = question.partners.first().filter(|_| question.partners.len() == 1);
    let partner = partner.or(only.map(Iso3::as_str));
    if question.not_covered.iter().any(|code| Some(code.as_str()) == partner) {
        NoAmountReason::NotCovered
    } else if members.is_empty() {
        NoAmountReason::NotFound
    } else {
        NoAmountReason::NoneCounted
    }
}

/// Those whom a question or a key names.
fn named(key: &Key, name: &str, wanted: impl Iterator<Item = String>) -> BTreeSet<String> {
    match key.get(name) {
        Some(Some(one)) => BTreeSet::from([one.clone()]),
        _ => wanted.collect(),
    }
}

/// The years of the window in which a partner has no total, of each program where programs are named, and the partners
/// and programs that have none in any.
fn missing(
    key: &Key,
    counted: &[&TrainingTotal],
    question: &TotalsQuestion,
    window: Option<(i16, i16)>,
) -> (BTreeSet<i16>, Vec<WithoutAmount>) {
    let partners = named(key, "partner", question.partners.iter().map(Iso3::to_string));
    let programs = named(key, "program", question.programs.iter().map(RecordId::to_string));
    let absent = |wanted: &BTreeSet<String>, of: fn(&TrainingTotal) -> &str| -> Vec<String> {
        let met: BTreeSet<&str> = counted.iter().map(|one| of(one)).collect();
        wanted.iter().filter(|one| !met.contains(one.as_str())).cloned().collect()
    };
    let without_partner = |code: String| WithoutAmount {
        reason: if question.not_covered.iter().any(|known| known.as_str() == code) {
            NoAmountReason::NotCovered
        } else {
            NoAmountReason::NotFound
        },
        partner: Some(code),
        program: None,
    };
    let without_program = |code: String| WithoutAmount {
        partner: None,
        program: Some(code),
        reason: NoAmountReason::NotFound,
    };
    // Of a group that is one partner or program, `reason` says it.
    let without: Vec<WithoutAmount> = if counted.is_empty() {
        Vec::new()
    } else {
        let partners = absent(&partners, |one| one.partner.as_str());
        let programs = absent(&programs, |one| one.program.as_str());
        partners
            .into_iter()
            .map(without_partner)
            .chain(programs.into_iter().map(without_program))
            .collect()
    };
    let by_program: BTreeSet<_> = counted
        .iter()
        .map(|one| (one.fiscal_year, one.partner.as_str(), one.program.as_str()))
        .collect();
    let by_partner: BTreeSet<_> =
        counted.iter().map(|one| (one.fiscal_year, one.partner.as_str())).collect();
    let partners: BTreeSet<&str> = if partners.is_empty() {
        counted.iter().map(|one| one.partner.as_str()).collect()
    } else {
        partners.iter().map(String::as_str).collect()
    };
    let has = |year: i16, partner: &str| {
        if programs.is_empty() {
            by_partner.contains(&(year, partner))
        } else {
            programs.iter().all(|code| by_program.contains(&(year, partner, code.as_str())))
        }
    };
    let lacks = |year: &i16| !partners.iter().all(|partner| has(*year, partner));
    let years = window.into_iter().flat_map(|(from, to)| from..=to).filter(lacks).collect();
    (years, without)
}

/// Why a sum is not whole.
fn reasons(
    key: &Key,
    counted: &[&TrainingTotal],
    question: &TotalsQuestion,
    years_missing: bool,
    without_amount: &[WithoutAmount],
) -> Vec<CompletenessReason> {
    let of = |name: &str| key.get(name).is_some_and(Option::is_some);
    let programs = of("program") || !question.programs.is_empty();
    let partners = of("partner") || !question.partners.is_empty();
    let unprinted = counted.iter().any(|one| one.students.is_none() || one.cost.is_none());
    [
        (!programs && question.programs_within.is_empty(), CompletenessReason::NoProgramNamed),
        (!partners, CompletenessReason::NoPartnerNamed),
        (years_missing, CompletenessReason::YearsMissing),
        (!without_amount.is_empty(), CompletenessReason::WithoutAmount),
        (unprinted, CompletenessReason::NotPrinted),
        (question.filtered, CompletenessReason::Filtered),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect()
}

/// Years as runs.
fn runs(years: &BTreeSet<i16>) -> Vec<YearRun> {
    let mut runs: Vec<YearRun> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some(run) if run.to == Some(year - 1) => run.to = Some(*year),
            _ => runs.push(YearRun { from: *year, to: Some(*year), basis: Basis::FiscalYear }),
        }
    }
    runs
}
