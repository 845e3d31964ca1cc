//! Reading the Spanish titles and summaries of a collection, and holding them against its English ones.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::check::{PackageReader, file_of, line_text, split};
use super::embedded::TRANSLATIONS_DIR;
use super::fault::Fault;
use super::line::LineReader;
use super::package::Package;
use super::parsed_lines::{AnyLines, ParsedLine};
use crate::model::Translation;

/// The Spanish texts of a collection, each with its line.
pub(crate) type TranslationLines = Vec<(usize, Translation)>;

/// The file of a collection's Spanish texts.
pub(crate) fn translations_file(collection: &str) -> String {
    format!("{TRANSLATIONS_DIR}/{}", file_of(collection))
}

/// Reads the Spanish texts of a collection; none where the package has no file of them. What is wrong with them is a
/// fault of the package, as with any other file: one whose English text has changed says something else than its record.
pub(crate) fn read(
    package: &Package,
    records: &dyn AnyLines,
    reader: &mut PackageReader<'_>,
) -> TranslationLines {
    let file = translations_file(records.name());
    let Some(bytes) = package.file(&file).filter(|_| records.is_translated()) else {
        return TranslationLines::new();
    };
    let line_reader = LineReader::of::<Translation>(&file);
    let mut lines = TranslationLines::new();
    for (number, bytes) in (1_usize..).zip(split(bytes)) {
        match line_text(bytes) {
            Ok(text) => {
                let read = line_reader.read(Some(number), text, reader.faults());
                lines.extend(read.map(|translation| (number, translation)));
            }
            Err(expected) => reader.add(|| Fault::at(&file, number, expected)),
        }
    }
    check_order(&file, &lines, reader);
    let english: HashMap<&str, ParsedLine<'_>> =
        records.iter().map(|line| (line.id(), line)).collect();
    for (number, translation) in &lines {
        let id = translation.id.as_str();
        reader.exists(&file, *number, || "id".to_owned(), records.name(), id);
        if let Some((title, summary)) = english.get(id).and_then(|line| line.own_texts()) {
            check_against(&file, *number, translation, &title, summary.as_deref(), reader);
        }
    }
    lines
}

/// Checks that lines are sorted by id, each once.
fn check_order(file: &str, lines: &TranslationLines, reader: &mut PackageReader<'_>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut before = None;
    for (number, translation) in lines {
        let id = translation.id.as_str();
        let at_id =
            |expected: String| Fault::at(file, *number, expected).key("id").value(Json::from(id));
        if let Some(earlier) = first.insert(id, *number) {
            reader.add(|| at_id(format!("expected an id of its own: line {earlier} has it")));
        }
        if let Some(before) = before.filter(|before| *before > id) {
            reader
                .add(|| at_id(format!("expected lines sorted by id: `{before}` comes before it")));
        }
        before = Some(id);
    }
}

/// Checks that a Spanish text is that of the English one as it is today, and has what that has.
fn check_against(
    file: &str,
    number: usize,
    translation: &Translation,
    title: &str,
    summary: Option<&str>,
    reader: &mut PackageReader<'_>,
) {
    let expected = match (&translation.summary, summary) {
        (Some(_), None) => Some("expected null, as the English text is"),
        (None, Some(_)) => Some("expected words: the English text has some"),
        _ => None,
    };
    if let Some(expected) = expected {
        reader.add(|| {
            let found = translation.summary.as_ref().map(|summary| summary.as_str());
            Fault::at(file, number, expected).key("summary").value(Json::from(found))
        });
    }
    let today = hash_of(title, summary);
    if translation.of.as_str() != today {
        reader.add(|| {
            let expected = "expected the hash of the English text as it is now";
            let fault = Fault::at(file, number, expected).key("of");
            let hint = format!("translate what has changed, then write `{today}`");
            Fault { hint: Some(hint), ..fault.value(Json::from(translation.of.as_str())) }
        });
    }
}

/// Which English text a translation is of: see [`Translation::of`].
fn hash_of(title: &str, summary: Option<&str>) -> String {
    let text = format!("{title}\n{}", summary.unwrap_or_default());
    let hash = Sha256::digest(text.as_bytes());
    let hex: Vec<String> = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    hex.concat()
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn a_hash_is_that_of_the_title_and_the_summary_apart() {
        // printf 'Rio Treaty\nMutual defense.' | sha256sum
        assert_eq!(hash_of("Rio Treaty", Some("Mutual defense.")), "02b4281d41959583");
        assert_ne!(hash_of("Rio Treaty Mutual", Some("defense.")), "02b4281d41959583");
        // printf 'Rio Treaty\n' | sha256sum
        assert_eq!(hash_of("Rio Treaty", None), "ab03028ca4ed617a");
    }
}
