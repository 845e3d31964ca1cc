//! Whether a client reads its answers fast enough to be worth the memory that they take.

use std::time::Duration;

/// How many bytes of an answer the system may hold back before it takes more, so that bytes go out in leaps however
/// evenly the client reads.
const LEAP: u64 = 256 << 10;

/// The credit of a reader: bytes that were written add to it, time that passes while answers wait takes from it. A
/// client that reads at least as fast as the limit never runs out of it.
#[derive(Debug)]
pub(super) struct ReadRate {
    /// How many bytes must be read in an interval; 0 for any.
    least: u64,
    interval: Duration,
    credit: u64,
    seen: Duration,
    written: u64,
    drained: u64,
}

impl ReadRate {
    /// A reader that must read so many bytes in an interval.
    pub(super) fn new(least: u32, interval: Duration) -> Self {
        let least = u64::from(least);
        Self { least, interval, credit: least, seen: Duration::ZERO, written: 0, drained: 0 }
    }

    /// Looks again: `now` counts from the beginning of the connection, `written` are all bytes that went out,
    /// `drained` is how often nothing was left to be read.
    pub(super) fn is_too_slow(
        &mut self,
        now: Duration,
        written: u64,
        has_unread: bool,
        drained: u64,
    ) -> bool {
        let (passed, read) = (now.saturating_sub(self.seen), written - self.written);
        let has_waited = has_unread && drained == self.drained;
        (self.seen, self.written, self.drained) = (now, written, drained);
        if !has_waited {
            self.credit = self.least;
            return false;
        }
        let due = u128::from(self.least) * passed.as_millis() / self.interval.as_millis().max(1);
        let due = u64::try_from(due).unwrap_or(u64::MAX);
        let credit = (self.credit + read).min(LEAP.max(self.least));
        self.credit = credit.saturating_sub(due);
        credit < due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_secs(10);

    /// After how many seconds a client is too slow that reads so many bytes at once, every so many seconds.
    fn too_slow(bytes: u64, every: u64) -> Option<u64> {
        let mut rate = ReadRate::new(8192, INTERVAL);
        rate.is_too_slow(Duration::ZERO, 0, false, 0);
        (1..3600).find(|second| {
            let written = second / every * bytes;
            rate.is_too_slow(Duration::from_secs(*second), written, true, 0)
        })
    }

    #[test]
    fn who_reads_nothing_has_one_interval() {
        assert_eq!(too_slow(0, 1), Some(11));
    }

    #[test]
    fn who_reads_as_much_as_must_be_is_never_too_slow_however_it_comes() {
        assert_eq!(too_slow(820, 1), None);
        assert_eq!(too_slow(8192, 10), None);
        assert!(too_slow(8192, 12).is_some());
    }

    #[test]
    fn what_was_read_fast_is_no_excuse_for_ever() {
        let mut rate = ReadRate::new(8192, INTERVAL);
        rate.is_too_slow(Duration::ZERO, 0, true, 0);
        let fast = 1 << 30;
        let slow = (1..10_000)
            .find(|second| rate.is_too_slow(Duration::from_secs(*second), fast, true, 0));
        assert_eq!(slow, Some(321));
    }

    #[test]
    fn who_has_read_everything_begins_anew() {
        let mut rate = ReadRate::new(8192, INTERVAL);
        for second in 1..100 {
            // Something waits at each look, but it is never the same.
            assert!(!rate.is_too_slow(Duration::from_secs(second), second, true, second));
        }
    }

    #[test]
    fn without_a_limit_nobody_is_too_slow() {
        let mut rate = ReadRate::new(0, INTERVAL);
        assert!(!rate.is_too_slow(Duration::from_secs(1), 0, true, 0));
        assert!(!rate.is_too_slow(Duration::from_hours(100), 0, true, 0));
    }
}
