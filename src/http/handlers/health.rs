//! Liveness and readiness, for whoever runs the container.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::reload_status::ReloadState;
use crate::http::request::params::NoParams;
use crate::http::response::envelope::{ReleaseRef, json};
use crate::http::response::problem::{Problem, ProblemBody};

/// That the service is alive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Alive {
    /// Always `alive`.
    pub(crate) status: &'static str,
}

/// That the service is ready, and what it serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Ready {
    /// Always `ready`; while it is not, the answer is a problem with status 503.
    pub(crate) status: &'static str,
    /// The release of the data that is served.
    pub(crate) dataset: ReleaseRef,
    /// How many records it has.
    pub(crate) records: usize,
    /// How the last reload of the data went.
    pub(crate) reload: ReloadState,
}

impl Ready {
    /// Ready with a dataset.
    pub(crate) fn with(dataset: &Dataset, reload: ReloadState) -> Self {
        let records = dataset.record_count();
        Self { status: "ready", dataset: (&dataset.release).into(), records, reload }
    }
}

fn now(body: &impl Serialize) -> Response {
    let mut response = json(serde_json::to_vec(body).unwrap_or_default());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whether the service is alive
///
/// Answers as long as the process can answer at all; restart it when it does not.
#[utoipa::path(
    get,
    path = "/livez",
    operation_id = "get_liveness",
    tag = "service",
    responses((status = 200, description = "Alive.", body = Alive, example = json!({"status": "alive"})))
)]
pub(crate) async fn live(_: NoParams) -> Response {
    now(&Alive { status: "alive" }).into_response()
}

/// Whether the service is ready
///
/// Ready once the data is loaded; no longer ready from the moment it is told to stop.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "get_readiness",
    tag = "service",
    responses(
        (status = 200, description = "Ready.", body = Ready),
        (status = 503, description = "About to stop: send requests elsewhere.", body = ProblemBody,
            content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ready(State(app): State<App>, _: NoParams) -> Result<Response, Problem> {
    if app.is_draining() {
        return Err(Problem::Draining);
    }
    Ok(now(&Ready::with(&app.current_dataset(), (*app.reload()).clone())))
}
