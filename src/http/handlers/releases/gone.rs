//! Records that are not there: never published, or removed.

use crate::dataset::Dataset;
use crate::http::app::former::ReadError;
use crate::http::app::pinned::PinnedApp;
use crate::http::response::problem::Problem;
use crate::model::Collection;
use crate::query::Table;

/// Why a release has no record of that id: it was removed by this release or by one before, or never published.
pub(crate) async fn missing<C: Collection>(
    app: &PinnedApp,
    dataset: &Dataset,
    table: &Table<C>,
    id: &str,
) -> Problem {
    let changes = match app.release_changes().await {
        Ok(changes) => changes,
        Err(ReadError::Full) => return Problem::Busy,
        // What is wrong with the archive is told where releases are asked for; here it hides no record that is served.
        Err(ReadError::Failed(_)) => return Problem::no_such(table, id),
    };
    let release = changes.removal(dataset.release.version.as_str(), C::NAME, id);
    match release.and_then(|release| Some((release, release.before.as_deref()?))) {
        Some((release, last)) => Problem::Gone {
            singular: C::SINGULAR,
            id: id.to_owned(),
            removed_in: release.entry.version.to_string(),
            last: last.to_owned(),
            href: app.links().pinned_to(last).record(C::NAME, id),
        },
        None => Problem::no_such(table, id),
    }
}
