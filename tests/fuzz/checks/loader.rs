//! Any bytes as one file of a data package: a dataset, or a list of faults that names its file.
//!
//! The first line of the input names the file; the rest is what stands in it. Every other file is sound.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use partnership_api::dataset::{Dataset, Package};

/// The sound package of the fixtures: small, with every collection.
fn sound() -> &'static BTreeMap<String, Vec<u8>> {
    static SOUND: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/sound");
        // The service's own tests stand one folder higher than the fuzz targets.
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sound");
        let entries = std::fs::read_dir(here).or_else(|_| std::fs::read_dir(folder));
        entries
            .expect("the folder of fixtures")
            .map(|entry| {
                let entry = entry.expect("an entry of the folder");
                let name = entry.file_name().into_string().expect("a file name in UTF-8");
                (name, std::fs::read(entry.path()).expect("a readable file"))
            })
            .collect()
    })
}

/// Loads the package with the file laid over it.
pub(crate) fn check(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (name, rest) = bytes.split_at(end);
    let Ok(name) = std::str::from_utf8(name) else { return };
    let mut files = sound().clone();
    files.insert(name.to_owned(), rest.get(1..).unwrap_or_default().to_vec());
    match Dataset::load(&Package::of(files)) {
        Ok(dataset) => {
            let records: usize = dataset.tables().iter().map(|table| table.count()).sum();
            assert!(records > 0, "the sound files still have their records");
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "a refusal without a fault");
            assert!(!faults.to_string().is_empty(), "a report without words");
            serde_json::to_string(&faults).expect("a report as JSON");
        }
    }
}
