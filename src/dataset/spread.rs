//! How far the figures of a conflict lie apart.

use std::collections::{BTreeMap, HashMap};

use super::load::parsed_lines::ParsedLines;
use crate::collections::{ArmsSale, AssistanceFunding, Conflict};
use crate::model::{Basis, Collection, Iso3, PartialDate, Period, Usd, Vocabulary};
use crate::query::JsonRows;

/// What two figures have in common that speak of the same money: the partners, the program and its component, or the
/// channel and the measure, and the years.
type Money<'r> = (&'r [Iso3], &'r str, &'r str, bool, Time);

/// When a figure is of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    /// From one year to another.
    Years(Basis, i16, i16),
    /// Years without an end: two of them reach the same today, wherever they begin.
    Open,
    /// A date.
    AsOf(PartialDate),
    /// No year is known.
    Unknown,
}

impl Time {
    fn of(period: Option<Period>, as_of: Option<PartialDate>) -> Self {
        match (period, as_of) {
            (Some(period), _) => match period.to() {
                Some(to) => Self::Years(*period.basis(), period.from().number(), to.number()),
                None => Self::Open,
            },
            (None, Some(date)) => Self::AsOf(date),
            (None, None) => Self::Unknown,
        }
    }
}

/// Gives each conflict the widest gap between two of its figures, in its record and in its JSON.
pub(super) fn with_spreads(
    funding: &ParsedLines<AssistanceFunding>,
    sales: &ParsedLines<ArmsSale>,
    conflicts: ParsedLines<Conflict>,
) -> ParsedLines<Conflict> {
    let funding: HashMap<&str, (Money<'_>, Usd)> = (funding.records.iter())
        .map(|figure| {
            let component = figure.component.as_ref().map_or("", |part| part.as_str());
            let time = Time::of(figure.period, figure.as_of);
            let money =
                (&*figure.partner, figure.program.as_str(), component, figure.per_year, time);
            (figure.id.as_str(), (money, *figure.amount.usd()))
        })
        .collect();
    let sales: HashMap<&str, (Money<'_>, Usd)> = (sales.records.iter())
        .filter_map(|sale| {
            let time = Time::of(sale.period, sale.as_of);
            let money = (&*sale.partner, sale.channel.word(), sale.measure.word(), false, time);
            Some((sale.id.as_str(), (money, *sale.amount.as_ref()?.usd())))
        })
        .collect();
    let figure = |collection: &str, id: &str| match collection {
        AssistanceFunding::NAME => funding.get(id),
        ArmsSale::NAME => sales.get(id),
        _ => None,
    };
    let mut conflicts = conflicts;
    let mut json = JsonRows::default();
    for conflict in &mut conflicts.records {
        let named = conflict.records.iter();
        conflict.spread_usd = widest_gap(
            named.filter_map(|named| figure(named.collection.as_str(), named.id.as_str())),
        );
        json.push(conflict);
    }
    conflicts.json = json;
    conflicts
}

/// The widest gap between two figures of the same money; none where there are no two.
fn widest_gap<'f>(figures: impl Iterator<Item = &'f (Money<'f>, Usd)>) -> Option<Usd> {
    let mut bounds: BTreeMap<&Money<'_>, (usize, Usd, Usd)> = BTreeMap::new();
    for (money, usd) in figures.filter(|((.., time), _)| *time != Time::Unknown) {
        let (count, least, most) = bounds.entry(money).or_insert((0, *usd, *usd));
        *count += 1;
        (*least, *most) = ((*least).min(*usd), (*most).max(*usd));
    }
    let gaps = bounds.into_values().filter(|(count, ..)| *count > 1);
    // Both are amounts, so what lies between them is one.
    gaps.filter_map(|(_, least, most)| Usd::try_from(most.dollars() - least.dollars()).ok()).max()
}
