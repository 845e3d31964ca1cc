//! What users of the API rely on, asked of the real service over a real socket.

mod agreement_with_reference;
mod citations;
mod commands;
mod datapackage;
mod depth;
mod exports;
mod facets;
mod filtering;
mod known_partners;
mod loading;
mod paging;
mod reading;
mod reference;
mod searching;
mod service;
mod serving;
mod small;
mod sorting;
mod timeline;
mod totals;
