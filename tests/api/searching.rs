//! Search: in one collection by `q`, and across all of them, best first.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::reading::{found_set, ids, lists, refused, text, with};
use crate::service::data;
use crate::small;

#[tokio::test]
async fn accents_and_case_do_not_matter() {
    for q in ["bogota", "Bogot%C3%A1", "BOGOTA", "BOGOT%C3%81", "declaration+bogota"] {
        let found = small::found(&format!("/v1/agreements?q={q}")).await;
        assert_eq!(found, ["a-year", "b-month"], "{q}");
    }
    assert_eq!(small::found("/v1/agreements?q=armelkanal").await, ["c-day"]);
}

#[tokio::test]
async fn only_the_last_word_may_go_on() {
    let found = async |q: &str| small::found(&format!("/v1/agreements?q={q}")).await;
    assert_eq!(found("declaration+bog").await, ["a-year", "b-month"]);
    assert_eq!(found("bog+declaration").await, [""; 0]);
    assert_eq!(found("declar").await, ["a-year", "b-month"]);
    // The beginning of a word, not its middle or its end.
    assert_eq!(found("ogota").await, [""; 0]);
}

#[tokio::test]
async fn every_word_must_occur_wherever_in_the_record() {
    let found = async |q: &str| small::found(&format!("/v1/agreements?q={q}")).await;
    assert_eq!(found("peru").await, ["a-year", "b-month"]);
    assert_eq!(found("bogota+south+peru").await, ["a-year"]);
    assert_eq!(found("bogota+zebra").await, [""; 0]);
    let both = found_set("/v1/assistance-funding?q=demining+fmf&limit=1000").await;
    let first = found_set("/v1/assistance-funding?q=demining&limit=1000").await;
    assert!(both.is_subset(&first));
}

#[tokio::test]
async fn search_finds_what_the_lists_find_in_each_collection() {
    for q in ["demining", "helicopter", "nato+part", "zzzzz", "desminado", "fuerzas+militares"] {
        let mut expected = BTreeSet::new();
        let series = ["/v1/foreign-assistance", "/v1/training", "/v1/us-personnel"];
        for list in lists().await.into_iter().filter(|list| !series.contains(&list.as_str())) {
            let found = ids(&data(&with(&list, &format!("q={q}&limit=1000"))).await);
            expected.extend(found.into_iter().map(|id| format!("{list}/{id}")));
        }
        let answer = data(&format!("/v1/search?q={q}&limit=1000")).await;
        let hits = answer["data"].as_array().expect("hits");
        let links: BTreeSet<_> = hits.iter().map(|hit| text(&hit["link"])).collect();
        assert_eq!(links, expected, "{q}");
        assert_eq!(answer["meta"]["total"], hits.len(), "{q}");
    }
}

/// Whether a text holds all words, the last as a beginning; and how many of them.
fn holds(written: &str, words: &[&str]) -> (bool, usize) {
    let written = written.to_lowercase();
    let parts: Vec<_> = written.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let (last, whole) = words.split_last().expect("words");
    let count = whole.iter().filter(|word| parts.contains(word)).count()
        + usize::from(parts.iter().any(|part| part.starts_with(last)));
    (count == words.len(), count)
}

#[tokio::test]
async fn the_best_comes_first_as_documented() {
    for words in [vec!["nato"], vec!["demining", "train"], vec!["united", "states", "aid"]] {
        let answer = data(&format!("/v1/search?q={}&limit=1000", words.join("+"))).await;
        let hits = answer["data"].as_array().expect("hits");
        let rank = |hit: &Json| {
            let named = ["title", "id"].iter().any(|key| holds(&text(&hit[key]), &words).0);
            let (all, count) = holds(&text(&hit["text"]), &words);
            let place = (text(&hit["collection"]), text(&hit["id"]));
            (!named, !all, words.len() - count, place)
        };
        let ranks: Vec<_> = hits.iter().map(rank).collect();
        assert!(ranks.len() > 3 && ranks.is_sorted(), "{words:?}: {ranks:?}");
        assert!(ranks.iter().any(|(unnamed, ..)| *unnamed), "{words:?}");
        assert!(ranks.iter().any(|(unnamed, ..)| !*unnamed), "{words:?}");
    }
}

#[tokio::test]
async fn a_hit_leads_to_its_record_and_shows_the_text_that_matched() {
    let answer = data("/v1/search?q=demining&limit=20").await;
    for hit in answer["data"].as_array().expect("hits") {
        let record = data(&text(&hit["link"])).await["data"].clone();
        assert_eq!(record["id"], hit["id"]);
        assert!(holds(&text(&hit["text"]), &["demining"]).0, "{hit}");
        let field = text(&hit["field"]);
        if let Some(value) = record.get(&field).and_then(Json::as_str) {
            assert_eq!(hit["text"], value, "{hit}");
        }
        if record.get("partner").is_some() {
            assert_eq!(hit["partner"], record["partner"], "{hit}");
        }
    }
}

