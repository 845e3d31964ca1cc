//! Small tables of what official files print and what that means here: types of transactions, funding accounts, remarks,
//! and numbers that are known to be doubtful.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::report::Refusal;
use crate::collections::SeriesStage;
use crate::model::Vocabulary;

/// The rows of a table, without its head; values are separated by tabs.
pub(super) fn rows_of(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

/// A name as it is compared: without case and outer spaces.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What a type of transaction means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeMeaning {
    /// Money at a stage.
    Stage(SeriesStage),
    /// Money that no record is made of.
    Refused(Refusal),
}

static TYPES: LazyLock<BTreeMap<String, TypeMeaning>> = LazyLock::new(|| {
    let rows = rows_of(include_str!("tables/transaction_types.tsv"));
    rows.filter_map(|row| {
        let &[name, means] = &*row else { return None };
        let meaning = match SeriesStage::from_word(means) {
            Some(stage) => TypeMeaning::Stage(stage),
            None if means == "initial_allocation" => {
                TypeMeaning::Refused(Refusal::InitialAllocation)
            }
            None => return None,
        };
        Some((folded(name), meaning))
    })
    .collect()
});

/// What a type of transaction means; none where the file names one that it never had.
pub(super) fn transaction_type(name: &str) -> Option<TypeMeaning> {
    TYPES.get(&folded(name)).copied()
}

/// The names of the types of transactions.
pub(super) fn transaction_types() -> impl Iterator<Item = &'static str> {
    rows_of(include_str!("tables/transaction_types.tsv")).filter_map(|row| row.first().copied())
}

static ACCOUNTS: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    let rows = rows_of(include_str!("tables/accounts.tsv"));
    rows.filter_map(|row| Some((folded(row.first()?), *row.get(1)?))).collect()
});

/// The code of a funding account; none where the table has no such account.
pub(super) fn account(name: &str) -> Option<&'static str> {
    ACCOUNTS.get(&folded(name)).copied()
}

static REMARKS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let rows = rows_of(include_str!("tables/remarks.tsv"));
    rows.filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

/// What a remark of the file on training says of a total, in our words; a remark without a line stands as it is.
pub(super) fn note_of(remark: &str) -> Option<String> {
    let parts = remark.split("; ").filter(|part| !part.is_empty());
    let notes: Vec<&str> = parts.map(|part| REMARKS.get(part).copied().unwrap_or(part)).collect();
    let notes: Vec<&str> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// Why a number of personnel is doubtful; none where nothing is known against it.
pub(super) fn doubt(code: &str, year: i16) -> Option<&'static str> {
    rows_of(include_str!("tables/doubtful.tsv")).find_map(|row| {
        let &[whom, from, to, reason] = &*row else { return None };
        let (from, to): (i16, i16) = (from.parse().ok()?, to.parse().ok()?);
        ((whom == "*" || whom == code) && (from..=to).contains(&year)).then_some(reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_table_is_read() {
        let lines = |table: &str| table.lines().count() - 1;
        assert_eq!(TYPES.len(), lines(include_str!("tables/transaction_types.tsv")));
        assert_eq!(ACCOUNTS.len(), lines(include_str!("tables/accounts.tsv")));
        assert_eq!(REMARKS.len(), lines(include_str!("tables/remarks.tsv")));
        for row in rows_of(include_str!("tables/doubtful.tsv")) {
            let [whom, from, to, reason] = row[..] else { panic!("four values: {row:?}") };
            let from: i16 = from.parse().expect("a year");
            assert!(from <= to.parse().expect("a year") && !reason.is_empty());
            let code = if whom == "*" { "COL" } else { whom };
            assert!(doubt(code, from).is_some());
        }
    }

    #[test]
    fn codes_of_accounts_make_ids() {
        for code in ACCOUNTS.values() {
            assert!(code.parse::<crate::model::RecordId>().is_ok(), "{code}");
        }
    }

    #[test]
    fn the_years_before_2009_are_doubtful_for_all_and_some_later_ones_for_some() {
        assert!(doubt("DEU", 2008).is_some() && doubt("DEU", 2009).is_none());
        assert!(doubt("AFG", 2019).is_some() && doubt("AFG", 2021).is_none());
        assert!(doubt("COL", 2019).is_none());
    }

    #[test]
    fn a_remark_is_said_in_our_words_and_a_new_one_stands() {
        let note = note_of("no cost printed in the total row; something new");
        assert_eq!(note.as_deref(), Some("The printed total gives no cost. something new"));
        assert_eq!(note_of(""), None);
    }
}
