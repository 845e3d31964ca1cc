//! The promises of the definition, each over figures at random.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::made::{containment, figure, figures, id};
use crate::model::{Qualifier, RecordId};
use crate::sums::containment::Lanes;
use crate::sums::time::Extent;
use crate::sums::{
    Figure, Group, GroupBy, Lane, Prefer, Question, Spread, SumAmount, Totals, Window, add,
};

fn ask(group_by: &[GroupBy], prefer: Prefer) -> Question {
    Question { group_by: group_by.to_vec(), prefer, ..Question::default() }
}

fn prefers() -> impl Strategy<Value = Prefer> {
    prop::sample::select(vec![Prefer::Broad, Prefer::Detail])
}

fn groupings() -> impl Strategy<Value = Vec<GroupBy>> {
    prop::sample::subsequence(
        vec![GroupBy::Partner, GroupBy::Program, GroupBy::FiscalYear, GroupBy::Stage],
        0..=4,
    )
}

fn all(totals: &Totals) -> impl Iterator<Item = &Group> {
    totals.data.iter().chain([&totals.total]).chain(&totals.shared)
}

/// The programs that one holds, itself first.
fn inside(lane: &Lane) -> Vec<&'static str> {
    let Lane::Program(outer) = lane else { unreachable!("figures at random are of programs") };
    let held: &[&str] = match outer.as_str() {
        "A" => &["A", "A1", "A2"],
        "A1" => &["A1"],
        "A2" => &["A2"],
        "B" => &["B", "B1"],
        "B1" => &["B1"],
        "EAST" => &["EAST", "A", "A1", "A2"],
        "HALF" => &["HALF", "A", "A1", "A2", "B1"],
        "WEST" => &["WEST", "A2", "B", "B1"],
        _ => &["ALL", "A", "A1", "A2", "B", "B1", "EAST", "HALF", "WEST"],
    };
    held.to_vec()
}

/// Overlap by the words of the definition, one pair at a time.
fn overlap(one: &Figure, other: &Figure) -> bool {
    let lanes: BTreeSet<&Lane> = [&one.lane, &other.lane].into();
    let number = |figure: &Figure| lanes.iter().position(|lane| **lane == figure.lane).unwrap();
    let met = Lanes::new(&lanes, &containment()).meet(number(one), number(other));
    let listed = one.part_of.contains(&other.id) || other.part_of.contains(&one.id);
    let partner = one.partners.iter().any(|code| other.partners.contains(code));
    let days = Extent::of(one).possible.meets(Extent::of(other).possible);
    let side_by_side = one.component.is_some()
        && other.component.is_some()
        && one.component != other.component
        && one.part_of.first() == other.part_of.first();
    partner && !side_by_side && (listed || met && days)
}

