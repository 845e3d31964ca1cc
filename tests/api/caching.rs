//! What may be kept and for how long, conditional requests, compression, and headers of every answer.

use std::collections::BTreeSet;

use crate::openapi::{paths, whole};
use crate::running::Service;
use crate::service::{Answer, get, get_with, request};

const CACHE_CONTROL: &str =
    "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400";

/// Every documented route, and those that show the document.
async fn routes() -> Vec<String> {
    let mut routes = paths().await;
    for route in &mut routes {
        *route = whole(route);
    }
    routes.extend(["/openapi.json", "/openapi.yaml", "/docs/"].map(str::to_owned));
    routes
}

/// Whether the answer is about the state of the moment, which is never kept.
fn is_of_the_moment(route: &str) -> bool {
    ["/livez", "/readyz", "/metrics"].contains(&route)
}

async fn etag(path: &str) -> String {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.header("etag").to_owned()
}

#[tokio::test]
async fn every_answer_has_a_validator_and_says_how_long_it_may_be_kept() {
    for route in routes().await {
        let answer = get(&route).await;
        assert_eq!(answer.status, 200, "{route}: {}", answer.text());
        if is_of_the_moment(&route) {
            assert_eq!(answer.header("cache-control"), "no-store", "{route}");
            assert_eq!(answer.header("etag"), "", "{route}");
            continue;
        }
        assert_eq!(answer.header("cache-control"), CACHE_CONTROL, "{route}");
        let tag = answer.header("etag");
        // Weak, because encodings share it; files that are never compressed are read by ranges.
        let is_file = [".zip", ".xlsx", ".parquet"].iter().any(|ending| route.contains(ending));
        let opens = if is_file { "\"" } else { "W/\"" };
        assert!(tag.starts_with(opens) && tag.ends_with('"') && tag.len() > 8, "{route}: {tag}");
        assert_eq!(get(&route).await.header("etag"), tag, "{route} asked twice");
        assert!(answer.header("vary").ends_with("Accept-Encoding"), "{route}");
        // Two releases of one day would share a date.
        assert_eq!(answer.header("last-modified"), "", "{route}");
    }
}

#[tokio::test]
async fn the_validator_tells_questions_and_formats_apart_but_not_spellings() {
    let list = "/v1/assistance-funding";
    let mut seen = Vec::new();
    for question in [
        "",
        "?limit=10",
        "?offset=1",
        "?program=FMF",
        "?program=IMET",
        "?program=FMF&fiscal_year=2007",
        "?fields=id",
        "?facets=stage",
        "?sort=id",
        "?sort=-id",
        "?q=army",
        "?format=csv",
        "?format=csv&bom=true",
        "?format=ndjson",
    ] {
        let tag = etag(&format!("{list}{question}")).await;
        assert!(!seen.contains(&tag), "{question} has the validator of another question");
        seen.push(tag);
    }
    assert_ne!(etag(list).await, etag("/v1/arms-sales").await);
    let one = etag(&format!("{list}?program=FMF&fiscal_year=2007&limit=5")).await;
    let other = etag(&format!("{list}?limit=5&fiscal_year=2007&program=FMF")).await;
    assert_eq!(one, other, "the order of parameters asks nothing");
    let csv = get_with(list, &[("accept", "text/csv")]).await;
    assert_ne!(csv.header("etag"), get(list).await.header("etag"), "formats by `Accept` differ");
}

/// What an answer without news is.
fn assert_unchanged(answer: &Answer, tag: &str, asked: &str) {
    assert_eq!(answer.status, 304, "{asked}");
    assert!(answer.bytes.is_empty(), "{asked}");
    assert_eq!(answer.header("etag"), tag, "{asked}");
    assert_eq!(answer.header("cache-control"), CACHE_CONTROL, "{asked}");
    assert!(answer.header("vary").to_lowercase().contains("accept"), "{asked}");
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{asked}");
    assert_eq!(answer.header("content-type"), "", "{asked}");
}

