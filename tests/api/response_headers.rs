//! Headers of every response: what HEAD has, what `Accept-Encoding` may say, and what fits through a gateway.

use partnership_api::dataset::Dataset;

use crate::openapi::{collections, paths, whole};
use crate::service::{Answer, get, get_with, request, start};

/// What gateways read of the headers of a response by default: nginx's `proxy_buffer_size`.
const MOST_BYTES: usize = 4096;

/// The longest address that the service reads, in bytes.
const LONGEST_ADDRESS: usize = 8192;

/// Good requests to every route, and bad ones of every kind.
async fn requests() -> Vec<String> {
    let mut requests = paths().await;
    for route in &mut requests {
        *route = whole(route);
    }
    let others = [
        "/",
        "/docs",
        "/docs/",
        "/openapi.json",
        "/openapi.yaml",
        "/v1/",
        "/v1/agreements?format=csv",
        "/v1/agreements?format=xlsx",
        "/v1/agreements?limit=1001",
        "/v1/agreements?zz=1",
        "/v1/agreements?dataset=other",
        "/v1/agreements/no-such",
        "/nope",
    ];
    requests.extend(others.map(str::to_owned));
    requests.push(format!("/v1?{}", "a".repeat(LONGEST_ADDRESS)));
    requests
}

#[tokio::test]
async fn head_has_the_headers_of_get_whatever_is_asked_and_answered() {
    // What differs by request, and what belongs to a body whose length is not known when it begins.
    let of_one_request = ["date", "x-request-id", "transfer-encoding"];
    for path in requests().await {
        for encoding in ["identity", "gzip"] {
            let accept = [("accept-encoding", encoding)];
            // The GET comes last, so that nothing could be kept from it.
            let head = request("HEAD", &path, &accept).await;
            let got = request("GET", &path, &accept).await;
            assert_eq!(head.status, got.status, "{path}");
            assert!(head.bytes.is_empty(), "{path}");
            let headers = |answer: &Answer| {
                let mut headers = answer.headers.clone();
                for name in of_one_request {
                    headers.remove(name);
                }
                // What is counted has changed by the second request.
                if path == "/metrics" {
                    headers.remove("content-length");
                }
                headers
            };
            assert_eq!(headers(&head), headers(&got), "{path} as {encoding}");
        }
    }
}

#[tokio::test]
async fn a_client_that_accepts_no_coding_gets_the_answer_without_one() {
    for path in requests().await {
        let plain = get(&path).await;
        for refused in
            ["identity;q=0", "*;q=0", "identity;q=0, gzip;q=0, br;q=0", "gzip;q=0, *;q=0"]
        {
            let answer = get_with(&path, &[("accept-encoding", refused)]).await;
            assert_eq!(answer.status, plain.status, "{path} with {refused}");
            assert_eq!(answer.header("content-encoding"), "", "{path} with {refused}");
            assert_eq!(answer.header("cache-control"), plain.header("cache-control"), "{path}");
            assert_eq!(answer.header("content-type"), plain.header("content-type"), "{path}");
        }
    }
}

/// How many bytes the headers of an answer have on HTTP/1.1, its first line and the empty line included.
fn bytes(answer: &Answer) -> usize {
    let lines = answer.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4);
    "HTTP/1.1 200 OK\r\n\r\n".len() + lines.sum::<usize>()
}

/// Good addresses of lists, near each length up to the longest.
async fn long_addresses() -> Vec<String> {
    let mut addresses = Vec::new();
    for collection in collections().await {
        let ids: Vec<String> = {
            let list = get(&format!("/v1/{collection}?fields=id&limit=290")).await.json();
            let data = list["data"].as_array().expect("records").clone();
            data.iter().filter_map(|record| record["id"].as_str().map(str::to_owned)).collect()
        };
        for most in [300, 450, 700, 1000, 1900, 2500, 4000, LONGEST_ADDRESS] {
            let mut address = format!("/v1/{collection}?limit=1&offset=1&id=");
            for id in &ids {
                if address.len() + id.len() + 1 > most {
                    break;
                }
                address.push_str(id);
                address.push(',');
            }
            address.pop();
            addresses.push(address.clone());
            addresses.push(address.replacen('?', "?format=csv&", 1));
        }
    }
    addresses.retain(|address| address.len() <= LONGEST_ADDRESS);
    assert!(addresses.iter().any(|address| address.len() > LONGEST_ADDRESS / 2));
    addresses
}

#[tokio::test]
async fn all_headers_together_fit_what_gateways_read_whatever_is_asked() {
    let based =
        start(Dataset::embedded().expect("sound data"), "https://data.example.org/security");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().expect("a client");
    let mut whole = 0;
    for path in long_addresses().await.into_iter().chain(requests().await) {
        for (base, path) in [(crate::service::base(), &path), (&based, &path)] {
            let response = client.get(format!("{base}{path}")).send().await.expect("an answer");
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let answer = Answer { status, headers, bytes: Vec::new() };
            let shown: String = path.chars().take(100).collect();
            if path.contains("&id=") {
                assert_eq!(status, 200, "{shown}");
            }
            assert!(bytes(&answer) <= MOST_BYTES, "{shown}: {} bytes", bytes(&answer));
            assert!(answer.header("link").len() <= MOST_BYTES / 2, "{shown}");
            whole += usize::from(answer.header("link").contains("rel=\"alternate\""));
        }
    }
    assert!(whole > 20, "links to other formats are left out where there is room for them");
}
