//! A CSV file of a package with the Data Resource that describes it.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// A table in a package: that of a collection, or of its Spanish texts.
pub struct Resource {
    /// Its name, that of the collection; the file is called so, with `.csv`.
    pub name: String,
    /// Whether it holds the Spanish texts of a collection.
    pub(super) is_translation: bool,
    /// The CSV file.
    pub csv: Vec<u8>,
    /// The Data Resource that describes it: schema, size and SHA-256.
    pub descriptor: Json,
}

impl Resource {
    /// A CSV file with its description.
    pub(super) fn described(
        name: String,
        title: &str,
        about: &str,
        bytes: Vec<u8>,
        schema: &Json,
    ) -> Self {
        let hex: Vec<String> =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let descriptor = json!({
            "name": name,
            "title": title,
            "description": about,
            "path": format!("{name}.csv"),
            "type": "table",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": bytes.len(),
            "hash": format!("sha256:{}", hex.concat()),
            "schema": schema,
        });
        Self { name, is_translation: false, csv: bytes, descriptor }
    }
}

/// `assistance-funding` as `Assistance funding`.
pub(super) fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
