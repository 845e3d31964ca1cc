//! Single byte ranges (RFC 9110, section 14) of files that are whole in memory.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_range_header::{RangeUnsatisfiableError, parse_range_header_with_max_ranges};

use super::problem::Problem;

/// Whether a response can be sent in part: the headers of a file say so.
pub(crate) fn accepts_ranges(status: StatusCode, headers: &HeaderMap) -> bool {
    status == StatusCode::OK && headers.contains_key(header::ACCEPT_RANGES)
}

/// Whether a request asks for a part.
pub(crate) fn is_requested(request: &HeaderMap) -> bool {
    request.contains_key(header::RANGE)
}

/// The part of a file that a request asks for. The whole of it, where the request asks for several parts, for none
/// that can be read, or only if the file is still another one.
pub(crate) fn part(request: &HeaderMap, headers: HeaderMap, body: Bytes) -> Response {
    match requested(request, &headers, body.len() as u64) {
        Requested::Whole => whole(headers, body),
        Requested::Part(range) => send(&range, headers, body),
        Requested::Unsatisfiable => unsatisfiable(&headers, body.len() as u64),
    }
}

fn whole(headers: HeaderMap, body: Bytes) -> Response {
    let mut response = Response::new(body.into());
    *response.headers_mut() = headers;
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Requested {
    Whole,
    Part(RangeInclusive<u64>),
    Unsatisfiable,
}

fn requested(request: &HeaderMap, headers: &HeaderMap, length: u64) -> Requested {
    // `If-Range` compares strongly, and a date is never the tag.
    let same =
        request.get(header::IF_RANGE).is_none_or(|tag| headers.get(header::ETAG) == Some(tag));
    let mut values = request.get_all(header::RANGE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return Requested::Whole };
    let text = value.to_str().unwrap_or_default();
    let Ok(ranges) = parse_range_header_with_max_ranges(text, NonZeroUsize::MIN) else {
        return Requested::Whole;
    };
    if !same {
        return Requested::Whole;
    }
    match ranges.validate(length) {
        Ok(ranges) => ranges.into_iter().next().map_or(Requested::Whole, Requested::Part),
        Err(RangeUnsatisfiableError::Unsatisfiable) => Requested::Unsatisfiable,
        Err(_) => Requested::Whole,
    }
}

fn send(range: &RangeInclusive<u64>, mut headers: HeaderMap, body: Bytes) -> Response {
    let (first, last) = (*range.start(), *range.end());
    let content_range = HeaderValue::try_from(format!("bytes {first}-{last}/{}", body.len()));
    let bounds = usize::try_from(first).ok().zip(usize::try_from(last).ok());
    // Lengths in memory fit, and digits are a header value.
    let (Some((first, last)), Ok(content_range)) = (bounds, content_range) else {
        return whole(headers, body);
    };
    let part = body.slice(first..=last);
    headers.insert(header::CONTENT_RANGE, content_range);
    headers.insert(header::CONTENT_LENGTH, part.len().into());
    let mut response = whole(headers, part);
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    response
}

/// A problem, with the headers of the file that are for every response.
fn unsatisfiable(headers: &HeaderMap, length: u64) -> Response {
    const OF_THE_FILE: [header::HeaderName; 8] = [
        header::ACCEPT_RANGES,
        header::CACHE_CONTROL,
        header::CONTENT_DISPOSITION,
        header::CONTENT_LENGTH,
        header::CONTENT_TYPE,
        header::ETAG,
        header::LINK,
        header::VARY,
    ];
    let mut response = Problem::RangeNotSatisfiable { length }.into_response();
    for (name, value) in headers {
        if !OF_THE_FILE.contains(name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range_of(range: &str, condition: Option<&str>) -> Requested {
        let value = |text: &str| HeaderValue::from_str(text).expect("a header value");
        let mut request = HeaderMap::new();
        request.insert(header::RANGE, value(range));
        condition.map(|tag| request.insert(header::IF_RANGE, value(tag)));
        let headers = HeaderMap::from_iter([(header::ETAG, value("\"a\""))]);
        requested(&request, &headers, 100)
    }

    #[test]
    fn one_range_is_sent_and_what_is_no_range_is_ignored() {
        assert_eq!(range_of("bytes=0-9", None), Requested::Part(0..=9));
        assert_eq!(range_of("bytes=90-", None), Requested::Part(90..=99));
        assert_eq!(range_of("bytes=-10", None), Requested::Part(90..=99));
        assert_eq!(range_of("bytes=-1000", None), Requested::Part(0..=99));
        assert_eq!(range_of("bytes=50-1000", None), Requested::Part(50..=99));
        for range in ["bytes=9-1", "bytes=a-b", "bytes=", "lines=1-2", "", "bytes=0-1,5-6"] {
            assert_eq!(range_of(range, None), Requested::Whole, "{range}");
        }
    }

    #[test]
    fn a_range_beyond_the_end_cannot_be_satisfied() {
        assert_eq!(range_of("bytes=100-", None), Requested::Unsatisfiable);
        assert_eq!(range_of("bytes=100-200", None), Requested::Unsatisfiable);
        assert_eq!(range_of("bytes=-0", None), Requested::Unsatisfiable);
    }

    #[test]
    fn a_condition_that_names_another_file_gets_the_whole() {
        assert_eq!(range_of("bytes=0-9", Some("\"a\"")), Requested::Part(0..=9));
        assert_eq!(range_of("bytes=0-9", Some("\"b\"")), Requested::Whole);
        assert_eq!(range_of("bytes=0-9", Some("W/\"a\"")), Requested::Whole);
        assert_eq!(range_of("bytes=0-9", Some("Mon, 23 Nov 2026 00:00:00 GMT")), Requested::Whole);
        assert_eq!(range_of("bytes=200-", Some("\"b\"")), Requested::Whole);
    }
}
