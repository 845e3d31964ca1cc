//! What changed from one release to the next, record by record and field by field.
//!
//! What a change means follows from the table of fields, not from an editor: prose is reworded, what a reader may
//! filter by is corrected.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::change_log::ChangeKind;
use crate::dataset::load::line::is_derived;
use crate::dataset::tables::{Dataset, Stored, TablePairVisitor};
use crate::model::{FieldSummary, JsonSchema, Kind};
use crate::query::{AnyTable, Table};

/// The collection of partners.
const PARTNERS: &str = "partners";

/// What stands in a field, as JSON has it.
pub struct StatedValue;

impl PartialSchema for StatedValue {
    fn schema() -> RefOr<Schema> {
        let schema = json!({
            "description": "What stands in a field: a text, a number, true or false, a list of these, or null.",
            "type": ["string", "number", "boolean", "array", "null"],
            "items": {"type": ["string", "number", "boolean", "null"]},
        });
        serde_json::from_value(schema).expect("written in the form of the document")
    }
}

impl ToSchema for StatedValue {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("StatedValue")
    }
}

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldChange {
    /// The field, by the name of its column.
    pub field: String,
    /// What stood there; null when nothing did.
    #[schema(value_type = StatedValue)]
    pub from: Json,
    /// What stands there now; null when nothing does.
    #[schema(value_type = StatedValue)]
    pub to: Json,
}

/// What became of one record from one release to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// The collection of the record.
    pub collection: &'static str,
    /// The record's id in it.
    pub id: String,
    /// The partners that it is about, by code, before or after.
    pub partners: BTreeSet<String>,
    /// What became of it.
    pub kind: ChangeKind,
    /// Whether a figure, a date, a code or a name that was there is another now, or the record is gone: whoever
    /// cited it should look again.
    pub material: bool,
    /// The fields that differ, in the order of the columns. Empty for a record that is new or gone.
    pub fields: Vec<FieldChange>,
}

impl Dataset {
    /// What changed since a former release: every record that is new, gone or another, in the order of collections
    /// and ids.
    pub fn changes_since(&self, former: &Self) -> Vec<RecordChange> {
        let mut comparison = Comparison(Vec::new());
        self.visit_with(former, &mut comparison);
        comparison.0
    }
}

impl Dataset {
    /// What changed since a former release in some records, each named by its collection and its id.
    pub fn changes_among(
        &self,
        former: &Self,
        records: &BTreeSet<(&'static str, String)>,
    ) -> Vec<RecordChange> {
        let mut comparison = PartComparison { records, changes: Vec::new() };
        self.visit_with(former, &mut comparison);
        comparison.changes
    }

    /// Whether there is a record of that collection and that id.
    pub fn holds(&self, collection: &str, id: &str) -> bool {
        let mut tables = self.tables().into_iter();
        tables.any(|table| table.name() == collection && table.row(id).is_some())
    }
}

/// A comparison of some records.
struct PartComparison<'r> {
    records: &'r BTreeSet<(&'static str, String)>,
    changes: Vec<RecordChange>,
}

impl TablePairVisitor for PartComparison<'_> {
    fn visit_pair<C: Stored>(&mut self, former: &Table<C>, latter: &Table<C>) {
        if self.records.iter().any(|(name, _)| *name == C::NAME) {
            self.compare(former, latter, &JsonSchema::of::<C>());
        }
    }
}

impl PartComparison<'_> {
    fn compare(&mut self, former: &dyn AnyTable, latter: &dyn AnyTable, schema: &JsonSchema) {
        let compared = ComparedFields::of(latter, schema);
        for (_, id) in self.records.iter().filter(|(name, _)| *name == latter.name()) {
            let before = former.row(id).map(|row| Side { table: former, row });
            let after = latter.row(id).map(|row| Side { table: latter, row });
            self.changes.extend(compared.change(before, after));
        }
    }
}

struct Comparison(Vec<RecordChange>);

impl TablePairVisitor for Comparison {
    fn visit_pair<C: Stored>(&mut self, former: &Table<C>, latter: &Table<C>) {
        self.compare(former, latter, &JsonSchema::of::<C>());
    }
}

impl Comparison {
    fn compare(&mut self, former: &dyn AnyTable, latter: &dyn AnyTable, schema: &JsonSchema) {
        let compared = ComparedFields::of(latter, schema);
        let sides = |table| (0..).take(AnyTable::count(table)).map(move |row| Side { table, row });
        let mut old = sides(former).peekable();
        let mut new = sides(latter).peekable();
        loop {
            // Both are sorted by id.
            let order = match (old.peek(), new.peek()) {
                (None, None) => return,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.id().cmp(new.id()),
            };
            let before = old.next_if(|_| order.is_le());
            let after = new.next_if(|_| order.is_ge());
            self.0.extend(compared.change(before, after));
        }
    }
}

/// A record of one of two releases.
#[derive(Clone, Copy)]
struct Side<'t> {
    table: &'t dyn AnyTable,
    row: u32,
}

impl<'t> Side<'t> {
    fn id(self) -> &'t str {
        self.table.id(self.row)
    }

    fn json(self) -> &'t str {
        self.table.json(self.row)
    }

    /// The partners that it is about.
    fn partners(self) -> Vec<String> {
        match self.table.name() {
            PARTNERS => vec![self.id().to_owned()],
            _ => self.table.partners(self.row),
        }
    }
}

/// The top-level keys of a record's JSON.
type Keys<'j> = BTreeMap<&'j str, &'j RawValue>;

/// The fields of a collection, as they are compared: what stands in the records' JSON is what their files state.
struct ComparedFields<'t> {
    fields: &'t [FieldSummary],
    /// The columns that are worked out from others, and change with them.
    derived: BTreeSet<String>,
}

