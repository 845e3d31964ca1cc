//! What is cited: a part of the data set, and the documents behind it.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::model::PartialDate;
use crate::words::{Language, date_phrase};

/// The longest key that is written whole, in bytes: the name of a record may have a hundred.
const LONGEST_KEY: usize = 160;

/// A work to cite: a record, a list or a sum of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedWork {
    /// What it says, in a few words, with its qualifier.
    pub title: String,
    /// Which part of the data set it is: `record assistance-funding/col-fmf-2017-2023`.
    pub part: String,
    /// Who speaks: the title of the dataset.
    pub author: String,
    /// The day of the release.
    pub released: PartialDate,
    /// The release's version.
    pub version: String,
    /// The release's digest.
    pub digest: String,
    /// Its address, pinned to the release. None where the service does not know its public address.
    pub url: Option<String>,
    /// The documents behind it.
    pub sources: Vec<CitedDocument>,
}

/// A document behind a work, as `sources` has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CitedDocument {
    /// Its id in `sources`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it was read.
    pub url: String,
    /// When it was published. None where it prints no date.
    pub published: Option<PartialDate>,
}

impl CitedWork {
    /// A key for reference managers, of letters, digits and hyphens.
    pub(super) fn key(&self) -> String {
        key(&self.part)
    }

    /// The documents behind it, in words: the first, and how many more.
    pub(super) fn source_note(&self) -> Option<String> {
        let first = self.sources.first()?;
        let date =
            first.published.map_or("undated".to_owned(), |date| date_phrase(date, Language::En));
        let more = match self.sources.len() - 1 {
            0 => String::new(),
            1 => ", and 1 more document".to_owned(),
            more => format!(", and {more} more documents"),
        };
        Some(format!("Source: {}, {}, {date}{more}", first.publisher, first.title))
    }

    /// What a note says: the documents behind it and the digest.
    pub(super) fn note(&self) -> String {
        let digest = format!("Digest {}", self.digest);
        self.source_note().map_or(digest.clone(), |source| format!("{source}. {digest}"))
    }
}

/// `partnership-api-` and a name in letters, digits and single hyphens.
pub(super) fn key(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let whole = format!("partnership-api-{}", words.join("-"));
    if whole.len() <= LONGEST_KEY {
        return whole;
    }
    // Two long questions that begin alike are two works.
    let hash = Sha256::digest(name);
    let hash: Vec<String> = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}", &whole[..LONGEST_KEY], hash.concat())
}

/// Year, month and day as far as they are known.
pub(super) fn known_parts(date: PartialDate) -> Vec<i16> {
    let (year, month, day) = date.parts();
    let rest = [i16::from(month), i16::from(day)].into_iter().take_while(|part| *part > 0);
    std::iter::once(year).chain(rest).collect()
}
