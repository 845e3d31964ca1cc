//! Which closed lists there are, and where each is used.

use std::collections::BTreeMap;

use crate::charts::Theme;
use crate::dataset::{ChangeKind, CheckStatus, Dataset, Extent, Found};
use crate::model::{CodeList, Kind, Vocabulary};
use crate::render::csv::Delimiter;
use crate::render::{CitationFormat, Format, TotalsRows};
use crate::sums::{
    Completeness, CompletenessReason, Counting, GroupBy, NoAmountReason, PeopleBy, Prefer, Spread,
    SumQualifier,
};
use crate::words::Language;

/// The lists that no field of a record has: of parameters, of sums, and of what is said about the data.
const BESIDE_THE_RECORDS: [&CodeList; 19] = [
    ChangeKind::CODES,
    CheckStatus::CODES,
    CitationFormat::CODES,
    Completeness::CODES,
    CompletenessReason::CODES,
    Counting::CODES,
    Delimiter::CODES,
    Extent::CODES,
    Format::CODES,
    Found::CODES,
    GroupBy::CODES,
    Language::CODES,
    NoAmountReason::CODES,
    PeopleBy::CODES,
    Prefer::CODES,
    Spread::CODES,
    SumQualifier::CODES,
    Theme::CODES,
    TotalsRows::CODES,
];

/// A closed list, with the fields that have it: collection and name.
pub(crate) struct ListInUse {
    pub(crate) list: &'static CodeList,
    pub(crate) fields: Vec<(&'static str, &'static str)>,
}

/// Every closed list by its name.
pub(crate) fn lists(dataset: &Dataset) -> BTreeMap<String, ListInUse> {
    let mut lists = BTreeMap::new();
    let unused = |list: &'static CodeList| ListInUse { list, fields: Vec::new() };
    for list in BESIDE_THE_RECORDS {
        lists.insert(list.name(), unused(list));
    }
    for table in dataset.tables() {
        for field in table.fields() {
            if let Kind::Code(list) = field.kind {
                let in_use = lists.entry(list.name()).or_insert_with(|| unused(list));
                in_use.fields.push((table.name(), field.name));
            }
        }
    }
    lists
}
