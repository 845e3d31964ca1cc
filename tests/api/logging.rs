//! The log: what a line says when it is told to say more, and what becomes of it when nobody reads it.

use std::io::{BufRead, BufReader, PipeReader, Read, Write, pipe};
use std::net::TcpStream;
use std::process::{Child, Command};

use serde_json::Value as Json;

use crate::running::{Service, status};

/// The binary, without the settings of whoever runs the tests.
fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partnership-api"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PARTNERSHIP_API_")) {
        command.env_remove(name);
    }
    command.args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"]);
    command
}

/// Starts the service, reads its log until it listens, and says where.
fn start() -> (Child, BufReader<PipeReader>, String) {
    let (reader, writer) = pipe().expect("a pipe");
    let service = binary().stderr(writer).spawn().expect("the binary runs");
    let mut log = BufReader::new(reader);
    let mut line = String::new();
    while !line.contains("\"listening\"") {
        line.clear();
        log.read_line(&mut line).expect("a line");
    }
    let listening: Json = serde_json::from_str(&line).expect("JSON");
    let address = listening["address"].as_str().expect("an address");
    (service, log, address.trim_start_matches("http://").to_owned())
}

#[test]
fn a_reader_of_the_log_that_stalls_neither_holds_up_a_request_nor_the_end() {
    let (mut service, _log, address) = start();
    // From here on nobody reads. A pipe holds 64 KiB, which are the lines of some 250 requests.
    let mut stream = TcpStream::connect(&address).expect("it listens");
    stream.set_read_timeout(Some(std::time::Duration::from_mins(1))).expect("a limit");
    let mut answered = 0;
    let mut part = vec![0; 65_536];
    for _ in 0..20 {
        stream
            .write_all(&b"HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100))
            .expect("it reads");
        let mut seen = String::new();
        while seen.matches("\r\n\r\n").count() < 100 {
            let read = stream.read(&mut part).expect("it answers though nobody reads its log");
            assert_ne!(read, 0, "it closed the connection");
            seen.push_str(&String::from_utf8_lossy(&part[..read]));
        }
        answered += seen.matches("HTTP/1.1 200").count();
    }
    assert_eq!(answered, 2000);
    let id = service.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("a signal").success());
    assert_eq!(service.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_log_that_nobody_reads_any_more_loses_the_lines_of_requests_and_makes_none_of_its_own() {
    let (mut service, log, address) = start();
    drop(log);
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    };
    let dropped = || -> u64 {
        let metrics = ask("/metrics");
        let line = metrics
            .lines()
            .find(|line| line.starts_with("partnership_api_log_lines_dropped_total"));
        let count = line.and_then(|line| line.rsplit(' ').next());
        count.and_then(|count| count.parse().ok()).expect("a count")
    };
    for _ in 0..10 {
        assert!(ask("/livez").contains("200 OK"));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    let lost = dropped();
    assert!((1..100).contains(&lost), "{lost} lines of 11 requests were lost");
    service.kill().expect("it runs");
    service.wait().expect("it ends");
}

#[test]
fn a_line_says_what_was_asked_and_from_where_only_when_it_is_told_to() {
    let query = "/v1/partners?q=col&limit=1";
    let silent = Service::start(&[]);
    assert_eq!(silent.get(query).0, 200);
    let line = silent.logs("partnership_api::request");
    assert_eq!((line.get("query"), line.get("client")), (None, None), "{line}");
    let telling = Service::start(&["--log-query", "--log-client"]);
    assert_eq!(telling.get(query).0, 200);
    let line = telling.logs("partnership_api::request");
    assert_eq!(line["query"], "q=col&limit=1");
    assert_eq!(line["client"], "127.0.0.1");
}

#[test]
fn the_first_line_says_which_program_serves_which_data() {
    let (reader, writer) = pipe().expect("a pipe");
    let mut service = binary().stderr(writer).spawn().expect("the binary runs");
    let line = BufReader::new(reader).lines().next().expect("a line").expect("text");
    let line: Json = serde_json::from_str(&line).expect("JSON");
    assert_eq!(line["version"], env!("CARGO_PKG_VERSION"));
    assert!(line["dataset"].is_string(), "{line}");
    service.kill().expect("it runs");
    service.wait().expect("it ends");
}

#[test]
fn a_variable_that_begins_like_a_setting_and_is_none_is_a_warning() {
    let (reader, writer) = pipe().expect("a pipe");
    let mut service = binary()
        .env("PARTNERSHIP_API_WORKRES", "3")
        .env("PARTNERSHIP_API_SERVICE_HOST", "10.0.0.1")
        .env("PARTNERSHIP_API_PORT_8080_TCP_ADDR", "10.0.0.1")
        .stderr(writer)
        .spawn()
        .expect("the binary runs");
    let lines: Vec<Json> = BufReader::new(reader)
        .lines()
        .map(|line| serde_json::from_str(&line.expect("text")).expect("JSON"))
        .take_while(|line: &Json| line["message"] != "listening")
        .collect();
    let warned: Vec<_> = lines.iter().filter(|line| line["level"] == "WARN").collect();
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert_eq!(warned[0]["name"], "PARTNERSHIP_API_WORKRES");
    assert_eq!(warned[0]["did_you_mean"], "PARTNERSHIP_API_WORKERS");
    service.kill().expect("it runs");
    service.wait().expect("it ends");
}

#[test]
fn the_metrics_say_what_the_process_uses() {
    let service = Service::start(&[]);
    let answer = service.send(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&answer), 200);
    let value = |name: &str| {
        let line = answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {name}\n{answer}")).parse::<f64>().expect("a number")
    };
    assert!(value("process_cpu_seconds_total") > 0.0);
    assert!(value("process_open_fds") > 5.0);
    assert!(value("process_max_fds") >= value("process_open_fds"));
    assert!(value("partnership_api_log_lines_dropped_total") == 0.0);
}
