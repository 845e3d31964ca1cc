//! `/v1/releases/check`: was what I cited corrected?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::changes::{RECORD_FORM, record_of};
use super::checked::{Checked, RecordCheck, Since, table};
use super::cited::{Cited, CitedKind};
use super::last_changes;
use crate::dataset::{ChangeKind, Dataset, ReleaseChanges, ReleaseEntry};
use crate::http::app::App;
use crate::http::app::links::{LinkParams, Links};
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::{ParsedParams, QueryParams, RELEASE};
use crate::http::request::release::{bad_release, unknown_release};
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, ETagKey, conditional};
use crate::http::response::envelope::{ItemMeta, json_of};
use crate::http::response::file::file;
use crate::http::response::problem::Problem;
use crate::query::BadParameter;
use crate::render::Format;

const PATH: &str = "/v1/releases/check";

/// The most records that are checked at once.
const MOST_RECORDS: usize = 100;

/// What became of what was cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CheckAnswer {
    /// Each thing that was asked about, in the order in which it was.
    pub(crate) data: Vec<Checked>,
    /// The release that it is compared with: the one that is served.
    pub(crate) meta: ItemMeta,
}

/// Was what I cited corrected?
///
/// Of up to 100 records, or of one address of this service: what stood there in the release that was cited, what stands
/// there now, in which release it changed and why. A list answers with its number of records, a total with its amounts,
/// both with the records that made the difference. The address is parsed, never fetched. Without `release`, a record
/// is compared with the first release that had it. One of `record` and `cited` is needed.
#[utoipa::path(
    get,
    path = "/v1/releases/check",
    operation_id = "check_citations",
    tag = "releases",
    params(
        ("record" = Option<Vec<String>>, Query, style = Form, explode = false, min_items = 1, max_items = 100, description = "Records, each by its collection and its id; at most 100. Commas separate them; the parameter may be repeated.", example = json!(["assistance-programs/FMF"])),
        ("release" = Option<String>, Query, min_length = 1, description = "The release that was cited: its version, its digest, or a day on which it was in force.", example = "1.0.0"),
        ("cited" = Option<String>, Query, min_length = 1, description = "An address of this service: a path, or a URL where the service knows its own. Of a record, a list or a total; with its `release=`, or beside one.", example = "/v1/assistance-funding/totals?program=FMF&release=1.0.0"),
        ("format" = Option<String>, Query, pattern = "^(json|csv)$", description = "`json`, or `csv`: one row a field, with the columns `status`, `in`, `field`, `from`, `to`, `reason` and `cite_as`.", example = "json"),
    ),
    responses(
        (status = 200, description = "What became of it.", content(
            (CheckAnswer = "application/json"),
            (String = "text/csv"),
        )),
    )
)]
pub(crate) async fn check(
    State(app): State<App>,
    mut params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let app = app.current();
    let served = app.dataset();
    let format = params.format(&[Format::Json, Format::Csv]);
    let query = CheckQuery::read(params, PATH, &served, app.links())?;
    let mut key = query.key.clone();
    key.add(&served.history.digest);
    conditional(&app, &served.release, key, &conditions, async {
        let data = query.answer(&app).await?;
        if format == Format::Csv {
            let name = format!("check-{}.csv", served.release.version);
            return Ok(file(table(&data), Format::Csv.content_type(), &name));
        }
        json_of(&CheckAnswer { data, meta: ItemMeta { dataset: (&served.release).into() } })
    })
    .await
}

