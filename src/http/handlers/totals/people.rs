//! Totals of people.

use serde_json::Value as Json;

use super::answers::PeopleTotals;
use super::{charted, cited, citing, hand_over_all, meta, totals_links, with_records};
use crate::charts::Sayings;
use crate::collections::Deployment;
use crate::http::app::links::Links;
use crate::http::request::totals_query::{AddedUp, SumChart, Summed, TotalsQuery};
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

    fn chart(
        totals: &TotalsQuery<Self>,
        sums: &HeadcountTotals,
        sayings: &Sayings<'_>,
    ) -> SumChart {
        charted::people(totals, sums, sayings)
    }
}

impl AddedUp for HeadcountTotals {
    fn group_count(&self) -> usize {
        self.data.len()
    }

    fn visit_groups(self, visit: &mut dyn FnMut(&'static str, Json)) -> serde_json::Result<()> {
        hand_over_all(self.data, self.shared, self.total, visit)
    }

    fn in_words(self) -> (String, Vec<RecordId>) {
        (citing::people_in_words(self.total.count.as_ref()), self.total.included)
    }
}
