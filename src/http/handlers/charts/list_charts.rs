//! The charts of lists, made by the table of fields: a new collection of figures has its chart without further code.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::charts::{ByYear, Dot, Dots, Fill, Panel, Reading, Unit, YearNumber, series_panel};
use crate::dataset::{Dataset, Stored, stage_kind};
use crate::http::response::item_words::heading_of;
use crate::model::{
    Amount, Basis, Collection, Field, FieldSummary, FieldValue, Kind, Qualifier, Usd, Vocabulary,
    fields, year_field,
};
use crate::words::{Language, capitalized, date_phrase};

/// The most bars, and the most panels, of a chart of series; panels beyond are named below it.
const MOST_BARS: usize = 200;
const MOST_PANELS: usize = 6;

fn field<C: Collection>(name: &str) -> Option<&'static dyn Field<C>> {
    fields::<C>().find(|field| field.name() == name)
}

fn whole<C: Collection>(record: &C, name: &str) -> Option<i64> {
    match field::<C>(name)?.value(record) {
        FieldValue::Whole(number) => Some(number),
        _ => None,
    }
}

fn text<'r, C: Collection>(record: &'r C, name: &str) -> Option<Cow<'r, str>> {
    match field::<C>(name)?.value(record) {
        FieldValue::Text(text) => Some(text),
        _ => None,
    }
}

/// What people call the value of a field.
fn label<C: Stored>(
    dataset: &Dataset,
    record: &C,
    name: &str,
    language: Language,
) -> Option<String> {
    let field = field::<C>(name)?;
    dataset.said(&FieldSummary::of(field), &field.value(record), language)
}

/// An amount by the columns of its record.
fn amount<C: Collection>(record: &C) -> Option<Amount> {
    let usd = |name: &str| whole(record, name).and_then(|number| Usd::try_from(number).ok());
    let qualifier = text(record, "amount_qualifier").and_then(|word| Qualifier::from_word(&word));
    Some(Amount::new(usd("amount_usd")?, qualifier?, usd("amount_rounded_to_usd")))
}

fn fill<C: Collection>(record: &C) -> Fill {
    let stage = text(record, "stage");
    match stage.as_deref() {
        // The stages of the official series that a figure of assistance has not.
        Some("disbursed") | None => match text(record, "measure").as_deref() {
            Some("notification") => Fill::Proposed,
            Some("announced" | "proposed" | "approved_sales" | "authorized_transfer") => {
                Fill::Announced
            }
            _ => Fill::Given,
        },
        Some(stage) => Fill::of_stage(stage_kind(stage)),
    }
}

/// The years of a record, or its date, in words.
fn when<C: Collection>(record: &C, language: Language) -> String {
    if let Some(from) = whole(record, "period_from") {
        let fiscal = text(record, "period_basis").as_deref() == Some(Basis::FiscalYear.word());
        let year = match (fiscal, language) {
            (true, Language::En) => "FY ",
            (true, Language::Es) => "AF ",
            (false, _) => "",
        };
        return match whole(record, "period_to") {
            Some(to) if to == from => format!("{year}{from}"),
            Some(to) => format!("{year}{from}\u{2013}{to}"),
            None => match language {
                Language::En => format!("since {year}{from}"),
                Language::Es => format!("desde {year}{from}"),
            },
        };
    }
    match field::<C>("as_of").map(|field| field.value(record)) {
        Some(FieldValue::Date(date)) => date_phrase(date, language),
        _ => language.of(crate::model::Bilingual::new("undated", "sin fecha")).to_owned(),
    }
}

