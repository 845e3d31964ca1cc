//! What the rows of a ledger say of each record and of its sources.

use crate::dataset::{Dataset, Stored};
use crate::model::{Citation, Collection, Field, RecordId, fields};

/// The fields of a record that its row holds, of those that it has.
const FIELDS: [&str; 20] = [
    "partner",
    "program",
    "channel",
    "measure",
    "organization",
    "missions",
    "role",
    "component",
    "period_from",
    "period_to",
    "period_basis",
    "as_of",
    "fiscal_year",
    "edition",
    "rows_agree",
    "stage",
    "objective",
    "personnel",
    "status",
    "confidence",
];

/// The columns of sources; several are joined by `;`.
const SOURCES: [&str; 3] = ["source_title", "source_publisher", "source_url"];

/// The names of the columns.
pub(super) fn names<C: Collection>() -> Vec<&'static str> {
    own::<C>().iter().map(|field| field.name()).chain(SOURCES).collect()
}

/// The values of a record.
pub(super) fn values<C: Stored>(dataset: &Dataset, id: &RecordId) -> Vec<String> {
    let own = own::<C>();
    let Some(record) = C::table(dataset).get(id.as_str()) else {
        return vec![String::new(); own.len() + SOURCES.len()];
    };
    let values = own.iter().map(|field| field.value(record).to_string());
    let cited = record.citations().iter().map(|citation: &Citation| citation.source.as_str());
    let sources: Vec<_> = cited.filter_map(|id| dataset.sources.get(id)).collect();
    let joined = |read: fn(&crate::collections::Source) -> &str| {
        sources.iter().map(|source| read(source).replace(';', ",")).collect::<Vec<_>>().join(";")
    };
    let sources = [
        joined(|source| source.title.as_str()),
        joined(|source| source.publisher.as_str()),
        joined(|source| source.url.as_str()),
    ];
    values.chain(sources).collect()
}

fn own<C: Collection>() -> Vec<&'static dyn Field<C>> {
    let named = |name: &&str| fields::<C>().find(|field| field.name() == *name);
    FIELDS.iter().filter_map(named).collect()
}
