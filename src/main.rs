//! The service, its checks and its exports, as one binary.

fn main() {}
