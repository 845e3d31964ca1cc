//! What charts draw, as values: every figure once, nothing for what was not found, and each kind of mark as it is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use partnership_api::charts::{
    Bracket, ByYear, Chart, Fill, Frame, Panel, Reading, Sayings, Segment, Theme, YearBar,
    money_by_year,
};
use partnership_api::dataset::Dataset;
use partnership_api::model::{Basis, RecordId};
use partnership_api::sums::{
    self, GroupBy, Spread, SumQualifier, Totals, TotalsQuestion, YearsAsked,
};
use partnership_api::words::Language;

static DATA: LazyLock<Dataset> = LazyLock::new(|| Dataset::embedded().expect("sound data"));

/// The chart of a question over figures of one program, or of all, with its sums.
fn drawn(program: Option<&str>, spread: Spread, one_partner: Option<&str>) -> (Totals, ByYear) {
    let records = DATA.assistance_funding.records();
    let rows = (0_u32..).zip(records).filter(|(_, record)| {
        program.is_none_or(|program| record.program.as_str() == program)
            && one_partner.is_none_or(|code| record.partner.iter().any(|one| one.as_str() == code))
    });
    let rows: Vec<u32> = rows.map(|(row, _)| row).collect();
    let programs = program.map(|program| program.parse().expect("a code")).into_iter().collect();
    let partners = one_partner.map(|code| code.parse().expect("a code")).into_iter().collect();
    let question = TotalsQuestion {
        group_by: vec![GroupBy::FiscalYear],
        spread,
        programs,
        partners,
        any_objective: program.is_some(),
        ..TotalsQuestion::default()
    };
    let set = DATA.assistance_figures();
    let totals = sums::add(set, rows.iter().copied(), &question);
    let (groups, total) = sums::group_figures_and_total(set, rows, &question);
    let sayings = Sayings {
        language: Language::En,
        record: &|id| id.to_string(),
        code: &|_, value| value.unwrap_or("none").to_owned(),
    };
    let chart = money_by_year(&groups, Some(&total), set, YearsAsked::default(), &sayings);
    (totals, chart)
}

fn programs() -> BTreeSet<&'static str> {
    DATA.assistance_funding.records().iter().map(|record| record.program.as_str()).collect()
}

#[test]
fn each_figure_of_a_sum_has_one_mark_and_each_bar_is_its_group() {
    let mut checked = 0;
    for program in programs() {
        for spread in [Spread::None, Spread::Even] {
            let (totals, chart) = drawn(Some(program), spread, Some("COL"));
            let mut marks: BTreeMap<&RecordId, usize> = BTreeMap::new();
            for panel in &chart.panels {
                let bars = panel.bars.iter().flat_map(|bar| &bar.segments);
                let figures = bars.flat_map(|segment| &segment.figures);
                for id in figures.chain(panel.brackets.iter().flat_map(|one| &one.figures)) {
                    *marks.entry(id).or_default() += 1;
                }
                for bar in &panel.bars {
                    let parts: i64 = bar.segments.iter().map(|segment| segment.value).sum();
                    assert_eq!(parts, bar.reading.value, "{program} {}", bar.year);
                    let label = bar.year.to_string();
                    let group = totals
                        .data
                        .iter()
                        .find(|group| group.key["fiscal_year"].as_deref() == Some(label.as_str()));
                    let amount = group.and_then(|group| group.amount).expect("a group");
                    assert_eq!(amount.usd, bar.reading.value, "{program} {}", bar.year);
                }
            }
            let mut expected: BTreeMap<&RecordId, usize> = BTreeMap::new();
            for group in totals.data.iter().filter(|group| group.key["fiscal_year"].is_some()) {
                for id in &group.included {
                    *expected.entry(id).or_default() += 1;
                }
            }
            assert_eq!(marks, expected, "{program}");
            checked += expected.len();
        }
    }
    assert!(checked > 200, "only {checked} figures");
}

#[test]
fn what_was_not_found_has_no_mark_and_what_was_proposed_is_neither_filled_nor_on_money() {
    let mut proposals = 0;
    for program in programs() {
        let (_, chart) = drawn(Some(program), Spread::None, Some("COL"));
        for panel in &chart.panels {
            let bars: BTreeSet<i16> = panel.bars.iter().map(|bar| bar.year).collect();
            for bar in &panel.bars {
                assert!(!bar.segments.is_empty(), "{program} {}", bar.year);
                let proposed = bar.segments.iter().filter(|one| one.fill == Fill::Proposed).count();
                assert_eq!(proposed, 0, "{program} {}: a request is in a sum", bar.year);
            }
            for bar in &panel.proposals {
                assert!(!bars.contains(&bar.year), "{program} {}: on top of money", bar.year);
                assert!(bar.segments.iter().all(|one| one.fill == Fill::Proposed));
                proposals += 1;
            }
        }
        // A bar that an even share makes is of that kind alone.
        let (_, chart) = drawn(Some(program), Spread::Even, Some("COL"));
        for bar in chart.panels.iter().flat_map(|panel| &panel.bars) {
            let shares = bar.segments.iter().filter(|one| one.fill == Fill::Share).count();
            assert!(shares == 0 || bar.reading.most == Some(bar.reading.value), "{program}");
        }
    }
    assert!(proposals >= 10, "only {proposals} proposals");
}

