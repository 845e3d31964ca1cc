//! The rules one at a time.

use super::made::{
    amount, ask, calendar, detailed, figure, id, names, of_program, partner, period, since, stage,
    total, totals, why,
};
use crate::model::{Qualifier, Scope};
use crate::sums::{
    Counting, Figure, GroupBy, Lane, NoAmountReason, Prefer, SaleKind, SourceRank, Spread,
    SumQualifier, TotalsQuestion, YearsAsked,
};

#[test]
fn a_total_stands_before_the_accounts_inside_it_and_detail_turns_that_round() {
    let figures = [
        figure("all", "EAST", 2001, 2001, 10),
        figure("a1", "A1", 2001, 2001, 3),
        figure("a2", "A2", 2001, 2001, 4),
    ];
    assert_eq!(names(&total(&figures)), ["all"]);
    let out = why(&total(&figures), "a1");
    assert_eq!((out.because, &*out.overlaps), (Counting::InsideAnother, &[id("all")][..]));
    assert_eq!(names(&detailed(&figures)), ["a1", "a2"]);
    assert_eq!(why(&detailed(&figures), "all").because, Counting::Overlaps);
}

#[test]
fn a_set_that_covers_more_wins_over_a_longer_figure() {
    let figures = [
        figure("middle", "A", 2003, 2007, 1),
        figure("first", "A", 2001, 2004, 1),
        figure("last", "A", 2006, 2009, 1),
    ];
    assert_eq!(names(&total(&figures)), ["first", "last"]);
}

#[test]
fn a_part_of_what_is_included_does_not_let_a_rival_in() {
    let mut figures = vec![figure("long", "A", 2001, 2007, 1), figure("rival", "A", 2007, 2012, 1)];
    assert_eq!(names(&total(&figures)), ["long"]);
    // With the rival it would cover nine years, the long figure seven.
    figures.push(figure("part", "A", 2001, 2003, 1));
    assert_eq!(names(&total(&figures)), ["long"]);
    assert_eq!(names(&detailed(&figures)), ["part", "rival"]);
}

#[test]
fn a_record_that_is_part_of_what_lies_inside_it_is_taken_by_its_years() {
    let mut wide = figure("wide", "EAST", 2001, 2003, 9);
    wide.part_of = Some(id("narrow"));
    let mut part = figure("part", "B1", 1990, 1990, 1);
    part.part_of = Some(id("wide"));
    let figures = [wide, figure("narrow", "A", 2003, 2003, 1), part];
    assert_eq!(names(&total(&figures)), ["wide"]);
}

#[test]
fn a_part_of_the_more_final_of_two_figures_does_not_let_the_other_in() {
    let mut actual = figure("actual", "A", 2005, 2005, 1);
    actual.stage = Some(stage(0));
    actual.rank.official = 2;
    let provided = figure("provided", "A", 2005, 2005, 2);
    let mut part = figure("part", "A1", 2005, 2005, 1);
    part.part_of = Some(id("actual"));
    assert_eq!(names(&total(&[actual.clone(), provided.clone()])), ["actual"]);
    assert_eq!(names(&total(&[actual, part, provided])), ["actual"]);
}

#[test]
fn what_waited_fills_the_years_that_are_left() {
    let figures = [
        figure("first", "A", 2001, 2006, 1),
        figure("last", "A", 2006, 2012, 1),
        figure("part", "A", 2002, 2004, 1),
    ];
    let sum = total(&figures);
    assert_eq!(names(&sum), ["last", "part"]);
    assert_eq!(*why(&sum, "first").overlaps, [id("last"), id("part")]);
}

#[test]
fn of_totals_that_cut_across_each_other_the_broader_stands() {
    let half = figure("half", "HALF", 2001, 2001, 1);
    let figures = [figure("west", "WEST", 2001, 2001, 1), half];
    assert_eq!(names(&total(&figures)), ["half"]);
    assert_eq!(names(&detailed(&figures)), ["west"]);
}

#[test]
fn a_more_final_figure_stands_before_one_that_covers_more() {
    let mut planned = figure("planned", "ALL", 2000, 2009, 1);
    planned.stage = Some(stage(3));
    let figures = [planned, figure("given", "A1", 2004, 2004, 1)];
    let sum = total(&figures);
    assert_eq!(names(&sum), ["given"]);
    assert_eq!(why(&sum, "planned").because, Counting::OtherStage);
}