proptest! {
    #[test]
    fn no_two_figures_of_a_sum_overlap(
        figures in figures(0..14, 7, 6), group_by in groupings(), prefer in prefers(),
    ) {
        let totals = add(&figures, &containment(), &ask(&group_by, prefer));
        let by_id: BTreeMap<&RecordId, &Figure> = figures.iter().map(|f| (&f.id, f)).collect();
        for group in all(&totals) {
            for (place, one) in group.included.iter().enumerate() {
                for other in &group.included[..place] {
                    prop_assert!(!overlap(by_id[one], by_id[other]), "{one} and {other}");
                }
            }
        }
    }

    #[test]
    fn every_figure_is_included_or_excluded_once(
        figures in figures(0..14, 7, 6), group_by in groupings(), prefer in prefers(),
    ) {
        let totals = add(&figures, &containment(), &ask(&group_by, prefer));
        let mut told: Vec<&RecordId> = Vec::new();
        for group in totals.data.iter().chain(&totals.shared) {
            told.extend(&group.included);
            told.extend(group.excluded.iter().map(|out| &out.id));
        }
        told.sort();
        let given: Vec<&RecordId> = figures.iter().map(|figure| &figure.id).collect();
        if !group_by.is_empty() {
            prop_assert_eq!(told, given);
        }
        let total = &totals.total;
        prop_assert_eq!(total.included.len() + total.excluded.len(), figures.len());
    }

    #[test]
    fn a_figure_that_overlaps_nothing_in_the_sum_is_in_it(
        figures in figures(0..14, 7, 4), prefer in prefers(),
    ) {
        let totals = add(&figures, &containment(), &ask(&[], prefer));
        for out in &totals.total.excluded {
            prop_assert!(!out.overlaps.is_empty(), "{out:?}");
        }
    }

    #[test]
    fn what_is_said_to_overlap_does(figures in figures(0..14, 7, 6), prefer in prefers()) {
        let totals = add(&figures, &containment(), &ask(&[], prefer));
        let by_id: BTreeMap<&RecordId, &Figure> = figures.iter().map(|f| (&f.id, f)).collect();
        for out in &totals.total.excluded {
            for other in &out.overlaps {
                prop_assert!(overlap(by_id[&out.id], by_id[other]));
                prop_assert!(totals.total.included.contains(other));
            }
        }
    }

    #[test]
    fn the_order_of_the_figures_changes_nothing(
        (figures, shuffled) in figures(0..14, 7, 6)
            .prop_flat_map(|figures| (Just(figures.clone()), Just(figures).prop_shuffle())),
        group_by in groupings(),
        prefer in prefers(),
    ) {
        let question = ask(&group_by, prefer);
        let containment = containment();
        prop_assert_eq!(
            add(&figures, &containment, &question),
            add(&shuffled, &containment, &question)
        );
    }

    #[test]
    fn a_figure_inside_an_included_one_never_changes_a_broad_total(
        figures in figures(1..12, 7, 6),
        outer in any::<prop::sample::Index>(),
        program in any::<prop::sample::Index>(),
        years in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        less_final in 0_u8..6,
        name in prop::sample::select(vec!["a", "f0055", "z"]),
    ) {
        let question = ask(&[], Prefer::Broad);
        let containment = containment();
        let before = add(&figures, &containment, &question).total;
        prop_assume!(!before.included.is_empty());
        let outer = outer.get(&before.included);
        let outer = figures.iter().find(|figure| figure.id == *outer).unwrap();
        let period = outer.period.unwrap();
        let first = i64::from(*period.from());
        let last = i64::from(*period.to().or(outer.reaches.as_ref()).unwrap_or(period.from()));
        let year = |index: prop::sample::Index| first + i64::try_from(index.index(
            usize::try_from(last - first + 1).unwrap(),
        )).unwrap();
        let (one, other) = (year(years.0), year(years.1));
        let program = if outer.component.is_none() {
            let held = inside(&outer.lane);
            held[program.index(held.len())]
        } else {
            inside(&outer.lane)[0]
        };
        // Its place in the order of ids must not matter either.
        let mut inner = figure(name, program, one.min(other), one.max(other), 7);
        inner.partners.clone_from(&outer.partners);
        let stages = [outer.stage.unwrap(), super::made::stage(less_final)];
        inner.stage = stages.into_iter().max_by_key(|stage| stage.rank);
        inner.component.clone_from(&outer.component);
        let same = outer.lane == inner.lane && Extent::of(outer).certain == Extent::of(&inner).possible;
        prop_assume!(!same);
        let mut more = figures.clone();
        more.push(inner);
        let after = add(&more, &containment, &question).total;
        prop_assert_eq!(before.amount, after.amount);
        prop_assert_eq!(before.included, after.included);
    }

    #[test]
    fn a_record_that_is_part_of_an_included_one_never_changes_a_broad_total(
        figures in figures(1..12, 1, 6), outer in any::<prop::sample::Index>(), year in 1990_i64..2020,
    ) {
        let question = ask(&[], Prefer::Broad);
        let before = add(&figures, &containment(), &question).total;
        prop_assume!(!before.included.is_empty());
        let outer = outer.get(&before.included);
        let outer = figures.iter().find(|figure| figure.id == *outer).unwrap();
        let mut inner = figure("zz", "B1", year, year, 7);
        inner.stage = outer.stage;
        inner.part_of = vec![outer.id.clone()];
        inner.part_of.extend(outer.part_of.clone());
        let mut more = figures.clone();
        more.push(inner);
        prop_assert_eq!(before.amount, add(&more, &containment(), &question).total.amount);
    }

    #[test]
    fn a_sum_lies_within_its_bounds(
        figures in figures(0..14, 7, 6), group_by in groupings(), even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let question = Question { group_by, spread, ..Question::default() };
        for group in all(&add(&figures, &containment(), &question)) {
            let Some(sum) = group.amount else { continue };
            prop_assert!(sum.min_usd.is_none_or(|min| min <= sum.usd));
            prop_assert!(sum.max_usd.is_none_or(|max| sum.usd <= max));
        }
    }

    #[test]
    fn the_bounds_of_a_sum_hold_every_sum_of_values_within_the_bounds_of_its_parts(
        parts in prop::collection::vec((0_i64..1000, 0_i64..1000, 0_u8..4, prop::option::of(1_i64..50)), 1..8),
    ) {
        let qualifier = |number| match number {
            0 => Qualifier::Exact,
            1 => Qualifier::Approximately,
            2 => Qualifier::MoreThan,
            _ => Qualifier::LessThan,
        };
        let amounts: Vec<_> = parts
            .iter()
            .map(|(usd, _, number, unit)| super::made::amount(*usd, qualifier(*number), *unit))
            .collect();
        let sum = SumAmount::sum(amounts.iter().map(SumAmount::of)).unwrap();
        // Some value that each part allows.
        let values = amounts.iter().zip(&parts).map(|(amount, (_, value, ..))| {
            let min = amount.min_usd().map_or(0, |usd| usd.dollars());
            let max = amount.max_usd().map_or(i64::MAX, |usd| usd.dollars());
            (*value).clamp(min, max)
        });
        let value: i64 = values.sum();
        prop_assert!(sum.min_usd.is_none_or(|min| min <= value));
        prop_assert!(sum.max_usd.is_none_or(|max| value <= max));
        let more = amounts.iter().any(|amount| *amount.qualifier() == Qualifier::MoreThan);
        prop_assert_eq!(more, sum.qualifier == Qualifier::MoreThan);
        prop_assert!(!more || sum.max_usd.is_none());
    }

    #[test]
    fn no_sum_holds_credit_beside_anything_but_credit_of_its_program(
        figures in figures(0..14, 7, 6),
        lent in prop::sample::subsequence(vec!["A1", "A2", "B", "HALF"], 0..=4),
        group_by in groupings(),
        prefer in prefers(),
    ) {
        let mut figures = figures;
        for figure in &mut figures {
            let Lane::Program(code) = &figure.lane else { continue };
            figure.credit = lent.contains(&code.as_str());
        }
        let totals = add(&figures, &containment(), &ask(&group_by, prefer));
        let by_id: BTreeMap<&RecordId, &Figure> = figures.iter().map(|f| (&f.id, f)).collect();
        for group in all(&totals) {
            let held = || group.included.iter().map(|id| by_id[id]);
            let programs: BTreeSet<&Lane> = held().map(|figure| &figure.lane).collect();
            prop_assert!(programs.len() < 2 || held().all(|figure| !figure.credit), "{group:?}");
        }
        if group_by == [GroupBy::Partner] {
            let groups = totals.data.iter().chain(&totals.shared).filter_map(|group| group.amount);
            prop_assert_eq!(SumAmount::sum(groups), totals.total.amount);
        }
    }

    #[test]
    fn groups_by_partner_and_shared_make_the_total(
        figures in figures(0..14, 7, 6), prefer in prefers(),
    ) {
        let totals = add(&figures, &containment(), &ask(&[GroupBy::Partner], prefer));
        let groups = totals.data.iter().chain(&totals.shared).filter_map(|group| group.amount);
        prop_assert_eq!(SumAmount::sum(groups), totals.total.amount);
        prop_assert!(totals.total.notes.iter().all(|note| !note.starts_with("Less than")));
    }

    #[test]
    fn groups_make_the_total_where_no_figure_of_one_overlaps_one_of_another(
        figures in figures(0..5, 1, 4), group_by in groupings(), prefer in prefers(),
    ) {
        let totals = add(&figures, &containment(), &ask(&group_by, prefer));
        if group_by.is_empty() {
            return Ok(());
        }
        let group_of: BTreeMap<&RecordId, usize> = totals.data.iter().enumerate()
            .flat_map(|(number, group)| {
                let out = group.excluded.iter().map(|out| &out.id);
                group.included.iter().chain(out).map(move |id| (id, number))
            })
            .collect();
        let apart = figures.iter().all(|one| figures.iter().all(|other| {
            group_of[&one.id] == group_of[&other.id] || !overlap(one, other)
        }));
        if !apart {
            return Ok(());
        }
        let groups = totals.data.iter().filter_map(|group| group.amount);
        prop_assert_eq!(SumAmount::sum(groups), totals.total.amount);
    }

    #[test]
    fn shares_of_an_even_spread_add_up_to_the_whole(figures in figures(0..10, 1, 4)) {
        let question = Question {
            group_by: vec![GroupBy::FiscalYear],
            spread: Spread::Even,
            ..Question::default()
        };
        let totals = add(&figures, &containment(), &question);
        let groups = totals.data.iter().filter_map(|group| group.amount);
        prop_assert_eq!(
            SumAmount::sum(groups).map(|sum| sum.usd),
            totals.total.amount.map(|sum| sum.usd)
        );
    }

    #[test]
    fn nothing_in_a_sum_reaches_out_of_the_years_asked_for(
        figures in figures(0..12, 1, 4), from in 2000_i16..2010, length in 0_i16..6,
    ) {
        let window = Window { from: Some(from), to: Some(from + length) };
        let question = Question { window, ..Question::default() };
        let totals = add(&figures, &containment(), &question);
        for included in &totals.total.included {
            let figure = figures.iter().find(|figure| figure.id == *included).unwrap();
            prop_assert!(window.span().holds(Extent::of(figure).certain));
        }
    }
}

