//! The responses that operations share: what can go wrong, and what the answers' headers mean.

use serde_json::{Map, Value as Json, json};

use super::operation::component;
use crate::http::app::links::Links;
use crate::http::response::problem_kind::ProblemKind;
use crate::render::Format;
use crate::words::capitalized;

/// Paths whose answers are of this moment: they have no validator.
const MOMENTARY: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// The media types of files that are read by byte ranges.
const FILES: [&str; 3] =
    [Format::Xlsx.media_type(), Format::Parquet.media_type(), "application/zip"];

/// The responses of an operation beside its success, by status: they follow from its path and its parameters.
fn standard_responses(path: &str, operation: &Json) -> Vec<(&'static str, &'static str)> {
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    let takes = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
    let momentary = MOMENTARY.contains(&path);
    let content = operation["responses"]["200"]["content"].as_object();
    let is_file =
        content.is_some_and(|content| FILES.iter().any(|file| content.contains_key(*file)));
    let all = [
        ("206", "PartialContent", is_file),
        ("304", "NotModified", !momentary),
        ("400", "InvalidParameters", true),
        ("404", "NoSuchRecord", path.contains('{')),
        ("410", "Gone", path.ends_with("/{id}")),
        ("406", "NotAcceptable", takes("format")),
        ("409", "DatasetChanged", takes("dataset")),
        ("431", "HeadersTooLarge", true),
        ("414", "UriTooLong", true),
        ("416", "RangeNotSatisfiable", is_file),
        ("500", "Internal", true),
        ("503", "Unavailable", true),
    ];
    all.into_iter().filter(|(.., can_be)| *can_be).map(|(status, name, _)| (status, name)).collect()
}

/// Adds the responses that an operation shares with others, where it does not describe its own.
pub(super) fn complete(path: &str, operation: &mut Json) {
    let standard = standard_responses(path, operation);
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, name) in standard {
        responses.entry(status).or_insert_with(|| component("responses", name));
    }
    responses.sort_keys();
}

/// The shared responses, by their names.
pub(super) fn responses(links: &Links) -> Json {
    // No documented operation can meet these: they are of other paths and methods, or of what could not be read.
    let elsewhere =
        [ProblemKind::NoSuchRoute, ProblemKind::MethodNotAllowed, ProblemKind::Malformed];
    let here = ProblemKind::ALL.into_iter().filter(|kind| !elsewhere.contains(kind));
    let problems = here.map(|kind| {
        let explanation = kind.explanation(links.path(&kind.path()));
        let name: String = kind.name().split('-').map(capitalized).collect();
        let response = json!({
            "description": format!("{}. {}", explanation.title, explanation.meaning),
            "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemBody"}}},
        });
        (name, response)
    });
    let not_modified = json!({
        "description": "The answer has not changed: it is the one that `If-None-Match` names.",
        "headers": {
            "ETag": {"$ref": "#/components/headers/ETag"},
            "Cache-Control": {"$ref": "#/components/headers/Cache-Control"},
        },
    });
    let mut all: Map<String, Json> = problems.collect();
    let partial = json!({
        "description": "The part of the file that the `Range` header asks for.",
        "headers": {
            "ETag": component("headers", "ETag"),
            "Content-Range": component("headers", "Content-Range"),
        },
    });
    all.insert("NotModified".to_owned(), not_modified);
    all.insert("PartialContent".to_owned(), partial);
    Json::Object(all)
}

/// The headers of answers, by their names.
pub(super) fn headers() -> Json {
    let header = |about: &str, example: &str| json!({"description": about, "schema": {"type": "string"}, "example": example});
    json!({
        "ETag": header("The validator of the answer: release, build, query and format. Weak but for files that are never compressed.", "W/\"9e991af7eef489d0-1f2e3d4c5b6a7988\""),
        "Content-Range": header("Which bytes of the file these are, and how many it has.", "bytes 0-1023/41356"),
        "Cache-Control": header("How long the answer may be kept.", "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400"),
        "Link": header("RFC 8288 links: first, prev, next, last, alternate formats, cite-as, describedby, license.", "</openapi.json>; rel=\"describedby\""),
        "X-Request-Id": header("The id of the request: the client's own if it was well formed, else a new one.", "0192f0c1-7f4e-7cc3-98c4-dc0c0c07398f"),
    })
}
