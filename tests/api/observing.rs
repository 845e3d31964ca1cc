//! What the service says of itself while it runs: its log, its metrics, its traces, from the binary itself.

mod collector;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value as Json;

use collector::Collector;

/// No line a request; that it listens is told still.
const QUIET: [&str; 2] = ["--log", "info,partnership_api::request=warn"];

/// A running service, killed when it is dropped.
struct Running {
    child: Child,
    log: BufReader<ChildStderr>,
    address: String,
    /// Where its metrics are, if they are apart.
    metrics: Option<String>,
}

impl Running {
    fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partnership-api"));
        // The settings of whoever runs the tests are none of theirs.
        for (name, _) in std::env::vars() {
            if name.starts_with("PARTNERSHIP_API_") || name.starts_with("OTEL_") {
                command.env_remove(name);
            }
        }
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
            .args(arguments)
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let log = BufReader::new(child.stderr.take().expect("its log"));
        let mut running = Self { child, log, address: String::new(), metrics: None };
        loop {
            let line = running.line().expect("it listens");
            let address = line["address"].as_str().map(|url| url.trim_start_matches("http://"));
            match (line["message"].as_str(), address) {
                (Some("listening"), Some(address)) => {
                    address.clone_into(&mut running.address);
                    return running;
                }
                (Some("metrics are served apart"), Some(address)) => {
                    running.metrics = Some(address.trim_end_matches("/metrics").to_owned());
                }
                _ => {}
            }
        }
    }

    /// The next line of the log; none once it has ended.
    fn line(&mut self) -> Option<Json> {
        let mut line = String::new();
        let read = self.log.read_line(&mut line).expect("a line");
        (read > 0).then(|| {
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("no JSON ({error}): {line}"))
        })
    }

    /// Asks, and says what the log says of it.
    fn logged(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> (String, Json) {
        let answer = ask(&self.address, method, path, headers);
        loop {
            let line = self.line().expect("a line a request");
            if line["target"] == "partnership_api::request" {
                return (answer, line);
            }
        }
    }

    fn metrics(&self) -> String {
        let address = self.metrics.as_ref().unwrap_or(&self.address);
        ask(address, "GET", "/metrics", &[])
    }

    /// Ends it by a signal, and waits.
    fn end(&mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("a signal").success());
        assert!(self.child.wait().expect("it ends").success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, as some tests want it to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks over a connection of its own; the whole answer as text.
fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").expect("text");
    }
    stream.write_all((request + "\r\n").as_bytes()).expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    String::from_utf8_lossy(&answer).into_owned()
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let mut lines = answer.lines().take_while(|line| !line.is_empty());
    let found = lines.find_map(|line| line.split_once(": ").filter(|(key, _)| *key == name));
    found.map_or("", |(_, value)| value)
}

/// A value of the metrics, by the beginning of its line: its name with its labels.
fn value(metrics: &str, series: &str) -> Option<f64> {
    let line = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map(|value| value.parse().expect("a number"))
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[test]
fn the_line_of_a_request_tells_what_was_asked_and_how_it_went() {
    let mut service = Running::start(&[], &[]);
    let path = "/v1/agreements/col-us-mnna-designation?lang=no";
    let (answer, line) = service.logged("GET", path, &[]);
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["method"], "GET");
    assert_eq!(line["route"], "/v1/agreements/{id}");
    assert_eq!(line["status"], 400);
    assert_eq!(line["bytes"].to_string(), header(&answer, "content-length"));
    assert_eq!(line["request_id"], header(&answer, "x-request-id"));
    assert!(line["milliseconds"].is_f64(), "{line}");
    assert!(line.get("trace_id").is_none(), "{line}");
    let time = line["timestamp"].as_str().expect("a time");
    assert!(time.parse::<jiff::Timestamp>().is_ok(), "{time}");

    let (_, line) =
        service.logged("GET", "/v1/agreements?format=csv", &[("accept-encoding", "gzip")]);
    assert_eq!((&line["status"], &line["bytes"]), (&Json::from(200), &Json::Null), "{line}");
    let (_, line) = service.logged("POST", "/nothing/of/ours", &[]);
    assert_eq!((&line["method"], &line["route"]), (&"POST".into(), &"unmatched".into()));
    let long = format!("/v1?q={}", "a".repeat(9000));
    let (_, line) = service.logged("GET", &long, &[]);
    assert_eq!((&line["status"], &line["route"]), (&Json::from(414), &"unread".into()));
}

