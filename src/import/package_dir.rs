//! The folder that an import writes into: a whole package that takes the place of the old one, or nothing.
//!
//! The new package is written beside the folder, with what stays linked into it, and then the two change places in one
//! step, where the file system can.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::error::ImportError;
use super::json_lines::{JsonLine, Merged, id_of, merge};
use super::needs::{Needs, missing};
use super::report::Written;
use crate::dataset::DATA_FILES;

/// What a folder holds before an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    /// There is no such folder.
    Nothing,
    /// It is empty.
    Empty,
    /// It is a data package.
    Package,
}

/// The folder that an import writes into.
#[derive(Debug)]
pub(super) struct PackageDir {
    path: PathBuf,
    held: Held,
}

/// What a new package says of itself.
pub(super) struct NewPackage<'p> {
    pub(super) title: &'p str,
    pub(super) description: &'p str,
    /// The day, month or year of the data.
    pub(super) released: String,
}

const DATASET: &str = "dataset.json";
const PARTNERS: &str = "partners.jsonl";
const PROGRAMS: &str = "assistance-programs.jsonl";
const SOURCES: &str = "sources.jsonl";

impl PackageDir {
    /// Looks at a folder.
    ///
    /// # Errors
    /// When it cannot be read, and when it holds something that is no data package.
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let io = ImportError::io(path);
        let held = match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Held::Nothing,
            Err(error) => return Err(io(error)),
            Ok(_) if path.join(DATASET).is_file() => Held::Package,
            Ok(_) if fs::read_dir(path).map_err(&io)?.next().is_none() => Held::Empty,
            Ok(_) => {
                let missing = format!("it has no `{DATASET}`");
                return Err(ImportError::NotAPackage(path.to_owned(), missing));
            }
        };
        // Where a link leads is what is replaced, not the link.
        let path = match held {
            Held::Nothing => std::path::absolute(path),
            Held::Empty | Held::Package => fs::canonicalize(path),
        };
        Ok(Self { path: path.map_err(io)?, held })
    }

    /// The ids in a file of the package; none in a folder that is none yet.
    pub(super) fn ids(&self, file: &str) -> Result<BTreeSet<String>, ImportError> {
        let path = self.path.join(file);
        let mut ids = BTreeSet::new();
        for line in self.existing(file)?.lines() {
            let line = line.map_err(ImportError::io(&path))?;
            ids.extend(id_of(&line));
        }
        Ok(ids)
    }

    /// The codes of its partners.
    pub(super) fn partners(&self) -> Result<BTreeSet<String>, ImportError> {
        self.ids(PARTNERS)
    }

    /// The bytes of a file of the package; none in a folder that is none yet, or that has no such file.
    fn existing(&self, file: &str) -> Result<Box<dyn BufRead>, ImportError> {
        let path = self.path.join(file);
        match File::open(&path) {
            Ok(found) => Ok(Box::new(BufReader::new(found))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Box::new(io::empty())),
            Err(error) => Err(ImportError::Io(path, error)),
        }
    }

    /// Writes a package with new records in one collection and with what these need. `replaces` says which records of
    /// the collection are the importer's own and asked for: they go where no new one takes their place.
    ///
    /// # Errors
    /// When the folder cannot be written, or what it holds is broken. It is then as it was.
    pub(super) fn write(
        &self,
        collection: &str,
        records: impl IntoIterator<Item = JsonLine>,
        replaces: impl Fn(&str) -> bool,
        needs: Needs,
        new: &NewPackage<'_>,
    ) -> Result<Written, ImportError> {
        let draft = self.draft()?;
        let outcome = self.fill(&draft, collection, records, replaces, needs, new);
        let done = outcome.and_then(|(written, same)| {
            if same && self.held == Held::Package {
                fs::remove_dir_all(&draft).map_err(ImportError::io(&draft))?;
            } else {
                self.take_place(&draft)?;
            }
            Ok(written)
        });
        if done.is_err() {
            // The first error says what went wrong; what is left of the draft is beside the folder, not in it.
            let _ = fs::remove_dir_all(&draft);
        }
        done
    }

    /// Makes an empty folder beside the package.
    fn draft(&self) -> Result<PathBuf, ImportError> {
        let (Some(parent), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            let root = "a root folder cannot be replaced".to_owned();
            return Err(ImportError::NotAPackage(self.path.clone(), root));
        };
        fs::create_dir_all(parent).map_err(ImportError::io(parent))?;
        let name = format!(".{}.import-{}", name.to_string_lossy(), std::process::id());
        let draft = parent.join(name);
        fs::create_dir(&draft).map_err(ImportError::io(&draft))?;
        Ok(draft)
    }

    /// Writes the draft, and says whether it is the package as it was.
    fn fill(
        &self,
        draft: &Path,
        collection: &str,
        records: impl IntoIterator<Item = JsonLine>,
        replaces: impl Fn(&str) -> bool,
        needs: Needs,
        new: &NewPackage<'_>,
    ) -> Result<(Written, bool), ImportError> {
        let file = format!("{collection}.jsonl");
        let changed = [file.as_str(), PARTNERS, PROGRAMS, SOURCES];
        if self.held == Held::Package {
            link_all(&self.path, draft, &changed)?;
        } else {
            write_new(draft, new)?;
        }
        let Needs { partners, programs, sources } = needs.sorted();
        let partners = missing(partners, &self.ids(PARTNERS)?);
        let programs = missing(programs, &self.ids(PROGRAMS)?);
        let ids = |lines: &[JsonLine]| lines.iter().map(|line| line.id.clone()).collect();
        let (partners_added, programs_added) = (ids(&partners), ids(&programs));
        let own: BTreeSet<String> = sources.iter().map(|line| line.id.clone()).collect();
        let records = self.merge(draft, &file, records, replaces)?;
        let partners = self.merge(draft, PARTNERS, partners, |_| false)?;
        let programs = self.merge(draft, PROGRAMS, programs, |_| false)?;
        let is_own = |line: &str| id_of(line).is_some_and(|id| own.contains(&id));
        let sources = self.merge(draft, SOURCES, sources, is_own)?;
        let same = [&records, &partners, &programs, &sources].iter().all(|one| one.is_same());
        Ok((Written { records, partners_added, programs_added }, same))
    }

    fn merge(
        &self,
        draft: &Path,
        file: &str,
        lines: impl IntoIterator<Item = JsonLine>,
        replaces: impl Fn(&str) -> bool,
    ) -> Result<Merged, ImportError> {
        let (old, path) = (self.path.join(file), draft.join(file));
        let existing = self.existing(file)?;
        let written = File::create(&path).map_err(ImportError::io(&path))?;
        if let Ok(metadata) = fs::metadata(&old) {
            let permissions = metadata.permissions();
            fs::set_permissions(&path, permissions).map_err(ImportError::io(&path))?;
        }
        let mut to = BufWriter::new(written);
        let merged = merge(existing, lines, replaces, &mut to).map_err(ImportError::io(&old))?;
        let written =
            to.into_inner().map_err(|error| ImportError::Io(path.clone(), error.into_error()))?;
        written.sync_all().map_err(ImportError::io(&path))?;
        Ok(merged)
    }

    /// Puts the draft where the folder is.
    fn take_place(&self, draft: &Path) -> Result<(), ImportError> {
        let io = ImportError::io(&self.path);
        if self.held == Held::Nothing {
            return fs::rename(draft, &self.path).map_err(io);
        }
        exchange(draft, &self.path).map_err(io)?;
        // What is under the draft's name now is the folder as it was.
        fs::remove_dir_all(draft).map_err(ImportError::io(draft))
    }
}

