//! Records as JSON, or some top-level keys of them.

use serde_json::{Map, Value as Json};

use super::RowCounts;
use crate::query::AnyTable;

/// Writes the record in a row, whole or limited to some top-level keys, and what sums do with it.
pub fn write_row(
    into: &mut String,
    table: &dyn AnyTable,
    row: u32,
    keys: Option<&[String]>,
    counts: Option<&RowCounts>,
) {
    match keys {
        Some(keys) => into.push_str(&project(table.json(row), keys)),
        None => into.push_str(table.json(row)),
    }
    if let Some(counts) = counts {
        counts.extend_object(into, row, keys);
    }
}

/// A record's JSON limited to some top-level keys, in the record's own order. Keys that it lacks are passed
/// over.
///
/// # Panics
/// When `json` is no JSON object, which the JSON of a table always is.
fn project(json: &str, keys: &[String]) -> String {
    let mut record: Map<String, Json> =
        serde_json::from_str(json).expect("a table holds JSON objects");
    record.retain(|key, _| keys.contains(key));
    Json::Object(record).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_projection_keeps_the_order_of_the_record_and_every_digit() {
        let json = r#"{"id":"a","amount":{"usd":9007199254740991,"min_usd":null},"note":null}"#;
        let keys = ["note", "amount"].map(str::to_owned);
        assert_eq!(
            project(json, &keys),
            r#"{"amount":{"usd":9007199254740991,"min_usd":null},"note":null}"#
        );
    }
}
