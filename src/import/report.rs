//! The account of an import: what became of every row, and of every dollar or person in it.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::json_lines::Merged;

/// Why rows are in no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Of a partner, a year or a type that was not asked for.
    NotAsked,
    /// A sum below zero: more was taken back than committed.
    Negative,
    /// July to September 1976, which belong to no fiscal year.
    TransitionQuarter,
    /// Of a region, not of a country.
    Region,
    /// Of a state or territory that is no more.
    FormerState,
    /// Of a place without an ISO 3166-1 code.
    NoIsoCode,
    /// Of the United States itself.
    UnitedStates,
    /// An initial allocation, which is neither planned nor given money.
    InitialAllocation,
    /// A number that a table of doubts names, with the reason.
    Doubtful,
    /// One of several rows with the same key: none of them is chosen, and none added.
    DuplicateKey,
    /// Of a partner that has nothing but zeros, and that is not made for them.
    OnlyZeros,
    /// Of an account that no table maps.
    UnmappedAccount,
    /// Of a country that no table maps.
    UnmappedCountry,
    /// Of a program that no table maps.
    UnmappedProgram,
}

impl Refusal {
    /// Whether it stops an import that was not told to go on.
    pub(super) const fn is_unmapped(self) -> bool {
        matches!(self, Self::UnmappedAccount | Self::UnmappedCountry | Self::UnmappedProgram)
    }

    fn word(self) -> String {
        let word = serde_json::to_string(&self).unwrap_or_default();
        word.trim_matches('"').to_owned()
    }
}

/// A number of rows, dollars or people; sums of official files pass what 64 bits hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Total(pub i128);

impl Serialize for Total {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let digits = RawValue::from_string(self.0.to_string());
        digits.map_err(serde::ser::Error::custom)?.serialize(to)
    }
}

/// How much was read, written and refused: what was read is what was written and what was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Amounts {
    /// In all rows of the files.
    pub read: Total,
    /// In the rows that records are made of.
    pub written: Total,
    /// In the rows that are in no record, by the reason.
    pub refused: BTreeMap<Refusal, Total>,
}

impl Amounts {
    fn refuse(&mut self, why: Refusal, amount: i128) {
        self.refused.entry(why).or_default().0 += amount;
    }
}

/// Rows that were refused for one reason and one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedRows {
    /// Why.
    pub reason: Refusal,
    /// What: a country as printed, a key, a year.
    pub what: String,
    /// How many rows.
    pub rows: u64,
    /// Their dollars or people.
    pub amount: Total,
    /// Where they are, the first hundred: the line, after the file's name where there are several files.
    pub lines: Vec<String>,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether the folder holds the records now; false where rows could not be mapped.
    pub imported: bool,
    /// The rows.
    pub rows: Amounts,
    /// Their US dollars. Null for a series of people.
    pub usd: Option<Amounts>,
    /// Their people. Null for a series of dollars.
    pub people: Option<Amounts>,
    /// How many records were made of the rows that were written.
    pub records: u64,
    /// How many records of the series the folder did not have before.
    pub added: u64,
    /// How many it had with other values.
    pub changed: u64,
    /// How many it had that the files do not make any more.
    pub removed: u64,
    /// The ids of those that changed, the first thousand.
    pub changed_ids: Vec<String>,
    /// The partners that were added, by code.
    pub partners_added: Vec<String>,
    /// The programs that were added, by code.
    pub programs_added: Vec<String>,
    /// What was refused by a rule, with its lines; not what was not asked for.
    pub refusals: Vec<RefusedRows>,
}

impl Report {
    /// Takes in what was written.
    pub(super) fn take(&mut self, written: Written) {
        let Written { records, partners_added, programs_added } = written;
        self.imported = true;
        self.added = records.added;
        self.changed = records.changed;
        self.removed = records.removed;
        self.changed_ids = records.changed_ids;
        self.partners_added = partners_added;
        self.programs_added = programs_added;
    }