/// The figures of a list as dots: by partner, program and year, or in the order that was asked for.
pub(super) fn dots<'r, C: Stored>(
    dataset: &Dataset,
    rows: Vec<&'r C>,
    found: u64,
    sorted: bool,
    language: Language,
) -> (Dots, Vec<&'r C>) {
    let mut figures: Vec<(&C, Amount)> =
        rows.into_iter().filter_map(|record| Some((record, amount(record)?))).collect();
    let code = |record: &C, name: &str| {
        field::<C>(name).map(|field| field.value(record).to_string()).unwrap_or_default()
    };
    if !sorted {
        figures.sort_by_cached_key(|(record, _)| {
            let year = whole(*record, "period_from").unwrap_or(0);
            (code(record, "partner"), code(record, "program"), code(record, "channel"), year)
        });
    }
    let partners: BTreeSet<String> =
        figures.iter().map(|(record, _)| code(record, "partner")).collect();
    let named = figures.len() <= Dots::NAMED;
    let dot = |(record, amount): &(&C, Amount)| {
        let said = |name: &str| label(dataset, *record, name, language);
        let partner = (partners.len() > 1).then(|| said("partner")).flatten();
        let group = said("program").or_else(|| said("channel")).into_iter().chain(partner);
        let kind = said("stage").or_else(|| said("measure"));
        let per_year = text_of_flag(*record, "per_year", language);
        let label = [Some(when(*record, language)), kind, per_year];
        Dot {
            group: group.collect::<Vec<_>>().join(", "),
            label: label.into_iter().flatten().collect::<Vec<_>>().join(", "),
            reading: amount.into(),
            fill: fill(*record),
            said: if named {
                heading_of(dataset, &record.statement(), language)
            } else {
                String::new()
            },
        }
    };
    let shown: Vec<&C> = figures.iter().map(|(record, _)| *record).take(Dots::MOST).collect();
    let dots = figures.iter().take(Dots::MOST).map(dot).collect();
    (Dots::new(language, dots, found), shown)
}

/// That an amount recurs each year.
fn text_of_flag<C: Collection>(record: &C, name: &str, language: Language) -> Option<String> {
    let set = field::<C>(name)?.value(record) == FieldValue::Flag(true);
    set.then(|| language.of(crate::model::Bilingual::new("a year", "al año")).to_owned())
}

/// What sets a panel of series apart, and the order of panels.
struct Series<'r, C: 'static> {
    order: (String, usize, Vec<usize>, Vec<String>),
    partner: String,
    label: String,
    number: &'static dyn Field<C>,
    records: Vec<&'r C>,
}

/// The numbers of a yearly series.
fn numbers<C: Collection>() -> Vec<&'static dyn Field<C>> {
    let year = year_field::<C>().map(|(field, _)| field.name());
    let number = |field: &&'static dyn Field<C>| {
        let name = field.name();
        field.kind() == Kind::Whole
            && Some(name) != year
            && (!name.starts_with("amount_") || name == "amount_usd")
    };
    fields::<C>().filter(number).collect()
}

/// The fields that set one series of a partner apart from another: stage, account.
fn divides<C: Collection>(field: &dyn Field<C>) -> bool {
    let divides = matches!(field.kind(), Kind::Code(_)) || field.name() == "account";
    divides && Some(field.name()) != C::COUNTING_METHOD && !field.name().starts_with("amount_")
}

/// A yearly series as bars: a panel for each partner, number and stage.
pub(super) fn series<'r, C: Stored>(
    dataset: &Dataset,
    rows: &[&'r C],
    language: Language,
) -> (ByYear, Vec<&'r C>) {
    let mut found: Vec<Series<'r, C>> = Vec::new();
    let partners: BTreeSet<String> = rows
        .iter()
        .filter_map(|record| Some(field::<C>("partner")?.value(record).to_string()))
        .collect();
    let all = numbers::<C>();
    // Of several partners the first number alone: the rest is asked of one.
    let wanted = if partners.len() > 1 { 1 } else { all.len() };
    for record in rows {
        for (at, number) in all.iter().take(wanted).enumerate() {
            if number.value(record) == FieldValue::Missing {
                continue;
            }
            let dividing = || fields::<C>().filter(|field| divides(*field));
            let place = |field: &'static dyn Field<C>| match field.kind() {
                Kind::Code(list) => {
                    let word = field.value(record).to_string();
                    list.words.iter().position(|known| *known == word).unwrap_or(usize::MAX)
                }
                _ => 0,
            };
            let partner = field::<C>("partner").map(|field| field.value(record).to_string());
            let order = (
                partner.unwrap_or_default(),
                at,
                dividing().map(place).collect::<Vec<_>>(),
                dividing().map(|field| field.value(record).to_string()).collect::<Vec<_>>(),
            );
            if let Some(known) = found.iter_mut().find(|known| known.order == order) {
                known.records.push(record);
                continue;
            }
            let own =
                (number.name() != "amount_usd").then(|| language.of(number.label()).to_owned());
            let said =
                dividing().filter_map(|field| label(dataset, *record, field.name(), language));
            let several = partners.len() > 1;
            let partner = several.then(|| label(dataset, *record, "partner", language)).flatten();
            let parts = partner.into_iter().chain(own).chain(said);
            found.push(Series {
                partner: order.0.clone(),
                order,
                label: capitalized(&parts.collect::<Vec<_>>().join(" \u{b7} ")),
                number: *number,
                records: vec![*record],
            });
        }
    }
    found.sort_by(|one, other| one.order.cmp(&other.order));
    draw(dataset, found, wanted < all.len(), language)
}

