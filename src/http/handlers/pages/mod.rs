//! Pages: each answer as HTML, at its path without `/v1`; in Spanish under `/es`.

mod assets;
mod codes;
pub(crate) mod collection;
mod front;
mod methods;
mod problems;
mod releases;
mod request;
pub(crate) mod totals;
mod views;

use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use tower::util::MapResponseLayer;

use crate::http::app::App;
use crate::http::response::page::PageRoute;
use crate::words::Language;

/// Every page, in both languages, and the files that pages load. `of_collections` are the pages of all collections.
pub(crate) fn routes(of_collections: impl Fn() -> Router<App>) -> Router<App> {
    let front = |language| get(front::front).layer(Extension(language));
    let pages = || of_collections().merge(across());
    Router::new()
        .merge(pages().layer(Extension(Language::En)))
        .nest("/es", pages().layer(Extension(Language::Es)))
        .route("/", front(Language::En))
        .route("/es", front(Language::Es))
        .route("/es/", front(Language::Es))
        .layer(MapResponseLayer::new(of_page))
        .route("/assets/{file}", get(assets::asset))
}

/// The pages that are of no one collection.
fn across() -> Router<App> {
    Router::new()
        .route("/check", get(front::check))
        .route("/search", get(views::search))
        .route("/timeline", get(views::timeline))
        .route("/coverage", get(views::coverage))
        .route("/releases", get(releases::all))
        .route("/releases/check", get(releases::check))
        .route("/releases/{version}", get(releases::one))
        .route("/changes", get(releases::changes))
        .route("/codes", get(codes::all))
        .route("/codes/{name}", get(codes::one))
        .route("/methods/totals", get(methods::totals))
        .route("/methods/data", get(methods::data))
        .route("/problems/{kind}", get(problems::explain))
}

/// Marks what a page answers, so that its problems are pages.
fn of_page(mut response: Response) -> Response {
    response.extensions_mut().insert(PageRoute);
    response
}
