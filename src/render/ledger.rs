//! The ledger of a sum: one line a figure, with its group, whether it was included, and why not.
//!
//! Adding the `adds_usd` of the lines of one group gives its sum again; so anyone can check it.

use std::collections::BTreeMap;

use super::csv::{escape_formula, finish, line, writer};
use crate::model::{RecordId, Vocabulary};
use crate::sums::{Excluded, Figure, Group, HeadGroup, HeadTotals, SumAmount, Totals};

const MONEY: [&str; 13] = [
    "place",
    "group",
    "id",
    "included",
    "adds_usd",
    "adds_min_usd",
    "adds_max_usd",
    "amount_usd",
    "amount_qualifier",
    "amount_min_usd",
    "amount_max_usd",
    "because",
    "overlaps",
];
const PEOPLE: [&str; 7] = ["place", "group", "id", "included", "personnel", "because", "overlaps"];

/// The figures of a sum of money. `place` is `data`, `shared` or `total`; `group` holds `key=value` pairs
/// joined by `;`; `adds_usd` is what a figure adds to its group: its amount, or its share of years.
pub fn money(totals: &Totals, figures: &[Figure]) -> Vec<u8> {
    let amounts: BTreeMap<&RecordId, SumAmount> = figures
        .iter()
        .filter_map(|figure| Some((&figure.id, SumAmount::of(figure.amount.as_ref()?))))
        .collect();
    let stated = |id: &RecordId| -> [String; 4] {
        let amount = amounts.get(id);
        [
            shown(amount.map(|amount| amount.usd)),
            amount.map_or_else(String::new, |amount| amount.qualifier.word().to_owned()),
            shown(amount.and_then(|amount| amount.min_usd)),
            shown(amount.and_then(|amount| amount.max_usd)),
        ]
    };
    let mut writer = writer(Vec::new());
    line(&mut writer, MONEY.iter().map(|name| (*name).into()));
    let mut group = |place: &str, group: &Group| {
        let key = key(&group.key);
        for (id, adds) in group.included.iter().zip(&group.parts) {
            let adds = [shown(Some(adds.usd)), shown(adds.min_usd), shown(adds.max_usd)];
            let values = [place.to_owned(), key.clone(), id.to_string(), "true".to_owned()];
            let values = values.into_iter().chain(adds).chain(stated(id));
            line(&mut writer, values.chain([String::new(), String::new()]).map(escape_formula));
        }
        for excluded in &group.excluded {
            let nothing = [String::new(), String::new(), String::new()];
            let id = excluded.id.to_string();
            let values = [place.to_owned(), key.clone(), id, "false".to_owned()];
            let values = values.into_iter().chain(nothing).chain(stated(&excluded.id));
            line(&mut writer, values.chain(reason(excluded)).map(escape_formula));
        }
    };
    totals.data.iter().for_each(|data| group("data", data));
    totals.shared.iter().for_each(|shared| group("shared", shared));
    group("total", &totals.total);
    finish(writer)
}

/// The numbers of a sum of people; `personnel` says how many a record counts.
pub fn people(totals: &HeadTotals, personnel: impl Fn(&RecordId) -> Option<u32>) -> Vec<u8> {
    let mut writer = writer(Vec::new());
    line(&mut writer, PEOPLE.iter().map(|name| (*name).into()));
    let mut group = |place: &str, group: &HeadGroup| {
        let key = key(&group.key);
        let mut row = |id: &RecordId, included: bool, why: [String; 2]| {
            let values = [
                place.to_owned(),
                key.clone(),
                id.to_string(),
                included.to_string(),
                shown(personnel(id)),
            ];
            line(&mut writer, values.into_iter().chain(why).map(escape_formula));
        };
        for id in &group.included {
            row(id, true, [String::new(), String::new()]);
        }
        for excluded in &group.excluded {
            row(&excluded.id, false, reason(excluded));
        }
    };
    totals.data.iter().for_each(|data| group("data", data));
    totals.shared.iter().for_each(|shared| group("shared", shared));
    group("total", &totals.total);
    finish(writer)
}

fn key(key: &BTreeMap<String, Option<String>>) -> String {
    let pairs =
        key.iter().map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or_default()));
    pairs.collect::<Vec<_>>().join(";")
}

fn reason(excluded: &Excluded) -> [String; 2] {
    let overlaps: Vec<_> = excluded.overlaps.iter().map(RecordId::as_str).collect();
    [excluded.because.word().to_owned(), overlaps.join(";")]
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
