//! A data package: files by name, from the binary or from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::embedded::{self, HISTORY, NAMES, TRANSLATIONS, TRANSLATIONS_DIR};
use super::fault::{Fault, Faults};
use crate::query::nearest;

/// The file of former releases.
pub const ARCHIVE_FILE: &str = "releases.zst";
/// The file of reasons why records were changed or removed.
pub const CHANGE_LOG_FILE: &str = "changes.jsonl";

/// The largest data file that is read: 1 GiB, far above any dataset that fits in memory twice.
const LARGEST_FILE: u64 = 1 << 30;

/// Bytes that the binary carries, or that were read.
type Bytes = Cow<'static, [u8]>;

/// The files of a dataset, as they were found.
#[derive(Default)]
pub struct Package {
    files: BTreeMap<String, Bytes>,
    /// What it tells of earlier releases: no data of this one, so the digest leaves it out.
    history: BTreeMap<String, Bytes>,
    /// The digest of the files as they were published, where these are not the same bytes.
    published: Option<String>,
    /// Whether its records are held to the rules of record.
    is_held_to_rules: bool,
    faults: Faults,
}

impl Package {
    /// The package that the binary carries.
    ///
    /// # Panics
    /// When the build did not embed what it compressed, which a test rules out.
    pub fn embedded() -> Self {
        let files = embedded::files().expect("the build script compressed the data files");
        let history =
            HISTORY.iter().map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes)));
        Self {
            files: files.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))).collect(),
            history: history.collect(),
            ..Self::default()
        }
    }

    /// Reads a folder; what cannot be read in it becomes a fault of the package.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut package = Self::default();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            package.add_file(name, || read_file(&entry.path()));
        }
        let translations = folder.join(TRANSLATIONS_DIR);
        if translations.is_dir()
            && let Err(error) = package.read_translations(&translations)
        {
            let expected = format!("expected a readable folder: {error}");
            package.faults.add(|| Fault::of_file(TRANSLATIONS_DIR, expected));
        }
        Ok(package)
    }

    /// Reads the Spanish texts.
    fn read_translations(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{TRANSLATIONS_DIR}/{}", entry.file_name().to_string_lossy());
            self.add_file(name, || read_file(&entry.path()));
        }
        Ok(())
    }

    /// A package of these files; for tests and tools that make data.
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut package = Self::default();
        for (name, bytes) in files {
            package.add_file(name, || Ok(bytes));
        }
        package
    }

    /// The same package, whose records are held to the rules of record when it is loaded.
    #[must_use]
    pub fn held_to_rules(self) -> Self {
        Self { is_held_to_rules: true, ..self }
    }

    /// Whether its records are held to the rules of record.
    pub(crate) const fn is_held_to_rules(&self) -> bool {
        self.is_held_to_rules
    }

    /// The files of a former release, brought into today's form; `digest` is that of the bytes as published.
    pub(crate) fn former(
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
        digest: String,
    ) -> Self {
        Self { published: Some(digest), ..Self::of(files) }
    }

    /// Takes in a file of the dataset, passes over other files, and refuses data that nothing would read.
    fn add_file(&mut self, name: String, read: impl FnOnce() -> Result<Vec<u8>, ReadError>) {
        let path = Path::new(&name);
        let extension = path.extension();
        let is_data = ["dataset.json", ARCHIVE_FILE].contains(&name.as_str())
            || extension.is_some_and(|is| is == "jsonl");
        // A dot marks the bookkeeping of editors and of mounted ConfigMaps.
        let is_hidden =
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !is_data || is_hidden {
            return;
        }
        let is_history = [ARCHIVE_FILE, CHANGE_LOG_FILE].contains(&name.as_str());
        let is_translation = path.parent() == Some(Path::new(TRANSLATIONS_DIR));
        let known: Vec<&str> = if is_translation {
            TRANSLATIONS.to_vec()
        } else {
            NAMES.iter().copied().chain(HISTORY.iter().map(|(known, _)| *known)).collect()
        };
        if !known.contains(&name.as_str()) {
            self.faults.add(|| {
                let expected = if is_translation {
                    "expected only Spanish texts of collections that have texts of ours"
                } else {
                    "expected only files of known collections"
                };
                let hint = nearest(&name, known.iter().copied());
                Fault::of_file(&name, expected).meant(hint)
            });
            return;
        }
        match read() {
            Ok(bytes) => {
                let files = if is_history { &mut self.history } else { &mut self.files };
                files.insert(name, Cow::Owned(bytes));
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

    /// The bytes of a file that tells of earlier releases.
    pub(crate) fn history(&self, name: &str) -> Option<&Cow<'static, [u8]>> {
        self.history.get(name)
    }

    /// The digest of its data files, as they were published.
    pub fn digest(&self) -> String {
        if let Some(published) = &self.published {
            return published.clone();
        }
        digest(self.files())
    }

    /// What could not be read.
    pub(crate) const fn faults(&self) -> &Faults {
        &self.faults
    }
}

/// The first 16 hexadecimal digits of the SHA-256 over files in the order of their names: names and lengths go in
/// too, so that no two packages share one by chance.
pub(crate) fn digest<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(name.as_bytes());
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    let hex: Vec<String> =
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    hex.concat()
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
    #[error("expected a finished file; it grows while it is read")]
    Growing,
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
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST_FILE {
        return Err(ReadError::TooLarge);
    }
    // Whoever appends as fast as it is read would keep the reader for ever.
    let mut bytes = Vec::new();
    file.take(size + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > size { Err(ReadError::Growing) } else { Ok(bytes) }
}
