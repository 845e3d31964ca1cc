//! The limits of a connection, taken from the settings.

use std::io;
use std::time::Duration;

use rustix::process::{Resource, getrlimit};

use crate::config::Serve;

/// How long and how much a client may send, and how little it may read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConnectionLimits {
    /// The time for the headers of a request.
    pub(crate) header: Duration,
    /// The time between an answer and the next request.
    pub(crate) idle: Duration,
    /// The time in which a client must read something of its answer.
    pub(crate) write: Duration,
    /// The time in which a request is answered, which the HTTP layer holds.
    pub(crate) request: Duration,
    /// How many bytes of its answers a client must read in ten seconds; 0 for any.
    pub(crate) read_bytes: u32,
    /// The bytes of a request's address and headers.
    pub(crate) header_bytes: usize,
    /// The bytes of a request's address.
    pub(crate) uri_bytes: usize,
    /// How many requests a client may have open at once on one connection of HTTP/2.
    pub(crate) streams: u32,
}

impl ConnectionLimits {
    /// As the settings say.
    pub(crate) fn of(settings: &Serve) -> Self {
        Self {
            header: settings.header_timeout(),
            idle: settings.idle_timeout(),
            write: settings.write_timeout(),
            request: settings.request_timeout(),
            read_bytes: settings.min_read_bytes,
            header_bytes: usize::try_from(settings.max_header_bytes).unwrap_or(usize::MAX),
            uri_bytes: settings.max_uri_bytes.into(),
            streams: settings.max_streams.into(),
        }
    }

    /// The shortest time among them.
    pub(crate) fn shortest(&self) -> Duration {
        self.header.min(self.idle).min(self.write)
    }
}

/// Files that the process opens beside connections: standard streams, listeners, data files, watches.
const OTHER_FILES: u64 = 64;
/// The fewest files that the service starts with: with fewer, a handful of clients would keep all others out.
const FEWEST_FILES: u64 = 256;

/// How many connections can be held: as many as are wished for, and no more than files may be open.
///
/// # Errors
/// When the process may open so few files that it could not serve.
pub(crate) fn max_connections(wished: u32) -> io::Result<usize> {
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let possible = possible_connections(files)?;
    let wished = u64::from(wished);
    if possible < wished {
        tracing::warn!(
            wished,
            possible,
            open_files = files,
            "fewer connections than the settings allow: raise the limit of open files"
        );
    }
    Ok(usize::try_from(possible.min(wished)).unwrap_or(usize::MAX))
}

fn possible_connections(files: u64) -> io::Result<u64> {
    if files < FEWEST_FILES {
        let reason = format!(
            "the process may open {files} files, and needs at least {FEWEST_FILES}: raise the limit (`ulimit -n`)"
        );
        return Err(io::Error::other(reason));
    }
    Ok(files - OTHER_FILES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_may_open_too_few_files_does_not_start() {
        assert_eq!(possible_connections(256).ok(), Some(192));
        let refused = possible_connections(255).expect_err("too few").to_string();
        assert!(refused.contains("255") && refused.contains("ulimit -n"), "{refused}");
    }
}
