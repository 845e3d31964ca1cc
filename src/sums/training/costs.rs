//! The cost of training year by year, and nothing else: for whoever draws it.

use std::collections::BTreeMap;

use super::adding::TrainingTotal;
use crate::model::RecordId;
use crate::sums::counting::Counting;
use crate::sums::sum_amount::SumAmount;

/// What training cost in a fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingCost {
    /// The printed totals, added. No program is named, so that nothing tells whether they are all: they are what is on
    /// record.
    pub cost: SumAmount,
    /// The first of the totals in the sum.
    pub first: RecordId,
}

/// What some printed totals cost, by fiscal year: as [`TrainingSums`](super::TrainingSums) adds them by year. A year
/// without a cost is left out.
pub fn training_costs(
    totals: impl IntoIterator<Item = TrainingTotal>,
) -> BTreeMap<i16, TrainingCost> {
    let mut years: BTreeMap<i16, Vec<TrainingTotal>> = BTreeMap::new();
    for total in totals.into_iter().filter(|total| total.counting() == Counting::Counted) {
        years.entry(total.fiscal_year).or_default().push(total);
    }
    let costs = years.into_iter().filter_map(|(year, totals)| {
        let stated = totals.iter().filter_map(|total| total.cost.as_ref());
        let cost = SumAmount::sum(stated.map(SumAmount::of))?.on_record();
        Some((year, TrainingCost { cost, first: totals.into_iter().next()?.id }))
    });
    costs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amount, Qualifier, Usd};
    use crate::sums::training::TrainingSums;
    use crate::sums::{GroupBy, TotalsQuestion};

    #[test]
    fn costs_by_year_are_those_of_the_sums_by_year() {
        let total = |(place, fiscal_year, usd, earlier_edition): (u32, i16, Option<i64>, bool)| {
            let cost = usd.and_then(|usd| Usd::try_from(usd).ok());
            TrainingTotal {
                id: format!("t{place}").parse().expect("an id"),
                partner: "COL".parse().expect("a code"),
                program: "IMET-1".parse().expect("a code"),
                fiscal_year,
                students: Some(place),
                cost: cost.map(|usd| Amount::new(usd, Qualifier::Exact, None)),
                earlier_edition,
            }
        };
        let totals = [
            (0, 2011, Some(5), true),
            (1, 2011, None, false),
            (2, 2011, Some(7), false),
            (3, 2010, Some(11), false),
            (4, 2011, Some(13), false),
            (5, 2012, None, false),
            (6, 2013, Some(17), true),
        ]
        .map(total);
        let of_sums = totals.clone();
        let question =
            TotalsQuestion { group_by: vec![GroupBy::FiscalYear], ..TotalsQuestion::default() };
        let sums =
            TrainingSums::new((0..7).collect(), move |at| of_sums[at as usize].clone(), question);
        let by_sums = sums.groups().filter_map(|group| {
            let year = group.key["fiscal_year"].as_deref()?.parse().ok()?;
            let first = group.included.first()?.clone();
            Some((year, TrainingCost { cost: group.cost?, first }))
        });
        let costs = training_costs(totals);
        assert_eq!(costs, by_sums.collect());
        assert_eq!(costs.keys().copied().collect::<Vec<_>>(), [2010, 2011]);
        assert_eq!((costs[&2011].cost.usd, costs[&2011].first.as_str()), (20, "t1"));
    }
}
