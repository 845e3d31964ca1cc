//! Every partner in a row: how many records each collection holds, and which years they touch.

use maud::{Markup, html};

use super::view::{CoveragePage, PATH};
use crate::collections::PartnerDepth;
use crate::dataset::{CollectionCoverage, PartnerCoverage};
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

/// Two tables: the partners of which facts are on record, and those of which only official yearly series are.
pub(super) fn tables(site: &Site<'_>, coverage: &CoveragePage) -> Markup {
    let tables = site.dataset.tables();
    let is_series = |collection: &str| {
        tables.iter().any(|table| table.name() == collection && table.is_series())
    };
    let mut partners: Vec<_> = coverage.partners.iter().collect();
    partners.sort_by_cached_key(|partner| fold(&site.called("partners", partner.partner.as_str())));
    let (facts, series): (Vec<_>, Vec<_>) = partners.into_iter().partition(|partner| {
        let record = site.dataset.partners.get(partner.partner.as_str());
        record.is_some_and(|record| record.depth == PartnerDepth::Facts)
    });
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
    partners: &[&PartnerCoverage],
    is_shown: &dyn Fn(&str) -> bool,
    caption: &str,
) -> Markup {
    let shown: Vec<&str> = partners
        .first()
        .map(|partner| partner.collections.iter().map(|one| one.collection.as_str()).collect())
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
                tbody { @for partner in partners { (row(site, partner, &shown, has_years)) } }
            }
        }
    }
}

fn row(site: &Site<'_>, partner: &PartnerCoverage, shown: &[&str], has_years: bool) -> Markup {
    let code = partner.partner.as_str();
    let address = match partner.fiscal_years {
        Some(_) => site.page_with(PATH, [("partner", code)]),
        None => site.record("partners", code),
    };
    html! {
        tr {
            th scope="row" { a href=(address) { (site.called("partners", code)) } }
            @if has_years {
                td.when { @if let Some(years) = partner.fiscal_years { (run(years.from, years.to)) } }
            }
            @for collection in shown {
                @let count = partner.collections.iter().find(|one| one.collection == *collection).map_or(0, |one| one.count);
                td.number { @if count > 0 { (grouped(site, count.into())) } }
            }
        }
    }
}
