//! The timeline: every date that a record holds, in order.

use serde::Serialize;
use utoipa::ToSchema;

use super::any::AnyTable;
use crate::model::PartialDate;

/// A date that a record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Moment {
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
pub struct Entry {
    /// The date and what happened then.
    #[serde(flatten)]
    pub moment: Moment,
    /// Where the record is.
    pub link: String,
}

/// Every date that a record holds, earliest first: `2017` before `2017-05` before `2017-05-23`.
pub struct Timeline(Vec<Moment>);

impl Timeline {
    /// Gathers the dates of all collections but sources, whose dates are of publication.
    pub fn new(tables: &[&dyn AnyTable]) -> Self {
        let mut moments: Vec<_> = tables
            .iter()
            .filter(|table| table.name() != "sources")
            .flat_map(|table| {
                table.dates().into_iter().map(move |(row, dated)| (*table, row, dated))
            })
            .map(|(table, row, dated)| Moment {
                date: dated.date,
                until: dated.until,
                open: dated.open,
                event: dated.event.to_owned(),
                kind: table.name().to_owned(),
                id: table.id(row).to_owned(),
                title: table.title(row),
                partner: table.partners(row),
            })
            .collect();
        moments.sort_by(|a, b| {
            let place = (a.date, &a.kind, &a.id, &a.event);
            place.cmp(&(b.date, &b.kind, &b.id, &b.event))
        });
        Self(moments)
    }

    /// The moments that pass a test.
    pub fn moments(&self) -> &[Moment] {
        &self.0
    }
}

impl Moment {
    /// Whether the moment, or the span that it begins, may touch the days from `from` to `to`.
    pub fn touches(&self, from: Option<PartialDate>, to: Option<PartialDate>) -> bool {
        let last = self.until.unwrap_or(self.date);
        from.is_none_or(|from| self.open || last.latest() >= from.earliest())
            && to.is_none_or(|to| self.date.earliest() <= to.latest())
    }
}
