//! The groups of a sum as a table: one row a group, with numbers in columns of their own and none for the total.
//!
//! `adds_usd` is what a row adds to the total; the column makes it. Where nothing was grouped, the one row is the sum.

use std::borrow::Borrow;

use super::csv::{escape_formula, finish, line, writer};
use crate::model::{Basis, Vocabulary, vocabulary};
use crate::sums::{
    CompletenessReason, Group, HeadcountGroup, HeadcountTotals, Key, Totals, TrainingGroup,
    TrainingSums, WithoutAmount, YearRun,
};

vocabulary! {
    /// What one row of a table of sums is.
    #[es = "Qué es una fila de una tabla de sumas."]
    pub enum TotalsRows (en "rows", es "filas") {
        /// A group, with numbers in columns of their own; none for the total.
        #[es = "Un grupo, con los números en columnas propias; ninguna para el total."]
        Groups = "groups" (en "groups", es "grupos"),
        /// A figure, with its group, whether it is counted, and its source, so that anyone can add it up again.
        #[es = "Una cifra, con su grupo, si se cuenta y su fuente, para que cualquiera pueda volver a sumarla."]
        Figures = "figures" (en "figures", es "cifras"),
    }
}

const MONEY: [&str; 22] = [
    "shared",
    "fiscal_year_from",
    "fiscal_year_to",
    "usd",
    "min_usd",
    "max_usd",
    "qualifier",
    "adds_usd",
    "completeness",
    "completeness_reasons",
    "reason",
    "estimate",
    "stages",
    "objectives",
    "programs",
    "scope_changes",
    "as_of",
    "years_covered",
    "years_missing",
    "figures",
    "larger_figures",
    "without_amount",
];
const PEOPLE: [&str; 13] = [
    "shared",
    "personnel",
    "min_personnel",
    "max_personnel",
    "women",
    "qualifier",
    "adds_personnel",
    "completeness",
    "completeness_reasons",
    "reason",
    "as_of",
    "records",
    "without_amount",
];

const TRAINING: [&str; 18] = [
    "shared",
    "fiscal_year_from",
    "fiscal_year_to",
    "students",
    "students_qualifier",
    "usd",
    "min_usd",
    "max_usd",
    "qualifier",
    "adds_students",
    "adds_usd",
    "completeness",
    "completeness_reasons",
    "reason",
    "years_covered",
    "years_missing",
    "figures",
    "without_amount",
];

/// The groups of a sum of money. Lists are joined by `;`.
pub fn money(totals: &Totals) -> Vec<u8> {
    let Totals { data, shared, total, .. } = totals;
    table(own_and_shared(data, shared), || total, |group| &group.key, &MONEY, money_row)
}

fn money_row(group: &Group, shared: bool) -> [String; 22] {
    let amount = group.amount;
    // Of the sum itself there is no total that it adds to.
    let adds = group.adds_usd.or_else(|| group.key.is_empty().then_some(amount?.usd));
    [
        shared.to_string(),
        shown(group.fiscal_year_from),
        shown(group.fiscal_year_to),
        shown(amount.map(|amount| amount.usd)),
        shown(amount.and_then(|amount| amount.min_usd)),
        shown(amount.and_then(|amount| amount.max_usd)),
        amount.map_or_else(String::new, |amount| amount.qualifier.word().to_owned()),
        shown(adds),
        group.completeness.word().to_owned(),
        reasons(&group.completeness_reasons),
        group.reason.map_or_else(String::new, |reason| reason.word().to_owned()),
        group.estimate.to_string(),
        group.stages.join(";"),
        joined(group.objectives.iter().map(|one| one.map_or("", Vocabulary::word))),
        group.programs.join(";"),
        group.scope_changes.to_string(),
        shown(group.as_of),
        years(&group.years_covered),
        years(&group.years_missing),
        group.included.len().to_string(),
        joined(group.larger_figures.iter().map(|figure| figure.id.as_str())),
        without_amount(&group.without_amount),
    ]
}

/// The groups of a sum of people. Lists are joined by `;`.
pub fn people(totals: &HeadcountTotals) -> Vec<u8> {
    let HeadcountTotals { data, shared, total, .. } = totals;
    table(own_and_shared(data, shared), || total, |group| &group.key, &PEOPLE, people_row)
}

/// Groups, each with whether it is one of those that several share.
fn own_and_shared<'g, G>(data: &'g [G], shared: &'g [G]) -> impl Iterator<Item = (&'g G, bool)> {
    let own = data.iter().map(|group| (group, false));
    own.chain(shared.iter().map(|group| (group, true)))
}

