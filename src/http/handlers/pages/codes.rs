//! The pages of the closed lists.

use axum::response::Response;

use super::request::AskedPage;
use crate::http::handlers::codes::{lists, no_such_list};
use crate::http::request::path_text::PathText;
use crate::http::response::problem::Problem;
use crate::pages::codes;

/// `GET /codes`
pub(super) async fn all(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let key = params.finish("/codes")?.key;
    let dataset = request.app.dataset();
    request
        .answer(key, async {
            let lists: Vec<_> =
                lists(&dataset).into_iter().map(|(name, used)| (name, used.list)).collect();
            Ok(request.make(|site| codes::page(site, &lists)))
        })
        .await
}

/// `GET /codes/{name}`
pub(super) async fn one(PathText(name): PathText, page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let key = params.finish(&format!("/codes/{name}"))?.key;
    let lists = lists(&request.app.dataset());
    let Some(found) = lists.get(&name) else {
        return Err(no_such_list("/codes", &name, &lists));
    };
    let make =
        async { Ok(request.make(|site| codes::list_page(site, &name, found.list, &found.fields))) };
    request.answer(key, make).await
}
