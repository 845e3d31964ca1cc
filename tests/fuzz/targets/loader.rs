//! See `checks/loader.rs` for what is held.
#![no_main]

#[path = "../checks/loader.rs"]
mod loader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| loader::check(bytes));
