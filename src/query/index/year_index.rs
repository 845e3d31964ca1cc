//! Which rows touch which fiscal years, as running unions: a range of years is the intersection of two sets.

use std::collections::BTreeMap;

use super::row_set::RowSet;
use super::row_set::RowSetBuilder;
use crate::model::{Scalar, Years};
use crate::query::predicate::Predicate;

/// The rows by the fiscal years that they touch.
#[derive(Default)]
pub(crate) struct YearIndex {
    /// For each first year that a row has, the rows that begin by then; ascending.
    begun: Vec<(i16, RowSet)>,
    /// For each last year that a row has, the rows that reach it; ascending.
    reaching: Vec<(i16, RowSet)>,
    /// The last year that a row states, open ends left out.
    last: Option<i16>,
}

/// The rows that begin by one year and reach another.
pub(crate) type YearSets<'y> = (Option<&'y RowSet>, Option<&'y RowSet>);

/// What runs on without a stated end touches every later year.
const OPEN: i16 = i16::MAX;

impl YearIndex {
    /// `rows` come in ascending order.
    pub(crate) fn new(rows: &[(u32, Years)]) -> Self {
        let last = |years: &Years| years.to.unwrap_or(OPEN);
        let mut begun = by_year(rows.iter().map(|(row, years)| (*row, years.from)));
        for position in 1..begun.len() {
            let earlier = begun[position - 1].1.clone();
            begun[position].1 |= earlier;
        }
        let mut reaching = by_year(rows.iter().map(|(row, years)| (*row, last(years))));
        for position in (1..reaching.len()).rev() {
            let later = reaching[position].1.clone();
            reaching[position - 1].1 |= later;
        }
        Self { begun, reaching, last: rows.iter().filter_map(|(_, years)| years.to).max() }
    }

    /// The spans of rows that match a predicate; a row matches when it is in both sets of one of them.
    pub(crate) fn touching(&self, predicate: &Predicate) -> Vec<YearSets<'_>> {
        let year = |scalar: &Scalar| match scalar {
            Scalar::Whole(year) => i16::try_from(*year).unwrap_or(OPEN),
            _ => OPEN,
        };
        match predicate {
            Predicate::AnyOf(years) => years
                .iter()
                .map(|one| (self.begun_by(year(one)), self.reaching(year(one))))
                .collect(),
            Predicate::AtLeast(least) => vec![(self.begun_by(OPEN), self.reaching(year(least)))],
            Predicate::AtMost(most) => vec![(self.begun_by(year(most)), self.reaching(i16::MIN))],
            Predicate::Present => vec![(self.begun_by(OPEN), self.reaching(i16::MIN))],
            Predicate::Absent => Vec::new(),
            Predicate::Or(any) => any.iter().flat_map(|one| self.touching(one)).collect(),
        }
    }

    /// The rows that touch any year.
    pub(crate) fn dated(&self) -> Option<&RowSet> {
        self.begun.last().map(|(_, rows)| rows)
    }

    /// The first and the last year that some rows state, open ends left out.
    pub(crate) fn extremes(&self, rows: &RowSet) -> Option<(i16, i16)> {
        let meets = |(_, set): &&(i16, RowSet)| !set.is_disjoint(rows);
        let (first, _) = self.begun.iter().find(meets)?;
        let open = self.reaching(OPEN).map(|open| open & rows).unwrap_or_default();
        let closed = rows - &open;
        let ends = |(_, set): &&(i16, RowSet)| !set.is_disjoint(&closed);
        let last = self.reaching.iter().rev().filter(|(year, _)| *year != OPEN).find(ends);
        // What runs on states its first year alone: the last one by which more have begun than by the one before.
        let begun = |place: usize| self.begun[place].1.intersection_len(&open);
        let newest = (0..self.begun.len())
            .rev()
            .find(|place| begun(*place) > place.checked_sub(1).map_or(0, begun));
        let newest = newest.map(|place| self.begun[place].0);
        Some((*first, last.map(|(year, _)| *year).max(newest).unwrap_or(*first)))
    }

    /// The first and the last year that any row states.
    pub(crate) fn coverage(&self) -> Option<(i16, i16)> {
        let (first, _) = self.begun.first()?;
        Some((*first, self.last.unwrap_or(*first).max(*first)))
    }

    fn begun_by(&self, year: i16) -> Option<&RowSet> {
        let after = self.begun.partition_point(|(from, _)| *from <= year);
        self.begun[..after].last().map(|(_, rows)| rows)
    }

    fn reaching(&self, year: i16) -> Option<&RowSet> {
        let from = self.reaching.partition_point(|(to, _)| *to < year);
        self.reaching.get(from).map(|(_, rows)| rows)
    }
}

/// The rows of each year, years ascending.
fn by_year(rows: impl Iterator<Item = (u32, i16)>) -> Vec<(i16, RowSet)> {
    let mut years = BTreeMap::<i16, RowSetBuilder>::new();
    for (row, year) in rows {
        years.entry(year).or_default().push(row);
    }
    years.into_iter().map(|(year, rows)| (year, rows.finish())).collect()
}
