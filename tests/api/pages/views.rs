//! The pages of search, timeline and coverage say what their data says.

use super::page;
use crate::service::{data, get};

/// How many things of a list of JSON match.
fn count(list: &serde_json::Value, wanted: impl Fn(&serde_json::Value) -> bool) -> usize {
    list.as_array().expect("a list").iter().filter(|one| wanted(one)).count()
}

#[tokio::test]
async fn a_search_without_words_is_a_form_and_no_error() {
    for (path, example) in
        [("/search", "/search?q=demining"), ("/es/search", "/es/search?q=desminado")]
    {
        let form = page(path).await;
        assert!(form.html.contains("name=\"q\""), "{path} has no field for words");
        assert!(form.html.contains(&format!("href=\"{example}\"")), "{path} has no example");
        assert_eq!(get(example).await.status, 200);
    }
}

#[tokio::test]
async fn what_a_search_finds_is_on_its_page_with_the_words_set_apart() {
    let found = data("/v1/search?q=black+hawk&limit=1000").await;
    for path in ["/search?q=black+hawk&limit=1000", "/es/search?q=black+hawk&limit=1000"] {
        let results = page(path).await;
        for hit in found["data"].as_array().expect("hits") {
            let id = hit["id"].as_str().expect("an id");
            assert!(results.html.contains(&format!("/{id}\">")), "{path} leaves out {id}");
        }
        assert!(results.html.contains("<mark>Black</mark> <mark>Hawk</mark>"), "{path}");
    }
    let accents = page("/es/search?q=antinarcoticos").await;
    assert!(accents.html.contains("<mark>antinarcóticos</mark>"), "accents hide words");
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_that_this_is_not_zero() {
    assert!(page("/search?q=zzzz").await.text.contains("Not found is not zero"));
    assert!(page("/es/search?q=zzzz").await.text.contains("No encontrado no es cero"));
}

#[tokio::test]
async fn views_refuse_what_their_data_refuses() {
    for query in [
        "search?q=a&partner=Colombia",
        "search?q=a&zz=1",
        "timeline?from=x",
        "coverage?partner=ZZZ",
    ] {
        let refused = get(&format!("/v1/{query}")).await;
        assert_eq!((refused.status, get(&format!("/{query}")).await.status), (400, 400), "{query}");
    }
}

#[tokio::test]
async fn the_words_of_a_search_make_no_element() {
    let hostile = "%3Cscript%3Ealert(1)%3C/script%3E+%22%3E%3Cimg+src=x%3E";
    for path in [format!("/search?q={hostile}"), format!("/es/search?q={hostile}")] {
        let html = page(&path).await.html;
        assert_eq!(html.matches("<script").count(), 1, "{path}: another script than ours");
        assert!(!html.contains("<img"), "{path}");
    }
}

#[tokio::test]
async fn the_timeline_has_a_line_for_each_date_and_marks_open_ends() {
    let query = "partner=COL&to=1960&limit=1000";
    let dates = data(&format!("/v1/timeline?{query}")).await;
    let open = count(&dates["data"], |event| event["open"] == true);
    assert!(open > 0);
    for (path, words) in [
        (format!("/timeline?{query}"), "end not stated"),
        (format!("/es/timeline?{query}"), "sin fin declarado"),
    ] {
        let timeline = page(&path).await;
        for event in dates["data"].as_array().expect("dates") {
            let record = format!(
                "{}/{}\"",
                event["kind"].as_str().expect("a kind"),
                event["id"].as_str().expect("an id")
            );
            assert!(timeline.html.contains(&record), "{path} leaves out {record}");
        }
        assert_eq!(timeline.html.matches("class=\"open-end\"").count(), open, "{path}");
        assert!(timeline.text.contains(words), "{path}");
    }
}

#[tokio::test]
async fn years_without_a_date_are_said_also_between_two_pages() {
    let whole = page("/timeline?partner=COL&kind=agreements").await;
    assert!(whole.text.contains("No such date is on record for"), "{}", whole.text);
    let gaps = |text: &str| text.matches("No such date is on record for").count();
    let dates = data("/v1/timeline?partner=COL&kind=agreements").await["meta"]["total"].as_u64();
    let mut apart = 0;
    for offset in 0..dates.expect("a total") {
        let path = format!("/timeline?partner=COL&kind=agreements&limit=1&offset={offset}");
        apart += gaps(&page(&path).await.text);
    }
    assert_eq!(apart, gaps(&whole.text));
}

#[tokio::test]
async fn each_cell_of_the_coverage_page_is_one_of_its_data() {
    let coverage = data("/v1/coverage?partner=COL").await;
    let counts = &coverage["data"][0]["counts"];
    for path in ["/coverage?partner=COL", "/es/coverage?partner=COL"] {
        let grid = page(path).await;
        let cells =
            |class: &str| grid.html.matches(&format!("<td class=\"{class}\">")).count() as u64;
        let present = cells("full") + cells("asked") + cells("zero");
        assert_eq!(Some(present), counts["present"].as_u64(), "{path}");
        assert!(cells("full") > 0 && cells("asked") > 0 && cells("zero") > 0, "{path}");
        // Years before the first figure of a single year share a column.
        assert!(
            cells("inside") > 0 && Some(cells("inside")) <= counts["inside_longer_period"].as_u64()
        );
        let absent = counts["not_found"].as_u64().expect("a count");
        assert!(grid.text.contains(&format!("{absent} ")), "{path} does not say {absent}");
    }
    assert!(page("/coverage?partner=COL").await.text.contains("which does not mean zero"));
    assert!(page("/es/coverage?partner=COL").await.text.contains("lo que no significa cero"));
}

#[tokio::test]
async fn every_partner_has_a_row_those_of_series_apart() {
    let partners = data("/v1/partners?limit=1000&fields=id,depth").await;
    for path in ["/coverage", "/es/coverage"] {
        let all = page(path).await;
        let (facts, series) = all.html.split_once("id=\"series\"").expect("two tables");
        let rows = |part: &str| part.matches("<th scope=\"row\">").count();
        assert_eq!(rows(facts), count(&partners["data"], |one| one["depth"] == "facts"), "{path}");
        assert_eq!(
            rows(series),
            count(&partners["data"], |one| one["depth"] == "series"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_country_of_which_nothing_is_on_record_is_named_and_is_not_zero() {
    for path in ["/coverage?partner=BVT", "/timeline?partner=BVT", "/search?q=aid&partner=BVT"] {
        let answer = data(&format!("/v1{path}")).await;
        assert_eq!(answer["meta"]["not_covered"][0], "BVT", "{path}");
        let text = page(path).await.text;
        assert!(text.contains("Bouvet Island") && text.contains("not zero"), "{path}: {text}");
    }
}
