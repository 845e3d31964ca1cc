//! Groups and their total.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Excluded, Group, Reason, Totals};
use super::comparison;
use super::containment::Containment;
use super::decide::{Verdict, decide};
use super::figure::{Figure, Lane};
use super::question::{GroupBy, Question, Spread};
use super::time::Extent;
use super::total::{SumAmount, covered, missing, notes};
use crate::model::Vocabulary;

/// A figure in a group, with its share of it.
struct Entry<'f> {
    figure: &'f Figure,
    verdict: &'f Verdict,
    /// All figures that were decided over together.
    among: &'f [&'f Figure],
    /// The years of it that count here; none for all.
    years: Option<(i16, i16)>,
}

/// Whether a group stands in `shared`, and its key.
type Place = (bool, Vec<Option<String>>);

/// Adds figures without counting a dollar twice. See [the module](super) for the rule.
pub fn add(figures: &[Figure], containment: &Containment, question: &Question) -> Totals {
    let mut sorted: Vec<&Figure> = figures.iter().collect();
    sorted.sort_by(|one, other| one.id.cmp(&other.id));
    let keys = keys(figures, question);
    let yearly = question.spread == Spread::Even && keys.contains(&GroupBy::FiscalYear);
    let mut scopes: BTreeMap<Vec<Option<String>>, Vec<&Figure>> = BTreeMap::new();
    for figure in &sorted {
        // Partners are told apart by the decision itself; years come after it when figures are divided.
        let apart =
            |key: &&GroupBy| **key != GroupBy::Partner && !(yearly && **key == GroupBy::FiscalYear);
        let scope = keys.iter().filter(apart).map(|key| value(figure, *key)).collect();
        scopes.entry(scope).or_default().push(figure);
    }
    let decided: Vec<(Vec<&Figure>, Vec<Verdict>)> = scopes
        .into_values()
        .map(|scope| {
            let verdicts = decide(&scope, containment, question);
            (scope, verdicts)
        })
        .collect();
    let mut groups: BTreeMap<Place, Vec<Entry<'_>>> = BTreeMap::new();
    let grouped = !keys.is_empty();
    for (scope, verdicts) in decided.iter().filter(|_| grouped) {
        for (figure, verdict) in scope.iter().zip(verdicts) {
            for (place, years) in places(figure, &keys, question, yearly) {
                let entry = Entry { figure, verdict, among: scope, years };
                groups.entry(place).or_default().push(entry);
            }
        }
    }
    let mut totals = Totals {
        data: Vec::new(),
        total: total(&sorted, containment, question),
        shared: Vec::new(),
    };
    for ((shared, key), entries) in groups {
        let key = keys.iter().map(|key| key.word().to_owned()).zip(key).collect();
        let group = group(key, &entries, question);
        if shared { totals.shared.push(group) } else { totals.data.push(group) }
    }
    point_to_shared(&mut totals);
    compare(&mut totals);
    if keys.contains(&GroupBy::Partner) {
        totals.total.notes.extend(comparison::between_partners(&totals.data, &sorted));
    }
    totals
}

fn keys(figures: &[Figure], question: &Question) -> Vec<GroupBy> {
    let sales = figures.iter().any(|figure| matches!(figure.lane, Lane::Sale { .. }));
    let always: &[GroupBy] = if sales { &[GroupBy::Channel, GroupBy::Measure] } else { &[] };
    let mut keys: Vec<GroupBy> = Vec::new();
    for key in question.group_by.iter().chain(always) {
        if !keys.contains(key) {
            keys.push(*key);
        }
    }
    keys
}

fn value(figure: &Figure, key: GroupBy) -> Option<String> {
    match (key, &figure.lane) {
        (GroupBy::Partner, _) => {
            let codes: Vec<&str> = figure.partners.iter().map(|code| code.as_str()).collect();
            Some(codes.join(","))
        }
        (GroupBy::Program, Lane::Program(code)) => Some(code.to_string()),
        (GroupBy::Channel, Lane::Sale { channel, .. }) => Some((*channel).to_owned()),
        (GroupBy::Measure, Lane::Sale { measure, .. }) => Some((*measure).to_owned()),
        (GroupBy::FiscalYear, _) => Extent::of(figure).label(),
        (GroupBy::Stage, _) => figure.stage_word().map(str::to_owned),
        (GroupBy::Program | GroupBy::Channel | GroupBy::Measure, _) => None,
    }
}

/// Where a figure stands: one group, or one for each of its years when it is divided.
fn places(
    figure: &Figure,
    keys: &[GroupBy],
    question: &Question,
    yearly: bool,
) -> Vec<(Place, Option<(i16, i16)>)> {
    let shared = keys.contains(&GroupBy::Partner) && figure.partners.len() > 1;
    let key = |year: Option<i16>| {
        let of = |key: &GroupBy| match (key, year) {
            (GroupBy::FiscalYear, Some(year)) => Some(year.to_string()),
            _ => value(figure, *key),
        };
        (shared, keys.iter().map(of).collect())
    };
    let divided = (question.spread == Spread::Even && figure.period.is_some())
        .then(|| question.window.shares(Extent::of(figure)))
        .flatten();
    match divided {
        Some((first, last)) if yearly => {
            (first..=last).map(|year| (key(Some(year)), Some((year, year)))).collect()
        }
        years => vec![(key(None), years)],
    }
}

