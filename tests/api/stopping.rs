//! Stopping: nothing that was asked is lost, and nobody waits for ever.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::running::{Service, read_to_end, status};

const KEPT: &[u8] = b"GET /v1/agreements?limit=5 HTTP/1.1\r\nHost: x\r\n\r\n";

/// Reads one whole answer; nothing when the connection is closed before its first byte.
fn answer(stream: &mut impl Read) -> Option<String> {
    let mut seen = Vec::new();
    let mut part = [0; 16_384];
    loop {
        let text = String::from_utf8_lossy(&seen);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|it| it.parse().ok()).expect("a length");
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut part) {
            Ok(0) | Err(_) => {
                assert!(seen.is_empty(), "an answer was cut: {}", String::from_utf8_lossy(&seen));
                return None;
            }
            Ok(bytes) => seen.extend_from_slice(&part[..bytes]),
        }
    }
}

#[test]
fn while_it_drains_it_serves_says_that_it_is_not_ready_and_closes_after_each_answer() {
    let mut service = Service::start(&["--drain-delay", "3"]);
    let mut kept = service.connect();
    kept.write_all(KEPT).expect("it reads");
    assert!(!answer(&mut kept).expect("an answer").contains("connection: close"));
    service.signal("TERM");
    service.logs("stopping");
    assert_eq!(service.get("/readyz").0, 503);
    assert_eq!(service.get("/v1/partners").0, 200);
    kept.write_all(KEPT).expect("it still reads");
    let last = read_to_end(&mut kept);
    assert_eq!(status(&last), 200);
    assert!(last.contains("connection: close"), "{last}");
    assert_eq!(service.end().code(), Some(0));
}

#[test]
fn idle_connections_do_not_keep_it() {
    let mut service = Service::start(&[]);
    let mut silent = service.connect();
    let mut kept = service.connect();
    kept.write_all(KEPT).expect("it reads");
    answer(&mut kept).expect("an answer");
    service.signal("TERM");
    assert_eq!(service.end().code(), Some(0));
    assert_eq!(read_to_end(&mut silent), "");
    assert_eq!(read_to_end(&mut kept), "");
}

#[test]
fn a_request_that_never_ends_is_cut_at_the_deadline_with_exit_code_1() {
    let mut service = Service::start(&["--drain-timeout", "1"]);
    let mut half = service.connect();
    half.write_all(b"GET /v1/partners HTTP/1.1\r\nHost: x\r\nX-").expect("it reads");
    // An answer on another connection, so that the first has surely been accepted and read.
    assert_eq!(service.get("/livez").0, 200);
    service.signal("TERM");
    assert_eq!(service.end().code(), Some(1));
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut service = Service::start(&["--drain-delay", "3600"]);
    service.signal("TERM");
    service.logs("stopping");
    service.signal("INT");
    assert_eq!(service.end().code(), Some(1));
}

#[test]
fn every_request_on_an_accepted_connection_is_answered_whole_when_it_stops_under_load() {
    let mut service = Service::start(&["--workers", "2"]);
    let (asked, lost) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let connections: Vec<_> = (0..8).map(|_| service.connect()).collect();
    thread::scope(|scope| {
        for mut kept in connections {
            let (asked, lost) = (&asked, &lost);
            scope.spawn(move || {
                while kept.write_all(KEPT).is_ok() {
                    asked.fetch_add(1, Ordering::Relaxed);
                    let Some(answer) = answer(&mut kept) else {
                        lost.fetch_add(1, Ordering::Relaxed);
                        break;
                    };
                    assert_eq!(status(&answer), 200);
                    // From here on the client knows that the connection takes no more requests.
                    if answer.contains("connection: close") {
                        break;
                    }
                }
            });
        }
        while asked.load(Ordering::Relaxed) < 100 {
            thread::yield_now();
        }
        service.signal("TERM");
    });
    assert_eq!(lost.into_inner(), 0);
    assert_eq!(service.end().code(), Some(0));
}
