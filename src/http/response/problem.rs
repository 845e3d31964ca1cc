//! Errors of requests, as problem details (RFC 9457).

use std::error::Error;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::response::problem_kind::ProblemKind;
use crate::model::Collection;
use crate::query::{BadParameter, BadParameters, Table, nearest, shown};

/// A request that cannot be answered.
#[derive(Debug)]
pub enum Problem {
    /// Parameters that could not be understood, all of them.
    BadParameters(BadParameters),
    /// No record has that id.
    NoSuchRecord {
        /// What the record would be called.
        singular: &'static str,
        /// The id that was asked for.
        id: String,
        /// Ids that are near.
        near: Option<String>,
    },
    /// The record of that id was removed.
    Gone {
        /// What the record is called.
        singular: &'static str,
        /// The id that was asked for.
        id: String,
        /// The version of the release that removed it.
        removed_in: String,
        /// The version of the last release that has it.
        last: String,
        /// The address of the record in that release.
        href: String,
    },
    /// Nothing is served under that path.
    NoSuchRoute {
        /// The path that was asked for.
        path: String,
        /// A path that is near.
        near: Option<String>,
    },
    /// The path is served, but not by that method.
    MethodNotAllowed {
        /// The method that was used.
        method: String,
    },
    /// No format that the client accepts is served there.
    NotAcceptable {
        /// The media types that are.
        offered: Vec<&'static str>,
    },
    /// The data has changed since a walk through pages began.
    DatasetChanged {
        /// The digest that the walk began with.
        requested: String,
        /// The digest of the data that is served.
        served: String,
    },
    /// The address is too long.
    UriTooLong {
        /// How many bytes it may have.
        limit: usize,
    },
    /// The request is no HTTP, or has two meanings.
    Malformed {
        /// What was expected.
        detail: &'static str,
    },
    /// The headers of the request are too large.
    HeadersTooLarge {
        /// How many bytes address and headers may have.
        limit: usize,
    },
    /// The request has too many headers.
    TooManyHeaders {
        /// How many it may have.
        limit: usize,
    },
    /// The part of a file that was asked for lies beyond its end.
    RangeNotSatisfiable {
        /// How many bytes the file has.
        length: u64,
    },
    /// As many requests as the service works on at a time are being worked on.
    Busy,
    /// The service is about to stop.
    Draining,
    /// The request took too long.
    TimedOut,
    /// A fault of the service itself. The log has its cause; the client sees nothing of it but the id.
    Internal(Box<dyn Error + Send + Sync>),
}

/// How many ids before and after the place of an unknown one are compared with it.
const COMPARED: usize = 100;

/// An error, as RFC 9457 has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemBody {
    /// The kind of problem: an address that this service answers with an explanation.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem, in words that do not change.
    pub title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong with this request.
    pub detail: String,
    /// What happened this time: `urn:uuid:` of an id that the service makes (RFC 9562). Null only where none could be
    /// made.
    pub instance: Option<String>,
    /// The id of the request, which is in the log too: what the client sent as `X-Request-Id`, else the UUID of
    /// `instance`. Null only where no id could be given.
    pub request_id: Option<String>,
    /// The parameters at fault, or the near misses, the first ten at most; empty for problems that are not about
    /// parameters.
    pub errors: Vec<BadParameter>,
    /// How many more faults there are than `errors` tells.
    pub more_errors: u64,
}

impl Problem {
    /// One parameter that could not be understood.
    pub fn bad_parameter(bad: BadParameter) -> Self {
        Self::BadParameters(bad.into())
    }

    /// A fault of the service itself, with its cause.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// No record of a collection has that id.
    pub fn no_such<C: Collection>(table: &Table<C>, id: &str) -> Self {
        Self::NoSuchRecord {
            singular: C::SINGULAR,
            id: id.chars().take(100).collect(),
            near: nearest(id, beside(table.records(), id)).map(str::to_owned),
        }
    }