/// A record by its collection and its id.
type Named = (&'static str, String);

/// What is to be checked.
pub(in crate::http::handlers) struct CheckQuery {
    what: What,
    /// The parameters as links repeat them.
    pub(in crate::http::handlers) links: LinkParams,
    /// Identifies the representation.
    pub(in crate::http::handlers) key: ETagKey,
}

enum What {
    Records(Vec<Named>, Option<ReleaseEntry>),
    Cited(Cited, ReleaseEntry),
}

impl CheckQuery {
    /// Reads it, the last of the parameters.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    pub(in crate::http::handlers) fn read(
        mut params: QueryParams,
        path: &str,
        served: &Dataset,
        links: &Links,
    ) -> Result<Self, Problem> {
        let release = params.text(RELEASE).and_then(|name| {
            let found = served.find_release(&name);
            found.map_err(|unknown| params.add_fault(bad_release(RELEASE, &name, unknown))).ok()
        });
        let records = params.list("record");
        let address = params.text("cited");
        if records.is_empty() == address.is_none() {
            let detail = "expected either records or, in `cited`, an address of this service";
            params.reject("record", &records.join(","), detail);
        }
        if records.len() > MOST_RECORDS {
            params.reject("record", &records.len().to_string(), "expected at most 100 records");
        }
        let mut named = Vec::new();
        for record in &records {
            match record_of(served, record) {
                Some((collection, id)) => named.push((collection, id.to_owned())),
                None => params.reject("record", record, RECORD_FORM),
            }
        }
        let cited = address.map(|address| (Cited::parse(&address, served, links), address));
        let cited = cited.and_then(|(cited, address)| {
            cited.map_err(|detail| params.reject("cited", &address, &detail)).ok()
        });
        let ParsedParams { links, key, .. } = params.finish(path)?;
        let what = match cited {
            None => What::Records(named, release),
            Some(cited) => {
                let release = match (&cited.release, release) {
                    (Some(name), None) => served
                        .find_release(name)
                        .map_err(|unknown| unknown_release("cited", name, unknown))?,
                    (None, Some(release)) => release,
                    (Some(name), Some(release)) => {
                        let same = served.find_release(name).is_ok_and(|named| named == release);
                        if !same {
                            let detail = "expected the release that the cited address names";
                            return Err(bad(RELEASE, release.version.as_str(), detail));
                        }
                        release
                    }
                    (None, None) => {
                        let detail = "expected the release that was cited: in the address, or beside it by `release`";
                        return Err(bad("cited", &cited.address, detail));
                    }
                };
                What::Cited(cited, release)
            }
        };
        Ok(Self { what, links, key })
    }

    /// What became of each thing.
    ///
    /// # Errors
    /// When there never was such a record, when the address cannot be understood, or when a release cannot be read.
    pub(in crate::http::handlers) async fn answer(
        self,
        app: &PinnedApp,
    ) -> Result<Vec<Checked>, Problem> {
        let changes = app.release_changes().await?;
        Ok(match self.what {
            What::Records(records, release) => {
                of_records(app, &changes, &records, release.as_ref()).await?
            }
            What::Cited(cited, release) => vec![of_address(app, &changes, cited, &release).await?],
        })
    }
}

fn bad(parameter: &str, value: &str, detail: &str) -> Problem {
    let value: String = value.chars().take(200).collect();
    Problem::bad_parameter(BadParameter::malformed(parameter, &value, detail))
}

/// The place of the first release that had a record, since it was last added.
fn first_with(changes: &ReleaseChanges, (collection, id): &Named) -> usize {
    let added = changes.releases.iter().rposition(|release| {
        release.of_record(collection, id).is_some_and(|change| change.kind == ChangeKind::Added)
    });
    added.unwrap_or(0)
}

async fn of_records(
    app: &PinnedApp,
    changes: &Arc<ReleaseChanges>,
    records: &[Named],
    release: Option<&ReleaseEntry>,
) -> Result<Vec<Checked>, Problem> {
    let place = release.and_then(|release| changes.place(release.version.as_str()));
    let mut by_release: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let place = place.unwrap_or_else(|| first_with(changes, record));
        by_release.entry(place).or_default().push(at);
    }
    let mut checked: BTreeMap<usize, Checked> = BTreeMap::new();
    for (place, of_release) in by_release {
        let former = former(app, changes, place).await?;
        let named: Vec<(usize, Named)> =
            of_release.into_iter().map(|at| (at, records[at].clone())).collect();
        let (served, changes, links) = (app.dataset(), Arc::clone(changes), app.links().clone());
        let compare = move || compare(&served, &former, &changes, place, &links, named);
        for (at, one) in run_blocking(compare).await?? {
            checked.insert(at, one);
        }
    }
    Ok(checked.into_values().collect())
}