/// One row a group, its key in columns of their own; of a sum without groups the total.
fn table<G, H: Borrow<G>, const COLUMNS: usize>(
    groups: impl Iterator<Item = (H, bool)>,
    total: impl FnOnce() -> H,
    key: impl Fn(&G) -> &Key,
    columns: &[&'static str; COLUMNS],
    row: impl Fn(&G, bool) -> [String; COLUMNS],
) -> Vec<u8> {
    let mut groups = groups.peekable();
    let keys = groups.peek().map(|(first, _)| names(key(first.borrow())));
    let alone = keys.is_none().then(|| (total(), false));
    let keys = keys.unwrap_or_default();
    let mut writer = writer(Vec::new());
    line(
        &mut writer,
        keys.iter().map(String::as_str).chain(columns.iter().copied()).map(Into::into),
    );
    for (group, shared) in groups.chain(alone) {
        let group = group.borrow();
        let values = values(&keys, key(group)).into_iter().chain(row(group, shared));
        line(&mut writer, values.map(escape_formula));
    }
    finish(writer)
}

fn people_row(group: &HeadcountGroup, shared: bool) -> [String; 13] {
    let count = group.count;
    let adds = group.adds_personnel.or_else(|| group.key.is_empty().then_some(count?.personnel));
    [
        shared.to_string(),
        shown(count.map(|count| count.personnel)),
        shown(count.and_then(|count| count.min_personnel)),
        shown(count.and_then(|count| count.max_personnel)),
        shown(count.and_then(|count| count.women)),
        count.map_or_else(String::new, |count| count.qualifier.word().to_owned()),
        shown(adds),
        group.completeness.word().to_owned(),
        reasons(&group.completeness_reasons),
        group.reason.map_or_else(String::new, |reason| reason.word().to_owned()),
        shown(group.as_of),
        group.included.len().to_string(),
        without_amount(&group.without_amount),
    ]
}

/// The groups of a sum of training. Lists are joined by `;`.
pub fn training(sums: &TrainingSums) -> Vec<u8> {
    let groups = sums.groups().map(|group| (group, false));
    table(groups, || sums.total(), |group| &group.key, &TRAINING, training_row)
}

fn training_row(group: &TrainingGroup, shared: bool) -> [String; 18] {
    let (students, cost) = (group.students, group.cost);
    [
        shared.to_string(),
        shown(group.fiscal_year_from),
        shown(group.fiscal_year_to),
        shown(students),
        group.students_qualifier.map_or_else(String::new, |one| one.word().to_owned()),
        shown(cost.map(|cost| cost.usd)),
        shown(cost.and_then(|cost| cost.min_usd)),
        shown(cost.and_then(|cost| cost.max_usd)),
        cost.map_or_else(String::new, |cost| cost.qualifier.word().to_owned()),
        shown(group.adds_students.or(students)),
        shown(group.adds_usd.or(cost.map(|cost| cost.usd))),
        group.completeness.word().to_owned(),
        reasons(&group.completeness_reasons),
        group.reason.map_or_else(String::new, |reason| reason.word().to_owned()),
        years(&group.years_covered),
        years(&group.years_missing),
        group.included.len().to_string(),
        without_amount(&group.without_amount),
    ]
}

/// A key as text: `key=value` pairs joined by `;`.
pub(super) fn key_of(key: &Key) -> String {
    let pairs =
        key.iter().map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or_default()));
    pairs.collect::<Vec<_>>().join(";")
}

fn names(key: &Key) -> Vec<String> {
    key.keys().cloned().collect()
}

fn values(names: &[String], key: &Key) -> Vec<String> {
    names.iter().map(|name| key.get(name).cloned().flatten().unwrap_or_default()).collect()
}

fn reasons(reasons: &[CompletenessReason]) -> String {
    joined(reasons.iter().map(|reason| reason.word()))
}

/// `PER:not_found;FRO:not_covered`
fn without_amount(without: &[WithoutAmount]) -> String {
    let one = |one: &WithoutAmount| {
        let name = one.partner.as_deref().or(one.program.as_deref()).unwrap_or_default();
        format!("{name}:{}", one.reason.word())
    };
    without.iter().map(one).collect::<Vec<_>>().join(";")
}

/// `2010;2012-2015;CY2016;2017-`
fn years(runs: &[YearRun]) -> String {
    let one = |run: &YearRun| {
        let mark = if run.basis == Basis::CalendarYear { "CY" } else { "" };
        match run.to {
            None => format!("{mark}{}-", run.from),
            Some(to) if to == run.from => format!("{mark}{to}"),
            Some(to) => format!("{mark}{}-{to}", run.from),
        }
    };
    runs.iter().map(one).collect::<Vec<_>>().join(";")
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.collect::<Vec<_>>().join(";")
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
