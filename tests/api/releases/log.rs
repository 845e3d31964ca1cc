//! Each changed record has its line in `changes.jsonl`, and each line its change.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::commands::{run, said};

/// A folder with the sound package, archived as release 1.0.0.
fn published() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
    for entry in fs::read_dir(sound).expect("a folder of fixtures") {
        let entry = entry.expect("an entry of the folder");
        fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
    }
    let output = release(&folder, "1.0.0");
    assert_eq!(output, Ok("release 1.0.0".to_owned()));
    folder
}

/// Archives a release: the beginning of what the command prints, or why it refuses.
fn release(folder: &TempDir, version: &str) -> Result<String, String> {
    let output = run(&["release", version, "--data", &folder.path().display().to_string()]);
    if output.status.code() == Some(0) {
        return Ok(said(&output.stdout).split(',').next().unwrap_or_default().to_owned());
    }
    assert_eq!(output.status.code(), Some(1));
    Err(said(&output.stderr).trim_start_matches("partnership-api: ").trim_end().to_owned())
}

/// The report of `check --release`, without its last line.
fn check(folder: &TempDir) -> Vec<String> {
    let output = run(&["check", "--release", &folder.path().display().to_string()]);
    let report = said(&output.stdout);
    let mut lines: Vec<_> = report.lines().map(str::to_owned).collect();
    let last = lines.pop().unwrap_or_default();
    let sound = last.ends_with("no fault");
    assert_eq!(output.status.code(), Some(i32::from(!sound)), "{report}");
    lines
}

/// Replaces a text in a file, which must hold it.
fn edit(folder: &TempDir, file: &str, from: &str, to: &str) {
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{file} holds no {from}");
    fs::write(path, text.replace(from, to)).expect("written");
}

fn log(folder: &TempDir, lines: &[&str]) {
    fs::write(folder.path().join("changes.jsonl"), lines.join("\n")).expect("written");
}

const CORRECTED: &str = r#"{"release":"1.1.0","collection":"assistance-funding","id":"xaa-fmf-2020","kind":"corrected","reason":"The table says so.","source":"review-2021"}"#;

/// The published folder with a corrected figure, as release 1.1.0.
fn corrected() -> TempDir {
    let folder = published();
    edit(&folder, "dataset.json", "\"1.0.0\"", "\"1.1.0\"");
    edit(&folder, "assistance-funding.jsonl", "2500000", "2600000");
    folder
}

#[test]
fn a_change_without_a_line_is_a_fault_that_shows_the_line_to_write() {
    let folder = corrected();
    let line = r#"{"release":"1.1.0","collection":"assistance-funding","id":"xaa-fmf-2020","kind":"corrected"}"#;
    let report = format!("changes.jsonl: expected a line with the reason of {line}");
    assert_eq!(check(&folder), std::slice::from_ref(&report));
    let refused = release(&folder, "1.1.0").expect_err("refused");
    assert!(refused.contains(&report), "{refused}");
    log(&folder, &[CORRECTED]);
    assert!(check(&folder).is_empty());
    assert_eq!(release(&folder, "1.1.0"), Ok("release 1.1.0".to_owned()));
    // What is archived is held to its lines for ever.
    assert!(check(&folder).is_empty());
    fs::remove_file(folder.path().join("changes.jsonl")).expect("removed");
    assert_eq!(check(&folder), [report]);
}

#[test]
fn a_line_without_a_change_is_a_fault() {
    let folder = corrected();
    let forged = |from: &str, to: &str| {
        assert!(CORRECTED.contains(from), "{from}");
        let line = CORRECTED.replace(from, to);
        log(&folder, &[CORRECTED, &line]);
        check(&folder)
    };
    assert_eq!(
        forged("xaa-fmf-2020", "xaa-imet-2020"),
        [
            "changes.jsonl:2: id: found `\"xaa-imet-2020\"`: expected a record that release 1.1.0 changed"
        ]
    );
    assert_eq!(
        forged("\"1.1.0\"", "\"1.1.1\""),
        [
            "changes.jsonl:2: release: found `\"1.1.1\"`: expected one of the releases 1.0.0, 1.1.0; \
          did you mean `1.1.0`?"
        ]
    );
    assert_eq!(
        forged("The table", "A table"),
        ["changes.jsonl:2: id: found `\"xaa-fmf-2020\"`: expected one line a record and release"]
    );
    log(&folder, &[&CORRECTED.replace("corrected", "reworded")]);
    let kind = "changes.jsonl:1: kind: found `\"reworded\"`: expected corrected: that is what became of it";
    assert_eq!(check(&folder), [kind]);
    log(&folder, &[&CORRECTED.replace("review-2021", "review-2020")]);
    let source = "changes.jsonl:1: source: found `\"review-2020\"`: expected the id of a record in \
                  sources, or null; did you mean `review-2021`?";
    assert_eq!(check(&folder), [source]);
}

