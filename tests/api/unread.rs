//! What the protocol library would refuse without a word: a problem like any other, logged and counted.

use serde_json::Value as Json;

use crate::running::{Service, status};

/// Head and body of an answer.
fn parts(answer: &str) -> (&str, Json) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    (head, serde_json::from_str(body).unwrap_or_default())
}

/// Expects a problem of a kind, with all that a problem has.
fn refused(service: &Service, request: &[u8], code: u16, kind: &str) -> Json {
    let shown = String::from_utf8_lossy(&request[..request.len().min(100)]).into_owned();
    let answer = service.send(request);
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{shown}\n{answer}");
    let (head, problem) = parts(&answer);
    assert_eq!(status(head), code, "{shown}\n{answer}");
    for header in [
        "content-type: application/problem+json",
        "cache-control: no-store",
        "access-control-allow-origin: *",
        "x-content-type-options: nosniff",
        "connection: close",
        "x-request-id: ",
    ] {
        assert!(head.contains(header), "{shown} has no {header}\n{head}");
    }
    let kind = format!("/problems/{kind}");
    assert!(problem["type"].as_str().is_some_and(|it| it.ends_with(&kind)), "{shown}\n{problem}");
    assert_eq!(problem["status"], code);
    assert!(!problem["instance"].is_null(), "{problem}");
    problem
}

#[test]
fn what_is_no_request_is_a_problem_that_is_logged_and_counted() {
    let service = Service::start(&["--header-timeout", "2"]);
    let malformed = [
        &b"GET /v1\r\n\r\n"[..],
        b"GET /v1/search?q=a b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: x\r\nNo colon here\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n",
        b"GET /v1/\xc0\xaf HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET ftp://x/v1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v1#part HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: a b\r\n\r\n",
    ];
    for request in malformed {
        refused(&service, request, 400, "malformed-request");
    }
    let line = service.logs("\"route\":\"unread\"");
    assert_eq!(line["status"], 400);
    let text = service.send(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let counted: u64 = text
        .lines()
        .filter(|line| line.contains("requests_total{") && line.contains("route=\"unread\""))
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
        .sum();
    assert_eq!(counted, malformed.len() as u64, "{text}");
}

#[test]
fn an_address_of_any_length_and_headers_of_any_size_are_a_problem_that_says_so() {
    let service = Service::start(&["--header-timeout", "5"]);
    for length in [9_000, 40_000, 65_536, 300_000, 2_000_000] {
        let request = format!(
            "GET /v1/search?q={} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "a".repeat(length)
        );
        let answer = service.send(request.as_bytes());
        let (head, problem) = parts(&answer);
        assert_eq!(status(head), 414, "{length}: {head}");
        assert!(
            problem["type"].as_str().is_some_and(|it| it.ends_with("/uri-too-long")),
            "{length}"
        );
    }
    let large = format!("GET /v1 HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "a".repeat(40_000));
    refused(&service, large.as_bytes(), 431, "headers-too-large");
    let many = format!("GET /v1 HTTP/1.1\r\nHost: x\r\n{}\r\n", "A: b\r\n".repeat(1000));
    refused(&service, many.as_bytes(), 431, "headers-too-large");
}

#[test]
fn what_was_asked_before_is_answered_before_the_problem() {
    let service = Service::start(&[]);
    let answer = service.send(
        b"GET /v1/partners?limit=2 HTTP/1.1\r\nHost: x\r\n\r\n\
          GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /v1 HTTP/1.1\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
    );
    let statuses: Vec<_> = answer.split("HTTP/1.1 ").skip(1).map(|rest| &rest[..3]).collect();
    assert_eq!(statuses, ["200", "200", "400"], "{answer}");
}

#[test]
fn a_head_has_no_body_in_its_problem_either() {
    let service = Service::start(&[]);
    let answer = service.send(b"HEAD /v1 HTTP/1.1\r\n\r\n");
    assert_eq!(status(&answer), 400);
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    assert!(!answer.contains("content-length: 0"), "{answer}");
}

#[test]
fn raw_bytes_in_an_address_are_read_as_what_they_plainly_mean() {
    let service = Service::start(&[]);
    let total = |query: &str| {
        let request =
            format!("GET /v1/search?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = service.send(request.as_bytes());
        let (head, body) = parts(&answer);
        assert_eq!(status(head), 200, "{query}: {answer}");
        body["meta"]["total"].clone()
    };
    for (raw, encoded) in
        [("q=\"FMF\"", "q=%22FMF%22"), ("q=Bogot\u{e1}", "q=Bogot%C3%A1"), ("q=<a>", "q=%3Ca%3E")]
    {
        assert_eq!(total(raw), total(encoded), "{raw}");
    }
    // In pieces, and with another behind it.
    let mut stream = service.connect();
    for part in [
        &b"GET /v1/search?q=\"F"[..],
        b"MF\" HTTP/1.1\r\nHo",
        b"st: x\r\n\r",
        b"\nGET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ] {
        std::io::Write::write_all(&mut stream, part).expect("it reads");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let answer = crate::running::read_to_end(&mut stream);
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 2, "{answer}");
}

#[tokio::test]
async fn headers_that_are_too_large_on_http_2_are_a_problem_too() {
    let service = Service::start(&[]);
    let client = reqwest::Client::builder().http2_prior_knowledge().build().expect("a client");
    let url = format!("http://{}/livez", service.address());
    let answer =
        client.get(url).header("cookie", "a".repeat(40_000)).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 431);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let problem: Json =
        serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON");
    assert!(problem["type"].as_str().is_some_and(|it| it.ends_with("/headers-too-large")));
    service.logs("\"route\":\"unread\"");
}

#[test]
fn a_request_with_a_body_is_the_last_of_its_connection() {
    let service = Service::start(&[]);
    let answer = service.send(
        b"POST /v1/partners HTTP/1.1\r\nHost: x\r\nContent-Length: 39\r\n\r\nGET /livez HTTP/1.1\r\nHost: smuggled\r\n\r\n",
    );
    assert_eq!(status(&answer), 405);
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
}
