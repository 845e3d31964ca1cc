//! The pages of methods: how sums are made, how the figures are read.

use axum::response::Response;

use super::request::{AskedPage, UnpinnedPage};
use crate::http::handlers::totals::method_text;
use crate::http::response::problem::Problem;
use crate::pages::prose;

/// `GET /methods/totals`
pub(super) async fn totals(UnpinnedPage(page): UnpinnedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let key = params.finish("/methods/totals")?.key;
    let make = async { Ok(request.make(|site| prose::totals_method(site, &method_text()))) };
    request.answer(key, make).await
}

/// `GET /methods/data`
pub(super) async fn data(UnpinnedPage(page): UnpinnedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let key = params.finish("/methods/data")?.key;
    request.answer(key, async { Ok(request.make(prose::data_method)) }).await
}
