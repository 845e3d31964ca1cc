//! What `docs/stability.md` promises: tables keep their columns, in their order.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::service::{data, get};

/// The columns of 1.0.0, by address. Never shortened or reordered within `/v1`; what is new may be added.
const PROMISED: &str = include_str!("../fixtures/columns-of-1.0.0.json");

/// Every table of the service, by address, with its columns.
async fn tables() -> BTreeMap<String, Vec<String>> {
    let index = data("/v1").await;
    let lists = index["data"]["collections"].as_array().expect("collections").iter();
    let lists = lists.map(|one| format!("/v1/{}.csv", one["name"].as_str().expect("a name")));
    let totals = index["links"]["totals"].as_array().expect("addresses").iter();
    let totals = totals.filter_map(Json::as_str).flat_map(|sum| {
        ["groups", "figures"].map(|rows| format!("{sum}?format=csv&rows={rows}&group_by=partner"))
    });
    let mut tables = BTreeMap::new();
    for address in lists.chain(totals) {
        let answer = get(&address).await;
        assert_eq!(answer.status, 200, "{address}");
        let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
        let columns = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        tables.insert(address, columns);
    }
    for file in data("/v1/datapackage.json").await["resources"].as_array().expect("files") {
        let path = file["path"].as_str().expect("a path");
        if let Some(fields) = file["schema"]["fields"].as_array() {
            let names = fields.iter().filter_map(|field| field["name"].as_str()).map(str::to_owned);
            tables.insert(format!("datapackage: {path}"), names.collect());
        }
    }
    tables
}

#[tokio::test]
async fn no_table_has_lost_a_column_of_the_first_release_or_moved_it_before_another() {
    let promised: BTreeMap<String, Vec<String>> =
        serde_json::from_str(PROMISED).expect("the columns of 1.0.0");
    assert!(promised.len() > 20, "{} tables", promised.len());
    let served = tables().await;
    for (address, columns) in &promised {
        let now = served.get(address).unwrap_or_else(|| panic!("{address} is gone"));
        let mut rest = now.iter();
        for column in columns {
            assert!(
                rest.any(|known| known == column),
                "{address}: `{column}` is gone, or stands before what it stood behind: {now:?}"
            );
        }
    }
}
