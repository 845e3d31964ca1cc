//! The three official yearly series of a partner as small panels: bars by year on the axis of the page, each panel with a
//! height of its own.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::axis::Axis;
use super::source_line::source_line;
use crate::charts::Pixels;
use crate::collections::{
    ForeignAssistance, Partner, PersonnelCounted, SeriesStage, Training, UsPersonnel,
};
use crate::model::{Collection, Iso3, RecordId, Vocabulary};
use crate::pages::figure::{amount, dollars, money, said_sum, short_bounds, stage_mark};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};
use crate::query::AnyTable;
use crate::sums::{SumAmount, training_costs};

/// The height of the highest bar, in pixels.
const HIGHEST: f64 = 64.0;

/// What a partner has of the three series.
pub(super) struct Series<'s> {
    /// By stage and year: the amounts of all accounts.
    assistance: BTreeMap<(&'static str, i16), &'s ForeignAssistance>,
    personnel: BTreeMap<i16, &'s UsPersonnel>,
    /// By fiscal year: the cost of training, with one of the totals in it.
    training: BTreeMap<i16, (SumAmount, Option<&'s Training>)>,
}

impl<'s> Series<'s> {
    /// Those of a partner.
    pub(super) fn of(site: &Site<'s>, partner: &Partner) -> Self {
        let dataset = site.dataset;
        let code = partner.id.as_str();
        let rows = |table: &dyn AnyTable| table.rows_where("partner", code);
        let assistance = rows(&dataset.foreign_assistance).into_iter();
        let assistance = assistance
            .map(|row| dataset.foreign_assistance.record(row))
            .filter(|figure| figure.account.is_none())
            .map(|figure| ((figure.stage.word(), figure.fiscal_year.number()), figure));
        let personnel = rows(&dataset.us_personnel).into_iter();
        let personnel = personnel.map(|row| dataset.us_personnel.record(row));
        Self {
            assistance: assistance.collect(),
            personnel: personnel.map(|count| (count.year.number(), count)).collect(),
            training: Self::training(site, &partner.id),
        }
    }

    /// The cost of training by year: what the sums count, so that no earlier edition is added.
    fn training(site: &Site<'s>, code: &Iso3) -> BTreeMap<i16, (SumAmount, Option<&'s Training>)> {
        let dataset = site.dataset;
        let table: &dyn AnyTable = &dataset.training;
        let rows = table.rows_where("partner", code.as_str());
        let costs = training_costs(rows.iter().map(|row| dataset.training_total(row)));
        let record = |id: &RecordId| dataset.training.get(id.as_str());
        costs.into_iter().map(|(year, of)| (year, (of.cost, record(&of.first)))).collect()
    }

    /// The first and the last year of all of them.
    pub(super) fn years(&self) -> Option<(i16, i16)> {
        let years = self.assistance.keys().map(|(_, year)| year);
        let years = years.chain(self.personnel.keys()).chain(self.training.keys()).copied();
        years.clone().min().zip(years.max())
    }

    /// The stage of which bars are drawn: the one that says most of money given.
    fn stage(&self) -> Option<SeriesStage> {
        [SeriesStage::Obligated, SeriesStage::Disbursed, SeriesStage::Planned, SeriesStage::Request]
            .into_iter()
            .find(|stage| self.assistance.keys().any(|(word, _)| *word == stage.word()))
    }

    /// The panels; nothing where no series names the partner.
    pub(super) fn section(&self, site: &Site<'_>, partner: &Partner, axis: Axis) -> Markup {
        if self.years().is_none() {
            return html! {};
        }
        html! {
            section.series {
                h2 { (site.say("Three official yearly series", "Tres series anuales oficiales")) }
                p.muted {
                    (site.say(
                        "Each panel has a height of its own: compare shapes, not heights. The series overlap the figures above and are never added to them.",
                        "Cada panel tiene su propia altura: se comparan formas, no alturas. Las series se traslapan con las cifras de arriba y nunca se suman a ellas."
                    ))
                }
                (self.assistance_panel(site, partner, axis))
                (self.personnel_panel(site, partner, axis))
                (self.training_panel(site, partner, axis))
            }
        }
    }

    fn assistance_panel(&self, site: &Site<'_>, partner: &Partner, axis: Axis) -> Markup {
        let Some(stage) = self.stage() else {
            return empty(site, ForeignAssistance::LABEL);
        };
        let mut of = self.assistance.iter().filter(|((word, _), _)| *word == stage.word());
        let bars: Vec<(i16, i64)> =
            of.clone().map(|((_, year), figure)| (*year, figure.amount.usd().dollars())).collect();
        let newest = of.next_back().map(|(_, figure)| *figure);
        let label = capitalized(site.of(ForeignAssistance::LABEL));
        let stage_label = site.of(stage.entry().label);
        let about = format!("{label}, {stage_label}");
        let title = html! { (label) ", " (stage_mark(stage.word())) (stage_label) };
        let said = html! {
            @if let Some(figure) = newest {
                a href=(site.record(ForeignAssistance::NAME, figure.id.as_str())) { (amount(site, &figure.amount, false)) }
                span.under { (site.say("FY ", "año fiscal ")) (figure.fiscal_year.number()) ", " (stage_label) ", " (short_bounds(site, &figure.amount)) }
                span.under { (source_line(site, &figure.citations)) }
            }
        };
        let list = site.page_with("/foreign-assistance", [("partner", partner.id.as_str())]);
        panel(
            site,
            axis,
            &title,
            &drawn(site, axis, &about, &bars, None, &|usd| dollars(site, usd)),
            &said,
            &list,
        )
    }

    fn personnel_panel(&self, site: &Site<'_>, partner: &Partner, axis: Axis) -> Markup {
        if self.personnel.is_empty() {
            return empty(site, UsPersonnel::LABEL);
        }
        let bars: Vec<(i16, i64)> = self
            .personnel
            .iter()
            .filter_map(|(year, count)| Some((*year, i64::from(count.active_duty?))))
            .collect();
        let newest = self.personnel.iter().next_back();
        let assigned =
            |count: &&&UsPersonnel| count.counted == PersonnelCounted::PermanentlyAssigned;
        let mixed = self.personnel.values().any(|count| count.counted == PersonnelCounted::Present);
        let break_at = self.personnel.values().find(assigned).filter(|_| mixed);
        let label = capitalized(site.of(UsPersonnel::LABEL));
        let about = site.say(format!("{label}, active duty"), format!("{label}, servicio activo"));
        let said = html! {
            @if let Some((year, count)) = newest {
                a href=(site.record(UsPersonnel::NAME, count.id.as_str())) {
                    @match count.active_duty {
                        Some(number) => { b { (grouped(site, u64::from(number))) } " " (site.say("on active duty", "en servicio activo")) }
                        None => (site.say("active duty not stated", "servicio activo sin dato")),
                    }
                }
                span.under { (year) ", " (site.of(count.counted.entry().label)) }
                span.under { (source_line(site, &count.citations)) }
            }
        };
        let list = site.page_with("/us-personnel", [("partner", partner.id.as_str())]);
        let people = |number: i64| grouped(site, number.unsigned_abs());
        let break_at = break_at.map(|count| count.year.number());
        panel(
            site,
            axis,
            &html! { (about) },
            &drawn(site, axis, &about, &bars, break_at, &people),
            &said,
            &list,
        )
    }

    fn training_panel(&self, site: &Site<'_>, partner: &Partner, axis: Axis) -> Markup {
        let Some((year, (newest, one))) = self.training.iter().next_back() else {
            return empty(site, Training::LABEL);
        };
        let bars: Vec<(i16, i64)> =
            self.training.iter().map(|(year, (cost, _))| (*year, cost.usd)).collect();
        let label = capitalized(site.of(Training::LABEL));
        let about = site.say(format!("{label}, value"), format!("{label}, valor"));
        let code = partner.id.as_str();
        let sum = [("partner", code), ("group_by", "fiscal_year")];
        let said = html! {
            a href=(site.page_with("/training/totals", sum)) { (said_sum(&money(site, newest))) }
            span.under { (site.say("FY ", "año fiscal ")) (year) ", " (site.say("the printed totals, added", "los totales publicados, sumados")) }
            @if let Some(one) = one { span.under { (source_line(site, &one.citations)) } }
        };
        let list = site.page_with("/training", [("partner", code)]);
        panel(
            site,
            axis,
            &html! { (about) },
            &drawn(site, axis, &about, &bars, None, &|usd| dollars(site, usd)),
            &said,
            &list,
        )
    }
}

fn empty(site: &Site<'_>, label: crate::model::Bilingual) -> Markup {
    html! {
        div.series-panel {
            h3 { (capitalized(site.of(label))) }
            p.muted { (site.say("The series has no number of this country. That is not zero.", "La serie no trae ningún dato de este país. Eso no es cero.")) }
        }
    }
}

fn panel(
    site: &Site<'_>,
    axis: Axis,
    title: &Markup,
    bars: &Markup,
    newest: &Markup,
    list: &str,
) -> Markup {
    html! {
        div.series-panel {
            h3 { (title) }
            div.panel-chart { (bars) (axis.drawn()) }
            p.newest {
                (newest)
                span.under { a href=(list) { (site.say("All years", "Todos los años")) } }
            }
        }
    }
}

/// The bars, the highest with its number; `break_at` is the first year that counts otherwise.
fn drawn(
    site: &Site<'_>,
    axis: Axis,
    about: &str,
    bars: &[(i16, i64)],
    break_at: Option<i16>,
    said: &dyn Fn(i64) -> String,
) -> Markup {
    let most = bars.iter().copied().max_by_key(|(_, value)| *value);
    let highest = most.map_or(0, |(_, value)| value);
    let (first, last) = (bars.first(), bars.last());
    let range = first.zip(last).map(|((first, _), (last, _))| format!(", {first}–{last}"));
    let top = most.map(|(year, value)| {
        let value = said(value);
        site.say(
            format!("; the most in {year}: {value}"),
            format!("; el máximo en {year}: {value}"),
        )
    });
    let label = format!("{about}{}{}", range.unwrap_or_default(), top.unwrap_or_default());
    html! {
        svg.bars role="img" aria-label=(label) height="88" width="100%" {
            @if let Some(year) = break_at {
                line.break x1=(axis.at(year)) x2=(axis.at(year)) y1="0" y2="84" {}
            }
            @for (year, value) in bars {
                @let (x, width) = axis.bar(*year);
                @let height = height(*value, highest);
                rect.ink x=(x) y=(Pixels(84.0 - height)) width=(width) height=(Pixels(height)) {}
            }
            line.axis x1="0" x2="100%" y1="84.5" y2="84.5" {}
            @if let Some((year, value)) = most {
                text x=(axis.at(year)) y="14" text-anchor=(if year - axis.from > (axis.to - axis.from) / 2 { "end" } else { "start" }) { (said(value)) }
            }
        }
        @if let Some(year) = break_at {
            p.break-said { (site.say("From ", "Desde ")) (year) (site.say(" others are counted: no one curve.", " se cuenta a otros: no es una sola curva.")) }
        }
    }
}

/// The height of a bar: of a stated zero two pixels, a line on the axis.
#[expect(clippy::cast_precision_loss, reason = "pixels of a bar")]
fn height(value: i64, highest: i64) -> f64 {
    if highest <= 0 { 2.0 } else { (value as f64 / highest as f64 * HIGHEST).max(2.0) }
}