    fn kind(&self) -> ProblemKind {
        match self {
            Self::BadParameters(_) => ProblemKind::InvalidParameters,
            Self::NoSuchRecord { .. } => ProblemKind::NoSuchRecord,
            Self::Gone { .. } => ProblemKind::Gone,
            Self::NoSuchRoute { .. } => ProblemKind::NoSuchRoute,
            Self::MethodNotAllowed { .. } => ProblemKind::MethodNotAllowed,
            Self::NotAcceptable { .. } => ProblemKind::NotAcceptable,
            Self::DatasetChanged { .. } => ProblemKind::DatasetChanged,
            Self::UriTooLong { .. } => ProblemKind::UriTooLong,
            Self::Malformed { .. } => ProblemKind::Malformed,
            Self::HeadersTooLarge { .. } | Self::TooManyHeaders { .. } => {
                ProblemKind::HeadersTooLarge
            }
            Self::RangeNotSatisfiable { .. } => ProblemKind::RangeNotSatisfiable,
            Self::Busy | Self::Draining | Self::TimedOut => ProblemKind::Unavailable,
            Self::Internal(_) => ProblemKind::Internal,
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::BadParameters(bad) => match bad.reported() {
                [one] if bad.count() == 1 => format!("`{}`: {}", one.parameter, one.detail),
                _ => format!("{} faults in the parameters", bad.count()),
            },
            Self::NoSuchRecord { singular, id, .. } => {
                format!("no {singular} has the id `{}`", shown(id))
            }
            Self::Gone { singular, id, removed_in, last, href } => format!(
                "the {singular} `{id}` was removed in release {removed_in}; release {last} is the last that has it: {href}"
            ),
            Self::NoSuchRoute { path, .. } => format!("nothing is served at `{}`", shown(path)),
            Self::MethodNotAllowed { method } => {
                format!("`{}` is not allowed here; GET, HEAD and OPTIONS are", shown(method))
            }
            Self::NotAcceptable { offered } => format!("served here: {}", offered.join(", ")),
            Self::DatasetChanged { requested, served } => format!(
                "the walk began with the dataset `{}`, but `{served}` is served now; start again at the first page",
                shown(requested)
            ),
            Self::UriTooLong { limit } => format!("an address may have at most {limit} bytes"),
            Self::Malformed { detail } => (*detail).to_owned(),
            Self::HeadersTooLarge { limit } => {
                format!("address and headers may have at most {limit} bytes together")
            }
            Self::TooManyHeaders { limit } => format!("a request may have at most {limit} headers"),
            Self::RangeNotSatisfiable { length } => {
                format!("the file has {length} bytes, and the range begins behind them")
            }
            Self::Busy => "more requests than the service works on at a time; ask again".to_owned(),
            Self::Draining => "the service is about to stop; ask again".to_owned(),
            Self::TimedOut => "the request took too long; ask again, or for less".to_owned(),
            Self::Internal(_) => {
                "a fault of the service; it has been logged under this id".to_owned()
            }
        }
    }

    /// The faults that are told, and how many more there are.
    fn errors(self) -> (Vec<BadParameter>, u64) {
        match self {
            Self::BadParameters(bad) => bad.into_parts(),
            other => (other.near_misses(), 0),
        }
    }

    fn near_misses(self) -> Vec<BadParameter> {
        let named = |parameter: &str, value: String, detail: &str, near: Option<String>| {
            vec![BadParameter {
                did_you_mean: near,
                ..BadParameter::malformed(parameter, &value, detail)
            }]
        };
        match self {
            Self::NoSuchRecord { id, near, .. } => named("id", id, "no such record", near),
            Self::Gone { id, last, .. } => {
                let detail = "removed; the releases that are allowed here have it";
                let mut errors = named("id", id, detail, None);
                errors[0].allowed = vec![last];
                errors
            }
            Self::NoSuchRoute { path, near } => named("path", path, "no such path", near),
            Self::NotAcceptable { offered } => vec![BadParameter {
                parameter: "Accept".to_owned(),
                value: None,
                detail: "none of the media types that the request accepts is served here"
                    .to_owned(),
                allowed: offered.into_iter().map(str::to_owned).collect(),
                allowed_at: None,
                did_you_mean: None,
            }],
            Self::DatasetChanged { requested, served } => {
                let mut errors = named("dataset", requested, "no longer served", None);
                errors[0].allowed = vec![served];
                errors
            }
            _ => Vec::new(),
        }
    }
}

