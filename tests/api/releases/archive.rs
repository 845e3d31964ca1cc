//! The archive: every release as it was published, and none of them ever again in another way.

use std::collections::BTreeMap;

use partnership_api::collections::MembershipOrganization;
use partnership_api::dataset::{ARCHIVE_FILE, Archive, Dataset, Package};
use partnership_api::model::Vocabulary;
use serde_json::{Value as Json, json};

use super::applying::plain;

fn embedded() -> Dataset {
    Dataset::embedded().expect("the embedded data is sound")
}

/// The files of a package, as a folder would have them.
fn files(package: &Package) -> BTreeMap<String, Vec<u8>> {
    package.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
}

#[test]
fn every_published_release_is_archived_with_its_counts_and_its_digest() {
    let data = embedded();
    let known: Vec<_> = data
        .history
        .archive
        .releases()
        .iter()
        .map(|release| {
            let figures = release.counts["assistance-funding"];
            (release.version.as_str(), release.records(), figures, release.digest.as_str())
        })
        .collect();
    let expected = [
        ("1.0.0", 730, 334, "9e991af7eef489d0"),
        ("1.1.0", 1416, 453, "9c450604b8ae358d"),
        ("1.2.0", 1416, 453, "a3fbe0149df485b9"),
    ];
    assert_eq!(known[..3], expected);
}

#[test]
fn every_archived_release_loads_and_holds_every_line_as_it_was_published() {
    let data = embedded();
    for release in data.history.archive.releases() {
        let version = release.version.as_str();
        let former = data.former(version).expect("a release that loads");
        assert_eq!(former.release.digest, release.digest, "{version}");
        assert_eq!(former.release.version, release.version);
        // A collection that came later is empty.
        let mut counts = former.counts();
        counts.retain(|collection, count| *count > 0 || release.counts.contains_key(collection));
        assert_eq!(counts, release.counts, "{version}");
        assert!(former.history.archive.releases().is_empty());
        let (_, published) = data.history.archive.extract(version).expect("its files");
        let mut records = 0;
        for (name, bytes) in published {
            let Some(collection) = name.strip_suffix(".jsonl") else { continue };
            // Spanish texts are no records; the digest has them.
            if name.starts_with("es/") {
                continue;
            }
            for line in String::from_utf8(bytes).expect("UTF-8").lines() {
                let line: Json = serde_json::from_str(line).expect("a record");
                let id = line["id"].as_str().expect("an id").to_owned();
                let read = super::applying::record(&former, collection, &id).expect("a record");
                // Keys that came later are null.
                let (read, line) = (plain(read), plain(line));
                for (key, value) in line.as_object().expect("an object") {
                    if (collection, key.as_str()) == ("memberships", "organization") {
                        // The name that stood there up to 1.1.0 has a code now.
                        assert_eq!(read[key], json!(code_of(value)), "{collection}/{id}");
                        continue;
                    }
                    assert_eq!(&read[key], value, "{collection}/{id}");
                }
                records += 1;
            }
        }
        assert_eq!(records, release.records(), "{version}");
    }
}

#[test]
fn a_release_is_named_by_version_by_digest_and_by_the_day_on_which_it_was_in_force() {
    let data = embedded();
    let found = |name: &str| data.find_release(name).map(|release| release.version.to_string());
    assert_eq!(found("1.0.0").as_deref(), Ok("1.0.0"));
    assert_eq!(found("9e991af7eef489d0").as_deref(), Ok("1.0.0"));
    // Both were released on that day; the later one was in force at its end.
    assert_eq!(found("2026-11-23").as_deref(), Ok("1.1.0"));
    for name in ["2026-11-22", "2026-11", "2026", "", "1.0", "latest"] {
        let unknown = found(name).expect_err("no release");
        assert!(unknown.versions.starts_with(&["1.0.0".to_owned(), "1.1.0".to_owned()]), "{name}");
    }
    assert_eq!(found("1.0.1").expect_err("no release").nearest.as_deref(), Some("1.0.0"));
}

