//! The records of one collection, indexed for queries.

use std::hash::BuildHasher as _;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::id_set::IdSets;
use super::id_values::IdValues;
use super::index::{TableIndex, WordPostings};
use super::json_rows::JsonRows;
use super::parameter::Parameter;
use crate::model::{
    Basis, Collection, FieldSummary, FieldValue, JsonSchema, Statement, Text, Translation, fields,
    year_field,
};

/// The records of one collection, sorted by id, with their JSON and their index. Immutable.
pub struct Table<C: 'static> {
    records: Vec<C>,
    /// The rows of the records, by id.
    rows: HashTable<u32>,
    json: JsonRows,
    keys: Vec<String>,
    definitions: Vec<String>,
    summaries: Vec<FieldSummary>,
    parameters: Vec<Parameter>,
    /// The Spanish texts of some records, sorted by id.
    translations: Vec<Translation>,
    /// The fiscal years that its records touch, first and last; none without any.
    pub(super) year_coverage: Option<(i16, i16)>,
    pub(super) id_sets: Arc<IdSets>,
    pub(super) index: TableIndex,
    /// The words of titles and ids, once a search asked for them.
    title_words: OnceLock<WordPostings>,
}

/// Ids come from the data alone, so nobody can choose such as make it slow.
fn hash(id: &str) -> u64 {
    FixedState::default().hash_one(id)
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
        Self::with_json(records, json, Vec::new(), id_sets)
    }

    /// As [`Table::new`], for records whose JSON is already written, some of which have Spanish texts, sorted by id.
    ///
    /// # Panics
    /// When there is not one JSON for each record.
    pub fn with_json(
        mut records: Vec<C>,
        mut json: JsonRows,
        translations: Vec<Translation>,
        id_sets: Arc<IdSets>,
    ) -> Self {
        assert_eq!(records.len(), json.len(), "one JSON a record");
        records.shrink_to_fit();
        let mut rows = HashTable::with_capacity(records.len());
        for row in (0_u32..).take(records.len()) {
            let of_row = |row: &u32| hash(records[*row as usize].id());
            rows.insert_unique(of_row(&row), row, of_row);
        }
        json.shrink();
        let shape = JsonSchema::of::<C>();
        let keys = shape.properties(shape.root());
        let summaries: Vec<_> = fields::<C>().map(FieldSummary::of).collect();
        let index = TableIndex::new(&records, &translations, &id_sets);
        Self {
            keys: keys.into_iter().flatten().map(|(key, _)| key.clone()).collect(),
            definitions: fields::<C>()
                .map(|field| shape.property(field.name()).map(|known| known.description))
                .map(Option::unwrap_or_default)
                .collect(),
            parameters: Parameter::all(&summaries),
            summaries,
            year_coverage: index.year_coverage().or_else(|| single_years(&records)),
            index,
            title_words: OnceLock::new(),
            translations,
            id_sets,
            json,
            rows,
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

    /// The Spanish texts of its records, sorted by id.
    pub fn translations(&self) -> &[Translation] {
        &self.translations
    }

    /// The Spanish texts of the record with that id.
    pub fn translation(&self, id: &str) -> Option<&Translation> {
        let known = |translation: &Translation| translation.id.as_str().cmp(id);
        let at = self.translations.binary_search_by(known).ok()?;
        Some(&self.translations[at])
    }

    /// What stands in a field of a record in Spanish; none where it has only English words.
    pub fn spanish_of(&self, record: &C, field: &str) -> Option<&str> {
        let fields = C::TRANSLATED?;
        let spanish = self.translation(record.id())?;
        match field {
            _ if field == fields.title => Some(spanish.title.as_str()),
            _ if field == fields.summary => spanish.summary.as_ref().map(Text::as_str),
            _ => None,
        }
    }

    /// What a record states, with its Spanish title where there is one.
    pub fn statement_of<'t>(&'t self, record: &'t C) -> Statement<'t> {
        let statement = record.statement();
        match C::TRANSLATED.zip(self.translation(record.id())) {
            Some((fields, spanish)) => statement.with_spanish(fields.title, spanish.title.as_str()),
            None => statement,
        }
    }

    /// The row of the record with that id.
    pub(super) fn row_of(&self, id: &str) -> Option<u32> {
        self.rows.find(hash(id), |row| self.record(*row).id() == id).copied()
    }

    /// The words of the titles of each record, in English and Spanish, and of its id.
    pub(super) fn title_words(&self) -> &WordPostings {
        self.title_words.get_or_init(|| WordPostings::of_titles(&self.records, &self.translations))
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

    /// What its fields are, without their record's type.
    pub(super) fn summaries(&self) -> &[FieldSummary] {
        &self.summaries
    }

    /// What each field means, in English, as the OpenAPI document says it: in the order of the table of fields.
    pub fn definitions(&self) -> &[String] {
        &self.definitions
    }

    /// The ids of its own records.
    pub fn ids(&self) -> Option<IdValues<'_>> {
        self.id_sets.get(C::NAME).map(|ids| IdValues::of(C::NAME, ids))
    }

    /// The parameters that the collection understands.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

/// The first and the last fiscal year of records that are each of one year.
fn single_years<C: Collection>(records: &[C]) -> Option<(i16, i16)> {
    let (field, basis) = year_field::<C>()?;
    let year = |record: &C| match field.value(record) {
        FieldValue::Whole(year) if basis == Basis::FiscalYear => i16::try_from(year).ok(),
        _ => None,
    };
    let years = || records.iter().filter_map(year);
    years().min().zip(years().max())
}