/// The ids that stand beside one that is not there, in the order of ids, as it is spelled and in small letters: a
/// misspelled id shares its beginning with the one that was meant. All ids of a large collection would take the
/// service as long as thousands of good requests, and anybody could ask for that.
fn beside<'r, C: Collection>(records: &'r [C], id: &str) -> impl Iterator<Item = &'r str> {
    let around = |id: &str| {
        let place = records.partition_point(|record| record.id() < id);
        let last = records.len().min(place + COMPARED);
        place.saturating_sub(COMPARED)..last
    };
    let (spelt, small) = (around(id), around(&id.to_lowercase()));
    // No id is compared twice.
    let rest = if small.start < spelt.start {
        small.start..small.end.min(spelt.start)
    } else {
        small.start.max(spelt.end)..small.end
    };
    spelt.chain(rest).map(|row| records[row].id())
}

/// A problem that a response carries until middleware renders it: with the request's id and the public base, which
/// handlers do not know.
#[derive(Debug, Clone)]
pub(crate) struct PendingProblem {
    /// What the client sees, still without ids and public base.
    pub(crate) body: ProblemBody,
    /// Why the service failed; none for problems of the request.
    pub(crate) cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = self.kind();
        let detail = self.detail();
        let content_range = match &self {
            Self::RangeNotSatisfiable { length } => {
                HeaderValue::try_from(format!("bytes */{length}")).ok()
            }
            _ => None,
        };
        let ((errors, more_errors), cause) = match self {
            Self::Internal(cause) => ((Vec::new(), 0), Some(Arc::from(cause))),
            other => (other.errors(), None),
        };
        let body = ProblemBody {
            kind: kind.path(),
            title: kind.title(),
            status: kind.status().as_u16(),
            detail,
            instance: None,
            request_id: None,
            errors,
            more_errors,
        };
        let mut response = kind.status().into_response();
        if let Some(content_range) = content_range {
            response.headers_mut().insert(header::CONTENT_RANGE, content_range);
        }
        response.extensions_mut().insert(PendingProblem { body, cause });
        response
    }
}

/// Renders a problem.
pub(crate) fn into_http(body: &ProblemBody) -> Response {
    let status = StatusCode::from_u16(body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let json = serde_json::to_vec(body).expect("a problem holds only what JSON can hold");
    let mut response = (status, json).into_response();
    let media = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    put_headers(&mut response);
    response
}

/// Puts on a response what its status asks for, whatever form the problem has.
pub(crate) fn put_headers(response: &mut Response) {
    let status = response.status();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::dataset::Dataset;

    #[test]
    fn an_unknown_id_is_compared_with_those_beside_it_and_never_with_all() {
        let data = Dataset::embedded().expect("the embedded dataset loads");
        let records = data.assistance_funding.records();
        assert!(records.len() > 4 * COMPARED, "the table is too small to show a bound");
        for id in ["", "COL-FMF-2017-2023", "col-fmf-2017-2032", "Mmm", "zzz", "\u{fc}"] {
            let compared: Vec<_> = beside(records, id).collect();
            assert!((COMPARED..=4 * COMPARED).contains(&compared.len()), "{id}");
            let different: BTreeSet<_> = compared.iter().collect();
            assert_eq!(different.len(), compared.len(), "{id} is compared with an id twice");
        }
    }

    #[test]
    fn a_misspelt_id_is_found_whether_in_small_letters_or_not() {
        let data = Dataset::embedded().expect("the embedded dataset loads");
        for id in ["col-fmf-2017-2032", "COL-FMF-2017-2023", "col-fmf-2017-2023x"] {
            let problem = Problem::no_such(&data.assistance_funding, id);
            let near = problem.errors().0.pop().and_then(|error| error.did_you_mean);
            assert_eq!(near.as_deref(), Some("col-fmf-2017-2023"), "{id}");
        }
    }
}
