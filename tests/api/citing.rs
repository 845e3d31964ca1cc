//! Citations: a record, a list or a sum, pinned to its release, for articles and reference managers.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use partnership_api::dataset::Dataset;
use serde_json::Value as Json;

use crate::reading::{collections, refused, text, with};
use crate::service::{Answer, data, get, get_with, start};

const FORMS: [(&str, &str); 6] = [
    ("csl", "application/vnd.citationstyles.csl+json"),
    ("bibtex", "application/x-bibtex; charset=utf-8"),
    ("ris", "application/x-research-info-systems"),
    ("apa", "text/plain; charset=utf-8"),
    ("chicago", "text/plain; charset=utf-8"),
    ("mediawiki", "text/plain; charset=utf-8"),
];

/// What the service answers that can be cited.
const CITED: [&str; 5] = [
    "/v1/assistance-funding/col-fmf-2017-2023",
    "/v1/partners/COL",
    "/v1/sources/pm-sau",
    "/v1/assistance-funding?partner=COL&program=FMF",
    "/v1/assistance-funding/totals?partner=COL&program=FMF",
];

/// The version of the data.
async fn version() -> String {
    text(&data("/v1").await["meta"]["dataset"]["version"])
}

/// The address to cite in the `Link` header.
fn cite_as(answer: &Answer) -> Option<String> {
    let mut links = answer.header("link").split(", ");
    let link = links.find_map(|link| link.strip_suffix("; rel=\"cite-as\""))?;
    Some(link.trim_matches(['<', '>']).to_owned())
}

#[tokio::test]
async fn records_lists_and_sums_are_cited_in_every_form() {
    for path in CITED {
        for (word, media) in FORMS {
            let answer = get(&with(path, &format!("format={word}"))).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert_eq!(answer.header("content-type"), media, "{path}");
            assert!(answer.header("etag").starts_with("W/"), "{path}");
            let version = version().await;
            assert!(answer.text().contains(&version), "{path}: {}", answer.text());
            if answer.header("content-type").starts_with("text/plain") {
                assert_eq!(answer.text().lines().count(), 1, "{}", answer.text());
                assert!(answer.header("content-disposition").is_empty(), "{path}");
            } else {
                assert!(answer.header("content-disposition").contains(&version), "{path}");
            }
        }
    }
    refused("/v1/partners/COL?format=endnote", "format").await;
    refused("/v1/timeline?format=apa", "format").await;
}

#[tokio::test]
async fn a_citation_keeps_the_qualifier_and_names_the_document_behind_it() {
    let apa = get("/v1/assistance-funding/col-fmf-2017-2023?format=apa").await.text();
    for part in [
        "Security partnerships of the United States. (2026). ",
        "Colombia: Foreign Military Financing, FY 2017–2023, about $278 million (provided)",
        "[Data set]. Source: U.S. Department of State",
        "assistance-funding/col-fmf-2017-2023",
    ] {
        assert!(apa.contains(part), "{apa}");
    }
    let sum = get("/v1/assistance-funding/totals?partner=COL&program=FMF&format=apa").await.text();
    let words =
        "Sum of assistance funding (partner: Colombia; program: Foreign Military Financing): ";
    assert!(sum.contains(words), "{sum}");
    assert!(
        sum.contains("on record") || sum.contains("than $") || sum.contains("about $"),
        "{sum}"
    );
    let list =
        get("/v1/arms-sales?partner=COL&fiscal_year_min=2007&sort=-amount_usd&limit=3&format=apa")
            .await
            .text();
    assert!(
        list.contains(
            "Arms sales (fiscal year: from 2007; partner: Colombia; sort: -amount_usd): "
        ),
        "{list}"
    );
}

#[tokio::test]
async fn an_address_stands_in_a_citation_only_where_the_service_knows_its_own() {
    let unknown = get("/v1/partners/COL?format=csl").await.json();
    assert_eq!(unknown[0].get("URL"), None);
    let base = start(Dataset::embedded().expect("sound data"), "https://data.example/security");
    let ask = |path: String| async move {
        let answer = reqwest::get(path).await.expect("an answer");
        answer.text().await.expect("a text")
    };
    let csl: Json = serde_json::from_str(&ask(format!("{base}/v1/partners/COL?format=csl")).await)
        .expect("JSON");
    let version = text(&csl[0]["version"]);
    let address = format!("https://data.example/security/v1/partners/COL?release={version}");
    assert_eq!(csl[0]["URL"], address);
    for form in ["bibtex", "ris", "apa", "chicago", "mediawiki"] {
        let cited = ask(format!("{base}/v1/partners/COL?format={form}")).await;
        assert!(cited.contains(&address), "{cited}");
    }
}

