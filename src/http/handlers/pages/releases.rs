//! The pages about releases: which there are, what each changed, and whether what was cited was corrected.

use axum::response::Response;

use super::request::{AskedPage, UnpinnedPage};
use crate::http::app::links::Links;
use crate::http::handlers::releases::changes::ChangeFilter;
use crate::http::handlers::releases::check::CheckQuery;
use crate::http::handlers::releases::checked::{Checked, FieldCheck, RecordCheck};
use crate::http::handlers::view::PageRequest;
use crate::http::request::list_query::same_release;
use crate::http::request::path_text::PathText;
use crate::http::response::blocking::run_blocking;
use crate::http::response::problem::Problem;
use crate::pages::releases::changes::{ChangeLine, ChangesPage};
use crate::pages::releases::check::{CheckPage, CitedThing, Difference, RecordDifference};
use crate::pages::{in_language, releases};
use crate::words::Language;

/// `GET /releases`
pub(super) async fn all(UnpinnedPage(page): UnpinnedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let mut key = params.finish("/releases")?.key;
    key.add(&request.app.dataset().history.digest);
    request
        .answer(key, async {
            let changes = request.app.release_changes().await?;
            Ok(request.make(|site| releases::page(site, &changes)))
        })
        .await
}

/// `GET /releases/{version}`
pub(super) async fn one(
    PathText(version): PathText,
    UnpinnedPage(page): UnpinnedPage,
) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let path = format!("/releases/{version}");
    let mut key = params.finish(&path)?.key;
    let dataset = request.app.dataset();
    key.add(&dataset.history.digest);
    if !dataset.releases().iter().any(|release| release.version.as_str() == version) {
        let near = dataset.find_release(&version).ok().map(|release| release.version.to_string());
        let near = near.map(|version| format!("/releases/{version}"));
        return Err(Problem::NoSuchRoute { path, near });
    }
    request
        .answer(key, async {
            let changes = request.app.release_changes().await?;
            let place = changes.place(&version);
            let release = place.and_then(|place| changes.releases.get(place));
            let release =
                release.ok_or_else(|| Problem::internal("a release has no place among all"))?;
            Ok(request.make(|site| releases::release::page(site, release)))
        })
        .await
}

/// `GET /changes`
pub(super) async fn changes(UnpinnedPage(page): UnpinnedPage) -> Result<Response, Problem> {
    let AskedPage { request, mut params } = page;
    let dataset = request.app.dataset();
    let filter = ChangeFilter::read(&mut params, &dataset);
    let (filter, page) = PageRequest::finish_fixed(params, "/changes", Some(filter))?;
    same_release(&request.app, page.release())?;
    let mut key = page.key();
    key.add(&dataset.history.digest);
    let maker = request.clone();
    request
        .answer(key, async {
            let changes = request.app.release_changes().await?;
            let make = move || {
                let found: Vec<_> = filter.find(&changes).collect();
                let total = found.len();
                let log = &dataset.history.change_log;
                let lines = page.page(found).map(|(release, change)| {
                    let version = release.entry.version.as_str();
                    let reason = log.reason(version, change.collection, &change.id);
                    ChangeLine { release, change, reason }
                });
                let list = ChangesPage {
                    pairs: page.links().to_pairs(),
                    changes: lines.collect(),
                    paged: page.paged(total),
                };
                maker.make(|site| releases::changes::page(site, &list))
            };
            run_blocking(make).await
        })
        .await
}

/// `GET /releases/check`
pub(super) async fn check(UnpinnedPage(page): UnpinnedPage) -> Result<Response, Problem> {
    const PATH: &str = "/releases/check";
    let AskedPage { request, params } = page;
    let dataset = request.app.dataset();
    let names = ["record", "cited", "release"];
    if names.iter().all(|name| params.peek(name).is_none()) {
        let key = params.finish(PATH)?.key;
        let check = CheckPage { pairs: Vec::new(), cited: Vec::new() };
        let make = async { Ok(request.make(|site| releases::check::page(site, &check))) };
        return request.answer(key, make).await;
    }
    let query = CheckQuery::read(params, PATH, &dataset, request.app.links())?;
    let mut key = query.key.clone();
    key.add(&dataset.history.digest);
    request
        .answer(key, async {
            let pairs = query.links.to_pairs();
            let checked = query.answer(&request.app).await?;
            let (links, language) = (request.app.links(), request.language);
            let cited = checked.into_iter().map(|one| cited(one, links, language)).collect();
            let check = CheckPage { pairs, cited };
            Ok(request.make(|site| releases::check::page(site, &check)))
        })
        .await
}

fn cited(checked: Checked, links: &Links, language: Language) -> CitedThing {
    // The page of an answer has its address without `/v1`.
    let page = checked.cite_as.as_deref().and_then(|address| {
        let (base, rest) = address.split_once("/v1/")?;
        Some(links.without_host(format!("{base}{}", in_language(&format!("/{rest}"), language))))
    });
    CitedThing {
        page,
        found: Difference {
            status: checked.status,
            since: checked.since,
            material: checked.material,
            reason: checked.reason,
            fields: fields(checked.changes),
        },
        cited: checked.cited,
        release: checked.release,
        cite_as: checked.cite_as,
        records: checked.records.into_iter().map(record).collect(),
        record_count: checked.record_count,
    }
}

fn record(record: RecordCheck) -> RecordDifference {
    RecordDifference {
        found: Difference {
            status: record.status,
            since: record.since,
            material: record.material,
            reason: record.reason,
            fields: fields(record.changes),
        },
        record: record.record,
    }
}

fn fields(changes: Vec<FieldCheck>) -> Vec<(String, serde_json::Value, serde_json::Value)> {
    changes.into_iter().map(|change| (change.field, change.from, change.to)).collect()
}
