//! The limits of requests.

use std::time::Duration;

/// The limits of the HTTP layer; those of sockets are the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a request may take to be answered.
    pub request_timeout: Duration,
    /// The longest address that is read, in bytes.
    pub uri_bytes: usize,
    /// How many parameters a request may have.
    pub parameters: usize,
    /// How many requests may be worked on at a time; those answered from the response cache are not counted.
    pub in_flight: usize,
    /// How many bytes of whole responses are cached; 0 turns the cache off.
    pub cache_bytes: u64,
    /// How many bytes of former releases are held, with their cached responses; one that is larger is held alone.
    pub release_bytes: u64,
}

impl Limits {
    /// The defaults, which the settings repeat with their reasons.
    pub const DEFAULT: Self = Self {
        request_timeout: Duration::from_secs(30),
        uri_bytes: 8192,
        parameters: 100,
        in_flight: 512,
        cache_bytes: 32 << 20,
        release_bytes: 64 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