#[tokio::test]
async fn an_answer_that_the_client_has_already_is_not_sent_again() {
    for route in routes().await.into_iter().filter(|route| !is_of_the_moment(route)) {
        let tag = etag(&route).await;
        let strong = tag.trim_start_matches("W/");
        for condition in [
            tag.clone(),
            strong.to_owned(),
            "*".to_owned(),
            format!("\"other\", {tag}"),
            format!("W/\"a\",{strong} , \"b\""),
        ] {
            for method in ["GET", "HEAD"] {
                let answer = request(method, &route, &[("if-none-match", &condition)]).await;
                assert_unchanged(&answer, &tag, &format!("{method} {route} {condition}"));
            }
        }
        let answer = get_with(&route, &[("if-none-match", "W/\"other\", \"another\"")]).await;
        assert_eq!(answer.status, 200, "{route}");
        assert!(!answer.bytes.is_empty(), "{route}");
    }
}

#[tokio::test]
async fn every_format_of_a_list_can_be_validated_and_read_from_any_origin() {
    for format in ["json", "ndjson", "csv", "xlsx", "parquet"] {
        let path = format!("/v1/deployments?format={format}");
        let answer = get_with(&path, &[("origin", "https://example.org")]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_readable(&answer, &path);
        let tag = answer.header("etag").to_owned();
        assert_unchanged(&get_with(&path, &[("if-none-match", &tag)]).await, &tag, &path);
    }
}

/// What lets a page of any origin read an answer with its headers.
fn assert_readable(answer: &Answer, asked: &str) {
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{asked}");
    let exposed = answer.header("access-control-expose-headers").to_lowercase();
    for name in ["etag", "link", "x-request-id"] {
        assert!(exposed.contains(name), "{asked} does not expose {name}: {exposed}");
    }
    assert!(!answer.header("x-request-id").is_empty(), "{asked}");
}

#[tokio::test]
async fn every_answer_can_be_read_from_any_origin_errors_included() {
    let mut all = routes().await;
    let more =
        ["/v1/nothing", "/v1/agreements?x=1", "/v1/agreements/none", "/v1/sources?dataset=0"];
    all.extend(more.map(str::to_owned));
    for path in all {
        let answer = get_with(&path, &[("origin", "https://example.org")]).await;
        assert_readable(&answer, &path);
        // Clients that name no origin are gateways, which keep the answer for those that do.
        assert_readable(&get(&path).await, &path);
    }
    let refused = request("POST", "/v1/agreements", &[("origin", "https://example.org")]).await;
    assert_readable(&refused, "POST");
}

#[tokio::test]
async fn a_browser_that_asks_before_asking_is_allowed() {
    for path in ["/v1/agreements", "/v1/agreements/col-us-acsa", "/openapi.json", "/v1/nothing"] {
        let asking = [
            ("origin", "https://example.org"),
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "if-none-match,x-request-id"),
        ];
        let answer = request("OPTIONS", path, &asking).await;
        assert!(matches!(answer.status, 200 | 204), "{path}: {}", answer.status);
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(answer.header("access-control-allow-methods").contains("GET"), "{path}");
        assert!(!answer.header("access-control-allow-headers").is_empty(), "{path}");
        assert_eq!(answer.header("access-control-max-age"), "86400", "{path}");
    }
}

#[tokio::test]
async fn a_request_id_is_taken_over_if_it_is_well_formed_and_else_made() {
    let longest = "a".repeat(64);
    for given in ["abc", "0192f0c1-7f4e-7cc3-98c4-dc0c0c07398f", "a_b.c-D9", &longest] {
        let answer = get_with("/v1", &[("x-request-id", given)]).await;
        assert_eq!(answer.header("x-request-id"), given);
    }
    let too_long = "a".repeat(65);
    let mut made = Vec::new();
    for given in ["", "two words", "a;b", "<script>", "caf\u{e9}", &too_long] {
        let answer = get_with("/v1/nothing", &[("x-request-id", given)]).await;
        let id = answer.header("x-request-id").to_owned();
        assert_ne!(id, given);
        assert_eq!(id.len(), 36, "{id}");
        assert_eq!(answer.json()["request_id"], id);
        assert!(!made.contains(&id), "{id} was given twice");
        made.push(id);
    }
}

/// How an encoding begins.
const ENCODINGS: [(&str, &[u8]); 3] =
    [("gzip", &[0x1f, 0x8b]), ("zstd", &[0x28, 0xb5, 0x2f, 0xfd]), ("br", &[])];

