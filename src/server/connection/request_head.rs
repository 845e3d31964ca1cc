//! The head of a request on HTTP/1, before the protocol library reads it: it would answer what it cannot read with an
//! empty body, unlogged and uncounted.
//!
//! Owns what is refused and why, and the one thing that is mended: bytes in an address that should have been
//! percent-encoded, as curl sends quotes. It reads with the library's own parser, so that both see the same request.

use std::mem::MaybeUninit;

use httparse::{Error, Header, Request, Status};
use hyper::Uri;
use memchr::memmem;
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

use crate::http::Unread;

/// The most headers of a request: as many as the protocol library reads.
const MOST_HEADERS: usize = 100;

/// What is not in an address by RFC 3986, and plainly means itself. Bytes beyond ASCII are always encoded.
const RAW: &AsciiSet = &CONTROLS.add(b'"').add(b'<').add(b'>').add(b'`');

/// The longest address that the protocol library reads, in bytes.
const LONGEST_URI: usize = 65_534;

/// The most digits of a length that surely fits in 64 bits.
const LONGEST_NUMBER: usize = 19;

/// How much a head may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadLimits {
    /// Bytes of the address.
    pub(super) uri_bytes: usize,
    /// Bytes of the whole head.
    pub(super) header_bytes: usize,
}

/// What a client has sent so far.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// More must come.
    Partial,
    /// A head of so many bytes, good as it is.
    Whole {
        /// Its length, with what came before it.
        length: usize,
        /// Whether a body follows.
        has_body: bool,
    },
    /// A head that was mended.
    Mended {
        /// The length of the head that was sent.
        length: usize,
        /// The head to read instead.
        head: Vec<u8>,
        /// Whether a body follows.
        has_body: bool,
    },
    /// A request that is not read.
    Refused(Refused),
}

/// A request that is not read, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Why.
    pub(crate) why: Unread,
    /// Its method, where that was read.
    pub(crate) method: Option<String>,
}

