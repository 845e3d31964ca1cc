//! A number held against the record: every published figure that says it or allows it, and those near it with what
//! makes them other money.

mod against;

use std::borrow::Cow;
use std::slice;

use maud::{Markup, html};

use against::{Against, against};

use super::figure::{amount, short_bounds, stage_mark, when};
use super::frame::WebPage;
use super::site::Site;
use super::wording::{capitalized, value_label};
use crate::model::{Amount, Collection, FieldValue, Qualifier, Usd};
use crate::query::{AnyRecord, AnyTable, Table};
use crate::words::{amount_phrase, usd_phrase};

/// How many figures of each kind are shown.
const MOST_SHOWN: usize = 12;

/// What is to be checked.
#[derive(Debug, Clone, Default)]
pub struct CheckedNumber {
    /// The number, in whole US dollars.
    pub usd: Option<i64>,
    /// The number as it was typed.
    pub typed: String,
    /// The partner, by code.
    pub partner: Option<String>,
    /// The fiscal year.
    pub year: Option<i16>,
}

/// A figure beside the number.
struct Beside<'s> {
    against: Against,
    off: i64,
    record: AnyRecord<'s>,
    stated: Amount,
}

/// The figures of a dataset held against a number.
struct Search<'s> {
    checked: &'s CheckedNumber,
    usd: i64,
    found: Vec<Beside<'s>>,
}

impl<'s> Search<'s> {
    /// Looks through the figures of a collection, whose amounts `stated` reads.
    fn of<C: Collection>(&mut self, table: &'s Table<C>, stated: impl Fn(&C) -> Option<Amount>) {
        let rows: Vec<u32> = match &self.checked.partner {
            Some(partner) => table.about_partners(slice::from_ref(partner)).iter().collect(),
            None => (0..).take(table.len()).collect(),
        };
        for row in rows {
            let Some(stated) = stated(table.record(row)) else { continue };
            let record = AnyRecord::new(table, row);
            let in_year = self.checked.year.is_none_or(|year| touches(record, year));
            let Some((against, off)) = against(&stated, self.usd, in_year) else { continue };
            self.found.push(Beside { against, off, record, stated });
        }
    }
}

/// Whether a record is of a fiscal year.
fn touches(record: AnyRecord<'_>, year: i16) -> bool {
    let held = record.values().find(|(field, _)| field.year_basis().is_some());
    match held.map(|(_, held)| held) {
        Some(FieldValue::Years(years)) => {
            years.from <= year && years.to.is_none_or(|to| year <= to)
        }
        Some(FieldValue::Whole(whole)) => whole == i64::from(year),
        _ => false,
    }
}

fn stage(site: &Site<'_>, record: AnyRecord<'_>) -> Option<(String, String)> {
    let name = ["stage", "measure"].into_iter().find(|name| record.text(name).is_some())?;
    let code = record.text(name)?;
    let label = value_label(site, record.table(), name, &code);
    Some((code, label))
}

fn source(site: &Site<'_>, record: AnyRecord<'_>) -> String {
    let first = record.citations().first().map(|citation| citation.source.as_str());
    let source = first.and_then(|id| site.dataset.sources.get(id));
    source.map(|source| source.publisher.to_string()).unwrap_or_default()
}

/// The partner that most is on record of, to show what is meant.
fn most_recorded<'s>(site: &Site<'s>) -> Cow<'s, str> {
    let first =
        site.dataset.partners_by_records().first().map(|(code, _)| site.called("partners", code));
    first.unwrap_or_default()
}

/// The form that asks for a number.
pub(super) fn form(site: &Site<'_>, checked: &CheckedNumber) -> Markup {
    let year = checked.year.map(|year| year.to_string());
    html! {
        form.check-number action=(site.addresses.fixed(&site.localized("/check"))) method="get" {
            div.field {
                label for="number" { (site.say("Number, in U.S. dollars", "Cifra, en dólares")) }
                input #number name="number" value=(checked.typed) placeholder=(site.say("$450 million", "450 millones")) maxlength="60" autocomplete="off";
            }
            div.field {
                label for="check-partner" { (site.say("Partner", "Socio")) }
                input #check-partner name="partner" value=[checked.partner.as_deref().map(|code| site.called("partners", code))] placeholder=(most_recorded(site)) maxlength="60" autocomplete="off";
            }
            div.field {
                label for="year" { (site.say("Fiscal year", "Año fiscal")) }
                input #year name="year" value=[year] placeholder="2023" inputmode="numeric" maxlength="4" autocomplete="off";
            }
            button type="submit" { (site.say("Check", "Verificar")) }
        }
    }
}

