//! The `Link` header (RFC 8288): pages, other formats, description and licence.

use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::links::{Links, Place};
use crate::dataset::Release;
use crate::model::Vocabulary;
use crate::render::Format;

/// Links a list to its other pages and formats, its description and its licence.
pub(super) fn of_list(
    response: &mut Response,
    links: &Links,
    release: &Release,
    place: Place<'_>,
    repeated: &[(&str, &str)],
) {
    let page = links.page(place, repeated);
    let mut header = vec![relation(&page.first, "first"), relation(&page.last, "last")];
    header.extend(page.prev.as_deref().map(|prev| relation(prev, "prev")));
    header.extend(page.next.as_deref().map(|next| relation(next, "next")));
    for format in Format::ALL {
        let only_json = |name: &str| matches!(name, "format" | "bom" | "facets");
        let kept = repeated.iter().copied().filter(|(name, _)| !only_json(name));
        let address = links.query(place.path, kept.chain([("format", format.word())]));
        header.push(format!("<{address}>; rel=\"alternate\"; type=\"{}\"", format.media_type()));
    }
    header.extend(always(links, release));
    put(response, &header);
}

/// Links a record to its list, its description and its licence.
pub(super) fn of_record(
    response: &mut Response,
    links: &Links,
    release: &Release,
    collection: &str,
) {
    let mut header = vec![relation(&links.path(&format!("/v1/{collection}")), "collection")];
    header.extend(always(links, release));
    put(response, &header);
}

fn always(links: &Links, release: &Release) -> [String; 2] {
    [
        relation(&links.path("/openapi.json"), "describedby"),
        relation(release.licence.url.as_str(), "license"),
    ]
}

fn relation(address: &str, relation: &str) -> String {
    format!("<{address}>; rel=\"{relation}\"")
}

fn put(response: &mut Response, links: &[String]) {
    // Addresses are percent-encoded, so that only a licence's own address could fail to be a header.
    if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
        response.headers_mut().insert(header::LINK, value);
    }
}
