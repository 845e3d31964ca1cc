//! All connections: which of them goes when there is no room for another, or too much waits to be read.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::activity::{Activity, CloseReason};

/// The part of all connections that is closed at once when there is no room, so that a flood of new ones does not look
/// for the longest idle one each time.
const CLOSED_AT_ONCE: usize = 64;

/// The connections that are open. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ConnectionTable(Arc<Inner>);

struct Inner {
    open: Mutex<HashMap<u64, Arc<Activity>>>,
    next: AtomicU64,
    /// How many bytes of answers wait to be read, on all connections.
    unread: AtomicU64,
    max_unread: u64,
}

impl ConnectionTable {
    /// No connection yet; so many bytes of answers may wait to be read on all of them together.
    pub(crate) fn new(max_unread: u64) -> Self {
        Self(Arc::new(Inner {
            open: Mutex::default(),
            next: AtomicU64::new(0),
            unread: AtomicU64::new(0),
            max_unread,
        }))
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Activity>>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection that was accepted; it is in the table until what is returned is dropped.
    pub(crate) fn add(&self) -> ConnectionHandle {
        let (key, activity) = (self.0.next.fetch_add(1, Relaxed), Activity::new());
        self.open().insert(key, Arc::clone(&activity));
        ConnectionHandle { table: self.clone(), key, activity }
    }

    /// Closes the connections on which nothing has moved for the longest time and no request runs: one in 64, at
    /// least one. Says how many.
    pub(crate) fn close_longest_idle(&self) -> usize {
        let open = self.open();
        let mut idle: Vec<_> = open
            .values()
            .filter(|activity| activity.is_idle() && !activity.is_closing())
            .map(|activity| (activity.idle_since(), activity))
            .collect();
        let count = (open.len() / CLOSED_AT_ONCE).max(1).min(idle.len());
        if count > 0 {
            idle.select_nth_unstable_by_key(count - 1, |(since, _)| *since);
        }
        idle.iter()
            .take(count)
            .filter(|(_, activity)| activity.close(CloseReason::TableFull))
            .count()
    }

    /// Counts bytes of an answer that were made on a connection. When too much waits to be read on all of them, those
    /// close for which the most waits for the longest time. The one that asks closes only when more than the limit
    /// waited on it before: an answer of any size can be read, and many streams of one connection are no way round.
    fn add_unread(&self, of: &Arc<Activity>, bytes: u64) {
        let before = of.unread();
        of.add_unread(bytes);
        let unread = self.0.unread.fetch_add(bytes, Relaxed) + bytes;
        if unread > self.0.max_unread {
            if before > self.0.max_unread {
                of.close(CloseReason::Unread);
            }
            self.close_longest_unread(of);
        }
    }

    fn close_longest_unread(&self, but: &Arc<Activity>) {
        let open = self.open();
        // What is closing is as good as read.
        let (mut unread, mut waiting) = (0, Vec::new());
        for activity in open.values().filter(|activity| !activity.is_closing()) {
            let (bytes, age) = activity.unread_age();
            unread += bytes;
            if bytes > 0 && !Arc::ptr_eq(activity, but) {
                waiting.push((u128::from(bytes) * u128::from(age.max(1)), bytes, activity));
            }
        }
        waiting.sort_unstable_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
        for (_, bytes, activity) in waiting {
            if unread <= self.0.max_unread {
                break;
            }
            activity.close(CloseReason::Unread);
            unread -= bytes;
        }
    }

    fn remove_unread(&self, of: &Activity, bytes: u64) {
        of.remove_unread(bytes);
        self.0.unread.fetch_sub(bytes, Relaxed);
    }
}

/// A connection in the table.
pub(crate) struct ConnectionHandle {
    table: ConnectionTable,
    key: u64,
    activity: Arc<Activity>,
}

impl ConnectionHandle {
    /// What happens on it.
    pub(crate) const fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }

    /// The table.
    pub(crate) const fn table(&self) -> &ConnectionTable {
        &self.table
    }
}

impl Drop for ConnectionHandle {
    fn drop(&mut self) {
        self.table.open().remove(&self.key);
    }
}

/// Bytes of an answer that wait to be read, until they are dropped.
pub(crate) struct UnreadBytes {
    table: ConnectionTable,
    activity: Arc<Activity>,
    bytes: u64,
}

impl UnreadBytes {
    /// So many bytes on a connection.
    pub(crate) fn new(table: &ConnectionTable, activity: &Arc<Activity>, bytes: u64) -> Self {
        table.add_unread(activity, bytes);
        Self { table: table.clone(), activity: Arc::clone(activity), bytes }
    }

    /// Counts what is made of an answer whose size was not known: there are as many bytes at least.
    pub(crate) fn at_least(&mut self, bytes: u64) {
        if self.bytes < bytes {
            self.table.add_unread(&self.activity, bytes - self.bytes);
            self.bytes = bytes;
        }
    }

    /// Takes a part of them out.
    pub(crate) fn split(&mut self, bytes: u64) -> Self {
        self.at_least(bytes);
        self.bytes -= bytes;
        Self { table: self.table.clone(), activity: Arc::clone(&self.activity), bytes }
    }
}

impl Drop for UnreadBytes {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.table.remove_unread(&self.activity, self.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn closing(connections: &[ConnectionHandle]) -> Vec<bool> {
        connections.iter().map(|connection| connection.activity.is_closing()).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_idle_connection_closes_and_none_that_has_a_request() {
        let table = ConnectionTable::new(0);
        let mut connections = Vec::new();
        for _ in 0..3 {
            connections.push(table.add());
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        let running = connections[0].activity.begin();
        assert_eq!(table.close_longest_idle(), 1);
        assert_eq!(closing(&connections), [false, true, false]);
        assert_eq!(table.close_longest_idle(), 1);
        assert_eq!(table.close_longest_idle(), 0, "what is left has a request");
        drop(running);
        assert_eq!(table.close_longest_idle(), 1);
        drop(connections);
        assert!(table.open().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn the_connection_for_which_the_most_waits_the_longest_makes_room() {
        let table = ConnectionTable::new(1000);
        let connections: Vec<_> = (0..4).map(|_| table.add()).collect();
        let unread = |at: usize, bytes| UnreadBytes::new(&table, connections[at].activity(), bytes);
        let _old = unread(0, 300);
        tokio::time::advance(Duration::from_mins(1)).await;
        let _large = unread(1, 600);
        tokio::time::advance(Duration::from_secs(1)).await;
        let small = unread(2, 100);
        assert_eq!(closing(&connections), [false; 4]);
        let _more = unread(3, 200);
        assert_eq!(closing(&connections), [true, false, false, false]);
        drop(small);
        let _whole = unread(3, 5000);
        assert_eq!(
            closing(&connections),
            [true, true, false, false],
            "one answer, of whatever size"
        );
        let _stream = unread(3, 1);
        assert_eq!(closing(&connections), [true, true, false, true], "another beside it");
    }

    #[test]
    fn a_part_that_is_taken_out_counts_once() {
        let table = ConnectionTable::new(1000);
        let connection = table.add();
        let mut whole = UnreadBytes::new(&table, connection.activity(), 100);
        let part = whole.split(60);
        let rest = whole.split(70);
        assert_eq!(table.0.unread.load(Relaxed), 130);
        whole.at_least(20);
        assert_eq!(table.0.unread.load(Relaxed), 150);
        drop((part, rest, whole));
        assert_eq!(table.0.unread.load(Relaxed), 0);
        assert_eq!(connection.activity().unread(), 0);
    }
}