impl Head {
    /// Looks at the first head among some bytes, of which it has looked at some before.
    pub(super) fn of(bytes: &[u8], seen: usize, limits: HeadLimits) -> Self {
        // Empty lines before a request are passed over (RFC 9112, section 2.2).
        let begin = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let text = &bytes[begin..];
        let end = end_of(text, seen.saturating_sub(begin));
        let known = end.map_or(text, |end| &text[..end]);
        // Where the end is not there yet, it is looked at only once it is too long.
        if end.is_none() && known.len() <= limits.header_bytes {
            return Self::Partial;
        }
        let mut headers = [const { MaybeUninit::<Header<'_>>::uninit() }; MOST_HEADERS];
        let mut request = Request::new(&mut []);
        let status = request.parse_with_uninit_headers(known, &mut headers);
        let method = request.method.map(str::to_owned);
        let refused = |why| Self::Refused(Refused { why, method: method.clone() });
        let is_long = request.path.map_or_else(
            || line_of(known).is_none_or(|line| line.len() > limits.uri_bytes),
            |path| path.len() > limits.uri_bytes,
        );
        if is_long && (request.path.is_some() || known.len() > limits.uri_bytes) {
            return refused(Unread::UriTooLong { limit: limits.uri_bytes });
        }
        if known.len() > limits.header_bytes {
            return refused(Unread::HeadersTooLarge { limit: limits.header_bytes });
        }
        match status {
            Ok(Status::Complete(_)) => {}
            Ok(Status::Partial) => return Self::Partial,
            Err(error) => return refused(unread(error)),
        }
        let target = request.path.unwrap_or_default();
        let version = request.version.unwrap_or_default();
        if let Err(detail) = check_host(version, request.headers) {
            return refused(Unread::Malformed { detail });
        }
        let has_body = match has_body(version, request.headers) {
            Ok(has_body) => has_body,
            Err(detail) => return refused(Unread::Malformed { detail }),
        };
        let length = begin + known.len();
        match mended(target, request.method) {
            Ok(None) => Self::Whole { length, has_body },
            Ok(Some(better)) if better.len() > LONGEST_URI => {
                refused(Unread::UriTooLong { limit: limits.uri_bytes })
            }
            Ok(Some(better)) => {
                let at = target.as_ptr() as usize - known.as_ptr() as usize;
                let rest = &known[at + target.len()..];
                let head = [&known[..at], better.as_bytes(), rest].concat();
                Self::Mended { length, head, has_body }
            }
            Err(detail) => refused(Unread::Malformed { detail }),
        }
    }
}

/// The end of a head: behind an empty line, whose line feeds may stand alone.
fn end_of(text: &[u8], seen: usize) -> Option<usize> {
    let from = seen.saturating_sub(3).min(text.len());
    let crlf = memmem::find(&text[from..], b"\r\n\r\n").map(|at| from + at + 4);
    let lf = memmem::find(&text[from..crlf.unwrap_or(text.len())], b"\n\n").map(|at| from + at + 2);
    let mixed =
        memmem::find(&text[from..crlf.unwrap_or(text.len())], b"\n\r\n").map(|at| from + at + 3);
    [crlf, lf, mixed].into_iter().flatten().min()
}

/// The first line, if it has ended.
fn line_of(text: &[u8]) -> Option<&[u8]> {
    memchr::memchr(b'\n', text).map(|end| &text[..end])
}

fn unread(error: Error) -> Unread {
    let detail = match error {
        Error::TooManyHeaders => return Unread::TooManyHeaders { limit: MOST_HEADERS },
        Error::Version => {
            "expected version 1.1 or 1.0 of HTTP behind the address, and no space in it"
        }
        Error::HeaderName => "expected letters, digits and hyphens in the name of a header",
        Error::HeaderValue => "expected no control character in the value of a header",
        Error::NewLine => "expected a line to end with a carriage return and a line feed",
        Error::Status | Error::Token => {
            "expected a method, an address that begins with `/`, and HTTP/1.1"
        }
    };
    Unread::Malformed { detail }
}

/// Exactly one well-formed `Host` on HTTP/1.1 (RFC 9112, section 3.2), and at most one on HTTP/1.0.
fn check_host(version: u8, headers: &[Header<'_>]) -> Result<(), &'static str> {
    let mut hosts = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = hosts.next();
    if hosts.next().is_some() {
        return Err("expected one `Host` header, found several");
    }
    match host {
        None if version == 0 => Ok(()),
        None => Err("expected a `Host` header"),
        Some(host) if is_host(host.value) => Ok(()),
        Some(_) => Err("expected a name or an address in `Host`, with a port or without"),
    }
}

/// `uri-host [ ":" port ]` of RFC 3986, which may be empty.
fn is_host(value: &[u8]) -> bool {
    let of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(byte);
    let (name, port) = match value.strip_prefix(b"[") {
        Some(rest) => {
            let Some(end) = memchr::memchr(b']', rest) else { return false };
            let literal = &rest[..end];
            let of_address = |byte: &u8| byte.is_ascii_hexdigit() || b":.".contains(byte);
            if literal.is_empty() || !literal.iter().all(of_address) {
                return false;
            }
            (&b""[..], &rest[end + 1..])
        }
        None => value.split_at(memchr::memchr(b':', value).unwrap_or(value.len())),
    };
    let is_port = match port {
        [] => true,
        [b':', digits @ ..] => digits.len() <= 5 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    is_port && name.iter().all(of_name)
}

/// Whether a body follows. Its framing must be beyond doubt.
fn has_body(version: u8, headers: &[Header<'_>]) -> Result<bool, &'static str> {
    let named = |name: &'static str| {
        headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name))
    };
    let mut codings = named("transfer-encoding");
    if let Some(coding) = codings.next() {
        if !coding.value.eq_ignore_ascii_case(b"chunked") || codings.next().is_some() {
            return Err("expected `chunked` alone as `Transfer-Encoding`");
        }
        if version == 0 || named("content-length").next().is_some() {
            return Err(
                "expected `Transfer-Encoding` without `Content-Length`, and not on HTTP/1.0",
            );
        }
        return Ok(true);
    }
    let mut length = None;
    for header in named("content-length") {
        let is_number = (1..=LONGEST_NUMBER).contains(&header.value.len())
            && header.value.iter().all(u8::is_ascii_digit);
        if !is_number || length.is_some_and(|length| length != header.value) {
            return Err("expected one number as `Content-Length`");
        }
        length = Some(header.value);
    }
    Ok(length.is_some_and(|length| length.iter().any(|digit| *digit != b'0')))
}

/// An address as it should have been sent; none when it is good as it is.
fn mended(target: &str, method: Option<&str>) -> Result<Option<String>, &'static str> {
    let is_http = |scheme: &str| {
        target.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let is_known = target.starts_with('/') || target == "*" || method == Some("CONNECT");
    if !is_known && !["http://", "https://"].iter().any(|scheme| is_http(scheme)) {
        return Err("expected an address that begins with `/`");
    }
    if target.bytes().any(|byte| byte == b'#') {
        return Err("expected no `#` in an address: write %23 for the character itself");
    }
    let is_raw = |byte: u8| !byte.is_ascii() || b"\"<>`".contains(&byte);
    let better =
        target.bytes().any(is_raw).then(|| percent_encode(target.as_bytes(), RAW).to_string());
    // An address with a host is rare; whether the library reads it is tried.
    let is_absolute = !target.starts_with('/');
    if is_absolute && better.as_deref().unwrap_or(target).parse::<Uri>().is_err() {
        return Err("expected an address that begins with `/`");
    }
    Ok(better)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: HeadLimits = HeadLimits { uri_bytes: 100, header_bytes: 400 };

    fn head(text: &str) -> Head {
        Head::of(text.as_bytes(), 0, LIMITS)
    }

    fn refused(text: &str) -> Unread {
        match head(text) {
            Head::Refused(refused) => refused.why,
            other => panic!("{text:?} is {other:?}"),
        }
    }

    fn whole(length: usize) -> Head {
        Head::Whole { length, has_body: false }
    }

    #[test]
    fn a_head_is_partial_until_its_empty_line_and_whole_from_then_on() {
        let text = "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n";
        for length in 0..text.len() {
            assert_eq!(head(&text[..length]), Head::Partial, "{length}");
        }
        assert_eq!(head(text), whole(text.len()));
        assert_eq!(head(&format!("{text}GET /")), whole(text.len()));
        assert_eq!(head(&format!("\r\n{text}")), whole(text.len() + 2));
        for lines in ["GET / HTTP/1.1\nHost: x\n\n", "GET / HTTP/1.1\r\nHost: x\n\r\n"] {
            assert_eq!(head(lines), whole(lines.len()), "{lines:?}");
        }
    }

    #[test]
    fn the_end_is_found_wherever_the_last_look_ended() {
        let text = "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n";
        for seen in 0..text.len() {
            assert_eq!(Head::of(text.as_bytes(), seen, LIMITS), whole(text.len()), "{seen}");
        }
    }

    #[test]
    fn bytes_that_should_have_been_encoded_are() {
        for (sent, read) in [
            ("/v1/search?q=\"FMF\"", "/v1/search?q=%22FMF%22"),
            ("/v1/search?q=Bogot\u{e1}", "/v1/search?q=Bogot%C3%A1"),
            ("/v1/<id>`", "/v1/%3Cid%3E%60"),
            ("http://host/?q=<", "http://host/?q=%3C"),
        ] {
            let text = format!("GET {sent} HTTP/1.1\r\nHost: x\r\n\r\n");
            let better = format!("GET {read} HTTP/1.1\r\nHost: x\r\n\r\n").into_bytes();
            let length = text.len();
            assert_eq!(head(&text), Head::Mended { length, head: better, has_body: false });
        }
        for good in ["/v1/search?q=%22FMF%22", "/v1/{id}|[a]", "*", "http://host/", "/?a=b&c=d+e"] {
            let text = format!("GET {good} HTTP/1.1\r\nHost: x\r\n\r\n");
            assert_eq!(head(&text), whole(text.len()), "{good}");
        }
    }

    #[test]
    fn an_address_that_is_too_long_is_told_from_headers_that_are() {
        let long = "a".repeat(101);
        let uri = Unread::UriTooLong { limit: 100 };
        assert_eq!(refused(&format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n")), uri);
        assert_eq!(refused(&format!("GET /{}", "a".repeat(400))), uri, "it never ends");
        let headers = Unread::HeadersTooLarge { limit: 400 };
        let text = format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}", "a".repeat(400));
        assert_eq!(refused(&text), headers, "they never end");
        assert_eq!(refused(&format!("{text}\r\n\r\n")), headers);
        let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "A:\r\n".repeat(100));
        let limits = HeadLimits { uri_bytes: 100, header_bytes: 4000 };
        let Head::Refused(refused) = Head::of(many.as_bytes(), 0, limits) else {
            panic!("a hundred and one headers are read");
        };
        assert_eq!(refused.why, Unread::TooManyHeaders { limit: 100 });
        assert_eq!(refused.method.as_deref(), Some("GET"));
    }

    #[test]
    fn what_is_no_http_and_what_has_two_meanings_is_refused() {
        for text in [
            "GET /v1\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /v1 HTTP/3.0\r\nHost: x\r\n\r\n",
            "GET ftp://host/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET v1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /v1#part HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
            "\x16\x03\x01\x02\x01\r\n\r\n",
        ] {
            assert!(matches!(refused(text), Unread::Malformed { .. }), "{text:?}");
        }
    }

    #[test]
    fn a_request_names_one_host() {
        let with = |hosts: &str| head(&format!("GET / HTTP/1.1\r\n{hosts}\r\n"));
        for good in ["x", "", "a.b:8080", "[::1]:80", "[::1]", "xn--a_b.example"] {
            assert!(matches!(with(&format!("Host: {good}\r\n")), Head::Whole { .. }), "{good}");
        }
        for bad in ["a b", "a/b", "a@b", "a:b", "[::1", "[x]", "a:123456", "a,b:80:80"] {
            assert!(matches!(with(&format!("Host: {bad}\r\n")), Head::Refused(_)), "{bad}");
        }
        for hosts in ["", "Host: a\r\nhost: a\r\n", "Host: a\r\nHost: b\r\n"] {
            assert!(matches!(with(hosts), Head::Refused(_)), "{hosts:?}");
        }
        assert!(matches!(head("GET / HTTP/1.0\r\n\r\n"), Head::Whole { .. }));
    }

    #[test]
    fn a_body_is_announced_by_a_length_or_a_coding() {
        for (header, expected) in [
            ("Content-Length: 0", false),
            ("Content-Length: 9", true),
            ("Transfer-Encoding: Chunked", true),
        ] {
            let text = format!("POST / HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n");
            let length = text.len();
            assert_eq!(head(&text), Head::Whole { length, has_body: expected }, "{header}");
        }
    }
}