#[test]
fn a_request_is_never_added_to_an_actual_not_even_of_another_year() {
    let mut request = figure("request", "A", 2002, 2002, 5);
    request.stage = Some(stage(4));
    let figures = [figure("given", "A", 2001, 2001, 3), request.clone()];
    let sum = total(&figures);
    assert_eq!(sum.amount.unwrap().usd, 3);
    let out = why(&sum, "request");
    assert_eq!((out.because, &*out.overlaps), (Counting::Proposal, &[][..]));
    let alone = total(std::slice::from_ref(&request));
    assert_eq!((alone.amount, alone.reason), (None, Some(NoAmountReason::OnlyProposals)));
    let question = TotalsQuestion { proposals: true, ..ask(&[], Prefer::Broad) };
    assert_eq!(totals(&[request], &question).total.amount.unwrap().usd, 5);
}

#[test]
fn of_one_program_and_period_the_more_official_then_the_newer_source_stands() {
    let year = crate::model::PartialDate::of_year;
    let mut old = figure("b-old", "A", 2001, 2001, 1);
    old.rank = SourceRank { official: 2, published: Some(year(2003)) };
    let mut new = figure("c-new", "A", 2001, 2001, 2);
    new.rank = SourceRank { official: 2, published: Some(year(2004)) };
    let mut far = figure("a-far", "A", 2001, 2001, 3);
    far.rank = SourceRank { official: 6, published: Some(year(2020)) };
    let sum = total(&[old, new, far]);
    assert_eq!(names(&sum), ["c-new"]);
    assert_eq!(why(&sum, "a-far").because, Counting::Overlaps);
}

#[test]
fn components_that_one_record_lists_side_by_side_are_added() {
    let part = |name: &str, component: &str, usd| {
        let mut part = figure(name, "A", 2001, 2001, usd);
        part.component = Some(component.to_owned().try_into().unwrap());
        part.part_of = Some(id("whole"));
        part
    };
    let mut whole = figure("whole", "A", 2001, 2001, 4);
    whole.superseded = true;
    let mut figures = vec![part("one", "training", 1), part("two", "boats", 2), whole];
    assert_eq!(total(&figures).amount.unwrap().usd, 3);
    figures[2].superseded = false;
    assert_eq!(names(&total(&figures)), ["whole"]);
    assert_eq!(names(&detailed(&figures)), ["one", "two"]);
    figures[2].superseded = true;
    figures[0].component = figures[1].component.clone();
    assert_eq!(total(&figures).included.len(), 1);
}

#[test]
fn a_part_of_a_program_contains_nothing_but_itself() {
    let mut part = figure("part", "A", 2000, 2009, 9);
    part.component = Some("training".to_owned().try_into().unwrap());
    let figures = [part, figure("inside", "A1", 2001, 2001, 1)];
    // Both compete; the part covers more. The other lost to it and is not said to lie inside it.
    let sum = total(&figures);
    assert_eq!(names(&sum), ["part"]);
    assert_eq!(why(&sum, "inside").because, Counting::Overlaps);
}

