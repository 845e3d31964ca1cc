//! The promises of the definition about what stands in a sum, each over figures at random.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::made::{
    a_hundred_thousand, ask, containment, every, figure, figures, groups, id, inside, set_of,
    stage, totals,
};
use crate::model::{Qualifier, RecordId};
use crate::sums::containment::LaneTable;
use crate::sums::figure_time::FigureTime;
use crate::sums::{
    Figure, GroupBy, GroupFigures, Lane, Prefer, SaleKind, Spread, SumAmount, SumQualifier, Totals,
    TotalsQuestion, YearsAsked, add, group_figures, group_figures_and_total,
};

pub(super) fn prefers() -> impl Strategy<Value = Prefer> {
    prop::sample::select(vec![Prefer::Broad, Prefer::Detail])
}

pub(super) fn groupings() -> impl Strategy<Value = Vec<GroupBy>> {
    prop::sample::subsequence(
        vec![GroupBy::Partner, GroupBy::Program, GroupBy::FiscalYear, GroupBy::Stage],
        0..=4,
    )
}

pub(super) fn by_id(figures: &[Figure]) -> BTreeMap<&RecordId, &Figure> {
    figures.iter().map(|figure| (&figure.id, figure)).collect()
}

/// Whether one figure is recorded to lie inside another, at whatever depth.
fn is_part(inner: &Figure, outer: &Figure, all: &BTreeMap<&RecordId, &Figure>) -> bool {
    let mut next = inner.part_of.as_ref();
    while let Some(found) = next {
        if *found == outer.id {
            return true;
        }
        next = all[found].part_of.as_ref();
    }
    false
}

/// Overlap by the words of the definition, one pair at a time.
pub(super) fn overlap(one: &Figure, other: &Figure, all: &BTreeMap<&RecordId, &Figure>) -> bool {
    let lanes: Vec<Lane> = BTreeSet::from([&one.lane, &other.lane]).into_iter().cloned().collect();
    let number = |figure: &Figure| lanes.iter().position(|lane| *lane == figure.lane).unwrap();
    let number = |figure: &Figure| u16::try_from(number(figure)).unwrap();
    let shared = LaneTable::new(&lanes, &containment()).share(number(one), number(other));
    let listed = is_part(one, other, all) || is_part(other, one, all);
    let partner = one.partners.iter().any(|code| other.partners.contains(code));
    let days = FigureTime::of(one).possible.overlaps(FigureTime::of(other).possible);
    let side_by_side = one.component.is_some()
        && other.component.is_some()
        && one.component != other.component
        && one.part_of == other.part_of;
    partner && !side_by_side && (listed || shared && days)
}

