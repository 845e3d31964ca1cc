//! Former releases of the data: what is archived, what loads, and what changed from one to the next.

mod applying;
mod archive;
mod changes;
mod check;
mod log;
mod pinned;
