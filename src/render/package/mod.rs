//! The dataset as a Frictionless Data Package, version 2: a descriptor, one CSV file a collection, another for Spanish
//! texts where it has some, a README and the license.

pub(super) mod archive_readme;
mod descriptor;
mod resource;
mod spanish;

use std::io::{Cursor, Write};

use serde_json::{Map, Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use descriptor::schema;
pub use resource::Resource;
use resource::title;
pub use spanish::spanish_resource;

use super::about::day;
use super::csv::CsvDialect;
use super::{About, AboutSet, Error, FlatColumn, columns, csv};
use crate::model::Collection;
use crate::query::{AnyTable, Table};

/// The profile of the standard that the descriptor follows.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// A file of a package: its name and its bytes.
pub type PackageFile = (String, Vec<u8>);

/// The table of a collection, whole.
pub fn resource<C: Collection>(table: &Table<C>) -> Resource {
    whole(table, &columns::<C>(None))
}

fn whole(table: &dyn AnyTable, columns: &[FlatColumn]) -> Resource {
    let every: Vec<u32> = (0..).take(table.count()).collect();
    let bytes = csv_of(table, &every, columns);
    let (name, about) = (table.name(), table.about().en);
    Resource::described(name.to_owned(), &title(name), about, bytes, &schema(name, columns))
}

/// The rows of a table as CSV.
pub fn csv_table<C: Collection>(table: &Table<C>, rows: &[u32]) -> Vec<u8> {
    csv_of(table, rows, &columns::<C>(None))
}

fn csv_of(table: &dyn AnyTable, rows: &[u32], columns: &[FlatColumn]) -> Vec<u8> {
    let mut bytes = csv::header(columns, CsvDialect::default());
    bytes.extend(csv::rows(table, rows, columns, CsvDialect::default()));
    bytes
}

/// The descriptor `datapackage.json`. `sources` are the sources of all records, as JSON.
pub fn descriptor(about: &About, sources: &[&str], resources: &[Resource]) -> Json {
    let mut package = json!({
        "$schema": PROFILE,
        "name": slug(&about.title),
        "title": about.title,
        "description": about.description,
        "version": about.version,
    });
    // The standard wants a moment; a release known by its month has none.
    if about.released.len() == "2026-11-23".len() {
        package["created"] = format!("{}T00:00:00Z", about.released).into();
    }
    package["digest"] = about.digest.as_str().into();
    let collections = resources.iter().filter(|resource| !resource.is_translation);
    package["keywords"] = collections.map(|resource| resource.name.replace('-', " ")).collect();
    package["licenses"] = json!([{
        "name": about.licence_name,
        "title": about.licence_title,
        "path": about.licence_url,
    }]);
    let sources: Vec<Json> = sources.iter().filter_map(|source| reference(source)).collect();
    if !sources.is_empty() {
        package["sources"] = sources.into();
    }
    // What the standard has no word for: which sets are known to be whole, or a sample.
    package["extents"] = json!(about.extents);
    package["resources"] = resources.iter().map(|resource| resource.descriptor.clone()).collect();
    package
}

/// A source as the standard has it: a title, and a path where it is on the web.
fn reference(source: &str) -> Option<Json> {
    let source: Map<String, Json> = serde_json::from_str(source).ok()?;
    let mut reference = json!({"title": source.get("title")?});
    let url = source.get("url").and_then(Json::as_str);
    if let Some(url) = url.filter(|url| url.starts_with("http")) {
        reference["path"] = url.into();
    }
    Some(reference)
}

/// A title as the standard wants names: small letters and digits joined by hyphens.
fn slug(title: &str) -> String {
    let plain = deunicode::deunicode(title).to_lowercase();
    let words: Vec<&str> = plain
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

/// Every file of a package, the descriptor first.
pub fn package(about: &About, sources: &[&str], resources: Vec<Resource>) -> Vec<PackageFile> {
    let descriptor = descriptor(about, sources, &resources);
    let mut files = vec![
        ("datapackage.json".to_owned(), format!("{descriptor:#}\n").into_bytes()),
        ("README.md".to_owned(), readme(about, &resources).into_bytes()),
        ("LICENSE".to_owned(), licence(about).into_bytes()),
    ];
    let tables = resources.into_iter();
    files.extend(tables.map(|resource| (format!("{}.csv", resource.name), resource.csv)));
    files
}

fn licence(about: &About) -> String {
    let About { title, version, licence_name, licence_title, licence_url, .. } = about;
    format!(
        "{title}, version {version}\n\n{licence_title}\n\
         SPDX-License-Identifier: {licence_name}\n\nThe text of the licence: {licence_url}\n"
    )
}

/// What is known of the sets of records, as a table.
fn sets(about: &About) -> String {
    if about.extents.is_empty() {
        return String::new();
    }
    let row = |set: &AboutSet| {
        let AboutSet { collection, extent, note, .. } = set;
        let named = |name: &Option<String>| name.clone().unwrap_or_else(|| "any".to_owned());
        let (partner, kind) = (named(&set.partner), named(&set.kind));
        format!("| {collection} | {partner} | {kind} | {extent} | {note} |\n")
    };
    let rows: String = about.extents.iter().map(row).collect();
    format!(
        "Of these sets it is known whether they are whole (`complete`) or a sample. Of all others nothing is known.\n\n\
         | collection | partner | kind | extent | how that is known |\n|---|---|---|---|---|\n{rows}\n"
    )
}

fn readme(about: &About, resources: &[Resource]) -> String {
    let About { title, description, version, released, digest, contact, .. } = about;
    let About { licence_title, licence_url, .. } = about;
    let row = |resource: &Resource| {
        let about = resource.descriptor["description"].as_str().unwrap_or_default();
        format!("| `{}.csv` | {about} |\n", resource.name)
    };
    let files: String = resources.iter().map(row).collect();
    let sets = sets(about);
    format!(
        "# {title}\n\n{description}\n\n\
         Version {version}, released {released}, digest `{digest}`.\n\n\
         | file | holds |\n|---|---|\n{files}\n\
         {sets}\
         `datapackage.json` describes each column: type, meaning, unit, allowed words, and the file that its\n\
         ids refer to (Data Package standard, version 2, <https://datapackage.org>).\n\n\
         ## Reading the files\n\n\
         - CSV after RFC 4180, in UTF-8, with a header. An empty field means that no source gives a value; it is\n  \
         never zero.\n\
         - A list is joined by `;`. A semicolon inside one of its values is written as a comma.\n\
         - A date is as precise as its source: `2017`, `2017-05` or `2017-05-23`. Read it as text.\n\
         - Text that begins with `=`, `+`, `-` or `@` is led by an apostrophe, so that no spreadsheet runs it.\n\n\
         ## Licence\n\n[{licence_title}]({licence_url})\n\n## Contact\n\n{contact}\n"
    )
}

/// The files as a ZIP archive, all dated to the release, so that the same files make the same bytes.
///
/// # Errors
/// [`Error::Zip`] when two files have one name.
pub fn zip(files: &[PackageFile], released: &str) -> Result<Vec<u8>, Error> {
    let (year, month, day) = day(released);
    let date = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(date)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use sha2::{Digest, Sha256};

    use super::*;
    use crate::render::sample::{SOURCE, about, table};

    fn files() -> Vec<PackageFile> {
        package(&about(), &[SOURCE], vec![resource(&table())])
    }

    #[test]
    fn a_package_has_its_descriptor_its_tables_a_readme_and_the_licence() {
        let files = files();
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["datapackage.json", "README.md", "LICENSE", "small-samples.csv"]);
    }

    #[test]
    fn the_descriptor_tells_the_release_and_its_sources() {
        let package: Json = serde_json::from_slice(&files()[0].1).expect("JSON");
        assert_eq!(package["name"], "some-records-of-tests");
        assert_eq!(package["created"], "2026-11-23T00:00:00Z");
        assert_eq!(package["keywords"], json!(["small samples"]));
        assert_eq!(
            package["sources"],
            json!([{"title": "A table", "path": "https://example.org/t"}])
        );
        assert_eq!(package["licenses"][0]["name"], "CC0-1.0");
        assert_eq!(package["extents"][0]["extent"], "sample");
        let readme = String::from_utf8_lossy(&files()[1].1).into_owned();
        assert!(
            readme.contains("| small-samples | XAA | any | sample | Three of many. |"),
            "{readme}"
        );
    }

    #[test]
    fn a_release_without_a_day_is_not_given_one() {
        let about = About { released: "2026-11".to_owned(), ..about() };
        assert_eq!(descriptor(&about, &[], &[]).get("created"), None);
    }

    #[test]
    fn a_resource_tells_the_size_and_hash_of_its_file() {
        let resource = resource(&table());
        let hash = Sha256::digest(&resource.csv);
        let hex: Vec<_> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource.descriptor["bytes"], resource.csv.len());
        assert_eq!(resource.descriptor["hash"], format!("sha256:{}", hex.concat()));
        assert_eq!(resource.descriptor["title"], "Small samples");
        assert_eq!(resource.csv.split(|byte| *byte == b'\n').count(), 5);
    }

    #[test]
    fn an_archive_holds_the_files_and_depends_on_nothing_else() {
        let files = files();
        let bytes = zip(&files, "2026-11-23").expect("an archive");
        assert!(bytes == zip(&files, "2026-11-23").expect("an archive"));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        assert_eq!(archive.len(), files.len());
        for (name, expected) in &files {
            let mut file = archive.by_name(name).expect("the file");
            let date = file.last_modified().expect("a date");
            assert_eq!((date.year(), date.month(), date.day(), date.hour()), (2026, 11, 23, 0));
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("bytes");
            assert!(bytes == *expected, "{name}");
        }
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let file = ("a".to_owned(), Vec::new());
        assert!(zip(&[file.clone(), file], "2026").is_err());
    }
}
