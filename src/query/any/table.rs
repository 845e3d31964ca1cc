//! Tables without their record type: what search, the timeline and the service index need of every collection.

use std::borrow::Cow;
use std::ops::ControlFlow;

use roaring::RoaringBitmap;

use crate::model::{
    Bilingual, Citation, Collection, CountedKeys, DatedEvent, FieldSummary, FieldValue, Reference,
    Scalar, Statement, Translation, fields,
};
use crate::query::id_set::IdSets;
use crate::query::index::{TableIndex, each_label};
use crate::query::parameter::Parameter;
use crate::query::predicate::Predicate;
use crate::query::search_words::SearchWords;
use crate::query::table::Table;
use crate::words::{Names, heading};

/// A table of any collection.
pub trait AnyTable: Send + Sync {
    /// The collection's name.
    fn name(&self) -> &'static str;
    /// Where its list is served: `/v1/arms-sales`.
    fn path(&self) -> &'static str;
    /// What one record is called in a sentence.
    fn singular(&self) -> &'static str;
    /// What the collection holds, in one sentence.
    fn about(&self) -> Bilingual;
    /// What people call the collection.
    fn label(&self) -> Bilingual;
    /// Whether it is an official yearly series, which search and timeline leave out.
    fn is_series(&self) -> bool;
    /// Whether its records cite sources.
    fn cites(&self) -> bool;
    /// How many records there are.
    fn count(&self) -> usize;
    /// What its fields are.
    fn fields(&self) -> &[FieldSummary];
    /// The field of a name.
    fn field(&self, name: &str) -> Option<&FieldSummary> {
        self.fields().iter().find(|field| field.name == name)
    }
    /// The parameters that it understands.
    fn parameters(&self) -> &[Parameter];
    /// The top-level keys of a record's JSON, in their order.
    fn keys(&self) -> &[String];
    /// Its index.
    fn index(&self) -> &TableIndex;
    /// The ids of every collection.
    fn id_sets(&self) -> &IdSets;
    /// What each of its fields means, in the order of the fields.
    fn definitions(&self) -> &[String];
    /// How the rows of its list say what sums do with them; none where its records are no figures.
    fn counted_keys(&self) -> Option<CountedKeys>;
    /// The id of the record in a row.
    fn id(&self, row: u32) -> &str;
    /// The JSON of the record in a row.
    fn json(&self, row: u32) -> &str;
    /// The row of the record with an id.
    fn row(&self, id: &str) -> Option<u32>;
    /// What the record in a row holds in a field, by the place of the field.
    fn value(&self, row: u32, field: usize) -> FieldValue<'_>;
    /// Where the record in a row was published.
    fn citations(&self, row: u32) -> &[Citation];
    /// The records of any collection that the record in a row names.
    fn references(&self, row: u32) -> &[Reference];
    /// What stands in a field of the record in a row in Spanish; none where it has only English words.
    fn spanish_of(&self, row: u32, field: &str) -> Option<&str>;
    /// The title of the record in a row.
    fn title(&self, row: u32) -> String;
    /// The Spanish texts of the record with an id.
    fn translation(&self, id: &str) -> Option<&Translation>;
    /// What the record with an id is called, in English and Spanish: its name, else its title.
    fn called(&self, id: &str) -> Option<Bilingual<Cow<'_, str>>>;
    /// What the record with an id states, in a few words.
    fn heading(&self, id: &str, names: Names<'_>) -> Option<Bilingual<String>>;
    /// Whether its records have names: short ones, that stand for their ids.
    fn has_names(&self) -> bool;
    /// The partners of the record in a row.
    fn partners(&self, row: u32) -> Vec<String>;
    /// The rows that hold every word.
    fn holding(&self, words: &SearchWords) -> RoaringBitmap;
    /// The rows whose titles, in English and Spanish, and id hold every word together.
    fn called_so(&self, words: &SearchWords) -> RoaringBitmap;
    /// Calls `visit` with each text of the record in a row and the name of its field: in the order of the fields, then the
    /// Spanish ones, then what the codes of its fields are called; until it breaks.
    fn each_text(
        &self,
        row: u32,
        visit: &mut dyn FnMut(&'static str, &str) -> ControlFlow<()>,
    ) -> ControlFlow<()>;
    /// The rows of the records about one of these partners.
    fn about_partners(&self, codes: &[String]) -> RoaringBitmap;
    /// Calls `visit` with each date of its records and its row.
    fn each_date(&self, visit: &mut dyn FnMut(u32, DatedEvent));
    /// How many records hold a value in a field.
    fn count_where(&self, field: &str, value: &str) -> u64;
    /// The rows of the records that hold a value in a field.
    fn rows_where(&self, field: &str, value: &str) -> RoaringBitmap;
    /// The rows of the records that name a record of any collection.
    fn rows_naming(&self, collection: &str, id: &str) -> RoaringBitmap;
    /// What the record in a row states.
    fn statement(&self, row: u32) -> Statement<'_>;
    /// How many records name a record of any collection, as conflicts do.
    fn count_naming(&self, collection: &str, id: &str) -> u64;
    /// The fiscal years that its records touch, first and last; none without any.
    fn year_coverage(&self) -> Option<(i16, i16)>;
}

impl dyn AnyTable + '_ {
    /// The keys of a row of its list: a record's, and those that say what a sum does with it.
    pub fn row_keys(&self) -> impl Iterator<Item = &str> + Clone {
        let counted = self.counted_keys().map(CountedKeys::names);
        self.keys().iter().map(String::as_str).chain(counted.into_iter().flatten())
    }
}

impl<C: Collection> AnyTable for Table<C> {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn path(&self) -> &'static str {
        C::PATH
    }

