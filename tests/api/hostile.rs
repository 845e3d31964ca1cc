//! What no client sends by mistake: a problem that says so or a closed connection, never a 5xx, never a hang.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::running::{Service, status};

/// One service for all tests that run at the same time; it ends with the last of them.
fn service() -> Arc<Service> {
    static SERVICE: Mutex<Weak<Service>> = Mutex::new(Weak::new());
    let mut shared = SERVICE.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let service = Service::start(&["--header-timeout", "2", "--idle-timeout", "2"]);
        let service = Arc::new(service);
        *shared = Arc::downgrade(&service);
        service
    })
}

/// Expects a status of 4xx, or none at all.
fn refused(service: &Service, bytes: &[u8]) -> String {
    let answer = service.send(bytes);
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
    assert!(matches!(status(&answer), 0 | 400..=499), "{shown}\n{answer}");
    assert_eq!(answer.matches("HTTP/1.1 ").count().max(1), 1, "more than one answer: {shown}");
    answer
}

fn with_target(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
}

fn is_problem(answer: &str) -> bool {
    answer.contains("content-type: application/problem+json")
}

#[test]
fn addresses_and_headers_that_are_too_long_are_refused() {
    let service = service();
    let long = format!("/v1/agreements?q={}", "a".repeat(9000));
    let answer = refused(&service, with_target(&long).as_bytes());
    assert_eq!(status(&answer), 414);
    assert!(is_problem(&answer));
    refused(&service, with_target(&format!("/v1/agreements?q={}", "a".repeat(65_536))).as_bytes());
    let large = format!("GET /v1 HTTP/1.1\r\nHost: x\r\nX-Large: {}\r\n\r\n", "a".repeat(40_000));
    assert_eq!(status(&refused(&service, large.as_bytes())), 431);
    let many = format!("GET /v1 HTTP/1.1\r\nHost: x\r\n{}\r\n", "A: b\r\n".repeat(1000));
    assert_eq!(status(&refused(&service, many.as_bytes())), 431);
}

#[test]
fn ten_thousand_parameters_are_refused() {
    let service = service();
    refused(&service, with_target(&format!("/v1/agreements?{}", "a&".repeat(10_000))).as_bytes());
    refused(&service, with_target(&format!("/v1/agreements?{}", "a=1&".repeat(2_000))).as_bytes());
}

#[test]
fn addresses_with_bytes_that_mean_nothing_are_refused() {
    let service = service();
    for target in [
        "/v1/agreements?q=%00",
        "/v1/agreements/%00",
        "/v1/agreements?kind=%c0%af",
        "/v1/agreements/%c0%ae%c0%ae",
        "/v1/agreements?q=%ff%fe",
        "/v1/../../etc/passwd",
        "/docs/..%2f..%2fetc/passwd",
        "/docs/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/v1/agreements?kind=%zz",
        "/v1/agreements/%",
        "*",
        "http://",
    ] {
        let answer = service.send(with_target(target).as_bytes());
        // Bytes that a search takes as letters find nothing, which is an answer.
        let searches = target.starts_with("/v1/agreements?q=") && status(&answer) == 200;
        assert!(searches || matches!(status(&answer), 0 | 400..=499), "{target}\n{answer}");
    }
    refused(&service, b"GET /v1/\0 HTTP/1.1\r\nHost: x\r\n\r\n");
    refused(&service, b"GET /v1/\xc0\xaf HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

#[test]
fn shapes_that_are_no_http_are_refused() {
    let service = service();
    for bytes in [
        &b"GET /v1\r\n\r\n"[..],
        b"GET /v1 HTTP/3.0\r\nHost: x\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nNo colon here\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n",
        b"GET /v1 HTTP/1.1\rHost: x\r\r",
        b"GET /v1 HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nthis is no frame, and goes on for a while",
        b"PRI * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n\r\n\r\n\r\n",
        b"GET",
    ] {
        // HTTP/2 answers with frames before it closes.
        refused(&service, bytes);
    }
}

#[test]
fn lines_that_end_in_a_line_feed_alone_are_read_or_refused() {
    let service = service();
    let answer = service.send(b"GET /livez HTTP/1.1\nHost: x\nConnection: close\n\n");
    assert!(matches!(status(&answer), 0 | 200 | 400..=499), "{answer}");
}

#[test]
fn requests_of_two_lengths_are_never_two_requests() {
    let service = service();
    let smuggled = "GET /v1/partners HTTP/1.1\r\nHost: x\r\n\r\n";
    for lengths in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 4\r\nContent-Length: 40",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Content-Length: +4",
        "Content-Length: 99999999999999999999",
    ] {
        let sent =
            format!("GET /livez HTTP/1.1\r\nHost: x\r\n{lengths}\r\n\r\n0\r\n\r\n{smuggled}");
        let answer = service.send(sent.as_bytes());
        assert!(matches!(status(&answer), 0 | 200 | 400..=499), "{lengths}\n{answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count().max(1), 1, "{lengths}\n{answer}");
    }
}

#[test]
fn headers_that_cannot_be_understood_are_passed_over_or_refused() {
    let service = service();
    for header in [
        "Accept: \u{7f}\u{80}",
        "Accept: ;;;,,,q=9",
        "Accept: application/json;q=nan",
        "If-None-Match: \"",
        "If-None-Match: W/W/\"a\"",
        "If-None-Match: \u{e9}",
        "If-Modified-Since: yesterday",
        "Accept-Encoding: gzip;q=-1, br;q=x",
        "Range: bytes=9-1",
        "Origin: \u{1f4a9}",
        "Host: ",
        "traceparent: 00-zz",
    ] {
        let sent = format!(
            "GET /v1/agreements HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n\r\n"
        );
        let answer = service.send(sent.as_bytes());
        assert!(matches!(status(&answer), 200 | 400..=499), "{header}\n{answer}");
    }
}
