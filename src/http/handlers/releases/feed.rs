//! `/feed.atom`: what changed, for readers that ask again and again.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::changes::{self, ChangeEntry, ChangeFilter, cell};
use crate::dataset::{ChangeKind, ChangedRelease, Dataset, ReleaseChanges};
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::problem::Problem;
use crate::model::{PartialDate, Vocabulary};
use crate::render::atom::{Entry, Feed, FeedId, atom};

pub(super) const PATH: &str = "/feed.atom";

/// The most entries of a feed; readers ask for it again and again, and `/v1/changes` has all of them.
const MOST_ENTRIES: usize = 200;

/// The kinds of change, in the order in which a release tells of them.
const KINDS: [ChangeKind; 6] = [
    ChangeKind::Added,
    ChangeKind::Corrected,
    ChangeKind::Superseded,
    ChangeKind::Removed,
    ChangeKind::Extended,
    ChangeKind::Reworded,
];

/// What changed, as a feed
///
/// An Atom feed (RFC 4287), newest first: an entry a release, which says how many records it added, and an entry for
/// each change that matters to whoever cited the record. At most 200 entries; `/v1/changes` has every change.
#[utoipa::path(
    get,
    path = "/feed.atom",
    operation_id = "get_feed",
    tag = "releases",
    params(("partner" = Option<Vec<crate::model::Iso3>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps what is about these partners, by ISO 3166-1 alpha-3 code. An id of `partners`; any other is refused.")),
    responses(
        (status = 200, description = "The feed.", content_type = "application/atom+xml", body = String),
    )
)]
pub(crate) async fn feed(
    State(app): State<App>,
    mut params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let app = app.current();
    let dataset = app.dataset();
    let partners = params.one_of("partner", &dataset.partner_codes());
    let mut key = params.finish(PATH)?.key;
    key.add(&dataset.history.digest);
    let release = dataset.release.clone();
    conditional(&app, &release, key, &conditions, async {
        let changes = app.release_changes().await?;
        let links = app.links().clone();
        let make = move || atom(&make(&changes, &dataset, &links, partners));
        let body = run_blocking(make).await?;
        let media = HeaderValue::from_static("application/atom+xml; charset=utf-8");
        Ok(([(header::CONTENT_TYPE, media)], body).into_response())
    })
    .await
}

fn make(changes: &ReleaseChanges, dataset: &Dataset, links: &Links, partners: Vec<String>) -> Feed {
    let title = dataset.release.title.to_string();
    let about = partners.join(",");
    let mut ids = vec!["feed", &title];
    ids.extend(partners.iter().map(String::as_str));
    let id = FeedId::of(&ids);
    let query = (!about.is_empty()).then_some(("partner", about.as_str()));
    let filter = ChangeFilter::about(partners);
    let mut entries = Vec::new();
    for release in changes.releases.iter().rev() {
        entries.extend(of_release(release, &filter, links, query));
        let of = filter.find_in(release).filter(|change| change.material);
        entries.extend(
            of.map(|change| of_change(&ChangeEntry::of(release, change, dataset, links), release)),
        );
    }
    entries.truncate(MOST_ENTRIES);
    let named = |title: String| match query {
        Some((_, partners)) => format!("{title}: {partners}"),
        None => title,
    };
    Feed {
        id,
        author: title.clone(),
        title: named(title),
        this: links.query(PATH, query),
        about: links.query(changes::PATH, query),
        updated: day(dataset.release.released),
        entries,
    }
}

/// What a release did; none where it did nothing to the partners that are asked for.
fn of_release(
    release: &ChangedRelease,
    filter: &ChangeFilter,
    links: &Links,
    partners: Option<(&str, &str)>,
) -> Option<Entry> {
    let entry = &release.entry;
    let version = entry.version.as_str();
    let summary = if release.before.is_some() {
        let count = |kind| filter.find_in(release).filter(|change| change.kind == kind).count();
        let counts = KINDS.map(|kind| (kind, count(kind) as u64)).into_iter();
        let parts: Vec<_> = counts
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| in_words(kind, count))
            .collect();
        parts.join("; ")
    } else if partners.is_some() {
        String::new()
    } else {
        format!("{} records", entry.counts.values().sum::<u64>())
    };
    let since = release.before.as_deref().map(|before| [("from", before), ("to", version)]);
    let href = match since {
        Some(since) => links.query(changes::PATH, since.into_iter().chain(partners)),
        None => links.pinned_to(version).data("/v1/dataset"),
    };
    (!summary.is_empty()).then(|| Entry {
        // Of other partners it says other things.
        id: match partners {
            Some((_, partners)) => FeedId::of(&["release", &entry.digest, partners]),
            None => FeedId::of(&["release", &entry.digest]),
        },
        title: format!("Release {version}"),
        href,
        updated: day(entry.released),
        summary: format!("{summary}."),
        categories: vec!["release".to_owned()],
    })
}

/// What became of one record.
fn of_change(change: &ChangeEntry, release: &ChangedRelease) -> Entry {
    let verb = change.kind.entry().label.en;
    let fields = change.changes.iter().map(|field| {
        let value = |value| Some(cell(value)).filter(|text| !text.is_empty());
        let or = |text: Option<String>| text.unwrap_or_else(|| "nothing".to_owned());
        format!("{}: {} → {}.", field.field, or(value(&field.from)), or(value(&field.to)))
    });
    let sentences: Vec<String> = change.reason.iter().cloned().chain(fields).collect();
    let mut categories = vec![verb.to_owned()];
    categories.extend(change.partners.iter().cloned());
    Entry {
        id: FeedId::of(&["change", &release.entry.digest, &change.record]),
        title: format!("{}: {verb} in release {}", change.record, change.release),
        href: change.href.clone(),
        updated: day(change.released),
        summary: sentences.join(" "),
        categories,
    }
}

/// The first day that a date may mean.
fn day(date: PartialDate) -> String {
    let (year, month, day) = date.earliest();
    format!("{year:04}-{month:02}-{day:02}")
}

/// A change in the words that people read: `3 records were corrected`.
fn in_words(kind: ChangeKind, count: u64) -> String {
    let verb = kind.entry().label.en;
    match count {
        1 => format!("1 record was {verb}"),
        count => format!("{count} records were {verb}"),
    }
}