#[test]
fn a_hundred_thousand_figures_of_one_partner_are_added() {
    let codes = ["A", "A1", "A2", "B", "B1", "EAST", "HALF", "WEST", "ALL"];
    let figures: Vec<Figure> = (0..100_000_i64)
        .map(|number| {
            let mixed = number * 7919 % 100_003;
            let program = codes[usize::try_from(mixed % 9).unwrap()];
            let from = 1900 + mixed / 9 % 120;
            let mut one = figure("x", program, from, from + mixed / 1080 % 6, mixed);
            one.id = id(&format!("f{number:06}"));
            one.stage = Some(super::made::stage(u8::try_from(mixed % 6).unwrap()));
            one
        })
        .collect();
    for prefer in [Prefer::Broad, Prefer::Detail] {
        let totals = add(&figures, &containment(), &ask(&[GroupBy::Program], prefer));
        let total = &totals.total;
        assert_eq!(total.included.len() + total.excluded.len(), figures.len());
        assert!(total.included.len() > 10);
    }
}

#[test]
fn a_hundred_thousand_deliveries_of_one_partner_are_added() {
    let day = |number: i64| {
        let (year, month, day) = (1900 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
        format!("{year}-{month:02}-{day:02}").parse().unwrap()
    };
    let figures: Vec<Figure> = (0..100_000_i64)
        .map(|number| {
            let mut one = figure("x", "A", 2000, 2000, number);
            one.id = id(&format!("f{number:06}"));
            one.lane = Lane::Sale { channel: "FMS", measure: "deliveries", stock: false };
            (one.period, one.stage, one.as_of) = (None, None, Some(day(number * 31 % 50_000)));
            one
        })
        .collect();
    let totals = add(&figures, &containment(), &Question::default());
    // Two of each day: one of them stands.
    assert_eq!(totals.total.included.len(), 50_000);
}
