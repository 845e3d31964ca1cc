//! `/v1/changes`: what became of which record in which release, and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use crate::dataset::{
    ChangeKind, ChangedRelease, Dataset, FieldChange, RecordChange, ReleaseChanges,
};
use crate::http::app::App;
use crate::http::app::links::{Links, PageLinks};
use crate::http::handlers::view::PageRequest;
use crate::http::request::list_query::same_release;
use crate::http::request::negotiate::Accept;
use crate::http::request::params::QueryParams;
use crate::http::request::release::bad_release;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::{ViewMeta, json_of};
use crate::http::response::file::file;
use crate::http::response::problem::Problem;
use crate::model::{PartialDate, Vocabulary};
use crate::query::BadParameter;
use crate::render::{Format, csv};

pub(super) const PATH: &str = "/v1/changes";

/// One page of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChangesAnswer {
    /// The changes of this page: newest release first, then by collection and id.
    pub(crate) data: Vec<ChangeEntry>,
    /// How many changes there are, and which release of the data tells of them.
    pub(crate) meta: ViewMeta,
    /// The pages.
    pub(crate) links: PageLinks,
}

/// What became of one record in one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChangeEntry {
    /// The version of the release.
    pub(crate) release: String,
    /// The day on which it was released.
    pub(crate) released: PartialDate,
    /// The record: its collection and its id.
    pub(crate) record: String,
    /// Its collection.
    pub(crate) collection: String,
    /// Its id.
    pub(crate) id: String,
    /// The partners that it is about, before or after.
    pub(crate) partners: Vec<String>,
    /// What became of it.
    pub(crate) kind: ChangeKind,
    /// Whether a figure, a date, a code or a name that was there is another now, or the record is gone: whoever cited
    /// it should look again.
    pub(crate) material: bool,
    /// The fields that differ. Empty for a record that is new or gone.
    pub(crate) changes: Vec<FieldChange>,
    /// Why, in a sentence. Null where none was written, as for records that are new.
    #[schema(required)]
    pub(crate) reason: Option<String>,
    /// The id of the source that the change rests on. Null when it rests on none.
    #[schema(required)]
    pub(crate) source: Option<String>,
    /// The record in that release; in the last one that had it, where it was removed.
    pub(crate) href: String,
}