/// Lets two folders change places: in one step where the system can, else in two with a way back.
fn exchange(draft: &Path, folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, draft, CWD, folder, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            done => return done.map_err(io::Error::from),
        }
    }
    let old = draft.with_extension("old");
    fs::rename(folder, &old)?;
    if let Err(error) = fs::rename(draft, folder) {
        fs::rename(&old, folder)?;
        return Err(error);
    }
    fs::rename(&old, draft)
}

/// Puts every entry of a folder into another, but for some files: as a link to the same bytes, else as a copy.
fn link_all(from: &Path, to: &Path, but: &[&str]) -> Result<(), ImportError> {
    for entry in fs::read_dir(from).map_err(ImportError::io(from))? {
        let entry = entry.map_err(ImportError::io(from))?;
        let (path, name) = (entry.path(), entry.file_name());
        if but.iter().any(|file| name == **file) {
            continue;
        }
        let target = to.join(&name);
        let kind = entry.file_type().map_err(ImportError::io(&path))?;
        if kind.is_dir() {
            fs::create_dir(&target).map_err(ImportError::io(&target))?;
            link_all(&path, &target, &[])?;
        } else if kind.is_symlink() {
            let leads_to = fs::read_link(&path).map_err(ImportError::io(&path))?;
            std::os::unix::fs::symlink(leads_to, &target).map_err(ImportError::io(&target))?;
        } else if fs::hard_link(&path, &target).is_err() {
            fs::copy(&path, &target).map_err(ImportError::io(&path))?;
        }
    }
    let permissions = fs::metadata(from).map_err(ImportError::io(from))?.permissions();
    fs::set_permissions(to, permissions).map_err(ImportError::io(to))
}

/// Writes the files of a package without records.
fn write_new(draft: &Path, new: &NewPackage<'_>) -> Result<(), ImportError> {
    for file in DATA_FILES {
        let path = draft.join(file);
        let written = File::create(&path).map_err(ImportError::io(&path))?;
        if *file == DATASET {
            let dataset = json!({
                "title": new.title,
                "description": new.description,
                "version": "1.0.0",
                "released": new.released,
                "licence": {
                    "name": "CC0-1.0",
                    "title": "Creative Commons Zero v1.0 Universal",
                    "url": "https://creativecommons.org/publicdomain/zero/1.0/",
                },
                "contact": "Whoever keeps this folder.",
                "extents": [],
                "questions": [],
            });
            let text = format!("{dataset:#}\n");
            (&written).write_all(text.as_bytes()).map_err(ImportError::io(&path))?;
        }
    }
    Ok(())
}
