//! Numbers of people by group as bars.

use super::money::{MOST_FIGURES, Part, absence, segments};
use crate::charts::by_group::{ByGroup, GroupPanel, GroupRow};
use crate::charts::phrases::pick;
use crate::charts::reading::{Reading, Sayings, Unit};
use crate::model::RecordId;
use crate::sums::{HeadcountGroup, HeadcountTotals, NoAmountReason, SumQualifier};
use crate::words::{capitalized, date_phrase};

/// Bars of the groups of a headcount. `number_of` is how many people a record counts.
pub fn people_by_group(
    totals: &HeadcountTotals,
    number_of: &dyn Fn(&RecordId) -> Option<u32>,
    sayings: &Sayings<'_>,
) -> ByGroup {
    let rows = || totals.data.iter().chain(&totals.shared);
    let one_each = rows().map(|row| row.included.len()).sum::<usize>() <= MOST_FIGURES;
    let row = |row: &HeadcountGroup| {
        let label = label(row, sayings);
        let figures =
            row.included.iter().map(|id| Part::plain(id, i64::from(number_of(id).unwrap_or(0))));
        let date = row.as_of.map(|date| {
            let date = date_phrase(date, sayings.language);
            format!("{} {date}", pick(sayings.language, "as of", "con corte a"))
        });
        let reading = row.count.as_ref().map(Reading::from);
        let on_record = reading.is_some_and(|reading| reading.qualifier == SumQualifier::OnRecord);
        // Of a number without bounds nothing tells more than "about".
        let reading = reading.map(|reading| match (on_record, reading.least) {
            (true, None) => Reading { qualifier: SumQualifier::Approximately, ..reading },
            (true, Some(_)) => {
                Reading { qualifier: SumQualifier::Exact, most: reading.least, ..reading }
            }
            (false, _) => reading,
        });
        GroupRow {
            segments: segments(figures.collect(), one_each, Unit::Number, &label, sayings),
            beside: match reading {
                Some(_) => date.unwrap_or_default(),
                None => absence(row.reason, sayings.language),
            },
            label,
            reading,
            on_record,
            unstated: row.reason == Some(NoAmountReason::NumberMissing),
        }
    };
    let panel = GroupPanel::new(String::new(), Unit::Number, rows().map(row).collect());
    let mut notes = Vec::new();
    if rows().next().is_some() {
        notes.push(
            pick(
                sayings.language,
                "People, each group at its own newest date: numbers of different dates are never added.",
                "Personas, cada grupo en su fecha más reciente: los números de distintas fechas nunca se suman.",
            )
            .to_owned(),
        );
    }
    ByGroup::new(sayings.language, vec![panel], notes)
}

fn label(row: &HeadcountGroup, sayings: &Sayings<'_>) -> String {
    let several = |name: &str, value: Option<&str>| match value {
        Some(codes) if codes.contains(',') => {
            let names: Vec<String> =
                codes.split(',').map(|code| (sayings.code)(name, Some(code))).collect();
            format!("{} {}", names.join(", "), pick(sayings.language, "together", "en conjunto"))
        }
        one => (sayings.code)(name, one),
    };
    let said: Vec<String> =
        row.key.iter().map(|(name, value)| several(name, value.as_deref())).collect();
    capitalized(&said.join(" \u{b7} "))
}
