//! Which release of the data is served.

use jiff::Timestamp;
use jiff::tz::offset;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::extent::{Extent, SetExtent};
use super::fault::{Fault, Faults, not_utf8};
use super::line::LineReader;
use super::package::Package;
use crate::model::{Iso3, PartialDate, RecordId, SemanticVersion, Text, WebAddress};

/// The file that says which release a package is.
const FILE: &str = "dataset.json";

/// The license of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// SPDX identifier.
    pub name: Text,
    /// Its full name.
    pub title: Text,
    /// Where to read its text.
    pub url: WebAddress,
}

/// A question that people have, with the record that answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question, in English.
    pub en: Text,
    /// The question, in Spanish.
    pub es: Text,
    /// The collection of the record that answers it.
    pub collection: Text,
    /// The record's id in it.
    pub id: RecordId,
}

/// A release of the data: what `dataset.json` says, and the digest of all files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// What the dataset is called.
    pub title: Text,
    /// What it holds.
    pub description: Text,
    /// Its version: major.minor.patch (semver.org).
    pub version: SemanticVersion,
    /// The day on which it was released; none of the future.
    pub released: PartialDate,
    /// The license that it is under.
    pub licence: Licence,
    /// How to reach those who keep it.
    pub contact: Text,
    /// The sets of records that are known to be whole, or a sample. Of all others nothing is known.
    pub extents: Box<[SetExtent]>,
    /// Questions that people really have, each with the record that answers it. None in releases before 2.0.0.
    pub questions: Box<[Question]>,
    /// The first 16 hexadecimal digits of the SHA-256 over all data files: the same digest, the same data.
    #[serde(default)]
    #[schema(read_only)]
    pub digest: String,
}

impl Release {
    /// Reads `dataset.json` of a package; none where there is a fault.
    pub(crate) fn read(package: &Package, faults: &mut Faults) -> Option<Self> {
        let Some(bytes) = package.file(FILE) else {
            // One that could not be read has its fault already.
            if !faults.first().iter().any(|fault| fault.file == FILE) {
                faults.add(|| Fault::of_file(FILE, "expected this file"));
            }
            return None;
        };
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                faults.add(|| Fault::of_file(FILE, not_utf8(error)));
                return None;
            }
        };
        let mut release: Self = LineReader::of::<Self>(FILE).read(None, text, faults)?;
        if release.released.earliest() > latest_today() {
            faults.add(|| {
                let fault = Fault::of_file(FILE, "expected no day of the future");
                fault.key("released").value(Json::from(release.released.to_string()))
            });
        }
        release.digest = package.digest();
        Some(release)
    }

    /// How much is on record of a set: what is said of the narrowest set that holds it, a partner's before a
    /// kind's.
    pub fn extent_of(&self, collection: &str, partner: &Iso3, kind: &str) -> Extent {
        let holding = self.extents.iter().filter(|set| {
            set.collection.as_str() == collection
                && set.partner.as_ref().is_none_or(|code| code == partner)
                && set.kind.as_ref().is_none_or(|word| word.as_str() == kind)
        });
        let narrowest = holding.max_by_key(|set| (set.partner.is_some(), set.kind.is_some()));
        narrowest.map_or(Extent::Unknown, |set| set.extent)
    }
}

/// The day where it is the latest, 14 hours before UTC: whoever releases data says the day of where they are.
fn latest_today() -> (i16, i8, i8) {
    let today = offset(14).to_datetime(Timestamp::now()).date();
    (today.year(), today.month(), today.day())
}
