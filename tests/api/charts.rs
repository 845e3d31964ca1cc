//! Charts by address: sound SVG in both languages, with their words, headers and bounds; asked of the real service.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::openapi::operations;
use crate::service::{Answer, data, get, get_with};

const FMF: &str = "/v1/assistance-funding/totals.svg?partner=COL&program=FMF";

/// One chart of each kind, and those that hold most.
const CHARTS: [&str; 16] = [
    FMF,
    "/v1/assistance-funding/totals.svg?partner=COL&program=FMF&spread=even",
    "/v1/assistance-funding/totals.svg",
    "/v1/assistance-funding/totals.svg?partner=COL&group_by=program",
    "/v1/assistance-funding/totals.svg?program=FMF&group_by=partner",
    "/v1/assistance-funding/totals.svg?program=FMF,IMET&group_by=partner,fiscal_year",
    "/v1/arms-sales/totals.svg?partner=COL",
    "/v1/arms-sales/totals.svg?group_by=partner",
    "/v1/deployments/totals.svg?partner=COL",
    "/v1/training/totals.svg?partner=COL",
    "/v1/training/totals.svg?group_by=partner",
    "/v1/foreign-assistance.svg",
    "/v1/us-personnel.svg?partner=COL",
    "/v1/assistance-funding.svg?partner=COL",
    "/v1/timeline.svg?limit=1000",
    "/v1/coverage.svg?partner=COL",
];

/// An element: its name, its attributes, the text inside.
type Element = (String, BTreeMap<String, String>, String);

/// The elements of a chart.
fn elements(svg: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(svg);
    let (mut open, mut found): (Vec<usize>, Vec<Element>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let attributes = element.attributes().map(|one| {
                    let one = one.expect("an attribute, once");
                    let name: &str = one.key.as_ref();
                    (name.to_owned(), one.value.into_owned())
                });
                let name = <_ as AsRef<str>>::as_ref(&element.name()).to_owned();
                found.push((name, attributes.collect(), String::new()));
                if matches!(event, Event::Start(_)) {
                    open.push(found.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].2.push_str(text);
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(at) = open.last() {
                    let entity: &str = entity;
                    let letter = match entity {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        other => panic!("an entity that XML does not know by itself: {other}"),
                    };
                    found[*at].2.push_str(letter);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "an element is not closed");
    found
}

fn texts<'e>(elements: &'e [Element], name: &str) -> Vec<&'e str> {
    let named = elements.iter().filter(|(known, ..)| known == name);
    named.map(|(.., text)| text.as_str()).collect()
}

async fn chart(path: &str) -> Answer {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "image/svg+xml", "{path}");
    answer
}

#[tokio::test]
async fn every_chart_is_sound_svg_of_at_most_40_kb_that_says_in_words_what_it_shows() {
    for path in CHARTS {
        for (lang, width) in [("en", 2400), ("es", 320)] {
            let and = if path.contains('?') { '&' } else { '?' };
            let answer = chart(&format!("{path}{and}lang={lang}&width={width}")).await;
            let svg = answer.text();
            assert!(svg.len() <= 40_000, "{path}: {} bytes", svg.len());
            let elements = elements(&svg);
            let (name, root, _) = &elements[0];
            assert_eq!((name.as_str(), root["role"].as_str()), ("svg", "img"), "{path}");
            assert_eq!(root["lang"], lang, "{path}");
            assert!(root["viewBox"].starts_with(&format!("0 0 {width} ")), "{path}");
            assert!(!texts(&elements, "title")[0].is_empty(), "{path}");
            assert!(
                texts(&elements, "desc")[0].len() > 20,
                "{path}: {:?}",
                texts(&elements, "desc")
            );
            assert_eq!(answer.header("content-language"), lang, "{path}");
            let meta: serde_json::Value =
                serde_json::from_str(texts(&elements, "metadata")[0]).expect("JSON");
            assert!(meta["address"].as_str().expect("an address").starts_with("/v1/"), "{path}");
            assert!(meta["digest"].is_string(), "{path}");
        }
    }
}

