//! Totals of people.

use serde_json::Value as Json;

use super::answers::PeopleTotals;
use super::{charted, cited, citing, hand_over, meta, totals_links, with_records};
use crate::charts::Sayings;
use crate::collections::Deployment;
use crate::http::app::links::Links;
use crate::http::request::totals_query::{SumChart, Summed, TotalsQuery};
use crate::model::RecordId;
use crate::render::{TotalsRows, groups, ledger};
use crate::sums::{self, HeadcountTotals};

impl Summed for Deployment {
    const HAS_PROGRAMS: bool = false;
    const SPREADS: bool = false;
    const WHAT: &'static str = "Counts people without counting anyone twice. Numbers of different dates are never added: the \
         newest in the years asked for is used. People sent to several missions together are counted once, in `shared`.";
    const EXAMPLE: &'static str = "missions=UNIFIL";
    type Sums = HeadcountTotals;
    type Answer = PeopleTotals;

    fn add(totals: &TotalsQuery<Self>) -> HeadcountTotals {
        let headcounts = totals.dataset.headcounts(totals.matching());
        sums::count_people(&headcounts, &totals.of_people())
    }

    fn group_count(sums: &HeadcountTotals) -> usize {
        sums.data.len()
    }

    fn answer(totals: &TotalsQuery<Self>, sums: HeadcountTotals, links: &Links) -> PeopleTotals {
        let groups = sums.data.iter().chain(&sums.shared).chain([&sums.total]);
        PeopleTotals {
            sources: cited::<Self>(&totals.dataset, groups.flat_map(|group| &group.included)),
            meta: meta(totals, sums.total.included.len() + sums.total.excluded.len()),
            links: totals_links(totals, links),
            data: sums.data,
            total: sums.total,
            shared: sums.shared,
        }
    }

    fn visit_groups(
        sums: HeadcountTotals,
        visit: &mut dyn FnMut(&'static str, Json),
    ) -> serde_json::Result<()> {
        hand_over("data", sums.data, visit)?;
        hand_over("shared", sums.shared, visit)?;
        hand_over("total", [sums.total], visit)
    }

    fn csv(totals: &TotalsQuery<Self>, sums: &HeadcountTotals, rows: TotalsRows) -> Vec<u8> {
        let dataset = &totals.dataset;
        let personnel = |id: &RecordId| dataset.deployments.get(id.as_str())?.personnel;
        match rows {
            TotalsRows::Groups => groups::people(sums),
            TotalsRows::Figures => {
                with_records::<Self, _>(dataset, |records| ledger::people(sums, personnel, records))
            }
        }
    }

    fn in_words(sums: HeadcountTotals) -> (String, Vec<RecordId>) {
        (citing::people_in_words(sums.total.count.as_ref()), sums.total.included)
    }

    fn chart(
        totals: &TotalsQuery<Self>,
        sums: &HeadcountTotals,
        sayings: &Sayings<'_>,
    ) -> SumChart {
        charted::people(totals, sums, sayings)
    }
}
