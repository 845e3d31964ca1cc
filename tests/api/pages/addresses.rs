//! Where pages are, what they redirect to, and what never becomes a page.

use partnership_api::dataset::Dataset;

use super::{Page, page};
use crate::service::{self, get, get_with};

#[tokio::test]
async fn nothing_under_v1_becomes_html_whatever_is_accepted() {
    let java = "text/html, image/gif, image/jpeg, */*; q=0.2";
    for path in [
        "/v1",
        "/v1/partners",
        "/v1/partners/COL",
        "/v1/assistance-funding/totals",
        "/v1/search?q=fmf",
    ] {
        let answer = get_with(path, &[("Accept", java)]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
    }
}

#[tokio::test]
async fn crawlers_that_accept_anything_get_the_page_with_its_card() {
    let answer = get_with("/assistance-funding/col-fmf-2017-2023", &[("Accept", "*/*")]).await;
    let page = Page::of(&answer);
    assert_eq!(page.html.matches("og:title").count(), 1);
    assert_eq!(answer.header("vary"), "Accept-Encoding");
}

#[tokio::test]
async fn data_names_its_page_and_a_page_names_its_data() {
    let data = get("/v1/assistance-funding?partner=COL").await;
    let link = data.header("link");
    assert!(
        link.contains("</assistance-funding?partner=COL>; rel=\"alternate\"; type=\"text/html\""),
        "{link}"
    );
    let record = get("/v1/assistance-funding/col-fmf-2017-2023").await;
    assert!(
        record
            .header("link")
            .contains("</assistance-funding/col-fmf-2017-2023>; rel=\"alternate\"")
    );
    let page = get("/es/assistance-funding/col-fmf-2017-2023").await;
    assert!(page.header("link").contains(
        "</v1/assistance-funding/col-fmf-2017-2023>; rel=\"alternate\"; type=\"application/json\""
    ));
    assert!(page.header("link").contains("rel=\"cite-as\""));
}

#[tokio::test]
async fn the_page_that_an_answer_names_is_there_whatever_the_answer_is_written_as() {
    for path in [
        "/v1/agreements?limit=2&format=csv",
        "/v1/agreements?fields=id&facets=kind&partner=COL",
        "/v1/assistance-funding.csv?partner=COL&bom=true&counted_by=program",
        "/v1/assistance-funding/totals?partner=COL&group_by=program&format=csv&rows=figures",
        "/v1/timeline?partner=COL&limit=3",
        "/v1/search?q=demining",
        "/v1/coverage?partner=COL&release=1.0.0",
    ] {
        let answer = get(path).await;
        let named = answer.header("link").split(", ").find(|link| link.contains("\"text/html\""));
        let page = named.and_then(|link| link.split(['<', '>']).nth(1));
        let page =
            page.unwrap_or_else(|| panic!("{path} names no page: {}", answer.header("link")));
        assert!(!page.starts_with("/v1"), "{path} names {page}");
        assert_eq!(get(page).await.status, 200, "{path} names {page}");
    }
}

#[tokio::test]
async fn every_link_of_a_page_of_a_former_release_is_one_that_answers() {
    for path in [
        "/?release=1.1.0",
        "/es/assistance-funding/col-fmf-2017-2023?release=1.0.0",
        "/problems/gone",
        "/methods/totals",
    ] {
        let page = page(path).await;
        let addresses = page.html.split(" href=\"").skip(1);
        let addresses = addresses.filter_map(|rest| rest.split('"').next());
        let ours: std::collections::BTreeSet<_> =
            addresses.filter(|address| address.starts_with('/')).collect();
        for address in ours {
            let address = address.replace("&amp;", "&");
            assert!(get(&address).await.status < 400, "{path} leads to {address}");
        }
    }
}

#[tokio::test]
async fn the_empty_fields_of_a_form_are_dropped_by_a_redirect() {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    for prefix in ["", "/es"] {
        let url = format!(
            "{}{prefix}/assistance-funding?partner=COL&q=&stage=provided&stage=actual",
            service::base()
        );
        let answer = client.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), 303);
        let location = answer.headers()["location"].to_str().expect("text");
        assert_eq!(
            location,
            format!("{prefix}/assistance-funding?partner=COL&stage=provided,actual")
        );
    }
}

#[tokio::test]
async fn a_filter_leaves_the_other_values_of_its_field_to_be_ticked() {
    let page = page("/assistance-funding?partner=COL&program=FMF").await;
    assert!(page.html.contains("value=\"IMET\""));
    assert!(page.html.contains("value=\"FMF\" checked"));
}

#[tokio::test]
async fn a_faulty_question_is_a_page_with_the_status_of_its_json_and_the_form_as_it_was_sent() {
    let answer = get("/assistance-funding?partner=COL&stage=provded").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("cache-control"), "no-store");
    let page = Page::of(&answer);
    page.is_sound("a problem");
    assert!(page.html.contains("aria-describedby"), "{}", page.html);
    assert!(page.html.contains("value=\"COL\"") && page.html.contains("value=\"provded\""));
    let json = get("/v1/assistance-funding?partner=COL&stage=provded").await.json();
    let meant = json["errors"][0]["did_you_mean"].as_str().expect("a hint");
    assert!(page.html.contains(&format!("stage={meant}")), "{meant} is no link");
}