#[test]
fn what_cannot_be_added_is_left_out_with_its_reason() {
    let with = |name: &str, change: &dyn Fn(&mut Figure)| {
        let mut one = figure(name, "A", 2001, 2001, 1);
        change(&mut one);
        one
    };
    let figures = [
        with("old", &|one| one.superseded = true),
        with("region", &|one| one.scope = Scope::Region),
        with("silent", &|one| one.amount = None),
        with("yearly", &|one| one.per_year = true),
        with("group", &|one| one.scope = Scope::Group),
    ];
    let sum = total(&figures);
    assert_eq!(sum.amount, None);
    let reasons: Vec<Counting> = sum.excluded.iter().map(|out| out.because).collect();
    let expected = [
        Counting::Joint,
        Counting::Superseded,
        Counting::Region,
        Counting::NoAmount,
        Counting::PerYear,
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn a_joint_figure_stands_in_shared_and_gives_way_to_a_partners_own() {
    let joint = |name: &str, from| {
        let mut joint = figure(name, "A", from, from, 100);
        joint.partners.push(partner("BBB"));
        joint
    };
    let figures = [figure("own", "A", 2001, 2001, 1), joint("j1", 2001), joint("j2", 2002)];
    let question = ask(&[GroupBy::Partner], Prefer::Broad);
    let totals = totals(&figures, &question);
    assert_eq!(totals.data.len(), 1);
    assert_eq!(totals.data[0].amount.unwrap().usd, 1);
    assert_eq!(totals.data[0].shared, [id("j2")]);
    assert_eq!(totals.shared[0].key["partner"].as_deref(), Some("AAA,BBB"));
    assert_eq!(totals.shared[0].amount.unwrap().usd, 100);
    let out = why(&totals.shared[0], "j1");
    assert_eq!((out.because, &*out.overlaps), (Counting::Joint, &[id("own")][..]));
    // One partner's year and another year of two do not compare.
    assert_eq!(totals.total.reason, Some(NoAmountReason::NotComparable));
    assert_eq!(totals.data[0].adds_usd, None);
}

#[test]
fn the_total_says_so_when_it_is_less_than_its_groups() {
    let figures = [figure("all", "ALL", 2001, 2001, 10), figure("a", "A", 2001, 2001, 4)];
    let question = ask(&[GroupBy::Program], Prefer::Broad);
    let totals = totals(&figures, &question);
    assert_eq!(totals.data.len(), 2);
    assert_eq!(totals.total.amount.unwrap().usd, 10);
    assert!(totals.total.notes[0].starts_with("Less than its groups"), "{:?}", totals.total.notes);
}

#[test]
fn a_figure_of_several_years_stands_under_its_period_unless_it_is_spread() {
    let figures = [figure("long", "A", 2001, 2003, 100), figure("b", "B", 2001, 2001, 7)];
    let mut question = ask(&[GroupBy::FiscalYear], Prefer::Broad);
    let keys = |question: &TotalsQuestion| -> Vec<(Option<String>, i64, bool)> {
        let totals = totals(&figures, question);
        let groups = totals.data.iter();
        groups.map(|g| (g.key["fiscal_year"].clone(), g.amount.unwrap().usd, g.estimate)).collect()
    };
    let key = |text: &str| Some(text.to_owned());
    assert_eq!(keys(&question), [(key("2001"), 7, false), (key("2001-2003"), 100, false)]);
    question.spread = Spread::Even;
    assert_eq!(
        keys(&question),
        [(key("2001"), 40, true), (key("2002"), 33, true), (key("2003"), 34, true)]
    );
}

#[test]
fn a_figure_that_reaches_out_of_the_years_asked_for_is_left_out_unless_it_is_spread() {
    let figures = [figure("long", "A", 2001, 2004, 100), figure("short", "A", 2002, 2002, 7)];
    let years = YearsAsked { from: Some(2002), to: Some(2003) };
    let mut question = TotalsQuestion { years, ..ask(&[], Prefer::Broad) };
    let sum = totals(&figures, &question).total;
    assert_eq!(names(&sum), ["short"]);
    assert_eq!(why(&sum, "long").because, Counting::OutsideYears);
    assert_eq!(sum.years_missing[0].from, 2003);
    question.spread = Spread::Even;
    let sum = totals(&figures, &question).total;
    // 7 are the year's own; of the other 93 each of the three other years has a third.
    assert_eq!((sum.amount.unwrap().usd, sum.estimate), (38, true));
}

#[test]
fn years_that_no_figure_covers_are_named() {
    let figures = [figure("a", "A", 2001, 2002, 1), figure("b", "A", 2005, 2005, 1)];
    let sum = total(&figures);
    let runs: Vec<_> = sum.years_covered.iter().map(|run| (run.from, run.to)).collect();
    assert_eq!(runs, [(2001, Some(2002)), (2005, Some(2005))]);
    let gaps: Vec<_> = sum.years_missing.iter().map(|run| (run.from, run.to)).collect();
    assert_eq!(gaps, [(2003, Some(2004))]);
}

#[test]
fn a_period_without_an_end_reaches_as_far_as_its_source_knew() {
    let mut open = figure("open", "A", 2001, 2001, 9);
    open.period = Some(since(2001, None));
    let late = figure("late", "A", 2008, 2009, 1);
    // Known for one year only, it gives way to two; and it may hold them.
    assert_eq!(names(&total(&[open.clone(), late.clone()])), ["late"]);
    open.period = Some(since(2001, Some(2005)));
    let sum = total(&[open.clone(), late.clone()]);
    assert_eq!(names(&sum), ["late", "open"]);
    assert_eq!(sum.years_covered[0].to, Some(2005));
    open.period = Some(since(2001, Some(2008)));
    assert_eq!(names(&total(&[open, late])), ["open"]);
}

#[test]
fn calendar_and_fiscal_years_overlap_by_their_days_and_a_sum_of_both_says_so() {
    let mut calendar_year = figure("calendar", "A", 2002, 2002, 1);
    calendar_year.period = Some(calendar(2002, 2002));
    let next = [calendar_year.clone(), figure("fiscal", "A", 2003, 2003, 1)];
    assert_eq!(total(&next).included.len(), 1);
    let before = [calendar_year, figure("fiscal", "A", 2001, 2001, 1)];
    let sum = total(&before);
    assert_eq!(sum.included.len(), 2);
    assert!(sum.notes[0].contains("calendar years"));
}

#[test]
fn sales_of_two_measures_make_no_total() {
    let sale = |name: &str, measure: &'static str, kind: SaleKind, usd| {
        let mut sale = figure(name, "A", 2001, 2001, usd);
        sale.lane = Lane::Sale { channel: "FMS", measure, kind };
        sale.stage = None;
        sale
    };
    let mut figures = vec![
        sale("goods", "deliveries", SaleKind::Given, 1),
        sale("cases", "active_cases", SaleKind::Stock, 2),
    ];
    let totals = totals(&figures, &ask(&[], Prefer::Broad));
    assert_eq!(totals.data.len(), 2);
    assert_eq!(totals.total.amount, None);
    assert_eq!(why(&totals.total, "goods").because, Counting::DifferentMeasure);
    figures.remove(0);
    assert_eq!(total(&figures).amount.unwrap().usd, 2);
}

#[test]
fn two_notices_of_one_day_are_two_sales() {
    let notice = |name: &str, date: &str, usd| {
        let mut notice = figure(name, "A", 2001, 2001, usd);
        let kind = SaleKind::Notified;
        notice.lane = Lane::Sale { channel: "FMS", measure: "notification", kind };
        (notice.stage, notice.period, notice.as_of) = (None, None, date.parse().ok());
        notice
    };
    let mut figures = vec![
        notice("jets", "2024-12-18", 10),
        notice("month", "2024-12", 20),
        notice("trucks", "2024-12-18", 30),
    ];
    for sum in [total(&figures), detailed(&figures)] {
        assert_eq!(names(&sum), ["jets", "month", "trucks"]);
    }
    // Unless a record says that one repeats a part of another, or a figure of the year holds them all.
    figures[0].part_of = Some(id("month"));
    assert_eq!(names(&total(&figures)), ["month", "trucks"]);
    let mut year = notice("year", "2024-12-18", 90);
    (year.period, year.as_of) = (Some(period(2025, Some(2025))), None);
    figures.push(year);
    let sum = total(&figures);
    assert_eq!(names(&sum), ["year"]);
    assert_eq!(*why(&sum, "trucks").overlaps, [id("year")]);
}

#[test]
fn of_stocks_only_the_newest_stands() {
    let stock = |name: &str, date: &str, usd| {
        let mut stock = figure(name, "A", 2001, 2001, usd);
        stock.lane = Lane::Sale { channel: "FMS", measure: "active_cases", kind: SaleKind::Stock };
        (stock.stage, stock.period, stock.as_of) = (None, None, date.parse().ok());
        stock
    };
    let sum = total(&[stock("old", "2019", 10), stock("new", "2024-05", 20)]);
    assert_eq!(sum.amount.unwrap().usd, 20);
    assert_eq!(sum.as_of, "2024-05".parse().ok());
    assert_eq!(why(&sum, "old").because, Counting::OtherDate);
}

#[test]
fn bounds_add_as_intervals() {
    let mut rounded = figure("a", "A", 2001, 2001, 0);
    rounded.amount = Some(amount(1000, Qualifier::Approximately, Some(100)));
    let mut more = figure("b", "A", 2002, 2002, 0);
    more.amount = Some(amount(500, Qualifier::MoreThan, None));
    let sum = of_program(&[rounded.clone(), more], "A").amount.unwrap();
    assert_eq!(sum.qualifier, SumQualifier::MoreThan);
    assert_eq!((sum.usd, sum.min_usd, sum.max_usd), (1500, Some(1450), None));
    let sum = of_program(&[rounded, figure("c", "A", 2002, 2002, 7)], "A").amount.unwrap();
    assert_eq!(sum.qualifier, SumQualifier::Approximately);
    assert_eq!((sum.usd, sum.min_usd, sum.max_usd), (1007, Some(957), Some(1057)));
}
