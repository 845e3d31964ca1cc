//! Sums of money by group as bars.

use std::collections::BTreeMap;

use crate::charts::by_group::{ByGroup, GroupPanel, GroupRow};
use crate::charts::phrases::{and_more, pick, said};
use crate::charts::reading::{Fill, Reading, Sayings, Segment, Unit};
use crate::model::{RecordId, Vocabulary};
use crate::sums::{FigureSet, Group, Key, NoAmountReason, SumAmount, SumQualifier, Totals};
use crate::words::{Language, capitalized};

/// From how many figures on a chart shows those of a bar that are alike as one part.
pub(super) const MOST_FIGURES: usize = 90;

/// Names and values that the figures of a row have in common.
pub(super) type RowKey = Vec<(String, Option<String>)>;

/// A row's key, but for some of its names.
pub(super) fn key_without(key: &Key, left_out: &[&str]) -> RowKey {
    let pairs = key.iter().filter(|(name, _)| !left_out.contains(&name.as_str()));
    pairs.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// A key in words.
pub(super) fn key_in_words(key: &[(String, Option<String>)], sayings: &Sayings<'_>) -> String {
    let said = key.iter().map(|(name, value)| {
        let joint = value.as_deref().filter(|value| name == "partner" && value.contains(','));
        match joint {
            None => (sayings.code)(name, value.as_deref()),
            Some(codes) => {
                let names: Vec<String> =
                    codes.split(',').map(|code| (sayings.code)(name, Some(code))).collect();
                let together = pick(sayings.language, "together", "en conjunto");
                format!("{} {together}", names.join(", "))
            }
        }
    });
    let said: Vec<String> = said.collect();
    capitalized(&said.join(" \u{b7} "))
}

/// How many figures the sums of some groups include.
pub(super) fn included(groups: impl Iterator<Item = usize>) -> usize {
    groups.sum()
}

/// What a figure adds to a bar.
#[derive(Clone, Copy)]
pub(super) struct Part<'p> {
    pub(super) id: &'p RecordId,
    pub(super) value: i64,
    pub(super) fill: Fill,
    /// Whether it is an upper limit.
    pub(super) limit: bool,
}

impl<'p> Part<'p> {
    /// Of a number without a qualifier.
    pub(super) const fn plain(id: &'p RecordId, value: i64) -> Self {
        Self { id, value, fill: Fill::Given, limit: false }
    }
}

/// The parts of a bar: one a figure, or where there are too many, one for all that are alike.
pub(super) fn segments(
    figures: Vec<Part<'_>>,
    one_each: bool,
    unit: Unit,
    group: &str,
    sayings: &Sayings<'_>,
) -> Vec<Segment> {
    let mut figures = figures;
    figures.sort_by_key(|part| (part.fill, -part.value, part.id));
    if one_each {
        let one = |Part { id, value, fill, limit }: Part<'_>| {
            let record = (sayings.record)(id);
            let said = if fill == Fill::Share {
                let share = said(&Reading::exact(value), unit, sayings.language);
                let estimate = pick(
                    sayings.language,
                    "an even share, an estimate",
                    "parte igual, una estimación",
                );
                format!("{group}: {share}, {estimate}. {record}")
            } else {
                record
            };
            Segment { figures: vec![id.clone()], value, fill, limit, said }
        };
        return figures.into_iter().map(one).collect();
    }
    let mut alike: BTreeMap<(Fill, bool), (Vec<RecordId>, i64)> = BTreeMap::new();
    for Part { id, value, fill, limit } in figures {
        let found = alike.entry((fill, limit)).or_default();
        found.0.push(id.clone());
        found.1 = found.1.saturating_add(value);
    }
    let merged = alike.into_iter().map(|((fill, limit), (figures, value))| {
        let number = said(&Reading::exact(value), unit, sayings.language);
        let kind = match fill {
            Fill::Given => pick(sayings.language, "given", "entregado"),
            Fill::Expected => pick(sayings.language, "by law, or estimate", "por ley o estimado"),
            Fill::Proposed => pick(sayings.language, "only proposed", "solo propuesto"),
            Fill::Announced => {
                pick(sayings.language, "announced or approved", "anunciado o aprobado")
            }
            Fill::Share => pick(sayings.language, "an estimate", "una estimación"),
        };
        let count = figures.len();
        let said = match (sayings.language, count) {
            (Language::En, 1) => format!("{group}: {number}, {kind}, 1 figure"),
            (Language::En, _) => format!("{group}: {number}, {kind}, {count} figures"),
            (Language::Es, 1) => format!("{group}: {number}, {kind}, 1 cifra"),
            (Language::Es, _) => format!("{group}: {number}, {kind}, {count} cifras"),
        };
        Segment { figures, value, fill, limit, said }
    });
    merged.collect()
}

