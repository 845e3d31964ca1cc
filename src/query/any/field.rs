//! A field that a parameter asks about: which texts it takes, and what a misspelled one meant.

use super::table::AnyTable;
use crate::model::{FieldSummary, Kind};
use crate::query::id_values::IdValues;
use crate::query::index::FieldIndex;
use crate::query::parameter::split_list;
use crate::query::refusal::{
    BadParameter, Offered, Tell, code_meant, country_meant, nearest, nearest_by,
};

/// The field that holds the ids of records of any collection.
const REFERENCES: &str = "records_id";

/// How alike a list and a value with commas must be for the list to be that value, misspelled.
const ALIKE_LISTS: f64 = 0.8;

/// A field of a table, with the values that its records hold.
#[derive(Clone, Copy)]
pub struct AskedField<'t> {
    table: &'t dyn AnyTable,
    place: usize,
}

impl<'t> AskedField<'t> {
    /// The field in a place of the table of fields.
    pub fn new(table: &'t dyn AnyTable, place: usize) -> Self {
        Self { table, place }
    }

    /// What it holds and takes.
    pub fn summary(self) -> &'t FieldSummary {
        &self.table.fields()[self.place]
    }

    /// The ids that it may hold, where it refers to a collection.
    pub fn ids(self) -> Option<IdValues<'t>> {
        self.ids_of(self.summary().refers_to?)
    }

    fn ids_of(self, collection: &str) -> Option<IdValues<'t>> {
        let (name, ids) = self.table.id_sets().get_key_value(collection)?;
        Some(IdValues::of(name, ids))
    }

    /// Whether any record holds a text in it.
    pub(crate) fn holds(self, text: &str) -> bool {
        match self.table.index().field(self.place) {
            FieldIndex::Id => self.table.row(text).is_some(),
            FieldIndex::Values(column) => column.holds(text),
            FieldIndex::Years(_) | FieldIndex::Prose(_) => false,
        }
    }

    /// Whether a reader may ask for a text in it: a record holds it, or, of a field that names records of any
    /// collection, it is the id of one.
    pub(crate) fn knows(self, text: &str) -> bool {
        let names_any = self.summary().name == REFERENCES;
        self.holds(text) || names_any && self.table.id_sets().values().any(|ids| ids.contains(text))
    }

    /// Its values that a misspelled one is compared with.
    fn near(self, text: &str) -> Vec<&'t str> {
        match self.table.index().field(self.place) {
            FieldIndex::Values(column) => column.near(text),
            _ => Vec::new(),
        }
    }

    /// Whether a list is more likely one value with commas that is misspelled: not all of its parts are values.
    pub(crate) fn is_misspelt(self, text: &str) -> bool {
        let field = self.summary();
        let is_open = field.kind == Kind::Text && field.refers_to.is_none();
        is_open
            && nearest_by(ALIKE_LISTS, text, self.near(text)).is_some()
            && !split_list(text).iter().all(|part| self.holds(part))
    }

    /// Its value that a text most likely meant.
    pub(crate) fn meant(self, text: &str) -> Option<String> {
        let field = self.summary();
        let own = || self.ids_of(field.collection).filter(|_| field.name == "id");
        if let Some(ids) = self.ids().or_else(own) {
            return ids.meant(text);
        }
        if let Kind::Code(list) = field.kind {
            return code_meant(list, text);
        }
        if field.holds_countries {
            return country_meant(text).filter(|code| self.holds(code)).map(str::to_owned);
        }
        nearest(text, self.near(text)).map(str::to_owned)
    }

    /// Refuses a text that no record holds in it.
    pub(crate) fn refuse(self, parameter: &str, text: &str, tell: Tell) -> BadParameter {
        let (field, table) = (self.summary(), self.table);
        let at = if field.uses.facets {
            format!("{}?facets={}&limit=0", table.path(), field.name)
        } else {
            table.path().to_owned()
        };
        let offered = if let FieldIndex::Values(column) = table.index().field(self.place) {
            Offered::of(tell, column.values.len(), column.texts(), Some(at))
        } else {
            let ids = (0..).take(table.count()).map(|row| table.id(row));
            Offered::of(tell, table.count(), ids, Some(at))
        };
        let meant = tell.meant.then(|| self.meant(text)).flatten();
        BadParameter::not_one_of(parameter, text, offered, meant)
    }
}
