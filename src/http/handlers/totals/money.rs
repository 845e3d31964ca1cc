//! Totals of money: assistance and arms sales.

use serde_json::Value as Json;

use super::answers::MoneyTotals;
use super::{charted, cited, citing, hand_over_all, meta, totals_links, with_records};
use crate::charts::Sayings;
use crate::collections::{ArmsSale, AssistanceFunding};
use crate::http::app::links::Links;
use crate::http::request::totals_query::{AddedUp, SumChart, Summed, TotalsQuery};
use crate::model::RecordId;
use crate::render::{TotalsRows, groups, ledger};
use crate::sums::{self, FigureSet, GroupBy, Totals};

impl Summed for AssistanceFunding {
    const HAS_PROGRAMS: bool = true;
    const SPREADS: bool = true;
    const WHAT: &'static str = "Adds published figures of assistance without counting a dollar twice, and says whether that is all there \
         was. Money for security alone, unless a program or an objective is named.";
    const EXAMPLE: &'static str = "program=NADR-CWD&fiscal_year_min=2017";
    type Sums = Totals;
    type Answer = MoneyTotals;

    fn add(totals: &TotalsQuery<Self>) -> Totals {
        add(totals, totals.dataset.assistance_figures())
    }

    fn answer(totals: &TotalsQuery<Self>, sums: Totals, links: &Links) -> MoneyTotals {
        answer(totals, sums, links)
    }

    fn csv(totals: &TotalsQuery<Self>, sums: &Totals, rows: TotalsRows) -> Vec<u8> {
        csv(totals, sums, totals.dataset.assistance_figures(), rows)
    }

    fn chart(totals: &TotalsQuery<Self>, sums: &Totals, sayings: &Sayings<'_>) -> SumChart {
        charted::money(totals, sums, totals.dataset.assistance_figures(), sayings)
    }

    fn add_to_chart(
        totals: &TotalsQuery<Self>,
        sayings: &Sayings<'_>,
    ) -> (SumChart, Option<Totals>) {
        add_to_chart(totals, totals.dataset.assistance_figures(), sayings)
    }
}

impl Summed for ArmsSale {
    const HAS_PROGRAMS: bool = false;
    const SPREADS: bool = true;
    const WHAT: &'static str = "Adds published figures of arms sales, never across channels or measures: a stock, a flow of \
         licenses and a flow of goods make no sum.";
    const EXAMPLE: &'static str = "measure=active_cases";
    type Sums = Totals;
    type Answer = MoneyTotals;

    fn add(totals: &TotalsQuery<Self>) -> Totals {
        add(totals, totals.dataset.sale_figures())
    }

    fn answer(totals: &TotalsQuery<Self>, sums: Totals, links: &Links) -> MoneyTotals {
        answer(totals, sums, links)
    }

    fn csv(totals: &TotalsQuery<Self>, sums: &Totals, rows: TotalsRows) -> Vec<u8> {
        csv(totals, sums, totals.dataset.sale_figures(), rows)
    }

    fn chart(totals: &TotalsQuery<Self>, sums: &Totals, sayings: &Sayings<'_>) -> SumChart {
        charted::money(totals, sums, totals.dataset.sale_figures(), sayings)
    }

    fn add_to_chart(
        totals: &TotalsQuery<Self>,
        sayings: &Sayings<'_>,
    ) -> (SumChart, Option<Totals>) {
        let (chart, _) = add_to_chart(totals, totals.dataset.sale_figures(), sayings);
        // Sales have groups even where they are grouped by nothing.
        (chart, None)
    }
}

impl AddedUp for Totals {
    fn group_count(&self) -> usize {
        self.data.len()
    }

    fn visit_groups(self, visit: &mut dyn FnMut(&'static str, Json)) -> serde_json::Result<()> {
        hand_over_all(self.data, self.shared, self.total, visit)
    }

    fn in_words(self) -> (String, Vec<RecordId>) {
        (citing::money_in_words(self.total.amount.as_ref()), self.total.included)
    }
}

fn add<C: Summed>(totals: &TotalsQuery<C>, figures: &FigureSet) -> Totals {
    sums::add(figures, totals.matching(), &totals.of_money())
}

/// A chart by year shows the figures of each year, and asks for no more.
fn add_to_chart<C: Summed<Sums = Totals>>(
    totals: &TotalsQuery<C>,
    figures: &FigureSet,
    sayings: &Sayings<'_>,
) -> (SumChart, Option<Totals>) {
    if !charted::is_by_year(totals) {
        return (C::chart(totals, &C::add(totals), sayings), None);
    }
    let question = totals.of_money();
    let (rows, total) = sums::group_figures_and_total(figures, totals.matching(), &question);
    let chart = charted::money_by_year(totals, &rows, &total, figures, sayings);
    let years_alone = question.group_by == [GroupBy::FiscalYear];
    (chart, years_alone.then(|| Totals::of_total(total)))
}

fn answer<C: Summed>(totals: &TotalsQuery<C>, sums: Totals, links: &Links) -> MoneyTotals {
    let groups = sums.data.iter().chain(&sums.shared).chain([&sums.total]);
    MoneyTotals {
        sources: cited::<C>(&totals.dataset, groups.flat_map(|group| &group.included)),
        meta: meta(totals, sums.total.included.len() + sums.total.excluded.len()),
        links: totals_links(totals, links),
        data: sums.data,
        total: sums.total,
        shared: sums.shared,
    }
}

fn csv<C: Summed>(
    totals: &TotalsQuery<C>,
    sums: &Totals,
    figures: &FigureSet,
    rows: TotalsRows,
) -> Vec<u8> {
    match rows {
        TotalsRows::Groups => groups::money(sums),
        TotalsRows::Figures => {
            with_records::<C, _>(&totals.dataset, |records| ledger::money(sums, figures, records))
        }
    }
}
