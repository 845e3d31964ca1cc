//! Sentences: what a record states in words, and that nothing of it is lost or added on the way.

use partnership_api::collections::{AssistanceFunding, Stage};
use partnership_api::dataset::Dataset;
use partnership_api::model::{Amount, Bilingual, Collection, Qualifier, Usd, Vocabulary};
use partnership_api::words::{Language, amount_phrase, sentence};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::reading::{collections, records, text};
use crate::service::data;

fn figure(amount: &Json, period: &Json, per_year: bool, stage: Stage) -> AssistanceFunding {
    let figure = json!({
        "id": "a", "partner": ["COL"], "program": "FMF", "component": null, "period": period, "as_of": null,
        "amount": amount, "per_year": per_year, "stage": stage.word(), "objective": null, "scope": "country",
        "part_of": null, "superseded_by": null, "confidence": "high", "method": null, "note": null,
        "citations": [{"source": "s", "locator": "p. 1"}],
    });
    serde_json::from_value(figure).expect("a figure")
}

fn said(figure: &AssistanceFunding) -> Bilingual<String> {
    let fmf = Bilingual::new("Foreign Military Financing", "Financiamiento Militar Extranjero");
    sentence(&figure.statement(), &|_, _| Some(fmf))
}

fn stages() -> impl Iterator<Item = Stage> {
    Stage::WORDS.iter().filter_map(|word| Stage::from_word(word))
}

const QUALIFIERS: [Qualifier; 4] =
    [Qualifier::Exact, Qualifier::Approximately, Qualifier::MoreThan, Qualifier::LessThan];

/// Periods of every kind, each with whether the amount recurs in each year.
fn periods() -> Vec<(Json, bool)> {
    let known = json!({"date": "2023", "how": "printed"});
    let period = |from: i16, to: Option<i16>, basis: &str, known: Json| json!({"from": from, "to": to, "basis": basis, "basis_stated": true, "known_through": known});
    vec![
        (Json::Null, false),
        (period(2023, Some(2023), "fiscal_year", Json::Null), false),
        (period(2023, Some(2023), "calendar_year", Json::Null), false),
        (period(2017, Some(2023), "fiscal_year", Json::Null), false),
        (period(2017, Some(2023), "fiscal_year", Json::Null), true),
        (period(2010, Some(2016), "calendar_year", Json::Null), false),
        (period(2017, None, "fiscal_year", Json::Null), false),
        (period(2017, None, "fiscal_year", known.clone()), true),
        (period(2017, None, "calendar_year", known), false),
    ]
}

