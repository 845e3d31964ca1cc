//! Pages of sums.

use partnership_api::model::Usd;
use partnership_api::words::{Language, usd_phrase};
use serde_json::Value as Json;

use super::{in_both, links_to, page, text_of};
use crate::reading::text;
use crate::service::{data, get};
use crate::small::get as get_small;

const QUESTIONS: [&str; 8] = [
    "assistance-funding/totals?partner=COL&program=FMF",
    "assistance-funding/totals?partner=COL&program=FMF&fiscal_year=2008",
    "assistance-funding/totals?partner=COL&group_by=fiscal_year&spread=even",
    "assistance-funding/totals?program_within=NADR&partner=COL&prefer=detail",
    "arms-sales/totals?partner=COL&measure=active_cases",
    "deployments/totals?partner=COL&group_by=mission",
    "training/totals?partner=COL&group_by=program",
    "training/totals?partner=CUB",
];

/// The sum of a total as it is printed: the least of one that is not whole.
fn printed(total: &Json) -> Option<Json> {
    let amount = ["amount", "cost"].into_iter().map(|key| &total[key]).find(|a| a.is_object())?;
    let on_record = amount["qualifier"] == "on_record" && !amount["min_usd"].is_null();
    Some(amount[if on_record { "min_usd" } else { "usd" }].clone())
}

#[tokio::test]
async fn the_page_of_a_sum_prints_what_its_json_answers_in_both_languages() {
    for question in QUESTIONS {
        let answer = data(&format!("/v1/{question}")).await;
        let total = &answer["total"];
        for path in in_both(&format!("/{question}")) {
            let page = page(&path).await.html;
            let said = text_of(&page);
            if let Some(usd) = printed(total).and_then(|usd| usd.as_i64()) {
                let language = if path.starts_with("/es") { Language::Es } else { Language::En };
                let phrase = usd_phrase(Usd::try_from(usd).expect("dollars"), language);
                let words: Vec<&str> = phrase.split_whitespace().collect();
                assert!(said.contains(&words.join(" ")), "{path}: {phrase}");
            }
            if let Some(people) = total["count"]["min_personnel"].as_i64() {
                assert!(said.contains(&people.to_string()), "{path}: {people}");
            }
        }
    }
}

#[tokio::test]
async fn a_sum_that_is_not_whole_says_at_least_and_on_record_and_a_whole_one_does_not() {
    let heading = |page: &str| {
        let from = page.find("<h1").expect("a heading");
        let to = page.find("</h1>").expect("its end");
        text_of(&page[from..to])
    };
    let partial = "/assistance-funding/totals?partner=COL&program=FMF";
    let en = heading(&page(partial).await.html);
    assert!(en.contains("at least $861,619,500 on record"), "{en}");
    let es = heading(&page(&format!("/es{partial}")).await.html);
    assert!(es.contains("al menos") && es.contains("según consta"), "{es}");
    let whole = heading(&page(&format!("{partial}&fiscal_year=2008")).await.html);
    assert!(whole.contains("$52.57 million for fiscal year 2008."), "{whole}");
    assert!(!whole.contains("at least") && !whole.contains("on record"), "{whole}");
}

#[tokio::test]
async fn a_sum_without_an_amount_says_why_and_that_not_found_is_not_zero() {
    let never_added = page("/arms-sales/totals").await.html;
    assert!(text_of(&never_added).contains("make no sum"), "no sum");
    assert!(never_added.contains("channels or measures, which make no sum"), "the reason");
    for path in in_both("/assistance-funding/totals?partner=PRK") {
        let said = text_of(&page(&path).await.html);
        let not_zero = ["Not found is not zero", "No encontrada no quiere decir cero"];
        assert!(not_zero.iter().any(|text| said.contains(text)), "{path}");
    }
}

