//! What is wrong with a data package.

use std::fmt::{self, Write};

use serde::Serialize;

/// One thing wrong with a data package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The file, relative to the package.
    pub file: String,
    /// The line in it, from 1. Null when the fault is of the whole file, or of a key in `dataset.json`.
    pub line: Option<usize>,
    /// The path of the key: `amount.usd`, `citations[0].source`. Null when the fault is of the whole line.
    pub key: Option<String>,
    /// The value found there, shortened; as JSON, when it is the value of one key. Null when there is none.
    pub value: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What was most likely meant. Null when nothing is near.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault of a whole file.
    pub(crate) fn of_file(file: &str, expected: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            key: None,
            value: None,
            expected: expected.into(),
            hint: None,
        }
    }

    /// A fault at a line.
    pub(crate) fn at(file: &str, line: usize, expected: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::of_file(file, expected) }
    }

    /// Names the key at fault.
    pub(crate) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Adds the value found, shortened to a readable length.
    pub(crate) fn value(mut self, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        let mut short: String = value.chars().take(80).collect();
        if short.len() < value.len() {
            short.push('…');
        }
        self.value = Some(short);
        self
    }

    /// Says what was most likely meant.
    pub(crate) fn meant(mut self, hint: Option<&str>) -> Self {
        self.hint = hint.map(|hint| format!("did you mean `{hint}`?"));
        self
    }
}

/// ``arms-sales.jsonl:12: channel: found `"FMSS"`: expected one of FMS, DCS; did you mean `FMS`?``
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut to = OneLine(f);
        to.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(to, ":{line}")?;
        }
        if let Some(key) = &self.key {
            write!(to, ": {key}")?;
        }
        if let Some(value) = &self.value {
            write!(to, ": found `{value}`")?;
        }
        write!(to, ": {}", self.expected)?;
        match &self.hint {
            Some(hint) => write!(to, "; {hint}"),
            None => Ok(()),
        }
    }
}

/// Escapes control characters: a broken file may hold what a terminal would obey.
struct OneLine<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            if letter.is_control() {
                write!(self.0, "{}", letter.escape_default())?;
            } else {
                self.0.write_char(letter)?;
            }
        }
        Ok(())
    }
}

/// The faults of a data package: the first 1,000 in full, the rest counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    count: usize,
    #[serde(rename = "faults")]
    first: Vec<Fault>,
}

impl Faults {
    /// How many faults are reported in full. A file of a million broken lines must not take a gigabyte.
    pub const MOST_REPORTED: usize = 1000;

    /// How many faults there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The faults that are reported in full: sorted by file and line once loading has ended.
    pub fn first(&self) -> &[Fault] {
        &self.first
    }

    /// Whether there is no fault.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether further faults are only counted.
    pub(crate) const fn is_full(&self) -> bool {
        self.first.len() >= Self::MOST_REPORTED
    }

    /// Counts a fault, and builds it if it is reported in full.
    pub(crate) fn add(&mut self, build: impl FnOnce() -> Fault) {
        if !self.is_full() {
            self.first.push(build());
        }
        self.count += 1;
    }

    /// The reported ones of the faults after the first `count`.
    pub(crate) fn after(&self, count: usize) -> &[Fault] {
        self.first.get(count..).unwrap_or_default()
    }

    /// Sorts the reported faults by file and line.
    pub(crate) fn sort(&mut self) {
        self.first.sort();
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.first {
            writeln!(f, "{fault}")?;
        }
        let rest = self.count - self.first.len();
        if rest > 0 {
            writeln!(f, "and {rest} more")?;
        }
        write!(f, "{} {}", self.count, if self.count == 1 { "fault" } else { "faults" })
    }
}

impl std::error::Error for Faults {}

/// What is expected of bytes that are no UTF-8.
pub(crate) fn not_utf8(error: std::str::Utf8Error) -> String {
    format!("expected UTF-8: byte {} belongs to no character", error.valid_up_to() + 1)
}
