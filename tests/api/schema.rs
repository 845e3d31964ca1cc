//! Whether a value conforms to a schema of the OpenAPI document: the keywords that the document uses.
//!
//! A keyword that is not known here is a fault of the schema, so that nothing is passed over in silence.

use std::cmp::Ordering;

use serde_json::Value as Json;

/// Says of a value how it breaks a schema, each fault with its place.
pub(crate) fn faults(document: &Json, schema: &Json, value: &Json) -> Vec<String> {
    let mut faults = Vec::new();
    check(document, schema, value, "$", &mut faults);
    faults
}

/// Follows a reference inside the document.
pub(crate) fn resolve<'d>(document: &'d Json, reference: &str) -> Option<&'d Json> {
    document.pointer(reference.strip_prefix('#')?)
}

fn check(document: &Json, schema: &Json, value: &Json, place: &str, faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        faults.push(format!("{place}: the schema is no object: {schema}"));
        return;
    };
    for (keyword, rule) in keywords {
        let mut fault = |words: &str| faults.push(format!("{place}: {words} {rule}: {value}"));
        match keyword.as_str() {
            "$ref" => {
                let named = rule.as_str().and_then(|named| resolve(document, named));
                match named {
                    Some(named) => check(document, named, value, place, faults),
                    None => fault("no such schema"),
                }
            }
            "type" => {
                let types = rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice);
                if !types.iter().any(|name| is(value, name.as_str().unwrap_or_default())) {
                    fault("expected the type");
                }
            }
            "enum" => {
                if !rule.as_array().is_some_and(|words| words.contains(value)) {
                    fault("expected one of");
                }
            }
            "oneOf" => {
                let fits = |schema: &&Json| self::faults(document, schema, value).is_empty();
                if rule.as_array().into_iter().flatten().filter(fits).count() != 1 {
                    fault("expected to fit exactly one of");
                }
            }
            "anyOf" if fits_any(document, rule, value) => {}
            "anyOf" => fault("expected to fit any of"),
            "allOf" => {
                for part in rule.as_array().into_iter().flatten() {
                    check(document, part, value, place, faults);
                }
            }
            "required" => {
                for key in rule.as_array().into_iter().flatten().filter_map(Json::as_str) {
                    if value.is_object() && value.get(key).is_none() {
                        faults.push(format!("{place}: expected the key {key}"));
                    }
                }
            }
            "properties" => {
                for (key, schema) in rule.as_object().into_iter().flatten() {
                    if let Some(inner) = value.get(key) {
                        check(document, schema, inner, &format!("{place}.{key}"), faults);
                    }
                }
            }
            "additionalProperties" => additional(document, schema, rule, value, place, faults),
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(document, rule, item, &format!("{place}[{number}]"), faults);
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|number| rule.as_f64() > Some(number)) {
                    fault("expected at least");
                }
            }
            "maximum" => {
                if value.as_f64().is_some_and(|number| rule.as_f64() < Some(number)) {
                    fault("expected at most");
                }
            }
            "minLength" => {
                if length(value).is_some_and(|length| rule.as_u64() > Some(length)) {
                    fault("expected at least that many letters");
                }
            }
            "maxLength" => {
                if length(value).is_some_and(|length| rule.as_u64() < Some(length)) {
                    fault("expected at most that many letters");
                }
            }
            "minItems" | "maxItems" => {
                let count =
                    value.as_array().map(|list| Some(list.len() as u64).cmp(&rule.as_u64()));
                let wrong = if keyword == "minItems" { Ordering::Less } else { Ordering::Greater };
                if count == Some(wrong) {
                    fault("expected another number of elements");
                }
            }
            "uniqueItems" => {
                let twice = |list: &Vec<Json>| {
                    (1..list.len()).any(|position| list[..position].contains(&list[position]))
                };
                if rule == true && value.as_array().is_some_and(twice) {
                    fault("expected every element once");
                }
            }
            // Patterns are held by the types that the loader parses; the rest asserts nothing.
            // Names of properties are texts in any JSON.
            "pattern" | "format" | "description" | "example" | "readOnly" | "default"
            | "propertyNames" => {}
            _ => fault("a keyword that this check does not know"),
        }
    }
}

fn fits_any(document: &Json, schemas: &Json, value: &Json) -> bool {
    let fits = |schema: &Json| faults(document, schema, value).is_empty();
    schemas.as_array().into_iter().flatten().any(fits)
}

fn additional(
    document: &Json,
    schema: &Json,
    rule: &Json,
    value: &Json,
    place: &str,
    faults: &mut Vec<String>,
) {
    for (key, inner) in value.as_object().into_iter().flatten() {
        if schema["properties"].get(key).is_some() {
            continue;
        }
        match rule {
            Json::Bool(true) => {}
            Json::Bool(false) => faults.push(format!("{place}: unexpected key {key}")),
            rule => check(document, rule, inner, &format!("{place}.{key}"), faults),
        }
    }
}

fn is(value: &Json, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn length(value: &Json) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}

#[test]
fn the_check_finds_what_does_not_conform() {
    let document = serde_json::json!({"components": {"schemas": {"Word": {"enum": ["a", "b"]}}}});
    let schema = serde_json::json!({
        "type": "object",
        "required": ["word"],
        "additionalProperties": false,
        "properties": {
            "word": {"oneOf": [{"$ref": "#/components/schemas/Word"}, {"type": "null"}]},
            "count": {"type": "integer", "minimum": 0, "maximum": 9},
            "names": {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 3}},
        },
    });
    let wrong = |value: Json| faults(&document, &schema, &value).len();
    assert_eq!(wrong(serde_json::json!({"word": "a", "count": 9, "names": ["abc"]})), 0);
    assert_eq!(wrong(serde_json::json!({"word": null})), 0);
    assert_eq!(wrong(serde_json::json!({})), 1);
    assert_eq!(wrong(serde_json::json!([])), 1);
    assert_eq!(wrong(serde_json::json!({"word": "c"})), 1);
    assert_eq!(wrong(serde_json::json!({"word": "a", "more": 1})), 1);
    assert_eq!(wrong(serde_json::json!({"word": "a", "count": 10})), 1);
    assert_eq!(wrong(serde_json::json!({"word": "a", "count": -1})), 1);
    assert_eq!(wrong(serde_json::json!({"word": "a", "count": 1.5})), 1);
    assert_eq!(wrong(serde_json::json!({"word": "a", "names": ["", "abcd", 7]})), 3);
    let unknown = serde_json::json!({"contains": {}});
    assert_eq!(faults(&document, &unknown, &Json::Null).len(), 1);
}