#[tokio::test]
async fn every_answer_of_data_says_where_it_is_cited() {
    let version = version().await;
    for (path, cited) in [
        ("/v1/partners/COL", "/v1/partners/COL?release="),
        ("/v1/partners?limit=3&offset=3", "/v1/partners?release="),
        ("/v1/partners?limit=3&format=csv", "/v1/partners?release="),
        ("/v1/partners.csv?region=africa", "/v1/partners?region=africa&release="),
        ("/v1/partners.json?fields=id&region=africa", "/v1/partners?region=africa&release="),
        ("/v1/partners.xlsx?limit=3", "/v1/partners?release="),
        ("/v1/partners.zip?limit=3", "/v1/partners?release="),
        ("/v1/arms-sales/totals?partner=COL", "/v1/arms-sales/totals?partner=COL&release="),
        (
            "/v1/arms-sales/totals?partner=COL&format=csv&rows=figures",
            "/v1/arms-sales/totals?partner=COL&release=",
        ),
        ("/v1/deployments/totals", "/v1/deployments/totals?release="),
        ("/v1/timeline?from=2022&limit=2", "/v1/timeline?from=2022&release="),
        ("/v1/search?q=demining&limit=2", "/v1/search?q=demining&release="),
        ("/v1/partners/COL?format=apa", "/v1/partners/COL?release="),
    ] {
        let answer = get(path).await;
        let cited = format!("{cited}{version}");
        assert_eq!(cite_as(&answer).as_deref(), Some(cited.as_str()), "{path}");
        if answer.header("content-type") == "application/json" {
            assert_eq!(answer.json()["links"]["cite_as"], cited, "{path}");
        }
    }
}

#[tokio::test]
async fn accept_asks_for_the_forms_that_have_a_media_type_of_their_own() {
    for (word, media) in &FORMS[..3] {
        let media = media.split(';').next().unwrap_or_default();
        let path = "/v1/assistance-funding/col-fmf-2017-2023";
        let asked = get_with(path, &[("accept", media)]).await;
        assert_eq!(asked.bytes, get(&with(path, &format!("format={word}"))).await.bytes, "{word}");
        assert!(asked.header("vary").contains("Accept,"), "{}", asked.header("vary"));
    }
    let text = get_with("/v1/partners/COL", &[("accept", "text/plain")]).await;
    assert_eq!(text.status, 406, "{}", text.text());
}

/// The files of a zip archive, by name.
fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let count = archive.len();
    let read = |at| {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (file.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(read).collect::<Vec<_>>()
}

#[tokio::test]
async fn an_archive_holds_records_method_doubts_sources_citation_and_question() {
    let question = "partner=COL&program=FMF";
    let answer = get(&format!("/v1/assistance-funding.zip?{question}")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"));
    assert!(!answer.header("etag").starts_with("W/"), "{}", answer.header("etag"));
    assert_eq!(answer.header("accept-ranges"), "bytes");
    let again = get(&format!("/v1/assistance-funding.zip?{question}")).await;
    assert!(answer.bytes == again.bytes, "the same bytes each time");
    let files = unzipped(&answer.bytes);
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "README.md",
        "assistance-funding.csv",
        "citation.bib",
        "citation.csl.json",
        "citation.ris",
        "citation.txt",
        "question.json",
        "sources.csv",
    ];
    assert_eq!(names, BTreeSet::from(expected));
    let file = |name: &str| &files.iter().find(|(known, _)| known == name).expect("the file").1;
    let csv = get(&format!("/v1/assistance-funding.csv?{question}")).await;
    assert!(
        *file("assistance-funding.csv") == csv.bytes,
        "the rows of the address that ends in .csv"
    );
    let readme = String::from_utf8_lossy(file("README.md")).into_owned();
    for part in [
        "# Assistance funding (partner: Colombia; program: Foreign Military Financing): ",
        "`amount_qualifier` is `approximately`",
        "`confidence` is ",
        "Sources disagree, `conflicts/",
        "Add `counted_usd`",
    ] {
        assert!(readme.contains(part), "{part}: {readme}");
    }
    let asked: Json = serde_json::from_slice(file("question.json")).expect("JSON");
    assert_eq!(asked["parameters"]["program"], "FMF");
    assert_eq!(asked["address"], format!("/v1/assistance-funding.zip?{question}"));
    let part =
        get_with(&format!("/v1/assistance-funding.zip?{question}"), &[("range", "bytes=0-3")])
            .await;
    assert_eq!((part.status, &part.bytes[..]), (206, &answer.bytes[..4]));
}

#[tokio::test]
async fn every_collection_has_an_archive_of_its_own() {
    for collection in collections().await {
        let name = text(&collection["name"]);
        let answer = get(&format!("/v1/{name}.zip?limit=3")).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        let files = unzipped(&answer.bytes);
        assert!(files.iter().any(|(file, _)| *file == format!("{name}.csv")), "{name}");
    }
    refused("/v1/partners.zip?format=csv", "format").await;
    refused("/v1/partners.zip?facets=region", "facets").await;
}
