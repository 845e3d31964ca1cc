//! The index of a table: which rows have which value, which words, and in which order.

use std::collections::BTreeMap;
use std::ops::Bound;

use roaring::RoaringBitmap;

use super::question::Test;
use super::words::{Words, fold, split};
use crate::model::{Cell, Collection, Kind, PartialDate, Scalar, Years, fields};

/// The rows that answer, as a set of positions in the table.
pub(super) type Rows = RoaringBitmap;

/// The rank of a row without a value: last, whichever way the order runs.
pub(super) const NO_RANK: u32 = u32::MAX;

pub(super) struct Index {
    columns: Vec<Column>,
    words: BTreeMap<Box<str>, Rows>,
    all: Rows,
}

#[derive(Default)]
struct Column {
    /// The rows that hold each value.
    values: BTreeMap<Scalar, Rows>,
    /// The fiscal years that each row touches.
    years: Vec<Option<Years>>,
    /// Where each row stands when the table is sorted by this field; equal values share a rank.
    ranks: Vec<u32>,
}

impl Index {
    pub(super) fn new<C: Collection>(records: &[C]) -> Self {
        let positions = || 0_u32..;
        let mut words: BTreeMap<Box<str>, Rows> = BTreeMap::new();
        for (row, record) in positions().zip(records) {
            let cells: Vec<_> = fields::<C>().map(|field| field.cell(record)).collect();
            let title = record.title();
            let texts = cells.iter().flat_map(Cell::texts).chain([title.as_ref()]);
            for word in texts.flat_map(split) {
                words.entry(word.into()).or_default().insert(row);
            }
        }
        let columns = fields::<C>().map(|field| {
            let uses = field.uses();
            let cells: Vec<_> = records.iter().map(|record| field.cell(record)).collect();
            let mut column = Column::default();
            if field.kind() == Kind::Years {
                column.years = cells
                    .iter()
                    .map(|cell| if let Cell::Years(years) = cell { Some(*years) } else { None })
                    .collect();
            } else if uses.equals || uses.ranges || uses.facets {
                for (row, cell) in positions().zip(&cells) {
                    for scalar in cell.scalars() {
                        column.values.entry(scalar).or_default().insert(row);
                    }
                }
            }
            if field.name() == "id" {
                // Records come sorted by id, letter by letter; its order is theirs.
                column.ranks = positions().take(records.len()).collect();
            } else if uses.sorts {
                column.ranks = ranks(&cells);
            }
            column
        });
        Self { columns: columns.collect(), words, all: positions().take(records.len()).collect() }
    }

    pub(super) fn all(&self) -> &Rows {
        &self.all
    }

    pub(super) fn ranks(&self, field: usize) -> &[u32] {
        &self.columns[field].ranks
    }

    pub(super) fn values(&self, field: usize) -> impl Iterator<Item = (&Scalar, &Rows)> {
        self.columns[field].values.iter()
    }

    /// The rows that pass a test.
    pub(super) fn passing(&self, field: usize, test: &Test) -> Rows {
        let column = &self.columns[field];
        if !column.years.is_empty() {
            return column.touching(test);
        }
        match test {
            Test::AnyOf(wanted) => union(wanted.iter().flat_map(|scalar| column.equal(scalar))),
            Test::AtLeast(Scalar::Date(least)) => {
                column.dated(|date| date.latest() >= least.earliest())
            }
            Test::AtMost(Scalar::Date(most)) => {
                column.dated(|date| date.earliest() <= most.latest())
            }
            Test::AtLeast(least) => {
                union(column.values.range((Bound::Included(least), Bound::Unbounded)).map(second))
            }
            Test::AtMost(most) => {
                union(column.values.range((Bound::Unbounded, Bound::Included(most))).map(second))
            }
        }
    }

    /// The rows that hold every word.
    pub(super) fn holding(&self, words: &Words) -> Rows {
        let beginning = words.beginning();
        let from = (Bound::Included(beginning), Bound::Unbounded);
        let begun = self.words.range::<str, _>(from);
        let mut rows =
            union(begun.take_while(|(word, _)| word.starts_with(beginning)).map(|(_, rows)| rows));
        for word in words.whole() {
            match self.words.get(word.as_str()) {
                Some(found) => rows &= found,
                None => return Rows::new(),
            }
        }
        rows
    }
}

impl Column {
    fn equal<'c>(&'c self, wanted: &Scalar) -> Vec<&'c Rows> {
        match wanted {
            Scalar::Date(wider) => {
                let dates = self.values.iter().filter(
                    |(value, _)| matches!(value, Scalar::Date(date) if date.lies_in(*wider)),
                );
                dates.map(second).collect()
            }
            exact => self.values.get(exact).into_iter().collect(),
        }
    }

    fn dated(&self, passes: impl Fn(PartialDate) -> bool) -> Rows {
        union(self.values.iter().filter_map(|(value, rows)| match value {
            Scalar::Date(date) if passes(*date) => Some(rows),
            _ => None,
        }))
    }

    fn touching(&self, test: &Test) -> Rows {
        let year = |scalar: &Scalar| match scalar {
            Scalar::Whole(year) => i16::try_from(*year).unwrap_or(i16::MAX),
            _ => i16::MAX,
        };
        let wanted: Vec<Years> = match test {
            Test::AnyOf(years) => years
                .iter()
                .map(|scalar| Years { from: year(scalar), to: Some(year(scalar)) })
                .collect(),
            Test::AtLeast(least) => vec![Years { from: year(least), to: None }],
            Test::AtMost(most) => vec![Years { from: i16::MIN, to: Some(year(most)) }],
        };
        let touches = |years: Years| wanted.iter().any(|wanted| years.touches(*wanted));
        let rows = (0_u32..).zip(&self.years);
        rows.filter(|(_, years)| years.is_some_and(touches)).map(|(row, _)| row).collect()
    }
}

const fn second<'c>((_, rows): (&'c Scalar, &'c Rows)) -> &'c Rows {
    rows
}

fn union<'r>(sets: impl IntoIterator<Item = &'r Rows>) -> Rows {
    roaring::MultiOps::union(sets.into_iter())
}

/// Ranks rows by the first value of their cells; text without regard to case and accents, so that texts which
/// differ in nothing else are a tie.
fn ranks(cells: &[Cell<'_>]) -> Vec<u32> {
    let key = |cell: &Cell<'_>| match cell.scalars().into_iter().next()? {
        Scalar::Text(text) => Some(Scalar::Text(fold(&text))),
        other => Some(other),
    };
    let mut keyed: Vec<(Scalar, usize)> =
        cells.iter().enumerate().filter_map(|(row, cell)| Some((key(cell)?, row))).collect();
    keyed.sort_unstable();
    let mut ranks = vec![NO_RANK; cells.len()];
    let mut rank = 0;
    for position in 0..keyed.len() {
        if position > 0 && keyed[position].0 != keyed[position - 1].0 {
            rank += 1;
        }
        ranks[keyed[position].1] = rank;
    }
    ranks
}
