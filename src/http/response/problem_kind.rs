//! The kinds of problems: their names, their statuses, what they mean and what to do about them.

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    InvalidParameters,
    NoSuchRecord,
    Gone,
    NoSuchRoute,
    MethodNotAllowed,
    NotAcceptable,
    DatasetChanged,
    UriTooLong,
    RangeNotSatisfiable,
    Malformed,
    HeadersTooLarge,
    Unavailable,
    Internal,
}

/// What a kind of problem means and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Explanation {
    /// The address of this explanation, which problems carry as their `type`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The kind of problem.
    pub(crate) title: &'static str,
    /// The HTTP status that it comes with.
    pub(crate) status: u16,
    /// What it means.
    pub(crate) meaning: &'static str,
    /// What to do about it.
    pub(crate) remedy: &'static str,
}

impl ProblemKind {
    pub(crate) const ALL: [Self; 13] = [
        Self::InvalidParameters,
        Self::NoSuchRecord,
        Self::Gone,
        Self::NoSuchRoute,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::DatasetChanged,
        Self::UriTooLong,
        Self::RangeNotSatisfiable,
        Self::Malformed,
        Self::HeadersTooLarge,
        Self::Unavailable,
        Self::Internal,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::InvalidParameters => "invalid-parameters",
            Self::NoSuchRecord => "no-such-record",
            Self::Gone => "gone",
            Self::NoSuchRoute => "no-such-route",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable => "not-acceptable",
            Self::DatasetChanged => "dataset-changed",
            Self::UriTooLong => "uri-too-long",
            Self::RangeNotSatisfiable => "range-not-satisfiable",
            Self::Malformed => "malformed-request",
            Self::HeadersTooLarge => "headers-too-large",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    pub(crate) fn path(self) -> String {
        format!("/problems/{}", self.name())
    }

    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::InvalidParameters | Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NoSuchRecord | Self::NoSuchRoute => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::DatasetChanged => StatusCode::CONFLICT,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::InvalidParameters => "Invalid parameters",
            Self::NoSuchRecord => "No such record",
            Self::Gone => "Record removed",
            Self::NoSuchRoute => "No such path",
            Self::MethodNotAllowed => "Method not allowed",
            Self::NotAcceptable => "Not acceptable",
            Self::DatasetChanged => "The dataset has changed",
            Self::UriTooLong => "Address too long",
            Self::RangeNotSatisfiable => "Range not satisfiable",
            Self::Malformed => "Malformed request",
            Self::HeadersTooLarge => "Headers too large",
            Self::Unavailable => "Unavailable for the moment",
            Self::Internal => "Internal fault",
        }
    }

    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::InvalidParameters => (
                "One or more query parameters are unknown, given twice, empty, or hold a value that is not allowed. Nothing is ignored in silence, because a filter that is ignored answers another question.",
                "Look at `errors`: each entry names the parameter, its value, what is allowed, and what was most likely meant.",
            ),
            Self::NoSuchRecord => (
                "The collection has no record with that id. Ids are permanent: one that was published is never renamed.",
                "Look at `errors[0].did_you_mean`, or list the collection.",
            ),
            Self::Gone => (
                "The record was published and is no longer in the data. Former releases still have it.",
                "Ask for it with `release=`, of which `errors[0].allowed` has the last release that holds it; `/v1/changes?record=` says why it was removed.",
            ),
            Self::NoSuchRoute => (
                "Nothing is served at that path.",
                "Start at /v1, which links every collection, or read /openapi.json.",
            ),
            Self::MethodNotAllowed => (
                "The service is read only.",
                "Use GET, HEAD or OPTIONS; the `Allow` header says so too.",
            ),
            Self::NotAcceptable => (
                "The `Accept` header rules out every format that is served at that path.",
                "Send one of `errors[0].allowed`, or leave the header out. Lists also take `format=`, which wins over `Accept`.",
            ),
            Self::DatasetChanged => (
                "A walk through pages began with one release of the data, and another is served now. Pages of two releases do not fit together: records would be missed or met twice.",
                "Start the walk again at the first page, without `dataset`.",
            ),
            Self::UriTooLong => (
                "The address of the request has more bytes than the service reads.",
                "Ask for fewer values at once.",
            ),
            Self::RangeNotSatisfiable => (
                "The request asks for a part of a file that lies beyond its end.",
                "Look at `Content-Range`, which says how long the file is, or leave the `Range` header out.",
            ),
            Self::Malformed => (
                "The request is no HTTP that the service reads, or could be read in two ways. It was not looked at any further, and the connection is closed.",
                "Look at `detail`. Most often an address holds a character that must be percent-encoded, such as a space (%20) or `#` (%23), or the `Host` header is missing.",
            ),
            Self::HeadersTooLarge => (
                "The request has more headers, or more bytes of them, than the service reads.",
                "Send fewer or shorter headers. Cookies are never needed here.",
            ),
            Self::Unavailable => (
                "The service cannot answer just now: it is starting, stopping, or busy.",
                "Wait for as long as `Retry-After` says and ask again.",
            ),
            Self::Internal => (
                "The service met a fault of its own. Nothing about the request needs to change.",
                "Ask again; if it stays, report the `request_id` of the problem, by which the log finds it.",
            ),
        }
    }

    pub(crate) fn explanation(self, kind: String) -> Explanation {
        let (meaning, remedy) = self.texts();
        Explanation { kind, title: self.title(), status: self.status().as_u16(), meaning, remedy }
    }
}