#[tokio::test]
async fn a_record_is_found_by_its_spanish_title_and_summary() {
    for (list, q, id) in [
        ("agreements", "tratado+interamericano", "col-rio-treaty"),
        ("cooperation", "fuerzas+militares+profesionales", "col-us-military-professionalization"),
        ("milestones", "aliado+principal", "col-mnna-intention-announced"),
        ("conflicts", "vehiculos+blindados", "col-m1117-vehicles"),
    ] {
        let found = found_set(&format!("/v1/{list}?q={q}&limit=1000")).await;
        assert!(found.contains(id), "{q}: {found:?}");
        let answer = data(&format!("/v1/search?q={q}&collection={list}&limit=1000")).await;
        let hits = answer["data"].as_array().expect("hits");
        let hit = hits.iter().find(|hit| hit["id"] == id).expect("the record");
        assert!(["title", "topic", "summary"].contains(&hit["field"].as_str().expect("a field")));
        assert!(text(&hit["text"]).contains(' '), "{hit}");
    }
    // As with an English one, a title that holds all words comes first.
    let answer = data("/v1/search?q=plan+colombia+se+convierten+en+ley").await;
    assert_eq!(answer["data"][0]["id"], "col-plan-colombia-law");
}

#[tokio::test]
async fn a_record_is_found_by_what_its_codes_are_called_in_both_languages() {
    for (path, q, filter) in [
        ("assistance-funding", "financiamiento+militar+extranjero", "program=FMF"),
        ("assistance-funding", "foreign+military+financing", "program=FMF"),
        ("training", "educacion+y+entrenamiento+militar+inter", "program=IMET"),
        ("deployments", "republica+centroafricana", "missions=MINUSCA"),
        ("arms-sales", "ventas+militares+al+extranjero", "channel=FMS"),
        ("arms-sales", "exportaciones+autorizadas", "measure=authorized_exports"),
        ("memberships", "atlantico+norte", "organization=NATO"),
        ("cooperation", "lucha+contra+el+narcotrafico", "area=counternarcotics"),
        ("agreements", "colombia", "partner=COL"),
        ("us-personnel", "paises+bajos", "partner=NLD"),
    ] {
        let total = async |query: &str| {
            data(&format!("/v1/{path}?{query}&limit=0")).await["meta"]["total"].clone()
        };
        let (named, both) = (total(filter).await, total(&format!("{filter}&q={q}")).await);
        assert_ne!(named, 0, "{path}?{filter}");
        assert_eq!(named, both, "{path}?q={q} finds each of {filter}");
    }
}

#[tokio::test]
async fn a_hit_by_a_label_shows_the_label() {
    let answer = data("/v1/search?q=ventas+militares+al+extranjero&collection=arms-sales").await;
    let hits = answer["data"].as_array().expect("hits");
    assert!(!hits.is_empty());
    for hit in hits {
        assert_eq!(hit["field"], "channel", "{hit}");
        assert_eq!(hit["text"], "Ventas Militares al Extranjero", "{hit}");
    }
}

#[tokio::test]
async fn a_spanish_reader_finds_military_aid_demining_and_armed_forces() {
    let of_fmf = data("/v1/search?q=ayuda+militar&collection=assistance-programs").await;
    let found: BTreeSet<_> = ids(&of_fmf).into_iter().collect();
    assert!(found.contains("FMF") && found.contains("TOTAL-MILITARY-POLICE"), "{found:?}");
    for q in ["ayuda+militar", "fuerzas+militares", "desminado", "desminado+humanitario"] {
        let answer = data(&format!("/v1/search?q={q}&partner=COL&limit=0")).await;
        assert!(answer["meta"]["total"].as_u64().is_some_and(|total| total >= 3), "{q}: {answer}");
    }
}

#[tokio::test]
async fn collection_and_partner_narrow_a_search() {
    let whole = data("/v1/search?q=colombia&limit=1000").await;
    let hits = whole["data"].as_array().expect("hits");
    let kept = |test: &dyn Fn(&Json) -> bool| -> Vec<Json> {
        hits.iter().filter(|hit| test(hit)).cloned().collect()
    };
    let narrowed = async |by: &str| {
        let answer = data(&format!("/v1/search?q=colombia&limit=1000&{by}")).await;
        answer["data"].as_array().expect("hits").clone()
    };
    let named = kept(&|hit| hit["collection"] == "milestones" || hit["collection"] == "agreements");
    assert!(!named.is_empty() && named.len() < hits.len());
    assert_eq!(narrowed("collection=agreements,milestones").await, named);
    let of_partner = kept(&|hit| hit["partner"].as_array().expect("codes").contains(&"COL".into()));
    assert!(!of_partner.is_empty() && of_partner.len() < hits.len());
    assert_eq!(narrowed("partner=COL").await, of_partner);
}

#[tokio::test]
async fn a_search_for_nothing_is_refused() {
    for path in ["/v1/search", "/v1/search?q=", "/v1/search?q=...", "/v1/agreements?q=%3F%21"] {
        refused(path, "q").await;
    }
    refused("/v1/search?q=a&q=b", "q").await;
    refused("/v1/search?q=a&collection=agreement", "collection").await;
    refused("/v1/search?q=a&partner=XYZ", "partner").await;
    refused("/v1/search?q=a&sort=id", "sort").await;
}
