//! Counting people: what is promised of it.

use proptest::prelude::*;

use super::made::{id, partner};
use crate::model::Qualifier;
use crate::sums::{
    Completeness, CompletenessReason, Counting, Headcount, HeadcountGroup, HeadcountQuestion,
    HeadcountRole, NoAmountReason, PeopleBy, Prefer, SourceRank, YearsAsked,
    count_headcount_records, count_people,
};

fn headcount(name: &str, missions: &[&str], people: u32, date: Option<&str>) -> Headcount {
    Headcount {
        id: id(name),
        partners: vec![partner("AAA")],
        organization: "UN",
        missions: missions.iter().map(|mission| id(mission)).collect(),
        role: HeadcountRole { word: "troops", any: false, takes_in: &[] },
        personnel: Some(people),
        qualifier: Some(Qualifier::Exact),
        women: None,
        period: None,
        as_of: date.map(|date| date.parse().unwrap()),
        deployed: true,
        sent_out: true,
        source: id("paper"),
        of_sample: false,
        rank: SourceRank { official: 1, published: None },
    }
}

fn ask(group_by: &[PeopleBy], prefer: Prefer) -> HeadcountQuestion {
    HeadcountQuestion { group_by: group_by.to_vec(), prefer, ..HeadcountQuestion::default() }
}

fn any_headcount() -> impl Strategy<Value = Headcount> {
    let missions = prop::sample::subsequence(vec!["M1", "M2", "M3"], 0..=3);
    let dates = prop::sample::select(vec![None, Some("2015"), Some("2015-03"), Some("2020")]);
    let roles = prop::sample::select(vec!["troops", "police", "personnel"]);
    (missions, 0_u32..50, dates, roles).prop_map(|(missions, people, date, word)| {
        let mut one = headcount("x", &missions, people, date);
        one.role = HeadcountRole { word, any: word == "personnel", takes_in: &[] };
        one
    })
}

fn headcounts() -> impl Strategy<Value = Vec<Headcount>> {
    prop::collection::vec(any_headcount(), 0..10).prop_map(|mut headcounts| {
        for (number, headcount) in headcounts.iter_mut().enumerate() {
            headcount.id = id(&format!("p{number}"));
        }
        headcounts
    })
}

proptest! {
    #[test]
    fn nobody_is_counted_twice_and_only_one_date_is_used(
        headcounts in headcounts(), by_mission in any::<bool>(), detail in any::<bool>(),
    ) {
        let keys: &[PeopleBy] = if by_mission { &[PeopleBy::Mission] } else { &[] };
        let prefer = if detail { Prefer::Detail } else { Prefer::Broad };
        let totals = count_people(&headcounts, &ask(keys, prefer));
        let of = |id: &crate::model::RecordId| headcounts.iter().find(|headcount| headcount.id == *id).unwrap();
        for group in totals.data.iter().chain(&totals.shared).chain([&totals.total]) {
            let included: Vec<&Headcount> = group.included.iter().map(of).collect();
            let people: u64 = included.iter().map(|one| u64::from(one.personnel.unwrap())).sum();
            prop_assert_eq!(group.count.map_or(0, |count| count.personnel), people);
            for (place, one) in included.iter().enumerate() {
                prop_assert_eq!(one.as_of, group.as_of);
                for other in &included[..place] {
                    let at_large = one.missions.is_empty() || other.missions.is_empty();
                    let same = one.missions.iter().any(|code| other.missions.contains(code));
                    let role = one.role.word == other.role.word || one.role.any || other.role.any;
                    prop_assert!(!((at_large || same) && role));
                }
            }
        }
        // Grouped or not, each record is counted of once.
        let counted: usize = totals.data.iter().chain(&totals.shared).map(records).sum();
        prop_assert_eq!(counted, if by_mission { headcounts.len() } else { 0 });
        prop_assert_eq!(records(&totals.total), headcounts.len());
    }

    #[test]
    fn the_order_of_the_headcounts_changes_nothing(
        (headcounts, shuffled) in headcounts()
            .prop_flat_map(|headcounts| (Just(headcounts.clone()), Just(headcounts).prop_shuffle())),
    ) {
        let question = ask(&[PeopleBy::Mission, PeopleBy::Role], Prefer::Broad);
        prop_assert_eq!(count_people(&headcounts, &question), count_people(&shuffled, &question));
    }
}

fn records(group: &HeadcountGroup) -> usize {
    group.included.len() + group.excluded.len()
}

#[test]
fn the_newest_date_in_the_years_asked_for_is_used() {
    let headcounts =
        [headcount("old", &["M1"], 5, Some("2012-06")), headcount("new", &["M1"], 9, Some("2020"))];
    let mut question = ask(&[], Prefer::Broad);
    let total = count_people(&headcounts, &question).total;
    assert_eq!((total.count.unwrap().personnel, total.as_of), (9, "2020".parse().ok()));
    assert_eq!(total.excluded[0].because, Counting::OtherDate);
    question.years = YearsAsked { from: Some(2010), to: Some(2015) };
    let total = count_people(&headcounts, &question).total;
    assert_eq!((total.count.unwrap().personnel, total.as_of), (5, "2012-06".parse().ok()));
    assert_eq!(total.excluded[0].because, Counting::OutsideYears);
}

