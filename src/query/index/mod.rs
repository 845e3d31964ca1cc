//! The index of a table: which rows have which value, which words, and in which order.

mod column_builder;
pub(super) mod row_set;
mod value_column;
mod word_postings;
mod year_index;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use roaring::RoaringBitmap;

use super::id_set::IdSets;
use super::predicate::Predicate;
use super::search_words::SearchWords;
use crate::model::{
    Collection, Field, FieldSummary, FieldValue, Kind, Scalar, Translation, Years, fields,
};
use crate::words::country;
use column_builder::ColumnBuilder;
use row_set::{RowSet, RowSetBuilder};
pub(super) use value_column::ValueColumn;
pub(super) use word_postings::WordPostings;
use word_postings::WordPostingsBuilder;
use year_index::{YearIndex, YearSets};

/// How many records are read for one field before the next: few enough to stay in a processor's cache.
const BLOCK: usize = 1024;

/// The index of a table: the rows by value, by word, by year, and by the record that they name.
pub struct TableIndex {
    columns: Vec<FieldIndex>,
    words: WordPostings,
    all: RowSet,
    /// The rows of the records that name each record, by its collection and id.
    named: BTreeMap<String, HashMap<String, RoaringBitmap>>,
}

/// The index of one field.
pub(crate) enum FieldIndex {
    /// The id: records come sorted by it, so its order is theirs, and a table finds it in them.
    Id,
    /// The rows by value.
    Values(ValueColumn),
    /// The rows by the fiscal years that they touch.
    Years(YearIndex),
    /// Prose: its words are searched. The rows that have none.
    Prose(RowSet),
}

/// Collects the values of one field.
enum FieldBuilder {
    Id,
    Values(ColumnBuilder),
    Years(Vec<(u32, Years)>),
    /// The rows without any, of a field that may be missing.
    Prose(Option<RowSetBuilder>),
}

