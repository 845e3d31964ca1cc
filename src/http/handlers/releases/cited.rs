//! An address of this service that somebody cited: what it names, and what its answers were and are.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::Uri;
use serde_json::{Value as Json, json};

use super::checked::{Checked, FieldCheck, Since};
use crate::dataset::{CheckStatus, Dataset, Stored, TablePairVisitor};
use crate::http::app::links::Links;
use crate::http::handlers::totals::cited::{differences, stated};
use crate::http::request::counted_rows::CountedParams;
use crate::http::request::negotiate::Accept;
use crate::http::request::params::{QueryParams, RELEASE};
use crate::http::response::problem::Problem;
use crate::query::Table;
use crate::render::Format;

/// The most records that are named as having made a difference.
const MOST_RECORDS: usize = 1000;

/// How a list is written, which makes no difference to what it says.
const OF_WRITING: [&str; 4] = ["bom", "delimiter", "format", "lang"];

/// An address that somebody cited.
pub(super) struct Cited {
    /// As it was given.
    pub(super) address: String,
    /// The release that it names.
    pub(super) release: Option<String>,
    /// The collection that it is about.
    pub(super) collection: &'static str,
    pub(super) kind: CitedKind,
    path: String,
    query: Option<String>,
}

/// What an address names.
pub(super) enum CitedKind {
    /// A record, by its id.
    Record(String),
    List,
    Total,
}

impl Cited {
    /// Reads an address: a path, or a URL that begins with the public one.
    ///
    /// # Errors
    /// What was expected.
    pub(super) fn parse(address: &str, served: &Dataset, links: &Links) -> Result<Self, String> {
        let expected = || {
            let base = if links.is_absolute() { links.base() } else { "" };
            format!(
                "expected the address of a record, a list or a total, such as {base}/v1/assistance-funding/totals"
            )
        };
        let is_url = address.starts_with("http://") || address.starts_with("https://");
        let rest = match address.strip_prefix(links.base()) {
            Some(rest) if links.is_absolute() => rest,
            _ if is_url && links.is_absolute() => {
                return Err(format!(
                    "expected an address of this service, which begins with {}",
                    links.base()
                ));
            }
            _ if is_url => {
                return Err("expected a path, such as /v1/partners: this service does not know its public address".to_owned());
            }
            _ => address,
        };
        // What follows # never reaches a service.
        let rest = rest.split('#').next().unwrap_or_default();
        let mut uri: Uri = rest.parse().map_err(|_| expected())?;
        links.strip_base(&mut uri);
        let path = of_data(uri.path()).ok_or_else(expected)?;
        let (name, rest) =
            path.split_once('/').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let kind = match rest {
            None => CitedKind::List,
            Some("totals") => CitedKind::Total,
            Some(id) => CitedKind::Record(id.to_owned()),
        };
        let name = match (&kind, name.split_once('.')) {
            (CitedKind::List, Some((stem, extension)))
                if Format::ALL.iter().any(|format| format.extension() == extension) =>
            {
                stem
            }
            _ => name,
        };
        let tables = served.tables();
        let collection = tables.iter().map(|table| table.name()).find(|known| *known == name);
        let params = QueryParams::new(uri.query(), Accept::default());
        let release = params
            .only_text(RELEASE)
            .map_err(|_| "expected one release in the address".to_owned())?;
        Ok(Self {
            address: address.to_owned(),
            release,
            collection: collection.ok_or_else(expected)?,
            kind,
            path: format!("/v1/{path}"),
            query: uri.query().map(str::to_owned),
        })
    }

    /// Its parameters, without the release.
    fn params(&self, release: &str) -> QueryParams {
        let accept = Accept::default();
        QueryParams::pinned(self.query.as_deref(), accept, Some(release))
    }

