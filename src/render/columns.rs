//! The columns of a collection, for the formats that are flat.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::model::{Collection, Field, FieldValue, JsonSchema, Kind, fields};

/// A column of CSV, XLSX and Parquet: a field with what the published schema says of it, or a value that is computed
/// for the answer.
pub struct FlatColumn<C: 'static> {
    source: ColumnSource<C>,
    description: String,
    schema: Json,
}

/// Computes a value from a record and the row that it stands in.
pub type Compute<C> = Arc<dyn Fn(u32, &C) -> FieldValue<'static> + Send + Sync>;

/// Where the values of a column come from.
enum ColumnSource<C: 'static> {
    Field(&'static dyn Field<C>),
    Computed { name: &'static str, kind: Kind, list: bool, compute: Compute<C> },
}

/// The columns of a collection in the order of its table of fields, or those of some top-level keys.
///
/// A column belongs to the longest key that begins its name: `amount_usd` to `amount`, but
/// `personnel_qualifier` to the key of that name, not to `personnel`.
pub fn columns<C: Collection>(keys: Option<&[String]>) -> Vec<FlatColumn<C>> {
    let json_schema = JsonSchema::of::<C>();
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
    fields::<C>()
        .filter(|field| field.uses().column)
        .filter(|field| keys.is_none_or(|keys| keys.iter().any(|key| key == key_of(field.name()))))
        .map(|field| {
            let property = json_schema.property(field.name());
            let (description, schema) =
                property.map_or_else(Default::default, |found| (found.description, found.schema));
            FlatColumn { source: ColumnSource::Field(field), description, schema }
        })
        .collect()
}

impl<C: Collection> FlatColumn<C> {
    /// A column that no field of the record holds: what is computed from it for this answer. It may be missing.
    pub fn computed(
        name: &'static str,
        kind: Kind,
        list: bool,
        description: &str,
        compute: Compute<C>,
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

    /// Its name: the path in JSON joined by `_`.
    pub fn name(&self) -> &'static str {
        match &self.source {
            ColumnSource::Field(field) => field.name(),
            ColumnSource::Computed { name, .. } => name,
        }
    }

    /// What kind of value it holds.
    pub fn kind(&self) -> Kind {
        match &self.source {
            ColumnSource::Field(field) => field.kind(),
            ColumnSource::Computed { kind, .. } => *kind,
        }
    }

    /// Whether it holds several values.
    pub fn is_list(&self) -> bool {
        match &self.source {
            ColumnSource::Field(field) => field.is_list(),
            ColumnSource::Computed { list, .. } => *list,
        }
    }

    /// Whether the value may be missing.
    pub fn is_optional(&self) -> bool {
        match &self.source {
            ColumnSource::Field(field) => field.is_optional(),
            ColumnSource::Computed { .. } => true,
        }
    }

    /// The collection whose ids it holds.
    pub fn refers_to(&self) -> Option<&'static str> {
        match &self.source {
            ColumnSource::Field(field) => field.refers_to(),
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
    pub fn value<'r>(&self, row: u32, record: &'r C) -> FieldValue<'r> {
        match &self.source {
            ColumnSource::Field(field) => field.value(record),
            ColumnSource::Computed { compute, .. } => compute(row, record),
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
