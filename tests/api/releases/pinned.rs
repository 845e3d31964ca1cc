//! Former releases answer: the same for ever, whatever is served by then.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::http::Request;
use http_body_util::BodyExt;
use partnership_api::dataset::{ARCHIVE_FILE, CHANGE_LOG_FILE, Dataset, Package};
use partnership_api::http::{self, App, Limits, Links};
use serde_json::{Value as Json, json};
use tower::ServiceExt;

use crate::openapi::{filled, operations, parameter, text, whole};
use crate::service::{data, get};

/// A service in this process, whose data can be replaced.
struct Service {
    app: App,
    router: http::Service,
}

struct Told {
    status: u16,
    etag: String,
    cache_control: String,
    body: Bytes,
}

impl Told {
    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

impl Service {
    fn start() -> Self {
        let dataset = Dataset::embedded().expect("sound data");
        let app = App::new(dataset, Links::default(), Limits::DEFAULT);
        Self { router: http::router(&app), app }
    }

    async fn get(&self, path: &str) -> Told {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let header = |name: &str| {
            let value = response.headers().get(name);
            value.map_or("", |value| value.to_str().expect("text")).to_owned()
        };
        let (status, etag, cache_control) =
            (response.status().as_u16(), header("etag"), header("cache-control"));
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        Told { status, etag, cache_control, body }
    }
}

/// The embedded data as a later release, with what is served now among its former releases.
fn next_release() -> Dataset {
    let (package, data) = (Package::embedded(), Dataset::embedded().expect("sound data"));
    let archive = data.history.archive.with(&package, &data.release, data.counts());
    let log = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/changes.jsonl"));
    let mut files: BTreeMap<String, Vec<u8>> =
        package.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let mut release: Json = serde_json::from_slice(&files["dataset.json"]).expect("JSON");
    release["version"] = json!("99.0.0");
    files.insert("dataset.json".to_owned(), release.to_string().into_bytes());
    files.insert(ARCHIVE_FILE.to_owned(), archive.expect("an archive"));
    files.insert(CHANGE_LOG_FILE.to_owned(), log.to_vec());
    Dataset::load(&Package::of(files)).expect("sound data")
}

/// The address of every operation that takes a release, with that release.
async fn addresses(release: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    for (path, operation) in operations().await {
        if parameter(operation, "release").is_some() && path != "/v1/releases/check" {
            let address = whole(&filled(path, operation));
            let separator = if address.contains('?') { '&' } else { '?' };
            addresses.push(format!("{address}{separator}release={release}"));
        }
    }
    assert!(addresses.len() > 80, "{} addresses of data", addresses.len());
    addresses
}

#[tokio::test]
async fn each_release_answers_with_its_own_records() {
    for (release, figures, records) in [("1.0.0", 334, 730), ("1.1.0", 453, 1416)] {
        let list = data(&format!("/v1/assistance-funding?release={release}&limit=0")).await;
        assert_eq!(list["meta"]["total"], figures);
        assert_eq!(list["meta"]["dataset"]["version"], release);
        let dataset = data(&format!("/v1/dataset?release={release}")).await;
        assert_eq!(dataset["data"]["total"], records);
    }
    let by_digest = data("/v1/dataset?release=9c450604b8ae358d").await;
    assert_eq!(by_digest, data("/v1/dataset?release=1.1.0").await);
    assert_eq!(by_digest["data"]["release"]["digest"], "9c450604b8ae358d");
    let by_day = data("/v1/dataset?release=2026-11-23").await;
    assert_eq!(by_day, by_digest);
}

#[tokio::test]
async fn every_address_of_data_answers_from_the_release_that_it_names_and_every_other_refuses_one()
{
    let digest = "9e991af7eef489d0";
    let newest = Dataset::embedded().expect("sound data").release.version.to_string();
    for address in addresses("1.0.0").await {
        let answer = get(&address).await;
        // What the example of a path names may have come later.
        if answer.status == 404 {
            assert_eq!(get(&address.replace("1.0.0", &newest)).await.status, 200, "{address}");
            continue;
        }
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        assert!(answer.header("etag").contains(digest), "{address}: {}", answer.header("etag"));
        assert!(answer.header("cache-control").contains("max-age=86400"), "{address}");
        let file = answer.header("content-disposition");
        assert!(file.is_empty() || file.contains("-1.0.0."), "{address}: {file}");
        if answer.header("content-type") == "application/json" {
            links_keep_the_release(&answer.json(), &address);
        }
    }
    let momentary = ["/livez", "/readyz", "/metrics"];
    for (path, operation) in operations().await {
        if parameter(operation, "release").is_none() && !momentary.contains(&path) {
            let path = filled(path, operation);
            let answer = get(&format!("{path}?release=1.0.0")).await;
            assert_eq!(answer.status, 400, "{path}");
            assert_eq!(answer.json()["errors"][0]["parameter"], "release", "{path}");
        }
    }
}

/// Every link to data that an answer holds leads to the same release.
fn links_keep_the_release(answer: &Json, address: &str) {
    match answer {
        Json::Object(object) => {
            for value in object.values() {
                links_keep_the_release(value, address);
            }
        }
        Json::Array(values) => {
            for value in values {
                links_keep_the_release(value, address);
            }
        }
        Json::String(link) if link.starts_with("/v1") && !is_of_all_releases(link) => {
            let kept = ["?release=1.0.0", "&release=1.0.0"].iter().any(|pin| link.contains(pin));
            assert!(kept, "{address} links {link}");
        }
        _ => {}
    }
}

/// Whether an address is about no release in particular.
fn is_of_all_releases(link: &str) -> bool {
    ["/v1/methods/", "/v1/releases", "/v1/changes"].iter().any(|path| link.starts_with(path))
}

#[tokio::test]
async fn rows_of_files_name_the_records_of_their_own_release() {
    let answer = get("/v1/partners.csv?release=1.0.0&limit=1").await;
    assert!(answer.text().contains("?release=1.0.0"), "{}", answer.text());
    let link = answer.header("link").to_owned();
    assert!(link.contains("</v1/partners?release=1.0.0&format=json>"), "{link}");
}

#[tokio::test]
async fn a_release_that_there_is_not_is_refused_with_all_that_there_are_and_the_nearest() {
    for (asked, near) in
        [("1.0.1", json!("1.0.0")), ("2020-01-01", json!(null)), ("x", json!(null))]
    {
        for path in ["/v1/agreements", "/v1/agreements/x", "/v1/deployments/totals", "/v1/timeline"]
        {
            let answer = get(&format!("{path}?release={asked}")).await;
            assert_eq!(answer.status, 400, "{path}");
            let error = answer.json()["errors"][0].clone();
            assert_eq!(error["parameter"], "release");
            assert_eq!(error["value"], asked);
            assert_eq!(error["did_you_mean"], near, "{asked}");
            let allowed = error["allowed"].as_array().expect("versions");
            assert!(allowed.starts_with(&[json!("1.0.0"), json!("1.1.0")]), "{allowed:?}");
        }
    }
    for query in ["release=", "release=1.0.0&release=1.1.0", "release=1.0.0&dataset=other"] {
        let answer = get(&format!("/v1/agreements?{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
    }
    let agree = get("/v1/agreements?release=1.0.0&dataset=9e991af7eef489d0").await;
    assert_eq!(agree.status, 200);
}

#[tokio::test]
async fn the_release_that_is_served_answers_as_without_a_pin_but_for_the_links() {
    let version = data("/v1/dataset").await["data"]["release"]["version"].clone();
    let plain = data("/v1/agreements?limit=3").await;
    let pinned = get(&format!("/v1/agreements?limit=3&release={}", text(&version))).await;
    assert!(pinned.header("cache-control").contains("max-age=300"));
    let pinned = pinned.json();
    for key in ["data", "sources", "meta"] {
        assert_eq!(pinned[key], plain[key], "{key}");
    }
    let next = format!("/v1/agreements?release={}&limit=3&offset=3", text(&version));
    assert_eq!(pinned["links"]["next"], next);
}

#[tokio::test]
async fn a_pinned_answer_is_the_same_after_another_release_was_loaded() {
    let service = Service::start();
    let served = service.get("/v1/dataset").await.json()["data"]["release"]["version"].clone();
    let mut pinned = Vec::new();
    for release in ["1.0.0", "1.1.0", text(&served)] {
        for address in addresses(release).await {
            let told = service.get(&address).await;
            pinned.push((address, told));
        }
    }
    service.app.serve(next_release());
    assert_eq!(service.get("/v1/dataset").await.json()["data"]["release"]["version"], "99.0.0");
    for (address, before) in pinned {
        let after = service.get(&address).await;
        assert_eq!(after.status, before.status, "{address}");
        assert_eq!(after.etag, before.etag, "{address}");
        // A problem carries the id of its request.
        assert!(before.status != 200 || after.body == before.body, "{address} changed");
    }
    let lasting = service.get(&format!("/v1/agreements?release={}", text(&served))).await;
    assert!(lasting.cache_control.contains("max-age=86400"), "{}", lasting.cache_control);
}

#[tokio::test]
async fn a_walk_through_a_pinned_release_goes_on_after_another_was_loaded() {
    let served = data("/v1/dataset").await["data"]["release"]["version"].clone();
    for (release, by_day) in [("1.0.0", false), (text(&served), false), ("2026-11-23", true)] {
        let service = Service::start();
        let mut next = json!(format!("/v1/milestones?fields=id&limit=7&release={release}"));
        let mut ids = Vec::new();
        let all = format!("/v1/milestones?fields=id&limit=1000&release={release}");
        let whole = service.get(&all).await.json();
        while let Some(address) = next.as_str() {
            let page = service.get(address).await;
            assert_eq!(page.status, 200, "{address}");
            let page = page.json();
            ids.extend(page["data"].as_array().expect("records").clone());
            next = page["links"]["next"].clone();
            // A day is answered by the release that it meant when the walk began.
            assert!(!next.is_string() || !by_day || text(&next).contains("release=1.1.0"));
            if ids.len() == 7 {
                service.app.serve(next_release());
            }
        }
        assert_eq!(Json::Array(ids), whole["data"], "{release}");
    }
}

#[tokio::test]
async fn an_answer_of_a_former_release_is_kept_with_it_and_never_sent_for_another() {
    let service = Service::start();
    let paths = ["/v1/agreements?limit=2", "/v1/agreements?limit=2&release=1.0.0"];
    let first = [service.get(paths[0]).await, service.get(paths[1]).await];
    assert_ne!(first[0].body, first[1].body);
    let hits = |metrics: &Told| {
        let text = String::from_utf8_lossy(&metrics.body).into_owned();
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let line = lines.find(|line| line.contains("cache_hits_total"));
        line.expect("it is counted").to_owned()
    };
    let before = hits(&service.get("/metrics").await);
    for (path, first) in paths.iter().zip(&first) {
        let again = service.get(path).await;
        assert_eq!((again.body.clone(), &again.etag), (first.body.clone(), &first.etag), "{path}");
    }
    assert_ne!(before, hits(&service.get("/metrics").await), "both were kept");
}

#[tokio::test]
async fn a_sum_of_a_release_that_does_not_say_what_money_is_for_leaves_nothing_out_for_it() {
    let sum = |release: &str| {
        format!("/v1/assistance-funding/totals?partner=COL&fiscal_year=2008&release={release}")
    };
    for release in ["1.0.0", "1.1.0"] {
        let total = data(&sum(release)).await["total"].clone();
        assert!(total["amount"]["usd"].as_i64().is_some_and(|usd| usd > 0), "{release}: {total}");
        assert!(total["notes"].to_string().contains("does not say what money is for"), "{total}");
    }
    let total = data(&sum("1.2.0")).await["total"].clone();
    assert!(!total["notes"].to_string().contains("what money is for"), "{total}");
}
