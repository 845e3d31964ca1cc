//! Clients that do not do their part: each limit is held, and nobody else notices.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::running::{Service, read_to_end, status};

#[test]
fn half_headers_are_closed_at_the_limit_and_a_normal_client_is_served_beside_them() {
    let service = Service::start(&["--header-timeout", "2"]);
    let half: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = service.connect();
            stream.write_all(b"GET /v1 HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("it reads");
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(service.get("/v1/partners").0, 200);
    }
    for mut stream in half {
        assert_eq!(read_to_end(&mut stream), "");
    }
}

#[test]
fn a_client_that_says_nothing_or_half_a_preface_is_closed() {
    let service = Service::start(&["--header-timeout", "1"]);
    for beginning in [&b""[..], b"P", b"PRI", b"GET"] {
        assert_eq!(service.send(beginning), "", "{}", String::from_utf8_lossy(beginning));
    }
    // This much is HTTP/2, whose settings are sent at once.
    service.send(b"PRI * HTTP/2.0\r\n\r\nSM");
}

#[test]
fn a_kept_connection_is_closed_when_it_is_idle_and_not_before_its_header_limit() {
    // The header limit is the shorter one, and does not count between requests.
    let service = Service::start(&["--header-timeout", "1", "--idle-timeout", "3"]);
    let mut kept = service.connect();
    for _ in 0..2 {
        kept.write_all(b"HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
        let mut part = [0; 4096];
        let read = kept.read(&mut part).expect("an answer");
        assert_eq!(status(&String::from_utf8_lossy(&part[..read])), 200);
        std::thread::sleep(std::time::Duration::from_millis(1500));
    }
    assert_eq!(read_to_end(&mut kept), "");
}

#[test]
fn half_a_header_after_an_answer_is_closed_at_its_own_limit() {
    let service = Service::start(&["--header-timeout", "2", "--idle-timeout", "3600"]);
    let mut kept = service.connect();
    kept.write_all(b"HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /li").expect("it reads");
    let answer = read_to_end_after_more(&mut kept, b"vez");
    assert_eq!(status(&answer), 200);
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
}

/// Waits for an answer, sends more, and reads until the other side closes.
fn read_to_end_after_more(stream: &mut TcpStream, more: &[u8]) -> String {
    let mut part = [0; 4096];
    let read = stream.read(&mut part).expect("an answer");
    stream.write_all(more).expect("it reads");
    String::from_utf8_lossy(&part[..read]).into_owned() + &read_to_end(stream)
}

#[test]
fn an_http_2_client_that_asks_nothing_is_closed() {
    let service = Service::start(&["--header-timeout", "1"]);
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let mut stream = service.connect();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("it reads");
    stream.write_all(&settings).expect("it reads");
    // Ends only when the service closes the connection.
    read_to_end(&mut stream);
}

#[test]
fn a_client_that_never_reads_is_closed() {
    let service = Service::start(&["--write-timeout", "1"]);
    let mut stream = service.connect();
    let asked = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200);
    stream.write_all(&asked).expect("it reads");
    service.logs("write timeout");
}

#[test]
fn a_full_table_closes_the_longest_idle_connection_for_the_next() {
    let service = Service::start(&["--max-connections", "2", "--idle-timeout", "3600"]);
    let mut kept = service.connect();
    kept.write_all(b"HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
    let mut part = [0; 4096];
    let read = kept.read(&mut part).expect("an answer");
    assert_eq!(status(&String::from_utf8_lossy(&part[..read])), 200);
    let mut silent = service.connect();
    for _ in 0..3 {
        assert_eq!(service.get("/livez").0, 200);
    }
    let line = service.logs("as many connections as are allowed");
    assert_eq!(line["level"], "WARN");
    assert_eq!(read_to_end(&mut kept), "", "it was idle for the longest time");
    drop(silent.shutdown(std::net::Shutdown::Both));
    let answer = metrics(&service);
    let closed = r#"connections_closed_total{limit="connection table full"}"#;
    assert!(answer.contains(closed), "{answer}");
    read_to_end(&mut silent);
}

/// What the service counts, as text.
fn metrics(service: &Service) -> String {
    service.send(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
}

#[test]
fn a_client_that_has_said_all_gets_its_answer() {
    let service = Service::start(&[]);
    // The last one is made on a thread beside the workers, so that the end of the request is seen before it is there.
    for path in ["/livez", "/v1/partners?limit=2", "/v1/datapackage.zip"] {
        let mut stream = service.connect();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        stream.shutdown(std::net::Shutdown::Write).expect("half of it closes");
        let answer = read_to_end(&mut stream);
        assert_eq!(status(&answer), 200, "{path}");
        let length = answer.lines().find_map(|line| line.strip_prefix("content-length: "));
        assert!(length.is_some_and(|length| length != "0"), "{path}");
    }
}

#[test]
fn a_beginning_that_could_be_either_protocol_takes_no_processor_time() {
    let service = Service::start(&["--header-timeout", "60"]);
    let beginnings: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = service.connect();
            stream.write_all(b"PRI").expect("it reads");
            stream
        })
        .collect();
    let open = |metrics: &str| metrics.contains("partnership_api_http_connections 201\n");
    while !open(&metrics(&service)) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let ticks = service.processor_ticks();
    std::thread::sleep(std::time::Duration::from_secs(1));
    // Looked at every ten milliseconds, they would take a tenth of a core.
    assert!(service.processor_ticks() - ticks <= 3);
    drop(beginnings);
}

#[test]
fn answers_that_nobody_reads_are_bounded_over_all_connections() {
    let service = Service::start(&["--max-unread-bytes", "1048576", "--write-timeout", "3600"]);
    let large = service.send(b"GET /openapi.json HTTP/1.0\r\n\r\n").len();
    // What the system itself holds of an answer is not ours to count: so many that the rest is above the limit.
    let asked = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(8 * (1 << 20) / large);
    let streams: Vec<_> = (0..8)
        .map(|_| {
            let mut stream = service.connect();
            stream.write_all(&asked).expect("it reads");
            stream
        })
        .collect();
    service.logs("unread bytes");
    assert_eq!(service.get("/v1/partners").0, 200);
    drop(streams);
}

#[test]
fn a_client_that_reads_too_slowly_is_closed() {
    let service = Service::start(&["--write-timeout", "3600", "--min-read-bytes", "1048576"]);
    let mut stream = service.connect();
    let asked = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200);
    stream.write_all(&asked).expect("it reads");
    service.logs("slow reader");
}

#[test]
fn a_body_that_nobody_reads_neither_hangs_nor_loses_the_answer() {
    let service = Service::start(&[]);
    let large = vec![b'x'; 200_000];
    for (head, expected) in [
        ("GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n", 200),
        ("POST /v1/partners HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n", 405),
        (
            "GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\nExpect: 100-continue\r\n\r\n",
            200,
        ),
    ] {
        let close = head.replacen("Host: x", "Host: x\r\nConnection: close", 1);
        let bytes = [close.as_bytes(), &large].concat();
        assert_eq!(status(&service.send(&bytes)), expected, "{head}");
    }
    // One that is announced and never sent.
    let head = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\n\r\n";
    assert_eq!(status(&service.send(head.as_bytes())), 200);
}
