//! What is chosen within one program, against every set there is.

use proptest::prelude::*;

use super::made::{ask, figure, id, totals};
use crate::sums::figure_time::FigureTime;
use crate::sums::{Figure, Prefer};

/// The most days that any set of figures without overlap covers.
fn most_days(figures: &[Figure]) -> i64 {
    let days = |figure: &Figure| FigureTime::of(figure).certain;
    let members = |set: u32| (0..figures.len()).filter(move |one| set >> one & 1 == 1);
    let free = |set: &u32| {
        members(*set).all(|one| {
            members(*set)
                .all(|other| one == other || !days(&figures[one]).overlaps(days(&figures[other])))
        })
    };
    let sets = (0..1_u32 << figures.len()).filter(free);
    sets.map(|set| members(set).map(|one| days(&figures[one]).days()).sum()).max().unwrap_or(0)
}

proptest! {
    #[test]
    fn no_figures_of_one_program_without_overlap_cover_more_than_the_chosen_ones(
        made in prop::collection::vec((2000_i64..2012, 0_i64..6), 0..11),
    ) {
        let mut figures: Vec<Figure> = Vec::new();
        for (number, (from, length)) in made.into_iter().enumerate() {
            let mut one = figure("x", "A", from, from + length, 1);
            one.id = id(&format!("f{number}"));
            // Of figures inside one another the outer one stands; here none is.
            let inside = |other: &Figure| {
                let (own, other) = (FigureTime::of(&one).certain, FigureTime::of(other).certain);
                own.contains(other) || other.contains(own)
            };
            if !figures.iter().any(inside) {
                figures.push(one);
            }
        }
        let total = totals(&figures, &ask(&[], Prefer::Broad)).total;
        let chosen = figures.iter().filter(|figure| total.included.contains(&figure.id));
        let days: i64 = chosen.map(|one| FigureTime::of(one).certain.days()).sum();
        prop_assert_eq!(days, most_days(&figures));
    }
}