/// The page of a check.
pub fn page(site: &Site<'_>, checked: &CheckedNumber) -> WebPage {
    let title = site.say("Check a number", "Verificar una cifra");
    let body = match checked.usd {
        None => html! {
            h1 { (title) }
            p.lede { (site.say(
                "Type a number that somebody printed, and see which published figures say it, allow it, or come near it and are other money.",
                "Escriba una cifra que alguien publicó y vea qué cifras registradas la dicen, la permiten, o se le acercan pero corresponden a otro dinero."
            )) }
            (form(site, checked))
        },
        Some(usd) => answered(site, checked, usd),
    };
    let mut page = WebPage::new("/check", title, body);
    page.indexed = checked.usd.is_none();
    let year = checked.year.map(|year| year.to_string());
    let typed = Some(checked.typed.clone()).filter(|typed| !typed.is_empty());
    for (name, value) in [("number", typed), ("partner", checked.partner.clone()), ("year", year)] {
        page.query.extend(value.map(|value| (name.to_owned(), value)));
    }
    page
}

fn answered(site: &Site<'_>, checked: &CheckedNumber, usd: i64) -> Markup {
    let mut search = Search { checked, usd, found: Vec::new() };
    search.of(&site.dataset.assistance_funding, |figure| Some(figure.amount));
    search.of(&site.dataset.arms_sales, |sale| sale.amount);
    search.of(&site.dataset.foreign_assistance, |figure| Some(figure.amount));
    let mut found = search.found;
    found.sort_by(|a, b| {
        (a.against, a.off.abs(), a.record.id()).cmp(&(b.against, b.off.abs(), b.record.id()))
    });
    let number = Usd::try_from(usd).map(|usd| usd_phrase(usd, site.language)).unwrap_or_default();
    let verdict = verdict(site, checked, &number, &found);
    let mut shown: Vec<&Beside<'_>> = Vec::new();
    for one in &found {
        if shown.iter().filter(|other| other.against == one.against).count() < MOST_SHOWN {
            shown.push(one);
        }
    }
    html! {
        h1 { (site.say("Check a number", "Verificar una cifra")) }
        (form(site, checked))
        p.verdict { (verdict) }
        @if !shown.is_empty() {
            div.scrolls tabindex="0" role="region" aria-label=(site.say("Figures near the number", "Cifras cercanas")) {
                table.list.near-number {
                    caption {
                        (shown.len()) " " (site.say("of", "de")) " " (found.len()) " "
                        (site.say("published figures against ", "cifras publicadas frente a ")) (number)
                        (site.say(" (the red line); scale from nothing to twice the number", " (la línea roja); escala de cero al doble de la cifra"))
                    }
                    thead { tr {
                        th scope="col" { (site.say("Figure", "Cifra publicada")) }
                        th scope="col" { (site.say("When", "Cuándo")) }
                        th.number scope="col" { (site.say("Amount", "Monto")) }
                        th scope="col" { (site.say("Bounds", "Límites")) }
                        th.dots scope="col" { span.vh { (site.say("On the scale", "En la escala")) } }
                        th scope="col" { (site.say("Against the number", "Frente a la cifra")) }
                    } }
                    tbody { @for one in shown { (row(site, checked, usd, one)) } }
                }
            }
        }
        p.muted {
            (site.say(
                "What is not on record here may still be true: not found is not false.",
                "Lo que no está registrado aquí puede ser cierto: no encontrado no es falso."
            ))
        }
    }
}

fn verdict(site: &Site<'_>, checked: &CheckedNumber, number: &str, found: &[Beside<'_>]) -> String {
    let partner = checked.partner.as_deref().map(|code| site.called("partners", code));
    let of = match (&partner, checked.year) {
        (Some(partner), Some(year)) => {
            site.say(format!(" for {partner} in {year}"), format!(" para {partner} en {year}"))
        }
        (Some(partner), None) => site.say(format!(" for {partner}"), format!(" para {partner}")),
        (None, Some(year)) => site.say(format!(" for {year}"), format!(" para {year}")),
        (None, None) => String::new(),
    };
    let count = |against: Against| found.iter().filter(|one| one.against == against).count();
    let (states, allows) =
        (count(Against::States), count(Against::Allows) + count(Against::AllowsOpen));
    let closest = found.iter().find(|one| one.against == Against::Near);
    match (states, allows, closest) {
        (0, 0, Some(near)) => {
            let phrase = amount_phrase(&near.stated, site.language);
            let heading = site.heading(&near.record.statement());
            site.say(
                format!("No figure found here says {number}{of}. The closest says {phrase}: {heading}."),
                format!("Ninguna cifra registrada aquí dice {number}{of}. La más cercana dice {phrase}: {heading}."),
            )
        }
        (0, 0, None) => site.say(
            format!("No figure found here says or allows {number}{of}."),
            format!("Ninguna cifra registrada aquí dice ni permite {number}{of}."),
        ),
        (0, allows, Some(near)) => {
            let phrase = amount_phrase(&near.stated, site.language);
            let heading = site.heading(&near.record.statement());
            site.say(
                format!("No figure found here says {number}{of}. The closest says {phrase}: {heading}. The bounds of {allows} allow the number."),
                format!("Ninguna cifra registrada aquí dice {number}{of}. La más cercana dice {phrase}: {heading}. Los límites de {allows} permiten la cifra."),
            )
        }
        (0, allows, None) => site.say(
            format!("No figure found here says {number}{of}; the bounds of {allows} allow it."),
            format!("Ninguna cifra registrada aquí dice {number}{of}; los límites de {allows} la permiten."),
        ),
        (1, ..) => site.say(
            format!("One published figure says {number}{of}."),
            format!("Una cifra publicada dice {number}{of}."),
        ),
        (states, ..) => site.say(
            format!("{states} published figures say {number}{of}. They may be the same money."),
            format!("{states} cifras publicadas dicen {number}{of}. Pueden ser el mismo dinero."),
        ),
    }
}

