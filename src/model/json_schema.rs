//! The published schema of a record, flattened so that a column name finds its property.
//!
//! The doc comments of records are published once, in the OpenAPI document; parameters, data package
//! columns and the loader read them from here, so that no description is written twice.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// The JSON schema of a type, with those that it refers to.
#[derive(Debug, Clone)]
pub struct JsonSchema {
    root: Json,
    parts: BTreeMap<String, Json>,
}

/// One property of a record, or of a part of one.
#[derive(Debug, Clone)]
pub struct Property {
    /// What it means, its unit, and what null means.
    pub description: String,
    /// Its schema with references resolved one step and null taken away.
    pub schema: Json,
}

impl JsonSchema {
    /// The schema of a type.
    pub fn of<T: ToSchema>() -> Self {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        Self::published(&T::schema(), &parts)
    }

    fn published(root: &RefOr<Schema>, parts: &[(String, RefOr<Schema>)]) -> Self {
        let json = |schema: &RefOr<Schema>| {
            let mut json = serde_json::to_value(schema).unwrap_or_default();
            publish(&mut json);
            json
        };
        let parts = parts.iter().map(|(name, schema)| (name.clone(), json(schema)));
        Self { root: json(root), parts: parts.collect() }
    }

    /// The schema of the type itself.
    pub const fn root(&self) -> &Json {
        &self.root
    }

    /// Follows a reference, and takes "or null" away: what a value looks like when there is one.
    pub fn resolve<'s>(&'s self, schema: &'s Json) -> &'s Json {
        if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
            let name = target.rsplit('/').next().unwrap_or_default();
            return self.parts.get(name).map_or(schema, |part| self.resolve(part));
        }
        for key in ["oneOf", "anyOf"] {
            let options = schema.get(key).and_then(Json::as_array);
            let not_null = |option: &&Json| option.get("type") != Some(&Json::from("null"));
            if let Some(option) = options.and_then(|options| options.iter().find(not_null)) {
                return self.resolve(option);
            }
        }
        schema
    }

    /// Whether a schema allows null.
    pub fn is_nullable(schema: &Json) -> bool {
        let is_null = |kind: &Json| kind == "null";
        let listed = |kinds: Option<&Json>| {
            kinds.and_then(Json::as_array).is_some_and(|kinds| kinds.iter().any(is_null))
        };
        let options = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        listed(schema.get("type"))
            || options.flatten().any(|option| option.get("type").is_some_and(is_null))
    }

    /// The properties of an object schema.
    pub fn properties<'s>(&'s self, schema: &'s Json) -> Option<&'s Map<String, Json>> {
        self.resolve(schema).get("properties")?.as_object()
    }

    /// Finds the property that a column name means: `amount_usd` is `usd` in `amount`.
    pub fn property(&self, column: &str) -> Option<Property> {
        self.find(&self.root, column)
    }

    fn find(&self, schema: &Json, column: &str) -> Option<Property> {
        let element = self.resolve(schema);
        let element = element.get("items").map_or(element, |items| self.resolve(items));
        let properties = element.get("properties")?.as_object()?;
        if let Some(property) = properties.get(column) {
            return Some(self.describe(property));
        }
        properties.iter().find_map(|(key, property)| {
            let rest = column.strip_prefix(key.as_str())?.strip_prefix('_')?;
            self.find(property, rest)
        })
    }

    fn describe(&self, property: &Json) -> Property {
        let of =
            |schema: &Json| schema.get("description").and_then(Json::as_str).map(str::to_owned);
        let resolved = self.resolve(property);
        let element = resolved.get("items").map_or(resolved, |items| self.resolve(items));
        Property {
            description: of(property).or_else(|| of(resolved)).unwrap_or_default(),
            schema: without_null(element),
        }
    }
}

/// Brings a derived schema into the form that we publish.
///
/// Every key of an answer is always sent, so every property is required, nullable or not. Keys may be added
/// within a version, so no object is closed. A description stands beside the choice it describes, not inside
/// one of its options, and its lines are those of a paragraph, not of our source files.
pub fn publish(schema: &mut Json) {
    match schema {
        Json::Object(object) => {
            object
                .remove("additionalProperties")
                .filter(|schema| *schema != Json::Bool(false))
                .map(|schema| object.insert("additionalProperties".to_owned(), schema));
            if let Some(properties) = object.get("properties").and_then(Json::as_object) {
                let required = properties.keys().map(|key| Json::from(key.as_str())).collect();
                object.insert("required".to_owned(), Json::Array(required));
            }
            if let Some(description) = object.get_mut("oneOf").and_then(lift_description) {
                object.insert("description".to_owned(), description);
            }
            if let Some(Json::String(text)) = object.get_mut("description") {
                *text = paragraphs(text);
            }
            object.values_mut().for_each(publish);
        }
        Json::Array(elements) => elements.iter_mut().for_each(publish),
        _ => {}
    }
}

fn lift_description(options: &mut Json) -> Option<Json> {
    let options = options.as_array_mut()?;
    options.iter_mut().find_map(|option| {
        let option = option.as_object_mut()?;
        option.contains_key("$ref").then(|| option.remove("description"))?
    })
}

/// Joins the lines of a paragraph; lists, tables and blank lines stay as they are.
fn paragraphs(text: &str) -> String {
    let mut joined = String::new();
    for line in text.lines().map(str::trim_end) {
        let own_line = line.is_empty() || line.starts_with("- ") || line.starts_with('|');
        if !joined.is_empty() {
            joined.push(if own_line || joined.ends_with('\n') { '\n' } else { ' ' });
        }
        joined.push_str(line);
    }
    joined
}

fn without_null(schema: &Json) -> Json {
    let mut schema = schema.clone();
    if let Some(kinds) = schema.get_mut("type")
        && let Some(list) = kinds.as_array()
        && let Some(kind) = list.iter().find(|kind| *kind != "null")
    {
        *kinds = kind.clone();
    }
    schema
}