/// The rows that match one predicate, evaluated only as far as needed.
pub(crate) enum Matches<'i> {
    /// A known set.
    Rows(RowSet),
    /// Rows that have a value in one of these spans.
    Values(&'i ValueColumn, Vec<Range<usize>>),
    /// Rows that touch one of these spans of years.
    Years(Vec<YearSets<'i>>),
}

impl TableIndex {
    /// Indexes records, and the Spanish texts of some of them, both sorted by id. `id_sets` says what the records are
    /// called that they name.
    pub(crate) fn new<C: Collection>(
        records: &[C],
        translations: &[Translation],
        id_sets: &IdSets,
    ) -> Self {
        let fields: Vec<_> = fields::<C>().collect();
        let mut builders: Vec<FieldBuilder> =
            fields.iter().map(|field| FieldBuilder::of(*field)).collect();
        // The words of a value that many rows share are added once, at the end; prose belongs to one row, as a rule.
        let (shared, own): (Vec<_>, Vec<_>) = (0..fields.len())
            .partition(|field| fields[*field].uses().equals && !builders[*field].is_id());
        let mut words = WordPostingsBuilder::default();
        let mut named: BTreeMap<String, HashMap<String, RoaringBitmap>> = BTreeMap::new();
        let mut spanish = translations.iter().peekable();
        for (block, first) in records.chunks(BLOCK).zip((0_u32..).step_by(BLOCK)) {
            let rows = || (first..).zip(block);
            for (row, record) in rows() {
                for field in &own {
                    each_text(&fields[*field].value(record), &mut |text| words.add(row, text));
                }
                words.add(row, &record.title());
                if let Some(spanish) = spanish.next_if(|next| next.id.as_str() == record.id()) {
                    spanish.texts().for_each(|text| words.add(row, text));
                }
                add_named(row, record, &mut named);
            }
            for (field, builder) in fields.iter().zip(&mut builders) {
                for (row, record) in rows() {
                    match builder {
                        FieldBuilder::Id | FieldBuilder::Prose(None) => break,
                        FieldBuilder::Prose(Some(missing)) => {
                            if field.value(record) == FieldValue::Missing {
                                missing.push(row);
                            }
                        }
                        FieldBuilder::Values(column) => column.add(row, &field.value(record)),
                        FieldBuilder::Years(touched) => {
                            if let FieldValue::Years(years) = field.value(record) {
                                touched.push((row, years));
                            }
                        }
                    }
                }
            }
        }
        let columns: Vec<_> = builders.into_iter().map(FieldBuilder::finish).collect();
        let words = words.finish(|visit| {
            for field in shared {
                columns[field].each_text(&mut |rows, text| {
                    visit(rows, text);
                    each_label(&FieldSummary::of(fields[field]), text, id_sets, &mut |label| {
                        visit(rows, label);
                    });
                });
            }
        });
        let all = (0_u32..).take(records.len()).collect();
        Self { columns, words, all, named }
    }

    pub(crate) fn all(&self) -> &RowSet {
        &self.all
    }

    /// The index of a field.
    pub(crate) fn field(&self, field: usize) -> &FieldIndex {
        &self.columns[field]
    }

    /// The rank of a row when the table is sorted by a field; equal values share a rank.
    pub(crate) fn rank(&self, field: usize, row: u32) -> u32 {
        match &self.columns[field] {
            FieldIndex::Values(column) => column.rank(row),
            _ => row,
        }
    }

    /// How many rows have a value in a field.
    pub(crate) fn count(&self, field: usize, value: &Scalar) -> u64 {
        let FieldIndex::Values(column) = &self.columns[field] else { return 0 };
        column.position(value).map_or(0, |position| column.count(position))
    }

    /// How many records name a record of any collection.
    pub(crate) fn naming(&self, collection: &str, id: &str) -> u64 {
        self.named.get(collection).and_then(|ids| ids.get(id)).map_or(0, RoaringBitmap::len)
    }

    /// The rows that name a record of any collection.
    pub(crate) fn rows_naming(&self, collection: &str, id: &str) -> RoaringBitmap {
        self.named.get(collection).and_then(|ids| ids.get(id)).cloned().unwrap_or_default()
    }

    /// The first and the last fiscal year that any row states.
    pub(crate) fn year_coverage(&self) -> Option<(i16, i16)> {
        self.columns.iter().find_map(|indexed| match indexed {
            FieldIndex::Years(years) => years.coverage(),
            _ => None,
        })
    }

    /// The rows that match a predicate; `row_of` finds the row of an id.
    pub(crate) fn matches(
        &self,
        field: usize,
        predicate: &Predicate,
        row_of: &dyn Fn(&str) -> Option<u32>,
    ) -> Matches<'_> {
        match predicate {
            Predicate::Absent => return Matches::Rows(self.absent(field)),
            Predicate::Present => return Matches::Rows(&self.all - &self.absent(field)),
            Predicate::Or(any) => {
                let rows =
                    any.iter().map(|one| self.matches(field, one, row_of).rows().into_owned());
                return Matches::Rows(rows.reduce(|one, other| one | other).unwrap_or_default());
            }
            Predicate::AnyOf(_) | Predicate::AtLeast(_) | Predicate::AtMost(_) => {}
        }
        match &self.columns[field] {
            FieldIndex::Values(column) => Matches::Values(column, column.spans(predicate)),
            FieldIndex::Years(years) => Matches::Years(years.touching(predicate)),
            FieldIndex::Id | FieldIndex::Prose(_) => {
                let wanted =
                    if let Predicate::AnyOf(wanted) = predicate { wanted.as_slice() } else { &[] };
                let row = |scalar: &Scalar| match scalar {
                    Scalar::Text(id) => row_of(id),
                    _ => None,
                };
                Matches::Rows(wanted.iter().filter_map(row).collect())
            }
        }
    }

    /// The rows without a value in a field, or with an empty list.
    pub(crate) fn absent(&self, field: usize) -> RowSet {
        match &self.columns[field] {
            FieldIndex::Id => RowSet::new(),
            FieldIndex::Values(column) => column.missing.clone(),
            FieldIndex::Prose(missing) => missing.clone(),
            FieldIndex::Years(years) => match years.dated() {
                Some(dated) => &self.all - dated,
                None => self.all.clone(),
            },
        }
    }

    /// The range of value positions that holds every match of a predicate.
    pub(crate) fn hull(&self, field: usize, predicate: &Predicate) -> Range<usize> {
        let FieldIndex::Values(column) = &self.columns[field] else { return 0..usize::MAX };
        let spans = column.spans(predicate);
        let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
        start..spans.iter().map(|span| span.end).max().unwrap_or_default()
    }

    /// The rows that hold every word.
    pub(crate) fn holding(&self, words: &SearchWords) -> RowSet {
        self.words.holding(words)
    }
}

impl FieldBuilder {
    fn of<C: Collection>(field: &dyn Field<C>) -> Self {
        let uses = field.uses();
        if field.name() == "id" {
            Self::Id
        } else if field.kind() == Kind::Years {
            Self::Years(Vec::new())
        } else if uses.equals || uses.ranges || uses.facets || uses.sorts {
            Self::Values(ColumnBuilder::new(field.is_list(), uses.sorts))
        } else {
            Self::Prose(field.is_optional().then(RowSetBuilder::default))
        }
    }

