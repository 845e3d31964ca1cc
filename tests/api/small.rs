//! A service of a small package, for what the real data may not hold: accents, formulas, ties, gaps.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use partnership_api::dataset::{Dataset, Package};
use serde_json::{Value as Json, json};

use crate::service::{Answer, start};

/// Where the small service listens.
fn base() -> &'static str {
    static BASE: OnceLock<String> = OnceLock::new();
    BASE.get_or_init(|| start(dataset(), ""))
}

/// Asks the small service for a path.
pub(crate) async fn get(path: &str) -> Answer {
    let response = reqwest::get(format!("{}{path}", base())).await.expect("the service answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("the body arrives").to_vec();
    Answer { status, headers, bytes }
}

/// The ids that the small service answers a question with, in order.
pub(crate) async fn found(path: &str) -> Vec<String> {
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    crate::reading::ids(&answer.json())
}

/// The sound package of the fixtures, with agreements of its own.
fn dataset() -> Dataset {
    sound_with("agreements.jsonl", &agreements())
}

/// The sound package of the fixtures, with one of its files made anew.
pub(crate) fn sound_with(file: &str, records: &[Json]) -> Dataset {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
    let entries = fs::read_dir(folder).expect("a folder of fixtures");
    let mut files: BTreeMap<String, Vec<u8>> = entries
        .map(|entry| {
            let entry = entry.expect("an entry of the folder");
            let name = entry.file_name().into_string().expect("a file name in UTF-8");
            (name, fs::read(entry.path()).expect("a readable file"))
        })
        .collect();
    // A conflict names records that may be gone.
    files.insert("conflicts.jsonl".to_owned(), Vec::new());
    let lines: Vec<_> = records.iter().map(Json::to_string).collect();
    files.insert(file.to_owned(), lines.join("\n").into_bytes());
    Dataset::load(&Package::of(files)).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Agreements by id, title, day of signature and parties.
fn agreements() -> Vec<Json> {
    let titled = [
        ("a-year", "Declaration of Bogotá", json!("2017"), json!(["Peru", "Brazil, South"])),
        ("b-month", "declaration of bogota", json!("2017-05"), json!(["Peru"])),
        ("c-day", "Ärmelkanal memorandum", json!("2017-05-23"), json!(["Brazil"])),
        ("d-none", "=HYPERLINK(\"https://example.org\")", Json::Null, json!(["@sum", "South"])),
        ("e-later", "+1 signed", json!("2018-01-01"), json!(["-2"])),
        ("f-earlier", "zebra, with a comma", json!("2016-12-31"), json!([])),
    ];
    let agreement = |(id, title, signed, parties)| {
        json!({
            "id": id, "partner": ["XAA"], "title": title, "kind": "agreement", "parties": parties,
            "signed": signed, "date_event": null, "in_force": null, "status": "signed", "reference": null,
            "superseded_by": null, "summary": null, "confidence": "high", "method": null, "note": null,
            "citations": [{"source": "budget-2020", "locator": "Table 1"}],
        })
    };
    titled.map(agreement).into()
}
