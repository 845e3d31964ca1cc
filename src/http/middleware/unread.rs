//! Requests that could not be read, and so match no route: they get a problem, a line in the log and a place in the
//! metrics like all others.

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request};
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use tower::{Layer, ServiceExt as _};

use super::observe::{Observe, ObserveService, RouteLabel};
use super::problems::render_problems;
use super::{cors, security_headers};
use crate::http::app::App;
use crate::http::response::problem::Problem;

/// The label of requests that could not be read.
const UNREAD: RouteLabel = RouteLabel("unread");

/// The method of a request whose method is not known.
const UNKNOWN: &str = "-";

/// Why a request could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is no HTTP, or has two meanings.
    Malformed {
        /// What was expected.
        detail: &'static str,
    },
    /// Its address is too long.
    UriTooLong {
        /// How many bytes it may have.
        limit: usize,
    },
    /// Its headers are too large.
    HeadersTooLarge {
        /// How many bytes address and headers may have.
        limit: usize,
    },
    /// It has too many headers.
    TooManyHeaders {
        /// How many it may have.
        limit: usize,
    },
}

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Malformed { detail } => Self::Malformed { detail },
            Unread::UriTooLong { limit } => Self::UriTooLong { limit },
            Unread::HeadersTooLarge { limit } => Self::HeadersTooLarge { limit },
            Unread::TooManyHeaders { limit } => Self::TooManyHeaders { limit },
        }
    }
}

/// Answers requests that could not be read. Cheap to clone.
#[derive(Clone)]
pub struct UnreadResponder(ObserveService<Router>);

impl UnreadResponder {
    /// Answers for a service.
    pub fn new(app: &App) -> Self {
        let router = Router::new()
            .fallback(|Extension(unread): Extension<Unread>| async { Problem::from(unread) })
            .layer(from_fn(security_headers))
            .layer(cors())
            .layer(from_fn_with_state(app.clone(), render_problems))
            .layer(map_response(async |mut response: Response| {
                response.extensions_mut().insert(UNREAD);
                response
            }));
        Self(Observe(app.telemetry().clone()).layer(router))
    }

    /// The problem, as every other is rendered, logged and counted. `method` is that of the request, if it is known.
    pub async fn respond(self, unread: Unread, method: Option<String>) -> Response {
        let mut request = Request::new(Body::empty());
        // CORS answers OPTIONS by itself, and a HEAD has the headers of a GET.
        let method = method.filter(|method| !["HEAD", "OPTIONS"].contains(&method.as_str()));
        let method = method.as_deref().unwrap_or(UNKNOWN);
        *request.method_mut() = Method::from_bytes(method.as_bytes()).unwrap_or_default();
        request.extensions_mut().insert(unread);
        let Ok(response) = self.0.oneshot(request).await;
        response
    }
}
