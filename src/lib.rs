//! Open data on security partnerships, with every figure's qualifier, period, stage and source.
//!
//! Dependencies run one way: `model` ← `collections` ← `query` ← `dataset` ← `render` ← `http` ← `server`;
//! `tests/api/layers.rs` holds the table of which layer may use which.

pub mod charts;
pub mod collections;
pub mod config;
pub mod dataset;
pub mod export;
pub mod http;
pub mod import;
pub mod model;
pub mod pages;
pub mod query;
pub mod render;
pub mod server;
pub mod sums;
pub mod telemetry;
pub mod words;
