//! What the system knows of the process: when it began, how much memory it holds.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use prometheus::{IntGauge, Registry};

use super::registry::gauge;

/// Gauges of the process, set when the service starts or when they are read.
pub(super) struct Process {
    /// None where the system does not tell.
    resident: Option<IntGauge>,
}

impl Process {
    /// The gauges of this process, which begins now.
    pub(super) fn register(registry: &Registry) -> Self {
        let start = gauge(
            registry,
            "process_start_time_seconds",
            "When the process started, in seconds since 1970.",
        );
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        start.set(i64::try_from(now.as_secs()).unwrap_or_default());
        let resident = resident_bytes().map(|_| {
            let help = "How much memory the process holds, in bytes.";
            gauge(registry, "process_resident_memory_bytes", help)
        });
        Self { resident }
    }

    /// Reads again what changes.
    pub(super) fn refresh(&self) {
        if let (Some(gauge), Some(bytes)) = (&self.resident, resident_bytes()) {
            gauge.set(bytes);
        }
    }
}

/// The resident memory, in bytes, where Linux tells it: in kilobytes, whatever size its pages have.
fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
