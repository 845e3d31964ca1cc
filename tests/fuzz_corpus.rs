//! Every input that fuzzing kept, asked again: what must hold of any bytes stands beside the fuzz targets.
//!
//! A test program of its own, because what a request allocates is counted for the whole process.

use std::alloc::System;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Mutex;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[path = "fuzz/checks/loader.rs"]
mod loader;
#[path = "fuzz/checks/requests.rs"]
mod requests;
#[path = "fuzz/checks/values.rs"]
mod values;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The bytes that this process has allocated so far, freed ones too.
pub(crate) fn allocated() -> usize {
    ALLOCATOR.stats().bytes_allocated
}

/// One test at a time: another would be counted too.
static ALONE: Mutex<()> = Mutex::new(());

/// Asks each file of a corpus, and names all that do not hold.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let _alone = ALONE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let mut asked = 0;
    let mut failed = Vec::new();
    for entry in fs::read_dir(folder).expect("the corpus of the target") {
        let path = entry.expect("an entry of the folder").path();
        let bytes = fs::read(&path).expect("a readable file");
        if catch_unwind(|| check(&bytes)).is_err() {
            failed.push(path);
        }
        asked += 1;
    }
    assert!(asked > 10, "only {asked} files in the corpus of {target}");
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_kept_request_is_answered_as_its_status_promises() {
    replay("requests", requests::check);
}

#[test]
fn every_kept_file_of_data_is_loaded_or_refused_with_reasons() {
    replay("loader", loader::check);
}

#[test]
fn every_kept_text_is_refused_or_read_as_it_was_written() {
    replay("values", values::check);
}
