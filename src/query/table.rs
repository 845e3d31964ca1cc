//! The records of one collection, indexed for queries.

use std::sync::Arc;

use super::id_set::IdSets;
use super::id_values::IdValues;
use super::index::{FieldIndex, TableIndex, each_label};
use super::json_rows::JsonRows;
use super::parameter::{Parameter, split_list};
use super::refusal::{BadParameter, Offered, Tell, code_meant, country_meant, nearest, nearest_by};
use crate::model::{
    Collection, CountedKeys, Field, FieldSummary, JsonSchema, Kind, Statement, Text, Translation,
    fields,
};

/// The field that holds the ids of records of any collection.
const REFERENCES: &str = "records_id";

/// How alike a list and a value with commas must be for the list to be that value, misspelled.
const ALIKE_LISTS: f64 = 0.8;

/// The records of one collection, sorted by id, with their JSON and their index. Immutable.
pub struct Table<C: 'static> {
    records: Vec<C>,
    json: JsonRows,
    keys: Vec<String>,
    definitions: Vec<String>,
    summaries: Vec<FieldSummary>,
    parameters: Vec<Parameter<C>>,
    /// The Spanish texts of some records, sorted by id.
    translations: Vec<Translation>,
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
        json.shrink();
        let shape = JsonSchema::of::<C>();
        let keys = shape.properties(shape.root());
        Self {
            keys: keys.into_iter().flatten().map(|(key, _)| key.clone()).collect(),
            definitions: fields::<C>()
                .map(|field| shape.property(field.name()).map(|known| known.description))
                .map(Option::unwrap_or_default)
                .collect(),
            summaries: fields::<C>().map(FieldSummary::of).collect(),
            parameters: Parameter::all(),
            index: TableIndex::new(&records, &translations, &id_sets),
            translations,
            id_sets,
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

    /// Calls `visit` with each name of a code that a field holds, in English and in Spanish.
    pub(super) fn each_label(&self, field: &dyn Field<C>, code: &str, visit: &mut dyn FnMut(&str)) {
        each_label(field, code, &self.id_sets, visit);
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

    /// What its fields are, without their record's type.
    pub(super) fn summaries(&self) -> &[FieldSummary] {
        &self.summaries
    }

    /// What each field means, in English, as the OpenAPI document says it: in the order of the table of fields.
    pub fn definitions(&self) -> &[String] {
        &self.definitions
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
    pub fn ids_of(&self, field: &dyn Field<C>) -> Option<IdValues<'_>> {
        let (name, ids) = self.id_sets.get_key_value(field.refers_to()?)?;
        Some(IdValues::of(name, ids))
    }

    /// The ids of its own records.
    pub fn ids(&self) -> Option<IdValues<'_>> {
        self.id_sets.get(C::NAME).map(|ids| IdValues::of(C::NAME, ids))
    }

    /// Whether any record holds a text in a field.
    pub(super) fn holds(&self, field: &dyn Field<C>, text: &str) -> bool {
        let position = fields::<C>().position(|known| known.name() == field.name());
        position.is_some_and(|position| match self.index.field(position) {
            FieldIndex::Id => self.row_of(text).is_some(),
            FieldIndex::Values(column) => column.holds(text),
            FieldIndex::Years(_) | FieldIndex::Prose(_) => false,
        })
    }

    /// Whether a reader may ask for a text in a field: a record holds it, or, of a field that names records of any
    /// collection, it is the id of one.
    pub(super) fn knows(&self, field: &dyn Field<C>, text: &str) -> bool {
        let names_any = field.name() == REFERENCES;
        self.holds(field, text) || names_any && self.id_sets.values().any(|ids| ids.contains(text))
    }

    /// The values of a field that a misspelled one is compared with.
    fn near(&self, field: &dyn Field<C>, text: &str) -> Vec<&str> {
        let position = fields::<C>().position(|known| known.name() == field.name());
        match position.map(|position| self.index.field(position)) {
            Some(FieldIndex::Values(column)) => column.near(text),
            _ => Vec::new(),
        }
    }

    /// Whether a list is more likely one value with commas that is misspelled: not all of its parts are values.
    pub(super) fn is_misspelt(&self, field: &dyn Field<C>, text: &str) -> bool {
        let is_open = field.kind() == Kind::Text && field.refers_to().is_none();
        is_open
            && nearest_by(ALIKE_LISTS, text, self.near(field, text)).is_some()
            && !split_list(text).iter().all(|part| self.holds(field, part))
    }

    /// The value of a field that a text most likely meant.
    pub(super) fn meant(&self, field: &dyn Field<C>, text: &str) -> Option<String> {
        let own = || self.ids().filter(|_| field.name() == "id");
        if let Some(ids) = self.ids_of(field).or_else(own) {
            return ids.meant(text);
        }
        if let Kind::Code(list) = field.kind() {
            return code_meant(list, text);
        }
        if field.holds_countries() {
            return country_meant(text).filter(|code| self.holds(field, code)).map(str::to_owned);
        }
        nearest(text, self.near(field, text)).map(str::to_owned)
    }

    /// Refuses a text that no record holds in a field.
    pub(super) fn refuse(
        &self,
        field: &dyn Field<C>,
        parameter: &str,
        text: &str,
        tell: Tell,
    ) -> BadParameter {
        let position = fields::<C>().position(|known| known.name() == field.name());
        let counted = || Some(format!("{}?facets={}&limit=0", C::PATH, field.name()));
        let at = if field.uses().facets { counted() } else { Some(C::PATH.to_owned()) };
        let index = position.map(|position| self.index.field(position));
        let offered = if let Some(FieldIndex::Values(column)) = index {
            Offered::of(tell, column.values.len(), column.texts(), at)
        } else {
            let ids = self.records.iter().map(Collection::id);
            Offered::of(tell, self.records.len(), ids, at)
        };
        let meant = tell.meant.then(|| self.meant(field, text)).flatten();
        BadParameter::not_one_of(parameter, text, offered, meant)
    }
}