#[tokio::test]
async fn long_text_is_compressed_as_the_client_can_read_it() {
    for path in [
        "/v1/agreements",
        "/v1/agreements?format=csv",
        "/v1/agreements?format=ndjson",
        "/openapi.json",
        "/openapi.yaml",
    ] {
        let plain = get(path).await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for (encoding, magic) in ENCODINGS {
            let answer = get_with(path, &[("accept-encoding", encoding)]).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-encoding"), encoding, "{path}");
            assert!(answer.bytes.starts_with(magic), "{path} as {encoding}");
            assert!(answer.bytes.len() * 2 < plain.bytes.len(), "{path} as {encoding}");
            let vary = answer.header("vary").to_lowercase();
            assert!(vary.contains("accept-encoding"), "{path} as {encoding}: {vary}");
            // One state, one validator: it is weak because encodings share it.
            assert_eq!(answer.header("etag"), plain.header("etag"), "{path} as {encoding}");
        }
        let none = get_with(path, &[("accept-encoding", "gzip;q=0, br;q=0, zstd;q=0")]).await;
        assert_eq!(none.header("content-encoding"), "", "{path}");
        assert_eq!(none.bytes, plain.bytes, "{path}");
    }
}

#[tokio::test]
async fn what_is_short_or_compressed_already_is_sent_as_it_is() {
    for path in [
        "/livez",
        "/v1/agreements?format=xlsx",
        "/v1/agreements?format=parquet",
        "/v1/datapackage.zip",
    ] {
        let answer = get_with(path, &[("accept-encoding", "gzip, br, zstd")]).await;
        assert_eq!(answer.header("content-encoding"), "", "{path}");
    }
}

#[tokio::test]
async fn pages_may_load_only_what_the_service_serves_and_data_nothing() {
    let page = get("/docs/").await;
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    for rule in ["default-src 'none'", "script-src 'self';", "connect-src 'self'"] {
        assert!(policy.contains(rule), "{rule} is not in {policy}");
    }
    assert!(!policy.contains("http"), "{policy}");
    // What the page loads is there, and comes from here.
    let html = page.text();
    let linked = html.split(['"', '\'']).filter(|word| word.starts_with("./"));
    let mut count = 0;
    for file in linked {
        let path = format!("/docs/{}", file.trim_start_matches("./"));
        assert_eq!(get(&path).await.status, 200, "{path}");
        count += 1;
    }
    assert!(count >= 3, "the page loads {count} files");
    assert!(!html.contains("<script>"), "the policy would stop a script inside the page");
    for path in ["/v1", "/v1/agreements?format=csv", "/v1/nothing"] {
        let policy = get(path).await.header("content-security-policy").to_owned();
        assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'", "{path}");
    }
    let moved = request("GET", "/docs", &[]).await;
    assert!(moved.status == 200 || moved.status == 308, "{}", moved.status);
}

#[test]
fn two_processes_send_the_same_bytes_with_the_same_entity_tags() {
    let [one, other] = [Service::start(&[]), Service::start(&[])];
    let mut tags = BTreeSet::new();
    for path in [
        "/v1",
        "/v1/agreements",
        "/v1/agreements?limit=2&partner=COL&q=defense",
        "/v1/agreements?format=csv",
        "/v1/agreements?format=csv&bom=true",
        "/v1/agreements?format=xlsx",
        "/v1/agreements?format=parquet",
        "/v1/agreements/col-us-acsa",
        "/v1/partners/COL",
        "/v1/assistance-funding/totals?partner=COL&group_by=program",
        "/v1/assistance-funding/totals?partner=COL&group_by=program&format=csv",
        "/v1/coverage?partner=COL",
        "/v1/search?q=demining",
        "/v1/timeline?partner=COL",
        "/v1/dataset?format=jsonld",
        "/v1/datapackage.json",
        "/v1/datapackage.zip",
        "/v1/methods/totals",
        "/openapi.json",
        "/problems/internal",
        "/v1/problems/internal",
        "/",
        "/es/partners/COL",
        "/assistance-funding?partner=COL",
    ] {
        let ask = |service: &Service| {
            let asked = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            service.send(asked.as_bytes())
        };
        let (first, second) = (ask(&one), ask(&other));
        let tag = |answer: &str| {
            let line = answer.lines().find_map(|line| line.strip_prefix("etag: "));
            line.unwrap_or_else(|| panic!("{path} has no entity tag")).to_owned()
        };
        assert_eq!(tag(&first), tag(&second), "{path}");
        let body = |answer: &str| answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
        assert!(body(&first) == body(&second), "{path}: the bodies differ");
        assert!(tags.insert(tag(&first)), "{path} has the entity tag of another");
    }
}
