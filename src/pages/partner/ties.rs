//! The standings, agreements, ties and deployments of a partner.

use maud::{Markup, html};

use crate::collections::{Deployment, Membership, Partner};
use crate::dataset::Profile;
use crate::model::{Collection, Vocabulary};
use crate::pages::figure::{count, when};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::words::date_phrase;

/// How many agreements, ties and deployments stand here; a list has the rest.
const MOST_ROWS: usize = 9;

/// What binds the partner; nothing where nothing is on record.
pub(super) fn section(site: &Site<'_>, partner: &Partner, profile: &Profile) -> Markup {
    let left = !partner.statuses.is_empty() || !profile.agreements.is_empty();
    let right = !profile.deployments.is_empty() || !profile.memberships.is_empty();
    html! {
        @if left || right {
            div.two-columns.even {
                div {
                    @if !partner.statuses.is_empty() { (standings(site, partner)) }
                    @if !profile.agreements.is_empty() { (agreements(site, partner, profile)) }
                }
                div {
                    @if !profile.deployments.is_empty() { (deployments(site, partner, profile)) }
                    @if !profile.memberships.is_empty() { (memberships(site, partner, profile)) }
                }
            }
        }
    }
}

fn standings(site: &Site<'_>, partner: &Partner) -> Markup {
    html! {
        section {
            h2 { (site.say("Standings", "Estatus")) }
            dl.standings {
                @for held in &partner.statuses {
                    @let entry = held.status.entry();
                    div {
                        dt { (capitalized(site.of(entry.label))) }
                        dd {
                            b {
                                @match held.since {
                                    Some(since) => { (site.say("since ", "desde ")) (date_phrase(since, site.language)) }
                                    None => (site.say("no date stated", "sin fecha declarada")),
                                }
                                @if let Some(until) = held.until { (site.say(" until ", " hasta ")) (date_phrase(until, site.language)) }
                            }
                            span { (site.of(entry.definition)) }
                        }
                    }
                }
            }
        }
    }
}

fn all(site: &Site<'_>, partner: &Partner, path: &str, shown: usize, of: usize) -> Markup {
    html! {
        @if of > shown {
            p { (shown) (site.say(" of ", " de ")) (of) ". " a href=(site.page_with(path, [("partner", partner.id.as_str())])) { (site.say("All of them", "Ver todos")) } }
        }
    }
}

fn agreements(site: &Site<'_>, partner: &Partner, profile: &Profile) -> Markup {
    let title = site.say("Agreements", "Acuerdos");
    html! {
        section {
            h2 { (title) }
            div.scrolls tabindex="0" role="region" aria-label=(title) {
                table {
                    caption { (site.say("The newest first.", "Los más recientes primero.")) }
                    thead { tr {
                        th scope="col" { (site.say("Agreement", "Acuerdo")) }
                        th scope="col" { (site.say("Date", "Fecha")) }
                        th scope="col" { (site.say("Status", "Estado")) }
                    } }
                    tbody {
                        @for agreement in profile.agreements.iter().take(MOST_ROWS) {
                            tr {
                                @let (title, lang) = site.title_of("agreements", agreement.id.as_str(), agreement.title.as_str());
                                th scope="row" { a href=(site.record("agreements", agreement.id.as_str())) lang=[lang] { (title) } }
                                td {
                                    @match agreement.signed {
                                        Some(date) => (date_phrase(date, site.language)),
                                        None => span.muted { (site.say("not stated", "no consta")) },
                                    }
                                    @if let Some(event) = agreement.date_event { span.under { (site.of(event.entry().label)) } }
                                }
                                td { (capitalized(site.of(agreement.status.entry().label))) }
                            }
                        }
                    }
                }
            }
            (all(site, partner, "/agreements", MOST_ROWS, profile.agreements.len()))
        }
    }
}

fn deployments(site: &Site<'_>, partner: &Partner, profile: &Profile) -> Markup {
    let table = &site.dataset.deployments;
    let mut records: Vec<&Deployment> =
        profile.deployments.iter().filter_map(|one| table.get(one.id.as_str())).collect();
    // One without an end is as new as the date that its number speaks for.
    let last = |one: &Deployment| {
        let years = one.fiscal_years()?;
        years.to.or_else(|| one.as_of.map(|date| date.fiscal_years().from)).or(Some(years.from))
    };
    records.sort_by_key(|one| std::cmp::Reverse(last(one)));
    let title = site.say("Deployments", "Despliegues");
    html! {
        section {
            h2 { (title) }
            div.scrolls tabindex="0" role="region" aria-label=(title) {
                table {
                    caption { (site.say("The newest first. No number means that no source gives one.", "Los más recientes primero. Sin número quiere decir que ninguna fuente lo da.")) }
                    thead { tr {
                        th scope="col" { (site.say("Deployment", "Despliegue")) }
                        th scope="col" { (site.say("When", "Cuándo")) }
                        th.number scope="col" { (site.say("People", "Personas")) }
                        th scope="col" { (site.say("Status", "Estado")) }
                    } }
                    tbody {
                        @for one in records.iter().take(MOST_ROWS) { (deployment(site, one)) }
                    }
                }
            }
            (all(site, partner, "/deployments", MOST_ROWS, records.len()))
        }
    }
}

fn deployment(site: &Site<'_>, one: &Deployment) -> Markup {
    let missions: Vec<_> =
        one.missions.iter().map(|id| site.called("missions", id.as_str())).collect();
    let role = site.of(one.role.entry().label);
    html! {
        tr {
            th scope="row" {
                a href=(site.record(Deployment::NAME, one.id.as_str())) {
                    @if missions.is_empty() { (capitalized(site.of(one.organization.entry().label))) } @else { (missions.join(", ")) }
                }
                span.under { (role) }
            }
            td.when { (when(site, &site.dataset.statement_of(one)).unwrap_or_default()) }
            td.number {
                @match (one.personnel, one.personnel_qualifier) {
                    (Some(number), Some(qualifier)) => (count(site, number, qualifier)),
                    _ => span.muted { "–" },
                }
            }
            td { (capitalized(site.of(one.status.entry().label))) }
        }
    }
}

fn memberships(site: &Site<'_>, partner: &Partner, profile: &Profile) -> Markup {
    let title = site.say("Ties to organizations", "Vínculos con organizaciones");
    html! {
        section {
            h2 { (title) }
            ul {
                @for tie in profile.memberships.iter().take(MOST_ROWS) {
                    li {
                        a href=(site.record(Membership::NAME, tie.id.as_str())) { (site.of(tie.organization.entry().label)) } ": "
                        (site.of(tie.role.entry().label))
                        @if let Some(since) = tie.since { (site.say(", since ", ", desde ")) (date_phrase(since, site.language)) }
                        @if tie.active == Some(false) { " (" (site.say("ended", "terminado")) ")" }
                    }
                }
            }
            (all(site, partner, "/memberships", MOST_ROWS, profile.memberships.len()))
        }
    }
}
