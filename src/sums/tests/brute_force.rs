//! The choice against every set there is.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::made::{containment, id};
use crate::sums::choice::{Item, Score, choose};
use crate::sums::containment::Lanes;
use crate::sums::figure::Lane;
use crate::sums::time::Span;

/// One tree of programs: what any two of these are to each other, no total cuts across.
const TREE: [&str; 7] = ["A", "A1", "A2", "B", "B1", "EAST", "ALL"];

fn overlap(one: &Item, other: &Item, lanes: &Lanes) -> bool {
    lanes.meet(one.lane, other.lane) && one.span.meets(other.span)
}

fn worth(items: &[Item], set: impl Iterator<Item = usize>) -> Score {
    set.map(|item| items[item].score).fold(Score::default(), |sum, score| sum + score)
}

/// The most that any set without overlap is worth.
fn best(items: &[Item], lanes: &Lanes) -> Score {
    let members = |set: u32| (0..items.len()).filter(move |item| set >> item & 1 == 1);
    let free = |set: &u32| {
        members(*set).all(|one| {
            members(*set).all(|other| one == other || !overlap(&items[one], &items[other], lanes))
        })
    };
    let sets = (0..1_u32 << items.len()).filter(free);
    sets.map(|set| worth(items, members(set))).max().unwrap_or_default()
}

proptest! {
    #[test]
    fn no_set_without_overlap_is_worth_more_than_the_chosen_one(
        made in prop::collection::vec((0..TREE.len(), 0..12_i32, 1..6_i32, -3..9_i64, -1..2_i64), 0..11),
    ) {
        let codes = TREE.map(|code| Lane::Program(id(code)));
        let sorted: BTreeSet<&Lane> = codes.iter().collect();
        let lanes = Lanes::new(&sorted, &containment());
        let items: Vec<Item> = made
            .into_iter()
            .map(|(lane, from, length, first, second)| Item {
                lane,
                span: Span { from, to: from + length - 1 },
                score: Score([first, second, 0, 0]),
            })
            .collect();
        let chosen = choose(&items, &lanes);
        for (place, one) in chosen.iter().enumerate() {
            for other in &chosen[..place] {
                prop_assert!(!overlap(&items[*one], &items[*other], &lanes));
            }
        }
        prop_assert_eq!(worth(&items, chosen.into_iter()), best(&items, &lanes));
    }
}