fn row(site: &Site<'_>, checked: &CheckedNumber, usd: i64, one: &Beside<'_>) -> Markup {
    let record = one.record;
    let statement = record.statement();
    html! {
        tr {
            th scope="row" {
                a href=(site.record(record.collection(), record.id())) { (site.heading(&statement)) }
                span.source {
                    @if let Some((code, label)) = stage(site, record) { (stage_mark(&code)) (capitalized(&label)) ". " }
                    span lang=[site.lang_of_texts()] { (source(site, record)) }
                }
            }
            td.when { (when(site, &statement).unwrap_or_default()) }
            td.number { (amount(site, &one.stated, record.is_flagged("per_year"))) }
            td.bounds { (short_bounds(site, &one.stated)) }
            td.dots aria-hidden="true" { (scale(usd, &one.stated)) }
            td { (said(site, checked, one)) }
        }
    }
}

/// What a figure is to the number, in words.
fn said(site: &Site<'_>, checked: &CheckedNumber, one: &Beside<'_>) -> String {
    let off =
        Usd::try_from(one.off.abs()).map(|usd| usd_phrase(usd, site.language)).unwrap_or_default();
    match (one.against, one.stated.qualifier()) {
        (Against::States, Qualifier::MoreThan) => {
            site.say("Says more than that.", "Dice más que eso.").to_owned()
        }
        (Against::States, Qualifier::LessThan) => {
            site.say("Says less than that.", "Dice menos que eso.").to_owned()
        }
        (Against::States, Qualifier::Approximately) => {
            site.say("Says about that.", "Dice aproximadamente eso.").to_owned()
        }
        (Against::States, Qualifier::Exact) => site.say("Says so.", "Lo dice.").to_owned(),
        (Against::Allows, _) => site
            .say(
                "Allows it: its rounding holds the number.",
                "La permite: su redondeo la contiene.",
            )
            .to_owned(),
        (Against::AllowsOpen, Qualifier::MoreThan) => site
            .say("Allows it: it names no upper bound.", "La permite: no fija un límite superior.")
            .to_owned(),
        (Against::AllowsOpen, _) => site
            .say("Allows it: it names no lower bound.", "La permite: no fija un límite inferior.")
            .to_owned(),
        (Against::Near, _) if one.off > 0 => site.say(
            format!("{off} above: other money."),
            format!("{off} por encima: es otro dinero."),
        ),
        (Against::Near, _) => site.say(
            format!("{off} below: other money."),
            format!("{off} por debajo: es otro dinero."),
        ),
        (Against::OtherYears, _) => match checked.year {
            Some(year) => site.say(
                format!("The same number, and not of {year}."),
                format!("La misma cifra, pero no de {year}."),
            ),
            None => String::new(),
        },
    }
}

/// The figure on a scale from nothing to twice the number, which is the red line in the middle.
fn scale(usd: i64, stated: &Amount) -> Markup {
    #[expect(clippy::cast_precision_loss, reason = "a place on a scale of a hundred pixels")]
    let share = (stated.usd().dollars() as f64 / (2.0 * usd.max(1) as f64)).clamp(0.0, 1.0);
    let at = format!("{:.1}%", 3.0 + share * 94.0);
    html! {
        svg.dot-row height="16" width="100%" {
            line.hair x1="0" y1="8" x2="100%" y2="8" {}
            line.red.dots x1="50%" y1="0" x2="50%" y2="16" {}
            @match stated.qualifier() {
                Qualifier::MoreThan => {
                    line.axis x1=(at) y1="8" x2="98%" y2="8" {}
                    svg x="100%" y="8" overflow="visible" { path.ink d="M-7 -4 L0 0 L-7 4 Z" {} }
                    line.axis x1=(at) y1="3" x2=(at) y2="13" {}
                }
                Qualifier::LessThan => {
                    rect.open x="3%" y="5" width=(at) height="6" {}
                    line.axis x1=(at) y1="2" x2=(at) y2="14" {}
                }
                Qualifier::Approximately | Qualifier::Exact => circle.ink cx=(at) cy="8" r="4" {}
            }
        }
    }
}
