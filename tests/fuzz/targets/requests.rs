//! See `checks/requests.rs` for what is held.
#![no_main]

#[path = "../checks/requests.rs"]
mod requests;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| requests::check(bytes));
