//! Reading a whole package and holding its records against each other.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use super::canonical::CanonicalReader;
use super::cycles;
use super::dollars::add_up;
use super::fault::{Fault, Faults, not_utf8};
use super::key_paths::{key_of, texts_at};
use super::line::LineReader;
use super::package::Package;
use super::parsed_lines::{AnyLines, ParsedLine, ParsedLines};
use super::release::Release;
use crate::model::{Collection, FieldSummary, FieldValue, JsonSchema, LONGEST_TEXT, RESERVED_IDS};
use crate::query::{IdSets, nearest};

/// The longest line that is read, in bytes: 1 MiB.
const LONGEST_LINE: usize = 1 << 20;

/// Reads the files of a package and remembers every fault.
pub(crate) struct PackageReader<'p> {
    package: &'p Package,
    id_sets: IdSets,
    /// The collections without a file: what refers to them cannot be checked.
    missing: BTreeSet<&'static str>,
    /// The lines of each collection that are JSON and no record, by their number.
    unread: BTreeMap<&'static str, Vec<(usize, Json)>>,
    faults: Faults,
}

impl<'p> PackageReader<'p> {
    pub(crate) fn new(package: &'p Package) -> Self {
        let faults = package.faults().clone();
        Self {
            package,
            id_sets: IdSets::new(),
            missing: BTreeSet::new(),
            unread: BTreeMap::new(),
            faults,
        }
    }

    /// Reads `dataset.json`.
    pub(crate) fn release(&mut self) -> Option<Release> {
        Release::read(self.package, &mut self.faults)
    }

    /// A file that is not in the package; one that could not be read has its fault already.
    fn missing_file(&mut self, file: &str, expected: &str) {
        if !self.faults.first().iter().any(|fault| fault.file == file) {
            self.faults.add(|| Fault::of_file(file, expected));
        }
    }

    /// Reads the file of one collection.
    pub(crate) fn read<C: Collection>(&mut self) -> ParsedLines<C> {
        let mut lines = ParsedLines::default();
        self.read_into(&mut lines);
        lines
    }

    fn read_into(&mut self, lines: &mut dyn AnyLines) {
        let (name, file) = (lines.name(), file_of(lines.name()));
        let ids = self.id_sets.entry(name).or_default();
        let Some(bytes) = self.package.file(&file) else {
            self.missing.insert(name);
            self.missing_file(&file, "expected this file, be it empty");
            return;
        };
        let json_schema = lines.json_schema();
        let canonical = CanonicalReader::of(&json_schema);
        let reader = LineReader::of_schema(&file, json_schema);
        for (number, bytes) in (1_usize..).zip(split(bytes)) {
            // A record that is not read is still there for those that refer to it.
            if let Some(id) = begins_with_id(bytes) {
                ids.insert(id);
            }
            let text = match line_text(bytes) {
                Ok(text) => text,
                Err(expected) => {
                    self.faults.add(|| Fault::at(&file, number, expected));
                    continue;
                }
            };
            if lines.read_canonical(&canonical, number, text)
                || lines.read_line(&reader, number, text, &mut self.faults)
            {
                ids.insert(lines.id(lines.len() - 1));
            } else if !self.faults.is_full()
                && let Ok(json) = serde_json::from_str::<Json>(text)
            {
                if let Some(id) = json.get("id").and_then(Json::as_str) {
                    ids.insert(id);
                }
                self.unread.entry(name).or_default().push((number, json));
            }
        }
        let lines = &*lines;
        for (place, field) in lines.fields().iter().enumerate() {
            if ["name", "name_es"].contains(&field.name) {
                for line in lines.iter() {
                    let called = line.value(place);
                    called.texts().into_iter().for_each(|name| ids.name(line.id(), name));
                }
            }
        }
    }

