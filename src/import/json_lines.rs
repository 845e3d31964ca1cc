//! JSON Lines as a package holds them: records to lines, and lines merged into a file that stays in order.

use std::cmp::Ordering;
use std::io::{self, BufRead, Write};

use serde::Serialize;
use serde_json::Value as Json;

/// The keys that the service works out, which no data file has.
const DERIVED: [&str; 5] = ["min_usd", "max_usd", "depth", "spread_usd", "status_current"];

/// A line of a file, with the id of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonLine {
    pub(super) id: String,
    pub(super) json: String,
}

impl JsonLine {
    /// A record as a data file has it.
    pub(super) fn of(id: &str, record: &impl Serialize) -> Self {
        let mut json = serde_json::to_value(record).unwrap_or_default();
        strip(&mut json);
        Self { id: id.to_owned(), json: json.to_string() }
    }
}

/// Takes off what the service works out.
fn strip(json: &mut Json) {
    if let Some(object) = json.as_object_mut() {
        for key in DERIVED {
            object.remove(key);
        }
        object.values_mut().for_each(strip);
    }
}

/// The id of the record on a line; none where there is no record.
pub(super) fn id_of(line: &str) -> Option<String> {
    let json: Json = serde_json::from_str(line).ok()?;
    Some(json.get("id")?.as_str()?.to_owned())
}

/// What a merge changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) added: u64,
    pub(super) changed: u64,
    pub(super) removed: u64,
    pub(super) changed_ids: Vec<String>,
}

impl Merged {
    pub(super) const fn is_same(&self) -> bool {
        self.added == 0 && self.changed == 0 && self.removed == 0
    }
}

/// How many ids of changed records are listed.
const MOST_CHANGED: usize = 1_000;

/// Writes the lines of a file, and new ones in their places. Lines that `is_own` says yes to go, unless a new one of
/// the same id stands in their place; every other line stays byte for byte.
///
/// # Errors
/// When a line is no record, the file is out of order, or a new record has the id of one that stays.
pub(super) fn merge(
    existing: impl BufRead,
    new: impl IntoIterator<Item = JsonLine>,
    is_own: impl Fn(&str) -> bool,
    to: &mut impl Write,
) -> io::Result<Merged> {
    let mut merged = Merged::default();
    let mut new = new.into_iter().peekable();
    let mut last = String::new();
    for (number, line) in (1_u64..).zip(existing.lines()) {
        let line = line?;
        let broken = |what: &str| io::Error::other(format!("line {number}: {what}"));
        let id = id_of(&line).ok_or_else(|| broken("expected a record with an id"))?;
        if number > 1 && id <= last {
            return Err(broken("expected lines sorted by id, each once"));
        }
        while let Some(before) = new.next_if(|new| new.id < id) {
            writeln!(to, "{}", before.json)?;
            merged.added += 1;
        }
        let replaced = is_own(&line);
        match new.next_if(|new| new.id.cmp(&id) == Ordering::Equal) {
            Some(_) if !replaced => {
                return Err(broken(&format!("`{id}` is a record of another source")));
            }
            Some(new) => {
                writeln!(to, "{}", new.json)?;
                if new.json != line {
                    merged.changed += 1;
                    if merged.changed_ids.len() < MOST_CHANGED {
                        merged.changed_ids.push(id.clone());
                    }
                }
            }
            None if replaced => merged.removed += 1,
            None => writeln!(to, "{line}")?,
        }
        last = id;
    }
    for after in new {
        writeln!(to, "{}", after.json)?;
        merged.added += 1;
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, value: u8) -> JsonLine {
        JsonLine { id: id.to_owned(), json: format!(r#"{{"id":"{id}","value":{value}}}"#) }
    }

    fn merged(existing: &str, new: Vec<JsonLine>) -> io::Result<(String, Merged)> {
        let mut to = Vec::new();
        let ours = |line: &str| !line.contains("other");
        let merged = merge(existing.as_bytes(), new, ours, &mut to)?;
        Ok((String::from_utf8(to).expect("UTF-8"), merged))
    }

    #[test]
    fn new_lines_stand_in_their_places_and_old_ones_of_the_importer_go() {
        let existing = "{\"id\":\"a\",\"value\":1}\n{\"id\":\"c\",\"value\":1}\n{\"id\":\"d\",  \"other\":1}\n";
        let (text, merged) =
            merged(existing, vec![line("b", 2), line("c", 2), line("e", 2)]).expect("it merges");
        let expected = "{\"id\":\"b\",\"value\":2}\n{\"id\":\"c\",\"value\":2}\n{\"id\":\"d\",  \"other\":1}\n{\"id\":\"e\",\"value\":2}\n";
        assert_eq!(text, expected);
        assert_eq!((merged.added, merged.changed, merged.removed), (2, 1, 1));
        assert_eq!(merged.changed_ids, ["c"]);
    }

    #[test]
    fn what_is_no_record_out_of_order_or_of_another_source_is_refused() {
        for (existing, expected) in [
            ("no record\n", "line 1: expected a record with an id"),
            ("{\"id\":\"b\"}\n{\"id\":\"a\"}\n", "line 2: expected lines sorted by id, each once"),
            ("{\"id\":\"c\",\"other\":1}\n", "line 1: `c` is a record of another source"),
        ] {
            let error = merged(existing, vec![line("c", 2)]).expect_err(existing);
            assert_eq!(error.to_string(), expected);
        }
    }
}