    fn singular(&self) -> &'static str {
        C::SINGULAR
    }

    fn about(&self) -> Bilingual {
        C::ABOUT
    }

    fn label(&self) -> Bilingual {
        C::LABEL
    }

    fn is_series(&self) -> bool {
        C::SERIES
    }

    fn cites(&self) -> bool {
        C::CITES
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn fields(&self) -> &[FieldSummary] {
        self.summaries()
    }

    fn parameters(&self) -> &[Parameter] {
        Self::parameters(self)
    }

    fn keys(&self) -> &[String] {
        Self::keys(self)
    }

    fn index(&self) -> &TableIndex {
        &self.index
    }

    fn id_sets(&self) -> &IdSets {
        &self.id_sets
    }

    fn definitions(&self) -> &[String] {
        Self::definitions(self)
    }

    fn counted_keys(&self) -> Option<CountedKeys> {
        C::COUNTED
    }

    fn id(&self, row: u32) -> &str {
        self.record(row).id()
    }

    fn json(&self, row: u32) -> &str {
        Self::json(self, row)
    }

    fn row(&self, id: &str) -> Option<u32> {
        self.row_of(id)
    }

    fn value(&self, row: u32, field: usize) -> FieldValue<'_> {
        let known = fields::<C>().nth(field);
        known.map_or(FieldValue::Missing, |field| field.value(self.record(row)))
    }

    fn citations(&self, row: u32) -> &[Citation] {
        self.record(row).citations()
    }

    fn references(&self, row: u32) -> &[Reference] {
        self.record(row).references()
    }

    fn spanish_of(&self, row: u32, field: &str) -> Option<&str> {
        Self::spanish_of(self, self.record(row), field)
    }

    fn title(&self, row: u32) -> String {
        self.record(row).title().into_owned()
    }

    fn translation(&self, id: &str) -> Option<&Translation> {
        Self::translation(self, id)
    }

    fn called(&self, id: &str) -> Option<Bilingual<Cow<'_, str>>> {
        let record = self.get(id)?;
        let text = |name: &str| {
            let field = fields::<C>().find(|field| field.name() == name)?;
            match field.value(record) {
                FieldValue::Text(text) => Some(text),
                _ => None,
            }
        };
        let name = text("name").unwrap_or_else(|| record.title());
        Some(Bilingual::new(name.clone(), text("name_es").unwrap_or(name)))
    }

    fn heading(&self, id: &str, names: Names<'_>) -> Option<Bilingual<String>> {
        self.get(id).map(|record| heading(&record.statement(), names))
    }

    fn has_names(&self) -> bool {
        fields::<C>().any(|field| field.name() == "name")
    }

    fn partners(&self, row: u32) -> Vec<String> {
        let partner = fields::<C>().find(|field| field.refers_to() == Some("partners"));
        partner.map_or_else(Vec::new, |field| {
            let codes = field.value(self.record(row)).scalars();
            codes.into_iter().map(|code| code.to_string()).collect()
        })
    }

    fn holding(&self, words: &SearchWords) -> RoaringBitmap {
        self.index.holding(words)
    }

    fn called_so(&self, words: &SearchWords) -> RoaringBitmap {
        self.title_words().holding(words)
    }

    fn each_text(
        &self,
        row: u32,
        visit: &mut dyn FnMut(&'static str, &str) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let record = self.record(row);
        for field in fields::<C>() {
            let value = field.value(record);
            value.texts().into_iter().try_for_each(|text| visit(field.name(), text))?;
        }
        if let Some((fields, spanish)) = C::TRANSLATED.zip(self.translation(record.id())) {
            let mut texts = [fields.title, fields.summary].into_iter().zip(spanish.texts());
            texts.try_for_each(|(name, text)| visit(name, text))?;
        }
        let mut going = ControlFlow::Continue(());
        for (field, summary) in fields::<C>().zip(self.summaries()) {
            if summary.uses.equals && summary.name != "id" {
                for code in field.value(record).texts() {
                    each_label(summary, code, &self.id_sets, &mut |label| {
                        if going.is_continue() {
                            going = visit(summary.name, label);
                        }
                    });
                    going?;
                }
            }
        }
        going
    }

    fn about_partners(&self, codes: &[String]) -> RoaringBitmap {
        let field = fields::<C>().position(|field| field.refers_to() == Some("partners"));
        let codes = codes.iter().map(|code| Scalar::Text(code.clone())).collect();
        let rows = |field| {
            let matches = self.index.matches(field, &Predicate::AnyOf(codes), &|_| None);
            matches.rows().into_owned()
        };
        field.map_or_else(RoaringBitmap::new, rows)
    }

    fn each_date(&self, visit: &mut dyn FnMut(u32, DatedEvent)) {
        for (row, record) in (0..).zip(self.records()) {
            record.dates().into_iter().for_each(|dated| visit(row, dated));
        }
    }

    fn count_where(&self, field: &str, value: &str) -> u64 {
        let position = fields::<C>().position(|known| known.name() == field);
        let wanted = Scalar::Text(value.to_owned());
        position.map_or(0, |position| self.index.count(position, &wanted))
    }

    fn rows_where(&self, field: &str, value: &str) -> RoaringBitmap {
        let Some(position) = fields::<C>().position(|known| known.name() == field) else {
            return RoaringBitmap::new();
        };
        let wanted = Predicate::AnyOf(vec![Scalar::Text(value.to_owned())]);
        self.index.matches(position, &wanted, &|id| self.row_of(id)).rows().into_owned()
    }

    fn rows_naming(&self, collection: &str, id: &str) -> RoaringBitmap {
        self.index.rows_naming(collection, id)
    }

    fn statement(&self, row: u32) -> Statement<'_> {
        self.statement_of(self.record(row))
    }

    fn count_naming(&self, collection: &str, id: &str) -> u64 {
        self.index.naming(collection, id)
    }

    fn year_coverage(&self) -> Option<(i16, i16)> {
        self.year_coverage
    }
}
