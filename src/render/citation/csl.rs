//! CSL-JSON, whose writer of JSON escapes.

use serde_json::{Value as Json, json};

use super::work::{CitedDocument, CitedWork, key, known_parts};
use crate::model::PartialDate;

/// The work, then the documents behind it.
pub(super) fn write(work: &CitedWork) -> String {
    let mut item = json!({
        "id": work.key(),
        "type": "dataset",
        "title": work.title,
        "author": [{"literal": work.author}],
        "issued": issued(work.released),
        "version": work.version,
        "genre": "Data set",
        "number": work.part,
        "note": work.note(),
    });
    if let Some(url) = &work.url {
        item["URL"] = json!(url);
    }
    let items: Vec<Json> = std::iter::once(item).chain(work.sources.iter().map(document)).collect();
    format!("{:#}\n", Json::Array(items))
}

fn document(document: &CitedDocument) -> Json {
    let mut item = json!({
        "id": key(&format!("source-{}", document.id)),
        "type": "document",
        "title": document.title,
        "author": [{"literal": document.publisher}],
        "URL": document.url,
    });
    if let Some(date) = document.published {
        item["issued"] = issued(date);
    }
    item
}

fn issued(date: PartialDate) -> Json {
    json!({"date-parts": [known_parts(date)]})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::citation::sample::{NASTY, work};

    #[test]
    fn what_is_written_is_read_back_as_it_was() {
        let items: Json = serde_json::from_str(&write(&work())).expect("JSON");
        assert_eq!(items[1]["title"], NASTY);
        assert_eq!(items[1].get("issued"), None);
        assert_eq!(items[2]["issued"]["date-parts"], json!([[2019, 4]]));
    }
}
