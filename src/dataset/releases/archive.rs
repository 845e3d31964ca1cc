//! The archive of former releases: their files as they were published, in one zstd frame, so that what two
//! releases have in common takes no room twice.
//!
//! What is compressed is one line of JSON, which lists the releases and their files, and then the bytes of the
//! files, one after the other. So `zstd -dc releases.zst | head -1` says what is in it, and starting the service
//! costs the reading of that line.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};

use serde::{Deserialize, Serialize};
use zstd::stream::read::Decoder;
use zstd::stream::write::Encoder;

use super::version::Version;
use crate::dataset::load::package::{Package, digest};
use crate::dataset::load::release::Release;
use crate::model::{PartialDate, SemanticVersion};

/// The longest list of releases that is read, in bytes: 16 MiB, thousands of releases.
const LONGEST_HEAD: u64 = 16 << 20;
/// How hard zstd tries: an archive is written once a release and read many times.
const LEVEL: i32 = 19;
/// How far back, as a power of two, a file may repeat what stood before: 16 MiB, which is the release before. Whoever
/// reads a release needs memory of that size.
const WINDOW: u32 = 24;

/// The files of a release, by name.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The former releases of a dataset, oldest first.
#[derive(Debug, Default)]
pub struct Archive {
    compressed: Cow<'static, [u8]>,
    releases: Vec<ArchivedRelease>,
}

/// What the archive says of one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedRelease {
    /// Its version.
    pub version: SemanticVersion,
    /// The day on which it was released.
    pub released: PartialDate,
    /// The digest of its files as they were published.
    pub digest: String,
    /// How many records each of its collections has.
    pub counts: BTreeMap<String, u64>,
    /// Its files, by name, with their lengths in bytes.
    files: BTreeMap<String, u64>,
}

impl ArchivedRelease {
    /// How many bytes its files have.
    pub fn bytes(&self) -> u64 {
        self.files.values().fold(0, |sum, length| sum.saturating_add(*length))
    }