#[test]
fn the_filter_of_the_log_leaves_requests_out_and_they_are_counted_still() {
    let mut service = Running::start(&QUIET, &[]);
    for _ in 0..3 {
        ask(&service.address, "GET", "/v1", &[]);
    }
    let series = r#"partnership_api_http_requests_total{method="GET",route="/v1",status="200"}"#;
    assert_eq!(value(&service.metrics(), series), Some(3.0));
    service.end();
    while let Some(line) = service.line() {
        assert_ne!(line["target"], "partnership_api::request", "{line}");
    }
}

#[test]
fn no_line_is_lost_when_the_service_ends() {
    let mut service = Running::start(&[], &[]);
    let ids: Vec<_> = (0..50).map(|at| format!("the-{at}th")).collect();
    for id in &ids {
        ask(&service.address, "GET", "/livez", &[("x-request-id", id)]);
    }
    service.end();
    let mut told = Vec::new();
    while let Some(line) = service.line() {
        told.extend(line["request_id"].as_str().map(str::to_owned));
    }
    assert_eq!(told, ids);
}

#[test]
fn a_request_id_is_taken_over_made_or_refused_and_is_the_same_everywhere() {
    let mut service = Running::start(&[], &[]);
    let (answer, line) = service.logged("GET", "/v1/nothing", &[("x-request-id", "mine-1.a_b")]);
    assert_eq!(line["request_id"], "mine-1.a_b");
    assert_eq!(header(&answer, "x-request-id"), "mine-1.a_b");
    assert!(answer.contains(r#""request_id":"mine-1.a_b""#), "{answer}");
    // An id of the service's own, so that two requests of one id can be told apart.
    assert!(answer.contains(r#""instance":"urn:uuid:0"#), "{answer}");
    let mut made = BTreeSet::new();
    for given in ["", "two words", "quo\"te", "a\\b", &"a".repeat(65)] {
        let (answer, line) = service.logged("GET", "/v1/nothing", &[("x-request-id", given)]);
        let id = header(&answer, "x-request-id");
        assert_eq!(line["request_id"], id);
        assert_eq!((id.len(), &id[14..15]), (36, "7"), "{id} is no UUID of version 7");
        assert!(made.insert(id.to_owned()), "{id} was given twice");
    }
}

#[test]
fn a_traceparent_that_is_well_formed_gives_the_line_its_trace() {
    let mut service = Running::start(&[], &[]);
    let (_, line) = service.logged("GET", "/livez", &[("traceparent", TRACEPARENT)]);
    assert_eq!(line["trace_id"], TRACE);
    for wrong in [
        "",
        "00-abc-def-01",
        &TRACEPARENT.to_uppercase(),
        &TRACEPARENT.replace(TRACE, &"0".repeat(32)),
    ] {
        let (answer, line) = service.logged("GET", "/livez", &[("traceparent", wrong)]);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(line.get("trace_id").is_none(), "{wrong}: {line}");
    }
}

#[test]
fn whatever_clients_send_makes_no_series_of_its_own() {
    let service = Running::start(&QUIET, &[]);
    let ask = |method: &str, path: &str| {
        let answer = ask(&service.address, method, path, &[]);
        assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    };
    for method in ["BREW", "TRACE", "POST", "PROPFIND", "X-1"] {
        ask(method, "/v1/agreements");
    }
    for (method, path) in [("GET", "/v1/agreements/no-such"), ("HEAD", "/v1"), ("OPTIONS", "/v1")] {
        ask(method, path);
    }
    let before = service.metrics();
    for at in 0..1000_u32 {
        let random = at.wrapping_mul(2_654_435_761);
        let path = match at % 4 {
            0 => format!("/{random:x}/{at}"),
            1 => format!("/v1/agreements/{random:x}"),
            2 => format!("/v1?q{random:x}={at}"),
            _ => format!("/%{:02x}{random:x}", at % 256),
        };
        ask(if at % 8 < 4 { "GET" } else { "MAKE" }, &path);
    }
    let after = service.metrics();
    let routes: BTreeSet<_> =
        after.split("route=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let known = ["/metrics", "/v1", "/v1/agreements", "/v1/agreements/{id}", "unmatched"];
    assert_eq!(routes, BTreeSet::from(known));
    let methods: BTreeSet<_> =
        after.split("method=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(methods, BTreeSet::from(["GET", "HEAD", "OPTIONS", "other"]));
    assert!(after.lines().count() < before.lines().count() + 60, "{after}");
    let series = |labels: &str| format!("partnership_api_http_requests_total{{{labels}}}");
    let unmatched = series(r#"method="GET",route="unmatched",status="404""#);
    assert_eq!(value(&after, &unmatched), Some(250.0), "{after}");
    let duration = r#"partnership_api_http_request_duration_seconds_count{route="unmatched"}"#;
    assert_eq!(value(&after, duration), Some(500.0));
    assert_eq!(value(&after, r"partnership_api_http_requests_in_flight"), Some(1.0));
    assert!(value(&after, "partnership_api_http_connections_accepted_total") >= Some(1009.0));
}

#[test]
fn the_metrics_are_text_that_every_scraper_reads() {
    let service = Running::start(&QUIET, &[]);
    let answer = service.metrics();
    assert_eq!(header(&answer, "content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let (_, text) = answer.split_once("\r\n\r\n").expect("a body");
    let mut typed = BTreeSet::new();
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("# TYPE ") {
            let name = named.split(' ').next().expect("a name");
            assert!(typed.insert(name), "{name} is there twice");
            assert!(text.contains(&format!("# HELP {name} ")), "{name} is not explained");
            assert_eq!(name.ends_with("_total"), named.ends_with(" counter"), "{named}");
        } else if !line.starts_with('#') {
            let name = line.split(['{', ' ']).next().expect("a name");
            let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            assert!(
                typed.contains(name) || base.is_some_and(|base| typed.contains(base)),
                "{line}"
            );
        }
    }
    let dataset = ask(&service.address, "GET", "/v1/dataset", &[]);
    let (_, dataset) = dataset.split_once("\r\n\r\n").expect("a body");
    let dataset: Json = serde_json::from_str(dataset).expect("JSON");
    let release = &dataset["data"]["release"];
    let info = format!(
        "partnership_api_dataset_info{{digest={},version={}}}",
        release["digest"], release["version"]
    );
    assert_eq!(value(text, &info), Some(1.0), "{info}\n{text}");
    assert!(value(text, "partnership_api_dataset_records") > Some(100.0));
    assert!(value(text, "process_start_time_seconds") > Some(1.7e9));
    if cfg!(target_os = "linux") {
        assert!(value(text, "process_resident_memory_bytes") > Some(1e6));
    }
}

#[test]
fn metrics_with_a_listener_of_their_own_are_nowhere_else() {
    let mut service = Running::start(&["--metrics-listen", "127.0.0.1:0"], &[]);
    for path in ["/livez", "/readyz", "/metrics"] {
        let (answer, _) = service.logged("GET", path, &[]);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
    let document = ask(&service.address, "GET", "/openapi.json", &[]);
    assert!(!document.contains("\"/metrics\":") && !document.contains("\"/readyz\":"));
    let apart = service.metrics.clone().expect("an address");
    for (path, status) in
        [("/metrics", 200), ("/livez", 200), ("/readyz", 200), ("/v1", 404), ("/docs", 404)]
    {
        let answer = ask(&apart, "GET", path, &[]);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
    }
    let series =
        r#"partnership_api_http_requests_total{method="GET",route="unmatched",status="404"}"#;
    assert_eq!(value(&service.metrics(), series), Some(3.0));
}

#[test]
fn a_metrics_listener_that_cannot_be_had_is_a_reason_not_to_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_partnership-api"))
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--metrics-listen", &address])
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("cannot listen on {address} for metrics")), "{said}");
}

#[test]
fn a_span_a_request_reaches_the_collector_that_the_environment_names() {
    let collector = Collector::start();
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint.as_str()),
        ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=a"),
        ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"),
        // However slow the machine is, both spans are sent together, when the service ends.
        ("OTEL_BSP_SCHEDULE_DELAY", "600000"),
    ];
    let mut service = Running::start(&[], &variables);
    let headers = [("traceparent", TRACEPARENT), ("tracestate", "vendor=1")];
    let (_, first) = service.logged("GET", "/v1/agreements", &headers);
    assert_eq!(first["trace_id"], TRACE);
    let (_, second) = service.logged("BREW", "/nothing", &[]);
    service.end();
    let (head, spans) = collector.next();
    assert!(head.starts_with("POST /v1/traces HTTP/1.1"), "{head}");
    assert!(head.to_lowercase().contains("x-tenant: a"), "{head}");
    assert_eq!(spans.len(), 2, "{spans:?}");
    let span = &spans[0];
    assert_eq!(span.resource["service.name"], "partnership-api");
    assert_eq!(span.resource["service.version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(span.resource["deployment.environment.name"], "test");
    assert_eq!((span.name.as_str(), span.kind, span.status), ("GET /v1/agreements", 2, 0));
    assert_eq!(span.trace_id, TRACE);
    assert_eq!(span.parent_span_id, "00f067aa0ba902b7");
    assert_eq!(span.trace_state, "vendor=1");
    assert_eq!(span.attributes["http.route"], "/v1/agreements");
    assert_eq!(span.attributes["http.request.method"], "GET");
    assert_eq!(span.attributes["http.response.status_code"], "200");
    let span = &spans[1];
    assert_eq!(span.name, "HTTP");
    assert_eq!(span.attributes["http.request.method"], "_OTHER");
    assert_eq!(span.attributes["url.path"], "/nothing");
    assert_eq!(span.attributes.get("http.route"), None);
    assert_eq!(span.parent_span_id, "");
    assert_eq!(second["trace_id"], span.trace_id.as_str());
}

#[test]
fn the_environment_names_the_service_and_says_what_is_not_sent() {
    let collector = Collector::start();
    let endpoint = format!("{}/v1/traces", collector.endpoint);
    let to = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", endpoint.as_str());
    for off in [("OTEL_SDK_DISABLED", "true"), ("OTEL_TRACES_SAMPLER", "always_off")] {
        let mut service = Running::start(&[], &[to, off]);
        service.logged("GET", "/livez", &[]);
        service.end();
        assert!(collector.heard_nothing(), "{off:?}");
    }
    // Whoever asks decides whether a trace is recorded, unless the environment says otherwise.
    let mut service = Running::start(&[], &[to, ("OTEL_SERVICE_NAME", "of-mine")]);
    let unsampled = TRACEPARENT.replace("-01", "-00");
    service.logged("GET", "/livez", &[("traceparent", &unsampled)]);
    service.logged("GET", "/readyz", &[]);
    service.end();
    let (_, spans) = collector.next();
    let named: Vec<_> = spans.iter().map(|span| span.name.as_str()).collect();
    assert_eq!(named, ["GET /readyz"]);
    assert_eq!(spans[0].resource["service.name"], "of-mine");
}

#[test]
fn a_collector_that_cannot_be_used_is_a_warning_and_the_service_serves() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let gone = format!("http://{}", nobody.local_addr().expect("an address"));
    drop(nobody);
    for endpoint in [gone.as_str(), "https://127.0.0.1:4318", "no address"] {
        let mut service = Running::start(&[], &[("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)]);
        let (answer, _) = service.logged("GET", "/livez", &[]);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        service.end();
    }
}
