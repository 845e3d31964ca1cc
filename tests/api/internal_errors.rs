//! What an operator can find out about a 500: the log has its cause under the id that the client sees.
//!
//! The service runs in a process of its own, because a process has one log. It is this test binary, started again for
//! one test that serves routes which fail.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use axum::Router;
use axum::routing::get;
use clap::Parser;
use partnership_api::config::Cli;
use partnership_api::dataset::Dataset;
use partnership_api::http::{self, App, Limits, Links, Problem};
use partnership_api::server;
use partnership_api::telemetry::Telemetry;
use serde_json::Value as Json;

/// Set for the process that serves.
const SERVES: &str = "TEST_OF_INTERNAL_ERRORS_SERVES";

#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
struct WorkbookError(#[source] std::io::Error);

#[tokio::test]
async fn failing_routes_are_served_by_a_process_of_their_own() {
    if std::env::var_os(SERVES).is_none() {
        return;
    }
    let failing = Router::new()
        .route("/test/error/{id}", get(async || Err::<(), _>(error())))
        .route("/test/panic/{id}", get(panics));
    let arguments = ["partnership-api", "--listen", "127.0.0.1:0", "--log-format", "json"];
    let settings = Cli::parse_from(arguments).serve;
    let telemetry = Telemetry::start(&settings).expect("a log");
    let dataset = Dataset::embedded().expect("sound data");
    let app = App::with_telemetry(dataset, Links::default(), Limits::DEFAULT, telemetry);
    let listener = server::bind(&settings).await.expect("a free port");
    let service = http::router_with(&app, failing);
    server::serve(listener, service, app, &settings, None).await.expect("it serves");
}

async fn panics() -> &'static str {
    panic!("the handler lost its way")
}

fn error() -> Problem {
    Problem::internal(WorkbookError(std::io::Error::other("the disk is full")))
}

/// The process that serves failing routes; killed when it is dropped.
struct FailingService {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl FailingService {
    /// Starts it, and says where it listens.
    fn start() -> (Self, String) {
        let test = "internal_errors::failing_routes_are_served_by_a_process_of_their_own";
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", test, "--nocapture"])
            .env(SERVES, "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let log = BufReader::new(child.stderr.take().expect("its log"));
        let mut service = Self { child, log };
        let listening = service.line(|line| line["message"] == "listening");
        let address = listening["address"].as_str().expect("an address").to_owned();
        (service, address)
    }

    /// The next line of the log that is wanted.
    fn line(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).expect("a line") > 0, "the log has ended");
            let read: Json = serde_json::from_str(&line).unwrap_or_default();
            if wanted(&read) {
                return read;
            }
        }
    }
}

impl Drop for FailingService {
    fn drop(&mut self) {
        // It runs until it is killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn the_cause_of_an_internal_error_is_in_the_log_under_the_id_that_the_client_sees() {
    let (mut service, address) = FailingService::start();
    for (kind, expected) in [
        ("error", &["the workbook could not be written: the disk is full"][..]),
        ("panic", &["the handler lost its way", "tests/api/internal_errors.rs:"][..]),
    ] {
        let answer = reqwest::get(format!("{address}/test/{kind}/7")).await.expect("an answer");
        assert_eq!(answer.status(), 500);
        let text = answer.text().await.expect("a body");
        let problem: Json = serde_json::from_str(&text).expect("a problem");
        let line = service.line(|line| line["message"] == "a request failed");
        assert_eq!(line["level"], "ERROR", "{line}");
        assert_eq!(line["request_id"], problem["request_id"], "{line}");
        assert_eq!(line["instance"], problem["instance"], "{line}");
        assert_eq!(line["route"], format!("/test/{kind}/{{id}}"), "{line}");
        let error = line["error"].as_str().expect("the cause");
        for words in expected {
            assert!(error.contains(words), "{line}");
            assert!(!text.contains(words), "the client sees the cause: {text}");
        }
        // Logged once: what comes next is the line of the request.
        let next = service.line(|line| line["request_id"] == problem["request_id"]);
        assert_eq!(next["target"], "partnership_api::request", "{next}");
        assert_eq!(next["status"], 500);
    }
}
