//! A partner: the standings that it holds, its newest figures as sentences, its programs and the official yearly series
//! on one axis of time, its agreements and deployments, what is not known, and where sources disagree.

mod axis;
mod gaps;
mod newest;
mod program_chart;
mod programs;
mod series;
mod source_line;
mod ties;

use maud::{Markup, html};

use self::axis::Axis;
use super::record::Own;
use super::site::Site;
use super::wording::{capitalized, grouped};
use crate::collections::{Partner, PartnerDepth};
use crate::dataset::{CollectionCoverage, PartnerCoverage};
use crate::model::Vocabulary;
use crate::words::date_phrase;

/// The parts of a partner's page.
pub fn own(site: &Site<'_>, partner: &Partner) -> Own {
    let profile = site.dataset.profile(partner, |collection, id| site.record(collection, id));
    let coverage = site.dataset.coverage(partner, &[]);
    let series = series::Series::of(site, partner);
    let axis = Axis::around(coverage.fiscal_years, series.years());
    let further = html! {
        (newest::cards(site, &profile))
        @if let Some(axis) = axis {
            (programs::section(site, partner, &coverage, &profile, axis))
            (series.section(site, partner, axis))
        }
        (ties::section(site, partner, &profile))
        (gaps::section(site, partner, &coverage, &profile))
    };
    Own {
        opening: Some(opening(site, partner, &coverage)),
        further: Some(further),
        names_related: true,
    }
}

fn opening(site: &Site<'_>, partner: &Partner, coverage: &PartnerCoverage) -> Markup {
    let name = site.called("partners", partner.id.as_str());
    let is_series = partner.depth == PartnerDepth::Series;
    let held = coverage.collections.iter().filter(|of| of.count > 0);
    html! {
        h1 {
            @if is_series { (site.say("Official U.S. series: ", "Series oficiales de EE. UU.: ")) (name) }
            @else { (name) }
        }
        @if is_series {
            p.lede {
                (site.say(
                    "Yearly series of the U.S. government name this country, as they name nearly every country of the world. That makes it no partner: nothing else of it is on record here.",
                    "Series anuales del Gobierno de Estados Unidos nombran a este país, como a casi todos los del mundo. Eso no lo hace socio: aquí no consta nada más de él."
                ))
            }
        } @else {
            p.lede { (standings(site, partner)) }
        }
        @if held.clone().next().is_some() {
            ul.row.on-record aria-label=(site.say("On record", "Lo registrado")) {
                @for of in held { li { (on_record(site, partner, of)) } }
            }
        }
    }
}

/// The standings of today, as a sentence.
fn standings(site: &Site<'_>, partner: &Partner) -> String {
    let lasting = partner.statuses.iter().filter(|held| held.until.is_none());
    let said: Vec<String> = lasting
        .map(|held| {
            let label = site.of(held.status.entry().label);
            match held.since {
                Some(since) => {
                    let since = date_phrase(since, site.language);
                    site.say(format!("{label} since {since}"), format!("{label} desde {since}"))
                }
                None => label.to_owned(),
            }
        })
        .collect();
    if said.is_empty() {
        let none = "No standing among U.S. partners is on record.";
        return site
            .say(none, "No consta ningún estatus entre los socios de Estados Unidos.")
            .to_owned();
    }
    format!("{}.", capitalized(&said.join(", ")))
}

fn on_record(site: &Site<'_>, partner: &Partner, of: &CollectionCoverage) -> Markup {
    let tables = site.dataset.tables();
    let label =
        tables.iter().find(|table| table.name() == of.collection).map(|table| table.label());
    let years = match (of.fiscal_years, of.calendar_years) {
        (Some(years), _) => Some((years.from, years.to)),
        (None, Some(years)) => Some((years.from, years.to)),
        (None, None) => None,
    };
    html! {
        a href=(site.page_with(&format!("/{}", of.collection), [("partner", partner.id.as_str())])) {
            b { (grouped(site, u64::from(of.count))) } " "
            (label.map_or(of.collection.as_str(), |label| site.of(label)))
        }
        @if let Some((from, to)) = years { " " span.muted { (from) @if from != to { "–" (to) } } }
    }
}