    fn is_id(&self) -> bool {
        matches!(self, Self::Id)
    }

    fn finish(self) -> FieldIndex {
        match self {
            Self::Id => FieldIndex::Id,
            Self::Prose(missing) => {
                FieldIndex::Prose(missing.map(RowSetBuilder::finish).unwrap_or_default())
            }
            Self::Years(touched) => FieldIndex::Years(YearIndex::new(&touched)),
            Self::Values(builder) => FieldIndex::Values(builder.finish()),
        }
    }
}

impl FieldIndex {
    /// Calls `visit` with each value that is text and the rows that hold it.
    fn each_text(&self, visit: &mut dyn FnMut(&RowSet, &str)) {
        let Self::Values(column) = self else { return };
        for (position, value) in column.values.iter().enumerate() {
            if let Scalar::Text(text) = value {
                visit(&column.rows_of(position), text);
            }
        }
    }
}

impl<'i> Matches<'i> {
    /// An upper bound on the number of matching rows. Walks every wanted value, so call it once.
    pub(crate) fn max_count(&self) -> u64 {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Values(column, spans) => column.max_count(spans),
            Self::Years(spans) => {
                let fewer = |(begun, reaching): &YearSets<'_>| {
                    let count = |rows: Option<&RowSet>| rows.map_or(0, RowSet::len);
                    count(*begun).min(count(*reaching))
                };
                spans.iter().map(fewer).sum()
            }
        }
    }

    /// Whether a row matches.
    pub(crate) fn has(&self, row: u32) -> bool {
        match self {
            Self::Rows(rows) => rows.contains(row),
            Self::Values(column, spans) => column.has(row, spans),
            Self::Years(spans) => spans.iter().any(|(begun, reaching)| {
                let has = |rows: Option<&RowSet>| rows.is_some_and(|rows| rows.contains(row));
                has(*begun) && has(*reaching)
            }),
        }
    }

    /// The rows that match.
    pub(crate) fn rows(self) -> Cow<'i, RowSet> {
        match self {
            Self::Rows(rows) => Cow::Owned(rows),
            Self::Values(column, spans) => column.rows(&spans),
            Self::Years(spans) => {
                let mut rows = RowSet::new();
                for (begun, reaching) in spans {
                    if let (Some(begun), Some(reaching)) = (begun, reaching) {
                        rows |= begun & reaching;
                    }
                }
                Cow::Owned(rows)
            }
        }
    }

    /// Intersects the matches, at most `max_count`, with some rows: tests each row where they are few, else joins
    /// the sets.
    pub(crate) fn among(self, max_count: u64, rows: &RowSet) -> Cow<'i, RowSet> {
        // With positions, testing a row costs a few times as much as joining one row of a set; without, far more.
        let joins_per_test = match &self {
            Self::Values(column, _) if !column.positions.is_empty() => 4,
            _ => 16,
        };
        if rows.len() < max_count / joins_per_test {
            let matches = rows.iter().filter(|row| self.has(*row));
            Cow::Owned(matches.collect::<RowSetBuilder>().finish())
        } else {
            let matches = self.rows();
            Cow::Owned(rows & &*matches)
        }
    }
}

/// Calls `visit` with each name of a code, in English and in Spanish: the label of one of a closed list, what a record
/// is called whose id it is, the name of a country. A record is found by them, too.
pub(super) fn each_label(
    field: &FieldSummary,
    code: &str,
    id_sets: &IdSets,
    visit: &mut dyn FnMut(&str),
) {
    let ids = field.refers_to.and_then(|collection| id_sets.get(collection));
    if let Kind::Code(list) = field.kind {
        let label = list.get(code).map(|code| code.label);
        label.into_iter().flat_map(|label| [label.en, label.es]).for_each(visit);
    } else if let Some(ids) = ids {
        ids.called(code).for_each(visit);
    } else if field.holds_countries
        && let Some(country) = country(code)
    {
        [country.name.en, country.name.es].into_iter().for_each(visit);
    }
}

fn each_text(value: &FieldValue<'_>, visit: &mut impl FnMut(&str)) {
    match value {
        FieldValue::Text(text) => visit(text),
        FieldValue::List(values) => values.iter().for_each(|value| each_text(value, visit)),
        _ => {}
    }
}

/// Adds a record to those that name each record which it names.
fn add_named<C: Collection>(
    row: u32,
    record: &C,
    named: &mut BTreeMap<String, HashMap<String, RoaringBitmap>>,
) {
    for reference in record.references() {
        let ids = named.entry(reference.collection.as_str().to_owned()).or_default();
        ids.entry(reference.id.as_str().to_owned()).or_default().insert(row);
    }
}
