//! See `checks/requests.rs` for what is held.
#![no_main]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[path = "../checks/requests.rs"]
mod requests;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The bytes that this process has allocated so far, freed ones too.
pub(crate) fn allocated() -> usize {
    ALLOCATOR.stats().bytes_allocated
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| requests::check(bytes));
