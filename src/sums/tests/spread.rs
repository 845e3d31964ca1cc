//! Spreading a figure of several years over those that have none of their own.

use proptest::prelude::*;

use super::made::{a_hundred_thousand, ask, figure, figures, id, set_of, stage, totals};
use crate::sums::{
    Counting, Figure, Group, GroupBy, Prefer, Spread, Totals, TotalsQuestion, YearsAsked, add,
};

fn by_year(figures: &[Figure], years: YearsAsked) -> Totals {
    let question = TotalsQuestion {
        spread: Spread::Even,
        years,
        ..ask(&[GroupBy::FiscalYear], Prefer::Broad)
    };
    totals(figures, &question)
}

fn rows(totals: &Totals) -> Vec<(String, i64, bool)> {
    let row = |group: &Group| {
        let year = group.key["fiscal_year"].clone().unwrap();
        (year, group.amount.map_or(-1, |sum| sum.usd), group.estimate)
    };
    totals.data.iter().map(row).collect()
}

fn row(year: &str, usd: i64, estimate: bool) -> (String, i64, bool) {
    (year.to_owned(), usd, estimate)
}

#[test]
fn a_year_keeps_its_own_figure_and_the_others_share_what_is_left() {
    let mut enacted = figure("enacted", "A", 2002, 2002, 40);
    enacted.stage = Some(stage(2));
    let figures = [figure("long", "A", 2001, 2004, 100), enacted];
    let totals = by_year(&figures, YearsAsked::default());
    let expected = [
        row("2001", 20, true),
        row("2002", 40, false),
        row("2003", 20, true),
        row("2004", 20, true),
    ];
    assert_eq!(rows(&totals), expected);
    assert_eq!(totals.total.amount.unwrap().usd, 100);
    let share = totals.data[0].amount.unwrap();
    assert_eq!((share.min_usd, share.max_usd), (Some(0), None));
}

#[test]
fn a_share_is_the_same_whatever_years_are_asked_for() {
    let figures = [figure("long", "A", 2001, 2004, 100), figure("own", "A", 2004, 2004, 40)];
    let totals = by_year(&figures, YearsAsked { from: Some(2002), to: Some(2003) });
    assert_eq!(rows(&totals), [row("2002", 20, true), row("2003", 20, true)]);
    assert_eq!(totals.total.amount.unwrap().usd, 40);
}

#[test]
fn figures_inside_the_longer_one_are_taken_from_it_and_of_a_wider_one_an_even_share() {
    let parts = [
        figure("long", "A", 2001, 2004, 100),
        figure("a1", "A1", 2001, 2001, 10),
        figure("a2", "A2", 2001, 2001, 15),
    ];
    let totals = by_year(&parts, YearsAsked::default());
    assert_eq!(rows(&totals)[0], row("2001", 25, false));
    assert_eq!(rows(&totals)[1], row("2002", 25, true));
    // A quarter of the longer figure is taken for the year of the wider one, whose amount stands.
    let wider = [figure("long", "A", 2001, 2004, 100), figure("wide", "EAST", 2001, 2001, 500)];
    let totals = by_year(&wider, YearsAsked::default());
    assert_eq!(rows(&totals)[0], row("2001", 500, false));
    assert_eq!(rows(&totals)[1], row("2002", 25, true));
    // Unless a figure of its own program says what the year had.
    let both = [wider[0].clone(), wider[1].clone(), figure("own", "A", 2001, 2001, 40)];
    assert_eq!(rows(&by_year(&both, YearsAsked::default()))[1], row("2002", 20, true));
}

#[test]
fn an_estimate_of_a_year_without_its_own_gives_way_to_the_share() {
    let mut estimate = figure("estimate", "A", 2001, 2001, 70);
    estimate.stage = Some(stage(3));
    let totals = by_year(&[figure("long", "A", 2001, 2002, 100), estimate], YearsAsked::default());
    assert_eq!(rows(&totals), [row("2001", 50, true), row("2002", 50, true)]);
    let out = totals.total.excluded.iter().find(|out| out.id == id("estimate")).unwrap();
    assert_eq!(out.because, Counting::OtherStage);
}

