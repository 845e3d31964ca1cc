//! The pages of what lies across collections.

pub mod coverage;
pub mod search;
pub mod timeline;
