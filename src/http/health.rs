//! Liveness and readiness, for whoever runs the container.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Stamp, json};
use super::app::App;
use super::problem::{Problem, ProblemBody};
use super::reload_state::ReloadState;
use crate::dataset::Dataset;

/// That the service is alive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Alive {
    /// Always `alive`.
    pub(super) status: &'static str,
}

/// That the service is ready, and what it serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Ready {
    /// Always `ready`; while it is not, the answer is a problem with status 503.
    pub(super) status: &'static str,
    /// The release of the data that is served.
    pub(super) dataset: Stamp,
    /// How many records it has.
    pub(super) records: usize,
    /// How the last reload of the data went.
    pub(super) reload: ReloadState,
}

impl Ready {
    /// Ready with a dataset.
    pub(super) fn with(dataset: &Dataset, reload: ReloadState) -> Self {
        let records = dataset.tables().iter().map(|table| table.count()).sum();
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
pub(super) async fn live() -> Response {
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
pub(super) async fn ready(State(app): State<App>) -> Result<Response, Problem> {
    if app.is_draining() {
        return Err(Problem::Draining);
    }
    Ok(now(&Ready::with(&app.dataset(), (*app.reload()).clone())))
}
