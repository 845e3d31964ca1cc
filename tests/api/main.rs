//! What users of the API rely on, asked of the real service over a real socket.

mod agreement_with_reference;
mod caching;
mod citations;
mod commands;
mod datapackage;
mod documented;
mod errors;
mod exports;
mod facets;
mod filtering;
mod known_facts;
mod loading;
mod openapi;
mod paging;
mod reading;
mod readme;
mod reference;
mod repository;
mod schema;
mod searching;
mod service;
mod serving;
mod small;
mod sorting;
mod timeline;
mod totals;
