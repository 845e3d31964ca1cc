//! What is not known of a partner, and where sources disagree.

use maud::{Markup, html};

use crate::collections::Partner;
use crate::dataset::{FiscalYears, PartnerCoverage, Profile, ProgramCoverage};
use crate::model::Vocabulary;
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};

/// How many gaps and disagreements stand here.
const MOST_LISTED: usize = 8;

/// Both parts.
pub(super) fn section(
    site: &Site<'_>,
    partner: &Partner,
    coverage: &PartnerCoverage,
    profile: &Profile,
) -> Markup {
    html! {
        div.two-columns.even {
            section #not-known {
                h2 { (site.say("What is not known", "Lo que no se sabe")) }
                (unknown(site, coverage))
            }
            @if !profile.conflicts.is_empty() {
                section #disagree {
                    h2 { (site.say("Where sources disagree", "Dónde no coinciden las fuentes")) " " span.muted { (profile.conflicts.len()) } }
                    ul {
                        @for conflict in profile.conflicts.iter().take(MOST_LISTED) {
                            li {
                                @let (topic, lang) = site.title_of("conflicts", conflict.id.as_str(), conflict.topic.as_str());
                                a href=(site.record("conflicts", conflict.id.as_str())) lang=[lang] { (topic) }
                                @if let Some(state) = conflict.state { " " span.muted { "(" (site.of(state.entry().label)) ")" } }
                            }
                        }
                    }
                    @if profile.conflicts.len() > MOST_LISTED {
                        p { a href=(site.page_with("/conflicts", [("partner", partner.id.as_str())])) { (site.say("All of them", "Ver todas")) } }
                    }
                }
            }
        }
    }
}

fn unknown(site: &Site<'_>, coverage: &PartnerCoverage) -> Markup {
    let label = |name: &str| {
        let tables = site.dataset.tables();
        let table = tables.iter().find(|table| table.name() == name);
        table.map_or_else(|| name.to_owned(), |table| capitalized(site.of(table.label())))
    };
    let none = coverage.collections.iter().filter(|of| of.count == 0);
    let none: Vec<String> = none.map(|of| label(&of.collection)).collect();
    let with_gaps = coverage.collections.iter().filter(|of| !of.gaps.is_empty());
    let mut programs: Vec<&ProgramCoverage> =
        coverage.programs.iter().filter(|program| !program.gaps.is_empty()).collect();
    programs.sort_by_key(|program| (std::cmp::Reverse(program.figures), program.program.clone()));
    let counts = coverage.counts;
    let cells = counts.present + counts.inside_longer_period + counts.not_found;
    html! {
        ul {
            @if !none.is_empty() {
                li { (site.say("Nothing on record: ", "Nada registrado: ")) (none.join(", ")) "." }
            }
            @for of in with_gaps {
                li { (label(&of.collection)) ": " (site.say("nothing found for ", "nada encontrado para ")) (runs(&of.gaps)) "." }
            }
            @for program in programs.iter().take(MOST_LISTED) {
                li {
                    a href=(site.record("assistance-programs", program.program.as_str())) { (site.called("assistance-programs", program.program.as_str())) } ": "
                    (site.say("no figure for FY ", "ninguna cifra para los años fiscales ")) (runs(&program.gaps)) "."
                }
            }
            @if counts.not_found > 0 {
                li {
                    (grouped(site, u64::from(counts.not_found))) (site.say(" of ", " de ")) (grouped(site, u64::from(cells)))
                    (site.say(
                        " pairs of program and year have no figure. That means that no source was found, not that no money was given.",
                        " pares de programa y año no tienen cifra. Eso quiere decir que no se encontró una fuente, no que no se haya dado dinero."
                    ))
                }
            }
        }
    }
}

fn runs(gaps: &[FiscalYears]) -> String {
    let run = |gap: &FiscalYears| {
        if gap.from == gap.to { gap.from.to_string() } else { format!("{}–{}", gap.from, gap.to) }
    };
    gaps.iter().map(run).collect::<Vec<_>>().join(", ")
}
