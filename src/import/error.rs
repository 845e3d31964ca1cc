//! Why an import did nothing.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with one line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1.
    pub line: u64,
    /// What was expected there, and what was found.
    pub expected: String,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.expected)
    }
}

/// Why an import did nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file is not what it should be: the first faults, and how many more there are.
    #[error("{}", faults_in_words(.0, *.1))]
    Faults(Vec<LineFault>, u64),
    /// The folder holds something that is no data package.
    #[error("`{path}` is neither empty nor a data package: {reason}", path = .0.display(), reason = .1)]
    NotAPackage(PathBuf, String),
    /// A file or folder cannot be read or written.
    #[error("`{path}`: {reason}", path = .0.display(), reason = .1)]
    Io(PathBuf, io::Error),
}

impl ImportError {
    /// As what happened to a path.
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::Io(path.to_owned(), error)
    }
}

fn faults_in_words(faults: &[LineFault], more: u64) -> String {
    let mut lines: Vec<String> = faults.iter().map(LineFault::to_string).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}

/// How many faults are listed; the rest are counted.
const MOST_FAULTS: usize = 1_000;

/// The faults of files, as they are found.
#[derive(Debug, Default)]
pub(super) struct LineFaults {
    first: Vec<LineFault>,
    more: u64,
}

impl LineFaults {
    pub(super) fn add(&mut self, file: &str, line: u64, expected: impl Into<String>) {
        if self.first.len() < MOST_FAULTS {
            let fault = LineFault { file: file.to_owned(), line, expected: expected.into() };
            self.first.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// None of them, or an error that lists them.
    pub(super) fn finish(self) -> Result<(), ImportError> {
        if self.first.is_empty() { Ok(()) } else { Err(ImportError::Faults(self.first, self.more)) }
    }
}
