//! Whether a sum is all that there was: rules one at a time, and over figures at random.

use proptest::prelude::*;

use super::made::{
    amount, ask, calendar, figure, figures, groups, id, of_program, set_of, since, stage, total,
    totals,
};
use super::promises::{groupings, prefers};
use crate::model::{Objective, Qualifier};
use crate::sums::figure_time::FigureTime;
use crate::sums::{
    Completeness, CompletenessReason, Counting, Figure, FigureSet, Group, GroupBy, Lane,
    NoAmountReason, Prefer, SaleKind, Spread, StageKind, SumQualifier, TotalsQuestion, YearsAsked,
    add, count_records,
};

fn reasons(group: &Group) -> Vec<CompletenessReason> {
    group.completeness_reasons.clone()
}

fn larger(group: &Group) -> Vec<&str> {
    group.larger_figures.iter().map(|figure| figure.id.as_str()).collect()
}

fn question_of(program: &str, from: i16, to: i16) -> TotalsQuestion {
    let years = YearsAsked { from: Some(from), to: Some(to) };
    TotalsQuestion { programs: vec![id(program)], years, ..ask(&[], Prefer::Broad) }
}

#[test]
fn a_sum_of_a_named_program_whose_every_year_is_covered_is_whole() {
    let figures = [figure("a", "A", 2001, 2002, 5), figure("b", "A", 2003, 2003, 2)];
    let sum = of_program(&figures, "A");
    assert_eq!((sum.completeness, sum.amount.unwrap().max_usd), (Completeness::Whole, Some(7)));
    assert_eq!((sum.fiscal_year_from, sum.fiscal_year_to), (Some(2001), Some(2003)));
    // Without a program nobody can say what the whole would be.
    let sum = total(&figures);
    assert_eq!(reasons(&sum), [CompletenessReason::NoProgramNamed]);
    let amount = sum.amount.unwrap();
    assert_eq!((amount.qualifier, amount.min_usd), (SumQualifier::OnRecord, Some(7)));
    assert_eq!(amount.max_usd, None);
}

#[test]
fn a_year_without_a_figure_makes_a_sum_partial_and_is_named() {
    let figures = [figure("a", "A", 2001, 2001, 5), figure("b", "A", 2003, 2003, 2)];
    let sum = of_program(&figures, "A");
    assert_eq!(sum.completeness, Completeness::Partial);
    assert_eq!(reasons(&sum), [CompletenessReason::YearsMissing]);
    assert_eq!((sum.years_missing[0].from, sum.years_missing[0].to), (2002, Some(2002)));
    let sum = totals(&figures[..1], &question_of("A", 2000, 2001)).total;
    assert_eq!((sum.years_missing[0].from, sum.years_missing[0].to), (2000, Some(2000)));
}

#[test]
fn an_estimate_a_component_and_an_event_cover_no_year() {
    let with = |change: &dyn Fn(&mut Figure)| {
        let mut one = figure("one", "A", 2001, 2001, 5);
        change(&mut one);
        of_program(&[one], "A").completeness
    };
    assert_eq!(with(&|_| ()), Completeness::Whole);
    assert_eq!(with(&|one| one.stage = Some(stage(2))), Completeness::Whole);
    assert_eq!(with(&|one| one.stage = Some(stage(3))), Completeness::Partial);
    let part = |one: &mut Figure| one.component = "part".to_owned().try_into().ok();
    assert_eq!(with(&part), Completeness::Partial);
    let event = |one: &mut Figure| (one.period, one.as_of) = (None, "2001-03".parse().ok());
    assert_eq!(with(&event), Completeness::Partial);
}

#[test]
fn of_several_programs_each_must_be_covered_and_a_wider_figure_covers_what_is_inside_it() {
    let figures = [figure("a1", "A1", 2001, 2001, 1), figure("b", "B", 2001, 2001, 2)];
    let both = |programs: &[&str]| TotalsQuestion {
        programs: programs.iter().map(|code| id(code)).collect(),
        ..ask(&[], Prefer::Broad)
    };
    assert_eq!(totals(&figures, &both(&["A1", "B"])).total.completeness, Completeness::Whole);
    assert_eq!(
        totals(&figures[..1], &both(&["A1", "B"])).total.completeness,
        Completeness::Partial
    );
    let within = TotalsQuestion { programs_within: vec![id("A")], ..ask(&[], Prefer::Broad) };
    let wide = [figure("a", "A", 2001, 2001, 9), figure("a1", "A1", 2001, 2001, 1)];
    assert_eq!(totals(&wide, &within).total.completeness, Completeness::Whole);
    assert_eq!(totals(&wide[1..], &within).total.completeness, Completeness::Partial);
}

