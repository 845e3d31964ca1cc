//! The index of a table: which rows have which value, which words, and in which order.

mod column;
mod column_builder;
pub(super) mod rows;
mod word_postings;
mod years;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::predicate::Test;
use super::words::Words;
use crate::model::{Cell, Collection, Field, Kind, Scalar, Years, fields};
pub(super) use column::Column;
use column_builder::ColumnMaker;
use rows::{Ascending, Rows};
use word_postings::{WordRows, WordsMet};
use years::{Span, YearRows};

/// How many records are read for one field before the next: few enough to stay in a processor's cache.
const BLOCK: usize = 1024;

pub(crate) struct Index {
    columns: Vec<Indexed>,
    words: WordRows,
    all: Rows,
    /// How many records name each record, by its collection and id.
    named: BTreeMap<String, HashMap<String, u64>>,
}

/// What is known of one field.
pub(crate) enum Indexed {
    /// The id: records come sorted by it, so its order is theirs, and a table finds it in them.
    Id,
    /// The rows by value.
    Values(Column),
    /// The rows by the fiscal years that they touch.
    Years(YearRows),
    /// Prose, whose words are all that is asked of it.
    Prose,
}

/// What is being gathered of one field.
enum Met {
    Id,
    Values(ColumnMaker),
    Years(Vec<(u32, Years)>),
    Prose,
}

/// The rows that pass one test, not yet worked out where that may be spared.
pub(crate) enum Passing<'i> {
    /// Rows that are known.
    Rows(Rows),
    /// Rows that have a value in one of these spans.
    Values(&'i Column, Vec<Range<usize>>),
    /// Rows that touch one of these spans of years.
    Years(Vec<Span<'i>>),
}

impl Index {
    pub(crate) fn new<C: Collection>(records: &[C]) -> Self {
        let fields: Vec<_> = fields::<C>().collect();
        let mut met: Vec<Met> = fields.iter().map(|field| Met::of(*field)).collect();
        // A text that many rows hold is met once; one that nobody asks to be equal is of one row, as a rule.
        let (shared, own): (Vec<_>, Vec<_>) = (0..fields.len())
            .partition(|field| fields[*field].uses().equals && !met[*field].is_id());
        let mut words = WordsMet::default();
        let mut named: BTreeMap<String, HashMap<String, u64>> = BTreeMap::new();
        for (block, first) in records.chunks(BLOCK).zip((0_u32..).step_by(BLOCK)) {
            let rows = || (first..).zip(block);
            for (row, record) in rows() {
                for field in &own {
                    each_text(&fields[*field].cell(record), &mut |text| words.meet(row, text));
                }
                words.meet(row, &record.title());
                count_named(record, &mut named);
            }
            for (field, met) in fields.iter().zip(&mut met) {
                for (row, record) in rows() {
                    match met {
                        Met::Id | Met::Prose => break,
                        Met::Values(maker) => maker.meet(row, &field.cell(record)),
                        Met::Years(touched) => {
                            if let Cell::Years(years) = field.cell(record) {
                                touched.push((row, years));
                            }
                        }
                    }
                }
            }
        }
        let columns: Vec<_> = met.into_iter().map(Met::finish).collect();
        let words = words.finish(|tell| {
            for field in shared {
                columns[field].each_text(tell);
            }
        });
        let all = (0_u32..).take(records.len()).collect();
        Self { columns, words, all, named }
    }

    pub(crate) fn all(&self) -> &Rows {
        &self.all
    }

    /// What is known of a field.
    pub(crate) fn field(&self, field: usize) -> &Indexed {
        &self.columns[field]
    }

    /// Where a row stands when the table is sorted by a field; equal values share a rank.
    pub(crate) fn rank(&self, field: usize, row: u32) -> u32 {
        match &self.columns[field] {
            Indexed::Values(column) => column.rank(row),
            _ => row,
        }
    }

    /// How many rows have a value in a field.
    pub(crate) fn count(&self, field: usize, value: &Scalar) -> u64 {
        let Indexed::Values(column) = &self.columns[field] else { return 0 };
        column.position(value).map_or(0, |position| column.count(position))
    }

    /// How many records name a record of any collection.
    pub(crate) fn naming(&self, collection: &str, id: &str) -> u64 {
        self.named.get(collection).and_then(|ids| ids.get(id)).copied().unwrap_or(0)
    }

    /// The first and the last fiscal year that any row states.
    pub(crate) fn year_coverage(&self) -> Option<(i16, i16)> {
        self.columns.iter().find_map(|indexed| match indexed {
            Indexed::Years(years) => years.coverage(),
            _ => None,
        })
    }

    /// The rows that pass a test; `row_of` finds the row of an id.
    pub(crate) fn passing(
        &self,
        field: usize,
        test: &Test,
        row_of: impl Fn(&str) -> Option<u32>,
    ) -> Passing<'_> {
        match &self.columns[field] {
            Indexed::Values(column) => Passing::Values(column, column.spans(test)),
            Indexed::Years(years) => Passing::Years(years.touching(test)),
            Indexed::Id | Indexed::Prose => {
                let wanted = if let Test::AnyOf(wanted) = test { wanted.as_slice() } else { &[] };
                let row = |scalar: &Scalar| match scalar {
                    Scalar::Text(id) => row_of(id),
                    _ => None,
                };
                Passing::Rows(wanted.iter().filter_map(row).collect())
            }
        }
    }

    /// Between which positions of a field's values those lie that pass a test.
    pub(crate) fn hull(&self, field: usize, test: &Test) -> Range<usize> {
        let Indexed::Values(column) = &self.columns[field] else { return 0..usize::MAX };
        let spans = column.spans(test);
        let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
        start..spans.iter().map(|span| span.end).max().unwrap_or_default()
    }

    /// The rows that hold every word.
    pub(crate) fn holding(&self, words: &Words) -> Rows {
        self.words.holding(words)
    }
}

