//! A collection without its record's type: what the document says of it is compiled once for all.

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::collections::Source;
use crate::dataset::{Dataset, Stored};
use crate::model::{Collection, JsonSchema};
use crate::query::AnyTable;

/// A collection as the document describes it.
pub(crate) struct AnyCollection<'d> {
    /// Its table in the sample.
    pub(super) table: &'d dyn AnyTable,
    /// What the schema of its records is called: `ArmsSale`.
    pub(super) record: String,
    /// The schema of its records.
    pub(super) json_schema: JsonSchema,
    /// The same as parts of the document, with all that it refers to.
    pub(super) record_schemas: fn() -> Vec<(String, RefOr<Schema>)>,
}

impl<'d> AnyCollection<'d> {
    /// A collection of the sample.
    pub(crate) fn of<C: Stored>(sample: &'d Dataset) -> Self {
        Self {
            table: C::table(sample),
            record: C::name().into_owned(),
            json_schema: JsonSchema::of::<C>(),
            record_schemas: record_schemas::<C>,
        }
    }

    /// Its name in a sentence: `arms sales`.
    pub(super) fn in_words(&self) -> String {
        self.table.name().replace('-', " ")
    }

    /// Its name in the id of an operation: `arms_sales`.
    pub(super) fn in_ids(&self) -> String {
        self.table.name().replace('-', "_")
    }
}

/// The schemas of a collection's records and of what surrounds them.
fn record_schemas<C: Collection>() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(C::name().into_owned(), C::schema())];
    C::schemas(&mut schemas);
    Source::schemas(&mut schemas);
    schemas.push((Source::name().into_owned(), Source::schema()));
    schemas
}
