//! The quick way to read a line: a record that writes its line back was read whole.
//!
//! What is not written as we write it, sound or broken, is left to [`line`](super::line).

use serde_json::Value as Json;

use super::line::is_derived;
use crate::model::{Collection, JsonSchema};
use crate::query::JsonRows;

/// Reads the lines of one file that are written as we write them.
pub(crate) struct CanonicalReader {
    /// How each key that the service works out begins in written JSON: `,"min_usd":`.
    derived: Vec<String>,
}

impl CanonicalReader {
    pub(crate) fn of(json_schema: &JsonSchema) -> Self {
        let mut derived = Vec::new();
        derived_keys(json_schema, json_schema.root(), &mut derived);
        Self { derived }
    }

    /// Reads a line that is written as we write it, and adds its record's JSON; none for any other line, which
    /// [`LineReader`](super::line::LineReader) takes.
    ///
    /// A record that writes its line back, key for key and byte for byte, was read whole: no key of the line is
    /// unknown, missing or repeated, and no value is of another type. So the schema need not be walked.
    pub(crate) fn read<C: Collection>(&self, line: &str, json: &mut JsonRows) -> Option<C> {
        let record: C = serde_json::from_str(line).ok()?;
        json.push_if(&record, |written| self.is_written_back(line.as_bytes(), written))
            .then_some(record)
    }

    /// Whether a record's JSON is its line, but for the keys that the service works out.
    fn is_written_back(&self, mut line: &[u8], mut written: &[u8]) -> bool {
        loop {
            let same = common(line, written);
            (line, written) = (&line[same..], &written[same..]);
            if written.is_empty() {
                return line.is_empty();
            }
            let rest = self.derived.iter().find_map(|key| written.strip_prefix(key.as_bytes()));
            let Some(rest) = rest else { return false };
            // What is worked out is a number, null or a list of codes, so its end is plain to see.
            let end = match rest.first() {
                Some(b'[') => rest.iter().position(|byte| *byte == b']').map(|last| last + 1),
                _ => rest.iter().position(|byte| matches!(byte, b',' | b'}')),
            };
            written = &rest[end.unwrap_or(rest.len())..];
        }
    }
}

/// How many bytes two texts have in common from their beginning.
fn common(one: &[u8], other: &[u8]) -> usize {
    const STEP: usize = 64;
    let steps = one.chunks_exact(STEP).zip(other.chunks_exact(STEP));
    let alike = steps.take_while(|(one, other)| one == other).count() * STEP;
    let rest = one[alike..].iter().zip(&other[alike..]);
    alike + rest.take_while(|(one, other)| one == other).count()
}

/// Gathers the keys that the service works out, at every depth.
fn derived_keys(json_schema: &JsonSchema, schema: &Json, found: &mut Vec<String>) {
    let schema = json_schema.resolve(schema);
    if let Some(items) = schema.get("items") {
        derived_keys(json_schema, items, found);
    }
    for (key, property) in schema.get("properties").and_then(Json::as_object).into_iter().flatten()
    {
        if is_derived(property) {
            found.push(format!(",\"{key}\":"));
        } else {
            derived_keys(json_schema, property, found);
        }
    }
}
