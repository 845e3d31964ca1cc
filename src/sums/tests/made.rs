//! Figures for tests: by hand, and at random.

use proptest::prelude::*;

use crate::model::{Amount, Iso3, Objective, Period, Qualifier, RecordId, Scope, Usd};
use crate::sums::figure_time::FigureTime;
use crate::sums::{
    Containment, Excluded, Figure, FigureSet, Finality, Group, Lane, Prefer, SourceRank, StageKind,
    Totals, TotalsQuestion, add,
};

/// Two trees that two totals cut across, under one total of all.
const PART_OF: &[(&str, &[&str])] = &[
    ("A", &["EAST", "HALF"]),
    ("A1", &["A"]),
    ("A2", &["A", "WEST"]),
    ("B", &["WEST"]),
    ("B1", &["B", "HALF"]),
    ("EAST", &["ALL"]),
    ("HALF", &["ALL"]),
    ("WEST", &["ALL"]),
    ("ALL", &[]),
];

/// How many programs each holds, itself among them.
const SIZES: [u8; 9] = [3, 1, 1, 2, 1, 4, 5, 4, 9];

pub(super) const PROGRAMS: usize = PART_OF.len();

pub(super) fn id(text: &str) -> RecordId {
    text.parse().unwrap()
}

pub(super) fn partner(code: &str) -> Iso3 {
    code.parse().unwrap()
}

pub(super) fn containment() -> Containment {
    let ids = |codes: &[&str]| codes.iter().map(|code| id(code)).collect();
    Containment::new(PART_OF.iter().map(|(code, part_of)| (id(code), ids(part_of))))
}

/// The programs that one holds, itself first.
pub(super) fn inside(lane: &Lane) -> Vec<&'static str> {
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

pub(super) fn period(from: i64, to: Option<i64>) -> Period {
    serde_json::from_value(serde_json::json!({
        "from": from, "to": to, "basis": "fiscal_year", "basis_stated": true, "known_through": null
    }))
    .unwrap()
}

/// A period without an end, known through a fiscal year.
pub(super) fn since(from: i64, known: Option<i64>) -> Period {
    let known = known.map(|year| serde_json::json!({"date": year.to_string(), "how": "printed"}));
    serde_json::from_value(serde_json::json!({
        "from": from, "to": null, "basis": "fiscal_year", "basis_stated": true, "known_through": known
    }))
    .unwrap()
}

pub(super) fn calendar(from: i64, to: i64) -> Period {
    serde_json::from_value(serde_json::json!({
        "from": from, "to": to, "basis": "calendar_year", "basis_stated": true, "known_through": null
    }))
    .unwrap()
}

pub(super) fn stage(number: u8) -> Finality {
    let (word, rank, kind) = match number {
        0 => ("actual", 0, StageKind::Given),
        1 => ("provided", 1, StageKind::Given),
        2 => ("appropriated", 5, StageKind::Enacted),
        3 => ("estimate", 6, StageKind::Expected),
        4 => ("request", 11, StageKind::Proposed),
        _ => ("mixed", 12, StageKind::Mixed),
    };
    Finality { word, rank, kind, is_act: false }
}

/// A drawdown ordered on a date, whose fiscal year no source prints.
pub(super) fn ordered(name: &str, program: &str, date: &str, usd: i64) -> Figure {
    let mut one = figure(name, program, 2001, 2001, usd);
    one.stage = Some(Finality { word: "ordered", rank: 3, kind: StageKind::Given, is_act: true });
    one.as_of = Some(date.parse().unwrap());
    one.period = None;
    one
}

pub(super) fn amount(usd: i64, qualifier: Qualifier, rounded: Option<i64>) -> Amount {
    let dollars = |usd| Usd::try_from(usd).unwrap();
    Amount::new(dollars(usd), qualifier, rounded.map(dollars))
}

/// A plain figure: provided, official, exact.
pub(super) fn figure(name: &str, program: &str, from: i64, to: i64, usd: i64) -> Figure {
    Figure {
        id: id(name),
        partners: vec![partner("AAA")],
        lane: Lane::Program(id(program)),
        component: None,
        period: Some(period(from, Some(to))),
        as_of: None,
        amount: Some(amount(usd, Qualifier::Exact, None)),
        stage: Some(stage(1)),
        objective: Some(Objective::Security),
        rank: SourceRank { official: 1, published: None },
        part_of: None,
        scope: Scope::Country,
        per_year: false,
        superseded: false,
        credit: false,
        waiver: false,
    }
}

fn qualifiers() -> impl Strategy<Value = Qualifier> {
    prop::sample::select(vec![
        Qualifier::Exact,
        Qualifier::Approximately,
        Qualifier::MoreThan,
        Qualifier::LessThan,
    ])
}