#[tokio::test]
async fn each_figure_of_a_sum_leads_to_its_record_and_each_left_out_stands_under_its_reason() {
    let question = "assistance-funding/totals?partner=COL&program=FMF";
    let answer = data(&format!("/v1/{question}")).await;
    let codes = data("/v1/codes/counting").await;
    for path in in_both(&format!("/{question}")) {
        let language = if path.starts_with("/es") { "es" } else { "en" };
        let prefix = if language == "es" { "/es" } else { "" };
        let page = page(&path).await.html;
        let record = |id: &Json| format!("{prefix}/assistance-funding/{}", text(id));
        let (counted, left_out) = page.split_once("id=\"left-out\"").expect("two columns");
        for id in answer["total"]["included"].as_array().expect("a list") {
            assert_eq!(links_to(counted, &record(id)), 1, "{id}");
        }
        for excluded in answer["total"]["excluded"].as_array().expect("a list") {
            let row = format!("href=\"{}\"", record(&excluded["id"]));
            let reason = codes["data"]["codes"]
                .as_array()
                .and_then(|codes| codes.iter().find(|code| code["code"] == excluded["because"]));
            let reason = text(&reason.expect("a known reason")["definition"][language]);
            let under = left_out.split("class=\"reason\"").filter(|part| part.contains(&row));
            let under: Vec<&str> = under.collect();
            assert!(under.iter().any(|part| part.contains(&reason)), "{row}: {reason}");
        }
    }
}

#[tokio::test]
async fn a_group_of_a_sum_has_a_row_with_its_own_qualifier() {
    let question = "assistance-funding/totals?partner=COL&group_by=program";
    let answer = data(&format!("/v1/{question}")).await;
    let groups = answer["data"].as_array().expect("groups").len();
    let page = page(&format!("/{question}")).await.html;
    let table = page.split_once("class=\"groups\"").expect("a table").1;
    let table = table.split_once("</table>").expect("its end").0;
    assert_eq!(table.matches("<th scope=\"row\"").count(), groups);
    let not_whole = answer["data"].as_array().expect("groups").iter();
    let not_whole = not_whole.filter(|group| {
        group["amount"]["qualifier"] == "on_record" && !group["amount"]["min_usd"].is_null()
    });
    assert_eq!(table.matches("<i>at least</i>").count(), not_whole.count());
}

#[tokio::test]
async fn the_page_of_a_sum_over_very_many_figures_stays_small_and_leads_to_all_of_them() {
    for path in in_both("/training/totals?group_by=partner") {
        let page = page(&path).await.html;
        assert!(page.len() < 120_000, "{path}: {} bytes", page.len());
        assert!(page.contains("format=csv&amp;rows=figures"), "{path}");
    }
}

#[tokio::test]
async fn the_page_of_a_sum_refuses_what_its_json_refuses_and_how_an_answer_is_written() {
    for query in ["partner=COLL", "group_by=prgram", "q=radar", "prefer=most", "fiscal_year=abc"] {
        let json = get(&format!("/v1/assistance-funding/totals?{query}")).await;
        let page = get(&format!("/assistance-funding/totals?{query}")).await;
        assert_eq!((json.status, page.status), (400, 400), "{query}");
    }
    for query in ["format=csv", "format=apa", "rows=groups"] {
        let page = get(&format!("/assistance-funding/totals?{query}")).await;
        assert_eq!(page.status, 400, "{query}");
    }
    // People are never divided over years.
    assert_eq!(get("/deployments/totals?spread=even").await.status, 400);
}

#[tokio::test]
async fn the_forms_of_citation_on_a_page_of_a_named_release_answer() {
    for path in [
        "/assistance-funding/totals?partner=COL&program=FMF&release=1.1.0",
        "/assistance-funding/col-fmf-2017-2023?release=1.1.0",
    ] {
        let page = page(path).await.html;
        let mut forms = page.split("href=\"").filter_map(|part| part.split('"').next());
        let form = forms.find(|link| link.contains("format=bibtex")).expect("a form of citation");
        let form = form.replace("&amp;", "&");
        assert_eq!(form.matches("release=").count(), 1, "{form}");
        assert_eq!(get(&form).await.status, 200, "{form}");
    }
}

#[tokio::test]
async fn hostile_values_of_a_question_make_no_element() {
    let hostile = "%3Cscript%3Ealert(1)%3C/script%3E";
    for name in ["partner", "program", "component", "group_by"] {
        let answer = get_small(&format!("/assistance-funding/totals?{name}={hostile}")).await;
        assert!(!answer.text().contains("<script>alert"), "{name}");
    }
}
