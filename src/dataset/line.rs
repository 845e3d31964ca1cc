//! One line of a data file, held against the schema that the API publishes.
//!
//! The schema finds every unknown and missing key and every wrong type and word; reading the record then
//! finds what only its types know: impossible dates, years out of order. Keys at fault are set aside one by
//! one, so that each is reported.

use serde_json::{Map, Value as Json};

use super::Fault;
use crate::model::{Collection, Shape, Text};
use crate::query::nearest;

/// A record and the line that it was read from.
pub(super) struct Line<C> {
    pub number: usize,
    pub record: C,
}

/// Reads lines of one file into records of one type.
pub(super) struct LineReader<'f> {
    file: &'f str,
    shape: Shape,
}

impl<'f> LineReader<'f> {
    pub(super) fn of<C: Collection>(file: &'f str) -> Self {
        Self { file, shape: Shape::of::<C>() }
    }

    /// Reads one line; none when it has a fault, and then all its faults are added.
    pub(super) fn read<C: Collection>(
        &self,
        number: usize,
        text: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<Line<C>> {
        let fault = |expected: String| Fault::at(self.file, number, expected);
        let json: Json = match serde_json::from_str(text) {
            Ok(json) => json,
            Err(error) => {
                faults.push(fault(format!("expected JSON: {}", told(&error))).value(text));
                return None;
            }
        };
        let before = faults.len();
        self.walk(number, self.shape.root(), &json, &mut Vec::new(), faults);
        match serde_json::from_str::<C>(text) {
            Ok(record) if faults.len() == before => Some(Line { number, record }),
            Ok(_) => None,
            Err(error) => {
                self.deepen::<C>(number, json, faults, before);
                if faults.len() == before {
                    faults.push(fault(told(&error)));
                }
                None
            }
        }
    }

    /// Holds a value against its schema.
    fn walk(
        &self,
        number: usize,
        schema: &Json,
        value: &Json,
        path: &mut Vec<String>,
        faults: &mut Vec<Fault>,
    ) {
        if value.is_null() && Shape::is_nullable(schema) {
            return;
        }
        let schema = self.shape.resolve(schema);
        let fault = |expected: String| {
            let fault = Fault::at(self.file, number, expected).value(value);
            if path.is_empty() { fault } else { fault.key(joined(path)) }
        };
        if let Some(words) = schema.get("enum").and_then(Json::as_array) {
            let words: Vec<_> = words.iter().filter_map(Json::as_str).collect();
            if !value.as_str().is_some_and(|word| words.contains(&word)) {
                let hint = value.as_str().and_then(|word| nearest(word, words.iter().copied()));
                faults.push(fault(format!("expected one of {}", words.join(", "))).meant(hint));
            }
            return;
        }
        match (kind(schema), value) {
            ("object", Json::Object(object)) => self.keys(number, schema, object, path, faults),
            ("array", Json::Array(elements)) => {
                let items = schema.get("items").unwrap_or(&Json::Null);
                for (position, element) in elements.iter().enumerate() {
                    path.push(format!("[{position}]"));
                    self.walk(number, items, element, path, faults);
                    path.pop();
                }
            }
            ("string", Json::String(_)) | ("boolean", Json::Bool(_)) => {}
            ("integer", Json::Number(digits)) if digits.is_i64() => {}
            (wanted, _) => {
                let null = if Shape::is_nullable(schema) { " or null" } else { "" };
                faults.push(fault(format!("expected {}{null}", article(wanted))));
            }
        }
    }

    /// Holds the keys of an object against those of its schema.
    fn keys(
        &self,
        number: usize,
        schema: &Json,
        object: &Map<String, Json>,
        path: &mut Vec<String>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return };
        let derived = |property: &Json| property.get("readOnly") == Some(&Json::Bool(true));
        for (key, property) in properties {
            path.push(key.clone());
            match object.get(key) {
                None if derived(property) => {}
                None => {
                    let expected = "expected this key; what is absent is written null";
                    faults.push(Fault::at(self.file, number, expected).key(joined(path)));
                }
                Some(value) if derived(property) => {
                    let expected = "expected no such key: it is worked out from the others";
                    let fault = Fault::at(self.file, number, expected);
                    faults.push(fault.key(joined(path)).value(value));
                }
                Some(value) => self.walk(number, property, value, path, faults),
            }
            path.pop();
        }
        let known = || properties.iter().filter(|(_, property)| !derived(property));
        for (key, value) in object.iter().filter(|(key, _)| !properties.contains_key(*key)) {
            path.push(key.clone());
            let names: Vec<_> = known().map(|(name, _)| name.as_str()).collect();
            let expected = format!("expected only the keys {}", names.join(", "));
            let fault = Fault::at(self.file, number, expected).key(joined(path)).value(value);
            faults.push(fault.meant(nearest(key, names)));
            path.pop();
        }
    }

