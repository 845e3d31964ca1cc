//! The binary as a running process, with a data folder of its own when a test needs one.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value as Json;
use tempfile::TempDir;

/// How long to wait for what must come: far longer than it takes, so that only a hang fails a test.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running service, killed when it is dropped.
pub(crate) struct Service {
    child: Child,
    log: Mutex<Receiver<String>>,
    address: String,
}

impl Service {
    /// Starts the binary on a free port.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_in(Path::new("."), arguments)
    }

    /// Starts the binary in a folder.
    pub(crate) fn start_in(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partnership-api"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PARTNERSHIP_API_")) {
            command.env_remove(name);
        }
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
            .args(["--log", "partnership_api=debug"])
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let stderr = BufReader::new(child.stderr.take().expect("its log"));
        let (tell, log) = mpsc::channel();
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        let mut service = Self { child, log: Mutex::new(log), address: String::new() };
        let listening = service.logs("listening");
        let address = listening["address"].as_str().expect("an address");
        address.trim_start_matches("http://").clone_into(&mut service.address);
        service
    }

    /// The next line of the log that holds some words.
    pub(crate) fn logs(&self, words: &str) -> Json {
        loop {
            let log = self.log.lock().expect("one test reads it");
            let line = log
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("no line of the log says `{words}`"));
            if line.contains(words) {
                return serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
            }
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream
    }

    /// Sends bytes on a connection of their own, and reads until the service closes it. A connection that is
    /// reset counts as closed; one that stays open fails the test.
    pub(crate) fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // The service may answer and close before it has read everything.
        let _ = stream.write_all(bytes);
        read_to_end(&mut stream)
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> (u16, Json) {
        let asked = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = self.send(asked.as_bytes());
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (status(head), serde_json::from_str(body).unwrap_or_default())
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status();
        assert!(sent.expect("a signal").success(), "the service is gone");
    }

    /// How much processor time the process has used, in hundredths of a second.
    pub(crate) fn processor_ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        // The name of the program, in brackets, may hold spaces.
        let fields: Vec<_> =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields[at].parse::<u64>().expect("a number");
        ticks(11) + ticks(12)
    }

    /// Waits for the end of the process.
    pub(crate) fn end(&mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already, as some tests want it to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads until the other side closes.
pub(crate) fn read_to_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let open =
            matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
        assert!(!open, "the connection stays open");
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of an answer; 0 when the connection was closed without one.
pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// A copy of the sound fixture, whose release can be changed.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A sound dataset.
    pub(crate) fn sound() -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(folder.path()).expect("a folder");
        folder.write("1.0.0");
        folder
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// Its path as an argument.
    pub(crate) fn argument(&self) -> String {
        self.path().display().to_string()
    }

    /// Writes the sound dataset under another version, which is another release.
    pub(crate) fn write(&self, version: &str) {
        write(&self.path(), version);
    }

    /// Breaks one file.
    pub(crate) fn break_one(&self) {
        fs::write(self.path().join("agreements.jsonl"), "{\"id\": \"half").expect("written");
    }
}

/// Writes the sound dataset into a folder.
pub(crate) fn write(to: &Path, version: &str) {
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
    for entry in fs::read_dir(sound).expect("a folder of fixtures") {
        let entry = entry.expect("an entry of the folder");
        let mut text = fs::read_to_string(entry.path()).expect("a text");
        if entry.file_name() == "dataset.json" {
            text = text.replace("\"1.0.0\"", &format!("\"{version}\""));
        }
        fs::write(to.join(entry.file_name()), text).expect("written");
    }
}
