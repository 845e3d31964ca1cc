//! One field of a table: which rows have which value, and in which order.
//!
//! A value is identified by its position among the sorted values of its field. Each row stores that position, so
//! that filtering, sorting and counting compare small numbers.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::{ControlFlow, Range};

use super::row_set::{NO_RANK, RowSet, union};
use crate::model::{PartialDate, Scalar};
use crate::query::predicate::Predicate;
use crate::query::search_words::fold;

/// Stands for the position of a value where a row has none.
pub(crate) const NO_VALUE: u32 = u32::MAX;

/// The share of all rows, one in so many, from which scanning every row in order is faster than gathering the rows
/// of a range, which are scattered in memory.
const MANY: usize = 16;

/// To join two sets takes about as long as to look at so many rows, or longer.
const ROWS_A_JOIN: usize = 64;

/// Of how many values each is compared with a misspelled one.
const MOST_COMPARED: usize = 1_000;

/// How many values before and after its place a misspelled one is compared with, where there are more.
const BESIDE: usize = 100;

fn text_of(value: &Scalar) -> Option<&str> {
    if let Scalar::Text(text) = value { Some(text) } else { None }
}

/// The rows of a field by their values.
#[derive(Default)]
pub(crate) struct ValueColumn {
    /// Each value that occurs, sorted.
    pub(crate) values: Vec<Scalar>,
    /// The rows of each value.
    pub(crate) postings: Postings,
    /// The position of each row's value; empty for a field that holds several.
    pub(crate) positions: Vec<u32>,
    /// The rows without a value.
    pub(crate) missing: RowSet,
    /// The order of values for a reader, where it is not theirs.
    pub(crate) collation: Option<Collation>,
}

/// Rows by value.
pub(crate) enum Postings {
    /// A set for each value: quick to join, where values are few or a row holds several.
    Sets(Vec<RowSet>),
    /// One list of rows, value after value, and where each value begins: small, where values are many.
    Runs { rows: Vec<u32>, starts: Vec<u32> },
}

impl Default for Postings {
    fn default() -> Self {
        Self::Sets(Vec::new())
    }
}

/// The order of texts without regard to case and accents: texts that differ in nothing else are a tie.
pub(crate) struct Collation {
    /// The rank of each value.
    ranks: Vec<u32>,
    /// The positions of values, by rank.
    by_rank: Vec<u32>,
}

impl Collation {
    /// The order of these values; none where it is their own.
    pub(crate) fn of(values: &[Scalar]) -> Option<Self> {
        let texts: Option<Vec<String>> = values
            .iter()
            .map(|value| if let Scalar::Text(text) = value { Some(fold(text)) } else { None })
            .collect();
        let texts = texts?;
        let mut by_rank: Vec<u32> = (0..).take(texts.len()).collect();
        by_rank.sort_by(|one, other| texts[*one as usize].cmp(&texts[*other as usize]));
        let mut ranks = vec![0; texts.len()];
        let mut rank = 0;
        for place in 1..by_rank.len() {
            let (before, here) = (by_rank[place - 1] as usize, by_rank[place] as usize);
            rank += u32::from(texts[before] != texts[here]);
            ranks[here] = rank;
        }
        let own = ranks.iter().zip(0..).all(|(rank, position)| *rank == position);
        (!own).then_some(Self { ranks, by_rank })
    }
}

impl ValueColumn {
    /// The rank of a row when the table is sorted by this field; equal values share a rank.
    pub(crate) fn rank(&self, row: u32) -> u32 {
        match (self.positions[row as usize], &self.collation) {
            (NO_VALUE, _) => NO_RANK,
            (position, Some(collation)) => collation.ranks[position as usize],
            (position, None) => position,
        }
    }

