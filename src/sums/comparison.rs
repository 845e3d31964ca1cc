//! Notes for whoever sets sums side by side: where groups of different partners are not alike.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Group;
use super::figure_time::YearRun;
use crate::model::Basis;

const PARTNER: &str = "partner";

/// What the groups of different partners do not have in common: what they count, years, stages.
///
/// Years and stages are compared among groups that differ in nothing but the partner; one instance is named.
pub(super) fn between_partners(groups: &[Group], of_sales: bool) -> Vec<String> {
    let mut counted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut alike: BTreeMap<Vec<&Option<String>>, Vec<(&str, &Group)>> = BTreeMap::new();
    for group in groups.iter().filter(|group| !group.included.is_empty()) {
        let Some(partner) = group.key.get(PARTNER).and_then(Option::as_deref) else { continue };
        let programs = group.programs.iter().map(String::as_str);
        counted.entry(partner).or_default().extend(programs);
        let rest = group.key.iter().filter(|(key, _)| *key != PARTNER).map(|(_, value)| value);
        alike.entry(rest.collect()).or_default().push((partner, group));
    }
    let listed = |names: &BTreeSet<&str>| match names.len() {
        0..=3 => names.iter().copied().collect::<Vec<_>>().join(", "),
        more => format!("{more} of them"),
    };
    let what = counted.iter().map(|(partner, names)| (*partner, listed(names), names));
    let programs = if of_sales { "channels and measures" } else { "programs" };
    let first_pair = |describe: fn(&Group) -> String| {
        alike.values().find_map(|groups| {
            let described =
                groups.iter().map(|(partner, group)| (*partner, describe(group), describe(group)));
            differing(described)
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
    let shown = |text: String| if text.is_empty() { "none stated".to_owned() } else { text };
    Some(format!("{first} ({}) and {other} ({})", shown(has), shown(instead)))
}

fn years(runs: &[YearRun]) -> String {
    let one = |run: &YearRun| {
        let mark = if run.basis == Basis::CalendarYear { "CY" } else { "FY" };
        match run.to {
            None => format!("{mark} {}-", run.from),
            Some(to) if to == run.from => format!("{mark} {to}"),
            Some(to) => format!("{mark} {}-{to}", run.from),
        }
    };
    runs.iter().map(one).collect::<Vec<_>>().join(", ")
}
