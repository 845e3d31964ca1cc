//! The records of one collection, ready to be asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::index::Index;
use super::page::Selection;
use super::parameter::Parameter;
use super::question::Question;
use crate::model::{Collection, Field, Shape};

/// The ids of every collection, by the collection's name.
pub type Directory = BTreeMap<&'static str, BTreeSet<String>>;

/// The records of one collection, sorted by id, with their JSON and their index. Immutable.
pub struct Table<C: 'static> {
    records: Vec<C>,
    json: Vec<Box<str>>,
    rows: HashMap<String, u32>,
    keys: Vec<String>,
    parameters: Vec<Parameter<C>>,
    directory: Arc<Directory>,
    pub(super) index: Index,
}

impl<C: Collection> Table<C> {
    /// Indexes checked records, which come sorted by id. `directory` holds the ids of all collections, so
    /// that a question for an unknown partner or program is refused rather than answered with nothing.
    ///
    /// # Panics
    /// When a record cannot be written as JSON, which its type rules out.
    pub fn new(records: Vec<C>, directory: Arc<Directory>) -> Self {
        let write = |record| {
            let json = serde_json::to_string(record).expect("records hold only what JSON can hold");
            json.into_boxed_str()
        };
        let shape = Shape::of::<C>();
        let keys = shape.properties(shape.root());
        Self {
            json: records.iter().map(write).collect(),
            rows: (0..).zip(&records).map(|(row, record)| (record.id().to_owned(), row)).collect(),
            keys: keys.into_iter().flatten().map(|(key, _)| key.clone()).collect(),
            parameters: Parameter::all(),
            directory,
            index: Index::new(&records),
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
        self.rows.get(id).map(|row| self.record(*row))
    }

    /// The JSON of the record with that id.
    pub fn json_of(&self, id: &str) -> Option<&str> {
        self.rows.get(id).map(|row| self.json(*row))
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
        &self.json[row as usize]
    }

    /// The top-level keys of a record's JSON, in their order.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The parameters that the collection understands.
    pub fn parameters(&self) -> &[Parameter<C>] {
        &self.parameters
    }

    /// The ids that a field may hold, for a field that refers to a collection.
    pub fn ids_of(&self, field: &dyn Field<C>) -> Option<&BTreeSet<String>> {
        self.directory.get(field.refers_to()?)
    }

    /// The records that answer a question, in its order.
    pub fn select(&self, question: &Question<C>) -> Selection<'_, C> {
        let mut rows = self.index.all().clone();
        for condition in &question.conditions {
            rows &= self.index.passing(condition.field, &condition.test);
        }
        if let Some(words) = &question.words {
            rows &= self.index.holding(words);
        }
        Selection::new(self, rows, &question.orders)
    }
}