#[test]
fn a_larger_figure_of_the_same_money_is_named_and_takes_the_upper_bound_away() {
    let mut other = figure("other", "A", 2001, 2001, 9);
    other.rank.official = 5;
    let sum = of_program(&[figure("one", "A", 2001, 2001, 5), other.clone()], "A");
    assert_eq!(reasons(&sum), [CompletenessReason::LargerFigure]);
    assert_eq!(larger(&sum), ["other"]);
    // One that may be as small as the sum allows contradicts nothing.
    other.amount = Some(amount(9, Qualifier::LessThan, None));
    let sum = of_program(&[figure("one", "A", 2001, 2001, 5), other], "A");
    assert_eq!((sum.completeness, larger(&sum).len()), (Completeness::Whole, 0));
}

#[test]
fn an_earlier_stage_of_the_same_money_is_no_reason_against_a_sum_but_a_mixed_total_is() {
    let enacted = |from, to| {
        let mut one = figure("enacted", "A", from, to, 9);
        one.stage = Some(stage(2));
        one
    };
    let given = figure("given", "A", 2001, 2001, 5);
    let sum = of_program(&[given.clone(), enacted(2001, 2001)], "A");
    assert_eq!((sum.completeness, larger(&sum).len()), (Completeness::Whole, 0));
    // In years that no more final figure speaks of it says more.
    let sum = of_program(&[given.clone(), enacted(2001, 2004)], "A");
    assert_eq!((sum.completeness, larger(&sum)), (Completeness::Partial, vec!["enacted"]));
    let mut mixed = enacted(2001, 2001);
    mixed.stage = Some(stage(5));
    let sum = of_program(&[given, mixed], "A");
    assert_eq!((sum.completeness, larger(&sum)), (Completeness::Partial, vec!["enacted"]));
}

#[test]
fn a_set_that_is_a_sample_is_never_whole() {
    let figures = [figure("a", "A", 2001, 2001, 5)];
    let sampled = |lane: &Lane| *lane == Lane::Program(id("A"));
    let set = FigureSet::new(figures, &super::made::containment(), |_, lane| sampled(lane));
    let question = TotalsQuestion { programs: vec![id("A")], ..ask(&[], Prefer::Broad) };
    assert_eq!(reasons(&add(&set, 0..1, &question).total), [CompletenessReason::Sample]);
}

#[test]
fn a_figure_whose_years_nothing_tells_makes_a_sum_unknown() {
    let mut open = figure("open", "A", 2001, 2001, 5);
    open.period = Some(since(2001, None));
    assert_eq!(of_program(&[open.clone()], "A").completeness, Completeness::Unknown);
    open.period = Some(since(2001, Some(2004)));
    let sum = of_program(&[open.clone()], "A");
    assert_eq!((sum.completeness, sum.fiscal_year_to), (Completeness::Whole, Some(2004)));
    open.period = None;
    let sum = of_program(&[open], "A");
    assert_eq!((sum.completeness, sum.fiscal_year_from), (Completeness::Unknown, None));
}

#[test]
fn years_of_the_calendar_are_covered_by_their_days() {
    let mut years = figure("years", "A", 2001, 2001, 5);
    years.period = Some(calendar(2001, 2004));
    assert_eq!(of_program(&[years.clone()], "A").completeness, Completeness::Whole);
    let sum = totals(&[years], &question_of("A", 2001, 2005)).total;
    // Three months at either end belong to fiscal years that the figure does not fill.
    let missing: Vec<_> = sum.years_missing.iter().map(|run| (run.from, run.to)).collect();
    assert_eq!(
        (sum.completeness, missing),
        (Completeness::Partial, vec![(2001, Some(2001)), (2005, Some(2005))])
    );
}