#[test]
fn every_qualifier_and_magnitude_is_said_in_both_languages() {
    let dollars = |usd: i64| Usd::try_from(usd).expect("dollars");
    let mut lines = Vec::new();
    for usd in [
        0,
        950,
        12_345,
        200_000,
        1_000_000,
        38_500_000,
        38_525_000,
        278_000_000,
        1_000_000_000,
        6_300_000_000,
        13_350_000_000,
        20_000_000_000,
        1_000_000_000_000,
        2_500_000_000_000,
    ] {
        for qualifier in QUALIFIERS {
            let amount = Amount::new(dollars(usd), qualifier, None);
            let [en, es] =
                [Language::En, Language::Es].map(|language| amount_phrase(&amount, language));
            lines.push(format!("{usd} {}: {en} | {es}", qualifier.word()));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_stage_and_period_is_said_in_both_languages() {
    let amounts = [
        json!({"usd": 278_000_000, "qualifier": "approximately", "rounded_to_usd": 1_000_000}),
        json!({"usd": 6_300_000_000_i64, "qualifier": "more_than", "rounded_to_usd": null}),
        json!({"usd": 200_000, "qualifier": "less_than", "rounded_to_usd": null}),
        json!({"usd": 120_000_000, "qualifier": "exact", "rounded_to_usd": 10_000_000}),
    ];
    let mut lines = Vec::new();
    for (stage, amount) in stages().zip(amounts.iter().cycle()) {
        for (period, per_year) in periods() {
            let said = said(&figure(amount, &period, per_year, stage));
            lines.push(format!("{}\n  {}", said.en, said.es));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

/// What a reader takes from a sentence.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    usd: i64,
    qualifier: &'static str,
    per_year: bool,
    years: Option<(i16, Option<i16>)>,
    fiscal: bool,
    stage: &'static str,
}

/// By which words a reader knows the stage, in English and Spanish.
const BY_STAGE: [(&str, &str, &str); 13] = [
    ("actual", "budget records", "presupuesto de Estados Unidos registra"),
    ("provided", "States provided", "Unidos entregó"),
    ("obligated", "obligated", "comprometió"),
    ("ordered", "ordered a drawdown", "ordenó un retiro"),
    ("reported", "third party counted", "tercero contó"),
    ("appropriated", "appropriated", "Congreso de Estados Unidos asignó"),
    ("estimate", "was estimated", "se estimó"),
    ("planned", "planned to give", "tenía previsto"),
    ("house_passed", "passed a bill", "aprobó un proyecto"),
    ("house_committee", "committee of the House", "comisión de la Cámara"),
    ("senate_committee", "committee of the Senate", "comisión del Senado"),
    ("request", "asked Congress", "solicitó al Congreso"),
    ("mixed", "several stages", "varias etapas"),
];

fn stage_of(sentence: &str, spanish: bool) -> &'static str {
    let mut met =
        BY_STAGE.iter().filter(|(_, en, es)| sentence.contains(if spanish { es } else { en }));
    let (stage, ..) = met.next().unwrap_or_else(|| panic!("no stage: {sentence}"));
    assert!(met.next().is_none(), "two stages: {sentence}");
    stage
}

/// A decimal number times a scale, exactly.
fn times(digits: &str, point: char, scale: i64) -> i64 {
    let (whole, decimals) = digits.split_once(point).unwrap_or((digits, ""));
    let number = |text: &str| text.parse::<i64>().unwrap_or_else(|_| panic!("no number: {text}"));
    let tenth = 10_i64.pow(u32::try_from(decimals.len()).expect("few"));
    let decimals = if decimals.is_empty() { 0 } else { number(decimals) };
    number(whole) * scale + decimals * (scale / tenth)
}

fn read_english(sentence: &str) -> Read {
    let stated = sentence.split(", rounded to").next().expect("a beginning");
    let (before, after) =
        stated.split_once('$').unwrap_or_else(|| panic!("no dollars: {sentence}"));
    let qualifier =
        [("about ", "approximately"), ("more than ", "more_than"), ("less than ", "less_than")]
            .into_iter()
            .find(|(words, _)| before.ends_with(words))
            .map_or("exact", |(_, qualifier)| qualifier);
    let digits: String = after
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || ",.".contains(*letter))
        .collect();
    let rest = &after[digits.len()..];
    let scale = match rest.trim_start().split([' ', ',', '.']).next() {
        Some("million") => 1_000_000,
        Some("billion") => 1_000_000_000,
        Some("trillion") => 1_000_000_000_000,
        _ => 1,
    };
    let plain = digits.trim_end_matches([',', '.']).replace(',', "");
    let fiscal = sentence.contains("FY ");
    let (whole, sentence) = (sentence, rest);
    let year =
        |text: &str| -> Option<i16> { text.trim_start_matches("FY ").get(..4)?.parse().ok() };
    let after_word = |word: &str| sentence.split_once(word).and_then(|(_, rest)| year(rest));
    let years = if let Some(from) = after_word(" since ") {
        assert!(sentence.contains("end not stated"), "{sentence}");
        Some((from, None))
    } else if let Some(from) = after_word(" from ") {
        let (_, range) = sentence.split_once(" from ").expect("a range");
        let to = range.split_once(" to ").and_then(|(_, rest)| year(rest));
        Some((from, to))
    } else {
        let single = sentence.match_indices(" in ").find_map(|(at, _)| year(&sentence[at + 4..]));
        single.map(|year| (year, Some(year)))
    };
    Read {
        usd: times(&plain, '.', scale),
        qualifier,
        per_year: sentence.contains(" a year"),
        years,
        fiscal,
        stage: stage_of(whole, false),
    }
}

fn read_spanish(sentence: &str) -> Read {
    let stated = sentence.split(", cifra redondeada").next().expect("a beginning");
    let (before, rest) =
        stated.split_once(" dólar").unwrap_or_else(|| panic!("no dollars: {sentence}"));
    // The number is what stands before the word: digits, and the words of its scale.
    let mut words: Vec<&str> = before.split(' ').collect();
    if words.last() == Some(&"de") {
        words.pop();
    }
    let mut scale = 1;
    while let Some(larger) = match words.last() {
        Some(&"mil") => Some(1_000),
        Some(&("millón" | "millones")) => Some(1_000_000),
        Some(&("billón" | "billones")) => Some(1_000_000_000_000),
        _ => None,
    } {
        scale *= larger;
        words.pop();
    }
    let digits = words.last().copied().unwrap_or_default().replace('\u{202F}', "");
    let usd = if digits == "un" {
        words.pop();
        scale
    } else if digits.starts_with(|letter: char| letter.is_ascii_digit()) {
        words.pop();
        times(&digits, ',', scale)
    } else {
        // *mil millones*, without a number before it.
        scale
    };
    let before = words.join(" ");
    let qualifier = [
        ("unos", "approximately"),
        ("cerca de", "approximately"),
        ("más de", "more_than"),
        ("menos de", "less_than"),
    ]
    .into_iter()
    .find(|(words, _)| before.ends_with(words))
    .map_or("exact", |(_, qualifier)| qualifier);
    let fiscal = sentence.contains("fiscal");
    let (whole, sentence) = (sentence, rest);
    let year = |text: &str| -> Option<i16> { text.get(..4)?.parse().ok() };
    let after_word = |word: &str| sentence.split_once(word).and_then(|(_, rest)| year(rest));
    let years =
        if let Some(from) = after_word(" desde el año fiscal ").or_else(|| after_word(" desde ")) {
            assert!(sentence.contains("sin fin declarado"), "{sentence}");
            Some((from, None))
        } else if let Some(from) =
            after_word(" entre los años fiscales ").or_else(|| after_word(" entre "))
        {
            let (_, range) = sentence.split_once(" entre ").expect("a range");
            Some((from, range.split_once(" y ").and_then(|(_, rest)| year(rest))))
        } else {
            let single = after_word(" en el año fiscal ");
            let single = single.or_else(|| {
                sentence.match_indices(" en ").find_map(|(at, _)| year(&sentence[at + 4..]))
            });
            single.map(|year| (year, Some(year)))
        };
    Read {
        usd,
        qualifier,
        per_year: sentence.contains(" al año"),
        years,
        fiscal,
        stage: stage_of(whole, true),
    }
}

fn any_usd() -> impl Strategy<Value = i64> {
    let scale = prop_oneof![
        Just(1_i64),
        Just(1_000),
        Just(10_000),
        Just(1_000_000),
        Just(100_000_000),
        Just(1_000_000_000)
    ];
    prop_oneof![0..(1_i64 << 53), (0..9_999_i64, scale).prop_map(|(number, scale)| number * scale)]
}

proptest! {
    #[test]
    fn a_sentence_read_back_has_the_same_amount_qualifier_years_and_stage(
        usd in any_usd(),
        rounded in proptest::option::of(prop_oneof![Just(1_000_i64), Just(100_000), Just(1_000_000)]),
        which in 0_usize..4,
        from in 1950_i16..2030,
        length in proptest::option::of(0_i16..30),
        dated in any::<bool>(),
        fiscal in any::<bool>(),
        per_year in any::<bool>(),
        stage in 0_usize..13,
    ) {
        let qualifier = QUALIFIERS[which].word();
        let amount = json!({"usd": usd, "qualifier": qualifier, "rounded_to_usd": rounded});
        let to = length.map(|length| from + length);
        let basis = if fiscal { "fiscal_year" } else { "calendar_year" };
        let period = json!({"from": from, "to": to, "basis": basis, "basis_stated": true, "known_through": null});
        let period = if dated { period } else { Json::Null };
        let stage = stages().nth(stage).expect("a stage");
        let said = said(&figure(&amount, &period, per_year, stage));
        let wanted = Read {
            usd,
            qualifier,
            per_year,
            years: dated.then_some((from, to)),
            fiscal: dated && fiscal,
            stage: stage.word(),
        };
        prop_assert_eq!(read_english(&said.en), wanted, "{}", said.en);
        let wanted = Read { stage: stage.word(), years: dated.then_some((from, to)), ..read_english(&said.en) };
        prop_assert_eq!(read_spanish(&said.es), wanted, "{}", said.es);
    }
}

#[tokio::test]
async fn every_record_of_every_collection_has_a_sentence_in_both_languages() {
    for collection in collections().await {
        let list = text(&collection["href"]);
        for record in records(&list).await.iter().step_by(7) {
            let answer = data(&format!("{list}/{}", text(&record["id"]))).await;
            for language in ["en", "es"] {
                let said = text(&answer["sentence"][language]);
                assert!(said.len() > 5 && said.ends_with('.'), "{list}: {said}");
                for left in ["{", "}", "[", "|", "  ", " ,", "..", "()"] {
                    let quoted = record.to_string();
                    assert!(!said.contains(left) || quoted.contains(left), "{list}: {said}");
                }
            }
            if let Some(amount) = record.get("amount") {
                let phrase = &answer["amount_phrase"];
                assert_eq!(amount.is_null(), phrase.is_null(), "{answer}");
                if let Some(phrase) = phrase["en"].as_str() {
                    assert!(text(&answer["sentence"]["en"]).contains(phrase), "{answer}");
                    let spanish = text(&phrase_in(&answer, "es"));
                    assert!(text(&answer["sentence"]["es"]).contains(&spanish), "{answer}");
                }
            } else {
                assert_eq!(answer.get("amount_phrase"), None, "{list}");
            }
            // Rows of a list say, too, what a sum does with them.
            let data = answer["data"].as_object().expect("a record");
            for (key, value) in data {
                assert_eq!(record[key], *value, "the record stays as it is");
            }
            assert!(!data.contains_key("sentence"), "{list}");
        }
    }
}

#[tokio::test]
async fn a_record_with_a_spanish_title_has_no_english_one_in_its_spanish_sentence() {
    let dataset = Dataset::embedded().expect("sound data");
    let mut read = 0;
    for table in dataset.tables() {
        let translated =
            (0..).take(table.count()).filter_map(|row| table.translation(table.id(row)));
        for (at, spanish) in translated.enumerate() {
            // Each kind of sentence, not each record.
            if at % 8 != 0 {
                continue;
            }
            let answer = data(&format!("/v1/{}/{}", table.name(), spanish.id)).await;
            let record = &answer["data"];
            let english = record.get("title").or(record.get("topic")).expect("a title");
            let (said, dicho) = (text(&answer["sentence"]["en"]), text(&answer["sentence"]["es"]));
            assert!(said.contains(&text(english)), "{said}");
            assert!(dicho.contains(spanish.title.as_str()), "{dicho}");
            assert!(!dicho.contains('«'), "{dicho}");
            read += 1;
        }
    }
    assert!(read > 20, "only {read}");
}

fn phrase_in(answer: &Json, language: &str) -> Json {
    answer["amount_phrase"][language].clone()
}

#[test]
fn sentences_of_the_data_read_as_a_newsroom_writes_them() {
    let dataset = Dataset::embedded().expect("sound data");
    let names = |collection: &str, id: &str| dataset.name_of(collection, id);
    let mut lines = Vec::new();
    macro_rules! say {
        ($($table:ident: $($id:literal),+;)+) => {
            $($(
                let record = dataset.$table.get($id).unwrap_or_else(|| panic!("no {}", $id));
                let said = sentence(&dataset.statement_of(record), &names);
                lines.push(format!("{}: {}\n  {}", $id, said.en, said.es));
            )+)+
        };
    }
    say! {
        assistance_funding: "col-fmf-2017-2023", "col-nadr-ata-2008", "col-unified-command-2010-estimate",
            "col-section-1004-2002-tactical-analysis-teams-army-estimate", "ukr-drawdown-2022-10-28",
            "ukr-waiver-614-2024-04-24";
        arms_sales: "col-fms-active-cases", "per-fms-notification-2026-callao", "sau-fms-framework-2017",
            "baltic-dcs-exports-edition-2018", "jpn-fms-active-cases-edition-2018";
        deployments: "col-minusca-minurso-experts", "col-un-instructors-2017", "col-oas-collective-security";
        memberships: "bel-nato", "ury-mfo";
        agreements: "col-nato-ipcp-2019";
        cooperation: "col-us-imet-education", "col-nato-interoperability";
        milestones: "col-korea-battalion-returns";
        conflicts: "lbn-fmf-2021";
        partners: "COL", "PER";
        missions: "MFO-SINAI";
        assistance_programs: "NADR-ATA";
        sources: "docstoc-colombia-agreements";
    }
    insta::assert_snapshot!(lines.join("\n"));
}
