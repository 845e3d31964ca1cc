//! What a browser, a crawler, a health check or a catalogue asks for first.

use std::collections::BTreeSet;

use partnership_api::dataset::Dataset;
use partnership_api::http::Links;
use serde_json::Value as Json;

use crate::service::{self, data, get, request};

#[tokio::test]
async fn the_front_page_is_html_that_leads_to_the_index_and_the_documentation() {
    let page = get("/").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let html = page.text();
    for address in ["\"/v1\"", "\"/docs/\"", "\"/openapi.json\"", "\"/v1/assistance-funding\""] {
        assert!(html.contains(&format!("href={address}")), "{address} is not linked: {html}");
    }
    assert!(page.header("link").contains("rel=\"api-catalog\""));
    assert!(page.header("etag").starts_with("W/"));
}

#[tokio::test]
async fn the_front_page_stays_below_the_path_that_it_is_served_under() {
    let links = "https://data.example.org/security";
    let base = service::start(Dataset::embedded().expect("sound data"), links);
    let html = reqwest::get(format!("{base}/")).await.expect("an answer").text().await.expect("text");
    assert!(html.contains("href=\"https://data.example.org/security/v1\""), "{html}");
    assert!(!html.contains("href=\"/"), "an address without the base: {html}");
}

#[tokio::test]
async fn a_title_with_markup_in_it_makes_no_element() {
    let files = [("dataset.json", r#"{"title":"<script>alert(1)</script>"}"#)];
    let mut package: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir("data").expect("the data") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_file() && (name == "dataset.json" || name.ends_with(".jsonl")) {
            package.push((name, std::fs::read(&path).expect("a file")));
        }
    }
    for (name, change) in files {
        let change: Json = serde_json::from_str(change).expect("JSON");
        let (_, bytes) = package.iter_mut().find(|(known, _)| known == name).expect("a file");
        let mut whole: Json = serde_json::from_slice(bytes).expect("JSON");
        whole["title"] = change["title"].clone();
        *bytes = serde_json::to_vec(&whole).expect("JSON");
    }
    let package = partnership_api::dataset::Package::of(package);
    let dataset = Dataset::load(&package).unwrap_or_else(|faults| panic!("{faults}"));
    let base = service::start(dataset, "");
    let html = reqwest::get(format!("{base}/")).await.expect("an answer").text().await.expect("text");
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("&lt;script"), "{html}");
}

#[tokio::test]
async fn the_files_that_clients_ask_every_host_for_are_there() {
    let icon = get("/favicon.ico").await;
    assert_eq!((icon.status, icon.header("content-type")), (200, "image/vnd.microsoft.icon"));
    assert_eq!(icon.bytes[..4], [0, 0, 1, 0], "an icon file begins so");
    let robots = get("/robots.txt").await;
    assert_eq!((robots.status, robots.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert!(robots.text().starts_with("User-agent: *\n"));
    let catalog = get("/.well-known/api-catalog").await;
    assert_eq!(catalog.status, 200);
    assert!(catalog.header("content-type").starts_with("application/linkset+json; profile="));
    let linkset = catalog.json();
    assert_eq!(linkset["linkset"][1]["anchor"], "/v1");
    assert_eq!(linkset["linkset"][1]["service-desc"][0]["href"], "/openapi.json");
    let head = request("HEAD", "/.well-known/api-catalog", &[]).await;
    assert_eq!(head.header("link"), "</.well-known/api-catalog>; rel=\"api-catalog\"");
}

#[tokio::test]
async fn a_contact_is_published_only_where_one_is_set() {
    assert_eq!(get("/.well-known/security.txt").await.status, 404);
    let links = Links::to("https://data.example.org").expect("a base");
    let links = links.with_contact(Some("mailto:data@example.org".to_owned()));
    let base = service::start_with(Dataset::embedded().expect("sound data"), links);
    let answer = reqwest::get(format!("{base}/.well-known/security.txt")).await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200);
    let text = answer.text().await.expect("text");
    assert!(text.starts_with("Contact: mailto:data@example.org\nExpires: 2"), "{text}");
    assert!(text.contains("\nCanonical: https://data.example.org/.well-known/security.txt\n"), "{text}");
    let expires = text.lines().find_map(|line| line.strip_prefix("Expires: ")).expect("a line");
    let expires: jiff::Timestamp = expires.parse().expect("a time as RFC 3339 writes it");
    let left = expires.duration_since(jiff::Timestamp::now()).as_hours() / 24;
    assert!((360..365).contains(&left), "{left} days");
}

#[tokio::test]
async fn the_file_for_language_models_is_short_names_every_collection_and_leads_only_where_there_is_an_answer() {
    let answer = get("/llms.txt").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; charset=utf-8"));
    let text = answer.text();
    assert!(text.len() <= 6_144, "{} bytes", text.len());
    let index = data("/v1").await;
    let title = index["data"]["title"].as_str().expect("a title");
    assert!(text.starts_with(&format!("# {title}\n\n> ")), "{text}");
    for collection in index["data"]["collections"].as_array().expect("collections") {
        let (name, count) = (collection["name"].as_str().expect("a name"), &collection["count"]);
        let line = format!("- [{name}](/v1/{name}): {count} records. Filters: ");
        let line = text.lines().find_map(|known| known.strip_prefix(&*line));
        for filter in line.expect("a line of each collection").split(", ") {
            let field = collection["fields"].as_array().expect("fields").iter();
            let field = field.clone().find(|field| field["name"] == filter).expect("a field");
            assert_eq!(field["equals"], true, "{name} {filter}");
        }
    }
    let addresses: Vec<&str> =
        text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(addresses.len() > 20, "{text}");
    for address in addresses {
        assert_eq!(get(address).await.status, 200, "{address}");
    }
}

#[tokio::test]
async fn the_index_with_a_slash_leads_to_the_index() {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let client = client.build().expect("a client");
    let answer = client.get(format!("{}/v1/", service::base())).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 308);
    assert_eq!(answer.headers()["location"], "/v1");
}

#[tokio::test]
async fn the_front_door_refuses_parameters_like_every_route() {
    for path in ["/", "/favicon.ico", "/robots.txt", "/llms.txt", "/.well-known/api-catalog", "/v1/"] {
        assert_eq!(get(&format!("{path}?x=1")).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn the_index_leads_to_every_sum_and_every_chart_that_is_documented() {
    let (links, document) = (data("/v1").await["links"].clone(), data("/openapi.json").await);
    let paths = document["paths"].as_object().expect("paths").keys();
    let ending = |end: &str| -> BTreeSet<String> {
        paths.clone().filter(|path| path.ends_with(end)).cloned().collect()
    };
    let of = |name: &str| -> BTreeSet<String> {
        let of = links[name].as_array().expect("a list of addresses").iter();
        of.map(|address| address.as_str().expect("an address").to_owned()).collect()
    };
    assert_eq!(of("charts"), ending(".svg"));
    let mut sums = ending("/totals");
    assert!(sums.remove("/v1/methods/totals"), "how sums are made is no sum");
    assert_eq!(of("totals"), sums);
}
