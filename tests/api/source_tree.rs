//! The source tree as the tests of its structure read it: files, their code, and what they import.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Whether the file holds tests and nothing else.
fn is_of_tests(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// One file of `src`.
pub(crate) struct File {
    /// The path below `src`.
    pub(crate) path: String,
    /// What stands in it.
    pub(crate) text: String,
}

impl File {
    /// The layer that the file belongs to; `main` and `lib` belong to none.
    pub(crate) fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The module that the file is: `http/app/mod.rs` is `http::app`.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let path = path.strip_suffix("/mod").unwrap_or(path);
        path.split('/').map(str::to_owned).collect()
    }

    /// The folder that the file is in, below `src`.
    pub(crate) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The code of the file, without comments and without its tests, which come last.
    pub(crate) fn code(&self) -> String {
        let ours = self.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        ours.lines()
            .map(|line| match line.split_once("//") {
                // An address inside a text is no comment.
                Some((before, _)) if !before.ends_with(':') => before,
                _ => line,
            })
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Every file of `src` that is not made of tests alone.
pub(crate) fn sources() -> Vec<File> {
    all_files().into_iter().filter(|file| !is_of_tests(&file.path)).collect()
}

/// Every file of `src`.
pub(crate) fn all_files() -> Vec<File> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    assert!(found.len() > 40, "only {} files", found.len());
    let file = |path: PathBuf| File {
        path: path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(&path).expect("a readable file"),
    };
    found.into_iter().map(file).collect()
}

/// The paths that begin with `crate::`, in `use` lines and elsewhere, each with braces taken apart.
pub(crate) fn crate_paths(code: &str) -> BTreeSet<Vec<String>> {
    paths_after(code, "crate::", &[])
}

/// The paths that begin with a prefix, which stands for `base`.
fn paths_after(code: &str, prefix: &str, base: &[String]) -> BTreeSet<Vec<String>> {
    let mut paths = BTreeSet::new();
    for (start, _) in code.match_indices(prefix) {
        let before = code[..start].chars().next_back();
        // `$crate::` in a macro is a path of ours too; `mycrate::` is none.
        if before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_' && letter != ':') {
            let rest = &code[start + prefix.len()..];
            take_apart(rest, base, &mut paths);
        }
    }
    paths
}

/// Reads one path, or the list of paths inside braces; says how many bytes it read.
fn take_apart(text: &str, begun: &[String], paths: &mut BTreeSet<Vec<String>>) -> usize {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '*';
    let mut path = begun.to_vec();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with('{') {
            at += 1;
            loop {
                at += text[at..].len() - text[at..].trim_start_matches([' ', '\n', ',']).len();
                if text[at..].is_empty() || text[at..].starts_with('}') {
                    return at + 1;
                }
                let read = take_apart(&text[at..], &path, paths);
                assert!(read > 0, "a `use` line that this test cannot read: {}", &text[at..]);
                at += read;
                // What follows is a new name for what was read.
                if let Some(renamed) = text[at..].strip_prefix(" as ") {
                    at += 4 + renamed.find(|letter| !is_name(letter)).unwrap_or(renamed.len());
                }
            }
        }
        let length = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        path.push(rest[..length].to_owned());
        at += length;
        if text[at..].starts_with("::") && length > 0 {
            at += 2;
        } else {
            paths.insert(path);
            return at;
        }
    }
}

/// What each file imports: paths of files by the path of the file that names something in them. A name that a
/// `mod.rs` hands on is an import of that `mod.rs`, and of what it takes the name from an import of its own.
pub(crate) fn imports(files: &[File]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeMap<Vec<String>, &str> =
        files.iter().map(|file| (file.module(), file.path.as_str())).collect();
    let resolve = |path: &[String]| {
        (1..=path.len()).rev().find_map(|length| modules.get(&path[..length]).copied())
    };
    let of = |file: &File| {
        let (code, module) = (file.code(), file.module());
        let parent = &module[..module.len() - 1];
        let mut paths = paths_after(&code, "crate::", &[]);
        paths.extend(paths_after(&code, "super::", parent));
        paths.extend(paths_after(&code, "self::", &module));
        for child in modules.keys().filter(|child| child.starts_with(&module)) {
            if let [.., name] = child.as_slice()
                && child.len() == module.len() + 1
            {
                paths.extend(paths_after(&code, &format!("{name}::"), child));
            }
        }
        let found = paths.iter().filter_map(|path| resolve(path));
        found.filter(|imported| *imported != file.path).collect()
    };
    files.iter().map(|file| (file.path.as_str(), of(file))).collect()
}
