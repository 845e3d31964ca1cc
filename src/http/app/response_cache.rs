//! Whole responses, as they were sent: by address and by what the client accepts, bounded by bytes.
//!
//! A cache belongs to one snapshot of the data and goes with it, so that no reload can serve the old.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::MatchedPath;
use axum::http::{HeaderMap, HeaderValue};
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Equivalent, Lifecycle, Weighter};

/// How many responses the cache reserves room for at first; it grows with what is stored.
const EXPECTED: usize = 1024;
/// The share of the cache that one response may take: a few large ones must not push out all others.
const LARGEST_SHARE: u64 = 16;
/// What a response weighs beside its bytes: its headers' table, the cache's own books.
const OVERHEAD: usize = 1024;

/// What a response depends on beside the data: the address, and the two headers that `Vary` names, raw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CacheKeyRef<'r> {
    pub(crate) address: &'r str,
    pub(crate) accept: &'r [u8],
    pub(crate) accept_encoding: &'r [u8],
}

/// [`CacheKeyRef`], owned. The two hash alike, which a lookup by reference relies on.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct CacheKey {
    address: Box<str>,
    accept: Box<[u8]>,
    accept_encoding: Box<[u8]>,
}

impl CacheKey {
    fn borrowed(&self) -> CacheKeyRef<'_> {
        let Self { address, accept, accept_encoding } = self;
        CacheKeyRef { address, accept, accept_encoding }
    }
}

impl From<CacheKeyRef<'_>> for CacheKey {
    fn from(key: CacheKeyRef<'_>) -> Self {
        Self {
            address: key.address.into(),
            accept: key.accept.into(),
            accept_encoding: key.accept_encoding.into(),
        }
    }
}

impl Equivalent<CacheKey> for CacheKeyRef<'_> {
    fn equivalent(&self, key: &CacheKey) -> bool {
        *self == key.borrowed()
    }
}

/// A response as it was sent, but for what belongs to one request.
pub(crate) struct CachedResponse {
    /// The value of the `ETag` header.
    pub(crate) etag: HeaderValue,
    /// Headers and body of the 200; none while only a 304 was sent.
    pub(crate) full: Option<(HeaderMap, Bytes)>,
    /// The headers of the 304.
    pub(crate) not_modified: HeaderMap,
    /// The route that answered.
    pub(crate) route: Option<MatchedPath>,
}

impl CachedResponse {
    fn bytes(&self) -> usize {
        let of = |headers: &HeaderMap| -> usize {
            headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
        };
        let full = self.full.as_ref().map_or(0, |(headers, body)| of(headers) + body.len());
        full + of(&self.not_modified)
    }
}

/// Counts a response with its key and what both cost beside their bytes.
#[derive(Clone)]
struct ByBytes;

impl Weighter<CacheKey, Arc<CachedResponse>> for ByBytes {
    fn weight(&self, key: &CacheKey, stored: &Arc<CachedResponse>) -> u64 {
        let CacheKeyRef { address, accept, accept_encoding } = key.borrowed();
        let key = address.len() + accept.len() + accept_encoding.len();
        (key + stored.bytes() + OVERHEAD) as u64
    }
}

/// Counts what is evicted to make room.
#[derive(Clone)]
struct CountEvicted;

impl Lifecycle<CacheKey, Arc<CachedResponse>> for CountEvicted {
    type RequestState = u64;

    fn on_evict(&self, evicted: &mut u64, _: CacheKey, _: Arc<CachedResponse>) {
        *evicted += 1;
    }
}

/// The responses of one snapshot.
pub(crate) struct ResponseCache {
    responses: Cache<CacheKey, Arc<CachedResponse>, ByBytes, DefaultHashBuilder, CountEvicted>,
    largest: u64,
}

impl ResponseCache {
    /// A cache of so many bytes.
    pub(crate) fn new(bytes: u64) -> Self {
        Self {
            responses: Cache::with(
                EXPECTED,
                bytes,
                ByBytes,
                DefaultHashBuilder::default(),
                CountEvicted,
            ),
            largest: bytes / LARGEST_SHARE,
        }
    }

    /// The largest body that is stored, in bytes.
    pub(crate) fn largest(&self) -> u64 {
        self.largest
    }

    /// The response that was sent to the same request.
    pub(crate) fn get(&self, key: &CacheKeyRef<'_>) -> Option<Arc<CachedResponse>> {
        self.responses.get(key)
    }

    /// Stores a response and returns how many were evicted to make room, this one included when it was refused.
    pub(crate) fn insert(&self, key: CacheKey, response: CachedResponse) -> u64 {
        let mut evicted = 0;
        self.responses.insert_with_lifecycle(key, Arc::new(response), &mut evicted);
        evicted
    }

    /// How many bytes are stored, and how many responses.
    pub(crate) fn size(&self) -> (u64, usize) {
        (self.responses.weight(), self.responses.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> CacheKeyRef<'_> {
        CacheKeyRef { address, accept: b"*/*", accept_encoding: b"" }
    }

    fn response(bytes: usize) -> CachedResponse {
        CachedResponse {
            etag: HeaderValue::from_static("W/\"a\""),
            full: Some((HeaderMap::new(), Bytes::from(vec![b'x'; bytes]))),
            not_modified: HeaderMap::new(),
            route: None,
        }
    }

    #[test]
    fn a_response_is_found_by_its_address_and_what_was_accepted() {
        let cache = ResponseCache::new(1 << 20);
        cache.insert(key("/a").into(), response(10));
        assert!(cache.get(&key("/a")).is_some());
        assert!(cache.get(&key("/b")).is_none());
        let gzip = CacheKeyRef { accept_encoding: b"gzip", ..key("/a") };
        assert!(cache.get(&gzip).is_none());
        assert!(cache.get(&CacheKeyRef { accept: b"text/csv", ..key("/a") }).is_none());
    }

    #[test]
    fn however_many_responses_are_offered_the_bytes_stay_below_the_limit() {
        let cache = ResponseCache::new(1 << 20);
        let mut evicted = 0;
        for number in 0..5_000 {
            evicted += cache.insert(key(&format!("/{number}")).into(), response(10_000));
            assert!(cache.size().0 <= 1 << 20);
        }
        assert_eq!(evicted + cache.size().1 as u64, 5_000, "each is stored or was evicted");
        assert!(cache.size().1 > 10, "{:?}", cache.size());
    }

    #[test]
    fn a_cache_of_no_bytes_stores_nothing() {
        let cache = ResponseCache::new(0);
        cache.insert(key("/a").into(), response(10));
        assert!(cache.get(&key("/a")).is_none());
    }
}
