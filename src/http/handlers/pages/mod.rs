//! Pages: each answer as HTML, at its path without `/v1`; in Spanish under `/es`.

mod assets;
mod collection;
mod front;
mod problems;
mod request;

use axum::routing::get;
use axum::{Extension, Router};

use crate::collections::{
    Agreement, ArmsSale, AssistanceFunding, AssistanceProgram, Conflict, Cooperation, Deployment,
    ForeignAssistance, Membership, Milestone, Mission, Partner, Source, Training, UsPersonnel,
};
use crate::http::app::App;
use crate::words::Language;

pub(crate) use assets::asset;

/// The pages of one language.
fn of_one_language() -> Router<App> {
    Router::new()
        .route("/check", get(front::check))
        .merge(collection::routes::<Partner>())
        .merge(collection::routes::<AssistanceProgram>())
        .merge(collection::routes::<AssistanceFunding>())
        .merge(collection::routes::<ArmsSale>())
        .merge(collection::routes::<Deployment>())
        .merge(collection::routes::<ForeignAssistance>())
        .merge(collection::routes::<Training>())
        .merge(collection::routes::<UsPersonnel>())
        .merge(collection::routes::<Mission>())
        .merge(collection::routes::<Agreement>())
        .merge(collection::routes::<Membership>())
        .merge(collection::routes::<Cooperation>())
        .merge(collection::routes::<Milestone>())
        .merge(collection::routes::<Conflict>())
        .merge(collection::routes::<Source>())
        .route("/problems/{kind}", get(problems::explain))
}

/// Every page, in both languages, and the files that pages load.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(of_one_language().layer(Extension(Language::En)))
        .nest("/es", of_one_language().layer(Extension(Language::Es)))
        .route("/", get(front::front).layer(Extension(Language::En)))
        .route("/es", get(front::front).layer(Extension(Language::Es)))
        .route("/es/", get(front::front).layer(Extension(Language::Es)))
        .route("/assets/{file}", get(asset))
}
