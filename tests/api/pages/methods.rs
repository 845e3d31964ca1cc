//! Methods and codes as pages, and the files that crawlers ask for.

use partnership_api::dataset::Dataset;

use super::{Page, page};
use crate::service::{self, data, get};

#[tokio::test]
async fn the_page_of_the_sums_has_every_heading_of_its_text() {
    let text = get("/v1/methods/totals").await.text();
    for path in ["/methods/totals", "/es/methods/totals"] {
        let method = page(path).await;
        for heading in text.lines().filter_map(|line| line.strip_prefix("# ")) {
            let said = heading.replace('`', " ");
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown = method.text.replace(" :", ":").replace(" ,", ",");
            assert!(shown.contains(&said), "{path} has no {said}");
        }
    }
}

#[tokio::test]
async fn english_texts_say_so_on_spanish_pages() {
    for path in ["/es/methods/totals", "/es/methods/data", "/es/releases/2.0.0"] {
        assert!(page(path).await.html.contains("class=\"prose\" lang=\"en\""), "{path}");
    }
    assert!(!page("/methods/data").await.html.contains("class=\"prose\" lang"));
}

#[tokio::test]
async fn the_page_about_the_data_has_what_a_reader_needs_and_not_how_to_add_records() {
    let text = page("/methods/data").await.text;
    assert!(text.contains("How to read an amount") && text.contains("What is missing"));
    assert!(!text.contains("How to add a record"));
}

#[tokio::test]
async fn every_closed_list_is_a_page_with_each_code_in_words() {
    let lists = data("/v1/codes").await;
    for list in lists["data"].as_array().expect("lists") {
        let name = list["name"].as_str().expect("a name");
        let codes = data(&format!("/v1/codes/{name}")).await;
        for (prefix, language) in [("", "en"), ("/es", "es")] {
            let shown = page(&format!("{prefix}/codes/{name}")).await;
            for code in codes["data"]["codes"].as_array().expect("codes") {
                let definition = code["definition"][language].as_str().expect("a definition");
                let words = definition.split('`').next().expect("words").trim();
                assert!(shown.text.contains(words), "{prefix}/codes/{name}: {words}");
            }
        }
    }
    assert!(get("/codes/stag").await.text().contains("/codes/stage"));
}

#[tokio::test]
async fn a_problem_is_a_page_that_may_load_its_style() {
    for path in ["/codes/none", "/search?zz=1", "/es/timeline?from=x"] {
        let problem = get(path).await;
        assert!(problem.status >= 400);
        Page::of(&problem).is_sound(path);
        assert!(problem.header("content-security-policy").contains("style-src 'self'"), "{path}");
    }
}

#[tokio::test]
async fn the_map_of_the_site_lists_pages_of_facts_where_the_address_is_public() {
    assert_eq!(get("/sitemap.xml").await.status, 404);
    assert!(!get("/robots.txt").await.text().contains("Sitemap:"));
    let dataset = Dataset::embedded().expect("sound data");
    let base = service::start(dataset, "https://data.example.org/security");
    let text = async |path: &str| {
        let answer = reqwest::get(format!("{base}{path}")).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.expect("text")
    };
    let map = text("/sitemap.xml").await;
    assert!(
        text("/robots.txt")
            .await
            .contains("Sitemap: https://data.example.org/security/sitemap.xml")
    );
    for path in [
        "/partners/COL",
        "/es/partners/COL",
        "/assistance-funding/col-fmf-2017-2023",
        "/es/coverage",
    ] {
        assert!(
            map.contains(&format!("<loc>https://data.example.org/security{path}</loc>")),
            "{path}"
        );
    }
    for absent in ["/partners/CHN<", "/us-personnel/", "/training/"] {
        assert!(!map.contains(absent), "{absent}");
    }
    for address in map.split("<loc>").skip(1).step_by(97) {
        let address = address.split('<').next().expect("an address");
        text(address.strip_prefix("https://data.example.org/security").expect("ours")).await;
    }
}
