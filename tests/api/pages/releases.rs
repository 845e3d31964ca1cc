//! The pages about releases: which there are, what each changed, whether what was cited was corrected.

use super::page;
use crate::service::{data, get};

#[tokio::test]
async fn every_release_has_a_row_and_a_page() {
    let releases = data("/v1/releases").await;
    for prefix in ["", "/es"] {
        let all = page(&format!("{prefix}/releases")).await;
        for release in releases["data"].as_array().expect("releases") {
            let version = release["version"].as_str().expect("a version");
            assert!(all.html.contains(&format!("href=\"{prefix}/releases/{version}\"")));
            let one = page(&format!("{prefix}/releases/{version}")).await;
            let digest = release["digest"].as_str().expect("a digest");
            assert!(all.text.contains(digest) && one.text.contains(digest), "{version}");
            assert!(one.html.contains(&format!("/v1/datapackage.zip?release={version}")));
            for (collection, _) in release["counts"].as_object().expect("counts") {
                assert!(
                    one.html.contains(&format!("/{collection}?release={version}\"")),
                    "{collection}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_release_that_there_is_not_has_no_page_and_the_nearest_is_named() {
    let missing = get("/releases/9.9.9").await;
    assert_eq!(missing.status, 404);
    let digest = data("/v1/releases").await["data"][0]["digest"].as_str().map(str::to_owned);
    let by_digest = get(&format!("/releases/{}", digest.expect("a digest"))).await;
    assert_eq!(by_digest.status, 404);
    assert!(by_digest.text().contains("/releases/"));
}

#[tokio::test]
async fn pages_about_releases_name_no_release_and_links_to_them_name_none() {
    for path in ["/releases", "/changes", "/releases/1.0.0"] {
        assert_eq!(get(&format!("{path}?release=1.0.0")).await.status, 400, "{path}");
    }
    let pinned = page("/es/partners/COL?release=1.0.0").await;
    for address in ["/es/releases", "/es/changes?from=1.0.0"] {
        assert!(pinned.html.contains(&format!("href=\"{address}\"")), "{address} is not linked");
        assert_eq!(get(address).await.status, 200);
    }
}

#[tokio::test]
async fn a_change_is_told_with_its_reason_and_both_values() {
    let query = "record=assistance-programs/UNIFIED-COMMAND&to=1.1.0";
    let changes = data(&format!("/v1/changes?{query}")).await;
    let change = &changes["data"][0];
    for prefix in ["", "/es"] {
        let told_on = page(&format!("{prefix}/changes?{query}")).await;
        assert!(told_on.text.contains(change["reason"].as_str().expect("a reason")));
        for field in change["changes"].as_array().expect("fields") {
            for value in [&field["from"], &field["to"]] {
                if let Some(text) = value.as_str() {
                    assert!(told_on.text.contains(text), "{prefix}: {text}");
                }
            }
        }
    }
    let total = data("/v1/changes?kind=removed").await["meta"]["total"].clone();
    assert!(
        page("/changes?kind=removed").await.text.contains(&format!("{total} changes of records"))
    );
}

#[tokio::test]
async fn the_check_without_a_question_is_a_form_and_no_error() {
    for path in ["/releases/check", "/es/releases/check"] {
        let form = page(path).await;
        assert_eq!(form.count("form"), 2, "{path}");
    }
    assert_eq!(get("/releases/check?record=x").await.status, 400);
    assert_eq!(get("/releases/check?release=1.0.0").await.status, 400);
}

#[tokio::test]
async fn the_check_answers_in_a_sentence_what_its_data_answers() {
    let sentences = [
        ("unchanged", "Nothing changed", "Nada cambió"),
        ("corrected", "It was corrected", "Se corrigió"),
        ("extended", "It says more", "Dice más"),
    ];
    for query in [
        "record=assistance-programs/UNIFIED-COMMAND&release=1.0.0",
        "record=assistance-programs/UNIFIED-COMMAND&release=2.0.0",
        "cited=/v1/assistance-funding/col-fmf-2017-2023?release=1.0.0",
    ] {
        let checked = data(&format!("/v1/releases/check?{query}")).await;
        let status = checked["data"][0]["status"].as_str().expect("a status").to_owned();
        let (_, en, es) =
            sentences.iter().find(|(known, ..)| *known == status).expect("a sentence");
        assert!(
            page(&format!("/releases/check?{query}")).await.text.contains(en),
            "{query}: {status}"
        );
        assert!(
            page(&format!("/es/releases/check?{query}")).await.text.contains(es),
            "{query}: {status}"
        );
    }
}

#[tokio::test]
async fn the_address_of_a_page_is_checked_as_that_of_its_data() {
    let of = async |address: &str| {
        let path = format!("/v1/releases/check?cited={address}&release=1.0.0");
        let mut checked = data(&path).await["data"][0].clone();
        checked["cited"] = "".into();
        checked
    };
    for path in [
        "assistance-funding/col-fmf-2017-2023",
        "partners",
        "assistance-funding/totals?program=FMF",
    ] {
        let as_data = of(&format!("/v1/{path}")).await;
        assert_eq!(of(&format!("/{path}")).await, as_data, "{path}");
        assert_eq!(of(&format!("/es/{path}")).await, as_data, "{path}");
    }
}

#[tokio::test]
async fn what_was_cited_makes_no_element() {
    let hostile = "/v1/partners?q=%3Cscript%3Ealert(1)%3C/script%3E".replace('<', "%3C");
    let path = format!("/releases/check?cited={}&release=1.0.0", hostile.replace('%', "%25"));
    let html = page(&path).await.html;
    assert_eq!(html.matches("<script").count(), 1, "another script than ours");
}
