//! Renders problems: puts in what handlers do not know, and logs the cause of internal ones.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use super::observe::{RequestId, UNMATCHED};
use crate::http::app::App;
use crate::http::response::problem::{PendingProblem, into_http};

const ALLOWED: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

/// Renders problems, with the request's id and the public base.
pub(super) async fn render_problems(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let mut response = render(&app, response, &method, id.as_ref(), route.as_ref());
    if method == Method::OPTIONS {
        response.headers_mut().insert(header::ALLOW, ALLOWED);
    }
    response
}

/// Renders the problem that a response carries; any other response stays as it is.
pub(super) fn render(
    app: &App,
    mut response: Response,
    method: &Method,
    id: Option<&RequestId>,
    route: Option<&MatchedPath>,
) -> Response {
    let Some(problem) = response.extensions_mut().remove::<PendingProblem>() else {
        return response;
    };
    let PendingProblem { mut body, cause } = problem;
    let instance = id.map(|id| id.instance().urn().to_string());
    if let Some(cause) = cause {
        tracing::error!(
            request_id = id.map(RequestId::as_str),
            instance,
            method = method.as_str(),
            route = route.map_or(UNMATCHED, MatchedPath::as_str),
            error = %Chain(&*cause),
            "a request failed"
        );
    }
    body.kind = app.links().path(&body.kind);
    for at in body.errors.iter_mut().filter_map(|error| error.allowed_at.as_mut()) {
        *at = app.links().path(at);
    }
    body.instance = instance;
    body.request_id = id.map(|id| id.as_str().to_owned());
    // What inner layers added stays: CORS and security headers are for problems too.
    let (mut parts, body) = into_http(&body).into_parts();
    for (name, value) in response.headers() {
        if *name != header::CONTENT_LENGTH && !parts.headers.contains_key(name) {
            parts.headers.append(name, value.clone());
        }
    }
    Response::from_parts(parts, body)
}

/// An error with its causes, outermost first, in one line.
struct Chain<'e>(&'e (dyn Error + 'static));

impl Display for Chain<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Layer(&'static str, #[source] Option<Box<Layer>>);

    #[test]
    fn the_whole_chain_of_causes_is_written_outermost_first() {
        let inner = Layer("the disk is full", None);
        let outer = Layer("a file could not be written", Some(Box::new(inner)));
        assert_eq!(Chain(&outer).to_string(), "a file could not be written: the disk is full");
    }
}
