//! Acts: drawdowns ordered and aid announced on a date, each money of its own; and waivers, which are no money.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::made::{
    ask, detailed, figure, figures, groups, id, names, of_program, ordered, partner, period, total,
    totals, why,
};
use super::promises::{by_id, groupings, overlap, prefers};
use crate::model::Period;
use crate::sums::{
    Completeness, Counting, Figure, GroupBy, NoAmountReason, Prefer, Spread, TotalsQuestion,
    YearsAsked,
};

/// A fiscal year that follows from a date: no source prints it.
fn inferred(year: i64) -> Period {
    serde_json::from_value(serde_json::json!({
        "from": year, "to": year, "basis": "fiscal_year", "basis_stated": false, "known_through": null
    }))
    .unwrap()
}

#[test]
fn drawdowns_of_different_days_of_one_fiscal_year_are_added() {
    let mut may = ordered("may", "A", "2022-05-06", 150);
    may.period = Some(inferred(2022));
    let figures = [may, ordered("june", "A", "2022-06-01", 700), ordered("all", "A", "2022-08", 9)];
    for sum in [total(&figures), detailed(&figures)] {
        assert_eq!(names(&sum), ["all", "june", "may"]);
        assert_eq!(sum.amount.unwrap().usd, 859);
    }
}

#[test]
fn two_figures_of_one_day_share_their_money() {
    let figures = [
        ordered("one", "A1", "2022-05-06", 150),
        ordered("two", "A1", "2022-05-06", 100),
        ordered("month", "A", "2022-05", 400),
    ];
    assert_eq!(names(&total(&figures)), ["month"]);
    assert_eq!(total(&figures[..2]).included.len(), 1);
}

#[test]
fn a_figure_whose_fiscal_year_the_source_prints_is_that_years() {
    let mut printed = ordered("printed", "A", "2022-05-06", 150);
    printed.period = Some(period(2022, Some(2022)));
    let figures = [printed.clone(), ordered("june", "A", "2022-06-01", 700)];
    let sum = total(&figures);
    assert_eq!(names(&sum), ["printed"]);
    assert_eq!(why(&sum, "june").because, Counting::InsideAnother);
    // Nor is it an act where the year is another than that of the date, or where a year is all that is known.
    printed.period = Some(inferred(2021));
    let earlier = ordered("earlier", "A", "2020-12-01", 700);
    assert_eq!(names(&total(&[printed.clone(), earlier])), ["printed"]);
    printed.period = None;
    printed.as_of = Some(crate::model::PartialDate::of_year(2022));
    assert_eq!(total(&[printed, figures[1].clone()]).included.len(), 1);
}

#[test]
fn an_act_lies_inside_a_figure_of_its_fiscal_year() {
    let figures = [figure("year", "A", 2022, 2022, 900), ordered("june", "A1", "2022-06-01", 700)];
    let sum = total(&figures);
    assert_eq!(names(&sum), ["year"]);
    let out = why(&sum, "june");
    assert_eq!((out.because, &*out.overlaps), (Counting::InsideAnother, &[id("year")][..]));
    // The next fiscal year begins in October.
    let next = [figures[0].clone(), ordered("october", "A1", "2022-10-01", 700)];
    assert_eq!(total(&next).amount.unwrap().usd, 1600);
}

#[test]
fn an_act_is_no_years_total_and_stands_for_its_year() {
    let figures = [ordered("may", "A", "2022-05-06", 150), ordered("june", "A", "2022-06-01", 700)];
    let sum = of_program(&figures, "A");
    assert_eq!(sum.completeness, Completeness::Partial);
    assert_eq!(sum.amount.unwrap().max_usd, None);
    let years = |sum: &crate::sums::Group| {
        let run = |run: &crate::sums::YearRun| (run.from, run.to);
        (
            sum.years_covered.iter().map(run).collect::<Vec<_>>(),
            sum.years_missing.iter().map(run).collect::<Vec<_>>(),
        )
    };
    assert_eq!(years(&sum), (vec![(2022, Some(2022))], vec![(2022, Some(2022))]));
    // Where no program is named, a year with an act is not said to be missing.
    assert_eq!(years(&total(&figures)), (vec![(2022, Some(2022))], Vec::new()));
    let by_year = totals(&figures, &ask(&[GroupBy::FiscalYear], Prefer::Broad));
    assert_eq!(by_year.data.len(), 1);
    assert_eq!(by_year.data[0].key["fiscal_year"].as_deref(), Some("2022"));
}

#[test]
fn partners_with_acts_of_one_fiscal_year_compare() {
    let mut other = ordered("other", "A", "2022-09-29", 567);
    other.partners = vec![partner("BBB")];
    let sum = total(&[ordered("one", "A", "2022-06-01", 700), other.clone()]);
    assert_eq!(sum.amount.unwrap().usd, 1267);
    other.as_of = "2022-12-20".parse().ok();
    let sum = total(&[ordered("one", "A", "2022-06-01", 700), other]);
    assert_eq!(sum.reason, Some(NoAmountReason::NotComparable));
}

