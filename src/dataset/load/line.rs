//! Reads one line of a data file and validates it against the schema that the API publishes.
//!
//! The schema finds every unknown and missing key, every wrong type and code, and every value that its type
//! refuses; deserializing the record then finds what only its types know, such as years out of order. Faulty
//! keys are moved out of the way one by one, so that each is reported.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;

use super::fault::{Fault, Faults};
use super::repeated_keys::repeated_keys;
use crate::model::{
    Expected, Iso2, Iso3, JsonSchema, PartialDate, RecordId, SemanticVersion, Text, Usd,
    WebAddress, Year,
};
use crate::query::nearest;

/// Reads JSON texts of one file into values of one type: each line of a data file, or a whole document.
pub(crate) struct LineReader<'f> {
    file: &'f str,
    json_schema: JsonSchema,
}

impl<'f> LineReader<'f> {
    pub(crate) fn of<T: ToSchema>(file: &'f str) -> Self {
        Self::of_schema(file, JsonSchema::of::<T>())
    }

    pub(crate) fn of_schema(file: &'f str, json_schema: JsonSchema) -> Self {
        Self { file, json_schema }
    }

    /// Reads one text and adds all its faults; a value that reads in spite of them is given back, so that
    /// what it refers to can be checked too. `number` is its line, or none for a whole document.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        number: Option<usize>,
        text: &str,
        faults: &mut Faults,
    ) -> Option<T> {
        let text = if let Some(rest) = text.strip_prefix('\u{feff}') {
            faults.add(|| self.fault(number, "expected UTF-8 without a byte order mark"));
            rest
        } else {
            text
        };
        let json: Json = match serde_json::from_str(text) {
            Ok(json) => json,
            Err(error) => {
                faults.add(|| {
                    let line = text.lines().nth(error.line().saturating_sub(1));
                    let expected = format!("expected JSON: {}", message(&error));
                    self.fault(number.or(Some(error.line())), expected)
                        .value(line.unwrap_or_default())
                });
                return None;
            }
        };
        let before = faults.count();
        self.validate(number, self.json_schema.root(), &json, &mut Vec::new(), faults);
        let error = match serde_json::from_str::<T>(text) {
            Ok(record) => return Some(record),
            Err(error) => error,
        };
        for key in repeated_keys(text) {
            faults.add(|| self.fault(number, "expected this key once").key(joined(&key)));
        }
        // Once faults are only counted, what else the line may say is not worth the time.
        let full = faults.is_full();
        let record =
            if full { None } else { self.read_around_faults(number, json, faults, before) };
        if faults.count() == before {
            faults.add(|| self.fault(number, message(&error)));
        }
        record
    }

    fn fault(&self, line: Option<usize>, expected: impl Into<String>) -> Fault {
        Fault { line, ..Fault::of_file(self.file, expected) }
    }

    /// Validates a value against its schema.
    fn validate(
        &self,
        number: Option<usize>,
        schema: &Json,
        value: &Json,
        path: &mut Vec<String>,
        faults: &mut Faults,
    ) {
        let nullable = JsonSchema::is_nullable(schema);
        if value.is_null() && nullable {
            return;
        }
        let (name, schema) = (name_of(schema), self.json_schema.resolve(schema));
        let fault = |expected: String| {
            let fault = self.fault(number, expected).value(value);
            if path.is_empty() { fault } else { fault.key(joined(path)) }
        };
        if let Some(words) = schema.get("enum").and_then(Json::as_array) {
            let words: Vec<_> = words.iter().filter_map(Json::as_str).collect();
            if !value.as_str().is_some_and(|word| words.contains(&word)) {
                faults.add(|| {
                    let hint = value.as_str().and_then(|word| nearest(word, words.iter().copied()));
                    fault(format!("expected one of {}", words.join(", "))).meant(hint)
                });
            }
            return;
        }
        match (kind(schema), value) {
            ("object", Json::Object(object)) => {
                self.validate_keys(number, schema, object, path, faults);
            }
            ("array", Json::Array(elements)) => {
                let items = schema.get("items").unwrap_or(&Json::Null);
                for (position, element) in elements.iter().enumerate() {
                    path.push(format!("[{position}]"));
                    self.validate(number, items, element, path, faults);
                    path.pop();
                }
            }
            ("boolean", Json::Bool(_)) => {}
            ("string", Json::String(text)) => {
                if let Some(expected) = refused_text(name, text) {
                    faults.add(|| fault(expected_text(&expected, nullable)));
                }
            }
            ("integer", Json::Number(digits)) if digits.is_i64() || digits.is_u64() => {
                // What is above every i64 is above every limit, too.
                let whole = digits.as_i64().unwrap_or(i64::MAX);
                if let Some(expected) = refused_whole(name, whole) {
                    faults.add(|| fault(expected_text(&expected, nullable)));
                }
            }
            (wanted, _) => {
                let null = if nullable { " or null" } else { "" };
                faults.add(|| fault(format!("expected {}{null}", type_in_words(wanted))));
            }
        }
    }

    /// Validates the keys of an object.
    fn validate_keys(
        &self,
        number: Option<usize>,
        schema: &Json,
        object: &Map<String, Json>,
        path: &mut Vec<String>,
        faults: &mut Faults,
    ) {
        let Some(properties) = schema.get("properties").and_then(Json::as_object) else { return };
        for (key, property) in properties {
            path.push(key.clone());
            match object.get(key) {
                None if is_derived(property) => {}
                None => {
                    let expected = if JsonSchema::is_nullable(property) {
                        "expected this key; what is absent is written null"
                    } else {
                        "expected this key"
                    };
                    faults.add(|| self.fault(number, expected).key(joined(path)));
                }
                Some(value) if is_derived(property) => {
                    let expected = "expected no such key: it is worked out from the others";
                    faults.add(|| self.fault(number, expected).key(joined(path)).value(value));
                }
                Some(value) => self.validate(number, property, value, path, faults),
            }
            path.pop();
        }
        let known = || properties.iter().filter(|(_, property)| !is_derived(property));
        for (key, value) in object.iter().filter(|(key, _)| !properties.contains_key(*key)) {
            path.push(key.clone());
            faults.add(|| {
                let names: Vec<_> = known().map(|(name, _)| name.as_str()).collect();
                let expected = format!("expected only the keys {}", names.join(", "));
                let fault = self.fault(number, expected).key(joined(path)).value(value);
                fault.meant(nearest(key, names))
            });
            path.pop();
        }
    }

    /// Finds every key whose parts are valid one by one and not together.
    ///
    /// Deserializing stops at the first such key; so that key is moved behind the others and deserializing begins
    /// again, until it stops at a key that was moved already. Unknown keys are left out; a value that
    /// deserializes without them is returned.
    fn read_around_faults<T: DeserializeOwned>(
        &self,
        number: Option<usize>,
        mut json: Json,
        faults: &mut Faults,
        before: usize,
    ) -> Option<T> {
        self.remove_unknown_keys(self.json_schema.root(), &mut json);
        let Json::Object(mut object) = json else { return None };
        let mut moved: Vec<String> = Vec::new();
        loop {
            let value = Json::Object(object.clone());
            let error = match serde_path_to_error::deserialize::<_, T>(value) {
                Ok(record) => return Some(record),
                Err(error) => error,
            };
            let path = error.path().to_string();
            let key = path.split(['.', '[']).next().unwrap_or_default().to_owned();
            if moved.contains(&key) {
                return None;
            }
            let value = object.shift_remove(&key)?;
            let has_fault = faults.after(before).iter().any(|fault| {
                let known = fault.key.as_deref().unwrap_or_default();
                known.split(['.', '[']).next() == Some(key.as_str())
            });
            if !has_fault {
                faults.add(|| {
                    let found = pointed(&value, &path[key.len()..]);
                    self.fault(number, message(error.inner())).key(path.as_str()).value(found)
                });
            }
            object.insert(key.clone(), value);
            moved.push(key);
        }
    }

    /// Removes unknown keys, at every depth.
    fn remove_unknown_keys(&self, schema: &Json, value: &mut Json) {
        let schema = self.json_schema.resolve(schema);
        match value {
            Json::Object(object) => {
                let Some(properties) = schema.get("properties").and_then(Json::as_object) else {
                    return;
                };
                object.retain(|key, _| properties.get(key).is_some_and(|known| !is_derived(known)));
                for (key, value) in object {
                    self.remove_unknown_keys(&properties[key], value);
                }
            }
            Json::Array(elements) => {
                let items = schema.get("items").unwrap_or(&Json::Null);
                for element in elements {
                    self.remove_unknown_keys(items, element);
                }
            }
            _ => {}
        }
    }
}

