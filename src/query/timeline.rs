//! The timeline: every date that a record holds, in order.

use std::ops::Range;

use roaring::RoaringBitmap;
use serde::Serialize;
use utoipa::ToSchema;

use super::any::AnyTable;
use crate::model::{DatedEvent, PartialDate};

/// A date that a record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimelineEvent {
    /// When, or when it began, as precisely as the source says. For a period, its first year, fiscal or of
    /// the calendar as the record says.
    pub date: PartialDate,
    /// When it ended. Null for a moment, and for a span without a stated end.
    pub until: Option<PartialDate>,
    /// Whether it goes on without a stated end; it then touches every later date.
    pub open: bool,
    /// The key of the record that holds the date: `signed`, `in_force`, `since`, `period`, `as_of`.
    pub event: String,
    /// The collection that the record is in.
    pub kind: String,
    /// The record's id there.
    pub id: String,
    /// The record's title.
    pub title: String,
    /// The partners that it is about, by ISO 3166-1 alpha-3 code. Empty for records of no one partner.
    pub partner: Vec<String>,
}

/// A moment with the place of its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// The date and what happened then.
    #[serde(flatten)]
    pub moment: TimelineEvent,
    /// Where the record is.
    pub link: String,
}

/// Which events to list.
#[derive(Debug, Default)]
pub struct TimelineFilter {
    /// Those that may touch this date or a later one.
    pub from: Option<PartialDate>,
    /// Those that may touch this date or an earlier one.
    pub to: Option<PartialDate>,
    /// Those of records in one of these collections; in any, where there are none.
    pub kinds: Vec<String>,
    /// Those of records about one of these partners; about any and none, where there are none.
    pub partners: Vec<String>,
}

/// Every date that a record holds, earliest first: `2017` before `2017-05` before `2017-05-23`.
///
/// Holds rows of tables, not their texts: a page reads those from the tables.
pub struct Timeline(Vec<EventRow>);

/// A date and the record that holds it.
struct EventRow {
    dated: DatedEvent,
    /// Which of the tables.
    table: u8,
    row: u32,
}

impl Timeline {
    /// Gathers the dates of all collections but sources, whose dates are of publication.
    ///
    /// # Panics
    /// When there are more than 256 tables.
    pub fn new(tables: &[&dyn AnyTable]) -> Self {
        let mut places = Vec::new();
        for (number, table) in tables.iter().enumerate() {
            let number = u8::try_from(number).expect("a dataset has a dozen tables");
            if table.name() != "sources" {
                table.each_date(&mut |row, dated| {
                    places.push(EventRow { dated, table: number, row });
                });
            }
        }
        // Rows come in the order of ids.
        places.sort_unstable_by_key(|place| {
            let EventRow { dated, table, row } = place;
            (dated.date, tables[*table as usize].name(), *row, dated.event)
        });
        places.shrink_to_fit();
        Self(places)
    }

    /// The events that match: how many there are, and one page of them. `tables` are those that the
    /// timeline was made of.
    pub fn page(
        &self,
        tables: &[&dyn AnyTable],
        between: &TimelineFilter,
        page: Range<usize>,
    ) -> (usize, Vec<TimelineEvent>) {
        let wanted: Vec<Option<RowFilter>> =
            tables.iter().map(|table| RowFilter::of(*table, between)).collect();
        let keeps = |place: &&EventRow| {
            let wanted = wanted[place.table as usize].as_ref();
            wanted.is_some_and(|wanted| wanted.has(place.row))
                && touches(&place.dated, between.from, between.to)
        };
        let mut moments = Vec::new();
        let mut total = 0;
        for place in self.0.iter().filter(keeps) {
            if page.contains(&total) {
                moments.push(place.moment(tables[place.table as usize]));
            }
            total += 1;
        }
        (total, moments)
    }
}

/// The rows of one table that match.
enum RowFilter {
    All,
    Rows(RoaringBitmap),
}

impl RowFilter {
    /// None where the table does not match.
    fn of(table: &dyn AnyTable, between: &TimelineFilter) -> Option<Self> {
        let TimelineFilter { kinds, partners, .. } = between;
        let matches = kinds.is_empty() || kinds.iter().any(|kind| kind == table.name());
        matches.then(|| {
            if partners.is_empty() { Self::All } else { Self::Rows(table.about_partners(partners)) }
        })
    }

    fn has(&self, row: u32) -> bool {
        match self {
            Self::All => true,
            Self::Rows(rows) => rows.contains(row),
        }
    }
}

impl EventRow {
    fn moment(&self, table: &dyn AnyTable) -> TimelineEvent {
        let DatedEvent { event, date, until, open } = self.dated;
        TimelineEvent {
            date,
            until,
            open,
            event: event.to_owned(),
            kind: table.name().to_owned(),
            id: table.id(self.row).to_owned(),
            title: table.title(self.row),
            partner: table.partners(self.row),
        }
    }
}

/// Whether a date, or the span that it begins, may touch the days from `from` to `to`.
fn touches(dated: &DatedEvent, from: Option<PartialDate>, to: Option<PartialDate>) -> bool {
    let last = dated.until.unwrap_or(dated.date);
    from.is_none_or(|from| dated.open || last.latest() >= from.earliest())
        && to.is_none_or(|to| dated.date.earliest() <= to.latest())
}