#[test]
fn security_is_added_alone_unless_more_is_asked_for_and_a_sum_says_what_it_holds() {
    let mut aid = figure("aid", "ALL", 2001, 2001, 90);
    aid.objective = Some(Objective::Mixed);
    let mut unknown = figure("unknown", "B1", 2001, 2001, 3);
    unknown.objective = None;
    let figures = [figure("a", "A", 2001, 2001, 5), aid, unknown];
    let security = TotalsQuestion { any_objective: false, ..ask(&[], Prefer::Broad) };
    let sum = totals(&figures, &security).total;
    assert_eq!((sum.amount.unwrap().usd, sum.objectives), (5, vec![Some(Objective::Security)]));
    assert!(sum.larger_figures.is_empty());
    assert!(sum.excluded.iter().all(|out| out.because == Counting::OtherObjective));
    // A group of one program is of every objective; only the total keeps to security.
    let by_program = totals(
        &figures,
        &TotalsQuestion { any_objective: false, ..ask(&[GroupBy::Program], Prefer::Broad) },
    );
    assert!(by_program.data.iter().all(|group| group.amount.is_some()));
    assert_eq!(by_program.total.amount.unwrap().usd, 5);
    let by_objective = totals(
        &figures,
        &TotalsQuestion { any_objective: false, ..ask(&[GroupBy::Objective], Prefer::Broad) },
    );
    assert_eq!(by_objective.total.amount.unwrap().usd, 90);
    let only = totals(&figures[1..2], &security).total;
    assert_eq!(only.reason, Some(NoAmountReason::OtherObjective));
}

#[test]
fn a_sum_whose_scope_changes_from_year_to_year_says_so() {
    let figures = [figure("a", "A", 2001, 2002, 5), figure("b", "B", 2001, 2002, 2)];
    assert!(!total(&figures).scope_changes);
    let later = [figures[0].clone(), figure("b", "B", 2002, 2002, 2)];
    assert!(total(&later).scope_changes);
}

#[test]
fn of_sales_what_was_given_can_be_whole_and_an_announcement_never_is() {
    let sale = |measure, kind| {
        let mut one = figure("one", "A", 2001, 2002, 5);
        (one.lane, one.stage) = (Lane::Sale { channel: "FMS", measure, kind }, None);
        total(&[one])
    };
    assert_eq!(sale("deliveries", SaleKind::Given).completeness, Completeness::Whole);
    for kind in [SaleKind::Announced, SaleKind::Notified] {
        let notice = sale("notification", kind);
        assert_eq!(notice.completeness, Completeness::Partial);
        assert!(reasons(&notice).contains(&CompletenessReason::NotATotal));
    }
    let stock = |date: Option<&str>| {
        let mut one = figure("one", "A", 2001, 2001, 5);
        let kind = SaleKind::Stock;
        (one.lane, one.stage) =
            (Lane::Sale { channel: "FMS", measure: "active_cases", kind }, None);
        (one.period, one.as_of) = (None, date.and_then(|date| date.parse().ok()));
        total(&[one]).completeness
    };
    assert_eq!((stock(Some("2024-04")), stock(None)), (Completeness::Whole, Completeness::Unknown));
}