/// What became of which record, and why
///
/// Every record that a release added, removed or changed, newest release first: each field that differs with what stood
/// there and what stands there now, the reason and the source. `from` and `to` name releases: what changed after the
/// first, up to the second. As CSV, one row a field; without `limit`, all of them.
#[utoipa::path(
    get,
    path = "/v1/changes",
    operation_id = "list_changes",
    tag = "releases",
    params(
        ("from" = Option<String>, Query, min_length = 1, description = "Keeps what changed after this release: a version, a digest, or a day.", example = "1.0.0"),
        ("to" = Option<String>, Query, min_length = 1, description = "Keeps what changed up to this release, itself included: a version, a digest, or a day.", example = "1.1.0"),
        ("collection" = Option<Vec<String>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps changes in these collections. Commas separate them; only names of collections are known, any other is refused.", example = json!(["assistance-funding"])),
        ("record" = Option<Vec<String>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps changes of these records, each by its collection and its id. Commas separate them.", example = json!(["assistance-programs/FMF"])),
        ("kind" = Option<Vec<ChangeKind>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps changes of these kinds. Commas separate them.", example = json!(["corrected", "removed"])),
        ("partner" = Option<Vec<crate::model::Iso3>>, Query, style = Form, explode = false, min_items = 1, max_items = 300, description = "Keeps changes of records about these partners, by ISO 3166-1 alpha-3 code. An id of `partners`; any other is refused."),
        ("limit" = Option<u32>, Query, description = "How many changes a page has: 50 when left out; 0 counts only.", maximum = 1000, example = 20),
        ("offset" = Option<u32>, Query, maximum = 4_294_967_295_u32, description = "How many changes come before the page.", example = 0),
        ("dataset" = Option<String>, Query, min_length = 1, description = "The digest of the dataset that a walk through pages began with; 409 when another is served."),
        ("format" = Option<String>, Query, pattern = "^(json|csv)$", description = "`json` or `csv`; it wins over the `Accept` header.", example = "json"),
    ),
    responses(
        (status = 200, description = "The changes.", content(
            (ChangesAnswer = "application/json"),
            (String = "text/csv"),
        )),
    )
)]
pub(crate) async fn changes(
    State(app): State<App>,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let app = app.current();
    let dataset = app.dataset();
    let query = ChangesQuery::parse(params, &dataset)?;
    same_release(&app, query.page.release())?;
    let mut key = query.page.key();
    key.add(&dataset.history.digest);
    let (served, links) = (Arc::clone(&dataset), app.links().clone());
    conditional(&app, &served.release, key, &conditions, async {
        let changes = app.release_changes().await?;
        run_blocking(move || query.respond(&changes, &dataset, &links)).await?
    })
    .await
}

/// Which changes are asked for, and how.
struct ChangesQuery {
    filter: ChangeFilter,
    format: Format,
    page: PageRequest,
}

/// Which changes are asked for.
#[derive(Default)]
pub(in crate::http::handlers) struct ChangeFilter {
    /// The version of the release after which they were made.
    from: Option<String>,
    /// The version of the last release that made them.
    to: Option<String>,
    collections: Vec<String>,
    records: BTreeSet<String>,
    kinds: Vec<String>,
    partners: Vec<String>,
}

impl ChangesQuery {
    fn parse(mut params: QueryParams, dataset: &Dataset) -> Result<Self, Problem> {
        let filter = ChangeFilter::read(&mut params, dataset);
        let offered = [Format::Json, Format::Csv];
        let (filter, page, format) = PageRequest::finish_as(params, PATH, Some(filter), &offered)?;
        Ok(Self { filter, format, page })
    }

    fn respond(
        &self,
        changes: &ReleaseChanges,
        dataset: &Dataset,
        links: &Links,
    ) -> Result<Response, Problem> {
        let found: Vec<_> = self.filter.find(changes).collect();
        let total = found.len();
        let entry = |(release, change)| ChangeEntry::of(release, change, dataset, links);
        if self.format == Format::Csv {
            let page = self.page.rows(found).map(entry);
            let name = format!("changes-{}.csv", dataset.release.version);
            return Ok(file(table(page), Format::Csv.content_type(), &name));
        }
        let (meta, page_links) = self.page.page_meta(PATH, total, dataset, links);
        let data = self.page.page(found).map(entry).collect();
        json_of(&ChangesAnswer { data, meta, links: page_links })
    }
}

/// What a record is called here.
pub(super) const RECORD_FORM: &str =
    "expected a collection and an id, such as assistance-funding/col-fmf-2017-2023";

/// The collection and the id that a record is named by; none where there is no such collection.
pub(super) fn record_of<'r>(dataset: &Dataset, record: &'r str) -> Option<(&'static str, &'r str)> {
    let (collection, id) = record.split_once('/')?;
    let tables = dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection)?;
    (!id.is_empty()).then(|| (table.name(), id))
}

impl ChangeFilter {
    /// Reads it.
    pub(in crate::http::handlers) fn read(params: &mut QueryParams, dataset: &Dataset) -> Self {
        let mut version = |name| {
            let text = params.text(name)?;
            match dataset.find_release(&text) {
                Ok(release) => Some(release.version.to_string()),
                Err(unknown) => {
                    params.add_fault(bad_release(name, &text, unknown));
                    None
                }
            }
        };
        let (from, to) = (version("from"), version("to"));
        if let (Some(from), Some(to)) = (&from, &to) {
            let releases = dataset.releases();
            let place =
                |version: &str| releases.iter().position(|one| one.version.as_str() == version);
            if place(from) > place(to) {
                params.add_fault(BadParameter::upside_down(("from", from), ("to", to)));
            }
        }
        let filter = Self {
            from,
            to,
            collections: params
                .one_of("collection", &dataset.tables().iter().map(|table| table.name())),
            records: params.list("record").into_iter().collect(),
            kinds: params.one_of("kind", &ChangeKind::WORDS.iter().copied()),
            partners: params.one_of("partner", &dataset.partner_codes()),
        };
        for record in &filter.records {
            if record_of(dataset, record).is_none() {
                params.reject("record", record, RECORD_FORM);
            }
        }
        filter
    }

    /// Everything about these partners; everything where there are none.
    pub(super) fn about(partners: Vec<String>) -> Self {
        Self { partners, ..Self::default() }
    }