    /// Calls `visit` with the positions of values in the order of ranks, those of one rank together, until it breaks.
    /// Those outside `within` are left out where the order is that of values.
    pub(crate) fn each_rank(
        &self,
        within: &Range<usize>,
        down: bool,
        mut visit: impl FnMut(&[u32]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if let Some(collation) = &self.collation {
            let rank = |position: &u32| collation.ranks[*position as usize];
            let mut tied = collation.by_rank.chunk_by(|one, other| rank(one) == rank(other));
            return if down { tied.rev().try_for_each(visit) } else { tied.try_for_each(visit) };
        }
        let end = u32::try_from(within.end.min(self.values.len())).unwrap_or(NO_VALUE);
        let start = u32::try_from(within.start).unwrap_or(NO_VALUE);
        let mut positions = start..end;
        let one = |position| visit(&[position]);
        if down { positions.rev().try_for_each(one) } else { positions.try_for_each(one) }
    }

    /// At most how many rows have a value between two positions; quick, and exact for many values.
    pub(crate) fn count_within(&self, within: &Range<usize>) -> usize {
        let end = within.end.min(self.values.len());
        match &self.postings {
            Postings::Sets(_) => self.positions.len(),
            Postings::Runs { .. } => self.run(within.start.min(end)..end).len(),
        }
    }

    /// The least and the greatest value that some rows have, and how many rows have any; for a field that holds one.
    pub(crate) fn extremes(&self, rows: &RowSet) -> Option<(&Scalar, &Scalar, u64)> {
        let of_row = |row: u32| self.positions.get(row as usize).copied();
        let positions = rows.iter().filter_map(of_row).filter(|position| *position != NO_VALUE);
        let (mut least, mut most, mut count) = (NO_VALUE, 0, 0);
        for position in positions {
            (least, most, count) = (least.min(position), most.max(position), count + 1);
        }
        (count > 0).then(|| (&self.values[least as usize], &self.values[most as usize], count))
    }

    /// How many rows have the value at a position.
    pub(crate) fn count(&self, position: usize) -> u64 {
        match &self.postings {
            Postings::Sets(sets) => sets[position].len(),
            Postings::Runs { starts, .. } => u64::from(starts[position + 1] - starts[position]),
        }
    }

    /// How many of some rows have each value.
    pub(crate) fn counts_among(&self, among: &RowSet) -> Vec<u64> {
        let values = self.values.len();
        if self.positions.is_empty() || among.len() > (values * ROWS_A_JOIN) as u64 {
            return (0..values).map(|position| self.count_among(position, among)).collect();
        }
        let mut counts = vec![0; values];
        for row in among {
            // What has no value lies beyond all counts.
            if let Some(count) = counts.get_mut(self.positions[row as usize] as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// How many of some rows have the value at a position.
    fn count_among(&self, position: usize, among: &RowSet) -> u64 {
        match &self.postings {
            Postings::Sets(sets) => sets[position].intersection_len(among),
            Postings::Runs { .. } => {
                self.run(position..position + 1).iter().filter(|row| among.contains(**row)).count()
                    as u64
            }
        }
    }

    /// Adds those of some rows that have the value at a position, in their order.
    pub(crate) fn gather(&self, position: usize, among: &RowSet, into: &mut Vec<u32>) {
        match &self.postings {
            Postings::Sets(sets) => into.extend(&sets[position] & among),
            Postings::Runs { .. } => {
                let run = self.run(position..position + 1).iter();
                into.extend(run.copied().filter(|row| among.contains(*row)));
            }
        }
    }

    fn run(&self, positions: Range<usize>) -> &[u32] {
        match &self.postings {
            Postings::Sets(_) => &[],
            Postings::Runs { rows, starts } => {
                &rows[starts[positions.start] as usize..starts[positions.end] as usize]
            }
        }
    }

    /// Whether any row has a text.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.place(text).is_ok()
    }

    /// The values that are texts, sorted.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(text_of)
    }

    /// The texts that a misspelled one is compared with: all, or, of many, those that stand beside it.
    pub(crate) fn near(&self, text: &str) -> Vec<&str> {
        if self.values.len() <= MOST_COMPARED {
            return self.texts().collect();
        }
        let place = self.place(text).unwrap_or_else(|place| place);
        let beside = place.saturating_sub(BESIDE)..self.values.len().min(place + BESIDE);
        self.values[beside].iter().filter_map(text_of).collect()
    }

    fn place(&self, text: &str) -> Result<usize, usize> {
        // Texts come before other values, and a field has values of one kind.
        self.values
            .binary_search_by(|value| text_of(value).map_or(Ordering::Greater, |one| one.cmp(text)))
    }

    /// The position of a value.
    pub(crate) fn position(&self, value: &Scalar) -> Option<usize> {
        self.values.binary_search(value).ok()
    }

    /// The spans of positions whose values match a predicate.
    pub(crate) fn spans(&self, predicate: &Predicate) -> Vec<Range<usize>> {
        let all = self.values.len();
        let one = |from, to| Vec::from([Range { start: from, end: to }]);
        let spans = match predicate {
            Predicate::AnyOf(wanted) => {
                let mut spans: Vec<_> = wanted.iter().map(|value| self.equal(value)).collect();
                // A value that is named twice counts once.
                spans.sort_unstable_by_key(|span| (span.start, span.end));
                spans.dedup();
                spans
            }
            Predicate::AtLeast(Scalar::Date(least)) => self.reaching(*least),
            Predicate::AtMost(Scalar::Date(most)) => {
                let most = most.latest();
                one(0, self.dates_until(|date| date.earliest() <= most))
            }
            Predicate::AtLeast(least) => {
                one(self.values.partition_point(|value| value < least), all)
            }
            Predicate::AtMost(most) => one(0, self.values.partition_point(|value| value <= most)),
            Predicate::Present => one(0, all),
            Predicate::Absent => Vec::new(),
            Predicate::Or(any) => any.iter().flat_map(|one| self.spans(one)).collect(),
        };
        spans.into_iter().filter(|span| !span.is_empty()).collect()
    }

    fn equal(&self, wanted: &Scalar) -> Range<usize> {
        match wanted {
            // Dates that lie in a wider one follow it directly.
            Scalar::Date(wider) => {
                let latest = wider.latest();
                let from = self.dates_until(|date| date < *wider);
                from..self.dates_until(|date| date.earliest() <= latest).max(from)
            }
            exact => self.position(exact).map_or(0..0, |position| position..position + 1),
        }
    }

    /// The dates that may be as late as one: all from there, and the wider ones before that reach it.
    fn reaching(&self, least: PartialDate) -> Vec<Range<usize>> {
        let least = least.earliest();
        let from = self.dates_until(|date| date.earliest() < least);
        let near = |position: &usize| matches!(&self.values[*position], Scalar::Date(date) if date.year() == least.0);
        let reaches = |position: &usize| matches!(&self.values[*position], Scalar::Date(date) if date.latest() >= least);
        let wider = (0..from).rev().take_while(near).filter(reaches);
        let mut spans: Vec<_> = wider.map(|position| position..position + 1).collect();
        spans.push(from..self.values.len());
        spans
    }

    fn dates_until(&self, before: impl Fn(PartialDate) -> bool) -> usize {
        self.values.partition_point(|value| matches!(value, Scalar::Date(date) if before(*date)))
    }

    /// At most how many rows have a value in these spans.
    pub(crate) fn max_count(&self, spans: &[Range<usize>]) -> u64 {
        spans
            .iter()
            .map(|span| match &self.postings {
                Postings::Sets(sets) => sets[span.clone()].iter().map(RowSet::len).sum(),
                Postings::Runs { .. } => self.run(span.clone()).len() as u64,
            })
            .sum()
    }

    /// Whether a row has a value in these spans.
    pub(crate) fn has(&self, row: u32, spans: &[Range<usize>]) -> bool {
        match (&self.postings, self.positions.get(row as usize)) {
            (_, Some(position)) => spans.iter().any(|span| span.contains(&(*position as usize))),
            (Postings::Sets(sets), None) => {
                let sets = |span: &Range<usize>| sets[span.clone()].iter();
                spans.iter().flat_map(sets).any(|rows| rows.contains(row))
            }
            (Postings::Runs { .. }, None) => false,
        }
    }

    /// The rows that have the value at a position.
    pub(crate) fn rows_of(&self, position: usize) -> Cow<'_, RowSet> {
        self.rows(std::slice::from_ref(&(position..position + 1)))
    }

    /// The rows that have a value in these spans.
    pub(crate) fn rows(&self, spans: &[Range<usize>]) -> Cow<'_, RowSet> {
        match &self.postings {
            Postings::Sets(sets) => {
                let mut found = spans.iter().flat_map(|span| &sets[span.clone()]);
                match (found.next(), found.next()) {
                    (Some(only), None) => Cow::Borrowed(only),
                    (first, second) => {
                        Cow::Owned(union(first.into_iter().chain(second).chain(found)))
                    }
                }
            }
            Postings::Runs { .. } => Cow::Owned(match spans {
                [span] if self.run(span.clone()).len() > self.positions.len() / MANY => {
                    self.scan_bitmap(span)
                }
                _ => bitmap_of_runs(
                    spans.iter().map(|span| self.run(span.clone())),
                    self.positions.len(),
                ),
            }),
        }
    }

