//! What users of the API rely on, asked of the real service over a real socket.

mod loading;
mod service;
mod serving;
mod totals;
