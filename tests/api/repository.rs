//! What the repository holds itself to: short files, no shortcuts, documents that name what is there.

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
