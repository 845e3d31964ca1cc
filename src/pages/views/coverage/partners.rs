//! Every partner in a row: how many records each collection holds, and which years they touch.

use maud::{Markup, html};

use super::view::PATH;
use crate::collections::{Partner, PartnerDepth};
use crate::dataset::{CollectionCoverage, FiscalYears};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};
use crate::query::fold;

/// What a collection is called.
pub(super) fn label(site: &Site<'_>, collection: &str) -> String {
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection);
    table.map_or_else(|| collection.to_owned(), |table| capitalized(site.of(table.label())))
}

/// A run of years: `2004–2016`, `2008`.
pub(super) fn run(from: i16, to: i16) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// The years that the records of a collection touch.
pub(super) fn years_of(one: &CollectionCoverage) -> Option<String> {
    let fiscal = one.fiscal_years.map(|years| run(years.from, years.to));
    fiscal.or_else(|| one.calendar_years.map(|years| run(years.from, years.to)))
}

/// A partner in a row.
struct Row<'d> {
    partner: &'d Partner,
    name: String,
    collections: &'d [CollectionCoverage],
    /// The years of its figures of assistance.
    years: Option<FiscalYears>,
}

/// Two tables: the partners of which facts are on record, and those of which only official yearly series are.
pub(super) fn tables(site: &Site<'_>, partners: &[&Partner]) -> Markup {
    let tables = site.dataset.tables();
    let is_series = |collection: &str| {
        tables.iter().any(|table| table.name() == collection && table.is_series())
    };
    let row = |partner: &&Partner| {
        let record = site.dataset.partners.get(partner.id.as_str())?;
        Some(Row {
            partner: record,
            name: site.called("partners", partner.id.as_str()).into_owned(),
            collections: site.dataset.depth(&partner.id),
            years: site.dataset.assistance_years(&partner.id),
        })
    };
    let mut rows: Vec<Row<'_>> = partners.iter().filter_map(row).collect();
    rows.sort_by_cached_key(|row| fold(&row.name));
    let (facts, series): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.partner.depth == PartnerDepth::Facts);
    html! {
        @if !facts.is_empty() {
            section #facts {
                h2 { (site.say("Facts of the partnership", "Datos de la relación")) " " span.muted { (facts.len()) } }
                (table(site, &facts, &|_| true, site.say("Records by partner and collection; years of assistance figures", "Registros por socio y colección; años de las cifras de asistencia")))
            }
        }
        @if !series.is_empty() {
            section #series {
                h2 { (site.say("Official yearly series only", "Solo series anuales oficiales")) " " span.muted { (series.len()) } }
                p { (site.say("That an official series names a country makes it no partner.", "Que una serie oficial nombre a un país no lo hace socio.")) }
                (table(site, &series, &is_series, site.say("Records by country and series", "Registros por país y serie")))
            }
        }
    }
}

fn table(
    site: &Site<'_>,
    rows: &[Row<'_>],
    is_shown: &dyn Fn(&str) -> bool,
    caption: &str,
) -> Markup {
    let shown: Vec<&str> = rows
        .first()
        .map(|row| row.collections.iter().map(|one| one.collection.as_str()).collect())
        .unwrap_or_default();
    let shown: Vec<&str> = shown.into_iter().filter(|collection| is_shown(collection)).collect();
    let has_years = shown.contains(&"assistance-funding");
    html! {
        div.scrolls tabindex="0" role="region" aria-label=(caption) {
            table.counts.narrow[!has_years] {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (site.say("Partner", "Socio")) }
                    @if has_years { th scope="col" { (site.say("Assistance, FY", "Asistencia, años fiscales")) } }
                    @for collection in &shown { th.number scope="col" { (label(site, collection)) } }
                } }
                tbody { @for row in rows { (line(site, row, &shown, has_years)) } }
            }
        }
    }
}

fn line(site: &Site<'_>, row: &Row<'_>, shown: &[&str], has_years: bool) -> Markup {
    let code = row.partner.id.as_str();
    let address = match row.years {
        Some(_) => site.page_with(PATH, [("partner", code)]),
        None => site.record("partners", code),
    };
    html! {
        tr {
            th scope="row" { a href=(address) { (row.name) } }
            @if has_years {
                td.when { @if let Some(years) = row.years { (run(years.from, years.to)) } }
            }
            @for collection in shown {
                @let count = row.collections.iter().find(|one| one.collection == *collection).map_or(0, |one| one.count);
                td.number { @if count > 0 { (grouped(site, count.into())) } }
            }
        }
    }
}
