//! What is kept apart, and what is said of it: credit, running totals, parts of what never counts, partners.

use super::made::{ask, detailed, figure, id, names, partner, period, stage, total, totals, why};
use crate::sums::{Counting, Figure, GroupBy, Lane, Prefer, SaleKind};

fn credit(name: &str, program: &str, usd: i64) -> Figure {
    let mut one = figure(name, program, 2001, 2001, usd);
    one.credit = true;
    one
}

#[test]
fn a_loan_is_never_added_to_grants_and_says_so() {
    let figures = [figure("grant", "B", 2005, 2005, 5), credit("loan", "A1", 9)];
    let sum = total(&figures);
    assert_eq!(names(&sum), ["grant"]);
    assert_eq!(why(&sum, "loan").because, Counting::Credit);
    assert!(sum.notes.iter().any(|note| note.starts_with("Leaves out loans")), "{:?}", sum.notes);
    assert_eq!(names(&detailed(&figures)), ["grant"]);
}

#[test]
fn credit_alone_is_added_within_its_program_and_never_to_another_kind_of_credit() {
    let mut later = credit("later", "A1", 4);
    later.period = Some(period(2003, Some(2003)));
    let loans = [credit("loan", "A1", 9), later.clone()];
    assert_eq!(total(&loans).amount.unwrap().usd, 13);
    let both = [credit("loan", "A1", 9), credit("guarantee", "B1", 2), later];
    let totals = totals(&both, &ask(&[GroupBy::Program], Prefer::Broad));
    assert_eq!(totals.total.amount, None);
    assert!(totals.total.excluded.iter().all(|out| out.because == Counting::Credit));
    let sums: Vec<_> = totals.data.iter().map(|group| group.amount.unwrap().usd).collect();
    assert_eq!(sums, [13, 2]);
}

#[test]
fn a_loan_that_a_newer_edition_replaced_bars_nothing() {
    let mut old = credit("old", "B1", 1);
    old.superseded = true;
    let mut grant = figure("grant", "B", 2005, 2005, 5);
    grant.superseded = true;
    let sum = total(&[old, grant, credit("loan", "A1", 9)]);
    assert_eq!(names(&sum), ["loan"]);
}

#[test]
fn a_running_total_that_is_larger_than_the_announcements_beside_it_is_named() {
    let mut running = figure("running", "ALL", 2001, 2004, 100);
    running.stage = Some(stage(5));
    let mut smaller = figure("smaller", "ALL", 2001, 2003, 60);
    smaller.stage = Some(stage(5));
    let mut figures = vec![running, smaller, figure("one", "A1", 2001, 2001, 30)];
    let sum = total(&figures);
    assert_eq!(names(&sum), ["one"]);
    let named: Vec<_> = sum.notes.iter().filter(|note| note.contains("several stages")).collect();
    assert_eq!(named.len(), 1);
    assert!(named[0].starts_with("running, ") && named[0].contains("make 30"), "{named:?}");
    figures.push(figure("more", "A2", 2001, 2001, 80));
    let sum = total(&figures);
    assert!(sum.notes.iter().all(|note| !note.contains("over several stages")), "{:?}", sum.notes);
}

#[test]
fn a_sale_that_is_part_of_a_figure_that_never_counts_is_added() {
    let sale = |name: &str, measure: &'static str| {
        let mut one = figure(name, "A", 2017, 2018, 7);
        one.lane = Lane::Sale { channel: "FMS", measure, kind: SaleKind::Given };
        one.stage = None;
        one
    };
    let framework = sale("framework", "proposed");
    let mut signed = sale("signed", "agreements");
    signed.part_of = Some(id("framework"));
    for prefer in [Prefer::Broad, Prefer::Detail] {
        let totals = totals(&[framework.clone(), signed.clone()], &ask(&[], prefer));
        let agreements = totals
            .data
            .iter()
            .find(|group| group.key["measure"].as_deref() == Some("agreements"))
            .unwrap();
        assert_eq!(names(agreements), ["signed"]);
    }
    let mut replaced = framework;
    replaced.lane = signed.lane.clone();
    replaced.superseded = true;
    assert_eq!(names(&total(&[replaced, signed])), ["signed"]);
}

fn by_partner(figures: &[Figure]) -> Vec<String> {
    let notes = totals(figures, &ask(&[GroupBy::Partner, GroupBy::Program], Prefer::Broad));
    notes.total.notes.into_iter().filter(|note| note.starts_with("Partners")).collect()
}

#[test]
fn groups_of_partners_that_differ_in_programs_years_or_stages_are_said_to() {
    let mut other = figure("b", "A1", 2001, 2001, 1);
    other.partners = vec![partner("BBB")];
    let first = figure("a", "A1", 2001, 2001, 1);
    assert!(by_partner(&[first.clone(), other.clone()]).is_empty());
    let mut later = other.clone();
    later.period = Some(period(2001, Some(2003)));
    later.stage = Some(stage(2));
    let notes = by_partner(&[first.clone(), later]);
    let compared: Vec<_> = notes.iter().filter(|note| note.starts_with("Partners")).collect();
    assert_eq!(
        compared,
        [
            "Partners differ in the years that their figures cover, for instance AAA (FY 2001) and BBB (FY 2001-2003).",
            "Partners differ in the stages of their figures, for instance AAA (provided) and BBB (appropriated).",
        ]
    );
    other.lane = Lane::Program(id("B1"));
    assert_eq!(
        by_partner(&[first, other]),
        [
            "Partners differ in what their figures count: programs, for instance AAA (A1) and BBB (B1)."
        ]
    );
}
