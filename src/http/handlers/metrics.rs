//! `/metrics`: what the service counts, for Prometheus and whatever reads its format.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::health;
use crate::http::app::App;
use crate::http::request::params::NoParams;

/// The Prometheus text format.
const MEDIA: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// What the service counts
///
/// In the Prometheus text format, version 0.0.4: requests by route template, method and status; their duration;
/// connections; the response cache; the dataset that is served and its reloads; the process. What clients send
/// makes no new series. Not here when the service was told to serve its metrics on a listener of their own.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "get_metrics",
    tag = "service",
    responses((status = 200, description = "The metrics.", body = String, content_type = "text/plain"))
)]
pub(crate) async fn metrics(State(app): State<App>, _: NoParams) -> Response {
    let headers = [
        (header::CONTENT_TYPE, MEDIA),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, app.telemetry().metrics().text()).into_response()
}

/// The routes of a listener for whoever watches the service: metrics and health, nothing else.
pub fn metrics_router(app: &App) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .with_state(app.clone())
}