#[test]
fn lines_are_sorted_by_release_collection_and_id() {
    let folder = corrected();
    edit(&folder, "milestones.jsonl", "First course", "The first course");
    let reworded = r#"{"release":"1.1.0","collection":"milestones","id":"xaa-first-course","kind":"reworded","reason":"An article.","source":null}"#;
    log(&folder, &[CORRECTED, reworded]);
    assert!(check(&folder).is_empty());
    log(&folder, &[reworded, CORRECTED]);
    let expected = "changes.jsonl:2: id: found `\"xaa-fmf-2020\"`: expected lines sorted by release, \
                    collection and id";
    assert_eq!(check(&folder), [expected]);
}

#[test]
fn a_line_that_is_no_reason_is_a_fault_of_any_check() {
    let folder = corrected();
    log(
        &folder,
        &[r#"{"release":"1.1.0","collection":"partners","id":"XAA","kind":"changed","reason":""}"#],
    );
    let output = run(&["check", &folder.path().display().to_string()]);
    let report = said(&output.stdout);
    assert!(
        report.contains("changes.jsonl:1: kind: found `\"changed\"`: expected one of added"),
        "{report}"
    );
    assert!(report.contains("changes.jsonl:1: source: expected this key"), "{report}");
    assert!(report.contains("changes.jsonl:1: reason"), "{report}");
}

#[test]
fn a_removed_record_needs_a_line_and_an_added_one_needs_none() {
    let folder = published();
    edit(&folder, "dataset.json", "\"1.0.0\"", "\"1.1.0\"");
    let path = folder.path().join("milestones.jsonl");
    let line = fs::read_to_string(&path).expect("a file");
    fs::write(&path, line.replace("xaa-first-course", "xaa-second-course")).expect("written");
    let report = check(&folder);
    assert_eq!(report.len(), 1, "{report:?}");
    assert!(report[0].contains(r#""id":"xaa-first-course","kind":"removed""#), "{report:?}");
}

#[test]
fn a_version_is_published_once_and_comes_after_the_last() {
    let folder = published();
    // The release that was published, as it was published.
    assert!(check(&folder).is_empty());
    let refused = release(&folder, "1.0.0").expect_err("refused");
    assert_eq!(refused, "release 1.0.0 is archived already, and stays as it was published");
    let refused = release(&folder, "1.0.1").expect_err("refused");
    assert!(refused.ends_with("holds release 1.0.0, not 1.0.1"), "{refused}");
    edit(&folder, "assistance-funding.jsonl", "2500000", "2600000");
    let same = "dataset.json: version: found `\"1.0.0\"`: expected a new version: release 1.0.0 was \
                published with other data";
    assert_eq!(check(&folder), [same]);
    edit(&folder, "dataset.json", "\"1.0.0\"", "\"0.9.0\"");
    log(&folder, &[&CORRECTED.replace("1.1.0", "0.9.0")]);
    let report = check(&folder);
    assert_eq!(report.len(), 1, "{report:?}");
    assert!(report[0].contains("does not come after 1.0.0"), "{report:?}");
}

#[test]
fn a_folder_without_former_releases_has_nothing_to_be_held_against() {
    let folder = published();
    fs::remove_file(folder.path().join("releases.zst")).expect("removed");
    edit(&folder, "assistance-funding.jsonl", "2500000", "2600000");
    assert!(check(&folder).is_empty());
}

#[test]
fn the_data_of_this_repository_accounts_for_every_change() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let output = run(&["check", "--release", &data.display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stdout));
}