    /// For people to read.
    pub fn in_words(&self) -> String {
        let mut text = String::new();
        let mut say = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        let (unit, amounts) = match (&self.usd, &self.people) {
            (Some(usd), _) => ("dollars", usd.clone()),
            (None, Some(people)) => ("people", people.clone()),
            (None, None) => ("", Amounts::default()),
        };
        let both = |rows: Total, amount: Total| format!("{} rows, {} {unit}", rows.0, amount.0);
        say(format!("read: {}", both(self.rows.read, amounts.read)));
        let written = both(self.rows.written, amounts.written);
        say(format!("written: {written}, in {} records", self.records));
        for (why, rows) in &self.rows.refused {
            let amount = amounts.refused.get(why).copied().unwrap_or_default();
            say(format!("refused, {}: {}", why.word(), both(*rows, amount)));
        }
        for refused in &self.refusals {
            let mut lines = refused.lines.join(", ");
            if refused.rows > refused.lines.len() as u64 {
                lines.push_str(" and more");
            }
            let RefusedRows { reason, what, amount, .. } = refused;
            say(format!("  {}: {what}, {} {unit}, line {lines}", reason.word(), amount.0));
        }
        let end = if self.imported {
            format!(
                "{} records are new, {} changed, {} gone; {} partners and {} programs were added",
                self.added,
                self.changed,
                self.removed,
                self.partners_added.len(),
                self.programs_added.len()
            )
        } else {
            "nothing was written: some rows could not be mapped (--skip-unmapped leaves them out)"
                .to_owned()
        };
        say(end);
        text
    }
}

/// What was written.
pub(super) struct Written {
    pub(super) records: Merged,
    pub(super) partners_added: Vec<String>,
    pub(super) programs_added: Vec<String>,
}

/// How many things that were refused are listed one by one.
const MOST_REFUSALS: usize = 10_000;
/// How many lines of one refusal are listed.
const MOST_LINES: usize = 100;

/// Counts rows as they are read.
#[derive(Debug, Default)]
pub(super) struct Account {
    rows: Amounts,
    amounts: Amounts,
    refusals: BTreeMap<(Refusal, String), (u64, i128, Vec<String>)>,
}

impl Account {
    /// A row was read.
    pub(super) fn read(&mut self, amount: i128) {
        self.rows.read.0 += 1;
        self.amounts.read.0 += amount;
    }

    /// Rows are in a record.
    pub(super) fn write(&mut self, rows: u32, amount: i128) {
        self.rows.written.0 += i128::from(rows);
        self.amounts.written.0 += amount;
    }

    /// A row was not asked for.
    pub(super) fn pass_over(&mut self, amount: i128) {
        self.rows.refuse(Refusal::NotAsked, 1);
        self.amounts.refuse(Refusal::NotAsked, amount);
    }

    /// Rows are refused; `lines` are those of them that are known.
    pub(super) fn refuse(
        &mut self,
        why: Refusal,
        what: impl Into<String>,
        (rows, amount): (u32, i128),
        lines: impl IntoIterator<Item = String>,
    ) {
        self.rows.refuse(why, i128::from(rows));
        self.amounts.refuse(why, amount);
        // A file that is refused whole would fill the memory with what is refused.
        let full = self.refusals.len() >= MOST_REFUSALS;
        let key = (why, what.into());
        let key = if full && !self.refusals.contains_key(&key) {
            (why, "others".to_owned())
        } else {
            key
        };
        let (count, sum, listed) = self.refusals.entry(key).or_default();
        *count += u64::from(rows);
        *sum += amount;
        let room = MOST_LINES.saturating_sub(listed.len());
        listed.extend(lines.into_iter().take(room));
    }

    /// Whether a row could not be mapped.
    pub(super) fn has_unmapped(&self) -> bool {
        self.rows.refused.keys().any(|why| why.is_unmapped())
    }

    /// The report, in dollars or in people.
    pub(super) fn finish(self, in_people: bool, records: usize) -> Report {
        let refusals = self.refusals.into_iter().map(|((reason, what), (rows, amount, lines))| {
            RefusedRows { reason, what, rows, amount: Total(amount), lines }
        });
        let (usd, people) =
            if in_people { (None, Some(self.amounts)) } else { (Some(self.amounts), None) };
        Report {
            rows: self.rows,
            usd,
            people,
            records: records as u64,
            refusals: refusals.collect(),
            ..Report::default()
        }
    }
}
