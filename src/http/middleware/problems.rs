//! Renders problems: puts in what handlers do not know, and logs the cause of internal ones.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::observe::{RequestId, UNMATCHED};
use crate::http::app::App;
use crate::http::response::page::{self, PageRoute, page_path};
use crate::http::response::problem::{PendingProblem, ProblemBody, into_http, put_headers};
use crate::http::response::problem_kind::ProblemKind;
use crate::pages::{self, problem::ProblemPage};
use crate::words::Language;

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
    let page = FaultyPage::of(&request);
    let response = next.run(request).await;
    let is_page = response.extensions().get::<PageRoute>().is_some();
    let mut response = match page.filter(|page| is_page || page.from_browser) {
        Some(page) => render_as(&app, response, &method, id.as_ref(), route.as_ref(), |body| {
            page.respond(&app, body)
        }),
        None => render(&app, response, &method, id.as_ref(), route.as_ref()),
    };
    if method == Method::OPTIONS {
        response.headers_mut().insert(header::ALLOW, ALLOWED);
    }
    response
}

/// Renders the problem that a response carries as JSON; any other response stays as it is.
pub(super) fn render(
    app: &App,
    response: Response,
    method: &Method,
    id: Option<&RequestId>,
    route: Option<&MatchedPath>,
) -> Response {
    render_as(app, response, method, id, route, into_http)
}

/// Renders the problem that a response carries in one form.
fn render_as(
    app: &App,
    mut response: Response,
    method: &Method,
    id: Option<&RequestId>,
    route: Option<&MatchedPath>,
    form: impl FnOnce(&ProblemBody) -> Response,
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
    let (mut parts, body) = form(&body).into_parts();
    for (name, value) in response.headers() {
        if *name != header::CONTENT_LENGTH && !parts.headers.contains_key(name) {
            parts.headers.append(name, value.clone());
        }
    }
    Response::from_parts(parts, body)
}

/// A page that was asked for, in case there is a problem instead.
struct FaultyPage {
    language: Language,
    /// Its path, without the language.
    path: String,
    /// Its question as it was sent.
    query: Vec<(String, String)>,
    /// Whether a browser asks, which shows a page wherever there is nothing.
    from_browser: bool,
}

impl FaultyPage {
    /// The page that a request may be for.
    fn of(request: &Request) -> Option<Self> {
        let (language, path) = page_path(request.uri().path())?;
        let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
        let from_browser = accept.is_some_and(|accept| accept.contains("text/html"));
        let query = request.uri().query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).take(MOST_FIELDS);
        let cut = |text: &str| text.chars().take(LONGEST_FIELD).collect::<String>();
        let query = query.map(|(name, value)| (cut(&name), cut(&value)));
        // There the release is what is asked, not who answers.
        let is_asked = path == "/releases/check";
        let query = query.filter(|(name, _)| is_asked || name != "release").collect();
        let path = path.chars().take(LONGEST_FIELD).collect();
        Some(Self { language, path, query, from_browser })
    }

    fn respond(&self, app: &App, body: &ProblemBody) -> Response {
        // The base was put before the paths of the JSON form.
        let kind = body.kind.rsplit('/').next().unwrap_or_default();
        let known = ProblemKind::ALL.into_iter().find(|known| known.name() == kind);
        let remedy = known.map(|known| known.explanation(String::new()).remedy);
        let problem = ProblemPage {
            status: body.status,
            title: body.title,
            detail: &body.detail,
            remedy: remedy.unwrap_or_default(),
            explained_at: known.map(ProblemKind::path).unwrap_or_default(),
            errors: &body.errors,
            more_errors: body.more_errors,
            request_id: body.request_id.as_deref(),
            sent: &self.query,
        };
        let mut response = page::render(&app.current(), self.language, |site| {
            page::html(site, &pages::problem::page(site, &self.path, &problem))
        });
        *response.status_mut() = StatusCode::from_u16(body.status).unwrap_or_default();
        put_headers(&mut response);
        response
    }
}

/// How much of a question a form is filled with again.
const MOST_FIELDS: usize = 50;
const LONGEST_FIELD: usize = 200;

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
