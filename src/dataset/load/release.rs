//! Which release of the data is served.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extent::{Extent, SetExtent};
use crate::model::{Iso3, PartialDate, Text};

/// The licence of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// SPDX identifier.
    pub name: Text,
    /// Its full name.
    pub title: Text,
    /// Where to read its text.
    pub url: Text,
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
    pub version: Text,
    /// The day on which it was released.
    pub released: PartialDate,
    /// The licence that it is under.
    pub licence: Licence,
    /// How to reach those who keep it.
    pub contact: Text,
    /// The sets of records that are known to be whole, or a sample. Of all others nothing is known.
    pub extents: Box<[SetExtent]>,
    /// The first 16 hexadecimal digits of the SHA-256 over all data files: the same digest, the same data.
    #[serde(default)]
    #[schema(read_only)]
    pub digest: String,
}

impl Release {
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
