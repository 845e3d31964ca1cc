//! The data files that the binary carries, compressed by the build script.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use zstd::stream::read::Decoder;

/// The names of the data files; that of a collection's file is its name.
pub const NAMES: &[&str] = &[
    "dataset.json",
    "partners.jsonl",
    "assistance-programs.jsonl",
    "assistance-funding.jsonl",
    "arms-sales.jsonl",
    "deployments.jsonl",
    "foreign-assistance.jsonl",
    "training.jsonl",
    "us-personnel.jsonl",
    "missions.jsonl",
    "agreements.jsonl",
    "memberships.jsonl",
    "cooperation.jsonl",
    "milestones.jsonl",
    "conflicts.jsonl",
    "sources.jsonl",
];

/// The folder of the Spanish texts in a package.
pub const TRANSLATIONS_DIR: &str = "es";

/// The files of Spanish titles and summaries: one for each collection that has texts of ours. A package may lack them.
pub(crate) const TRANSLATIONS: &[&str] =
    &["es/agreements.jsonl", "es/conflicts.jsonl", "es/cooperation.jsonl", "es/milestones.jsonl"];

/// What the binary carries of earlier releases.
pub(crate) const HISTORY: &[(&str, &[u8])] = &[
    ("changes.jsonl", include_bytes!("../../../data/changes.jsonl")),
    ("releases.zst", include_bytes!("../../../data/releases.zst")),
];

/// What `build.rs` made of the data files.
const COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/data.zst"));

/// Each data file by its name, decompressed: as many bytes as `data/` has, which the caller drops once they are read.
///
/// # Errors
/// When they cannot be decompressed, which would be a fault of the build.
pub(crate) fn files() -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut body = BufReader::new(Decoder::with_buffer(COMPRESSED)?);
    let mut line = Vec::new();
    body.read_until(b'\n', &mut line)?;
    let lengths: BTreeMap<String, u64> = serde_json::from_slice(&line)?;
    let mut files = BTreeMap::new();
    for (name, length) in lengths {
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        (&mut body).take(length).read_to_end(&mut bytes)?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// Whether a file of this name is carried: decided when the program is compiled.
pub(crate) const fn contains(name: &str) -> bool {
    let mut at = 0;
    while at < NAMES.len() {
        if is_same(NAMES[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether the Spanish texts of a collection have a file, by the name of its own.
pub(crate) const fn has_translations(name: &str) -> bool {
    let mut at = 0;
    while at < TRANSLATIONS.len() {
        let (_, file) = TRANSLATIONS[at].as_bytes().split_at(TRANSLATIONS_DIR.len() + 1);
        if is_same(file, name.as_bytes()) {
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
