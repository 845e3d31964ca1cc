//! The `Link` header (RFC 8288): pages, other formats, description and licence.

use std::fmt::Write;

use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::dataset::Release;
use crate::http::app::links::{LinkParams, Links, PageLinks};
use crate::model::Vocabulary;
use crate::render::Format;

/// Links a list to its other pages and formats, its description and its licence.
pub(crate) fn of_list(
    response: &mut Response,
    links: &Links,
    release: &Release,
    path: &str,
    page: &PageLinks,
    params: &LinkParams,
) {
    let mut header = String::with_capacity(2048);
    relate(&mut header, &page.first, "first");
    relate(&mut header, &page.last, "last");
    page.prev.iter().for_each(|prev| relate(&mut header, prev, "prev"));
    page.next.iter().for_each(|next| relate(&mut header, next, "next"));
    let only_json = |name: &str| matches!(name, "format" | "bom" | "facets");
    let params = params.iter().filter(|(name, _)| !only_json(name));
    // The addresses differ in their last word only.
    let address = links.query(path, params.chain([("format", "")]));
    for format in Format::ALL {
        let (word, media) = (format.word(), format.media_type());
        separate(&mut header);
        let _ = write!(header, "<{address}{word}>; rel=\"alternate\"; type=\"{media}\"");
    }
    always(&mut header, links, release);
    put(response, &header);
}

/// Links a record to its list, its description and its licence.
pub(crate) fn of_record(
    response: &mut Response,
    links: &Links,
    release: &Release,
    collection: &str,
) {
    let mut header = String::new();
    relate(&mut header, &links.path(&format!("/v1/{collection}")), "collection");
    always(&mut header, links, release);
    put(response, &header);
}

fn always(header: &mut String, links: &Links, release: &Release) {
    relate(header, &links.path("/openapi.json"), "describedby");
    relate(header, release.licence.url.as_str(), "license");
}

/// Adds a link. Writing to a string does not fail.
fn relate(header: &mut String, address: &str, relation: &str) {
    separate(header);
    let _ = write!(header, "<{address}>; rel=\"{relation}\"");
}

fn separate(header: &mut String) {
    if !header.is_empty() {
        header.push_str(", ");
    }
}

fn put(response: &mut Response, links: &str) {
    // Addresses are percent-encoded, so that only a licence's own address could fail to be a header.
    if let Ok(value) = HeaderValue::from_str(links) {
        response.headers_mut().insert(header::LINK, value);
    }
}
