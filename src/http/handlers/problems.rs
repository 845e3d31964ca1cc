//! The pages that explain the kinds of problems: what a problem's `type` leads to.

use axum::extract::State;
use axum::extract::rejection::PathRejection;
use axum::response::Response;

use crate::http::app::App;
use crate::http::request::list_query::Bare;
use crate::http::response::conditional::Conditions;
use crate::http::response::envelope::fixed;
use crate::http::response::problem::Problem;
use crate::http::response::problem_kind::{Explanation, ProblemKind};
use crate::query::nearest;

/// Explain a kind of problem
///
/// What a problem's `type` leads to: its meaning and its remedy.
#[utoipa::path(
    get,
    path = "/problems/{kind}",
    operation_id = "explain_problem",
    tag = "service",
    params(("kind" = String, Path, description = "The kind of problem, as the path of its `type` ends.",
        example = "invalid-parameters")),
    responses(
        (status = 200, description = "The explanation.", body = Explanation),
        (status = 400, description = "A parameter was given; none is taken here.", body = crate::http::response::problem::ProblemBody,
            content_type = "application/problem+json"),
        (status = 404, description = "No kind of problem has that name.", body = crate::http::response::problem::ProblemBody,
            content_type = "application/problem+json"),
    )
)]
pub(crate) async fn explain(
    State(app): State<App>,
    kind: Result<axum::extract::Path<String>, PathRejection>,
    _: Bare,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let kind = kind.map(|kind| kind.0).unwrap_or_default();
    let all = ProblemKind::ALL;
    match all.into_iter().find(|known| known.name() == kind) {
        Some(known) => {
            let explanation = known.explanation(app.links().path(&known.path()));
            fixed(&conditions, &explanation)
        }
        None => Err(Problem::NoSuchRoute {
            near: nearest(&kind, all.map(ProblemKind::name))
                .map(|name| format!("/problems/{name}")),
            path: format!("/problems/{kind}"),
        }),
    }
}
