//! The records of one collection, indexed for queries.

use std::sync::Arc;

use super::id_set::{IdSet, IdSets};
use super::index::TableIndex;
use super::json_rows::JsonRows;
use super::parameter::Parameter;
use crate::model::{Collection, CountedKeys, Field, JsonSchema};

/// The records of one collection, sorted by id, with their JSON and their index. Immutable.
pub struct Table<C: 'static> {
    records: Vec<C>,
    json: JsonRows,
    keys: Vec<String>,
    parameters: Vec<Parameter<C>>,
    id_sets: Arc<IdSets>,
    pub(super) index: TableIndex,
}

impl<C: Collection> Table<C> {
    /// Indexes checked records, which come sorted by id. `id_sets` holds the ids of all collections, so
    /// that a query for an unknown partner or program is refused rather than answered with nothing.
    ///
    /// # Panics
    /// When a record cannot be written as JSON, which its type rules out.
    pub fn new(records: Vec<C>, id_sets: Arc<IdSets>) -> Self {
        let mut json = JsonRows::default();
        for record in &records {
            json.push(record);
        }
        Self::with_json(records, json, id_sets)
    }

    /// As [`Table::new`], for records whose JSON is already written.
    ///
    /// # Panics
    /// When there is not one JSON for each record.
    pub fn with_json(mut records: Vec<C>, mut json: JsonRows, id_sets: Arc<IdSets>) -> Self {
        assert_eq!(records.len(), json.len(), "one JSON a record");
        records.shrink_to_fit();
        json.shrink();
        let shape = JsonSchema::of::<C>();
        let keys = shape.properties(shape.root());
        Self {
            keys: keys.into_iter().flatten().map(|(key, _)| key.clone()).collect(),
            parameters: Parameter::all(),
            id_sets,
            index: TableIndex::new(&records),
            json,
            records,
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record with that id.
    pub fn get(&self, id: &str) -> Option<&C> {
        self.row_of(id).map(|row| self.record(row))
    }

    /// The JSON of the record with that id.
    pub fn json_of(&self, id: &str) -> Option<&str> {
        self.row_of(id).map(|row| self.json(row))
    }

    /// The row of the record with that id.
    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        let row = self.records.binary_search_by(|record| record.id().cmp(id)).ok()?;
        u32::try_from(row).ok()
    }

    /// Every record, sorted by id.
    pub fn records(&self) -> &[C] {
        &self.records
    }

    /// The record in a row that a selection of this table named.
    pub fn record(&self, row: u32) -> &C {
        &self.records[row as usize]
    }

    /// The JSON of the record in a row that a selection of this table named.
    pub fn json(&self, row: u32) -> &str {
        self.json.get(row as usize)
    }

    /// The top-level keys of a record's JSON, in their order.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The keys of a row of its list: a record's, and those that say what a sum does with it.
    pub fn row_keys(&self) -> impl Iterator<Item = &str> + Clone {
        let counted = C::COUNTED.map(CountedKeys::names);
        self.keys.iter().map(String::as_str).chain(counted.into_iter().flatten())
    }

    /// The parameters that the collection understands.
    pub fn parameters(&self) -> &[Parameter<C>] {
        &self.parameters
    }

    /// The ids that a field may hold, for a field that refers to a collection.
    pub fn ids_of(&self, field: &dyn Field<C>) -> Option<&IdSet> {
        self.id_sets.get(field.refers_to()?)
    }
}
