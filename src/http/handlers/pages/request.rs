//! What a page is asked for by: its language, its release, its parameters.

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::app::App;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::negotiate::Accept;
use crate::http::request::params::QueryParams;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, ETagKey, conditional};
use crate::http::response::link_header;
use crate::http::response::page::{html, render};
use crate::http::response::problem::Problem;
use crate::model::Vocabulary;
use crate::pages::{Site, WebPage, in_language};
use crate::words::Language;

/// The longest address that a form is led to; a longer question is answered where it was asked.
const LONGEST_REDIRECT: usize = 2048;

/// A request for a page. Cheap to clone.
#[derive(Clone)]
pub(crate) struct WebRequest {
    /// The service, pinned to the release that the request names.
    pub(crate) app: PinnedApp,
    /// The language of the page.
    pub(crate) language: Language,
    conditions: Conditions,
}

/// Why a request for a page has no page.
pub(crate) enum Rejection {
    /// The question has a shorter address.
    Tidy(String),
    /// It could not be understood.
    Problem(Problem),
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match self {
            Self::Tidy(address) => match HeaderValue::from_str(&address) {
                Ok(location) => {
                    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
                }
                Err(error) => Problem::internal(error).into_response(),
            },
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl From<Problem> for Rejection {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// A request for a page, with its parameters.
pub(crate) struct AskedPage {
    /// Who asks, and of which release.
    pub(crate) request: WebRequest,
    /// What is asked.
    pub(crate) params: QueryParams,
}

/// A request for a page before its release is known.
struct Asked {
    language: Language,
    /// The query string, tidied.
    query: String,
    conditions: Conditions,
}

impl Asked {
    async fn read(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let found = Extension::<Language>::from_request_parts(parts, app).await;
        let language = found.map_or(Language::En, |Extension(language)| language);
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let tidied = tidy(&query);
        let path = in_language(parts.uri.path(), language);
        if let Some(tidied) = &tidied {
            let separator = if tidied.is_empty() { "" } else { "?" };
            let address =
                app.links().without_host(app.links().path(&format!("{path}{separator}{tidied}")));
            if address.len() <= LONGEST_REDIRECT {
                return Err(Rejection::Tidy(address));
            }
        }
        let Ok(conditions) = Conditions::from_request_parts(parts, &()).await;
        Ok(Self { language, query: tidied.unwrap_or(query), conditions })
    }
}

impl FromRequestParts<App> for AskedPage {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let Asked { language, query, conditions } = Asked::read(parts, app).await?;
        let app = PinnedApp::from_request_parts(parts, app).await?;
        let params = QueryParams::of_page(&query, app.version());
        Ok(Self { request: WebRequest { app, language, conditions }, params })
    }
}

/// A request for a page about releases, which is the same whichever release is named; `release` is a parameter like any
/// other.
pub(crate) struct UnpinnedPage(pub(crate) AskedPage);

impl FromRequestParts<App> for UnpinnedPage {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Rejection> {
        let Asked { language, query, conditions } = Asked::read(parts, app).await?;
        let request = WebRequest { app: app.current(), language, conditions };
        Ok(Self(AskedPage { request, params: QueryParams::new(Some(&query), Accept::default()) }))
    }
}

/// A query string as a form sends it, without its empty fields and with repeats of one name joined; none where it is so
/// already.
fn tidy(query: &str) -> Option<String> {
    let mut pairs: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut changed = false;
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if value.is_empty() {
            changed = true;
            continue;
        }
        match pairs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => {
                changed = true;
                values.push(value);
            }
            None => pairs.push((name, vec![value])),
        }
    }
    let joined = pairs.iter().map(|(name, values)| format!("{name}={}", values.join(",")));
    changed.then(|| joined.collect::<Vec<_>>().join("&"))
}

impl WebRequest {
    /// Answers with a page: 304 where the client has it. `key` identifies the question.
    pub(crate) async fn answer(
        &self,
        key: ETagKey,
        make: impl Future<Output = Result<Made, Problem>>,
    ) -> Result<Response, Problem> {
        let mut key = key;
        key.add("page");
        key.add(self.language.word());
        let dataset = self.app.dataset();
        conditional(&self.app, &dataset.release, key, &self.conditions, async {
            let Made { body, data } = make.await?;
            let mut response = body;
            if let Some(data) = data {
                let DataLink { path, query } = data;
                link_header::of_page(
                    &mut response,
                    self.app.links(),
                    &dataset.release,
                    &path,
                    &query,
                );
            }
            Ok(response)
        })
        .await
    }

    /// Makes a page.
    pub(crate) fn make(&self, make: impl FnOnce(&Site<'_>) -> WebPage) -> Made {
        render(&self.app, self.language, |site| {
            let page = make(site);
            let data = page
                .data
                .as_ref()
                .map(|path| DataLink { path: path.clone(), query: page.data_query.clone() });
            Made { body: html(site, &page), data }
        })
    }

    /// Makes a page that takes half a millisecond or more, off the workers.
    pub(crate) async fn make_blocking(
        &self,
        make: impl FnOnce(&Site<'_>) -> WebPage + Send + 'static,
    ) -> Result<Made, Problem> {
        let request = self.clone();
        run_blocking(move || request.make(make)).await
    }
}

/// A page that was made.
pub(crate) struct Made {
    body: Response,
    data: Option<DataLink>,
}

/// Where the same answer is as data.
pub(crate) struct DataLink {
    /// The path, below `/v1`.
    pub(crate) path: String,
    /// The question.
    pub(crate) query: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn empty_fields_are_dropped_and_repeats_are_joined() {
        assert_eq!(
            tidy("partner=COL&q=&stage=provided&stage=actual").as_deref(),
            Some("partner=COL&stage=provided,actual")
        );
        assert_eq!(tidy("q=").as_deref(), Some(""));
        assert_eq!(tidy("partner=COL&q=a"), None);
        assert_eq!(tidy(""), None);
    }
}
