//! Reading an official file row by row: columns by name, faults by line, and what the source's record says of the file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};

use super::error::{ImportError, LineFaults};
use crate::query::nearest;

/// A column that a series reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileColumn {
    /// Its name, as the file prints it.
    pub(super) name: &'static str,
    /// What other vintages of the file call it.
    pub(super) also: &'static [&'static str],
    /// Whether a file without it is not of the series.
    pub(super) required: bool,
}

impl FileColumn {
    /// A column that every file of the series has.
    pub(super) const fn required(name: &'static str) -> Self {
        Self { name, also: &[], required: true }
    }

    /// What else it is called.
    pub(super) const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    /// A column that some files of the series have.
    pub(super) const fn optional(name: &'static str) -> Self {
        Self { name, also: &[], required: false }
    }
}

/// What a file was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfficialFile {
    /// Its name, without its folder.
    pub(super) name: String,
    /// How many bytes it has.
    pub(super) bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
}

/// One row of a file.
pub(super) struct FileRow<'r> {
    /// The name of the file.
    pub(super) file: &'r str,
    /// The place of the file among those given.
    pub(super) file_number: u16,
    /// The line that the row begins on.
    pub(super) line: u64,
    record: &'r StringRecord,
    places: &'r [Option<usize>],
}

impl FileRow<'_> {
    /// The value of a column, by its place among those that the series reads; empty where the file has no such column.
    pub(super) fn value(&self, column: usize) -> &str {
        self.places[column].and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    /// Whether the file has a column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.places[column].is_some()
    }
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    file: u16,
    line: u32,
}

impl Place {
    pub(super) fn of(row: &FileRow<'_>) -> Self {
        Self { file: row.file_number, line: u32::try_from(row.line).unwrap_or(u32::MAX) }
    }

    pub(super) const fn line(self) -> u64 {
        self.line as u64
    }

    /// The line, after the file's name where there are several files.
    pub(super) fn shown(self, files: &[String]) -> String {
        match files {
            [_] => self.line.to_string(),
            _ => format!("{}:{}", files[usize::from(self.file)], self.line),
        }
    }
}

/// The names of files, without their folders.
pub(super) fn names<P: AsRef<Path>>(paths: &[P]) -> Vec<String> {
    let name =
        |path: &P| path.as_ref().file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().map(name).collect()
}

/// Calls `each` with every row of every file, and says what the files were.
pub(super) fn read_rows<P: AsRef<Path>>(
    paths: &[P],
    columns: &[FileColumn],
    faults: &mut LineFaults,
    mut each: impl FnMut(&FileRow<'_>, &mut LineFaults),
) -> Result<Vec<OfficialFile>, ImportError> {
    let names = names(paths);
    let mut files = Vec::new();
    for ((path, name), file_number) in paths.iter().zip(&names).zip(0_u16..) {
        let path = path.as_ref();
        let file = File::open(path).map_err(ImportError::io(path))?;
        let hashed = HashedReader { inner: file, hash: Sha256::new(), bytes: 0 };
        let mut reader = ReaderBuilder::new().from_reader(hashed);
        let places = match reader.headers() {
            Ok(head) => find(columns, head, name, faults),
            Err(error) => {
                faults.add(name, 1, broken(&error));
                continue;
            }
        };
        let Some(places) = places else { continue };
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let row =
                        FileRow { file: name, file_number, line, record: &record, places: &places };
                    each(&row, faults);
                }
                Ok(false) => break,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    faults.add(name, line, broken(&error));
                    if error.is_io_error() {
                        break;
                    }
                }
            }
        }
        let HashedReader { hash, bytes, .. } = reader.into_inner();
        let hex: Vec<String> = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        files.push(OfficialFile { name: name.clone(), bytes, sha256: hex.concat() });
    }
    Ok(files)
}

/// What is wrong with a row that is no row.
fn broken(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "expected UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("expected {expected_len} values, as the head has columns; found {len}")
        }
        csv::ErrorKind::Io(error) => format!("expected a readable file: {error}"),
        _ => "expected a row of comma-separated values".to_owned(),
    }
}

/// A name of a column as it is compared: whatever its case, spaces and underscores.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Where each column is; none where one that is required is missing, or stands twice.
fn find(
    columns: &[FileColumn],
    head: &StringRecord,
    file: &str,
    faults: &mut LineFaults,
) -> Option<Vec<Option<usize>>> {
    let found: Vec<String> = head.iter().map(plain).collect();
    let mut whole = true;
    let mut places = Vec::new();
    for column in columns {
        let names: Vec<String> =
            std::iter::once(&column.name).chain(column.also).map(|name| plain(name)).collect();
        let mut at = (0..found.len()).filter(|place| names.contains(&found[*place]));
        let place = at.next();
        if let Some(second) = at.next() {
            let name = head.get(second).unwrap_or_default();
            faults.add(
                file,
                1,
                format!("expected one column `{}`; `{name}` is another", column.name),
            );
            whole = false;
        }
        if place.is_none() && column.required {
            let meant = nearest(column.name, head.iter());
            let hint = meant.map_or_else(String::new, |name| format!("; is it `{name}`?"));
            faults.add(file, 1, format!("expected a column `{}`{hint}", column.name));
            whole = false;
        }
        places.push(place);
    }
    whole.then_some(places)
}

/// A reader that hashes and counts what passes.
struct HashedReader {
    inner: File,
    hash: Sha256,
    bytes: u64,
}

impl Read for HashedReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hash.update(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

/// Whole US dollars of the day: digits with a sign; a fraction of zero is none.
pub(super) fn dollars(text: &str) -> Option<i64> {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    let dollars: i64 = whole.parse().ok()?;
    (dollars.unsigned_abs() <= crate::model::LARGEST_USD.unsigned_abs()).then_some(dollars)
}

/// A year in four digits.
pub(super) fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    (text.len() == 4 && (1776..=2100).contains(&year)).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_whole_and_exact() {
        assert_eq!(dollars("-19000"), Some(-19_000));
        assert_eq!(dollars("443010000.00"), Some(443_010_000));
        for text in ["", "1.5", "1,000", "1e6", "9007199254740992", "NULL", "１"] {
            assert_eq!(dollars(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_has_four_digits() {
        assert_eq!(year("2016"), Some(2016));
        for text in ["1976tq", "16", "+2016", "99999", "1775"] {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
