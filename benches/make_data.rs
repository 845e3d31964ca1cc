//! Writes a data package of any size, for benches and for trying the service at scale:
//! `cargo run --release --example make-data -- --records 100000 DIR`.

mod synthetic;

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Parser;
use partnership_api::dataset::TRANSLATIONS_DIR;

/// Writes a data package of any size, made of the embedded records.
#[derive(Parser)]
struct Arguments {
    /// How many records the package has in all; at least as many as there are partners, programs, missions
    /// and sources.
    #[arg(long)]
    records: usize,
    /// Lets only this collection grow, instead of all eight that grow in life.
    #[arg(long)]
    collection: Option<String>,
    /// The folder to write into.
    folder: PathBuf,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    fs::create_dir_all(&arguments.folder)?;
    let mut bytes = 0;
    // The Spanish texts have a folder of their own.
    fs::create_dir_all(arguments.folder.join(TRANSLATIONS_DIR))?;
    for (name, file) in synthetic::files(arguments.records, arguments.collection.as_deref()) {
        bytes += file.len();
        fs::write(arguments.folder.join(name), file)?;
    }
    println!(
        "{} records, {bytes} bytes; partner={} matches {}",
        arguments.records,
        synthetic::RARE_PARTNER,
        synthetic::RARE
    );
    Ok(())
}