/// Figures of one program that often make a whole.
fn few_years() -> impl Strategy<Value = Vec<Figure>> {
    let one = (2000_i64..2004, 0_i64..3, 0_i64..50, 0_u8..6, 1_u8..4, prop::bool::weighted(0.1));
    prop::collection::vec(one, 1..7).prop_map(|made| {
        let figures = made.into_iter().enumerate();
        figures
            .map(|(number, (from, length, usd, stage_number, official, part))| {
                let mut one = figure("x", "A", from, from + length, usd);
                one.id = id(&format!("f{number}"));
                one.stage = Some(stage(stage_number));
                one.rank.official = official;
                one.component = "part".to_owned().try_into().ok().filter(|_| part);
                one
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_printed_upper_bound_is_never_below_a_left_out_figure_of_the_same_money(
        figures in few_years(), prefer in prefers(), asked_from in prop::option::of(2000_i16..2003),
    ) {
        let years = YearsAsked { from: asked_from, to: None };
        let programs = vec![id("A")];
        let sum = totals(&figures, &TotalsQuestion { years, programs, ..ask(&[], prefer) }).total;
        let Some(bound) = sum.amount.and_then(|amount| amount.max_usd) else { return Ok(()) };
        for out in &sum.excluded {
            let figure = figures.iter().find(|figure| figure.id == out.id).unwrap();
            let kind = figure.stage.unwrap().kind;
            let days = FigureTime::of(figure).certain;
            let overlapped: Vec<&Figure> = figures
                .iter()
                .filter(|one| sum.included.contains(&one.id))
                .filter(|one| FigureTime::of(one).certain.overlaps(days))
                .collect();
            let more_final = |one: &&Figure| one.stage.unwrap().kind < kind;
            // A whole sum covers every year, so that what it leaves out overlaps something in it.
            prop_assert!(!overlapped.is_empty() || !years.span().contains(days) || kind == StageKind::Proposed);
            let other_money = kind == StageKind::Proposed
                || !years.span().contains(days)
                || kind != StageKind::Mixed && overlapped.iter().all(more_final);
            prop_assert!(other_money || figure.amount.unwrap().min_usd().unwrap().dollars() <= bound);
        }
    }

    #[test]
    fn only_a_whole_sum_has_an_upper_bound_and_a_qualifier_of_its_own(
        figures in few_years(), group_by in groupings(), even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let question = TotalsQuestion { spread, programs: vec![id("A")], ..ask(&group_by, Prefer::Broad) };
        for group in groups(&totals(&figures, &question)) {
            let whole = group.completeness == Completeness::Whole;
            prop_assert_eq!(whole, group.completeness_reasons.is_empty());
            let Some(amount) = group.amount else { continue };
            prop_assert_eq!(!whole, amount.qualifier == SumQualifier::OnRecord);
            prop_assert!(whole || amount.max_usd.is_none());
        }
    }

    #[test]
    fn requests_and_bills_are_in_no_sum_unless_asked_for(
        figures in figures(0..14, 7, 6), prefer in prefers(), even in any::<bool>(),
        group_by in prop::sample::subsequence(
            vec![GroupBy::Partner, GroupBy::Program, GroupBy::FiscalYear, GroupBy::Objective], 0..=4,
        ),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let totals = totals(&figures, &TotalsQuestion { spread, ..ask(&group_by, prefer) });
        for group in groups(&totals) {
            for included in &group.included {
                let figure = figures.iter().find(|figure| figure.id == *included).unwrap();
                prop_assert!(figure.stage.unwrap().kind != StageKind::Proposed);
            }
        }
    }

    #[test]
    fn what_records_are_counted_at_sums_to_the_total_and_to_each_group(
        figures in figures(0..14, 7, 6), prefer in prefers(), group_by in groupings(),
    ) {
        let set = set_of(&figures);
        let every = || super::made::every(&set);
        let total_question = ask(&[], prefer);
        let counted: i64 = count_records(&set, every(), &total_question)
            .into_iter()
            .inspect(|(_, count)| assert!(count.counted.is_none() || count.counting == Counting::Counted))
            .filter_map(|(_, count)| count.counted)
            .sum();
        let total = add(&set, every(), &total_question).total;
        prop_assert_eq!(counted, total.amount.map_or(0, |sum| sum.usd));
        if group_by.is_empty() {
            return Ok(());
        }
        let question = ask(&group_by, prefer);
        let counts = count_records(&set, every(), &question);
        prop_assert_eq!(counts.len(), figures.len());
        let mut sorted: Vec<&Figure> = figures.iter().collect();
        sorted.sort_by(|one, other| one.id.cmp(&other.id));
        for group in groups(&add(&set, every(), &question)).filter(|group| !group.key.is_empty()) {
            let own = counts.iter().filter(|(figure, _)| {
                let id = &sorted[usize::try_from(*figure).unwrap()].id;
                group.included.contains(id) || group.excluded.iter().any(|out| out.id == *id)
            });
            let sum: i64 = own.filter_map(|(_, count)| count.counted).sum();
            prop_assert_eq!(sum, group.amount.map_or(0, |sum| sum.usd));
        }
    }
}