    /// Holds the records of one collection against each other and against those that they name.
    pub(crate) fn check(&mut self, lines: &dyn AnyLines) {
        let file = file_of(lines.name());
        let json_schema = OnceCell::new();
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut last: Option<&str> = None;
        let is_checked = |field: &FieldSummary| field.list || field.refers_to.is_some();
        let fields = lines.fields();
        let checked: Vec<_> = (0..fields.len()).filter(|at| is_checked(&fields[*at])).collect();
        let in_order = lines.are_in_order();
        for line in lines.iter() {
            let (id, number) = (line.id(), line.number);
            let fault = |expected: String| Fault::at(&file, number, expected);
            let at_id = |expected: String| fault(expected).key("id").value(Json::from(id));
            // What ascends repeats nothing.
            if !in_order && let Some(earlier) = first.insert(id, number) {
                self.faults
                    .add(|| at_id(format!("expected an id of its own: line {earlier} has it")));
            }
            if RESERVED_IDS.contains(&id) {
                let reserved = || RESERVED_IDS.join(", ");
                self.faults
                    .add(|| at_id(format!("expected none of the reserved ids {}", reserved())));
            }
            if let Some(before) = last.filter(|last| *last > id) {
                self.faults.add(|| {
                    at_id(format!("expected lines sorted by id: `{before}` comes before it"))
                });
            }
            if lines.cites() && line.citations().is_empty() {
                let expected = "expected at least one citation".to_owned();
                self.faults.add(|| fault(expected).key("citations").value("[]"));
            }
            // A rule over several keys says nothing while one of them is faulty.
            let violations = if line.whole { line.violations() } else { Vec::new() };
            for violation in violations {
                let expected = format!("expected {}", violation.expected);
                self.faults.add(|| fault(expected).key(violation.key).value(violation.value));
            }
            for place in &checked {
                let json_schema = || json_schema.get_or_init(|| lines.json_schema());
                self.values(&file, line, (&fields[*place], line.value(*place)), &json_schema);
            }
            self.references(&file, line);
            last = Some(id);
        }
        self.unread_references(&file, lines);
        add_up(&file, lines, &mut self.faults);
        for (place, field) in fields.iter().enumerate() {
            if field.refers_to == Some(lines.name()) {
                self.cycles(&file, lines, (place, field.name));
            }
        }
    }

    /// Checks one field of one record: what it refers to exists, and its list can be joined.
    fn values<'s>(
        &mut self,
        file: &str,
        line: ParsedLine<'_>,
        (field, value): (&FieldSummary, FieldValue<'_>),
        json_schema: &dyn Fn() -> &'s JsonSchema,
    ) {
        let is_list = matches!(value, FieldValue::List(_));
        if let FieldValue::List(values) = &value {
            let length = joined_length(values);
            if length > LONGEST_TEXT {
                self.faults.add(|| {
                    let expected = format!(
                        "expected a list of at most {LONGEST_TEXT} characters in all, which spreadsheets hold in one \
                         cell; found {length} in {} values",
                        values.len()
                    );
                    Fault::at(file, line.number, expected).key(field.name)
                });
            }
        }
        for (position, text) in value.texts().into_iter().enumerate() {
            let key = || key_of(json_schema(), field.name, is_list.then_some(position));
            if is_list && text.contains(';') {
                let expected = "expected no `;` in an element of a list: CSV joins lists by it";
                self.faults.add(|| {
                    Fault::at(file, line.number, expected).key(key()).value(Json::from(text))
                });
            }
            if let Some(collection) = field.refers_to {
                self.exists(file, line.number, key, collection, text);
            }
        }
    }

    /// Checks that what an unread line refers to exists, key by key, where the key has no fault yet.
    fn unread_references(&mut self, file: &str, read: &dyn AnyLines) {
        let Some(lines) = self.unread.remove(read.name()) else { return };
        let of_file = self.faults.first().iter().filter(|fault| fault.file == file);
        let known: BTreeSet<_> =
            of_file.filter_map(|fault| Some((fault.line?, fault.key.clone()?))).collect();
        for (number, json) in lines {
            for field in read.fields() {
                let Some(collection) = field.refers_to else { continue };
                for (key, id) in texts_at(&json, field.name) {
                    let place = (number, key);
                    if !known.contains(&place) {
                        self.exists(file, number, || place.1, collection, id);
                    }
                }
            }
        }
    }

    fn references(&mut self, file: &str, line: ParsedLine<'_>) {
        for (position, reference) in line.references().iter().enumerate() {
            let (collection, id) = (reference.collection.as_str(), reference.id.as_str());
            let key = format!("records[{position}]");
            if self.names_collection(file, line.number, &key, collection) {
                self.exists(file, line.number, || format!("{key}.id"), collection, id);
            }
        }
    }

    /// Whether there is a collection of this name; a fault at the key `collection` of an object says that not.
    pub(crate) fn names_collection(
        &mut self,
        file: &str,
        line: impl Into<Option<usize>>,
        object: &str,
        name: &str,
    ) -> bool {
        if self.id_sets.contains_key(name) {
            return true;
        }
        self.faults.add(|| {
            let hint = nearest(name, self.id_sets.keys().copied());
            let fault = Fault::of_file(file, "expected the name of a collection").meant(hint);
            let fault = fault.key(format!("{object}.collection")).value(Json::from(name));
            Fault { line: line.into(), ..fault }
        });
        false
    }

