//! Sums of the embedded dataset, as the field knows them.

use super::*;
use crate::model::{Iso3, RecordId};
use crate::sums::{
    Completeness, Counting, Excluded, Group, GroupBy, HeadcountGroup, HeadcountQuestion, PeopleBy,
    Prefer, SumQualifier, Totals, TotalsQuestion, YearsAsked, add, count_people,
};

/// Whether a record is of the partner that these figures are known of.
fn of_one(partners: &[Iso3]) -> bool {
    partners.iter().any(|code| code.as_str() == "COL")
}

/// The assistance figures of some programs in some years, grouped by program.
fn ask(programs: &[&str], from: Option<i16>, to: Option<i16>) -> Totals {
    let data = Dataset::embedded().expect("the embedded dataset loads");
    let touches = |record: &AssistanceFunding| {
        record.fiscal_years().is_some_and(|years| {
            years.from <= to.unwrap_or(i16::MAX)
                && years.to.unwrap_or(i16::MAX) >= from.unwrap_or(i16::MIN)
        })
    };
    let rows = (0_u32..).zip(data.assistance_funding.records()).filter(|(_, record)| {
        of_one(&record.partner)
            && touches(record)
            && (programs.is_empty() || programs.contains(&record.program.as_str()))
    });
    let question = TotalsQuestion {
        group_by: vec![GroupBy::Program],
        years: YearsAsked { from, to },
        programs: programs.iter().map(|code| code.parse().expect("a code")).collect(),
        any_objective: !programs.is_empty(),
        ..TotalsQuestion::default()
    };
    add(data.assistance_figures(), rows.map(|(row, _)| row), &question)
}

fn one(programs: &[&str], from: Option<i16>, to: Option<i16>) -> Group {
    ask(programs, from, to).total
}

fn out<'g>(excluded: &'g [Excluded], id: &str) -> &'g Excluded {
    excluded.iter().find(|out| out.id.as_str() == id).expect("the figure is excluded")
}

fn names(ids: &[RecordId]) -> Vec<&str> {
    ids.iter().map(RecordId::as_str).collect()
}

fn people(group_by: &[PeopleBy]) -> crate::sums::HeadcountTotals {
    let data = Dataset::embedded().expect("the embedded dataset loads");
    let own = (0_u32..).zip(data.deployments.records());
    let rows = own.filter(|(_, record)| of_one(&record.partner)).map(|(row, _)| row);
    let question = HeadcountQuestion {
        group_by: group_by.to_vec(),
        prefer: Prefer::Broad,
        ..HeadcountQuestion::default()
    };
    count_people(&data.headcounts(rows), &question)
}

#[test]
fn weapons_destruction_since_2017_is_147_million_and_not_168() {
    let sum = one(&["NADR-CWD"], Some(2017), None);
    let amount = sum.amount.expect("a sum");
    assert_eq!((amount.usd, amount.max_usd), (147_000_000, Some(147_500_000)));
    assert_eq!(names(&sum.included), ["col-nadr-cwd-since-2017"]);
    let inside = out(&sum.excluded, "col-nadr-cwd-2023-risk-education-and-removal");
    assert_eq!(inside.because, Counting::InsideAnother);
    assert_eq!(names(&inside.overlaps), ["col-nadr-cwd-since-2017"]);
    assert_eq!(out(&sum.excluded, "col-nadr-cwd-since-2006").because, Counting::OutsideYears);
}

#[test]
fn weapons_destruction_of_all_years_holds_the_single_years_before_2017_too() {
    let sum = one(&["NADR-CWD"], None, None);
    assert_eq!(sum.amount.expect("a sum").usd, 147_000_000 + 691_000 + 427_000 + 400_000);
    assert_eq!(out(&sum.excluded, "col-nadr-cwd-since-2006").because, Counting::Overlaps);
    assert_eq!(sum.completeness, Completeness::Partial);
}

#[test]
fn military_financing_of_2017_to_2023_does_not_add_the_single_years_inside_it() {
    let sum = one(&["FMF"], Some(2017), Some(2023));
    assert_eq!(names(&sum.included), ["col-fmf-2017-2023"]);
    assert_eq!(sum.amount.expect("a sum").usd, 278_000_000);
    for year in ["col-fmf-2018-appropriated", "col-fmf-2023-appropriated"] {
        let out = out(&sum.excluded, year);
        assert_eq!(out.because, Counting::InsideAnother);
        assert_eq!(names(&out.overlaps), ["col-fmf-2017-2023"]);
    }
    assert!(sum.years_missing.is_empty());
}

#[test]
fn the_request_of_2009_is_never_added_to_what_was_appropriated() {
    let sum = one(&["FMF"], Some(2009), Some(2009));
    assert_eq!(sum.amount.expect("a sum").usd, 53_000_000);
    assert_eq!(names(&sum.included), ["col-fmf-2009"]);
    assert_eq!(out(&sum.excluded, "col-fmf-2009-request").because, Counting::Proposal);
    assert_eq!(out(&sum.excluded, "col-fmf-2009-appropriated").because, Counting::OtherStage);
    let all = one(&["FMF"], None, None);
    assert_eq!(out(&all.excluded, "col-fmf-2009-request").because, Counting::Proposal);
}