#[tokio::test]
async fn a_path_that_nothing_has_is_a_page_for_a_browser_and_json_for_a_program() {
    let browser = get_with("/no/such/page", &[("Accept", "text/html,*/*;q=0.8")]).await;
    assert_eq!(browser.status, 404);
    Page::of(&browser).is_sound("a path that nothing has");
    let program = get("/no/such/page").await;
    assert_eq!((program.status, program.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn a_page_of_a_former_release_says_so_and_keeps_to_it() {
    let page = page("/assistance-funding/col-fmf-2017-2023?release=1.0.0").await;
    assert!(page.text.contains("A former release: 1.0.0"), "{}", page.text);
    assert!(page.html.contains("href=\"/assistance-funding?release=1.0.0\""));
    let other = super::page("/assistance-funding/col-fmf-2017-2023").await;
    assert!(!other.text.contains("A former release"));
}

#[tokio::test]
async fn a_page_is_revalidated_like_its_data() {
    let first = get("/es/partners").await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with("W/"));
    let again = get_with("/es/partners", &[("If-None-Match", &etag)]).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_ne!(etag, get("/partners").await.header("etag"), "two languages share a validator");
}

#[tokio::test]
async fn files_of_pages_are_named_by_their_bytes_and_kept_for_ever() {
    let page = page("/partners").await;
    let style = page
        .html
        .split("href=\"")
        .find_map(|rest| rest.split('"').next().filter(|path| path.starts_with("/assets/site.")));
    let style = get(style.expect("a stylesheet")).await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(style.header("cache-control").contains("immutable"));
    assert_eq!(get("/assets/site.0.css").await.status, 404);
}

#[tokio::test]
async fn pages_behind_a_prefix_lead_to_pages_behind_it_on_the_host_that_was_asked() {
    let base = service::start(
        Dataset::embedded().expect("sound data"),
        "https://data.example.org/security",
    );
    for path in
        ["/", "/es", "/assistance-funding?partner=COL", "/assistance-funding/col-fmf-2017-2023"]
    {
        let html = reqwest::get(format!("{base}/security{path}"))
            .await
            .expect("an answer")
            .text()
            .await
            .expect("text");
        for part in html
            .split(" href=\"")
            .skip(1)
            .chain(html.split(" action=\"").skip(1))
            .chain(html.split(" src=\"").skip(1))
        {
            let address = part.split('"').next().unwrap_or_default();
            let is_ours = address.starts_with("/security") || address.starts_with('#');
            assert!(is_ours || address.starts_with("https://"), "{path} leads to {address}");
        }
        assert!(
            html.contains("property=\"og:url\" content=\"https://data.example.org/security"),
            "{path}"
        );
        assert!(html.contains("href=\"/security/assets/site."), "{path}");
    }
}

#[tokio::test]
async fn without_a_public_address_a_page_names_none() {
    let page = page("/").await;
    assert!(!page.html.contains("og:url") && !page.html.contains("rel=\"canonical\""));
}

#[tokio::test]
async fn the_questions_of_the_data_are_answered_on_the_front_page() {
    for (prefix, language) in [("/", "en"), ("/es", "es")] {
        let page = page(prefix).await;
        let release = get("/v1/dataset").await.json();
        let questions =
            release["data"]["release"]["questions"].as_array().expect("questions").clone();
        assert_eq!(questions.len(), 6);
        for question in questions {
            assert!(
                page.text.contains(question[language].as_str().expect("a question")),
                "{question}"
            );
            let path = format!(
                "/{}/{}",
                question["collection"].as_str().expect("a collection"),
                question["id"].as_str().expect("an id")
            );
            let item = get(&format!("/v1{path}")).await.json();
            let sentence = item["sentence"][language].as_str().expect("a sentence");
            let words: Vec<_> = sentence.split_whitespace().collect();
            assert!(
                page.text.contains(&words.join(" "))
                    || page.text.contains(words[..4].join(" ").as_str()),
                "{sentence}"
            );
            assert!(page.html.contains(&format!("{path}\"")), "{path} is not linked");
        }
    }
}

#[tokio::test]
async fn a_number_is_held_against_every_figure_that_says_or_allows_it() {
    let checked = page("/check?number=%24450+million&partner=Colombia&year=2023").await;
    assert!(
        checked.text.contains("No figure found here says $450 million for Colombia in 2023"),
        "{}",
        checked.text
    );
    for id in ["col-total-state-usaid-2023", "col-total-security-assistance-2023"] {
        assert!(checked.html.contains(&format!("/assistance-funding/{id}\"")), "{id} is not named");
    }
    let said = page("/es/check?number=278+millones&partner=COL").await;
    assert!(said.html.contains("/es/assistance-funding/col-fmf-2017-2023\""));
    assert!(said.text.contains("Dice aproximadamente eso."), "{}", said.text);
    let faulty = get("/check?number=many&partner=Atlantis&year=23").await;
    assert_eq!(faulty.status, 400);
    assert_eq!(Page::of(&faulty).html.matches("aria-invalid").count(), 3);
}

#[tokio::test]
async fn a_chart_to_embed_may_be_framed_by_anyone_and_a_page_by_nobody() {
    let question = "?partner=COL&program=FMF&group_by=fiscal_year";
    for prefix in ["", "/es"] {
        let embedded = get(&format!("{prefix}/embed/assistance-funding/totals{question}")).await;
        assert_eq!(embedded.status, 200);
        assert!(embedded.header("content-security-policy").contains("frame-ancestors *"));
        let page = Page::of(&embedded);
        page.is_sound("a chart to embed");
        assert_eq!((page.count("script"), page.count("nav"), page.count("form")), (0, 0, 0));
        assert_eq!(
            page.html.matches("<a ").count()
                - page.html.matches("/assistance-funding/col-").count(),
            1
        );
        assert!(page.html.contains("class=\"chart\""), "no chart");
        let whole = get(&format!("{prefix}/assistance-funding/totals{question}")).await;
        assert!(whole.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(whole.text().contains("&lt;iframe src="), "no line to embed");
        assert_ne!(whole.header("etag"), embedded.header("etag"));
    }
}
