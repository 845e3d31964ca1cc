//! The OpenAPI document and the page that shows it, as they are served.

use std::io::{self, Read as _};
use std::sync::{Arc, OnceLock};

use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;
use utoipa_swagger_ui::{Config, SwaggerFile};

use crate::http::app::App;
use crate::http::request::params::NoParams;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional_bytes};
use crate::http::response::problem::Problem;

/// The OpenAPI document as it is served and checked in.
pub struct Document {
    /// As JSON, indented.
    pub json: String,
    /// As YAML.
    pub yaml: String,
}

/// The document, made when it is first asked for: most services are never asked, and all of them start sooner
/// without it.
#[derive(Clone)]
pub(crate) struct LazyDocument(Arc<Lazy>);

struct Lazy {
    document: OnceLock<Document>,
    make: Box<dyn Fn() -> Document + Send + Sync>,
}

impl LazyDocument {
    /// A document that `make` makes.
    pub(crate) fn new(make: impl Fn() -> Document + Send + Sync + 'static) -> Self {
        Self(Arc::new(Lazy { document: OnceLock::new(), make: Box::new(make) }))
    }

    /// The document; made on a thread where it keeps no request waiting.
    ///
    /// # Errors
    /// A fault of the service.
    async fn get(&self) -> Result<&Document, Problem> {
        if self.0.document.get().is_none() {
            let lazy = Arc::clone(&self.0);
            run_blocking(move || {
                lazy.document.get_or_init(|| (lazy.make)());
            })
            .await?;
        }
        self.0.document.get().ok_or_else(|| Problem::internal("the OpenAPI document was not made"))
    }
}

/// `/openapi.json`
pub(crate) async fn as_json(
    Extension(document): Extension<LazyDocument>,
    _: NoParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let media_type = HeaderValue::from_static("application/json");
    Ok(conditional_bytes(&conditions, media_type, document.get().await?.json.clone()))
}

/// `/openapi.yaml`
pub(crate) async fn as_yaml(
    Extension(document): Extension<LazyDocument>,
    _: NoParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let media_type = HeaderValue::from_static("application/yaml");
    Ok(conditional_bytes(&conditions, media_type, document.get().await?.yaml.clone()))
}

/// `/docs`: sends on to the folder, below which the page finds its files.
pub(crate) async fn docs(State(app): State<App>, _: NoParams) -> Response {
    let target = HeaderValue::from_str(&app.links().path("/docs/"));
    let location = target.unwrap_or(HeaderValue::from_static("/docs/"));
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response()
}

/// `/docs/`: the document as an interactive page, from the binary itself.
pub(crate) async fn docs_file(
    State(app): State<App>,
    file: Result<Path<String>, PathRejection>,
    _: NoParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let file = file.map(|Path(file)| file).unwrap_or_default();
    let document = app.links().path("/openapi.json");
    let config = Arc::new(Config::from(document).try_it_out_enabled(true));
    let found = utoipa_swagger_ui::serve(&file, config)
        .map_err(|error| Problem::internal(error.to_string()))?;
    let Some(found) = found else {
        return Err(Problem::NoSuchRoute { path: format!("/docs/{file}"), near: None });
    };
    let media_type = HeaderValue::from_str(&found.content_type).map_err(Problem::internal)?;
    let bytes = run_blocking(move || plain(&found)).await?.map_err(Problem::internal)?;
    Ok(conditional_bytes(&conditions, media_type, bytes))
}

/// The bytes of a file, which the binary carries compressed.
fn plain(file: &SwaggerFile<'_>) -> io::Result<Vec<u8>> {
    if !file.gzpipped {
        return Ok(file.bytes.to_vec());
    }
    let mut plain = Vec::new();
    GzDecoder::new(file.bytes.as_ref()).read_to_end(&mut plain)?;
    Ok(plain)
}