#[test]
fn security_assistance_in_2023_is_more_than_90_million_and_added_to_nothing() {
    let own = one(&["TOTAL-SECURITY-ASSISTANCE"], Some(2023), Some(2023));
    let amount = own.amount.expect("a sum");
    assert_eq!((amount.usd, amount.max_usd), (90_000_000, None));
    assert_eq!(amount.min_usd, Some(90_000_000));
    assert_eq!(amount.qualifier, SumQualifier::MoreThan);
    let inside = ["TOTAL-SECURITY-ASSISTANCE", "FMF", "IMET", "NADR", "NADR-CWD"];
    let sum = one(&inside, Some(2023), Some(2023));
    assert_eq!(names(&sum.included), ["col-total-security-assistance-2023"]);
    assert_eq!(out(&sum.excluded, "col-fmf-2023-appropriated").because, Counting::InsideAnother);
    // With no program named it is security assistance that is added, and not all aid.
    let totals = ask(&[], Some(2023), Some(2023));
    assert_eq!(names(&totals.total.included), ["col-total-security-assistance-2023"]);
    let wider = out(&totals.total.excluded, "col-total-state-usaid-2023");
    assert_eq!(wider.because, Counting::OtherObjective);
    assert!(totals.total.notes.iter().any(|note| note.starts_with("Less than its groups")));
}

#[test]
fn side_by_side_components_of_one_table_are_added() {
    let sum = one(&["REGIONAL-CENTERS"], Some(2007), Some(2007));
    assert_eq!(sum.amount.expect("a sum").usd, 96_750 + 2_388);
    assert_eq!(sum.completeness, Completeness::Partial);
}

#[test]
fn four_experts_in_two_missions_are_counted_once() {
    let by_mission = people(&[PeopleBy::Mission]);
    let all = || by_mission.data.iter().chain(&by_mission.shared);
    let holding = |group: &&HeadcountGroup| {
        group.included.iter().any(|id| id.as_str() == "col-minusca-minurso-experts")
    };
    assert_eq!(all().filter(holding).count(), 1);
    let shared = by_mission.shared.iter().find(holding).expect("a shared group");
    assert_eq!(shared.key["mission"].as_deref(), Some("MINURSO,MINUSCA"));
    let counted = shared.count.expect("a number");
    assert_eq!((counted.personnel, counted.women), (4, Some(3)));
    let minurso =
        by_mission.data.iter().find(|group| group.key["mission"].as_deref() == Some("MINURSO"));
    assert_eq!(names(&minurso.expect("a group").shared), ["col-minusca-minurso-experts"]);
}

#[test]
fn people_of_different_dates_are_never_added() {
    let total = people(&[]).total;
    let ids = names(&total.included);
    assert_eq!(
        ids,
        [
            "col-mfo-contingent-fact-sheet",
            "col-minusca-minurso-experts",
            "col-unifil-staff-officer"
        ]
    );
    let count = total.count.expect("a number");
    assert_eq!((count.personnel, count.max_personnel), (275 + 4 + 1, None));
    assert_eq!(out(&total.excluded, "col-mfo-contingent-2015").because, Counting::OtherDate);
    assert_eq!(out(&total.excluded, "col-un-pledge-2015").because, Counting::NotDeployed);
    assert_eq!(out(&total.excluded, "col-us-sfab-advisers-2020").because, Counting::OtherDirection);
}

#[test]
fn sales_are_added_by_channel_and_measure_only() {
    let data = Dataset::embedded().expect("the embedded dataset loads");
    let own = (0_u32..).zip(data.arms_sales.records());
    let rows = own.filter(|(_, record)| of_one(&record.partner)).map(|(row, _)| row);
    let totals = add(data.sale_figures(), rows, &TotalsQuestion::default());
    assert_eq!(totals.total.amount, None);
    let key = |group: &Group| {
        let word = |name: &str| group.key[name].clone().unwrap_or_default();
        format!("{} {}", word("channel"), word("measure"))
    };
    let goods = totals.data.iter().find(|group| key(group) == "FMS deliveries");
    let goods = goods.expect("a group");
    assert_eq!(goods.amount.expect("a sum").usd, 231_384_000 + 125_639_000 + 455_000_000);
    let inside = out(&goods.excluded, "col-fms-deliveries-2010-uh60");
    assert_eq!(inside.because, Counting::InsideAnother);
    let stock = totals.data.iter().find(|group| key(group) == "FMS active_cases");
    assert_eq!(stock.expect("a group").included.len(), 1);
}

#[test]
fn sums_by_partner_and_program_keep_an_upper_bound_or_say_why_not() {
    let data = Dataset::embedded().expect("the embedded dataset loads");
    let question = TotalsQuestion {
        group_by: vec![GroupBy::Partner, GroupBy::Program],
        ..TotalsQuestion::default()
    };
    let figures = data.assistance_figures();
    let rows = 0..u32::try_from(figures.len()).expect("a number of rows");
    let totals = add(figures, rows, &question);
    let mut bounded = 0;
    for group in totals.data.iter().chain(&totals.shared) {
        let Some(amount) = group.amount else {
            assert!(group.reason.is_some(), "{:?}", group.key);
            continue;
        };
        let no_bound_of_its_own = amount.qualifier == SumQualifier::MoreThan;
        let says_why = !group.completeness_reasons.is_empty();
        assert_eq!(amount.max_usd.is_none(), says_why || no_bound_of_its_own, "{:?}", group.key);
        bounded += usize::from(amount.max_usd.is_some());
    }
    assert!(bounded > 10, "{bounded} sums have an upper bound");
}