fn reading(value: i64, bounds: (Option<i64>, Option<i64>), qualifier: SumQualifier) -> Reading {
    Reading { value, least: bounds.0, most: bounds.1, qualifier }
}

fn bar(year: i16, reading: Reading, fill: Fill) -> YearBar {
    let segment = Segment {
        figures: vec![format!("fig-{year}").parse().expect("an id")],
        value: reading.value,
        fill,
        limit: reading.qualifier == SumQualifier::LessThan,
        said: format!("figure of {year}"),
    };
    YearBar { year, reading, segments: vec![segment], inside: None }
}

fn by_year(panel: Panel) -> Chart {
    Chart::ByYear(ByYear {
        language: Language::En,
        from: 2001,
        to: 2003,
        basis: Basis::FiscalYear,
        panels: vec![panel],
        own_scales: false,
        undated: Vec::new(),
        notes: Vec::new(),
    })
}

/// A chart of three years with one bar in the middle.
fn one(reading: Reading, fill: Fill) -> Chart {
    by_year(Panel { bars: vec![bar(2002, reading, fill)], ..Panel::default() })
}

#[test]
fn each_kind_of_statement_has_the_mark_that_is_stored_for_it() {
    const MILLION: i64 = 1_000_000;
    let exact = Reading::exact(8 * MILLION);
    let about = (Some(7 * MILLION), Some(9 * MILLION));
    let kinds: [(&str, Chart); 10] = [
        ("exact", one(exact, Fill::Given)),
        ("rounded", one(reading(8 * MILLION, about, SumQualifier::Approximately), Fill::Given)),
        (
            "about",
            one(reading(8 * MILLION, (None, None), SumQualifier::Approximately), Fill::Given),
        ),
        (
            "more_than",
            one(
                reading(8 * MILLION, (Some(8 * MILLION), None), SumQualifier::MoreThan),
                Fill::Given,
            ),
        ),
        (
            "less_than",
            one(
                reading(8 * MILLION, (Some(0), Some(8 * MILLION)), SumQualifier::LessThan),
                Fill::Given,
            ),
        ),
        ("by_law", one(exact, Fill::Expected)),
        ("even_share", one(exact, Fill::Share)),
        ("zero", one(Reading::exact(0), Fill::Given)),
        (
            "proposed",
            by_year(Panel {
                proposals: vec![bar(2002, exact, Fill::Proposed)],
                ..Panel::default()
            }),
        ),
        (
            "several_years",
            by_year(Panel {
                bars: vec![YearBar { inside: Some(0), ..bar(2002, exact, Fill::Given) }],
                brackets: vec![Bracket {
                    from: 2001,
                    to: None,
                    basis: Basis::FiscalYear,
                    reading: reading(
                        30 * MILLION,
                        (Some(30 * MILLION), None),
                        SumQualifier::MoreThan,
                    ),
                    stage: "provided".to_owned(),
                    figures: vec!["fig-all".parse().expect("an id")],
                    said: "one sum since FY 2001".to_owned(),
                }],
                ..Panel::default()
            }),
        ),
    ];
    for (name, chart) in kinds {
        let markup = chart.in_page(name, name).markup.into_string();
        // A mark a line, so that a change is read.
        let lines = markup.replace("><", ">\n<");
        insta::assert_snapshot!(format!("mark_{name}"), lines);
    }
}

#[test]
fn two_charts_may_share_a_page_and_neither_has_style_or_script() {
    let first = one(Reading::exact(5), Fill::Expected).in_page("/a?x=1", "a").markup.into_string();
    let second = one(Reading::exact(5), Fill::Expected).in_page("/a?x=2", "a").markup.into_string();
    let ids = |markup: &str| -> BTreeSet<String> {
        let parts = markup.split(" id=\"").skip(1);
        parts.map(|part| part.split('"').next().expect("an id").to_owned()).collect()
    };
    assert!(!ids(&first).is_empty());
    assert!(ids(&first).is_disjoint(&ids(&second)));
    for forbidden in ["<style", "style=", "<script", "viewBox"] {
        assert!(!first.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_same_chart_is_the_same_bytes() {
    let frame = Frame {
        width: 760,
        theme: Theme::Auto,
        made_title: "A title".to_owned(),
        own_title: None,
        answer: None,
        publishers: vec!["One".to_owned()],
        release: "1.0.0".to_owned(),
        digest: "abc".to_owned(),
        licence: "CC0-1.0".to_owned(),
        address: "/v1/x.svg".to_owned(),
    };
    let (_, chart) = drawn(Some("FMF"), Spread::None, Some("COL"));
    let (_, again) = drawn(Some("FMF"), Spread::None, Some("COL"));
    assert_eq!(Chart::ByYear(chart).alone(&frame), Chart::ByYear(again).alone(&frame));
}
