//! What users of the API rely on, asked of the real service over a real socket.

mod caching;
mod documented;
mod errors;
mod known_facts;
mod loading;
mod openapi;
mod repository;
mod schema;
mod service;
mod serving;
