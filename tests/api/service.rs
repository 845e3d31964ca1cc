//! The service under test: the real router behind a real socket, started once for all tests.

use std::sync::{OnceLock, mpsc};

use clap::Parser;
use partnership_api::config::Cli;
use partnership_api::dataset::Dataset;
use partnership_api::http::{self, App, Limits, Links};
use partnership_api::server;
use reqwest::header::HeaderMap;
use serde_json::Value as Json;

/// An answer, read whole.
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its body.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.text()))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header as text; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

/// Where the service listens: `http://127.0.0.1:PORT`.
pub(crate) fn base() -> &'static str {
    static BASE: OnceLock<String> = OnceLock::new();
    BASE.get_or_init(|| start(Dataset::embedded().expect("sound data"), ""))
}

/// Starts a service of its own, with a public base, and says where it listens.
pub(crate) fn start(dataset: Dataset, public_url: &str) -> String {
    start_with(dataset, Links::to(public_url).expect("a base"))
}

/// Starts a service of its own that makes its links so.
pub(crate) fn start_with(dataset: Dataset, links: Links) -> String {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let cli = Cli::parse_from(["partnership-api", "--listen", "127.0.0.1:0"]);
            let listener = server::bind(&cli.serve).await.expect("a free port");
            tell.send(listener.local_addr().expect("an address")).expect("somebody waits");
            let app = App::new(dataset, links, Limits::DEFAULT);
            let router = http::router(&app);
            server::serve(listener, router, app, &cli.serve, None).await.expect("it serves");
        });
    });
    format!("http://{}", told.recv().expect("it listens"))
}

/// Asks for a path.
pub(crate) async fn get(path: &str) -> Answer {
    get_with(path, &[]).await
}

/// Asks for a path with headers.
pub(crate) async fn get_with(path: &str, headers: &[(&str, &str)]) -> Answer {
    request("GET", path, headers).await
}

/// Makes a request with any method.
pub(crate) async fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let url = format!("{}{path}", base());
    let method = method.parse().expect("a method");
    let mut request = reqwest::Client::new().request(method, url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("the service answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("the body arrives").to_vec();
    Answer { status, headers, bytes }
}

/// Asks for a path and expects a good answer in JSON.
pub(crate) async fn data(path: &str) -> Json {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}