fn draw<'r, C: Stored>(
    dataset: &Dataset,
    found: Vec<Series<'r, C>>,
    more_numbers: bool,
    language: Language,
) -> (ByYear, Vec<&'r C>) {
    let (mut panels, mut shown, mut rest, mut bars): (Vec<Panel>, Vec<&C>, Vec<String>, usize) =
        (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut undrawn: BTreeSet<String> = BTreeSet::new();
    for series in found {
        bars += series.records.len();
        if (bars > MOST_BARS || panels.len() == MOST_PANELS) && !panels.is_empty() {
            if rest.len() < 12 {
                rest.push(series.label);
            }
            undrawn.insert(series.partner);
            continue;
        }
        shown.extend(&series.records);
        panels.push(panel(dataset, &series, language));
    }
    let mut notes: Vec<String> = Vec::new();
    let changes = panels.iter().flat_map(|panel| &panel.breaks).map(|one| one.said.clone());
    let changes: BTreeSet<String> = changes.collect();
    notes.extend(changes);
    if !rest.is_empty() {
        let count = undrawn.len();
        notes.push(match language {
            Language::En => format!("Not drawn, of {count} partners: {} \u{2026}", rest.join("; ")),
            Language::Es => format!("Sin dibujar, de {count} socios: {} \u{2026}", rest.join("; ")),
        });
    }
    if more_numbers {
        let said = "Of several partners one number is drawn: name one partner to see the others.";
        let es = "De varios socios se dibuja un número: nombre un solo socio para ver los demás.";
        notes.push(language.of(crate::model::Bilingual::new(said, es)).to_owned());
    }
    let years = || panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.year);
    let chart = ByYear {
        language,
        from: years().min().unwrap_or(2000),
        to: years().max().unwrap_or(2000),
        basis: year_field::<C>().map_or(Basis::FiscalYear, |(_, basis)| basis),
        own_scales: false,
        panels,
        undated: Vec::new(),
        notes,
    };
    (chart, shown)
}

fn panel<C: Stored>(dataset: &Dataset, series: &Series<'_, C>, language: Language) -> Panel {
    let money = series.number.name() == "amount_usd";
    let unit = if money { Unit::Dollars } else { Unit::Number };
    let year = year_field::<C>().map(|(field, _)| field);
    let numbers = series.records.iter().filter_map(|record| {
        let FieldValue::Whole(year) = year?.value(record) else { return None };
        let FieldValue::Whole(number) = series.number.value(record) else { return None };
        let reading = match amount(*record).filter(|_| money) {
            Some(amount) => Reading::from(&amount),
            None => Reading::exact(number),
        };
        let method = C::COUNTING_METHOD.and_then(|name| label(dataset, *record, name, language));
        Some(YearNumber {
            id: record.id().parse().ok()?,
            year: i16::try_from(year).ok()?,
            said: said(&series.label, year, number, unit, language),
            reading,
            fill: fill(*record),
            method: method.unwrap_or_default(),
        })
    });
    let numbers: Vec<YearNumber> = numbers.collect();
    series_panel(series.label.clone(), unit, numbers, &|before, year, after| match language {
        Language::En => {
            format!("Counted in another way from {year} on: before, {before}; since, {after}")
        }
        Language::Es => {
            format!("Contado de otra manera desde {year}: antes, {before}; después, {after}")
        }
    })
}

fn said(label: &str, year: i64, number: i64, unit: Unit, language: Language) -> String {
    let number = match (unit, Usd::try_from(number)) {
        (Unit::Dollars, Ok(usd)) => crate::words::usd_phrase(usd, language),
        _ => crate::words::number_phrase(number, language),
    };
    if label.is_empty() {
        format!("{year}: {number}")
    } else {
        format!("{label}, {year}: {number}")
    }
}