/// One figure at random; its id is given later.
fn any_figure(partners: u8, stages: u8) -> impl Strategy<Value = Figure> {
    let money = (0_i64..1_000_000, qualifiers(), prop::option::of(1_i64..1000));
    let time = (2000_i64..2010, 0_i64..5, prop::bool::weighted(0.1), 2000_i64..2014);
    let place = (0..PROGRAMS, 1..=partners, prop::bool::weighted(0.1));
    let weight = (0..stages, 1_u8..4, prop::option::of(2005_i16..2008));
    (money, time, place, weight).prop_map(|(money, time, place, weight)| {
        let (usd, qualifier, rounded) = money;
        let (from, length, open, reaches) = time;
        let (program, partners, part) = place;
        let (stage_number, official, published) = weight;
        let mut figure = figure("x", PART_OF[program].0, from, from + length, usd);
        figure.amount = Some(amount(usd, qualifier, rounded));
        figure.stage = Some(stage(stage_number));
        figure.rank =
            SourceRank { official, published: published.map(crate::model::PartialDate::of_year) };
        // One bit a partner.
        let codes = ["AAA", "BBB", "CCC"].iter().enumerate();
        let named = codes.filter(|(bit, _)| partners >> bit & 1 == 1);
        figure.partners = named.map(|(_, code)| partner(code)).collect();
        if open {
            figure.period = Some(since(from, (reaches % 3 > 0).then_some(reaches.max(from))));
        }
        if part {
            figure.component = Some("part".to_owned().try_into().unwrap());
        }
        figure
    })
}

/// Several figures at random, with ids and some that are recorded as part of an earlier one.
pub(super) fn figures(
    count: std::ops::Range<usize>,
    partners: u8,
    stages: u8,
) -> impl Strategy<Value = Vec<Figure>> {
    let one =
        (any_figure(partners, stages), prop::option::weighted(0.15, any::<prop::sample::Index>()));
    prop::collection::vec(one, count).prop_map(|made| {
        let mut figures: Vec<Figure> = Vec::new();
        for (number, (mut figure, inside)) in made.into_iter().enumerate() {
            figure.id = id(&format!("f{number:03}"));
            if let Some(inside) = inside.filter(|_| number > 0) {
                let outer = &figures[inside.index(number)];
                // What is recorded as part of another is not the wider of the two.
                let wide = |figure: &Figure| {
                    let program =
                        PART_OF.iter().position(|(code, _)| figure.lane == Lane::Program(id(code)));
                    (FigureTime::of(figure).certain.days(), SIZES[program.unwrap()])
                };
                let (own, other) = (wide(&figure), wide(outer));
                if own.0 > other.0 || own.1 > other.1 {
                    figures.push(figure);
                    continue;
                }
                figure.part_of = Some(outer.id.clone());
            }
            figures.push(figure);
        }
        figures
    })
}

/// A question without a window, for figures of any objective.
pub(super) fn ask(group_by: &[crate::sums::GroupBy], prefer: Prefer) -> TotalsQuestion {
    TotalsQuestion {
        group_by: group_by.to_vec(),
        prefer,
        any_objective: true,
        ..TotalsQuestion::default()
    }
}

pub(super) fn set_of(figures: &[Figure]) -> FigureSet {
    FigureSet::new(figures.iter().cloned(), &containment(), |_, _| false)
}

pub(super) fn every(set: &FigureSet) -> std::ops::Range<u32> {
    0..u32::try_from(set.len()).unwrap()
}

/// Adds all of some figures.
pub(super) fn totals(figures: &[Figure], question: &TotalsQuestion) -> Totals {
    let set = set_of(figures);
    add(&set, every(&set), question)
}

pub(super) fn total(figures: &[Figure]) -> Group {
    totals(figures, &ask(&[], Prefer::Broad)).total
}

pub(super) fn detailed(figures: &[Figure]) -> Group {
    totals(figures, &ask(&[], Prefer::Detail)).total
}

/// The sum of some figures, asked for by one program.
pub(super) fn of_program(figures: &[Figure], program: &str) -> Group {
    let programs = vec![id(program)];
    totals(figures, &TotalsQuestion { programs, ..ask(&[], Prefer::Broad) }).total
}

/// All groups of an answer.
pub(super) fn groups(totals: &Totals) -> impl Iterator<Item = &Group> {
    totals.data.iter().chain([&totals.total]).chain(&totals.shared)
}

pub(super) fn names(group: &Group) -> Vec<&str> {
    group.included.iter().map(|id| id.as_str()).collect()
}

pub(super) fn why(group: &Group, name: &str) -> Excluded {
    group.excluded.iter().find(|out| out.id.as_str() == name).unwrap().clone()
}

/// Figures of one partner, of so many stages, over all programs and many years.
pub(super) fn a_hundred_thousand(stages: i64) -> Vec<Figure> {
    (0..100_000_i64)
        .map(|number| {
            let mixed = number * 7919 % 100_003;
            let program = PART_OF[usize::try_from(mixed % 9).unwrap()].0;
            let from = 1900 + mixed / 9 % 120;
            let mut one = figure("x", program, from, from + mixed / 1080 % 6, mixed);
            one.id = id(&format!("f{number:06}"));
            one.stage = Some(stage(u8::try_from(mixed % stages).unwrap()));
            one
        })
        .collect()
}