impl Met {
    fn of<C: Collection>(field: &dyn Field<C>) -> Self {
        let uses = field.uses();
        if field.name() == "id" {
            Self::Id
        } else if field.kind() == Kind::Years {
            Self::Years(Vec::new())
        } else if uses.equals || uses.ranges || uses.facets || uses.sorts {
            Self::Values(ColumnMaker::new(field.is_list(), uses.sorts))
        } else {
            Self::Prose
        }
    }

    fn is_id(&self) -> bool {
        matches!(self, Self::Id)
    }

    fn finish(self) -> Indexed {
        match self {
            Self::Id => Indexed::Id,
            Self::Prose => Indexed::Prose,
            Self::Years(touched) => Indexed::Years(YearRows::new(&touched)),
            Self::Values(maker) => Indexed::Values(maker.finish()),
        }
    }
}

impl Indexed {
    /// Tells each text that is a value, with the rows that hold it.
    fn each_text(&self, tell: &mut dyn FnMut(&Rows, &str)) {
        let Self::Values(column) = self else { return };
        for (position, value) in column.values.iter().enumerate() {
            if let Scalar::Text(text) = value {
                tell(&column.rows_of(position), text);
            }
        }
    }
}

impl<'i> Passing<'i> {
    /// At most how many rows pass. Counted over every value asked for: not to be asked twice.
    pub(crate) fn at_most(&self) -> u64 {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Values(column, spans) => column.at_most(spans),
            Self::Years(spans) => {
                let fewer = |(begun, reaching): &Span<'_>| {
                    let count = |rows: Option<&Rows>| rows.map_or(0, Rows::len);
                    count(*begun).min(count(*reaching))
                };
                spans.iter().map(fewer).sum()
            }
        }
    }

    /// Whether a row passes.
    pub(crate) fn has(&self, row: u32) -> bool {
        match self {
            Self::Rows(rows) => rows.contains(row),
            Self::Values(column, spans) => column.has(row, spans),
            Self::Years(spans) => spans.iter().any(|(begun, reaching)| {
                let has = |rows: Option<&Rows>| rows.is_some_and(|rows| rows.contains(row));
                has(*begun) && has(*reaching)
            }),
        }
    }

    /// The rows that pass.
    pub(crate) fn rows(self) -> Cow<'i, Rows> {
        match self {
            Self::Rows(rows) => Cow::Owned(rows),
            Self::Values(column, spans) => column.rows(&spans),
            Self::Years(spans) => {
                let mut rows = Rows::new();
                for (begun, reaching) in spans {
                    if let (Some(begun), Some(reaching)) = (begun, reaching) {
                        rows |= begun & reaching;
                    }
                }
                Cow::Owned(rows)
            }
        }
    }

    /// Those of some rows that pass, of which at most so many do: each is tried where they are few, else the
    /// sets are joined.
    pub(crate) fn among(self, at_most: u64, rows: &Rows) -> Cow<'i, Rows> {
        // Where a row keeps its value's position, to try it costs a few times what one row of a set does.
        let tried_for_one = match &self {
            Self::Values(column, _) if !column.positions.is_empty() => 4,
            _ => 16,
        };
        if rows.len() < at_most / tried_for_one {
            let passing = rows.iter().filter(|row| self.has(*row));
            Cow::Owned(passing.collect::<Ascending>().finish())
        } else {
            let passing = self.rows();
            Cow::Owned(rows & &*passing)
        }
    }
}

fn each_text(cell: &Cell<'_>, meet: &mut impl FnMut(&str)) {
    match cell {
        Cell::Text(text) => meet(text),
        Cell::List(cells) => cells.iter().for_each(|cell| each_text(cell, meet)),
        _ => {}
    }
}

/// Counts the records that a record names, each once.
fn count_named<C: Collection>(record: &C, named: &mut BTreeMap<String, HashMap<String, u64>>) {
    let references = record.references();
    for (position, reference) in references.iter().enumerate() {
        if !references[..position].contains(reference) {
            let ids = named.entry(reference.collection.as_str().to_owned()).or_default();
            *ids.entry(reference.id.as_str().to_owned()).or_default() += 1;
        }
    }
}