impl<'t> ComparedFields<'t> {
    fn of(table: &'t dyn AnyTable, schema: &JsonSchema) -> Self {
        let mut derived = BTreeSet::new();
        derived_columns(schema, schema.root(), "", &mut derived);
        Self { fields: table.fields(), derived }
    }

    /// What became of a record that is new, gone, or another; none where it is the same.
    fn change(&self, before: Option<Side<'_>>, after: Option<Side<'_>>) -> Option<RecordChange> {
        if before.map(Side::json) == after.map(Side::json) {
            return None;
        }
        let record = after.or(before)?;
        let (kind, material, fields) = match (before, after) {
            (None, _) => (ChangeKind::Added, false, Vec::new()),
            (_, None) => (ChangeKind::Removed, true, Vec::new()),
            (Some(before), Some(after)) => self.field_changes(before.json(), after.json())?,
        };
        Some(RecordChange {
            collection: record.table.name(),
            id: record.id().to_owned(),
            partners: before.into_iter().chain(after).flat_map(Side::partners).collect(),
            kind,
            material,
            fields,
        })
    }

    /// The fields that differ in the JSON of a record, and what that makes of it; none where none differs.
    fn field_changes(
        &self,
        before: &str,
        after: &str,
    ) -> Option<(ChangeKind, bool, Vec<FieldChange>)> {
        let keys = |json| serde_json::from_str::<Keys<'_>>(json).unwrap_or_default();
        let (before, after) = (keys(before), keys(after));
        let (mut from, mut to) = (BTreeMap::new(), BTreeMap::new());
        let all: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        for key in all {
            let texts =
                [before.get(key), after.get(key)].map(|value| value.map(|value| value.get()));
            if texts[0] != texts[1] {
                for (text, columns) in texts.into_iter().zip([&mut from, &mut to]) {
                    let value = text.and_then(|text| serde_json::from_str(text).ok());
                    flatten(value.unwrap_or(Json::Null), key.to_owned(), columns);
                }
            }
        }
        let columns: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
        let mut changes: Vec<_> = columns
            .into_iter()
            .filter(|column| !self.derived.contains(*column))
            .filter_map(|column| self.field_change(column, from.get(column), to.get(column)))
            .collect();
        changes.sort_by_key(|(place, ..)| *place);
        let kind = changes.iter().map(|(_, kind, ..)| *kind).min()?;
        let material = changes.iter().any(|(_, _, material, _)| *material);
        Some((kind, material, changes.into_iter().map(|(.., change)| change).collect()))
    }

    /// What became of a column: its place, the kind of change, whether it is material, and the values.
    fn field_change(
        &self,
        column: &str,
        before: Option<&Json>,
        after: Option<&Json>,
    ) -> Option<(usize, ChangeKind, bool, FieldChange)> {
        // A part that is null, and a list of no parts, have no columns.
        let is_nothing = |value: Option<&Json>| {
            value.is_none_or(|value| value.is_null() || value.as_array().is_some_and(Vec::is_empty))
        };
        if before == after || (is_nothing(before) && is_nothing(after)) {
            return None;
        }
        let place = self.fields.iter().position(|field| field.name == column);
        let field = place.map(|place| &self.fields[place]);
        let is_prose = field.is_none_or(|field| field.kind == Kind::Text && !field.uses.equals);
        let nothing = if field.is_some_and(|field| field.list) { json!([]) } else { Json::Null };
        let (before, after) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
        let kind = if column == "superseded_by" && before.is_null() {
            ChangeKind::Superseded
        } else if is_extended(before, after) {
            ChangeKind::Extended
        } else if is_prose && !column.starts_with("citations_") {
            ChangeKind::Reworded
        } else {
            ChangeKind::Corrected
        };
        let material = match kind {
            ChangeKind::Superseded => true,
            ChangeKind::Corrected => !is_prose,
            _ => false,
        };
        let change =
            FieldChange { field: column.to_owned(), from: before.clone(), to: after.clone() };
        Some((place.unwrap_or(self.fields.len()), kind, material, change))
    }
}

/// Spreads a value over its columns: `amount` over `amount_usd` and the others, a list of citations over a list of
/// their sources and one of their locators.
fn flatten(value: Json, column: String, columns: &mut BTreeMap<String, Json>) {
    match value {
        Json::Object(part) => {
            for (key, value) in part {
                flatten(value, format!("{column}_{key}"), columns);
            }
        }
        Json::Array(parts) if parts.first().is_some_and(Json::is_object) => {
            for part in parts {
                for (key, value) in part.as_object().into_iter().flatten() {
                    let list =
                        columns.entry(format!("{column}_{key}")).or_insert_with(|| json!([]));
                    list.as_array_mut().into_iter().for_each(|list| list.push(value.clone()));
                }
            }
        }
        value => _ = columns.insert(column, value),
    }
}

/// Whether a value was filled in, or a list has more and all that it had, in its order.
fn is_extended(before: &Json, after: &Json) -> bool {
    match (before, after) {
        (Json::Null, _) => true,
        (Json::Array(before), Json::Array(after)) => {
            let mut after = after.iter();
            before.iter().all(|value| after.any(|other| other == value))
        }
        _ => false,
    }
}

/// Gathers the columns that the service works out, at every depth.
fn derived_columns(schema: &JsonSchema, part: &Json, prefix: &str, found: &mut BTreeSet<String>) {
    let part = schema.resolve(part);
    if let Some(items) = part.get("items") {
        derived_columns(schema, items, prefix, found);
    }
    for (key, property) in part.get("properties").and_then(Json::as_object).into_iter().flatten() {
        let column = format!("{prefix}{key}");
        if is_derived(property) {
            found.insert(column);
        } else {
            derived_columns(schema, property, &format!("{column}_"), found);
        }
    }
}
