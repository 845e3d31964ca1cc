//! What the pages of partners, programs, documents and conflicts have of their own.

use std::sync::OnceLock;

use serde_json::{Value as Json, json};

use super::{escaped, in_both, links_to, page};
use crate::reading::text;
use crate::service::{data, start};
use crate::small::sound_with;

fn list(value: &Json) -> &[Json] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[tokio::test]
async fn a_conflict_shows_each_claim_its_weighing_and_the_records_concerned() {
    let conflicts = data("/v1/conflicts?limit=1000").await;
    for conflict in list(&conflicts["data"]).iter().take(12) {
        for path in in_both(&format!("/conflicts/{}", text(&conflict["id"]))) {
            let prefix = if path.starts_with("/es") { "/es" } else { "" };
            let page = page(&path).await.html;
            for claim in list(&conflict["claims"]) {
                let said = escaped(&text(&claim["statement"]));
                assert!(page.contains(&said), "{path}: {said}");
            }
            if prefix.is_empty() {
                assert!(page.contains(&escaped(&text(&conflict["assessment"]))), "{path}");
            }
            for named in list(&conflict["records"]) {
                let (collection, id) = (text(&named["collection"]), text(&named["id"]));
                let link = format!("{prefix}/{collection}/{id}");
                assert!(links_to(&page, &link) > 0, "{path}: {link}");
            }
        }
    }
}

#[tokio::test]
async fn a_record_that_is_named_stands_under_its_words_and_not_its_id() {
    let page = page("/conflicts/col-mnna-origin").await.html;
    let row = page.split_once("href=\"/agreements/col-us-mnna-designation\">").expect("a link").1;
    assert!(row.starts_with("Designation of Colombia as a Major Non-NATO Ally"), "{}", &row[..80]);
}

#[tokio::test]
async fn a_partner_shows_its_newest_figures_and_where_sources_disagree() {
    let answer = data("/v1/partners/COL").await;
    let profile = &answer["profile"];
    for path in in_both("/partners/COL") {
        let prefix = if path.starts_with("/es") { "/es" } else { "" };
        let page = page(&path).await.html;
        let newest = list(&profile["newest_assistance"]).iter();
        let shown = newest.filter(|one| {
            links_to(&page, &format!("{prefix}/assistance-funding/{}", text(&one["id"]))) > 0
        });
        assert!(shown.count() >= 12, "{path}");
        let agreements = list(&profile["agreements"]).iter().take(9);
        for agreement in agreements {
            let link = format!("{prefix}/agreements/{}", text(&agreement["id"]));
            assert_eq!(links_to(&page, &link), 1, "{path}: {link}");
        }
        for held in list(&profile["coverage"]).iter().filter(|held| held["count"] != 0) {
            let link = format!("{prefix}/{}?partner=COL", text(&held["collection"]));
            assert!(links_to(&page, &link) > 0, "{path}: {link}");
        }
    }
}

#[tokio::test]
async fn a_country_that_only_series_name_is_called_no_partner() {
    let en = page("/partners/CHN").await.html;
    assert!(en.contains("<title>Official U.S. series: China"), "the title");
    assert!(en.contains("That makes it no partner"), "the lede");
    let es = page("/es/partners/CHN").await.html;
    assert!(es.contains("<title>Series oficiales de EE. UU.: China"), "the title");
    let said = data("/v1/partners/CHN").await;
    assert!(text(&said["sentence"]["en"]).contains("makes it no partner"), "{said}");
    assert!(!en.contains("is a partner country"), "nor anywhere else");
}

#[tokio::test]
async fn a_partner_of_whom_a_series_has_no_number_is_told_that_it_is_no_zero() {
    for path in in_both("/partners/XXK") {
        // Not every country is in each series; one that is in none is no record.
        assert_eq!(crate::service::get(&path).await.status, 404, "{path}");
    }
    let partners = data("/v1/partners?depth=series&limit=1000").await;
    let mut seen = false;
    for partner in list(&partners["data"]).iter().take(40) {
        let id = text(&partner["id"]);
        let count = data(&format!("/v1/us-personnel?partner={id}&limit=0")).await;
        if count["meta"]["total"] == 0 {
            let page = page(&format!("/partners/{id}")).await.html;
            assert!(page.contains("That is not zero."), "{id}");
            seen = true;
            break;
        }
    }
    assert!(seen, "a country that one of the series leaves out");
}

#[tokio::test]
async fn a_program_shows_what_is_around_and_inside_it_and_counts_the_figures_of_each_partner() {
    let programs = data("/v1/assistance-programs?limit=1000").await;
    for id in ["NADR", "NADR-CWD", "FMF", "TOTAL-US-AID"] {
        let page = page(&format!("/assistance-programs/{id}")).await.html;
        for program in list(&programs["data"]) {
            let around = list(&program["part_of"]).iter().any(|outer| outer == id);
            if around {
                let link = format!("/assistance-programs/{}", text(&program["id"]));
                assert!(links_to(&page, &link) > 0, "{id}: {link}");
            }
        }
        let facets =
            data(&format!("/v1/assistance-funding?program={id}&facets=partner&limit=0")).await;
        for value in list(&facets["facets"]["partner"]).iter().take(20) {
            let (partner, count) = (text(&value["value"]), &value["count"]);
            let cell =
                format!("href=\"/assistance-funding?partner={partner}&amp;program={id}\">{count}<");
            assert!(page.contains(&cell), "{id}: {cell}");
        }
    }
}

#[tokio::test]
async fn a_document_shows_everything_that_it_says_or_leads_to_it() {
    let id = "seed-state-pm-colombia";
    let index = data("/v1").await;
    for path in in_both(&format!("/sources/{id}")) {
        let prefix = if path.starts_with("/es") { "/es" } else { "" };
        let page = page(&path).await.html;
        for collection in list(&index["data"]["collections"]) {
            let name = text(&collection["name"]);
            if name == "sources" {
                continue;
            }
            let citing = data(&format!("/v1/{name}?citations_source={id}&limit=1000")).await;
            for record in list(&citing["data"]).iter().take(50) {
                let link = format!("{prefix}/{name}/{}", text(&record["id"]));
                assert!(links_to(&page, &link) > 0, "{path}: {link}");
            }
        }
    }
    let long = page("/sources/foreignassistance-gov-country").await.html;
    assert!(long.contains("/foreign-assistance?citations_source=foreignassistance-gov-country"));
    assert!(long.len() < 60_000, "{} bytes", long.len());
}

#[tokio::test]
async fn hostile_texts_of_a_conflict_make_no_element() {
    static BASE: OnceLock<String> = OnceLock::new();
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let base = BASE.get_or_init(|| {
        let place = |source: &str, locator: &str| json!({"source": source, "locator": locator});
        let claim = |source: &str, locator: &str| {
            json!({"statement": hostile, "source": source, "locator": locator})
        };
        let conflict = json!({
            "id": "xaa-hostile", "partner": ["XAA"], "topic": hostile, "kind": "slip",
            "state": "open", "claims": [claim("budget-2020", hostile), claim("review-2021", "p. 4")],
            "assessment": hostile, "records": [],
            "citations": [place("budget-2020", hostile), place("review-2021", "p. 4")],
        });
        start(sound_with("conflicts.jsonl", &[conflict]), "")
    });
    for path in in_both("/conflicts/xaa-hostile").into_iter().chain(in_both("/partners/XAA")) {
        let answer = reqwest::get(format!("{base}{path}")).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        let page = answer.text().await.expect("a body");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{path}: the text stands there");
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{path}");
    }
}