/// What a bar adds up to, by its figures alone: whether the sum is all that there was is said elsewhere.
pub(super) fn reading(parts: &[SumAmount]) -> Option<Reading> {
    SumAmount::sum(parts.iter().copied()).map(|sum| (&sum).into())
}

/// Why a group has no number.
pub(super) fn absence(reason: Option<NoAmountReason>, language: Language) -> String {
    reason.map(|reason| language.of(reason.entry().label).to_owned()).unwrap_or_default()
}

/// Who has no amount in the total, in one sentence.
pub(super) fn without_amount(total: &Group, sayings: &Sayings<'_>) -> Vec<String> {
    let named = total.without_amount.iter().map(|one| {
        let of = |name: &str, code: &Option<String>| {
            code.as_deref().map(|code| (sayings.code)(name, Some(code)))
        };
        let who =
            of("partner", &one.partner).or_else(|| of("program", &one.program)).unwrap_or_default();
        format!("{who} ({})", sayings.language.of(one.reason.entry().label))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        return Vec::new();
    }
    let label = pick(sayings.language, "Without an amount in the total", "Sin monto en el total");
    let more = named.len().saturating_sub(12);
    let list = named.into_iter().take(12).collect::<Vec<_>>().join(", ");
    let more =
        if more > 0 { format!(", {}", and_more(more, sayings.language)) } else { String::new() };
    vec![format!("{label}: {list}{more}.")]
}

/// Bars of the groups of a sum, the longest first. Sales of different channels and measures are panels of their own.
pub fn money_by_group(totals: &Totals, set: &FigureSet, sayings: &Sayings<'_>) -> ByGroup {
    let rows = || totals.data.iter().chain(&totals.shared);
    let sales = rows().any(|row| row.key.contains_key("measure"));
    let of_panel: &[&str] = if sales { &["channel", "measure"] } else { &[] };
    let grouped_by_more =
        rows().any(|row| row.key.keys().any(|name| !of_panel.contains(&name.as_str())));
    // Grouped by nothing else, a channel and measure is a bar, not a panel with one bar.
    let of_panel: &[&str] = if grouped_by_more { of_panel } else { &[] };
    let one_each = included(rows().map(|row| row.included.len())) <= MOST_FIGURES;
    let mut panels: Vec<(RowKey, Vec<GroupRow>)> = Vec::new();
    for row in rows() {
        let own = key_without(&row.key, of_panel);
        let label = key_in_words(&own, sayings);
        let panel: Vec<_> =
            key_without(&row.key, &[]).into_iter().filter(|pair| !own.contains(pair)).collect();
        let figures: Vec<_> = row
            .included
            .iter()
            .zip(&row.parts)
            .map(|(id, part)| {
                let fill = set.fact(id).map_or(Fill::Given, |fact| Fill::of_figure(&fact));
                Part { id, value: part.usd, fill, limit: part.qualifier == SumQualifier::LessThan }
            })
            .collect();
        let reading = reading(&row.parts);
        let found = GroupRow {
            segments: segments(figures, one_each, Unit::Dollars, &label, sayings),
            label,
            reading,
            on_record: row.amount.is_some_and(|amount| amount.qualifier == SumQualifier::OnRecord),
            unstated: false,
            beside: if reading.is_some() {
                String::new()
            } else {
                absence(row.reason, sayings.language)
            },
        };
        match panels.iter_mut().find(|(key, _)| *key == panel) {
            Some((_, rows)) => rows.push(found),
            None => panels.push((panel, vec![found])),
        }
    }
    let panels = panels
        .into_iter()
        .map(|(key, rows)| GroupPanel::new(key_in_words(&key, sayings), Unit::Dollars, rows));
    ByGroup::new(sayings.language, panels.collect(), without_amount(&totals.total, sayings))
}