    /// Finds every key whose value is of the right type but no valid value.
    ///
    /// Reading stops at the first such key; so that key is moved behind the others and reading begins again,
    /// until a key is met that was moved already.
    fn deepen<C: Collection>(
        &self,
        number: usize,
        json: Json,
        faults: &mut Vec<Fault>,
        before: usize,
    ) {
        let Json::Object(mut object) = json else { return };
        let known: Vec<_> =
            self.shape.properties(self.shape.root()).into_iter().flatten().collect();
        object.retain(|key, _| known.iter().any(|(name, _)| *name == key));
        let mut moved: Vec<String> = Vec::new();
        loop {
            let value = Json::Object(object.clone());
            let Err(error) = serde_path_to_error::deserialize::<_, C>(value) else { return };
            let path = error.path().to_string();
            let key = path.split(['.', '[']).next().unwrap_or_default().to_owned();
            if moved.contains(&key) {
                return;
            }
            let Some(value) = object.shift_remove(&key) else { return };
            let told_already = faults[before..].iter().any(|fault| {
                let known = fault.key.as_deref().unwrap_or_default();
                known.split(['.', '[']).next() == Some(key.as_str())
            });
            if !told_already {
                let found = pointed(&value, &path[key.len()..]);
                let expected = told(error.inner());
                faults.push(Fault::at(self.file, number, expected).key(path).value(found));
            }
            object.insert(key.clone(), value);
            moved.push(key);
        }
    }
}

/// What serde says, without its "at line 1 column 42": a line of JSON Lines is always line 1.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((said, place)) => match place.split_once(" column ") {
            Some((_, "0")) | None => said.to_owned(),
            Some((_, column)) => format!("{said} at column {column}"),
        },
        None => text,
    }
}

fn kind(schema: &Json) -> &str {
    match schema.get("type") {
        Some(Json::String(kind)) => kind,
        Some(Json::Array(kinds)) => {
            kinds.iter().filter_map(Json::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        _ => "",
    }
}

fn article(kind: &str) -> &str {
    match kind {
        "object" => "an object",
        "array" => "a list",
        "string" => "a string",
        "integer" => "a whole number",
        "boolean" => "true or false",
        _ => "another type",
    }
}

fn joined(path: &[String]) -> String {
    let mut joined = String::new();
    for part in path {
        if !joined.is_empty() && !part.starts_with('[') {
            joined.push('.');
        }
        joined.push_str(part);
    }
    joined
}

/// The value that a path such as `[0].source` or `.usd` points to.
fn pointed<'j>(value: &'j Json, path: &str) -> &'j Json {
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    parts.fold(value, |value, part| {
        let found = match part.parse::<usize>() {
            Ok(position) => value.get(position),
            Err(_) => value.get(part),
        };
        found.unwrap_or(value)
    })
}

/// Whether a word may stand in a list that CSV joins by `;`.
pub(super) fn joins(text: &str) -> bool {
    !text.contains(';') && Text::try_from(text.to_owned()).is_ok()
}
