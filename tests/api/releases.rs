//! Former releases of the data: what is archived, what loads, and what changed from one to the next.

use crate::openapi::text;
use crate::service::data;

mod applying;
mod archive;
mod changes;
mod check;
mod log;
mod pinned;

/// The version that is served.
async fn served() -> String {
    text(&data("/v1/dataset").await["data"]["release"]["version"]).to_owned()
}
