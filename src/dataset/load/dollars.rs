//! Amounts of a collection together: no sum may be more than JSON readers hold exactly.

use serde_json::Value as Json;

use super::fault::{Fault, Faults};
use super::parsed_lines::AnyLines;
use crate::model::{FieldValue, LARGEST_USD};

/// Adds one fault where the dollars of a field pass the largest amount, at the line where they do.
///
/// A sum takes some of the records, and bounds of each once: what all of them together stay within, every sum does.
pub(crate) fn add_up(file: &str, lines: &dyn AnyLines, faults: &mut Faults) {
    let fields = lines.fields().iter().enumerate();
    for (place, field) in fields.filter(|(_, field)| field.name.ends_with("_usd")) {
        let mut sum: i64 = 0;
        for line in lines.iter() {
            let FieldValue::Whole(dollars) = line.value(place) else { continue };
            sum = sum.saturating_add(dollars);
            if sum > LARGEST_USD {
                faults.add(|| {
                    let expected = format!(
                        "expected amounts that add up to at most {LARGEST_USD} in this file, which JSON readers hold exactly"
                    );
                    Fault::at(file, line.number, expected).key(field.name).value(Json::from(dollars))
                });
                return;
            }
        }
    }
}
