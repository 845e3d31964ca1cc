//! Totals of training: entries in courses and their cost.

use super::answers::TrainingTotals;
use super::{cited, citing, meta, totals_links, with_records};
use crate::collections::Training;
use crate::http::app::links::Links;
use crate::http::request::totals_query::{Summed, TotalsQuery};
use crate::model::RecordId;
use crate::render::{TotalsRows, groups, ledger};
use crate::sums::{self, TrainingSums};

impl Summed for Training {
    const HAS_PROGRAMS: bool = true;
    const SPREADS: bool = false;
    const WHAT: &'static str = "Adds the totals that the annual report on training prints: entries in courses, which are not \
         persons, and the value of the training. Where a later edition prints a country and year, nothing of an earlier \
         one is added. `prefer` changes nothing here: printed totals do not overlap.";
    const EXAMPLE: &'static str = "program=ASFF";
    type Answer = TrainingTotals;

    fn answer(totals: &TotalsQuery<Self>, links: &Links) -> TrainingTotals {
        let added = added(totals);
        let groups = added.data.iter().chain([&added.total]);
        let figures = added.total.included.len() + added.total.excluded.len();
        TrainingTotals {
            sources: cited::<Self>(&totals.dataset, groups.flat_map(|group| &group.included)),
            meta: meta(totals, figures),
            links: totals_links(totals, links),
            data: added.data,
            total: added.total,
            shared: Vec::new(),
        }
    }

    fn csv(totals: &TotalsQuery<Self>, rows: TotalsRows) -> Vec<u8> {
        match rows {
            TotalsRows::Groups => groups::training(&added(totals)),
            TotalsRows::Figures => with_records::<Self, _>(&totals.dataset, |records| {
                ledger::training(&added(totals), records)
            }),
        }
    }

    fn in_words(totals: &TotalsQuery<Self>) -> (String, Vec<RecordId>) {
        let total = added(totals).total;
        let cost = citing::money_in_words(total.cost.as_ref());
        let said = match total.students {
            Some(students) => format!("{students} entries in courses, {cost}"),
            None => cost,
        };
        (said, total.included)
    }
}

fn added(totals: &TotalsQuery<Training>) -> TrainingSums {
    let figures = totals.dataset.training_totals(totals.matching());
    sums::add_training(&figures, &totals.of_money())
}
