//! Notes for whoever sets sums side by side: where groups of different partners are not alike, and where a
//! published total is larger than what is added.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Group;
use super::figure::{Figure, Lane, StageKind};
use super::time::Run;
use super::total::SumAmount;
use crate::model::{Basis, Iso3, RecordId};

const PARTNER: &str = "partner";

/// What the groups of different partners do not have in common: what they count, years, stages.
///
/// Years and stages are compared among groups that differ in nothing but the partner; one instance is named.
pub(super) fn between_partners(groups: &[Group], figures: &[&Figure]) -> Vec<String> {
    let by_id: BTreeMap<&RecordId, &Figure> =
        figures.iter().map(|figure| (&figure.id, *figure)).collect();
    let mut counted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut alike: BTreeMap<Vec<&Option<String>>, Vec<(&str, &Group)>> = BTreeMap::new();
    for group in groups.iter().filter(|group| !group.included.is_empty()) {
        let Some(partner) = group.key.get(PARTNER).and_then(Option::as_deref) else { continue };
        let lanes = group.included.iter().filter_map(|id| by_id.get(id));
        counted.entry(partner).or_default().extend(lanes.map(|figure| name(&figure.lane)));
        let rest = group.key.iter().filter(|(key, _)| *key != PARTNER).map(|(_, value)| value);
        alike.entry(rest.collect()).or_default().push((partner, group));
    }
    let listed = |names: &BTreeSet<String>| match names.len() {
        0..=3 => names.iter().cloned().collect::<Vec<_>>().join(", "),
        more => format!("{more} of them"),
    };
    let what = counted.iter().map(|(partner, names)| (*partner, listed(names), names));
    let sales = figures.iter().any(|figure| matches!(figure.lane, Lane::Sale { .. }));
    let programs = if sales { "channels and measures" } else { "programs" };
    let first_pair = |tell: fn(&Group) -> String| {
        alike.values().find_map(|groups| {
            differing(groups.iter().map(|(partner, group)| (*partner, tell(group), tell(group))))
        })
    };
    [
        differing(what).map(|pair| {
            format!("Partners differ in what their figures count: {programs}, for instance {pair}.")
        }),
        first_pair(|group| years(&group.years_covered)).map(|pair| {
            format!("Partners differ in the years that their figures cover, for instance {pair}.")
        }),
        first_pair(|group| group.stages.join(", ")).map(|pair| {
            format!("Partners differ in the stages of their figures, for instance {pair}.")
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first partner and the first that is unlike it, each with what it has.
fn differing<'p, T: PartialEq>(
    mut all: impl Iterator<Item = (&'p str, String, T)>,
) -> Option<String> {
    let (first, has, value) = all.next()?;
    let (other, instead, _) =
        all.find(|(partner, _, other)| *partner != first && *other != value)?;
    let told = |text: String| if text.is_empty() { "none stated".to_owned() } else { text };
    Some(format!("{first} ({}) and {other} ({})", told(has), told(instead)))
}

fn name(lane: &Lane) -> String {
    match lane {
        Lane::Program(code) => code.to_string(),
        Lane::Sale { channel, measure, .. } => format!("{channel} {measure}"),
    }
}

fn years(runs: &[Run]) -> String {
    let one = |run: &Run| {
        let mark = if run.basis == Basis::CalendarYear { "CY" } else { "FY" };
        match run.to {
            None => format!("{mark} {}-", run.from),
            Some(to) if to == run.from => format!("{mark} {to}"),
            Some(to) => format!("{mark} {}-{to}", run.from),
        }
    };
    runs.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Names, for each set of partners, the largest total over several stages that was left out, where it is larger
/// than all that the sum holds of these partners.
pub(super) fn larger_mixed<'f>(
    added: &[(&Figure, SumAmount)],
    left_out: impl Iterator<Item = &'f Figure>,
) -> Vec<String> {
    let mut largest: BTreeMap<&[Iso3], (i64, &RecordId)> = BTreeMap::new();
    let mixed = left_out
        .filter(|figure| figure.stage.is_some_and(|stage| stage.kind == StageKind::Mixed))
        .filter_map(|figure| Some((figure, figure.amount?.usd().dollars())));
    for (figure, usd) in mixed {
        let found = largest.entry(&figure.partners).or_insert((usd, &figure.id));
        if usd > found.0 {
            *found = (usd, &figure.id);
        }
    }
    let note = |(partners, (usd, id)): (&[Iso3], (i64, &RecordId))| {
        let theirs =
            added.iter().filter(|(one, _)| one.partners.iter().any(|code| partners.contains(code)));
        let sum = theirs.fold(0_i64, |sum, (_, amount)| sum.saturating_add(amount.usd));
        let codes: Vec<&str> = partners.iter().map(Iso3::as_str).collect();
        (usd > sum).then(|| {
            format!(
                "{id}, a published total over several stages, gives {usd} US dollars for {}; the figures of the \
                 same in this sum make {sum}. It is left out, because its stages are not told apart.",
                codes.join(", ")
            )
        })
    };
    largest.into_iter().filter_map(note).collect()
}