#[test]
fn a_number_of_all_missions_stands_before_those_of_each_and_detail_turns_that_round() {
    let date = Some("2020");
    let headcounts = [
        headcount("all", &[], 10, date),
        headcount("m1", &["M1"], 3, date),
        headcount("m2", &["M2"], 4, date),
    ];
    let people =
        |prefer| count_people(&headcounts, &ask(&[], prefer)).total.count.unwrap().personnel;
    assert_eq!((people(Prefer::Broad), people(Prefer::Detail)), (10, 7));
}

#[test]
fn numbers_of_one_date_that_leave_nobody_out_are_whole_and_others_have_no_upper_bound() {
    let one = headcount("one", &["M1"], 5, Some("2020"));
    let whole = count_people(std::slice::from_ref(&one), &ask(&[], Prefer::Broad)).total;
    assert_eq!(whole.completeness, Completeness::Whole);
    assert_eq!(whole.count.unwrap().max_personnel, Some(5));
    let because = |more: Headcount| {
        let total = count_people(&[one.clone(), more], &ask(&[], Prefer::Broad)).total;
        assert_eq!((total.count.unwrap().personnel, total.count.unwrap().max_personnel), (5, None));
        total.completeness_reasons
    };
    // People of another mission, counted at another date.
    let elsewhere = headcount("two", &["M2"], 9, Some("2012"));
    assert_eq!(because(elsewhere), [CompletenessReason::OtherDates]);
    // A record of the date that states no number, and is not inside one that does.
    let mut silent = headcount("two", &["M2"], 9, Some("2020"));
    (silent.personnel, silent.qualifier) = (None, None);
    assert_eq!(because(silent.clone()), [CompletenessReason::WithoutAmount]);
    silent.missions = one.missions.clone();
    let total = count_people(&[one.clone(), silent], &ask(&[], Prefer::Broad)).total;
    assert_eq!(total.completeness, Completeness::Whole);
    let mut sample = one.clone();
    sample.of_sample = true;
    let total = count_people(&[sample], &ask(&[], Prefer::Broad)).total;
    assert_eq!(total.completeness_reasons, [CompletenessReason::Sample]);
}

#[test]
fn partners_whose_number_is_of_another_date_or_missing_are_listed() {
    let of = |code: &str, name: &str, date: &str, people: Option<u32>| {
        let mut one = headcount(name, &["M1"], 5, Some(date));
        one.partners = vec![partner(code)];
        one.personnel = people;
        one
    };
    let headcounts = [
        of("AAA", "a", "2020", Some(5)),
        of("BBB", "b", "2012", Some(9)),
        of("CCC", "c", "2020", None),
    ];
    let totals = count_people(&headcounts, &ask(&[PeopleBy::Partner], Prefer::Broad));
    assert_eq!(totals.total.count.unwrap().personnel, 5);
    let listed: Vec<_> = totals
        .total
        .without_amount
        .iter()
        .map(|one| (one.partner.clone().unwrap(), one.reason))
        .collect();
    let expected = [
        ("BBB".to_owned(), NoAmountReason::OtherDate),
        ("CCC".to_owned(), NoAmountReason::NumberMissing),
    ];
    assert_eq!(listed, expected);
    assert_eq!(totals.data[1].count.unwrap().personnel, 9);
    assert_eq!((totals.data[1].adds_personnel, totals.data[2].count), (Some(0), None));
    assert_eq!(totals.data[2].reason, Some(NoAmountReason::NumberMissing));
    let question = HeadcountQuestion {
        partners: vec![partner("AAA"), partner("DDD")],
        not_covered: vec![partner("DDD")],
        ..ask(&[PeopleBy::Partner], Prefer::Broad)
    };
    let totals = count_people(&headcounts[..1], &question);
    assert_eq!(totals.data[1].reason, Some(NoAmountReason::NotCovered));
}

proptest! {
    #[test]
    fn what_records_are_counted_at_sums_to_the_people_of_the_total(headcounts in headcounts()) {
        let question = ask(&[], Prefer::Broad);
        let counted = count_headcount_records(&headcounts, &question);
        let sum: u64 = counted.iter().filter_map(|count| count.counted).sum();
        let total = count_people(&headcounts, &question).total;
        prop_assert_eq!(sum, total.count.map_or(0, |count| count.personnel));
    }

    #[test]
    fn what_the_groups_add_makes_the_people_of_the_total(headcounts in headcounts()) {
        let totals = count_people(&headcounts, &ask(&[PeopleBy::Mission], Prefer::Broad));
        let rows = totals.data.iter().chain(&totals.shared);
        let sum: u64 = rows.filter_map(|row| row.adds_personnel).sum();
        prop_assert_eq!(sum, totals.total.count.map_or(0, |count| count.personnel));
    }
}
