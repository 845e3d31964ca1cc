//! The ledger of a sum: one row a figure, with its group, whether it is counted, and what its record says.
//!
//! Adding the `adds_usd` of the rows of one group gives its sum again; so anyone can check it.

use super::csv::{escape_formula, finish, line, writer};
use super::groups::key_of;
use crate::model::{RecordId, Vocabulary};
use crate::sums::{
    Counting, Excluded, FigureSet, Group, HeadcountGroup, HeadcountTotals, SumAmount, Totals,
    TrainingGroup, TrainingSums,
};

const MONEY: [&str; 12] = [
    "place",
    "group",
    "id",
    "counting",
    "adds_usd",
    "adds_min_usd",
    "adds_max_usd",
    "amount_usd",
    "amount_qualifier",
    "amount_min_usd",
    "amount_max_usd",
    "overlaps",
];
const PEOPLE: [&str; 6] = ["place", "group", "id", "counting", "adds_personnel", "overlaps"];

const TRAINING: [&str; 6] = ["place", "group", "id", "counting", "adds_students", "adds_usd"];

/// What records say of themselves: the names of the columns, and for each record its values.
pub struct RecordColumns<'r> {
    /// The names of the columns.
    pub names: Vec<&'static str>,
    /// The values of a record, one for each name.
    pub values: &'r dyn Fn(&RecordId) -> Vec<String>,
}

/// The figures of a sum of money. `place` is `data`, `shared` or `total`; `group` holds `key=value` pairs
/// joined by `;`; `adds_usd` is what a figure adds to its group: its amount, or its share of years.
pub fn money(totals: &Totals, figures: &FigureSet, records: &RecordColumns<'_>) -> Vec<u8> {
    let shown_amount = |amount: Option<SumAmount>| -> [String; 4] {
        [
            shown(amount.map(|amount| amount.usd)),
            amount.map_or_else(String::new, |amount| amount.qualifier.word().to_owned()),
            shown(amount.and_then(|amount| amount.min_usd)),
            shown(amount.and_then(|amount| amount.max_usd)),
        ]
    };
    let mut writer = writer(Vec::new());
    let names = MONEY.iter().chain(&records.names);
    line(&mut writer, names.map(|name| (*name).into()));
    let mut group = |place: &str, group: &Group| {
        let key = key_of(&group.key);
        let mut row = |id: &RecordId, counting: Counting, adds: [String; 3], overlaps: String| {
            let values = [place, &key, id.as_str(), counting.word()].map(str::to_owned);
            let stated = shown_amount(figures.amount_of(id));
            let values = values.into_iter().chain(adds).chain(stated).chain([overlaps]);
            let values = values.chain((records.values)(id));
            line(&mut writer, values.map(escape_formula));
        };
        for (id, adds) in group.included.iter().zip(&group.parts) {
            let adds = [shown(Some(adds.usd)), shown(adds.min_usd), shown(adds.max_usd)];
            row(id, Counting::Counted, adds, String::new());
        }
        for excluded in &group.excluded {
            row(&excluded.id, excluded.because, Default::default(), overlaps(excluded));
        }
    };
    totals.data.iter().for_each(|data| group("data", data));
    totals.shared.iter().for_each(|shared| group("shared", shared));
    group("total", &totals.total);
    finish(writer)
}

/// The numbers of a sum of people; `personnel` says how many a record counts.
pub fn people(
    totals: &HeadcountTotals,
    personnel: impl Fn(&RecordId) -> Option<u32>,
    records: &RecordColumns<'_>,
) -> Vec<u8> {
    let mut writer = writer(Vec::new());
    let names = PEOPLE.iter().chain(&records.names);
    line(&mut writer, names.map(|name| (*name).into()));
    let mut group = |place: &str, group: &HeadcountGroup| {
        let key = key_of(&group.key);
        let mut row = |id: &RecordId, counting: Counting, adds: Option<u32>, overlaps: String| {
            let values = [place, &key, id.as_str(), counting.word()].map(str::to_owned);
            let values = values.into_iter().chain([shown(adds), overlaps]);
            line(&mut writer, values.chain((records.values)(id)).map(escape_formula));
        };
        for id in &group.included {
            row(id, Counting::Counted, personnel(id), String::new());
        }
        for excluded in &group.excluded {
            row(&excluded.id, excluded.because, None, overlaps(excluded));
        }
    };
    totals.data.iter().for_each(|data| group("data", data));
    totals.shared.iter().for_each(|shared| group("shared", shared));
    group("total", &totals.total);
    finish(writer)
}

/// The totals of a sum of training.
pub fn training(sums: &TrainingSums, records: &RecordColumns<'_>) -> Vec<u8> {
    let mut writer = writer(Vec::new());
    let names = TRAINING.iter().chain(&records.names);
    line(&mut writer, names.map(|name| (*name).into()));
    let mut group = |place: &str, group: &TrainingGroup| {
        let key = key_of(&group.key);
        let mut row = |id: &RecordId, counting: Counting, adds: [String; 2]| {
            let values = [place, &key, id.as_str(), counting.word()].map(str::to_owned);
            let values = values.into_iter().chain(adds).chain((records.values)(id));
            line(&mut writer, values.map(escape_formula));
        };
        for (id, adds) in group.included.iter().zip(&group.parts) {
            row(id, Counting::Counted, [shown(adds.students), shown(adds.usd)]);
        }
        for excluded in &group.excluded {
            row(&excluded.id, excluded.because, Default::default());
        }
    };
    sums.groups().for_each(|data| group("data", &data));
    group("total", &sums.total());
    finish(writer)
}

fn overlaps(excluded: &Excluded) -> String {
    excluded.overlaps.iter().map(RecordId::as_str).collect::<Vec<_>>().join(";")
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