    /// How many records it has.
    pub fn records(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// The first line of an archive.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    releases: Vec<ArchivedRelease>,
}

/// Why an archive cannot be read, or a release not be added to it.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is not what this program writes, or breaks off.
    #[error("the archive of releases cannot be decompressed: {0}")]
    Broken(#[from] io::Error),
    /// Its first line is no list of releases.
    #[error("the archive of releases does not begin with a list of releases: {0}")]
    Head(#[from] serde_json::Error),
    /// It lists a release twice.
    #[error("the archive holds `{0}` twice")]
    Twice(String),
    /// It has no such release.
    #[error("the archive holds no release `{0}`")]
    Unknown(String),
    /// The files of a release are not those that were published.
    #[error("the files of release {version} have the digest {found}, and {expected} was published")]
    Digest {
        /// The release.
        version: String,
        /// The digest that the archive states.
        expected: String,
        /// The digest of what it holds.
        found: String,
    },
    /// A version that is archived already.
    #[error("release {0} is archived already, and stays as it was published")]
    Exists(String),
    /// A version whose order cannot be told.
    #[error("`{0}` is no version: expected major.minor.patch, such as 1.2.0")]
    NoVersion(String),
    /// A release that does not come after the last one.
    #[error("release {version} of {released} does not come after {last} of {last_released}")]
    OutOfOrder {
        /// The release.
        version: String,
        /// Its day.
        released: String,
        /// The last one that is archived.
        last: String,
        /// Its day.
        last_released: String,
    },
}

impl Archive {
    /// Reads what is in an archive; the files of a release are read when they are asked for.
    ///
    /// # Errors
    /// When it does not begin as an archive does, or lists a version or a digest twice.
    pub fn read(compressed: Cow<'static, [u8]>) -> Result<Self, ArchiveError> {
        let (head, _) = open(&compressed)?;
        let mut known = BTreeSet::new();
        for release in &head.releases {
            for name in [release.version.as_str(), &release.digest] {
                if !known.insert(name) {
                    return Err(ArchiveError::Twice(name.to_owned()));
                }
            }
        }
        Ok(Self { compressed, releases: head.releases })
    }

    /// What it holds, oldest first.
    pub fn releases(&self) -> &[ArchivedRelease] {
        &self.releases
    }

    /// A release, with its files as they were published.
    ///
    /// # Errors
    /// When there is no such release, when the archive is broken, and when its files are not those that were
    /// published.
    pub fn extract(&self, version: &str) -> Result<(&ArchivedRelease, Files), ArchiveError> {
        let found = self.releases.iter().position(|release| release.version.as_str() == version);
        let place = found.ok_or_else(|| ArchiveError::Unknown(version.to_owned()))?;
        let release = &self.releases[place];
        let before = self.releases[..place].iter().map(ArchivedRelease::bytes).sum();
        let (_, mut body) = open(&self.compressed)?;
        copy_exactly(&mut body, before, &mut io::sink())?;
        let mut files = Files::new();
        for (name, length) in &release.files {
            let mut bytes = Vec::new();
            copy_exactly(&mut body, *length, &mut bytes)?;
            files.push((name.clone(), bytes));
        }
        let found = digest(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        if found == release.digest {
            return Ok((release, files));
        }
        let (version, expected) = (version.to_owned(), release.digest.clone());
        Err(ArchiveError::Digest { version, expected, found })
    }

    /// The bytes of an archive that holds one more release. `counts` has the number of records by collection.
    ///
    /// # Errors
    /// When the release is there already or does not come after the last one, and when the archive is broken.
    pub fn with(
        &self,
        package: &Package,
        release: &Release,
        counts: BTreeMap<String, u64>,
    ) -> Result<Vec<u8>, ArchiveError> {
        self.refuse(release)?;
        let lengths = package.files().map(|(name, bytes)| (name.to_owned(), bytes.len() as u64));
        let mut releases = self.releases.clone();
        releases.push(ArchivedRelease {
            version: release.version.clone(),
            released: release.released,
            digest: package.digest(),
            counts,
            files: lengths.collect(),
        });
        let before: u64 = self.releases.iter().map(ArchivedRelease::bytes).sum();
        let all: u64 = releases.iter().map(ArchivedRelease::bytes).sum();
        let mut head = serde_json::to_vec(&Head { releases })?;
        head.push(b'\n');

        let mut encoder = Encoder::new(Vec::new(), LEVEL)?;
        encoder.include_checksum(true)?;
        encoder.window_log(WINDOW)?;
        encoder.long_distance_matching(true)?;
        encoder.set_pledged_src_size(Some(head.len() as u64 + all))?;
        encoder.write_all(&head)?;
        if before > 0 {
            let (_, mut body) = open(&self.compressed)?;
            copy_exactly(&mut body, before, &mut encoder)?;
        }
        for (_, bytes) in package.files() {
            encoder.write_all(bytes)?;
        }
        Ok(encoder.finish()?)
    }

    /// Refuses a release that is archived already, or that does not come after the last one.
    pub(crate) fn refuse(&self, release: &Release) -> Result<(), ArchiveError> {
        let text = release.version.to_string();
        if self.releases.iter().any(|known| known.version == release.version) {
            return Err(ArchiveError::Exists(text));
        }
        let Some(version) = Version::read(&text) else { return Err(ArchiveError::NoVersion(text)) };
        let Some(last) = self.releases.last() else { return Ok(()) };
        let later = Version::read(last.version.as_str()).is_none_or(|last| last < version)
            && last.released.latest() <= release.released.latest();
        if later {
            return Ok(());
        }
        Err(ArchiveError::OutOfOrder {
            version: text,
            released: release.released.to_string(),
            last: last.version.to_string(),
            last_released: last.released.to_string(),
        })
    }
}

type Body<'b> = BufReader<Decoder<'static, BufReader<&'b [u8]>>>;

/// Reads the first line of an archive, and leaves the rest to be read.
fn open(compressed: &[u8]) -> Result<(Head, Body<'_>), ArchiveError> {
    let mut body = BufReader::new(Decoder::new(compressed)?);
    let mut line = Vec::new();
    (&mut body).take(LONGEST_HEAD).read_until(b'\n', &mut line)?;
    Ok((serde_json::from_slice(&line)?, body))
}

/// Copies so many bytes, and not one less.
fn copy_exactly(from: &mut impl Read, length: u64, to: &mut impl Write) -> io::Result<()> {
    if io::copy(&mut from.take(length), to)? == length {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it breaks off"))
    }
}
