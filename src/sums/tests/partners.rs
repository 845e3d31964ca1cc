//! Partners: who was asked for is answered, and they are added up only where they compare.

use proptest::prelude::*;

use super::made::{ask, figure, figures, id, partner, stage, totals};
use super::promises::prefers;
use crate::model::Objective;
use crate::sums::{
    Completeness, CompletenessReason, Figure, GroupBy, Lane, NoAmountReason, Prefer, SaleKind,
    TotalsQuestion,
};

fn of(code: &str, mut figure: Figure) -> Figure {
    figure.partners = vec![partner(code)];
    figure
}

fn question_of(codes: &[&str], group_by: &[GroupBy]) -> TotalsQuestion {
    TotalsQuestion {
        partners: codes.iter().map(|code| partner(code)).collect(),
        not_covered: vec![partner("DDD")],
        any_objective: false,
        ..ask(group_by, Prefer::Broad)
    }
}

#[test]
fn whoever_was_asked_for_has_a_row_with_the_reason_why_it_is_empty() {
    let mut request = of("BBB", figure("request", "A", 2001, 2001, 3));
    request.stage = Some(stage(4));
    let mut aid = of("CCC", figure("aid", "A", 2001, 2001, 3));
    aid.objective = Some(Objective::Economic);
    let figures = [figure("a", "A", 2001, 2001, 5), request, aid];
    let codes = ["AAA", "BBB", "CCC", "DDD", "EEE"];
    let answer = totals(&figures, &question_of(&codes, &[GroupBy::Partner]));
    let rows: Vec<_> = answer
        .data
        .iter()
        .map(|row| (row.key["partner"].clone().unwrap(), row.amount.map(|sum| sum.usd), row.reason))
        .collect();
    let empty = |code: &str, reason| (code.to_owned(), None, Some(reason));
    let expected = [
        ("AAA".to_owned(), Some(5), None),
        empty("BBB", NoAmountReason::OnlyProposals),
        empty("CCC", NoAmountReason::OtherObjective),
        empty("DDD", NoAmountReason::NotCovered),
        empty("EEE", NoAmountReason::NotFound),
    ];
    assert_eq!(rows, expected);
    // The total is that of the only one that has an amount, and says that it is not all.
    assert_eq!(answer.total.amount.unwrap().usd, 5);
    assert_eq!(answer.total.completeness, Completeness::Partial);
    assert!(answer.total.completeness_reasons.contains(&CompletenessReason::WithoutAmount));
    assert_eq!(answer.total.without_amount.len(), 4);
}

#[test]
fn partners_that_cover_the_same_programs_and_years_are_added_and_others_are_not() {
    let first = figure("a", "A", 2001, 2002, 5);
    let same = of("BBB", figure("b", "A", 2001, 2002, 7));
    let sum =
        totals(&[first.clone(), same], &question_of(&["AAA", "BBB"], &[GroupBy::Partner])).total;
    assert_eq!(sum.amount.unwrap().usd, 12);
    for other in [figure("b", "A", 2001, 2003, 7), figure("b", "A1", 2001, 2002, 7)] {
        let figures = [first.clone(), of("BBB", other)];
        let answer = totals(&figures, &question_of(&["AAA", "BBB"], &[GroupBy::Partner]));
        let total = answer.total;
        assert_eq!((total.amount, total.reason), (None, Some(NoAmountReason::NotComparable)));
        assert!(total.included.is_empty());
        assert!(answer.data.iter().all(|row| row.amount.is_some() && row.adds_usd.is_none()));
    }
}

#[test]
fn stocks_of_several_partners_are_added_only_at_one_date() {
    let stock = |code: &str, date: Option<&str>| {
        let mut one = of(code, figure(&code.to_lowercase(), "A", 2001, 2001, 5));
        let kind = SaleKind::Stock;
        (one.lane, one.stage) =
            (Lane::Sale { channel: "FMS", measure: "active_cases", kind }, None);
        (one.period, one.as_of) = (None, date.and_then(|date| date.parse().ok()));
        one
    };
    let sum = |first: Option<&str>, second: Option<&str>| {
        let figures = [stock("AAA", first), stock("BBB", second)];
        let answer = totals(&figures, &ask(&[GroupBy::Measure], Prefer::Broad));
        (answer.data[0].amount.map(|sum| sum.usd), answer.data[0].reason)
    };
    assert_eq!(sum(Some("2024-04"), Some("2024-04")), (Some(10), None));
    let apart = (None, Some(NoAmountReason::DifferentDates));
    assert_eq!(sum(Some("2024-04"), Some("2023")), apart);
    assert_eq!(sum(None, None), apart);
}

#[test]
fn a_joint_figure_bounds_what_one_of_its_partners_had_from_above_alone() {
    let mut joint = figure("joint", "A", 2001, 2001, 100);
    joint.partners.push(partner("BBB"));
    let programs = vec![id("A")];
    let question = TotalsQuestion { programs, ..question_of(&["AAA"], &[]) };
    let sum = totals(&[joint.clone()], &question).total;
    let amount = sum.amount.unwrap();
    assert_eq!((amount.usd, amount.min_usd, amount.max_usd), (100, Some(0), None));
    assert_eq!(sum.completeness_reasons, [CompletenessReason::Joint]);
    let programs = vec![id("A")];
    let both = TotalsQuestion { programs, ..question_of(&["AAA", "BBB"], &[]) };
    assert_eq!(totals(&[joint], &both).total.amount.unwrap().min_usd, Some(100));
}

proptest! {
    #[test]
    fn every_partner_and_program_asked_for_has_a_row(
        figures in figures(0..10, 7, 6),
        prefer in prefers(),
        codes in prop::sample::subsequence(vec!["AAA", "BBB", "CCC", "DDD"], 1..=4),
        programs in prop::sample::subsequence(vec!["A", "B1", "EAST"], 0..=3),
        group_by in prop::sample::subsequence(
            vec![GroupBy::Partner, GroupBy::Program, GroupBy::FiscalYear], 1..=3,
        ),
    ) {
        let found: Vec<Figure> = figures
            .into_iter()
            .filter(|figure| figure.partners.iter().any(|code| codes.contains(&code.as_str())))
            .filter(|figure| {
                programs.is_empty() || programs.iter().any(|code| figure.lane == Lane::Program(id(code)))
            })
            .collect();
        let question = TotalsQuestion {
            prefer,
            programs: programs.iter().map(|code| id(code)).collect(),
            ..question_of(&codes, &group_by)
        };
        let answer = totals(&found, &question);
        for (key, codes_of_key) in [("partner", &codes), ("program", &programs)] {
            for code in codes_of_key {
                let rows = answer.data.iter().chain(&answer.shared);
                let mut values = rows.filter_map(|row| row.key.get(key)?.clone());
                let grouped = question.group_by.iter().any(|by| crate::model::Vocabulary::word(*by) == key);
                let named = values.any(|value| value.split(',').any(|one| one == *code));
                prop_assert!(!grouped || named, "{key} {code}");
            }
        }
        for row in answer.data.iter().chain([&answer.total]) {
            prop_assert_eq!(row.amount.is_none(), row.reason.is_some());
        }
    }
}