#[tokio::test]
async fn every_documented_chart_is_one_of_those_that_are_tested() {
    let documented = operations().await.into_iter().map(|(path, _)| path);
    let documented: Vec<&str> =
        documented.filter(|path| path.rsplit('.').next() == Some("svg")).collect();
    assert!(documented.len() >= 9, "{documented:?}");
    for path in documented {
        // Sales are drawn as figures of assistance are: by the same table of fields.
        let tested = CHARTS.iter().any(|chart| chart.split('?').next() == Some(path));
        assert!(tested || path == "/v1/arms-sales.svg", "{path} is not tested");
        chart(path).await;
    }
}

#[tokio::test]
async fn a_chart_may_stand_in_any_page_and_carries_nothing_that_runs() {
    let answer = chart(FMF).await;
    assert_eq!(
        answer.header("content-security-policy"),
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors *"
    );
    let svg = answer.text();
    for forbidden in ["<script", "href", "onload", "<image", "<foreignObject", " style="] {
        assert!(!svg.contains(forbidden), "{forbidden}");
    }
    let name = answer.header("content-disposition");
    assert!(name.starts_with("inline; filename=\"fmf-colombia-"), "{name}");
    assert!(name.ends_with(".svg\""), "{name}");
    let etag = answer.header("etag");
    let again = get_with(FMF, &[("if-none-match", etag)]).await;
    assert_eq!(again.status, 304);
    assert!(answer.header("link").contains("rel=\"cite-as\""));
}

#[tokio::test]
async fn a_title_of_ones_own_is_drawn_and_never_hides_the_question() {
    let hostile = "%3C/text%3E%3Cscript%3Ealert(1)%3C/script%3E%26%22";
    let answer = chart(&format!("{FMF}&title={hostile}&width=2400")).await;
    let svg = answer.text();
    assert!(!svg.contains("<script"), "{svg}");
    let elements = elements(&svg);
    assert_eq!(
        texts(&elements, "title")[0],
        "Foreign Military Financing, Colombia, by fiscal year"
    );
    assert!(texts(&elements, "text").contains(&"</text><script>alert(1)</script>&\""));
}

