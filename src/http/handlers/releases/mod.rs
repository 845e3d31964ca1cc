//! `/v1/releases`: every release that was published, with what it changed.

pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod checked;
mod cited;
pub(crate) mod feed;
pub(crate) mod gone;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dataset::{ChangeKind, ChangedRelease, Dataset, ReleaseChanges};
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::{ItemMeta, json_of};
use crate::http::response::problem::Problem;
use crate::model::PartialDate;

const PATH: &str = "/v1/releases";

/// Every release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReleasesAnswer {
    /// The releases, newest first.
    pub(crate) data: Vec<ReleaseSummary>,
    /// The release that answers where none is named.
    pub(crate) meta: ItemMeta,
    /// Where to go on.
    pub(crate) links: ReleasesLinks,
}

/// A release in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReleaseSummary {
    /// Its version, as `release=` takes it.
    pub(crate) version: String,
    /// The day on which it was released.
    pub(crate) released: PartialDate,
    /// The digest of its files as they were published.
    pub(crate) digest: String,
    /// Whether it answers where no release is named.
    pub(crate) served: bool,
    /// How many records it has.
    pub(crate) total: u64,
    /// How many records each of its collections has.
    pub(crate) counts: BTreeMap<String, u64>,
    /// What it changed, counted by records. Null for the first release.
    #[schema(required)]
    pub(crate) changes: Option<ChangeCounts>,
    /// Where to go on.
    pub(crate) links: ReleaseLinks,
}

/// How many records a release changed, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChangeCounts {
    /// Records that are new.
    pub(crate) added: u64,
    /// Records that are gone.
    pub(crate) removed: u64,
    /// Records of which there is a newer edition.
    pub(crate) superseded: u64,
    /// Records in which a figure, a date, a code, a name or a citation is another.
    pub(crate) corrected: u64,
    /// Records that say more.
    pub(crate) extended: u64,
    /// Records whose prose was put in other words.
    pub(crate) reworded: u64,
    /// Those of them that whoever cited the record should look at.
    pub(crate) material: u64,
}

/// Where to go on from a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReleaseLinks {
    /// How the release describes itself.
    pub(crate) dataset: String,
    /// All of it as one archive.
    pub(crate) datapackage: String,
    /// What it changed. Null for the first release.
    #[schema(required)]
    pub(crate) changes: Option<String>,
}

/// Where to go on from the releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReleasesLinks {
    /// The releases.
    #[serde(rename = "self")]
    pub(crate) this: String,
    /// What all releases changed.
    pub(crate) changes: String,
    /// The same as a feed.
    pub(crate) feed: String,
}

/// Every release of the data
///
/// Newest first: version, day, digest, how many records each has, and how many it added, removed or changed. Any of
/// them is asked for by `release=` at every address of data. The releases are compared when this is first asked.
#[utoipa::path(
    get,
    path = "/v1/releases",
    operation_id = "list_releases",
    tag = "releases",
    params(("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json")),
    responses(
        (status = 200, description = "The releases.", body = ReleasesAnswer),
    )
)]
pub(crate) async fn releases(
    State(app): State<App>,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (app, mut key) = (app.current(), params.only_json(PATH)?);
    let dataset = app.dataset();
    key.add(&dataset.history.digest);
    conditional(&app, &dataset.release, key, &conditions, async {
        let changes = app.release_changes().await?;
        json_of(&describe(&changes, &dataset, app.links()))
    })
    .await
}

/// The releases of a dataset.
pub(crate) fn describe(
    changes: &ReleaseChanges,
    dataset: &Dataset,
    links: &Links,
) -> ReleasesAnswer {
    let summary = |release: &ChangedRelease| {
        let entry = &release.entry;
        let version = entry.version.as_str();
        let pinned = links.pinned_to(version);
        let since = release.before.as_deref().map(|before| [("from", before), ("to", version)]);
        ReleaseSummary {
            version: version.to_owned(),
            released: entry.released,
            digest: entry.digest.clone(),
            served: entry.digest == dataset.release.digest,
            total: entry.counts.values().sum(),
            counts: entry.counts.clone(),
            changes: release.before.as_ref().map(|_| counts(release)),
            links: ReleaseLinks {
                dataset: pinned.data("/v1/dataset"),
                datapackage: pinned.data("/v1/datapackage.zip"),
                changes: since.map(|since| links.query(changes::PATH, since)),
            },
        }
    };
    ReleasesAnswer {
        data: changes.releases.iter().rev().map(summary).collect(),
        meta: ItemMeta { dataset: (&dataset.release).into() },
        links: ReleasesLinks {
            this: links.path(PATH),
            changes: links.path(changes::PATH),
            feed: links.path(feed::PATH),
        },
    }
}

fn counts(release: &ChangedRelease) -> ChangeCounts {
    let of = |kind| release.counts.get(&kind).copied().unwrap_or_default();
    ChangeCounts {
        added: of(ChangeKind::Added),
        removed: of(ChangeKind::Removed),
        superseded: of(ChangeKind::Superseded),
        corrected: of(ChangeKind::Corrected),
        extended: of(ChangeKind::Extended),
        reworded: of(ChangeKind::Reworded),
        material: release.changes.iter().filter(|change| change.material).count() as u64,
    }
}

/// What the last release of the sample changed, for the OpenAPI document.
pub(crate) fn last_changes(sample: &Dataset) -> Option<ReleaseChanges> {
    let mut entries = sample.releases();
    let (last, before) = (entries.pop()?, entries.pop()?);
    let former = sample.former(before.version.as_str()).ok()?;
    let before = before.version.to_string();
    let changes = sample.changes_since(&former);
    Some(ReleaseChanges { releases: vec![ChangedRelease::new(last, Some(before), changes)] })
}
