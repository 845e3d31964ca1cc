//! The files that pages load.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::http::response::problem::Problem;
use crate::pages::assets;

/// Named by a hash of its bytes, a file never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /assets/{file}`
pub(crate) async fn asset(request: Request) -> Result<Response, Problem> {
    let path = request.uri().path();
    let Some(asset) = assets::find(path) else {
        let path = path.chars().take(200).collect();
        return Err(Problem::NoSuchRoute { path, near: None });
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    Ok((headers, asset.bytes.as_str()).into_response())
}
