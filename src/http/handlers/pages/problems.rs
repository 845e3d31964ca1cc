//! The page that explains a kind of problem, to which the `type` of a problem leads.

use axum::response::Response;

use super::request::{AskedPage, UnpinnedPage};
use crate::http::request::path_text::PathText;
use crate::http::response::problem::Problem;
use crate::http::response::problem_kind::ProblemKind;
use crate::pages::problem::{ExplainedKind, explained};
use crate::query::nearest;

/// `GET /problems/{kind}`
pub(super) async fn explain(
    PathText(kind): PathText,
    UnpinnedPage(page): UnpinnedPage,
) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let path = format!("/problems/{kind}");
    let key = params.finish(&path)?.key;
    let all = ProblemKind::ALL;
    let Some(known) = all.into_iter().find(|known| known.name() == kind) else {
        let near = nearest(&kind, all.map(ProblemKind::name));
        let near = near.map(|name| format!("/problems/{name}"));
        return Err(Problem::NoSuchRoute { path, near });
    };
    let explanation = known.explanation(known.path());
    request
        .answer(key, async {
            Ok(request.make(|site| {
                let kind = ExplainedKind {
                    name: known.name(),
                    title: explanation.title,
                    status: explanation.status,
                    meaning: explanation.meaning,
                    remedy: explanation.remedy,
                };
                explained(site, &kind)
            }))
        })
        .await
}
