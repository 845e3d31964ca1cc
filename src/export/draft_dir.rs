//! The folder that an export writes into: there whole, or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder holds something.
    #[error(
        "the folder `{}` is not empty: an engine would read what is in it together with the export; expected a new or an \
         empty folder",
        .0.display()
    )]
    Occupied(PathBuf),
    /// It is no folder that another can take the place of.
    #[error("`{}` is a root folder: expected a new or an empty folder", .0.display())]
    Root(PathBuf),
    /// A file or folder could not be read or written.
    #[error("`{}` cannot be written", .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// A format does not hold the records.
    #[error("`{}` cannot be written", .0.display())]
    Render(PathBuf, #[source] crate::render::Error),
}

/// A folder beside the one that was asked for, which takes its place when all is written. Dropped before, it is removed.
#[derive(Debug)]
pub(super) struct DraftDir {
    draft: PathBuf,
    place: PathBuf,
}

impl DraftDir {
    /// Makes an empty folder beside the one that was asked for.
    ///
    /// # Errors
    /// When that one is not empty, and when none can be made beside it.
    pub(super) fn beside(folder: &Path) -> Result<Self, ExportError> {
        let io = |error| ExportError::Io(folder.to_owned(), error);
        let place = match fs::read_dir(folder).map(|mut held| held.next().is_none()) {
            Ok(false) => return Err(ExportError::Occupied(folder.to_owned())),
            // Where a link leads is what is replaced, not the link.
            Ok(true) => fs::canonicalize(folder),
            Err(error) if error.kind() == io::ErrorKind::NotFound => std::path::absolute(folder),
            Err(error) => Err(error),
        };
        let place = place.map_err(io)?;
        let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
            return Err(ExportError::Root(place));
        };
        let draft = format!(".{}.export-{}", name.to_string_lossy(), std::process::id());
        let draft = parent.join(draft);
        fs::create_dir_all(parent).map_err(io)?;
        fs::create_dir(&draft).map_err(|error| ExportError::Io(draft.clone(), error))?;
        Ok(Self { draft, place })
    }

    /// Makes a file in it, with the folders that it stands in.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn file(&self, path: &Path) -> Result<File, ExportError> {
        let path = self.draft.join(path);
        let parent = path.parent().unwrap_or(&self.draft);
        let made = fs::create_dir_all(parent).and_then(|()| File::create(&path));
        made.map_err(|error| ExportError::Io(path, error))
    }

    /// Puts it where it was asked for.
    ///
    /// # Errors
    /// When something stands there by now. The draft is then removed.
    pub(super) fn take_place(self) -> Result<(), ExportError> {
        fs::rename(&self.draft, &self.place)
            .map_err(|error| ExportError::Io(self.place.clone(), error))
    }
}

impl Drop for DraftDir {
    fn drop(&mut self) {
        // What went wrong was told before; once it has taken its place there is nothing left to remove.
        let _ = fs::remove_dir_all(&self.draft);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        entries.map(|entry| name(entry).into_string().expect("UTF-8")).collect()
    }

    #[test]
    fn nothing_stands_in_the_folder_before_all_is_written() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let (fresh, empty) = (parent.path().join("not/yet"), parent.path().join("empty"));
        fs::create_dir(&empty).expect("a folder");
        for folder in [&fresh, &empty] {
            let draft = DraftDir::beside(folder).expect("a draft");
            let mut file = draft.file(Path::new("a/b=c/part")).expect("a file");
            file.write_all(b"whole").expect("written");
            assert!(!folder.exists() || names(folder).is_empty());
            draft.take_place().expect("in its place");
            assert_eq!(fs::read(folder.join("a/b=c/part")).expect("the file"), b"whole");
            assert_eq!(names(folder), ["a"]);
        }
        assert_eq!(names(&parent.path().join("not")), ["yet"]);
    }

    #[test]
    fn a_draft_that_takes_no_place_is_removed() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let draft = DraftDir::beside(&parent.path().join("out")).expect("a draft");
        draft.file(Path::new("a")).expect("a file");
        drop(draft);
        assert_eq!(names(parent.path()), [""; 0]);
    }

    #[test]
    fn a_folder_that_holds_something_is_refused_and_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("mine"), "mine").expect("written");
        let refused = DraftDir::beside(folder.path()).expect_err("refused");
        assert!(matches!(refused, ExportError::Occupied(_)), "{refused}");
        assert_eq!(names(folder.path()), ["mine"]);
        let refused = DraftDir::beside(Path::new("/")).expect_err("refused");
        assert!(matches!(refused, ExportError::Occupied(_) | ExportError::Root(_)), "{refused}");
    }
}