#[tokio::test]
async fn how_a_chart_is_drawn_is_checked_as_every_parameter_is() {
    let long = "a".repeat(121);
    for (query, parameter) in [
        ("width=319".to_owned(), "width"),
        ("width=2401".to_owned(), "width"),
        ("width=x".to_owned(), "width"),
        ("theme=blue".to_owned(), "theme"),
        ("lang=fr".to_owned(), "lang"),
        ("title=".to_owned(), "title"),
        (format!("title={long}"), "title"),
        ("title=a%0Ab".to_owned(), "title"),
        ("format=json".to_owned(), "format"),
        ("rows=groups".to_owned(), "rows"),
        ("partnre=COL".to_owned(), "partnre"),
    ] {
        let answer = get(&format!("{FMF}&{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        let errors = answer.json()["errors"].clone();
        let named = errors.as_array().expect("errors").iter();
        let named: Vec<_> = named.map(|error| error["parameter"].clone()).collect();
        assert!(
            named.iter().any(|name| name == parameter || name == "partnre"),
            "{query}: {named:?}"
        );
    }
    let longest = "á".repeat(120);
    let encoded: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("title", &longest).finish();
    chart(&format!("{FMF}&{encoded}")).await;
}

#[tokio::test]
async fn the_theme_decides_the_ground_and_auto_leaves_it_to_the_reader() {
    let light = chart(&format!("{FMF}&theme=light")).await.text();
    let dark = chart(&format!("{FMF}&theme=dark")).await.text();
    let auto = chart(FMF).await.text();
    assert!(light.contains("--paper:#fbf8f1") && !light.contains("prefers-color-scheme"));
    assert!(dark.contains("--paper:#171510") && !dark.contains("--paper:#fbf8f1"));
    assert!(auto.contains("prefers-color-scheme:dark"));
}

#[tokio::test]
async fn where_nothing_answers_the_question_the_chart_says_so() {
    for (lang, said) in [("en", "That does not mean zero."), ("es", "Eso no significa cero.")] {
        let path = format!("{FMF}&fiscal_year=2013&lang={lang}&width=760");
        let svg = chart(&path).await.text();
        let elements = elements(&svg);
        assert!(texts(&elements, "text").iter().any(|text| text.ends_with(said)), "{svg}");
        assert!(texts(&elements, "desc")[0].ends_with(said));
    }
}

#[tokio::test]
async fn bars_are_as_high_as_the_sums_of_their_years_and_a_sum_of_several_has_no_height() {
    let svg = chart(FMF).await.text();
    let totals =
        data("/v1/assistance-funding/totals?partner=COL&program=FMF&group_by=fiscal_year").await;
    let elements = elements(&svg);
    // Each mark: its title, then the shapes inside.
    let mut marks: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
    let mut title = "";
    for element in &elements {
        match element.0.as_str() {
            "title" => title = &element.2,
            "g" => title = "",
            _ if !title.is_empty() => marks.entry(title).or_default().push(element),
            _ => {}
        }
    }
    let solid = ["given", "law"];
    // The axis ends at $100 million, 190 pixels above zero.
    assert!(texts(&elements, "text").contains(&"$100 million"));
    let (mut years, mut sums) = (0, 0);
    for group in totals["data"].as_array().expect("groups") {
        let Some(usd) = group["amount"]["usd"].as_f64() else { continue };
        let label = group["key"]["fiscal_year"].as_str().expect("years");
        let said = format!("FY {}", label.replace('-', "\u{2013}"));
        let of_it = |mark: &&str| mark.contains(&format!(", {said},"));
        let found: Vec<&str> = marks.keys().copied().filter(|mark| of_it(mark)).collect();
        let heights = found.iter().flat_map(|mark| &marks[mark]).filter(|(name, attributes, _)| {
            name == "rect" && solid.contains(&attributes["class"].as_str())
        });
        let height: f64 = heights
            .map(|(_, attributes, _)| attributes["height"].parse::<f64>().expect("pixels"))
            .sum();
        if label.contains('-') {
            assert!(height == 0.0, "{label} is {height} pixels high");
            sums += 1;
        } else {
            let expected = usd / 100_000_000.0 * 190.0;
            assert!((height - expected).abs() <= 1.0, "{label}: {height} instead of {expected}");
            years += 1;
        }
    }
    assert!(years >= 14 && sums >= 1, "{years} years, {sums} sums");
}

#[tokio::test]
async fn the_way_of_counting_breaks_a_curve() {
    for (lang, said) in
        [("en", "Counted in another way from 2018 on"), ("es", "Contado de otra manera desde 2018")]
    {
        let svg = chart(&format!("/v1/us-personnel.svg?partner=COL&lang={lang}")).await.text();
        assert!(svg.contains(said), "{svg}");
        assert!(svg.contains("class=\"break\""));
    }
}

#[tokio::test]
async fn more_figures_than_a_chart_holds_are_counted_and_more_groups_named() {
    let many = chart("/v1/assistance-funding.svg").await.text();
    let found =
        data("/v1/assistance-funding?limit=0").await["meta"]["total"].as_u64().expect("a number");
    assert!(many.contains(&format!("{} more figures", found - 200)), "{many}");
    let marks = many.matches("r=\"4\"").count() + many.matches("class=\"limit\"").count();
    // One of the hatched ones is the key's.
    assert_eq!(marks - 1, 200);
    let groups =
        chart("/v1/assistance-funding/totals.svg?group_by=program&width=2400").await.text();
    assert!(groups.contains("Not drawn: "), "{groups}");
}

#[tokio::test]
async fn a_chart_of_a_former_release_says_which_and_keeps_it_in_its_address() {
    let svg = chart(&format!("{FMF}&release=1.1.0")).await.text();
    assert!(svg.contains("Release 1.1.0"));
    let elements = elements(&svg);
    let meta: serde_json::Value =
        serde_json::from_str(texts(&elements, "metadata")[0]).expect("JSON");
    assert_eq!(meta["release"], "1.1.0");
    assert!(meta["address"].as_str().expect("text").contains("release=1.1.0"));
}
