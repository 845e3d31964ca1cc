//! Compresses the data files that the binary carries, so that they take little room in it and no time to compile.
//!
//! What is compressed is one line of JSON with the length of each file by name, and then the bytes of the files in that
//! order. `src/dataset/load/embedded.rs` reads it. It runs again only when a data file has changed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// How hard zstd tries: twice as much makes a tenth less.
const LEVEL: i32 = 9;

/// What changes with every release and is no data of this one: it is embedded as it is.
const HISTORY: &str = "changes.jsonl";

/// The folder of the Spanish texts.
const TRANSLATIONS: &str = "es";

fn main() -> io::Result<()> {
    let data = Path::new("data");
    // A collection that is new has a line there.
    println!("cargo:rerun-if-changed=src/dataset/load/embedded.rs");
    println!("cargo:rerun-if-changed=build.rs");
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in [data, &data.join(TRANSLATIONS)] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_data = path.extension().is_some_and(|extension| extension == "jsonl")
                || path.file_name().is_some_and(|name| name == "dataset.json");
            if is_data && !path.ends_with(HISTORY) {
                files.push(path);
            }
        }
    }
    // In the order of their names, as they are read: that of paths is another.
    files.sort_by_key(|path| name_of(path));
    let mut lengths = String::new();
    let mut bytes = Vec::new();
    for path in files {
        println!("cargo:rerun-if-changed={}", path.display());
        let file = fs::read(&path)?;
        let name = name_of(&path);
        let comma = if lengths.is_empty() { "" } else { "," };
        write!(lengths, "{comma}\"{name}\":{}", file.len()).map_err(io::Error::other)?;
        bytes.extend(file);
    }
    let mut all = format!("{{{lengths}}}\n").into_bytes();
    all.extend(bytes);
    let target = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&target).join("data.zst"), zstd::bulk::compress(&all, LEVEL)?)
}

/// The name of a file in the package: `agreements.jsonl`, `es/agreements.jsonl`.
fn name_of(path: &Path) -> String {
    let parts = path.iter().skip(1).map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
