//! The answer of a total as somebody cited it, whatever the collection.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::collections::{ArmsSale, AssistanceFunding, Deployment, Training};
use crate::dataset::Dataset;
use crate::http::request::params::QueryParams;
use crate::http::request::totals_query::{AddedUp, Summed, TotalsQuery};
use crate::http::response::problem::Problem;
use crate::model::Collection;

/// What a total says that can be compared with what it said before.
#[derive(Default)]
pub(crate) struct StatedTotal {
    /// The amounts of the total and of each group, by where they stand: `total`, `data[program=FMF]`. As text, because
    /// there may be very many, and few differ.
    amounts: BTreeMap<String, String>,
    /// The ids of the records that are in it or in one of its groups.
    pub(crate) included: BTreeSet<String>,
}

impl StatedTotal {
    /// Adds the total, or the group of a list.
    fn add(&mut self, list: &str, group: &Json) {
        let pairs = group["key"].as_object().into_iter().flatten();
        let pairs = pairs.map(|(name, value)| match value.as_str() {
            Some(value) => format!("{name}={value}"),
            None => format!("{name}={value}"),
        });
        let place = match list {
            "total" => list.to_owned(),
            _ => format!("{list}[{}]", pairs.collect::<Vec<_>>().join(",")),
        };
        let parts = ["amount", "count", "cost"].into_iter();
        let within = parts.filter_map(|part| group[part].as_object()).flatten();
        let beside = ["students", "students_qualifier"].into_iter();
        let beside = beside.filter_map(|key| Some((key, group.get(key)?)));
        let amounts: BTreeMap<&str, &Json> =
            within.map(|(key, value)| (key.as_str(), value)).chain(beside).collect();
        self.amounts.insert(place, json!(amounts).to_string());
        let ids = group["included"].as_array().into_iter().flatten();
        self.included.extend(ids.filter_map(Json::as_str).map(str::to_owned));
    }
}

/// The amounts that differ between two totals, by where they stand, as `total.usd`: each before and after. An amount that
/// is not there is null.
pub(crate) fn differences(
    before: &StatedTotal,
    after: &StatedTotal,
) -> BTreeMap<String, (Json, Json)> {
    let mut found = BTreeMap::new();
    let places: BTreeSet<&String> = before.amounts.keys().chain(after.amounts.keys()).collect();
    for place in places {
        let said = |total: &StatedTotal| -> Json {
            let amounts = total.amounts.get(place).map(|text| serde_json::from_str(text));
            amounts.and_then(Result::ok).unwrap_or_default()
        };
        if before.amounts.get(place) == after.amounts.get(place) {
            continue;
        }
        let (from, to) = (said(before), said(after));
        for key in [&from, &to].into_iter().filter_map(Json::as_object).flat_map(|one| one.keys()) {
            if from[key] != to[key] {
                let stated = (from[key].clone(), to[key].clone());
                found.insert(format!("{place}.{key}"), stated);
            }
        }
    }
    found
}

/// What a total of one dataset says; none where the collection has no totals.
pub(crate) fn stated(
    collection: &str,
    dataset: Arc<Dataset>,
    params: QueryParams,
) -> Option<Result<StatedTotal, Problem>> {
    Some(match collection {
        AssistanceFunding::NAME => of::<AssistanceFunding>(dataset, params),
        ArmsSale::NAME => of::<ArmsSale>(dataset, params),
        Deployment::NAME => of::<Deployment>(dataset, params),
        Training::NAME => of::<Training>(dataset, params),
        _ => return None,
    })
}

fn of<C: Summed>(dataset: Arc<Dataset>, params: QueryParams) -> Result<StatedTotal, Problem> {
    let totals = TotalsQuery::<C>::parse(dataset, params)?;
    let mut stated = StatedTotal::default();
    C::add(&totals)
        .visit_groups(&mut |list, group| stated.add(list, &group))
        .map_err(Problem::internal)?;
    Ok(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(groups: &[(&str, Json)]) -> StatedTotal {
        let mut stated = StatedTotal::default();
        for (list, group) in groups {
            stated.add(list, group);
        }
        stated
    }

    #[test]
    fn what_differs_is_named_by_where_it_stands_whatever_was_added() {
        let before = stated(&[
            ("data", json!({"key": {"program": "FMF"}, "amount": {"usd": 5, "max_usd": null}})),
            ("data", json!({"key": {"partner": null}, "students": 3, "cost": {"usd": 2}})),
            ("total", json!({"key": {}, "count": {"personnel": 7}})),
        ]);
        let after = stated(&[
            ("data", json!({"key": {"program": "FMF"}, "amount": {"usd": 6, "max_usd": null}})),
            ("data", json!({"key": {"partner": null}, "students": 4, "cost": null})),
            ("total", json!({"key": {}, "count": {"personnel": 7}})),
        ]);
        let expected = [
            ("data[partner=null].students", (json!(3), json!(4))),
            ("data[partner=null].usd", (json!(2), json!(null))),
            ("data[program=FMF].usd", (json!(5), json!(6))),
        ];
        let expected = expected.map(|(place, said)| (place.to_owned(), said));
        assert_eq!(differences(&before, &after).into_iter().collect::<Vec<_>>(), expected);
        assert!(differences(&before, &before).is_empty());
    }

    #[test]
    fn the_records_of_all_groups_are_in_it_once() {
        let total = stated(&[
            ("shared", json!({"key": {}, "included": ["b", "a"]})),
            ("total", json!({"key": {}, "included": ["b"]})),
        ]);
        assert_eq!(total.included.into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
