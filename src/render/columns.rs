//! The columns of a collection, for the formats that are flat.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::model::{Collection, FieldSummary, FieldValue, JsonSchema, Kind, fields};
use crate::query::AnyTable;

/// A column of CSV, XLSX and Parquet: a field with what the published schema says of it, or a value that is computed
/// for the answer.
pub struct FlatColumn {
    source: ColumnSource,
    description: String,
    schema: Json,
}

/// Computes a value from a record, by its table and the row that it stands in.
pub type Compute = Arc<dyn Fn(&dyn AnyTable, u32) -> FieldValue<'static> + Send + Sync>;

/// Where the values of a column come from.
enum ColumnSource {
    /// A field, and its place in the table of fields.
    Field(FieldSummary, usize),
    Computed {
        name: &'static str,
        kind: Kind,
        list: bool,
        compute: Compute,
    },
}

/// The columns of a collection in the order of its table of fields, or those of some top-level keys.
///
/// A column belongs to the longest key that begins its name: `amount_usd` to `amount`, but
/// `personnel_qualifier` to the key of that name, not to `personnel`.
pub fn columns<C: Collection>(keys: Option<&[String]>) -> Vec<FlatColumn> {
    let fields: Vec<_> = fields::<C>().map(FieldSummary::of).collect();
    of_fields(&fields, &JsonSchema::of::<C>(), keys)
}

fn of_fields(
    fields: &[FieldSummary],
    json_schema: &JsonSchema,
    keys: Option<&[String]>,
) -> Vec<FlatColumn> {
    let known: Vec<&String> = json_schema
        .properties(json_schema.root())
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .collect();
    let key_of = |name: &'static str| {
        let owns = |key: &&String| {
            name.strip_prefix(key.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        known.iter().copied().filter(owns).max_by_key(|key| key.len()).map_or(name, String::as_str)
    };
    let is_asked = |field: &FieldSummary| {
        keys.is_none_or(|keys| keys.iter().any(|key| key == key_of(field.name)))
    };
    fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.uses.column && is_asked(field))
        .map(|(place, field)| {
            let property = json_schema.property(field.name);
            let (description, schema) =
                property.map_or_else(Default::default, |found| (found.description, found.schema));
            FlatColumn { source: ColumnSource::Field(*field, place), description, schema }
        })
        .collect()
}

impl FlatColumn {
    /// A column that no field of the record holds: what is computed from it for this answer. It may be missing.
    pub fn computed(
        name: &'static str,
        kind: Kind,
        list: bool,
        description: &str,
        compute: Compute,
    ) -> Self {
        let json_type = match kind {
            Kind::Whole => "integer",
            Kind::Flag => "boolean",
            _ => "string",
        };
        Self {
            source: ColumnSource::Computed { name, kind, list, compute },
            description: description.to_owned(),
            schema: json!({"type": json_type}),
        }
    }

    /// The same column under another name.
    #[must_use]
    pub const fn named(mut self, other: &'static str) -> Self {
        match &mut self.source {
            ColumnSource::Field(FieldSummary { name, .. }, _)
            | ColumnSource::Computed { name, .. } => *name = other,
        }
        self
    }

    /// Its name: the path in JSON joined by `_`.
    pub fn name(&self) -> &'static str {
        match &self.source {
            ColumnSource::Field(field, _) => field.name,
            ColumnSource::Computed { name, .. } => name,
        }
    }

    /// What kind of value it holds.
    pub fn kind(&self) -> Kind {
        match &self.source {
            ColumnSource::Field(field, _) => field.kind,
            ColumnSource::Computed { kind, .. } => *kind,
        }
    }

    /// Whether it holds several values.
    pub fn is_list(&self) -> bool {
        match &self.source {
            ColumnSource::Field(field, _) => field.list,
            ColumnSource::Computed { list, .. } => *list,
        }
    }

    /// Whether the value may be missing.
    pub fn is_optional(&self) -> bool {
        match &self.source {
            ColumnSource::Field(field, _) => field.optional,
            ColumnSource::Computed { .. } => true,
        }
    }

    /// The collection whose ids it holds.
    pub fn refers_to(&self) -> Option<&'static str> {
        match &self.source {
            ColumnSource::Field(field, _) => field.refers_to,
            ColumnSource::Computed { .. } => None,
        }
    }

    /// What it means, its unit, and what a missing value means; from the published schema.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The published schema of one value, with null taken away.
    pub(super) const fn schema(&self) -> &Json {
        &self.schema
    }

    /// The words of a code with what each means; none for other kinds.
    pub fn meanings(&self) -> Vec<(&'static str, &'static str)> {
        match self.kind() {
            Kind::Code(list) => {
                list.codes.iter().map(|code| (code.code, code.definition.en)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Reads it out of the record in a row.
    pub fn value<'t>(&self, table: &'t dyn AnyTable, row: u32) -> FieldValue<'t> {
        match &self.source {
            ColumnSource::Field(_, place) => table.value(row, *place),
            ColumnSource::Computed { compute, .. } => compute(table, row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::Sample;

    fn names(keys: &[&str]) -> Vec<&'static str> {
        let keys: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
        columns::<Sample>(Some(&keys)).iter().map(FlatColumn::name).collect()
    }

    #[test]
    fn a_filter_without_a_value_is_no_column() {
        let all = columns::<Sample>(None);
        assert!(all.iter().any(|column| column.name() == "citations_locator"));
        assert!(all.iter().all(|column| column.name() != "fiscal_year"));
    }

    #[test]
    fn a_key_brings_all_columns_of_its_parts() {
        assert_eq!(
            names(&["amount"]),
            ["amount_usd", "amount_qualifier", "amount_rounded_to_usd", "amount_max_usd"]
        );
    }

    #[test]
    fn a_key_brings_no_column_of_a_key_that_begins_like_it() {
        assert_eq!(names(&["people"]), ["people"]);
        assert_eq!(names(&["people_known"]), ["people_known"]);
    }

    #[test]
    fn descriptions_come_from_the_published_schema() {
        let all = columns::<Sample>(None);
        let missing: Vec<_> = all
            .iter()
            .filter(|column| column.description().is_empty())
            .map(FlatColumn::name)
            .collect();
        assert_eq!(missing, [""; 0]);
    }

    #[test]
    fn each_word_of_a_code_has_its_meaning() {
        let all = columns::<Sample>(None);
        let column =
            all.iter().find(|column| column.name() == "amount_qualifier").expect("the column");
        let Kind::Code(list) = column.kind() else { panic!("a code") };
        let meanings = column.meanings();
        assert_eq!(meanings.iter().map(|(word, _)| *word).collect::<Vec<_>>(), list.words);
        assert_eq!(
            meanings[3],
            ("less_than", "\"Less than\", \"nearly\", \"up to\": an upper bound.")
        );
    }
}
