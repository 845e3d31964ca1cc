//! A file that is made of the dataset that is served, without parameters.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::problem::Problem;

/// Where a file is, and what it holds.
pub(super) struct DataFile {
    /// Its path.
    pub(super) path: &'static str,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Writes it.
    pub(super) write: fn(&Dataset, &Links) -> String,
}

impl DataFile {
    /// Answers with the file: 304 where the client has it. It is written off the workers.
    ///
    /// # Errors
    /// A problem that names every parameter: it has none.
    pub(super) async fn answer(
        self,
        app: &App,
        params: QueryParams,
        conditions: Conditions,
    ) -> Result<Response, Problem> {
        let app = app.current();
        let key = params.finish(self.path)?.key;
        let (dataset, links) = (app.dataset(), app.links().clone());
        conditional(&app, &app.dataset().release, key, &conditions, async {
            let body = run_blocking(move || (self.write)(&dataset, &links)).await?;
            let media_type = HeaderValue::from_static(self.media_type);
            Ok(([(header::CONTENT_TYPE, media_type)], body).into_response())
        })
        .await
    }
}
