//! What the repository holds itself to: floors that use only what is below, short files, no shortcuts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which floors each floor may use, beside itself.
const FLOORS: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("collections", &["model"]),
    ("query", &["model"]),
    ("sums", &["model"]),
    ("dataset", &["model", "collections", "query", "sums"]),
    ("render", &["model", "query", "sums"]),
    ("config", &[]),
    ("telemetry", &["config"]),
    (
        "http",
        &["model", "collections", "query", "dataset", "render", "sums", "config", "telemetry"],
    ),
    ("server", &["http", "dataset", "config", "telemetry"]),
];

/// Whether the file holds tests and nothing else.
fn is_of_tests(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The longest file that a reader takes in at once, in lines.
const LONGEST_FILE: usize = 400;

struct File {
    /// The path below `src`.
    path: String,
    text: String,
}

impl File {
    /// The floor that the file belongs to; `main` and `lib` belong to none.
    fn floor(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The code of the file, without comments and without its tests, which come last.
    fn code(&self) -> String {
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

fn sources() -> Vec<File> {
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
    found.into_iter().map(file).filter(|file| !is_of_tests(&file.path)).collect()
}

/// The paths that begin with `crate::`, in `use` lines and elsewhere, each with braces taken apart.
fn crate_paths(code: &str) -> BTreeSet<Vec<String>> {
    let mut paths = BTreeSet::new();
    for (start, _) in code.match_indices("crate::") {
        let before = code[..start].chars().next_back();
        // `$crate::` in a macro is a path of ours too; `mycrate::` is none.
        if before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_') {
            let rest = &code[start + "crate::".len()..];
            take_apart(rest, &[], &mut paths);
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

#[test]
fn paths_are_read_out_of_use_lines_and_expressions() {
    let code = "use crate::model::{Amount, value::{Cell, Kind as K}, self};\n\
                use crate::query::*;\nlet x = crate::render::csv::rows(mycrate::y);";
    let paths: Vec<_> = crate_paths(code).into_iter().map(|path| path.join("::")).collect();
    let expected = [
        "model::Amount",
        "model::self",
        "model::value::Cell",
        "model::value::Kind",
        "query::*",
        "render::csv::rows",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn each_floor_uses_only_the_floors_that_it_may() {
    let floors = BTreeMap::from(FLOORS);
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for file in sources() {
        if ["main", "lib"].contains(&file.floor()) {
            continue;
        }
        let Some(allowed) = floors.get(file.floor()) else {
            wrong.push(format!("{} is on no floor of the table", file.path));
            continue;
        };
        for path in crate_paths(&file.code()) {
            let used = path[0].as_str();
            // What the crate's root names, such as a re-export, would hide the floor that it is on.
            if !floors.contains_key(used) {
                wrong.push(format!("{} uses `{}`, which is no floor", file.path, path.join("::")));
            } else if used != file.floor() && !allowed.contains(&used) {
                wrong.push(format!("{} uses `{}`", file.path, path.join("::")));
            }
            met.insert((file.floor().to_owned(), used.to_owned()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for (floor, used) in [("http", "dataset"), ("dataset", "collections"), ("query", "model")] {
        let pair = (floor.to_owned(), used.to_owned());
        assert!(met.contains(&pair), "this test no longer sees that {floor} uses {used}");
    }
}

#[test]
fn collections_never_use_each_other() {
    for file in sources().into_iter().filter(|file| file.floor() == "collections") {
        let code = file.code();
        if file.path == "collections/mod.rs" {
            continue;
        }
        assert!(!code.contains("super::"), "{} looks at its siblings", file.path);
        assert!(!code.contains("crate::collections"), "{} looks at its siblings", file.path);
    }
}

#[test]
fn the_http_layer_names_collections_only_in_its_router() {
    for file in sources().into_iter().filter(|file| file.floor() == "http") {
        let mut named: Vec<_> = crate_paths(&file.code())
            .into_iter()
            .filter(|path| path[0] == "collections")
            .map(|path| path[1..].join("::"))
            .collect();
        match file.path.as_str() {
            "http/mod.rs" => assert!(named.len() >= 11, "{named:?}"),
            path => {
                // Every answer carries the sources that it cites; three collections have totals, and a
                // partner is a profile.
                if path == "http/describe.rs" {
                    named.retain(|name| name != "Source");
                }
                if path == "http/partner.rs" {
                    named.retain(|name| !["Partner", "Source"].contains(&name.as_str()));
                }
                if path == "http/totals.rs" {
                    let summed = ["Source", "AssistanceFunding", "ArmsSale", "Deployment"];
                    named.retain(|name| !summed.contains(&name.as_str()));
                }
                assert!(named.is_empty(), "{path} names {named:?}");
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_a_reader_takes_in() {
    for file in sources() {
        let lines = file.text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", file.path);
    }
}

#[test]
fn every_file_begins_with_what_it_owns() {
    for file in sources() {
        assert!(file.text.starts_with("//! "), "{} does not say what it owns", file.path);
    }
}

#[test]
fn no_code_outside_tests_unwraps_or_allows() {
    for file in sources() {
        let code = file.code();
        for shortcut in [".unwrap()", "#[allow(", "todo!(", "dbg!(", "unsafe {"] {
            assert!(!code.contains(shortcut), "{} holds `{shortcut}`", file.path);
        }
    }
}
