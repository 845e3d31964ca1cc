//! What a browser, a crawler or a catalog asks every host for: the well-known files.

mod data_file;
pub(crate) mod llms;
pub(crate) mod sitemap;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::NoParams;
use crate::http::response::conditional::{Conditions, conditional_bytes};
use crate::http::response::problem::Problem;

/// The icon: three bars, the last with an error bar.
const ICON: &[u8] = include_bytes!("favicon.ico");

/// Everything may be crawled: an answer costs less than the crawler's request.
const ROBOTS: &str = "User-agent: *\nAllow: /\n";

/// RFC 9264 link sets, with the profile that RFC 9727 asks for.
const LINK_SET: &str =
    "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

/// Links a response to the catalog of APIs. A base that could not stand in a header was refused at start.
fn link_to_catalog(response: &mut Response, links: &Links) {
    let catalog = links.path("/.well-known/api-catalog");
    if let Ok(link) = HeaderValue::from_str(&format!("<{catalog}>; rel=\"api-catalog\"")) {
        response.headers_mut().insert(header::LINK, link);
    }
}

/// `/favicon.ico`
pub(crate) async fn favicon(_: NoParams, conditions: Conditions) -> Response {
    constant("image/vnd.microsoft.icon", ICON, &conditions)
}

/// `/robots.txt` (RFC 9309); it names the map of the site where the service knows its public address.
pub(crate) async fn robots(
    State(app): State<App>,
    _: NoParams,
    conditions: Conditions,
) -> Response {
    let links = app.links();
    let map = links.is_absolute().then(|| format!("\nSitemap: {}\n", links.path(sitemap::PATH)));
    let robots = format!("{ROBOTS}{}", map.unwrap_or_default());
    constant("text/plain; charset=utf-8", robots.as_bytes(), &conditions)
}

/// `/.well-known/api-catalog` (RFC 9727): where the API is described and documented.
pub(crate) async fn api_catalog(
    State(app): State<App>,
    _: NoParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let links = app.links();
    let here = links.path("/.well-known/api-catalog");
    let to = |path: &str, media: &str| json!({"href": links.path(path), "type": media});
    let catalog = json!({"linkset": [
        {"anchor": here, "item": [to("/v1", "application/json")]},
        {
            "anchor": links.path("/v1"),
            "service-desc": [to("/openapi.json", "application/json"), to("/openapi.yaml", "application/yaml")],
            "service-doc": [to("/docs/", "text/html")],
            "service-meta": [to("/v1/dataset", "application/json")],
            "status": [to("/livez", "application/json")],
        },
    ]});
    let mut response = constant(LINK_SET, catalog.to_string().as_bytes(), &conditions);
    link_to_catalog(&mut response, links);
    Ok(response)
}

/// `/.well-known/security.txt` (RFC 9116): served where a contact is set. It expires a year from today, as the
/// standard recommends at most.
pub(crate) async fn security_txt(
    State(app): State<App>,
    _: NoParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    const PATH: &str = "/.well-known/security.txt";
    let links = app.links();
    let Some(contact) = links.contact() else {
        return Err(Problem::NoSuchRoute { path: PATH.to_owned(), near: None });
    };
    let expires = jiff::Timestamp::now().as_second() / SECONDS_OF_A_DAY + DAYS_OF_A_YEAR;
    let expires =
        jiff::Timestamp::from_second(expires * SECONDS_OF_A_DAY).map_err(Problem::internal)?;
    let canonical = links.is_absolute().then(|| format!("Canonical: {}\n", links.path(PATH)));
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en, es\n{}",
        canonical.unwrap_or_default()
    );
    Ok(constant("text/plain; charset=utf-8", text.as_bytes(), &conditions))
}

const SECONDS_OF_A_DAY: i64 = 86_400;
const DAYS_OF_A_YEAR: i64 = 364;

/// `/v1/`: leads to the index.
pub(crate) async fn index_without_slash(State(app): State<App>, _: NoParams) -> Response {
    let target = HeaderValue::from_str(&app.links().path("/v1"));
    let location = target.unwrap_or(HeaderValue::from_static("/v1"));
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response()
}

/// A file that depends on no release.
fn constant(media: &'static str, bytes: &[u8], conditions: &Conditions) -> Response {
    conditional_bytes(conditions, HeaderValue::from_static(media), bytes.to_vec())
}
