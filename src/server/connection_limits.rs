//! The limits of a connection, taken from the settings.

use std::time::Duration;

use crate::config::Serve;

/// How long and how much a client may send.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConnectionLimits {
    /// The time for the headers of a request.
    pub(super) header: Duration,
    /// The time between an answer and the next request.
    pub(super) idle: Duration,
    /// The time in which a client must read something of its answer.
    pub(super) write: Duration,
    /// The time in which a request is answered, which the floor above keeps.
    pub(super) request: Duration,
    /// The bytes of a request's address and headers.
    pub(super) header_bytes: u32,
}

impl ConnectionLimits {
    /// As the settings say.
    pub(super) const fn of(settings: &Serve) -> Self {
        Self {
            header: settings.header_timeout(),
            idle: settings.idle_timeout(),
            write: settings.write_timeout(),
            request: settings.request_timeout(),
            header_bytes: settings.max_header_bytes,
        }
    }

    /// The shortest time among them.
    pub(super) fn shortest(&self) -> Duration {
        self.header.min(self.idle).min(self.write)
    }
}

/// Files that the process opens beside connections: standard streams, listeners, data files, watches.
const OTHER_FILES: u32 = 64;

/// How many connections can be held: as many as are wished for, and no more than files may be open.
pub(super) fn connections(wished: u32) -> usize {
    let possible = open_files().map_or(wished, |files| files.saturating_sub(OTHER_FILES).max(1));
    if possible < wished {
        tracing::warn!(
            wished,
            possible,
            "fewer connections than the settings allow: the process may not open as many files"
        );
    }
    usize::try_from(possible.min(wished)).unwrap_or(usize::MAX)
}

/// How many files the process may have open, where the system says so in a file.
fn open_files() -> Option<u32> {
    soft_limit(&std::fs::read_to_string("/proc/self/limits").ok()?)
}

/// The soft limit out of `Max open files            1024                 524288               files`.
fn soft_limit(limits: &str) -> Option<u32> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let soft: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(u32::try_from(soft).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::soft_limit;

    #[test]
    fn the_soft_limit_of_open_files_is_read() {
        let limits =
            "Limit    Soft Limit  Hard Limit  Units\nMax open files    1024     524288     files\n";
        assert_eq!(soft_limit(limits), Some(1024));
        assert_eq!(soft_limit("Max open files  unlimited  unlimited  files\n"), None);
        assert_eq!(soft_limit(""), None);
    }
}
