//! The rules of record: what `check` asks of a record beyond being sound.
//!
//! `data/README.md` states them. A record that breaks one can be read, so `serve` and `export` take it, and former
//! releases, which were made before the rules, stay as they are. A rule reads the columns of a record by their
//! names: each collection that has them is held to it.

mod columns;
mod known_through;
mod spanish;
mod spelling;

use std::collections::HashMap;

use self::columns::{Broken, Columns};
pub(crate) use self::spanish::check_spanish;
use super::check::file_of;
use super::fault::{Fault, Faults};
use super::parsed_lines::AnyLines;
use super::release::Release;
use crate::collections::{Agreement, Conflict, Partner, Source};
use crate::model::{Basis, Collection, Confidence, FieldValue, PartialDate, Qualifier, Vocabulary};

/// The rules of record, and what they need to know of other collections.
#[derive(Default)]
pub(crate) struct RecordRules<'l> {
    /// When each source was published, by its id.
    published: HashMap<&'l str, PartialDate>,
}

impl<'l> RecordRules<'l> {
    /// Takes in when each source was published.
    pub(crate) fn learn_dates(&mut self, lines: &'l dyn AnyLines) {
        if lines.name() != Source::NAME {
            return;
        }
        for line in lines.iter() {
            if let Some(FieldValue::Date(date)) = Columns::of(line).get("published") {
                self.published.insert(line.id(), *date);
            }
        }
    }

    /// Holds the records of one collection to the rules.
    pub(crate) fn check(&self, lines: &dyn AnyLines, faults: &mut Faults) {
        let file = file_of(lines.name());
        // A rule over several keys says nothing while one of them is faulty.
        for line in lines.iter().filter(|line| line.whole) {
            let columns = Columns::of(line);
            let broken = [
                stated_basis(&columns),
                rounding_beside_a_bound(&columns),
                reason_of_doubt(&columns),
                open_end(&columns),
                known_through::violation(&columns, &self.published),
                missing_in(lines.name(), &columns),
            ];
            let misspelled = spelling::violations(lines, &columns);
            for (key, value, expected) in broken.into_iter().flatten().chain(misspelled) {
                faults.add(|| {
                    let fault = Fault::at(&file, line.number, format!("expected {expected}"));
                    fault.key(key).value(value)
                });
            }
        }
    }
}

/// Holds what a release says of itself to the rules.
pub(crate) fn check_release(release: Option<&Release>, faults: &mut Faults) {
    let Some(release) = release else { return };
    let notes = (0..).zip(&release.extents);
    let notes = notes.map(|(at, set)| (format!("extents[{at}].note"), &set.note));
    let texts = [("title", &release.title), ("description", &release.description)];
    let texts = texts.map(|(key, text)| (key.to_owned(), text));
    for (key, text) in texts.into_iter().chain(notes) {
        for (word, american) in spelling::misspelled(text.as_str()) {
            faults.add(|| {
                let expected = format!("expected the American spelling `{american}`");
                Fault::of_file("dataset.json", expected).key(key.clone()).value(word)
            });
        }
    }
}

/// Whether a place in a document names fiscal years: "FY", "FY2017", "fiscal year", "año fiscal".
fn names_fiscal_years(locator: &str) -> bool {
    locator.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        let word = word.to_lowercase();
        let after_fy = word.strip_prefix("fy");
        word.starts_with("fiscal")
            || after_fy.is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// A source says that it means fiscal years, and the citation shows where.
fn stated_basis(columns: &Columns<'_>) -> Option<Broken> {
    let is_fiscal = columns.is("period_basis", Basis::FiscalYear.word());
    let stated = columns.get("period_basis_stated") == Some(&FieldValue::Flag(true));
    let shown = columns.texts("citations_locator").into_iter().any(names_fiscal_years);
    (is_fiscal && stated && !shown).then(|| {
        let expected = "false, or a locator that names fiscal years, such as `FY` or `fiscal year`";
        ("period.basis_stated".to_owned(), "true".to_owned(), expected.to_owned())
    })
}

/// A floor or a ceiling has no rounding: it would add nothing to the bounds.
fn rounding_beside_a_bound(columns: &Columns<'_>) -> Option<Broken> {
    let qualifier = columns.text("amount_qualifier")?;
    let is_bound = [Qualifier::MoreThan, Qualifier::LessThan].map(Vocabulary::word);
    let rounded = columns.get("amount_rounded_to_usd")?;
    (is_bound.contains(&qualifier) && *rounded != FieldValue::Missing).then(|| {
        let expected = format!("null beside `{qualifier}`");
        ("amount.rounded_to_usd".to_owned(), rounded.to_string(), expected)
    })
}

/// A doubt has its reason.
fn reason_of_doubt(columns: &Columns<'_>) -> Option<Broken> {
    let confidence = columns.text("confidence")?;
    let explained = columns.has("note") || columns.has("method");
    (confidence != Confidence::High.word() && !explained).then(|| {
        let expected = "`high`, or the reason in `note` or `method`";
        ("confidence".to_owned(), confidence.to_owned(), expected.to_owned())
    })
}

/// The words by which a note says that nothing shows how far a period without an end reaches.
const NOTHING_TELLS: &str = "nothing tells";

/// How far a period without an end reaches is on record, or that nothing tells.
fn open_end(columns: &Columns<'_>) -> Option<Broken> {
    let is_open = columns.has("period_from") && !columns.has("period_to");
    let told = columns.has("period_known_through_date")
        || columns.text("note").is_some_and(|note| note.to_lowercase().contains(NOTHING_TELLS));
    (is_open && !told).then(|| {
        let expected = format!(
            "how far a period without an end is known to reach, or a note with the words `{NOTHING_TELLS}`"
        );
        ("period.known_through".to_owned(), "null".to_owned(), expected)
    })
}

/// What each record of a collection has, though former releases do not.
fn missing_in(collection: &str, columns: &Columns<'_>) -> Option<Broken> {
    let (key, expected) = match collection {
        Partner::NAME if !columns.has("region") => ("region", "a region"),
        Conflict::NAME if !columns.has("state") => ("state", "`open` or `settled`"),
        Agreement::NAME if columns.has("signed") != columns.has("date_event") => {
            ("date_event", "the event of the date in `signed`, and null where there is no date")
        }
        _ => return None,
    };
    let found = columns.text(key).unwrap_or("null");
    Some((key.to_owned(), found.to_owned(), expected.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_fiscal_years_by_a_word_of_its_own() {
        for place in ["FY 2017 column", "Table, FY2017-FY2023", "año fiscal 2020", "Fiscal Year"] {
            assert!(names_fiscal_years(place), "{place}");
        }
        for place in ["Body", "Table 1, 2017", "Fyodor, page 3", "FYROM"] {
            assert!(!names_fiscal_years(place), "{place}");
        }
    }
}