    /// The changes of one release, whichever releases are asked for.
    pub(super) fn find_in<'c>(
        &'c self,
        release: &'c ChangedRelease,
    ) -> impl Iterator<Item = &'c RecordChange> {
        release.changes.iter().filter(|change| self.keeps(change))
    }

    /// The changes, newest release first.
    pub(in crate::http::handlers) fn find<'c>(
        &'c self,
        changes: &'c ReleaseChanges,
    ) -> impl Iterator<Item = (&'c ChangedRelease, &'c RecordChange)> {
        let place = |version: &String| changes.place(version);
        let after = self.from.as_ref().and_then(place);
        let up_to = self.to.as_ref().and_then(place);
        let releases = changes.releases.iter().enumerate().rev().filter(move |(place, _)| {
            after.is_none_or(|after| *place > after) && up_to.is_none_or(|up_to| *place <= up_to)
        });
        releases.flat_map(move |(_, release)| {
            self.find_in(release).map(move |change| (release, change))
        })
    }

    fn keeps(&self, change: &RecordChange) -> bool {
        let among = |words: &[String], word: &str| {
            words.is_empty() || words.iter().any(|known| known == word)
        };
        among(&self.collections, change.collection)
            && among(&self.kinds, change.kind.word())
            && (self.partners.is_empty()
                || self.partners.iter().any(|partner| change.partners.contains(partner)))
            && (self.records.is_empty()
                || self.records.contains(&format!("{}/{}", change.collection, change.id)))
    }
}

impl ChangeEntry {
    pub(super) fn of(
        release: &ChangedRelease,
        change: &RecordChange,
        dataset: &Dataset,
        links: &Links,
    ) -> Self {
        let version = release.entry.version.as_str();
        let RecordChange { collection, id, .. } = change;
        let because = dataset.history.change_log.reason(version, collection, id);
        let had = match (change.kind, &release.before) {
            (ChangeKind::Removed, Some(before)) => before,
            _ => version,
        };
        Self {
            release: version.to_owned(),
            released: release.entry.released,
            record: format!("{collection}/{id}"),
            collection: (*collection).to_owned(),
            id: id.clone(),
            partners: change.partners.iter().cloned().collect(),
            kind: change.kind,
            material: change.material,
            changes: change.fields.clone(),
            reason: because.map(|because| because.reason.to_string()),
            source: because.and_then(|because| Some(because.source.as_ref()?.to_string())),
            href: links.pinned_to(had).record(collection, id),
        }
    }
}

const COLUMNS: [&str; 12] = [
    "release",
    "released",
    "collection",
    "id",
    "partners",
    "kind",
    "material",
    "field",
    "from",
    "to",
    "reason",
    "source",
];

/// One row a field; one alone for a record that is new or gone.
fn table(entries: impl Iterator<Item = ChangeEntry>) -> Vec<u8> {
    let rows = entries.flat_map(|entry| {
        let row = |field: &str, from: &Json, to: &Json| {
            vec![
                entry.release.clone(),
                entry.released.to_string(),
                entry.collection.clone(),
                entry.id.clone(),
                entry.partners.join(";"),
                entry.kind.word().to_owned(),
                entry.material.to_string(),
                field.to_owned(),
                cell(from),
                cell(to),
                entry.reason.clone().unwrap_or_default(),
                entry.source.clone().unwrap_or_default(),
            ]
        };
        if entry.changes.is_empty() {
            return vec![row("", &Json::Null, &Json::Null)];
        }
        entry.changes.iter().map(|change| row(&change.field, &change.from, &change.to)).collect()
    });
    csv::table(&COLUMNS, rows)
}

/// A value as a cell has it: nothing for null, a list joined by `;`.
pub(super) fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(";"),
        value => value.to_string(),
    }
}

/// The first changes of the sample, for the OpenAPI document.
pub(crate) fn example(sample: &Dataset, changes: &ReleaseChanges) -> Option<ChangesAnswer> {
    let links = Links::default();
    let all = ChangeFilter::default();
    let mut found: Vec<_> = all.find(changes).collect();
    let total = found.len();
    found.retain(|(_, change)| change.fields.len() == 1);
    found.truncate(1);
    let ((), page) =
        PageRequest::finish(QueryParams::new(None, Accept::default()), PATH, Some(())).ok()?;
    let (meta, page_links) = page.page_meta(PATH, total, sample, &links);
    let data =
        found.into_iter().map(|(release, change)| ChangeEntry::of(release, change, sample, &links));
    Some(ChangesAnswer { data: data.collect(), meta, links: page_links })
}
