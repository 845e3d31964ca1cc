//! What became of what was cited: each field with what stood there, what stands there now, when and why.

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::changes::cell;
use crate::dataset::{
    ChangedRelease, CheckStatus, Dataset, FieldChange, RecordChange, ReleaseChanges, StatedValue,
};
use crate::http::app::links::Links;
use crate::model::Vocabulary;
use crate::render::csv;

/// What became of something that was cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Checked {
    /// What was cited: a record by its collection and its id, or an address.
    pub(crate) cited: String,
    /// The version of the release that it was cited from.
    pub(crate) release: String,
    /// What became of it.
    pub(crate) status: CheckStatus,
    /// The version of the last release that made a difference. Null when none did.
    #[serde(rename = "in")]
    #[schema(required)]
    pub(crate) since: Option<String>,
    /// Whether a figure, a date, a code or a name is another now, or a record is gone: it should be looked at again.
    pub(crate) material: bool,
    /// Why, in a sentence: of a record, what its last change rests on. Null where nothing says, and for lists and totals.
    #[schema(required)]
    pub(crate) reason: Option<String>,
    /// What differs: the fields of a record, `total` of a list, the amounts of a total and of its groups.
    pub(crate) changes: Vec<FieldCheck>,
    /// The records that made the difference, of a list or a total, by collection and id; the first 1,000. Empty for a
    /// record.
    pub(crate) records: Vec<RecordCheck>,
    /// How many records made the difference.
    pub(crate) record_count: usize,
    /// The address to cite now: in the release that is served; where the record is gone, in the release that it was
    /// cited from. Null where there is none.
    #[schema(required)]
    pub(crate) cite_as: Option<String>,
}

/// What became of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldCheck {
    /// The field.
    pub(crate) field: String,
    /// What stood there. Null when nothing did.
    #[schema(value_type = StatedValue)]
    pub(crate) from: Json,
    /// What stands there now. Null when nothing does.
    #[schema(value_type = StatedValue)]
    pub(crate) to: Json,
    /// The version of the last release that changed it. Null for lists and totals.
    #[serde(rename = "in")]
    #[schema(required)]
    pub(crate) since: Option<String>,
    /// Why, in a sentence. Null where nothing says.
    #[schema(required)]
    pub(crate) reason: Option<String>,
    /// The id of the source that the change rests on. Null when it rests on none.
    #[schema(required)]
    pub(crate) source: Option<String>,
}

/// What became of a record that stands, or stood, in a list or a total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RecordCheck {
    /// The record: its collection and its id.
    pub(crate) record: String,
    /// What became of it.
    pub(crate) status: CheckStatus,
    /// The version of the last release that changed it. Null where none did: it stands there by what it refers to.
    #[serde(rename = "in")]
    #[schema(required)]
    pub(crate) since: Option<String>,
    /// Whether a figure, a date, a code or a name is another now, or the record is gone.
    pub(crate) material: bool,
    /// Why, in a sentence. Null where nothing says.
    #[schema(required)]
    pub(crate) reason: Option<String>,
    /// The fields that differ.
    pub(crate) changes: Vec<FieldCheck>,
    /// The address to cite now; of a record that is gone, in the release that it was cited from.
    pub(crate) cite_as: String,
}

/// What is known of the releases after one.
pub(super) struct Since<'c> {
    /// The dataset that is served, whose log has the reasons.
    pub(super) served: &'c Dataset,
    /// The version that was cited.
    pub(super) release: &'c str,
    /// The releases after it, oldest first.
    pub(super) later: &'c [ChangedRelease],
    pub(super) links: &'c Links,
}

impl<'c> Since<'c> {
    pub(super) fn new(
        served: &'c Dataset,
        changes: &'c ReleaseChanges,
        place: usize,
        links: &'c Links,
    ) -> Option<Self> {
        let release = changes.releases.get(place)?.entry.version.as_str();
        Some(Self { served, release, later: &changes.releases[place + 1..], links })
    }

    /// The address of something, pinned: to the release that is served, or to the one that was cited.
    pub(super) fn pinned(&self, is_gone: bool) -> Links {
        let served = self.served.release.version.as_str();
        self.links.pinned_to(if is_gone { self.release } else { served })
    }

    /// What became of a record; `change` is what differs between the release that was cited and the one that is
    /// served.
    pub(super) fn record(
        &self,
        collection: &'static str,
        id: &str,
        change: Option<&RecordChange>,
    ) -> RecordCheck {
        let last = |changed: &dyn Fn(&RecordChange) -> bool| {
            let later = self.later.iter().rev();
            later
                .map(|release| (release, release.of_record(collection, id)))
                .find_map(|(release, found)| found.filter(|found| changed(found)).map(|_| release))
        };
        let because = |release: Option<&ChangedRelease>| {
            let version = release?.entry.version.as_str();
            self.served.history.change_log.reason(version, collection, id)
        };
        let version = |release: Option<&ChangedRelease>| Some(release?.entry.version.to_string());
        let status = change.map_or(CheckStatus::Unchanged, |change| change.kind.into());
        let field = |field: &FieldChange| {
            let changed = last(&|change| change.fields.iter().any(|one| one.field == field.field));
            let because = because(changed);
            FieldCheck {
                field: field.field.clone(),
                from: field.from.clone(),
                to: field.to.clone(),
                since: version(changed),
                reason: because.map(|because| because.reason.to_string()),
                source: because.and_then(|because| Some(because.source.as_ref()?.to_string())),
            }
        };
        // What is new or gone became so in one release, whatever others did to it.
        let is_whole = matches!(status, CheckStatus::Added | CheckStatus::Removed);
        let changed = change.and_then(|change| last(&|one| !is_whole || one.kind == change.kind));
        RecordCheck {
            record: format!("{collection}/{id}"),
            status,
            since: version(changed),
            material: change.is_some_and(|change| change.material),
            reason: because(changed).map(|because| because.reason.to_string()),
            changes: change.iter().flat_map(|change| &change.fields).map(field).collect(),
            cite_as: self.pinned(status == CheckStatus::Removed).record(collection, id),
        }
    }
}

const COLUMNS: [&str; 7] = ["status", "in", "field", "from", "to", "reason", "cite_as"];

/// One row a field, then those of each record; one alone where no field differs. `cite_as` says what the row is about.
pub(super) fn table(checked: &[Checked]) -> Vec<u8> {
    let mut rows = Vec::new();
    let row = |status: CheckStatus,
               since: Option<&String>,
               field: [String; 3],
               reason: Option<&String>,
               cite_as: &str| {
        let [field, from, to] = field;
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let status = status.word().to_owned();
        vec![status, text(since), field, from, to, text(reason), cite_as.to_owned()]
    };
    let mut add = |status: CheckStatus,
                   since: Option<&String>,
                   reason: Option<&String>,
                   changes: &[FieldCheck],
                   cite_as: &str| {
        if changes.is_empty() {
            rows.push(row(status, since, Default::default(), reason, cite_as));
        }
        for change in changes {
            let field = [change.field.clone(), cell(&change.from), cell(&change.to)];
            let since = change.since.as_ref().or(since);
            rows.push(row(status, since, field, change.reason.as_ref(), cite_as));
        }
    };
    for one in checked {
        let cite_as = one.cite_as.as_deref().unwrap_or_default();
        add(one.status, one.since.as_ref(), one.reason.as_ref(), &one.changes, cite_as);
        for record in &one.records {
            let RecordCheck { status, since, reason, changes, cite_as, .. } = record;
            add(*status, since.as_ref(), reason.as_ref(), changes, cite_as);
        }
    }
    csv::table(&COLUMNS, rows.into_iter())
}
