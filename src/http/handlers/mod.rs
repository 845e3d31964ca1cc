//! One file an endpoint: what it asks, how it is answered, what it says of itself in the OpenAPI document.

pub(crate) mod charts;
pub(crate) mod citing;
pub(crate) mod codes;
pub(crate) mod collection;
pub(crate) mod coverage;
pub(crate) mod dataset;
pub(crate) mod downloads;
pub(crate) mod export;
pub(crate) mod front_door;
pub(crate) mod health;
pub(crate) mod index;
pub(crate) mod metrics;
pub(crate) mod openapi;
pub(crate) mod pages;
pub(crate) mod partner;
pub(crate) mod problems;
pub(crate) mod releases;
pub(crate) mod search;
pub(crate) mod timeline;
pub(crate) mod totals;
pub(crate) mod view;
