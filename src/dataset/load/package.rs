//! A data package: files by name, from the binary or from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::embedded::EMBEDDED;
use super::fault::{Fault, Faults};
use crate::query::nearest;

/// The largest data file that is read: 1 GiB, far above any dataset that fits in memory twice.
const LARGEST_FILE: u64 = 1 << 30;

/// The files of a dataset, as they were found.
pub struct Package {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    faults: Faults,
}

impl Package {
    /// The package that the binary carries.
    pub fn embedded() -> Self {
        let files =
            EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes)));
        Self { files: files.collect(), faults: Faults::default() }
    }

    /// Reads a folder; what cannot be read in it becomes a fault of the package.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut package = Self { files: BTreeMap::new(), faults: Faults::default() };
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            package.add_file(name, || read_file(&entry.path()));
        }
        Ok(package)
    }

    /// A package of these files; for tests and tools that make data.
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut package = Self { files: BTreeMap::new(), faults: Faults::default() };
        for (name, bytes) in files {
            package.add_file(name, || Ok(bytes));
        }
        package
    }

    /// Takes in a file of the dataset, passes over other files, and refuses data that nothing would read.
    fn add_file(&mut self, name: String, read: impl FnOnce() -> Result<Vec<u8>, ReadError>) {
        let extension = Path::new(&name).extension();
        let is_data = name == "dataset.json" || extension.is_some_and(|is| is == "jsonl");
        // A dot marks the bookkeeping of editors and of mounted ConfigMaps.
        if !is_data || name.starts_with('.') {
            return;
        }
        let known = || EMBEDDED.iter().map(|(known, _)| *known);
        if !known().any(|known| known == name) {
            self.faults.add(|| {
                let fault = Fault::of_file(&name, "expected only files of known collections");
                fault.meant(nearest(&name, known()))
            });
            return;
        }
        match read() {
            Ok(bytes) => {
                self.files.insert(name, Cow::Owned(bytes));
            }
            Err(error) => self.faults.add(|| Fault::of_file(&name, error.to_string())),
        }
    }

    /// The bytes of a file.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// Every file, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref()))
    }

    /// What could not be read.
    pub(crate) const fn faults(&self) -> &Faults {
        &self.faults
    }
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error("expected a readable file: {0}")]
    Io(#[from] io::Error),
    #[error("expected a regular file, found {0}")]
    NotRegular(&'static str),
    #[error("expected at most {LARGEST_FILE} bytes")]
    TooLarge,
}

/// Reads a regular file, or one that a symbolic link leads to. Opening anything else, such as a named pipe, could
/// wait for ever.
fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(ReadError::NotRegular("a folder"));
    }
    if !metadata.is_file() {
        return Err(ReadError::NotRegular("a pipe, socket or device"));
    }
    let mut bytes = Vec::new();
    // A file that grows while it is read is not read for ever.
    fs::File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE { Err(ReadError::TooLarge) } else { Ok(bytes) }
}
