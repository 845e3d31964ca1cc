//! What the repository holds itself to: short files, no shortcuts, documents that name what is there.

use std::fs;
use std::path::Path;

use crate::source_tree::sources;

/// The longest file that a reader takes in at once, in lines.
const LONGEST_FILE: usize = 400;

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

/// A document at the root of the repository, or below it.
fn document(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files and folders that a document names in backticks, below the repository or below `src`. What holds `NAME`
/// stands for many.
fn places_named_in(text: &str) -> Vec<&str> {
    let endings = ["/", ".rs", ".py", ".sh", ".md", ".toml", ".json", ".jsonl", ".yaml"];
    let is_place = |word: &&str| {
        endings.iter().any(|ending| word.ends_with(ending))
            && !word.starts_with(['/', '-', '.'])
            && !word.contains("NAME")
            && !word.contains([' ', '{', '<', '*'])
    };
    // Every second part stands between backticks; blocks of code are no names.
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2)).filter(is_place).collect()
}

#[test]
fn places_are_found_in_backticks_alone() {
    let text = "see `http/mod.rs`, `data/` and `data/NAME.jsonl`, not a.rs or `/v1/`.\n```\n`b.rs`\n```\n`c.py`";
    assert_eq!(places_named_in(text), ["http/mod.rs", "data/", "c.py"]);
}

#[test]
fn every_file_that_a_document_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"] {
        let text = document(name);
        let places = places_named_in(&text);
        let missing: Vec<_> = places
            .iter()
            .filter(|place| !root.join(place).exists() && !root.join("src").join(place).exists())
            .collect();
        assert!(missing.is_empty(), "{name} names {missing:?}");
        assert!(name != "ARCHITECTURE.md" || places.len() > 20, "only {places:?}");
    }
}

/// Speeds change with every release: one page states them, beside the commands that print them.
#[test]
fn figures_of_speed_stand_on_the_page_of_benches_alone() {
    let units = ["µs", "microseconds", "ns", "instructions", "requests/s", "records/s", "MB/s"];
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = document(name);
        let words: Vec<_> = text.split_whitespace().collect();
        let figure = words.windows(2).find(|pair| {
            pair[0].ends_with(|letter: char| letter.is_ascii_digit())
                && units.contains(&pair[1].trim_end_matches(['.', ',', ';', ')']))
        });
        assert_eq!(figure, None, "{name} states a speed; benches/README.md is the place");
    }
    assert!(
        document("benches/README.md").contains("µs"),
        "this test no longer knows how speeds are written"
    );
}
