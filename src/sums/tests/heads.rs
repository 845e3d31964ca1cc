//! Counting people: what is promised of it.

use proptest::prelude::*;

use super::made::{id, partner};
use crate::model::Qualifier;
use crate::sums::{
    HeadGroup, PeopleBy, PeopleQuestion, Posting, Prefer, Reason, Role, Standing, Window, count,
};

fn posting(name: &str, missions: &[&str], people: u32, date: Option<&str>) -> Posting {
    Posting {
        id: id(name),
        partners: vec![partner("AAA")],
        organization: "UN",
        missions: missions.iter().map(|mission| id(mission)).collect(),
        role: Role { word: "troops", any: false, takes_in: &[] },
        personnel: Some(people),
        qualifier: Some(Qualifier::Exact),
        women: None,
        period: None,
        as_of: date.map(|date| date.parse().unwrap()),
        deployed: true,
        sent_out: true,
        source: id("paper"),
        standing: Standing { official: 1, published: None },
    }
}

fn ask(group_by: &[PeopleBy], prefer: Prefer) -> PeopleQuestion {
    PeopleQuestion { group_by: group_by.to_vec(), prefer, window: Window::default() }
}

fn any_posting() -> impl Strategy<Value = Posting> {
    let missions = prop::sample::subsequence(vec!["M1", "M2", "M3"], 0..=3);
    let dates = prop::sample::select(vec![None, Some("2015"), Some("2015-03"), Some("2020")]);
    let roles = prop::sample::select(vec!["troops", "police", "personnel"]);
    (missions, 0_u32..50, dates, roles).prop_map(|(missions, people, date, word)| {
        let mut one = posting("x", &missions, people, date);
        one.role = Role { word, any: word == "personnel", takes_in: &[] };
        one
    })
}

fn postings() -> impl Strategy<Value = Vec<Posting>> {
    prop::collection::vec(any_posting(), 0..10).prop_map(|mut postings| {
        for (number, posting) in postings.iter_mut().enumerate() {
            posting.id = id(&format!("p{number}"));
        }
        postings
    })
}

proptest! {
    #[test]
    fn nobody_is_counted_twice_and_only_one_date_is_used(
        postings in postings(), by_mission in any::<bool>(), detail in any::<bool>(),
    ) {
        let keys: &[PeopleBy] = if by_mission { &[PeopleBy::Mission] } else { &[] };
        let prefer = if detail { Prefer::Detail } else { Prefer::Broad };
        let totals = count(&postings, &ask(keys, prefer));
        let of = |id: &crate::model::RecordId| postings.iter().find(|posting| posting.id == *id).unwrap();
        for group in totals.data.iter().chain(&totals.shared).chain([&totals.total]) {
            let included: Vec<&Posting> = group.included.iter().map(of).collect();
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
        // Grouped or not, each record is told of once.
        let told: usize = totals.data.iter().chain(&totals.shared).map(records).sum();
        prop_assert_eq!(told, if by_mission { postings.len() } else { 0 });
        prop_assert_eq!(records(&totals.total), postings.len());
    }

    #[test]
    fn the_order_of_the_postings_changes_nothing(
        (postings, shuffled) in postings()
            .prop_flat_map(|postings| (Just(postings.clone()), Just(postings).prop_shuffle())),
    ) {
        let question = ask(&[PeopleBy::Mission, PeopleBy::Role], Prefer::Broad);
        prop_assert_eq!(count(&postings, &question), count(&shuffled, &question));
    }
}

fn records(group: &HeadGroup) -> usize {
    group.included.len() + group.excluded.len()
}

#[test]
fn the_newest_date_in_the_years_asked_for_is_used() {
    let postings =
        [posting("old", &["M1"], 5, Some("2012-06")), posting("new", &["M1"], 9, Some("2020"))];
    let mut question = ask(&[], Prefer::Broad);
    let total = count(&postings, &question).total;
    assert_eq!((total.count.unwrap().personnel, total.as_of), (9, "2020".parse().ok()));
    assert_eq!(total.excluded[0].because, Reason::OtherDate);
    question.window = Window { from: Some(2010), to: Some(2015) };
    let total = count(&postings, &question).total;
    assert_eq!((total.count.unwrap().personnel, total.as_of), (5, "2012-06".parse().ok()));
    assert_eq!(total.excluded[0].because, Reason::OutsideYears);
}

#[test]
fn a_number_of_all_missions_stands_before_those_of_each_and_detail_turns_that_round() {
    let date = Some("2020");
    let postings = [
        posting("all", &[], 10, date),
        posting("m1", &["M1"], 3, date),
        posting("m2", &["M2"], 4, date),
    ];
    let people = |prefer| count(&postings, &ask(&[], prefer)).total.count.unwrap().personnel;
    assert_eq!((people(Prefer::Broad), people(Prefer::Detail)), (10, 7));
}