fn waiver(name: &str, date: &str, usd: i64) -> Figure {
    let mut one = ordered(name, "B", date, usd);
    one.waiver = true;
    one
}

#[test]
fn a_waiver_is_in_no_sum_not_even_of_its_own_program() {
    let figures = [waiver("waived", "2022-05-06", 150), ordered("given", "A", "2022-05-06", 150)];
    let sum = total(&figures);
    assert_eq!((names(&sum), sum.amount.unwrap().usd), (vec!["given"], 150));
    assert_eq!(why(&sum, "waived").because, Counting::Waiver);
    let alone = of_program(&figures[..1], "B");
    assert_eq!((alone.amount, alone.reason), (None, Some(NoAmountReason::NoneCounted)));
    assert_eq!(why(&alone, "waived").because, Counting::Waiver);
}

#[test]
fn a_waiver_of_another_year_does_not_stretch_the_window() {
    let given = figure("given", "A", 2022, 2022, 5);
    let sum = of_program(&[given, waiver("waived", "2024-10-16", 14)], "A");
    assert_eq!((sum.fiscal_year_from, sum.fiscal_year_to), (Some(2022), Some(2022)));
    assert_eq!(sum.completeness, Completeness::Whole);
}

prop_compose! {
    /// One act of assistance of one partner.
    fn act()(
        day in 1_i8..=28, month in 1_i8..=12, year in 2000_i16..2004, usd in 0_i64..1000,
        program in prop::sample::select(vec!["A", "A1", "B", "EAST"]), dated in any::<bool>(), waived in prop::bool::weighted(0.1),
    ) -> Figure {
        let date = if dated { format!("{year}-{month:02}-{day:02}") } else { format!("{year}-{month:02}") };
        let mut one = ordered("x", program, &date, usd);
        one.waiver = waived;
        one
    }
}

/// Figures of years at random, and acts among them.
fn with_acts() -> impl Strategy<Value = Vec<Figure>> {
    (figures(0..8, 3, 6), prop::collection::vec(act(), 0..8)).prop_map(|(mut figures, acts)| {
        for (number, mut one) in acts.into_iter().enumerate() {
            one.id = id(&format!("act{number:03}"));
            figures.push(one);
        }
        figures
    })
}

proptest! {
    #[test]
    fn acts_of_different_days_are_all_added(days in prop::collection::btree_set((1_i8..=12, 1_i8..=28), 1..20)) {
        let acts: Vec<Figure> = (1_i64..)
            .zip(&days)
            .map(|(usd, (month, day))| {
                let date = format!("2022-{month:02}-{day:02}");
                ordered(&format!("a{usd:03}"), "A", &date, usd)
            })
            .collect();
        let most = i64::try_from(days.len()).unwrap();
        for sum in [total(&acts), detailed(&acts)] {
            prop_assert_eq!(sum.amount.unwrap().usd, most * (most + 1) / 2);
        }
    }

    #[test]
    fn among_acts_no_two_figures_of_a_sum_overlap_and_no_waiver_is_in_one(
        figures in with_acts(), group_by in groupings(), prefer in prefers(), even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let totals = totals(&figures, &TotalsQuestion { spread, ..ask(&group_by, prefer) });
        let all = by_id(&figures);
        for group in groups(&totals) {
            for (place, one) in group.included.iter().enumerate() {
                prop_assert!(!all[one].waiver, "{one}");
                for other in &group.included[..place] {
                    let divided = even && (all[one].period.is_some() || all[other].period.is_some());
                    prop_assert!(divided || !overlap(all[one], all[other], &all), "{one} and {other}");
                }
            }
        }
        let rows = || totals.data.iter().chain(&totals.shared);
        if let Some(total) = totals.total.amount.filter(|_| !group_by.is_empty()) {
            prop_assert_eq!(rows().filter_map(|row| row.adds_usd).sum::<i64>(), total.usd);
        }
    }

    #[test]
    fn an_act_lies_outside_the_years_asked_exactly_when_its_day_does(figures in with_acts(), from in 2000_i16..2005) {
        let years = YearsAsked { from: Some(from), to: Some(from) };
        let question = TotalsQuestion { years, ..ask(&[], Prefer::Broad) };
        let total = totals(&figures, &question).total;
        let outside: BTreeSet<_> = total
            .excluded
            .iter()
            .filter(|out| out.because == Counting::OutsideYears)
            .map(|out| &out.id)
            .collect();
        for act in figures.iter().filter(|figure| figure.period.is_none() && !figure.waiver) {
            let year = act.as_of.unwrap().fiscal_years().from;
            prop_assert_eq!(outside.contains(&act.id), year != from, "{}", act.id);
        }
    }
}
