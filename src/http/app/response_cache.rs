//! Whole responses, as they were sent: by address and by what their sender accepts, bounded by bytes.
//!
//! A cache belongs to one snapshot of the data and goes with it, so that no reload can serve the old.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::MatchedPath;
use axum::http::{HeaderMap, HeaderValue};
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Equivalent, Lifecycle, Weighter};

/// How many responses the cache makes room for at first; it grows with what is kept.
const EXPECTED: usize = 1024;
/// The share of the cache that one response may take: a few large ones must not push out all others.
const LARGEST_SHARE: u64 = 16;
/// What a response weighs beside its bytes: its headers' table, the cache's own books.
const OVERHEAD: usize = 1024;

/// What a response depends on beside the data: the address, and the two headers that `Vary` names, raw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'r> {
    pub(crate) address: &'r str,
    pub(crate) accept: &'r [u8],
    pub(crate) accept_encoding: &'r [u8],
}

/// [`Asked`], kept.
pub(crate) struct Key {
    address: Box<str>,
    accept: Box<[u8]>,
    accept_encoding: Box<[u8]>,
}

impl Key {
    fn asked(&self) -> Asked<'_> {
        let Self { address, accept, accept_encoding } = self;
        Asked { address, accept, accept_encoding }
    }
}

impl From<Asked<'_>> for Key {
    fn from(asked: Asked<'_>) -> Self {
        Self {
            address: asked.address.into(),
            accept: asked.accept.into(),
            accept_encoding: asked.accept_encoding.into(),
        }
    }
}

impl PartialEq for Asked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address
            && self.accept == other.accept
            && self.accept_encoding == other.accept_encoding
    }
}

impl Hash for Asked<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.address, self.accept, self.accept_encoding).hash(state);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.asked() == other.asked()
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.asked().hash(state);
    }
}

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        *self == key.asked()
    }
}

/// A response as it was sent, but for what belongs to one request.
pub(crate) struct Kept {
    /// Its validator, as the `ETag` header has it.
    pub(crate) tag: HeaderValue,
    /// The headers of the whole answer; none as long as it was only found unchanged.
    pub(crate) whole: Option<(HeaderMap, Bytes)>,
    /// The headers of a 304.
    pub(crate) unchanged: HeaderMap,
    /// The route that answered.
    pub(crate) route: Option<MatchedPath>,
}

impl Kept {
    fn bytes(&self) -> usize {
        let of = |headers: &HeaderMap| -> usize {
            headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
        };
        let whole = self.whole.as_ref().map_or(0, |(headers, body)| of(headers) + body.len());
        whole + of(&self.unchanged)
    }
}

/// Counts a response with its key and what both cost beside their bytes.
#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Kept>> for ByBytes {
    fn weight(&self, key: &Key, kept: &Arc<Kept>) -> u64 {
        let Asked { address, accept, accept_encoding } = key.asked();
        let key = address.len() + accept.len() + accept_encoding.len();
        (key + kept.bytes() + OVERHEAD) as u64
    }
}

/// Counts what is let go to make room.
#[derive(Clone)]
struct CountEvicted;

impl Lifecycle<Key, Arc<Kept>> for CountEvicted {
    type RequestState = u64;

    fn on_evict(&self, evicted: &mut u64, _: Key, _: Arc<Kept>) {
        *evicted += 1;
    }
}

/// The responses of one snapshot.
pub(crate) struct ResponseCache {
    kept: Cache<Key, Arc<Kept>, ByBytes, DefaultHashBuilder, CountEvicted>,
    largest: u64,
}

impl ResponseCache {
    /// A cache of so many bytes.
    pub(crate) fn new(bytes: u64) -> Self {
        Self {
            kept: Cache::with(
                EXPECTED,
                bytes,
                ByBytes,
                DefaultHashBuilder::default(),
                CountEvicted,
            ),
            largest: bytes / LARGEST_SHARE,
        }
    }

    /// How large a body may be to be kept.
    pub(crate) fn largest(&self) -> u64 {
        self.largest
    }

    /// The response that was sent to the same question.
    pub(crate) fn get(&self, asked: &Asked<'_>) -> Option<Arc<Kept>> {
        self.kept.get(asked)
    }

    /// Keeps a response; says how many were let go to make room, this one included when it was refused.
    pub(crate) fn keep(&self, key: Key, kept: Kept) -> u64 {
        let mut evicted = 0;
        self.kept.insert_with_lifecycle(key, Arc::new(kept), &mut evicted);
        evicted
    }

    /// How many bytes are kept, and how many responses.
    pub(crate) fn size(&self) -> (u64, usize) {
        (self.kept.weight(), self.kept.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(address: &str) -> Asked<'_> {
        Asked { address, accept: b"*/*", accept_encoding: b"" }
    }

    fn kept(bytes: usize) -> Kept {
        Kept {
            tag: HeaderValue::from_static("W/\"a\""),
            whole: Some((HeaderMap::new(), Bytes::from(vec![b'x'; bytes]))),
            unchanged: HeaderMap::new(),
            route: None,
        }
    }

    #[test]
    fn a_response_is_found_by_its_address_and_what_was_accepted() {
        let cache = ResponseCache::new(1 << 20);
        cache.keep(asked("/a").into(), kept(10));
        assert!(cache.get(&asked("/a")).is_some());
        assert!(cache.get(&asked("/b")).is_none());
        let gzip = Asked { accept_encoding: b"gzip", ..asked("/a") };
        assert!(cache.get(&gzip).is_none());
        assert!(cache.get(&Asked { accept: b"text/csv", ..asked("/a") }).is_none());
    }

    #[test]
    fn however_many_responses_are_offered_the_bytes_stay_below_the_limit() {
        let cache = ResponseCache::new(1 << 20);
        let mut evicted = 0;
        for number in 0..5_000 {
            evicted += cache.keep(asked(&format!("/{number}")).into(), kept(10_000));
            assert!(cache.size().0 <= 1 << 20);
        }
        assert_eq!(evicted + cache.size().1 as u64, 5_000, "each is kept or was let go");
        assert!(cache.size().1 > 10, "{:?}", cache.size());
    }

    #[test]
    fn a_cache_of_no_bytes_keeps_nothing() {
        let cache = ResponseCache::new(0);
        cache.keep(asked("/a").into(), kept(10));
        assert!(cache.get(&asked("/a")).is_none());
    }
}