/// Why a text is no value of the type that its schema is named after.
fn refused_text(name: &str, text: &str) -> Option<Expected> {
    match name {
        "Iso2" => text.parse::<Iso2>().err(),
        "Iso3" => text.parse::<Iso3>().err(),
        // The fault shows the value; its reason need not repeat it.
        "PartialDate" => text.parse::<PartialDate>().err().map(|expected| match expected {
            Expected::Because(_) => Expected::Form("a day of the calendar"),
            form => form,
        }),
        "RecordId" => text.parse::<RecordId>().err(),
        "SemanticVersion" => SemanticVersion::try_from(text.to_owned()).err(),
        "Text" => Text::try_from(text.to_owned()).err(),
        "WebAddress" => WebAddress::try_from(text.to_owned()).err(),
        _ => None,
    }
}

/// Why a whole number is no value of the type that its schema is named after.
fn refused_whole(name: &str, whole: i64) -> Option<Expected> {
    match name {
        "Usd" => Usd::try_from(whole).err(),
        "Year" => Year::try_from(whole).err(),
        _ => None,
    }
}

/// What was expected; null is no way out for a key that needs a value.
fn expected_text(expected: &Expected, nullable: bool) -> String {
    let expected_text = expected.to_string();
    match expected_text.strip_suffix(", or null") {
        Some(words) if !nullable => words.to_owned(),
        _ => expected_text,
    }
}

/// The name of the type that a schema refers to, or an empty one.
fn name_of(schema: &Json) -> &str {
    if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
        return target.rsplit('/').next().unwrap_or_default();
    }
    let options = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array());
    options.flatten().map(name_of).find(|name| !name.is_empty()).unwrap_or_default()
}

/// Whether a key is worked out by the service, so that no file states it.
pub(crate) fn is_derived(property: &Json) -> bool {
    property.get("readOnly") == Some(&Json::Bool(true))
}

/// What serde says, without its "at line 1 column 42": the fault names the line.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // The one plain number of the records is a count.
    if text.contains("expected u32") {
        return format!("expected a whole number from 0 to {}", u32::MAX);
    }
    match text.rsplit_once(" at line ") {
        Some((expected_text, place)) => match place.split_once(" column ") {
            Some((_, "0")) | None => expected_text.to_owned(),
            Some((_, column)) => format!("{expected_text} at column {column}"),
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

fn type_in_words(kind: &str) -> &str {
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
