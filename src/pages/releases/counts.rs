//! How many records a release changed, in words.

use super::field_changes::kind_label;
use crate::dataset::{ChangeKind, ChangedRelease};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};

/// The kinds of change, in the order in which a release tells of them.
pub(super) const KINDS: [ChangeKind; 6] = [
    ChangeKind::Added,
    ChangeKind::Corrected,
    ChangeKind::Superseded,
    ChangeKind::Removed,
    ChangeKind::Extended,
    ChangeKind::Reworded,
];

/// The parameters that ask for what a release changed; none of the first.
pub(super) fn since(release: &ChangedRelease) -> Option<[(&'static str, &str); 2]> {
    let before = release.before.as_deref()?;
    Some([("from", before), ("to", release.entry.version.as_str())])
}

/// How many records were changed in which way: `23,945 added, 755 corrected`.
pub(super) fn change_counts(site: &Site<'_>, release: &ChangedRelease) -> String {
    let counted = KINDS.into_iter().filter_map(|kind| Some((kind, *release.counts.get(&kind)?)));
    let parts: Vec<_> = counted
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| counted_kind(site, kind, count))
        .collect();
    if parts.is_empty() { site.say("nothing", "nada").to_owned() } else { parts.join(", ") }
}

/// `755 corrected`; in Spanish the word comes first, so that it need not agree: `corregido: 755`.
fn counted_kind(site: &Site<'_>, kind: ChangeKind, count: u64) -> String {
    let (number, label) = (grouped(site, count), kind_label(site, kind));
    site.say(format!("{number} {label}"), format!("{label}: {number}"))
}

/// A kind of change as the head of a row.
pub(super) fn kind_heading(site: &Site<'_>, kind: ChangeKind) -> String {
    capitalized(kind_label(site, kind))
}