/// The dataset of the release at a place.
async fn former(
    app: &PinnedApp,
    changes: &ReleaseChanges,
    place: usize,
) -> Result<Arc<Dataset>, Problem> {
    let no_release = || Problem::internal("a release has no place among all");
    let entry = &changes.releases.get(place).ok_or_else(no_release)?.entry;
    Ok(app.app().former().dataset(&app.dataset(), entry).await?)
}

fn compare(
    served: &Dataset,
    former: &Dataset,
    changes: &ReleaseChanges,
    place: usize,
    links: &Links,
    named: Vec<(usize, Named)>,
) -> Result<Vec<(usize, Checked)>, Problem> {
    let Some(since) = Since::new(served, changes, place, links) else { return Ok(Vec::new()) };
    let wanted: BTreeSet<Named> = named.iter().map(|(_, record)| record.clone()).collect();
    let differ = served.changes_among(former, &wanted);
    let mut checked = Vec::new();
    for (at, (collection, id)) in named {
        let change = differ.iter().find(|one| (one.collection, &one.id) == (collection, &id));
        if change.is_none() && !served.holds(collection, &id) {
            let detail = format!(
                "expected a record of release {}, or of the one that is served",
                since.release
            );
            return Err(bad("record", &format!("{collection}/{id}"), &detail));
        }
        checked.push((at, of_record(&since, since.record(collection, &id, change))));
    }
    Ok(checked)
}

/// A record as something that was cited.
fn of_record(since: &Since<'_>, record: RecordCheck) -> Checked {
    Checked {
        cited: record.record,
        release: since.release.to_owned(),
        status: record.status,
        since: record.since,
        material: record.material,
        reason: record.reason,
        changes: record.changes,
        records: Vec::new(),
        record_count: 0,
        cite_as: Some(record.cite_as),
    }
}

async fn of_address(
    app: &PinnedApp,
    changes: &Arc<ReleaseChanges>,
    cited: Cited,
    release: &ReleaseEntry,
) -> Result<Checked, Problem> {
    if let CitedKind::Record(id) = &cited.kind {
        let named = (cited.collection, id.clone());
        let mut checked = of_records(app, changes, &[named], Some(release)).await?;
        let checked = checked.pop().ok_or_else(|| Problem::internal("a record was not checked"))?;
        return Ok(Checked { cited: cited.address, ..checked });
    }
    let no_release = || Problem::internal("a release has no place among all");
    let place = changes.place(release.version.as_str()).ok_or_else(no_release)?;
    let former = former(app, changes, place).await?;
    let (served, changes, links) = (app.dataset(), Arc::clone(changes), app.links().clone());
    run_blocking(move || {
        let since = Since::new(&served, &changes, place, &links).ok_or_else(no_release)?;
        cited.check(&served, &former, &since)
    })
    .await?
}

/// A check of the sample, for the OpenAPI document.
pub(crate) fn example(sample: &Dataset) -> Option<CheckAnswer> {
    let changes = last_changes(sample)?;
    let release = changes.releases.first()?;
    let change = release.changes.iter().find(|change| change.fields.len() == 1)?;
    let (links, cited) = (Links::default(), release.before.clone()?);
    let since = Since { served: sample, release: &cited, later: &changes.releases, links: &links };
    let record = since.record(change.collection, &change.id, Some(change));
    let meta = ItemMeta { dataset: (&sample.release).into() };
    Some(CheckAnswer { data: vec![of_record(&since, record)], meta })
}
