//! Former releases of the data: their archive, the reasons of each change, and what changed from one to the next.
//!
//! A file of this folder is either about the files of a package (`archive`, `change_log`, `history`, `upgrade`) or
//! about loaded datasets (`former`, `changes`, `release_changes`, `check`); the second kind uses the first.

pub(super) mod archive;
pub(super) mod catalog;
pub(super) mod change_log;
pub(super) mod changes;
pub(super) mod check;
pub(super) mod check_status;
pub(super) mod former;
pub(super) mod history;
mod organizations;
pub(super) mod release_changes;
pub(super) mod upgrade;
pub(super) mod version;
