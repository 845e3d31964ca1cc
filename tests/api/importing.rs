//! The importers: official files to packages that `check` accepts, or nothing at all. Every file here is made by its test.

mod foreign_assistance;
mod package_dir;
mod training;
mod us_personnel;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::commands::{run, said};

/// A folder with one file in it, and room for a package beside it.
pub(crate) struct Import {
    folder: TempDir,
    series: &'static str,
}

impl Import {
    /// A file of a series with these lines.
    fn of(series: &'static str, lines: &[&str]) -> Self {
        let import = Self { folder: tempfile::tempdir().expect("a temporary folder"), series };
        import.write(lines);
        import
    }

    /// Writes the file anew.
    fn write(&self, lines: &[&str]) {
        fs::write(self.file(), lines.join("\n") + "\n").expect("a file");
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("official.csv")
    }

    /// The folder of the package.
    fn out(&self) -> PathBuf {
        self.folder.path().join("package")
    }

    /// Runs the importer; its exit code, what it printed and what it said of an error.
    fn run(&self, flags: &[&str]) -> (i32, String, String) {
        let (file, out) = (self.file().display().to_string(), self.out().display().to_string());
        let mut arguments = vec!["import", self.series, &file, "--out", &out];
        arguments.extend(flags);
        let output = run(&arguments);
        let code = output.status.code().expect("an exit code");
        (code, said(&output.stdout), said(&output.stderr))
    }

    /// Runs it, expects that it imports, and gives its report.
    fn report(&self, flags: &[&str]) -> Json {
        let (code, printed, error) = self.run(&[flags, &["--format", "json"]].concat());
        assert_eq!(code, 0, "{printed}{error}");
        serde_json::from_str(&printed).expect("JSON")
    }

    /// The records of a collection of the package.
    fn records(&self, collection: &str) -> Vec<Json> {
        let path = self.out().join(format!("{collection}.jsonl"));
        let text = fs::read_to_string(path).expect("the file of a collection");
        text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
    }

    /// The ids of the records of a collection of the package.
    fn ids(&self, collection: &str) -> Vec<String> {
        let id = |record: Json| record["id"].as_str().expect("an id").to_owned();
        self.records(collection).into_iter().map(id).collect()
    }

    /// Expects that `check` accepts the package.
    fn is_sound(&self) {
        let output = run(&["check", &self.out().display().to_string()]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stdout));
    }

    /// Expects that nothing but the file is there.
    fn left_nothing(&self) {
        let names: Vec<_> = fs::read_dir(self.folder.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(names, ["official.csv"]);
    }
}

/// Every file of a folder with its bytes, by name.
fn bytes_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap_or_default())
        })
        .collect();
    files.sort();
    files
}

/// Expects that every row and dollar that was read was written or refused.
fn adds_up(report: &Json) {
    for counted in ["rows", "usd", "people"] {
        let Some(counts) = report.get(counted).filter(|counts| counts.is_object()) else {
            continue;
        };
        let refused: i64 = counts["refused"]
            .as_object()
            .expect("reasons")
            .values()
            .map(|count| count.as_i64().expect("a number"))
            .sum();
        let read = counts["read"].as_i64().expect("a number");
        assert_eq!(read, counts["written"].as_i64().expect("a number") + refused, "{report:#}");
    }
}