    /// Adds a fault that another file found.
    pub(crate) fn add(&mut self, build: impl FnOnce() -> Fault) {
        self.faults.add(build);
    }

    /// Checks that a collection has a record with this id; `line` is none for a whole document.
    pub(crate) fn exists(
        &mut self,
        file: &str,
        line: impl Into<Option<usize>>,
        key: impl FnOnce() -> String,
        collection: &str,
        id: &str,
    ) {
        let ids = self.id_sets.get(collection);
        if self.missing.contains(collection) || ids.is_some_and(|ids| ids.contains(id)) {
            return;
        }
        self.faults.add(|| {
            let hint = nearest(id, ids.map(|ids| ids.near(id)).into_iter().flatten());
            let expected = format!("expected the id of a record in {collection}");
            let fault = Fault { line: line.into(), ..Fault::of_file(file, expected) };
            fault.key(key()).value(Json::from(id)).meant(hint)
        });
    }

    /// Finds records that contain, or replace, themselves.
    fn cycles(&mut self, file: &str, lines: &dyn AnyLines, (place, field): (usize, &str)) {
        let named = lines.iter().filter_map(|line| {
            let value = line.value(place);
            let texts: Vec<_> = value.texts().into_iter().map(str::to_owned).collect();
            (!texts.is_empty()).then(|| (line.id(), texts))
        });
        let in_cycles = cycles::of(&named.collect());
        if in_cycles.is_empty() {
            return;
        }
        for line in lines.iter().filter(|line| in_cycles.contains(line.id())) {
            let expected = "expected no cycle: the record leads back to itself";
            self.faults.add(|| {
                let fault = Fault::at(file, line.number, expected).key(field);
                fault.value(Json::from(line.id()))
            });
        }
    }

    /// The ids of all collections.
    pub(crate) fn id_sets(&mut self) -> Arc<IdSets> {
        Arc::new(std::mem::take(&mut self.id_sets))
    }

    /// Where faults that others find are added.
    pub(crate) const fn faults(&mut self) -> &mut Faults {
        &mut self.faults
    }

    /// All or nothing.
    pub(crate) fn finish(mut self, release: Option<Release>) -> Result<Release, Faults> {
        match release {
            Some(release) if self.faults.is_empty() => Ok(release),
            _ => {
                self.faults.sort();
                Err(self.faults)
            }
        }
    }
}

/// How many characters the values of a list have when they are joined in one cell, as UTF-16 code units.
fn joined_length(values: &[FieldValue<'_>]) -> usize {
    let separators = values.len().saturating_sub(1);
    let bytes = values.iter().map(|value| match value {
        FieldValue::Text(text) => text.len(),
        other => other.to_string().len(),
    });
    let bytes: usize = bytes.sum();
    // No text has more code units than bytes.
    if bytes + separators <= LONGEST_TEXT {
        return bytes + separators;
    }
    let units = values.iter().map(|value| value.to_string().encode_utf16().count());
    units.sum::<usize>() + separators
}

/// The file of a collection: `partners.jsonl`.
pub(crate) fn file_of(collection: &str) -> String {
    format!("{collection}.jsonl")
}

/// The text of a line, or what was expected of it.
pub(super) fn line_text(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() > LONGEST_LINE {
        return Err(format!("expected at most {LONGEST_LINE} bytes a line, found {}", bytes.len()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => {
            Err("expected a record: one JSON object a line, no empty lines".to_owned())
        }
        Ok(text) => Ok(text),
        Err(error) => Err(not_utf8(error)),
    }
}

/// The lines of a file; the last one may end in a line feed, too.
pub(crate) fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes.strip_suffix(b"\n").unwrap_or(bytes)).filter(|rest| !rest.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let (line, after) = match memchr::memchr(b'\n', text) {
            Some(end) => (&text[..end], Some(&text[end + 1..])),
            None => (text, None),
        };
        rest = after;
        Some(line)
    })
}

/// The id that a line begins with, as every record is written, whatever comes after it.
fn begins_with_id(line: &[u8]) -> Option<&str> {
    let rest = line.strip_prefix(br#"{"id":""#)?;
    let end = rest.iter().position(|byte| *byte == b'"')?;
    std::str::from_utf8(&rest[..end]).ok()
}