    /// The rows that have a value in a span, by looking at every row.
    fn scan_bitmap(&self, span: &Range<usize>) -> RowSet {
        let start = u32::try_from(span.start).unwrap_or(NO_VALUE);
        let width = u32::try_from(span.len()).unwrap_or(NO_VALUE);
        // What has no value lies beyond any span.
        let is_in = |position: &u32| u8::from(position.wrapping_sub(start) < width);
        let eight = |rows: &[u32]| rows.iter().rev().fold(0, |marks, row| marks << 1 | is_in(row));
        RowSet::from_lsb0_bytes(0, &self.positions.chunks(8).map(eight).collect::<Vec<u8>>())
    }
}

/// The set of rows in some runs. For many rows, setting bits is faster than sorting.
fn bitmap_of_runs<'r>(runs: impl Iterator<Item = &'r [u32]> + Clone, table: usize) -> RowSet {
    let count: usize = runs.clone().map(<[u32]>::len).sum();
    if count < table / 64 {
        let mut rows: Vec<u32> = runs.flatten().copied().collect();
        rows.sort_unstable();
        return rows.into_iter().collect();
    }
    let mut marks = vec![0_u8; table.div_ceil(8)];
    for row in runs.flatten() {
        marks[*row as usize / 8] |= 1 << (row % 8);
    }
    RowSet::from_lsb0_bytes(0, &marks)
}
