//! A data package: files by name, from the binary or from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use super::embedded::EMBEDDED;
use super::fault::Fault;
use crate::query::nearest;

/// The largest data file that is read: 1 GiB, far above any dataset that fits in memory twice.
const LARGEST_FILE: u64 = 1 << 30;

/// The files of a dataset, as they were found.
pub struct Package {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    faults: Vec<Fault>,
}

impl Package {
    /// The package that the binary carries.
    pub fn embedded() -> Self {
        let files =
            EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes)));
        Self { files: files.collect(), faults: Vec::new() }
    }

    /// Reads a folder; what cannot be read in it becomes a fault of the package.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut package = Self { files: BTreeMap::new(), faults: Vec::new() };
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            package.add_file(name, || read_file(&entry.path()));
        }
        Ok(package)
    }

    /// A package of these files; for tests and tools that make data.
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut package = Self { files: BTreeMap::new(), faults: Vec::new() };
        for (name, bytes) in files {
            package.add_file(name, || Ok(bytes));
        }
        package
    }

    /// Takes in a file of the dataset, passes over other files, and refuses data that nothing would read.
    fn add_file(&mut self, name: String, read: impl FnOnce() -> Result<Vec<u8>, String>) {
        let extension = Path::new(&name).extension();
        let is_data = name == "dataset.json" || extension.is_some_and(|is| is == "jsonl");
        // A dot marks the bookkeeping of editors and of mounted ConfigMaps.
        if !is_data || name.starts_with('.') {
            return;
        }
        let known = || EMBEDDED.iter().map(|(known, _)| *known);
        if !known().any(|known| known == name) {
            let fault = Fault::of_file(&name, "expected only files of known collections");
            self.faults.push(fault.meant(nearest(&name, known())));
            return;
        }
        match read() {
            Ok(bytes) => {
                self.files.insert(name, Cow::Owned(bytes));
            }
            Err(expected) => self.faults.push(Fault::of_file(&name, expected)),
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
    pub(crate) fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |error: io::Error| format!("expected a readable file: {error}");
    let size = fs::metadata(path).map_err(cannot)?.len();
    if size > LARGEST_FILE {
        return Err(format!("expected at most {LARGEST_FILE} bytes, found {size}"));
    }
    fs::read(path).map_err(cannot)
}
