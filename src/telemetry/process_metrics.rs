//! What the system knows of the process: when it began, its memory, its processor time, its files.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use prometheus::{Counter, IntGauge, Registry};
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};

use super::registry::gauge;

/// The metrics of the process that Prometheus' own clients have, by their names.
pub(super) struct ProcessMetrics {
    cpu: Counter,
    /// None where the system does not tell.
    resident: Option<IntGauge>,
    open_files: Option<IntGauge>,
}

impl ProcessMetrics {
    /// The metrics of this process, which begins now.
    pub(super) fn register(registry: &Registry) -> Self {
        let start = gauge(
            registry,
            "process_start_time_seconds",
            "When the process started, in seconds since 1970.",
        );
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        start.set(i64::try_from(now.as_secs()).unwrap_or_default());
        let help = "Processor time that the process has used, in seconds.";
        let cpu =
            Counter::new("process_cpu_seconds_total", help).expect("a name that the format allows");
        registry.register(Box::new(cpu.clone())).expect("each name is registered once");
        if let Some(most) = getrlimit(Resource::Nofile).current {
            let help = "How many files the process may have open.";
            gauge(registry, "process_max_fds", help).set(i64::try_from(most).unwrap_or(i64::MAX));
        }
        let optional =
            |value: Option<i64>, name: &str, help: &str| value.map(|_| gauge(registry, name, help));
        Self {
            cpu,
            resident: optional(
                resident_bytes(),
                "process_resident_memory_bytes",
                "How much memory the process holds, in bytes.",
            ),
            open_files: optional(
                open_files(),
                "process_open_fds",
                "How many files the process has open.",
            ),
        }
    }

    /// Reads again what changes.
    pub(super) fn refresh(&self) {
        self.cpu.inc_by((cpu_seconds() - self.cpu.get()).max(0.0));
        let set = |gauge: Option<&IntGauge>, value: Option<i64>| {
            if let (Some(gauge), Some(value)) = (gauge, value) {
                gauge.set(value);
            }
        };
        set(self.resident.as_ref(), resident_bytes());
        set(self.open_files.as_ref(), open_files());
    }
}

/// The processor time that all threads have used, in seconds.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    #[expect(clippy::cast_precision_loss, reason = "exact for 285 million years")]
    let seconds = time.tv_sec as f64;
    #[expect(clippy::cast_precision_loss, reason = "below a thousand million")]
    let nanoseconds = time.tv_nsec as f64;
    seconds + nanoseconds / 1e9
}

/// How many files are open, where the system lists them in a folder; the one that is open to list them counts too.
fn open_files() -> Option<i64> {
    i64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()
}

/// The resident memory, in bytes, where Linux tells it: in kilobytes, whatever size its pages have.
fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
