//! A yearly series as a panel of bars.

use crate::charts::reading::{Fill, Reading, Segment, Unit};
use crate::charts::years::{Break, Panel, YearBar};
use crate::model::RecordId;

/// A number of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearNumber {
    /// Its record.
    pub id: RecordId,
    /// Its year.
    pub year: i16,
    /// The number.
    pub reading: Reading,
    /// How final it is.
    pub fill: Fill,
    /// By which method it was counted, in words; empty where a series has one.
    pub method: String,
    /// What the mark says of itself.
    pub said: String,
}

/// The numbers of a series as bars; where the method changes, a break says `before`, the year and `after`.
pub fn series_panel(
    label: String,
    unit: Unit,
    mut numbers: Vec<YearNumber>,
    change: &dyn Fn(&str, i16, &str) -> String,
) -> Panel {
    numbers.sort_by_key(|number| number.year);
    let mut breaks = Vec::new();
    for pair in numbers.windows(2) {
        let [one, other] = pair else { continue };
        if one.method != other.method {
            let said = change(&one.method, other.year, &other.method);
            breaks.push(Break { from: other.year, said, after: other.method.clone() });
        }
    }
    let bars = numbers.into_iter().map(|number| YearBar {
        year: number.year,
        reading: number.reading,
        segments: vec![Segment {
            figures: vec![number.id],
            value: number.reading.value,
            fill: number.fill,
            limit: false,
            said: number.said,
        }],
        inside: None,
    });
    Panel { label, unit, bars: bars.collect(), breaks, ..Panel::default() }
}
