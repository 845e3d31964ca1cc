//! The binary itself: its commands, their exit codes, and what they say when something is wrong.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use clap::CommandFactory as _;
use partnership_api::config::Cli;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partnership-api"));
    // The settings of whoever runs the tests are none of theirs.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PARTNERSHIP_API_")) {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    binary().args(arguments).output().expect("the binary runs")
}

pub(crate) fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Expects exit code 1 and one sentence on standard error.
fn fails_with_one_sentence(arguments: &[&str]) -> String {
    let output = run(arguments);
    let sentence = said(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {sentence}");
    assert_eq!(sentence.lines().count(), 1, "{arguments:?}: {sentence}");
    assert!(sentence.starts_with("partnership-api: "), "{sentence}");
    assert_eq!(said(&output.stdout), "", "{arguments:?}");
    sentence
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn sound() -> String {
    fixtures().join("sound").display().to_string()
}

/// A broken package laid over the sound one, with the report that it must give.
fn broken(name: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut report = String::new();
    for from in [fixtures().join("sound"), fixtures().join("broken").join(name)] {
        for entry in fs::read_dir(from).expect("a folder of fixtures") {
            let entry = entry.expect("an entry of the folder");
            if entry.file_name() == "report.txt" {
                report = fs::read_to_string(entry.path()).expect("a report");
            } else {
                fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
            }
        }
    }
    (folder, report)
}

/// A running service, killed when it is dropped.
struct Running {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    /// What it logged when it began to listen.
    listening: Json,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = binary()
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut line = String::new();
        log.read_line(&mut line).expect("a line of the log");
        let listening = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        Self { child, log, listening }
    }

    fn address(&self) -> &str {
        self.listening["address"].as_str().expect("an address").trim_start_matches("http://")
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address()).expect("it listens")
    }

    fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().expect("a signal");
        assert!(sent.success());
    }

    /// The next line of the log that holds a word.
    fn logs(&mut self, word: &str) {
        let mut line = String::new();
        while !line.contains(word) {
            line.clear();
            assert!(self.log.read_line(&mut line).expect("a line") > 0, "no line with {word}");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, as some tests want it to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn help_lists_every_setting_by_flag_and_by_variable() {
    let help = said(&run(&["serve", "--help"]).stdout);
    for setting in [
        "LISTEN",
        "DATA",
        "PUBLIC_URL",
        "WORKERS",
        "MAX_CONNECTIONS",
        "MAX_HEADER_BYTES",
        "HEADER_TIMEOUT",
        "IDLE_TIMEOUT",
        "WRITE_TIMEOUT",
        "DRAIN_DELAY",
        "REQUEST_TIMEOUT",
        "DRAIN_TIMEOUT",
        "LOG_FORMAT",
        "LOG",
    ] {
        let flag = format!("--{}", setting.to_lowercase().replace('_', "-"));
        assert!(help.contains(&format!("{flag} <")), "{flag}");
        assert!(help.contains(&format!("[env: PARTNERSHIP_API_{setting}=")), "{setting}");
    }
    let general = said(&run(&["--help"]).stdout);
    for command in ["serve", "check", "openapi", "export", "release", "healthcheck"] {
        assert!(general.lines().any(|line| line.trim_start().starts_with(command)), "{command}");
    }
    for flag in help.lines().filter_map(|line| line.trim_start().strip_prefix("--")) {
        let name = flag.split([' ', ',']).next().unwrap_or_default();
        assert!(general.contains(&format!("--{name}")), "{name} is listed without a command too");
    }
}

#[test]
fn check_of_a_sound_package_says_so() {
    let output = run(&["check", &sound()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output.stdout).ends_with("records, no fault\n"), "{}", said(&output.stdout));
    let output = run(&["check", &sound(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let report: Json = serde_json::from_slice(&output.stdout).expect("a report in JSON");
    assert_eq!(report, json!({"count": 0, "faults": []}));
}

#[test]
fn check_of_a_broken_package_prints_the_whole_report() {
    let (folder, report) = broken("faults-in-several-files");
    let path = folder.path().display().to_string();
    let output = run(&["check", &path]);
    assert_eq!((output.status.code(), said(&output.stdout)), (Some(1), report.clone()));
    let output = run(&["check", &path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: Json = serde_json::from_slice(&output.stdout).expect("a report in JSON");
    let faults = json["faults"].as_array().expect("a list of faults");
    assert_eq!(json["count"], faults.len());
    // The last line of the report counts the others.
    assert_eq!(faults.len(), report.lines().count() - 1);
    for (fault, line) in faults.iter().zip(report.lines()) {
        assert!(line.starts_with(fault["file"].as_str().expect("a file")), "{fault}, {line}");
        assert!(line.contains(fault["expected"].as_str().expect("what was expected")), "{line}");
    }
}

#[test]
fn a_broken_package_is_not_served_and_its_whole_report_is_told() {
    let (folder, report) = broken("unknown-program");
    let path = folder.path().display().to_string();
    let output = run(&["serve", "--listen", "127.0.0.1:0", "--data", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).contains(report.trim_end()), "{}", said(&output.stderr));
}

#[test]
fn a_folder_that_cannot_be_read_is_told_in_one_sentence() {
    for arguments in [
        &["check", "/nowhere/at-all"][..],
        &["serve", "--listen", "127.0.0.1:0", "--data", "/nowhere/at-all"],
        &["export", "/tmp", "--data", "/nowhere/at-all"],
    ] {
        assert!(fails_with_one_sentence(arguments).contains("`/nowhere/at-all`"));
    }
}

#[test]
fn a_port_in_use_is_told_in_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    assert!(fails_with_one_sentence(&["serve", "--listen", &address]).contains(&address));
}

#[test]
fn a_process_that_may_open_too_few_files_does_not_start() {
    let started = Command::new("sh")
        .args(["-c", "ulimit -n 255; exec \"$0\" serve --listen 127.0.0.1:0"])
        .arg(env!("CARGO_BIN_EXE_partnership-api"))
        .output()
        .expect("a shell");
    let told = said(&started.stderr);
    assert_eq!(started.status.code(), Some(1), "{told}");
    assert!(told.contains("may open 255 files, and needs at least 256"), "{told}");
}

#[test]
fn a_bad_public_url_and_a_bad_log_filter_are_told_in_one_sentence() {
    let arguments = ["--listen", "127.0.0.1:0", "--public-url", "example.org"];
    assert!(fails_with_one_sentence(&arguments).contains("`example.org`"));
    let arguments = ["--listen", "127.0.0.1:0", "--log", "a=b=c"];
    assert!(fails_with_one_sentence(&arguments).contains("`a=b=c`"));
}

#[test]
fn a_mistake_in_the_command_line_exits_with_2() {
    for arguments in
        [&["--no-such-flag"][..], &["serve", "--listen", "nowhere"], &["check"], &["chek", "x"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output.stderr).starts_with("error: "), "{arguments:?}");
    }
}

#[test]
fn an_address_without_a_host_is_refused_with_an_example() {
    for (given, example) in [
        ("18101", "127.0.0.1:18101"),
        (":18101", "127.0.0.1:18101"),
        ("localhost:18101", "127.0.0.1:8080"),
    ] {
        for flag in ["--listen", "--metrics-listen"] {
            let output = run(&["serve", flag, given]);
            assert_eq!(output.status.code(), Some(2));
            assert!(said(&output.stderr).contains(example), "{}", said(&output.stderr));
        }
    }
}

#[test]
fn every_numeric_setting_has_a_range() {
    let command = Cli::command();
    let serve = command.find_subcommand("serve").expect("a command");
    let mut numeric = 0;
    for argument in serve.get_arguments() {
        let names = argument.get_value_names().unwrap_or_default();
        let is_number = ["N", "BYTES", "SECONDS", "REQUESTS", "PARAMETERS"];
        let Some(flag) =
            argument.get_long().filter(|_| names.iter().any(|n| is_number.contains(&n.as_str())))
        else {
            continue;
        };
        numeric += 1;
        for beyond in ["-1", "18446744073709551615"] {
            let output = run(&["serve", &format!("--{flag}={beyond}")]);
            assert_eq!(output.status.code(), Some(2), "--{flag}={beyond}");
        }
    }
    assert!(numeric > 10, "this test no longer sees the numbers among the settings");
    for none in ["--max-uri-bytes=0", "--request-timeout=0", "--max-parameters=0"] {
        assert_eq!(run(&["serve", none]).status.code(), Some(2), "{none}");
    }
}

#[test]
fn openapi_prints_the_document_as_json_and_as_yaml() {
    let printed = |format: &str| {
        let output = run(&["openapi", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        said(&output.stdout)
    };
    let json: Json = serde_json::from_str(&printed("json")).expect("JSON");
    assert_eq!(json["openapi"], "3.1.0");
    assert!(json["paths"]["/v1/agreements"]["get"].is_object());
    let yaml: Json = serde_norway::from_str(&printed("yaml")).expect("YAML");
    assert_eq!(yaml, json);
    assert_eq!(said(&run(&["openapi"]).stdout), printed("json"));
}

#[test]
fn serve_logs_where_it_listens_and_what_it_loaded() {
    let service = Running::start(&["--data", &sound()]);
    assert_eq!(service.listening["message"], "listening");
    assert_eq!(service.listening["dataset"], "1.0.0");
    assert_eq!(service.listening["digest"].as_str().map(str::len), Some(16));
    assert!(service.listening["records"].as_u64().is_some_and(|records| records > 10));
    service.connect();
}

#[test]
fn healthcheck_tells_a_running_service_from_none() {
    let service = Running::start(&[]);
    let address = service.address().to_owned();
    assert_eq!(run(&["healthcheck", "--listen", &address]).status.code(), Some(0));
    drop(service);
    assert!(fails_with_one_sentence(&["healthcheck", "--listen", &address]).contains(&address));
}

#[test]
fn a_request_that_runs_is_answered_after_a_signal_to_stop() {
    let mut service = Running::start(&[]);
    let mut stream = service.connect();
    // Half a request is sent before the signal, and the rest after it.
    stream.write_all(b"GET /v1/partners HTTP/1.1\r\nHost: x\r\n").expect("it reads");
    // A whole one on another connection, so that the first has surely been accepted.
    let mut other = service.connect();
    other
        .write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .expect("it reads");
    other.read_to_end(&mut Vec::new()).expect("an answer");
    service.terminate();
    service.logs("SIGTERM");
    stream.write_all(b"Connection: close\r\n\r\n").expect("it still reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\"id\":\"COL\""), "{answer}");
    assert_eq!(service.child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_service_without_requests_stops_at_once() {
    let mut service = Running::start(&[]);
    service.terminate();
    assert_eq!(service.child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_header_that_is_not_finished_in_time_is_closed() {
    let service = Running::start(&["--header-timeout", "1"]);
    let mut stream = service.connect();
    stream.write_all(b"GET /v1 HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("it reads");
    // Ends only when the service closes the connection.
    let mut answer = Vec::new();
    let closed = stream.read_to_end(&mut answer);
    assert!(!said(&answer).starts_with("HTTP/1.1 200"), "{closed:?}");
}
