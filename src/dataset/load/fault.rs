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

/// Every fault of a data package. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(f, "{fault}")?;
        }
        let count = self.0.len();
        write!(f, "{count} {}", if count == 1 { "fault" } else { "faults" })
    }
}

impl std::error::Error for Faults {}
