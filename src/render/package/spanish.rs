//! The Spanish titles and summaries of a collection as a table of their own, which is joined by `id`.

use serde_json::{Value as Json, json};

use super::descriptor::PROFILE;
use super::resource::{Resource, title};
use crate::model::{Collection, JsonSchema, Translation};
use crate::query::Table;
use crate::render::csv;

/// The columns; what a translation is of is for those who write it.
const COLUMNS: [&str; 3] = ["id", "title", "summary"];

/// The Spanish texts of a collection; none where it has none.
pub fn spanish_resource<C: Collection>(table: &Table<C>) -> Option<Resource> {
    let translations = table.translations();
    (!translations.is_empty()).then(|| described(C::NAME, translations))
}

fn described(collection: &str, translations: &[Translation]) -> Resource {
    let rows = translations.iter().map(|text| {
        let summary = text.summary.as_ref().map(|summary| summary.as_str().to_owned());
        vec![
            text.id.as_str().to_owned(),
            text.title.as_str().to_owned(),
            summary.unwrap_or_default(),
        ]
    });
    let bytes = csv::table(&COLUMNS, rows);
    let name = format!("{collection}-es");
    let about =
        format!("Titles and summaries of {collection} in Spanish, for those that have them.");
    let title = format!("{}, in Spanish", title(collection));
    let mut resource = Resource::described(name, &title, &about, bytes, &schema(collection));
    resource.descriptor["language"] = "es".into();
    resource.is_translation = true;
    resource
}

fn schema(collection: &str) -> Json {
    let json_schema = JsonSchema::of::<Translation>();
    let field = |name: &str| {
        let property = json_schema.property(name);
        let description = property.map(|found| found.description).unwrap_or_default();
        let mut field = json!({"name": name, "type": "string", "description": description});
        if name != "summary" {
            field["constraints"] = json!({"required": true});
        }
        if name == "id" {
            field["constraints"]["unique"] = true.into();
        }
        field
    };
    json!({
        "$schema": PROFILE,
        "fields": COLUMNS.map(field),
        "primaryKey": ["id"],
        "foreignKeys": [{
            "fields": ["id"],
            "reference": {"resource": collection, "fields": ["id"]},
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{spanish_table, table};

    #[test]
    fn spanish_texts_are_a_table_that_refers_to_its_collection() {
        let resource = spanish_resource(&spanish_table()).expect("it has Spanish texts");
        assert_eq!(resource.name, "small-samples-es");
        let csv = String::from_utf8(resource.csv).expect("UTF-8");
        assert_eq!(csv, "id,title,summary\r\na,Dos palabras,'=Un resumen\r\nc,Bogotá,\r\n");
        let schema = &resource.descriptor["schema"];
        let reference = json!({"resource": "small-samples", "fields": ["id"]});
        assert_eq!(schema["foreignKeys"][0]["reference"], reference);
        assert_eq!(schema["fields"][1]["constraints"], json!({"required": true}));
        assert!(schema["fields"][2].get("constraints").is_none());
        assert!(spanish_resource(&table()).is_none());
    }
}
