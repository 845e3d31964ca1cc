//! From the name of a column to the keys of a record's JSON: `citations_source` is `citations[0].source`.

use serde_json::Value as Json;

use crate::model::JsonSchema;

/// The path of the key that a column is read from: `citations_source` is `citations[0].source`.
pub(crate) fn key_of(json_schema: &JsonSchema, column: &str, position: Option<usize>) -> String {
    let at = position.map(|position| format!("[{position}]")).unwrap_or_default();
    let Some(properties) = json_schema.properties(json_schema.root()) else {
        return column.to_owned();
    };
    if properties.contains_key(column) {
        return format!("{column}{at}");
    }
    let part = properties.keys().find_map(|key| {
        let rest = column.strip_prefix(key.as_str())?.strip_prefix('_')?;
        Some(format!("{key}{at}.{rest}"))
    });
    part.unwrap_or_else(|| column.to_owned())
}

/// The texts that a column would be read from, with the paths of their keys.
pub(crate) fn texts_at<'j>(json: &'j Json, column: &str) -> Vec<(String, &'j str)> {
    let Some(object) = json.as_object() else { return Vec::new() };
    let mut texts = Vec::new();
    for (key, value) in object {
        let rest = column.strip_prefix(key.as_str());
        let rest =
            rest.and_then(|rest| if rest.is_empty() { Some("") } else { rest.strip_prefix('_') });
        let Some(rest) = rest else { continue };
        let elements = match value {
            Json::Array(elements) => elements.as_slice(),
            Json::String(text) if rest.is_empty() => {
                texts.push((key.clone(), text.as_str()));
                continue;
            }
            _ => continue,
        };
        for (position, element) in elements.iter().enumerate() {
            let (path, text) = if rest.is_empty() {
                (format!("{key}[{position}]"), element.as_str())
            } else {
                (format!("{key}[{position}].{rest}"), element.get(rest).and_then(Json::as_str))
            };
            texts.extend(text.map(|text| (path, text)));
        }
    }
    texts
}