proptest! {
    // Many made sums hold nothing that a promise speaks of.
    #![proptest_config(ProptestConfig { max_global_rejects: 65_536, ..ProptestConfig::default() })]

    #[test]
    fn no_two_figures_of_a_sum_overlap(
        figures in figures(0..14, 7, 6), group_by in groupings(), prefer in prefers(),
    ) {
        let totals = totals(&figures, &ask(&group_by, prefer));
        let all = by_id(&figures);
        for group in groups(&totals) {
            for (place, one) in group.included.iter().enumerate() {
                for other in &group.included[..place] {
                    prop_assert!(!overlap(all[one], all[other], &all), "{one} and {other}");
                }
            }
        }
    }

    #[test]
    fn every_figure_is_included_or_excluded_once(
        figures in figures(0..14, 7, 6), group_by in groupings(), prefer in prefers(),
    ) {
        let totals = totals(&figures, &ask(&group_by, prefer));
        let mut named: Vec<&RecordId> = Vec::new();
        for group in totals.data.iter().chain(&totals.shared) {
            named.extend(&group.included);
            named.extend(group.excluded.iter().map(|out| &out.id));
        }
        named.sort();
        let given: Vec<&RecordId> = figures.iter().map(|figure| &figure.id).collect();
        if !group_by.is_empty() {
            prop_assert_eq!(named, given);
        }
        let total = &totals.total;
        prop_assert_eq!(total.included.len() + total.excluded.len(), figures.len());
    }

    #[test]
    fn a_figure_that_overlaps_nothing_in_the_sum_is_in_it(
        figures in figures(0..14, 1, 4), prefer in prefers(),
    ) {
        for out in &totals(&figures, &ask(&[], prefer)).total.excluded {
            prop_assert!(!out.overlaps.is_empty(), "{out:?}");
        }
    }

    #[test]
    fn what_is_said_to_overlap_does(figures in figures(0..14, 7, 6), prefer in prefers()) {
        let total = totals(&figures, &ask(&[], prefer)).total;
        let all = by_id(&figures);
        for out in &total.excluded {
            for other in out.overlaps.iter() {
                prop_assert!(overlap(all[&out.id], all[other], &all));
            }
        }
    }

    #[test]
    fn same_figures_in_any_order_same_answer(
        (figures, shuffled) in figures(0..14, 7, 6)
            .prop_flat_map(|figures| (Just(figures.clone()), Just(figures).prop_shuffle())),
        group_by in groupings(),
        prefer in prefers(),
        even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let question = TotalsQuestion { spread, ..ask(&group_by, prefer) };
        prop_assert_eq!(totals(&figures, &question), totals(&shuffled, &question));
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
        let before = totals(&figures, &question).total;
        prop_assume!(!before.included.is_empty());
        let outer = outer.get(&before.included);
        let outer = figures.iter().find(|figure| figure.id == *outer).unwrap();
        let period = outer.period.unwrap();
        let first = i64::from(*period.from());
        let last = i64::from(period.last_known().unwrap_or(*period.from()));
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
        // Its place in the order of ids must not matter either; it is no larger than what holds it.
        let usd = outer.amount.unwrap().min_usd().map_or(0, |usd| usd.dollars());
        let mut inner = figure(name, program, one.min(other), one.max(other), usd);
        inner.partners = outer.partners.clone();
        let rank = outer.stage.unwrap().rank;
        inner.stage = Some((0..6).map(stage).find(|stage| stage.rank >= rank.max(less_final)).unwrap());
        prop_assume!(inner.stage.unwrap().kind >= outer.stage.unwrap().kind);
        inner.component = Some("elsewhere".to_owned().try_into().unwrap())
            .filter(|_| outer.component.is_none() && less_final % 2 == 0)
            .or_else(|| outer.component.clone());
        // What covers just as much is not inside: the more final, or more official, of the two stands.
        let same = outer.lane == inner.lane
            && outer.component == inner.component
            && FigureTime::of(outer).certain == FigureTime::of(&inner).possible;
        prop_assume!(!same);
        let mut more = figures.clone();
        more.push(inner);
        let after = totals(&more, &question).total;
        prop_assert_eq!(before.included, after.included);
        prop_assert_eq!(before.amount, after.amount);
    }

    #[test]
    fn a_record_that_is_part_of_an_included_one_never_changes_a_broad_total(
        figures in figures(1..12, 1, 6), outer in any::<prop::sample::Index>(), year in 1990_i64..2020,
    ) {
        let question = ask(&[], Prefer::Broad);
        let before = totals(&figures, &question).total;
        prop_assume!(!before.included.is_empty());
        let outer = outer.get(&before.included);
        let outer = figures.iter().find(|figure| figure.id == *outer).unwrap();
        // A part lies in the years of what it is part of, and in its component: records that say otherwise contradict
        // themselves.
        let year = outer.period.map_or(year, |period| i64::from(*period.from()));
        let mut inner = figure("zz", "B1", year, year, 7);
        if inner.lane == outer.lane {
            inner.component = outer.component.clone();
        }
        inner.stage = outer.stage;
        inner.part_of = Some(outer.id.clone());
        let mut more = figures.clone();
        more.push(inner);
        prop_assert_eq!(before.amount, totals(&more, &question).total.amount);
    }

    #[test]
    fn a_sum_lies_within_its_bounds(
        figures in figures(0..14, 7, 6), group_by in groupings(), even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let question = TotalsQuestion { spread, ..ask(&group_by, Prefer::Broad) };
        for group in groups(&totals(&figures, &question)) {
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
        prop_assert_eq!(more, sum.qualifier == SumQualifier::MoreThan);
        prop_assert!(!more || sum.max_usd.is_none());
    }

    #[test]
    fn no_sum_holds_credit_beside_anything_but_credit_of_its_program(
        figures in figures(0..14, 7, 6),
        lent in prop::sample::subsequence(vec!["A1", "A2", "B", "HALF"], 0..=4),
        group_by in groupings(),
        prefer in prefers(),
        even in any::<bool>(),
    ) {
        let mut figures = figures;
        for figure in &mut figures {
            let Lane::Program(code) = &figure.lane else { continue };
            figure.credit = lent.contains(&code.as_str());
        }
        let spread = if even { Spread::Even } else { Spread::None };
        let totals = totals(&figures, &TotalsQuestion { spread, ..ask(&group_by, prefer) });
        let all = by_id(&figures);
        for group in groups(&totals) {
            let held = || group.included.iter().map(|id| all[id]);
            let programs: BTreeSet<&Lane> = held().map(|figure| &figure.lane).collect();
            prop_assert!(programs.len() < 2 || held().all(|figure| !figure.credit), "{group:?}");
        }
    }

    #[test]
    fn what_the_groups_add_makes_the_total(
        figures in figures(0..14, 7, 6),
        group_by in groupings(),
        prefer in prefers(),
        even in any::<bool>(),
    ) {
        prop_assume!(!group_by.is_empty());
        let spread = if even { Spread::Even } else { Spread::None };
        let totals = totals(&figures, &TotalsQuestion { spread, ..ask(&group_by, prefer) });
        let rows = || totals.data.iter().chain(&totals.shared);
        match totals.total.amount {
            Some(total) => {
                prop_assert!(rows().all(|row| row.adds_usd.is_some_and(|usd| usd >= 0)));
                prop_assert_eq!(rows().filter_map(|row| row.adds_usd).sum::<i64>(), total.usd);
            }
            None => prop_assert!(rows().all(|row| row.adds_usd.is_none())),
        }
    }

    #[test]
    fn a_total_by_year_is_the_same_as_without_groups(
        figures in figures(0..14, 7, 6), prefer in prefers(), even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let by_year = TotalsQuestion { spread, ..ask(&[GroupBy::FiscalYear], prefer) };
        let set = set_of(&figures);
        let (_, total) = group_figures_and_total(&set, every(&set), &by_year);
        let alone = totals(&figures, &TotalsQuestion { spread, ..ask(&[], prefer) });
        prop_assert_eq!(Totals::of_total(total), alone);
    }

    #[test]
    fn the_figures_of_groups_are_those_that_stand_in_them(
        figures in figures(0..14, 7, 6), group_by in groupings(), prefer in prefers(),
        even in any::<bool>(),
    ) {
        let spread = if even { Spread::Even } else { Spread::None };
        let question = TotalsQuestion { spread, ..ask(&group_by, prefer) };
        let set = set_of(&figures);
        let added = add(&set, every(&set), &question);
        let groups = added.data.iter().chain(&added.shared);
        let groups = groups.filter(|group| !(group.included.is_empty() && group.excluded.is_empty()));
        let expected: Vec<GroupFigures> = groups.map(GroupFigures::of).collect();
        prop_assert_eq!(group_figures(&set, every(&set), &question), expected);
    }

    #[test]
    fn groups_make_the_total_where_no_figure_of_one_overlaps_one_of_another(
        figures in figures(0..5, 1, 4), group_by in groupings(), prefer in prefers(),
    ) {
        let totals = totals(&figures, &ask(&group_by, prefer));
        if group_by.is_empty() {
            return Ok(());
        }
        let group_of: BTreeMap<&RecordId, usize> = totals.data.iter().enumerate()
            .flat_map(|(number, group)| {
                let out = group.excluded.iter().map(|out| &out.id);
                group.included.iter().chain(out).map(move |id| (id, number))
            })
            .collect();
        let all = by_id(&figures);
        let apart = figures.iter().all(|one| figures.iter().all(|other| {
            group_of[&one.id] == group_of[&other.id] || !overlap(one, other, &all)
        }));
        if !apart {
            return Ok(());
        }
        for group in &totals.data {
            prop_assert_eq!(group.adds_usd, group.amount.map(|sum| sum.usd));
        }
    }

    #[test]
    fn nothing_in_a_sum_reaches_out_of_the_years_asked_for(
        figures in figures(0..12, 1, 4), from in 2000_i16..2010, length in 0_i16..6,
    ) {
        let years = YearsAsked { from: Some(from), to: Some(from + length) };
        let question = TotalsQuestion { years, ..ask(&[], Prefer::Broad) };
        for included in &totals(&figures, &question).total.included {
            let figure = figures.iter().find(|figure| figure.id == *included).unwrap();
            prop_assert!(years.span().contains(FigureTime::of(figure).possible));
        }
    }
}

#[test]
fn a_hundred_thousand_figures_of_one_partner_are_added() {
    let figures = a_hundred_thousand(6);
    let set = set_of(&figures);
    for prefer in [Prefer::Broad, Prefer::Detail] {
        let totals = add(&set, every(&set), &ask(&[GroupBy::Program], prefer));
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
            one.lane = Lane::Sale { channel: "FMS", measure: "deliveries", kind: SaleKind::Given };
            (one.period, one.stage, one.as_of) = (None, None, Some(day(number * 31 % 50_000)));
            one
        })
        .collect();
    let total = totals(&figures, &ask(&[], Prefer::Broad)).total;
    // Two of each day: one of them stands.
    assert_eq!(total.included.len(), 50_000);
}
