//! How far a period without an end is known to reach, held against the dates of its sources.

use std::collections::HashMap;

use super::columns::{Broken, Columns};
use crate::model::{FieldValue, KnownHow, PartialDate, Vocabulary};

/// A source knows up to its own date: one of a later date is not known through an earlier one, unless it prints so,
/// and what is known by the date of a source is of that date.
pub(super) fn violation(
    columns: &Columns<'_>,
    published: &HashMap<&str, PartialDate>,
) -> Option<Broken> {
    let known = match columns.get("period_known_through_date")? {
        FieldValue::Date(known) => *known,
        _ => return None,
    };
    let how = columns.text("period_known_through_how")?;
    let cited = columns.texts("citations_source").into_iter();
    let dates: Vec<PartialDate> = cited.filter_map(|id| published.get(id).copied()).collect();
    if dates.is_empty() || how == KnownHow::Printed.word() {
        return None;
    }
    let is_same = |date: &PartialDate| date.lies_in(known) || known.lies_in(*date);
    let reaches = |date: &PartialDate| date.earliest() <= known.latest();
    let holds = if how == KnownHow::Published.word() {
        dates.iter().any(is_same)
    } else {
        dates.iter().any(reaches)
    };
    (!holds).then(|| {
        let dates: Vec<_> = dates.iter().map(PartialDate::to_string).collect();
        let expected = format!(
            "the date of a source cited, which is {}, or how `printed`",
            dates.join(" or ")
        );
        ("period.known_through.date".to_owned(), known.to_string(), expected)
    })
}
