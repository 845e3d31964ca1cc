//! Table Schema of a collection, after the Data Package standard, version 2.

use serde_json::{Map, Value as Json, json};

use crate::model::Kind;
use crate::render::columns::FlatColumn;

/// The profile of the standard that this schema follows.
pub(super) const PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// The Table Schema of a collection's CSV file.
pub(super) fn schema(collection: &str, columns: &[FlatColumn]) -> Json {
    let mut schema = json!({
        "$schema": PROFILE,
        "fields": columns.iter().map(field).collect::<Vec<_>>(),
        "primaryKey": ["id"],
    });
    let keys: Vec<_> =
        columns.iter().filter_map(|column| foreign_key(collection, column)).collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = keys.into();
    }
    schema
}

fn field(column: &FlatColumn) -> Json {
    let one = match column.kind() {
        Kind::Whole => "integer",
        Kind::Flag => "boolean",
        // Dates too: the standard has no type for a date whose day or month no source gives.
        Kind::Text | Kind::Code(_) | Kind::Date | Kind::Years => "string",
    };
    let mut field = json!({"name": column.name(), "type": one});
    if column.is_list() {
        field["type"] = "list".into();
        field["delimiter"] = ";".into();
        field["itemType"] = one.into();
    }
    if let Some("uri") =
        column.schema().get("format").and_then(Json::as_str).filter(|_| !column.is_list())
    {
        field["format"] = "uri".into();
    }
    if !column.description().is_empty() {
        field["description"] = column.description().into();
    }
    let constraints = constraints(column);
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}

fn constraints(column: &FlatColumn) -> Map<String, Json> {
    let mut constraints = Map::new();
    // An empty list is an empty field, which the standard takes as missing; nor has it constraints for items.
    if column.is_list() {
        return constraints;
    }
    if !column.is_optional() {
        constraints.insert("required".to_owned(), true.into());
    }
    if column.name() == "id" {
        constraints.insert("unique".to_owned(), true.into());
    }
    if let Kind::Code(list) = column.kind() {
        constraints.insert("enum".to_owned(), list.words.into());
    }
    for bound in ["minimum", "maximum"] {
        if let Some(limit) = column.schema().get(bound) {
            constraints.insert(bound.to_owned(), limit.clone());
        }
    }
    if let Some(pattern) = column.schema().get("pattern").and_then(Json::as_str) {
        // A pattern of Table Schema always covers the whole value, and XML Schema has no anchors.
        let whole = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
        if let Some(pattern) = whole {
            constraints.insert("pattern".to_owned(), pattern.into());
        }
    }
    constraints
}

/// The standard has keys between columns of one value only; no schema can say what a list refers to.
fn foreign_key(collection: &str, column: &FlatColumn) -> Option<Json> {
    let target = column.refers_to().filter(|_| !column.is_list())?;
    let reference = if target == collection {
        // Without a resource, a reference is to the file itself.
        json!({"fields": ["id"]})
    } else {
        json!({"resource": target, "fields": ["id"]})
    };
    Some(json!({"fields": [column.name()], "reference": reference}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Collection;
    use crate::render::columns::columns;
    use crate::render::sample::Sample;

    fn sample_schema() -> Json {
        schema(Sample::NAME, &columns::<Sample>(None))
    }

    fn named(name: &str) -> Json {
        let schema = sample_schema();
        let fields = schema["fields"].as_array().expect("fields");
        fields.iter().find(|field| field["name"] == name).expect("the field").clone()
    }

    #[test]
    fn a_list_says_how_it_is_joined_and_what_it_holds() {
        assert_eq!(
            named("years"),
            json!({"name": "years", "type": "list", "delimiter": ";", "itemType": "integer",
                "description": "Years, several."})
        );
    }

    #[test]
    fn an_id_is_required_unique_and_has_its_form() {
        assert_eq!(
            named("id")["constraints"],
            json!({"required": true, "unique": true, "pattern": "[A-Za-z0-9]+(-[A-Za-z0-9]+)*"})
        );
        assert_eq!(sample_schema()["primaryKey"], json!(["id"]));
    }

    #[test]
    fn a_date_is_text_of_a_form_because_it_may_lack_its_day() {
        assert_eq!(named("since")["type"], "string");
        let form = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";
        assert_eq!(named("since")["constraints"], json!({"pattern": form}));
    }

    #[test]
    fn a_code_lists_its_words_and_a_number_its_bounds() {
        assert_eq!(
            named("amount_qualifier")["constraints"],
            json!({"enum": ["exact", "approximately", "more_than", "less_than"]})
        );
        assert_eq!(
            named("amount_usd")["constraints"],
            json!({"minimum": 0, "maximum": 9_007_199_254_740_991_i64})
        );
    }

    #[test]
    fn a_column_that_holds_ids_is_a_foreign_key() {
        assert_eq!(
            sample_schema()["foreignKeys"],
            json!([{"fields": ["part_of"], "reference": {"fields": ["id"]}}])
        );
    }
}
