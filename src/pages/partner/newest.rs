//! The newest figures as sentences, each with its bounds, its stage and its source.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::source_line::source_line;
use crate::dataset::{NewestAssistance, NewestSale, Profile, is_proposal};
use crate::model::{PartialDate, Period, Vocabulary};
use crate::pages::figure::{amount_in, short_bounds, stage_mark};
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::query::{AnyRecord, AnyTable};

/// How many figures of assistance and of sales stand here.
const ASSISTANCE: usize = 6;
const SALES: usize = 3;

/// The cards; nothing where there is no figure.
pub(super) fn cards(site: &Site<'_>, profile: &Profile) -> Markup {
    let mut assistance: Vec<&NewestAssistance> = profile
        .newest_assistance
        .iter()
        .filter(|newest| !is_proposal(newest.stage.word()))
        .collect();
    assistance.sort_by_key(|newest| {
        Reverse((last_year(newest.period, newest.as_of), newest.amount.usd().dollars()))
    });
    let sales = profile.newest_arms_sales.iter().filter(|sale| sale.amount.is_some());
    let mut sales: Vec<&NewestSale> = sales.collect();
    sales.sort_by_key(|sale| Reverse(last_year(sale.period, sale.as_of)));
    sales.truncate(SALES);
    if assistance.is_empty() && sales.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { (site.say("The newest figures, as sentences", "Las cifras más recientes, en frases")) }
            div.cards {
                @for newest in assistance.iter().take(ASSISTANCE) {
                    (card(
                        site,
                        &site.dataset.assistance_funding,
                        newest.id.as_str(),
                        &site.called("assistance-programs", newest.program.as_str()),
                        &html! { (stage_mark(newest.stage.word())) (capitalized(site.of(newest.stage.entry().label))) },
                    ))
                }
                @for sale in sales {
                    (card(
                        site,
                        &site.dataset.arms_sales,
                        sale.id.as_str(),
                        &capitalized(site.of(sale.channel.entry().label)),
                        &html! { (capitalized(site.of(sale.measure.entry().label))) },
                    ))
                }
            }
        }
    }
}

/// The last fiscal year that a figure is known to speak of.
fn last_year(period: Option<Period>, as_of: Option<PartialDate>) -> Option<i16> {
    let of_period = period.and_then(|period| {
        let years = period.fiscal_years();
        years.to.or_else(|| period.last_known().map(|year| year.number()))
    });
    of_period.or_else(|| as_of.map(|date| date.fiscal_years().from))
}

fn card(site: &Site<'_>, table: &dyn AnyTable, id: &str, title: &str, kind: &Markup) -> Markup {
    let Some(record) = AnyRecord::find(table, id) else { return html! {} };
    let statement = record.statement();
    let sentence = site.sentence(&statement);
    let with_amount = statement.amount().and_then(|amount| amount_in(site, &sentence, amount));
    html! {
        article.card {
            h3 { a href=(site.record(table.name(), id)) { (title) } }
            p.said { @if let Some(said) = with_amount { (said) } @else { (sentence) } }
            p.source {
                (kind)
                @if let Some(amount) = statement.amount() { "; " (short_bounds(site, amount)) }
                ". " (source_line(site, record.citations())) "."
            }
        }
    }
}
