//! The pages that explain the kinds of problems: what a problem's `type` leads to.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;

use crate::http::app::App;
use crate::http::request::params::QueryParams;
use crate::http::request::path_text::PathText;
use crate::http::response::conditional::{Conditions, conditional_bytes};
use crate::http::response::problem::Problem;
use crate::http::response::problem_kind::{Explanation, ProblemKind};
use crate::query::nearest;

/// Explain a kind of problem
///
/// What a problem's `type` leads to: its meaning and its remedy.
#[utoipa::path(
    get,
    path = "/v1/problems/{kind}",
    operation_id = "explain_problem",
    tag = "service",
    params(("kind" = String, Path, description = "The kind of problem, as the path of its `type` ends.",
        example = "invalid-parameters")),
    responses(
        (status = 200, description = "The explanation.", body = Explanation),
        (status = 404, description = "No kind of problem has that name.", body = crate::http::response::problem::ProblemBody,
            content_type = "application/problem+json"),
    )
)]
pub(crate) async fn explain(
    State(app): State<App>,
    PathText(kind): PathText,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let path = format!("/v1/problems/{kind}");
    params.finish(&path)?;
    let all = ProblemKind::ALL;
    let Some(known) = all.into_iter().find(|known| known.name() == kind) else {
        let near = nearest(&kind, all.map(ProblemKind::name));
        return Err(Problem::NoSuchRoute {
            path,
            near: near.map(|name| format!("/v1/problems/{name}")),
        });
    };
    let explanation = known.explanation(app.links().path(&known.path()));
    let body = serde_json::to_vec(&explanation).map_err(Problem::internal)?;
    Ok(conditional_bytes(&conditions, HeaderValue::from_static("application/json"), body))
}