#[test]
fn the_same_releases_make_the_same_bytes_and_a_release_is_never_archived_twice() {
    let data = embedded();
    let embedded = Package::embedded();
    let mut next = files(&embedded);
    let release = String::from_utf8(next["dataset.json"].clone()).expect("UTF-8");
    let version = format!("\"version\": \"{}\"", data.release.version);
    assert!(release.contains(&version), "{release}");
    let release = release.replace(&version, "\"version\": \"99.0.0\"");
    next.insert("dataset.json".to_owned(), release.into_bytes());
    let package = Package::of(next);
    let next = Dataset::load(&package).expect("sound data");
    let with = |archive: &Archive| archive.with(&package, &next.release, next.counts());

    let bytes = with(&data.history.archive).expect("an archive");
    assert_eq!(with(&data.history.archive).expect("an archive"), bytes);
    let archive = Archive::read(bytes.into()).expect("an archive");
    assert_eq!(archive.releases().len(), data.history.archive.releases().len() + 1);
    for release in data.history.archive.releases() {
        let (_, before) = data.history.archive.extract(release.version.as_str()).expect("files");
        let (_, after) = archive.extract(release.version.as_str()).expect("files");
        assert_eq!(before, after, "{}", release.version);
    }
    let again = with(&archive).expect_err("refused");
    assert_eq!(
        again.to_string(),
        "release 99.0.0 is archived already, and stays as it was published"
    );
    let older = archive.with(&embedded, &older(&data), data.counts()).expect_err("refused");
    assert!(older.to_string().contains("does not come after 99.0.0"), "{older}");
}

#[test]
fn a_release_is_archived_with_its_spanish_texts() {
    let package = Package::embedded();
    let data = embedded();
    let spanish = [
        "es/agreements.jsonl",
        "es/conflicts.jsonl",
        "es/cooperation.jsonl",
        "es/milestones.jsonl",
    ];
    assert!(spanish.iter().all(|file| package.file(file).is_some_and(|bytes| !bytes.is_empty())));
    let archive = Archive::default().with(&package, &data.release, data.counts());
    let archive = archive.expect("an archive");
    let mut files = files(&package);
    files.insert(ARCHIVE_FILE.to_owned(), archive);
    let later = Dataset::load(&Package::of(files)).expect("sound data");
    let former = later.former(data.release.version.as_str()).expect("a release that loads");
    assert_eq!(former.release.digest, data.release.digest);
    for table in data.tables() {
        let again = former.tables().into_iter().find(|again| again.name() == table.name());
        let again = again.expect("the same collections");
        for row in (0..).take(table.count()) {
            assert_eq!(again.translation(table.id(row)), table.translation(table.id(row)));
        }
    }
    assert!(former.translated("agreements", "col-rio-treaty").is_some());
}

/// What a release of a version that no archive has says of itself, below the last.
fn older(data: &Dataset) -> partnership_api::dataset::Release {
    let mut release = data.release.clone();
    release.version = "1.0.7".to_owned().try_into().expect("a version");
    release
}

#[test]
fn an_archive_that_breaks_off_or_was_changed_is_told_and_never_half_read() {
    let embedded = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/releases.zst"));
    let bytes = embedded.expect("the archive");
    let sound = Archive::read(bytes.clone().into()).expect("an archive");
    let last = sound.releases().last().expect("a release").version.to_string();
    for end in [0, 1, 20] {
        assert!(Archive::read(bytes[..end].to_vec().into()).is_err(), "{end} bytes");
    }
    let short = Archive::read(bytes[..bytes.len() - 100].to_vec().into()).expect("its first line");
    assert!(short.extract(&last).is_err());
    assert!(sound.extract("0.9.0").is_err());
    // Any bit: the frame has a checksum, and each release a digest.
    for place in (200..bytes.len()).step_by(7919) {
        let mut broken = bytes.clone();
        broken[place] ^= 1;
        let read = Archive::read(broken.into());
        let files = read.and_then(|archive| archive.extract(&last).map(|(_, files)| files));
        if let Ok(files) = files {
            let (_, whole) = sound.extract(&last).expect("its files");
            assert_eq!(files, whole, "byte {place}");
        }
    }
}

#[test]
fn a_package_whose_archive_cannot_be_read_is_refused() {
    let mut files = files(&Package::embedded());
    files.insert(ARCHIVE_FILE.to_owned(), b"not zstd".to_vec());
    let faults = Dataset::load(&Package::of(files)).err().expect("a fault");
    let report = faults.to_string();
    assert!(report.starts_with("releases.zst: expected former releases"), "{report}");
}

/// The code that a value is, or the one whose label begins with it.
fn code_of(name: &Json) -> Option<&'static str> {
    let name = name.as_str()?;
    let codes = MembershipOrganization::CODES.codes;
    let same = codes.iter().find(|code| code.code == name);
    same.or_else(|| codes.iter().find(|code| code.label.en.starts_with(name))).map(|code| code.code)
}