#[test]
fn where_less_than_nothing_is_left_nothing_is_spread_and_the_total_says_why() {
    let figures = [figure("long", "A", 2001, 2002, 100), figure("own", "A", 2001, 2001, 120)];
    let totals = by_year(&figures, YearsAsked::default());
    assert_eq!(rows(&totals), [row("2001", 120, false)]);
    assert_eq!(totals.total.excluded[0].because, Counting::NothingLeft);
    assert_eq!(totals.total.amount.unwrap().usd, 120);
}

#[test]
fn a_figure_of_years_of_the_calendar_stands_undivided() {
    let mut years = figure("years", "A", 2001, 2001, 9);
    years.period = Some(super::made::calendar(2001, 2003));
    let totals = by_year(&[years, figure("b", "B", 2001, 2002, 4)], YearsAsked::default());
    let expected = [row("2001", 2, true), row("2002", 2, true), row("CY2001-2003", 9, false)];
    assert_eq!(rows(&totals), expected);
}

/// Figures of one program, of one or several fiscal years, of money given or enacted.
fn of_one_program() -> impl Strategy<Value = Vec<Figure>> {
    let one = (2000_i64..2006, 0_i64..5, 0_i64..1000, 0_u8..3);
    prop::collection::vec(one, 1..9).prop_map(|made| {
        let figures = made.into_iter().enumerate();
        figures
            .map(|(number, (from, length, usd, stage_number))| {
                let length = if number % 2 == 0 { 0 } else { length };
                let mut one = figure("x", "A", from, from + length, usd);
                one.id = id(&format!("f{number}"));
                one.stage = Some(stage(stage_number));
                one
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_years_own_figure_is_that_years_amount_whatever_is_spread(figures in of_one_program()) {
        let undivided = totals(&figures, &ask(&[GroupBy::FiscalYear], Prefer::Broad));
        let spread = by_year(&figures, YearsAsked::default());
        for group in &undivided.data {
            let year = group.key["fiscal_year"].as_deref().unwrap();
            if year.contains('-') {
                continue;
            }
            let same = spread.data.iter().find(|row| row.key == group.key).unwrap();
            prop_assert_eq!(same.amount.map(|sum| sum.usd), group.amount.map(|sum| sum.usd));
            prop_assert!(!same.estimate);
        }
    }

    #[test]
    fn the_total_of_what_is_spread_is_the_sum_of_the_rows(figures in figures(0..14, 1, 4)) {
        let totals = by_year(&figures, YearsAsked::default());
        let sum: i64 = totals.data.iter().filter_map(|row| Some(row.amount?.usd)).sum();
        prop_assert_eq!(sum, totals.total.amount.map_or(0, |sum| sum.usd));
        for row in &totals.data {
            prop_assert_eq!(row.adds_usd.unwrap_or(0), row.amount.map_or(0, |sum| sum.usd));
        }
    }

    #[test]
    fn a_year_has_the_same_amount_whatever_years_are_asked_for(
        figures in of_one_program(), from in 2000_i16..2006, length in 0_i16..4,
    ) {
        let all = by_year(&figures, YearsAsked::default());
        let some = by_year(&figures, YearsAsked { from: Some(from), to: Some(from + length) });
        for group in &some.data {
            let year: i16 = group.key["fiscal_year"].as_deref().unwrap().parse().unwrap();
            prop_assert!((from..=from + length).contains(&year));
            let same = all.data.iter().find(|row| row.key == group.key).unwrap();
            prop_assert_eq!(same.amount, group.amount);
        }
    }
}

#[test]
fn a_hundred_thousand_figures_of_one_partner_are_spread() {
    let figures = a_hundred_thousand(4);
    let set = set_of(&figures);
    let question =
        TotalsQuestion { spread: Spread::Even, ..ask(&[GroupBy::FiscalYear], Prefer::Broad) };
    let totals = add(&set, super::made::every(&set), &question);
    assert!(totals.data.len() > 100);
}
