//! A work for tests, with every letter that some form has to escape.

use super::work::{CitedDocument, CitedWork};

/// What no form may take for its own marks.
pub(super) const NASTY: &str =
    r#"50% & more_than #1 {a|b} $5 ~x^2 \end "q" 'it''s' <b> [c] años – €"#;

pub(super) fn work() -> CitedWork {
    CitedWork {
        title: "A partner: Some Program, FY 2017–2023, about $278 million".to_owned(),
        part: "record assistance-funding/some-figure".to_owned(),
        author: "Security partnerships of the United States".to_owned(),
        released: "2026-11-26".parse().expect("a date"),
        version: "1.2.0".to_owned(),
        digest: "9c450604b8ae358d".to_owned(),
        url: Some(
            "https://data.example/v1/assistance-funding/some-figure?release=1.2.0".to_owned(),
        ),
        sources: vec![
            CitedDocument {
                id: "state-1".to_owned(),
                title: NASTY.to_owned(),
                publisher: "U.S. Department of State".to_owned(),
                url: "https://example.org/a_b?c=1&d=%20".to_owned(),
                published: None,
            },
            CitedDocument {
                id: "crs-1".to_owned(),
                title: "A report".to_owned(),
                publisher: "Congressional Research Service".to_owned(),
                url: "https://example.org/r".to_owned(),
                published: Some("2019-04".parse().expect("a date")),
            },
        ],
    }
}