fn group(
    key: BTreeMap<String, Option<String>>,
    entries: &[Entry<'_>],
    question: &Question,
) -> Group {
    let included = || entries.iter().filter(|entry| *entry.verdict == Verdict::Included);
    let figures: Vec<&Figure> = included().map(|entry| entry.figure).collect();
    let excluded = entries.iter().filter_map(|entry| match entry.verdict {
        Verdict::Included => None,
        Verdict::Excluded { because, overlaps } => Some(Excluded {
            id: entry.figure.id.clone(),
            because: *because,
            overlaps: overlaps.iter().map(|at| entry.among[*at].id.clone()).collect(),
        }),
    });
    let runs = covered(included().filter_map(|entry| {
        let (from, to, basis) = Extent::of(entry.figure).years?;
        let (from, to) = entry.years.map_or((from, to), |(from, to)| (from, Some(to)));
        Some((from, to, basis))
    }));
    let mut stages: Vec<_> = figures.iter().filter_map(|figure| figure.stage).collect();
    stages.sort_by_key(|stage| (stage.rank, stage.word));
    stages.dedup();
    let estimate = included().any(|entry| divided(entry).is_some());
    let mut notes = notes(&figures);
    if estimate {
        notes.push("An estimate: figures of several years are divided evenly over them.".into());
    }
    let added: Vec<_> =
        included().filter_map(|entry| Some((entry.figure, amount(entry)?))).collect();
    let left_out = entries.iter().filter(|entry| {
        matches!(entry.verdict, Verdict::Excluded { because: Reason::OtherStage, .. })
    });
    notes.extend(comparison::larger_mixed(&added, left_out.map(|entry| entry.figure)));
    let loans = |entry: &Entry<'_>| {
        matches!(entry.verdict, Verdict::Excluded { because: Reason::Credit, .. })
    };
    if entries.iter().any(loans) {
        notes.push(
            "Leaves out loans or guarantees, which are paid back: read the groups by program."
                .into(),
        );
    }
    let stock = |figure: &&&Figure| matches!(figure.lane, Lane::Sale { stock: true, .. });
    Group {
        key,
        amount: SumAmount::sum(included().filter_map(amount)),
        parts: included().filter_map(amount).collect(),
        estimate,
        stages: stages.iter().map(|stage| stage.word.to_owned()).collect(),
        as_of: figures.iter().find(stock).and_then(|figure| figure.as_of),
        years_missing: missing(&runs, question.window),
        years_covered: runs,
        included: figures.iter().map(|figure| figure.id.clone()).collect(),
        excluded: excluded.collect(),
        shared: Vec::new(),
        notes,
    }
}

/// The part of its years for which a figure counts, when that is not all: first, last, all.
fn divided(entry: &Entry<'_>) -> Option<(i64, i64, i64)> {
    let (first, last) = entry.years?;
    let (from, to, _) = Extent::of(entry.figure).years?;
    let years = |to: i16, from: i16| i64::from(to) - i64::from(from);
    let all = years(to?, from) + 1;
    let part = (years(first, from), years(last, from) + 1, all);
    (part != (0, all, all)).then_some(part)
}

fn amount(entry: &Entry<'_>) -> Option<SumAmount> {
    let amount = entry.figure.amount.as_ref()?;
    Some(match divided(entry) {
        Some((first, last, all)) => SumAmount::share(amount, first, last, all),
        None => SumAmount::of(amount),
    })
}

fn total(sorted: &[&Figure], containment: &Containment, question: &Question) -> Group {
    let lanes: BTreeSet<&Lane> = sorted.iter().map(|figure| &figure.lane).collect();
    let sales = lanes.iter().filter(|lane| matches!(lane, Lane::Sale { .. })).count();
    let verdicts = if sales > 1 {
        let apart =
            |_| Verdict::Excluded { because: Reason::DifferentMeasure, overlaps: Vec::new() };
        sorted.iter().map(apart).collect()
    } else {
        decide(sorted, containment, question)
    };
    let entries: Vec<Entry<'_>> = sorted
        .iter()
        .zip(&verdicts)
        .map(|(figure, verdict)| {
            let years = places(figure, &[], question, false).pop().and_then(|(_, years)| years);
            Entry { figure, verdict, among: sorted, years }
        })
        .collect();
    let mut total = group(BTreeMap::new(), &entries, question);
    if sales > 1 {
        let note = "Figures of different channels or measures make no sum: read the groups.";
        total.notes.push(note.into());
    }
    total
}

/// Lets each partner's groups name the joint figures that cover it.
fn point_to_shared(totals: &mut Totals) {
    const PARTNER: &str = "partner";
    for shared in &totals.shared {
        let codes = shared.key.get(PARTNER).cloned().flatten().unwrap_or_default();
        let codes: Vec<&str> = codes.split(',').collect();
        for group in &mut totals.data {
            let same = group.key.iter().all(|(name, value)| match name.as_str() {
                PARTNER => value.as_deref().is_some_and(|code| codes.contains(&code)),
                _ => shared.key.get(name) == Some(value),
            });
            if same {
                group.shared.extend(shared.included.iter().cloned());
            }
        }
    }
}

/// Says so when the total is not what the groups make.
fn compare(totals: &mut Totals) {
    let Some(total) = totals.total.amount else { return };
    if totals.data.is_empty() && totals.shared.is_empty() {
        return;
    }
    let groups = totals.data.iter().chain(&totals.shared);
    let sum = SumAmount::sum(groups.filter_map(|group| group.amount)).map_or(0, |sum| sum.usd);
    let less = sum.saturating_sub(total.usd);
    if less > 0 {
        totals.total.notes.push(format!(
            "Less than its groups and shared figures, which make {sum} US dollars, by {less}: \
             some of them cover the same money, or hold proposals or credit beside money."
        ));
    } else if less < 0 {
        // A figure that loses inside its group to one that loses outside may stand in the total.
        totals.total.notes.push(format!(
            "More than its groups and shared figures, which make {sum} US dollars, by {}: \
             figures that give way in a group stand in the total.",
            -less
        ));
    }
}
