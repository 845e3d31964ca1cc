//! The data files that the binary carries.

/// Each file by its name; the name of a data file is that of its collection.
pub(crate) const EMBEDDED: &[(&str, &[u8])] = &[
    ("dataset.json", include_bytes!("../../../data/dataset.json")),
    ("partners.jsonl", include_bytes!("../../../data/partners.jsonl")),
    ("assistance-programs.jsonl", include_bytes!("../../../data/assistance-programs.jsonl")),
    ("assistance-funding.jsonl", include_bytes!("../../../data/assistance-funding.jsonl")),
    ("arms-sales.jsonl", include_bytes!("../../../data/arms-sales.jsonl")),
    ("deployments.jsonl", include_bytes!("../../../data/deployments.jsonl")),
    ("missions.jsonl", include_bytes!("../../../data/missions.jsonl")),
    ("agreements.jsonl", include_bytes!("../../../data/agreements.jsonl")),
    ("memberships.jsonl", include_bytes!("../../../data/memberships.jsonl")),
    ("cooperation.jsonl", include_bytes!("../../../data/cooperation.jsonl")),
    ("milestones.jsonl", include_bytes!("../../../data/milestones.jsonl")),
    ("conflicts.jsonl", include_bytes!("../../../data/conflicts.jsonl")),
    ("sources.jsonl", include_bytes!("../../../data/sources.jsonl")),
];

/// What the binary carries of earlier releases.
pub(crate) const HISTORY: &[(&str, &[u8])] = &[
    ("changes.jsonl", include_bytes!("../../../data/changes.jsonl")),
    ("releases.zst", include_bytes!("../../../data/releases.zst")),
];

/// Whether a file of this name is carried: decided when the program is compiled.
pub(crate) const fn contains(name: &str) -> bool {
    let mut at = 0;
    while at < EMBEDDED.len() {
        if is_same(EMBEDDED[at].0.as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