    /// What became of a list or a total.
    ///
    /// # Errors
    /// When its parameters cannot be understood.
    pub(super) fn check(
        self,
        served: &Arc<Dataset>,
        former: &Arc<Dataset>,
        since: &Since<'_>,
    ) -> Result<Checked, Problem> {
        let difference = match self.kind {
            CitedKind::Total => self.of_total(served, former, since)?,
            _ => self.of_list(served, former, since.release)?,
        };
        let named: BTreeSet<_> =
            difference.records.iter().map(|id| (self.collection, id.clone())).collect();
        let differ = served.changes_among(former, &named);
        let change = |id: &str| differ.iter().find(|one| one.id == id);
        // A record that is in both answers and says what it said makes no difference.
        let made = difference
            .records
            .iter()
            .filter(|id| difference.moved.contains(*id) || change(id).is_some());
        let records: Vec<_> =
            made.map(|id| since.record(self.collection, id, change(id))).collect();
        let is_added = |status| matches!(status, CheckStatus::Added | CheckStatus::Extended);
        let status = if difference.changes.is_empty() {
            let worst = records.iter().map(|record| match record.status {
                CheckStatus::Added => CheckStatus::Extended,
                CheckStatus::Removed => CheckStatus::Corrected,
                status => status,
            });
            worst.min().unwrap_or(CheckStatus::Unchanged)
        } else if !records.is_empty() && records.iter().all(|record| is_added(record.status)) {
            CheckStatus::Extended
        } else {
            CheckStatus::Corrected
        };
        let last = since.later.iter().rev().map(|release| release.entry.version.as_str());
        let made =
            |version: &&str| records.iter().any(|record| record.since.as_deref() == Some(version));
        let since_version = last.into_iter().find(|version| made(version)).map(str::to_owned);
        let pinned = since.pinned(false);
        let query = self.query.as_deref().unwrap_or_default();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| name != RELEASE && name != "dataset")
            .collect();
        let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        let record_count = records.len();
        Ok(Checked {
            cited: self.address,
            release: since.release.to_owned(),
            status,
            since: since_version,
            material: !difference.changes.is_empty()
                || records.iter().any(|record| record.material),
            reason: None,
            changes: difference.changes,
            records: records.into_iter().take(MOST_RECORDS).collect(),
            record_count,
            cite_as: Some(pinned.query(&self.path, pairs)),
        })
    }

    fn of_list(
        &self,
        served: &Dataset,
        former: &Dataset,
        release: &str,
    ) -> Result<Difference, Problem> {
        let mut lists = Lists { cited: self, release, served, former, found: None };
        served.visit_with(former, &mut lists);
        lists.found.unwrap_or_else(|| Err(Problem::internal("a collection has no table")))
    }

    fn of_total(
        &self,
        served: &Arc<Dataset>,
        former: &Arc<Dataset>,
        since: &Since<'_>,
    ) -> Result<Difference, Problem> {
        let total = |dataset: &Arc<Dataset>| {
            let params = self.params(since.release);
            let stated = stated(self.collection, Arc::clone(dataset), params);
            stated.unwrap_or_else(|| {
                Err(Problem::NoSuchRoute { path: self.path.clone(), near: None })
            })
        };
        let (before, after) = (total(former)?, total(served)?);
        let changes = differences(&before, &after).into_iter();
        let changes = changes.map(|(field, (from, to))| plain_check(&field, from, to));
        Ok(Difference::of(changes.collect(), before.included, after.included))
    }
}

/// The path below `/v1` that an address is of; that of a page says the same in words.
fn of_data(path: &str) -> Option<&str> {
    let pages = ["/v1/", "/es/", "/"];
    pages.into_iter().find_map(|prefix| path.strip_prefix(prefix))
}

/// How the answers of two releases differ.
struct Difference {
    changes: Vec<FieldCheck>,
    /// The ids of all records that stand in one of them.
    records: BTreeSet<String>,
    /// Those that stand in one of them alone.
    moved: BTreeSet<String>,
}

impl Difference {
    fn of(changes: Vec<FieldCheck>, before: BTreeSet<String>, after: BTreeSet<String>) -> Self {
        let moved = before.symmetric_difference(&after).cloned().collect();
        let mut records = before;
        records.extend(after);
        Self { changes, records, moved }
    }
}

fn plain_check(field: &str, from: Json, to: Json) -> FieldCheck {
    FieldCheck { field: field.to_owned(), from, to, since: None, reason: None, source: None }
}

/// The lists that an address asks of two releases.
struct Lists<'c> {
    cited: &'c Cited,
    release: &'c str,
    served: &'c Dataset,
    former: &'c Dataset,
    found: Option<Result<Difference, Problem>>,
}

impl TablePairVisitor for Lists<'_> {
    fn visit_pair<C: Stored>(&mut self, _: &Table<C>, _: &Table<C>) {
        if C::NAME != self.cited.collection {
            return;
        }
        let ids = |dataset: &Dataset| -> Result<BTreeSet<String>, Problem> {
            let table = C::table(dataset);
            let mut params = self.cited.params(self.release);
            for name in OF_WRITING {
                params.skip(name);
            }
            let counted = CountedParams::read::<C>(&mut params, dataset);
            let query = params.query(table, |_| true);
            let (mut query, _) = params.finish_with(&self.cited.path, query)?;
            counted.apply(dataset, &mut query, true);
            let rows = table.select(&query).rows();
            Ok(rows.into_iter().map(|row| table.record(row).id().to_owned()).collect())
        };
        let both = ids(self.former).and_then(|before| Ok((before, ids(self.served)?)));
        self.found = Some(both.map(|(before, after)| {
            let counts = (before.len(), after.len());
            let total = plain_check("total", json!(counts.0), json!(counts.1));
            let changes = if counts.0 == counts.1 { Vec::new() } else { vec![total] };
            Difference::of(changes, before, after)
        }));
    }
}
