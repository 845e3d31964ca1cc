//! What a file says about the release that it comes from.

use serde::Serialize;

use crate::model::PartialDate;

/// The release that rows come from, in words that files carry with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// What the dataset is called.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// Its version: major.minor.patch.
    pub version: String,
    /// The day on which it was released, as an ISO 8601 date.
    pub released: String,
    /// The digest of the data.
    pub digest: String,
    /// The license's SPDX identifier.
    pub licence_name: String,
    /// The license's full name.
    pub licence_title: String,
    /// Where to read the license's text.
    pub licence_url: String,
    /// How to reach those who keep the dataset.
    pub contact: String,
    /// The sets of records that are known to be whole, or a sample.
    pub extents: Vec<AboutSet>,
}

/// What is known of a set of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutSet {
    /// The collection that they are in.
    pub collection: String,
    /// The partner that they are about; none for those of any.
    pub partner: Option<String>,
    /// Their kind within the collection; none for all.
    pub kind: Option<String>,
    /// How much of the set is on record: `complete`, `sample` or `unknown`.
    pub extent: &'static str,
    /// How that is known.
    pub note: String,
}

impl About {
    /// What is known of the sets of a collection.
    pub fn extents_of(&self, collection: &str) -> impl Iterator<Item = &AboutSet> {
        self.extents.iter().filter(move |set| set.collection == collection)
    }
}

impl AboutSet {
    /// Which records they are, and how much of the set is on record: `sample: UKR, DRAWDOWN-506`.
    pub fn in_words(&self) -> String {
        let named: Vec<&str> = self.partner.iter().chain(&self.kind).map(String::as_str).collect();
        let which = if named.is_empty() { "all".to_owned() } else { named.join(", ") };
        format!("{}: {which}", self.extent)
    }
}

/// The day that archives and workbooks bear: the day of a release, as year, month and day.
///
/// Files must not depend on the clock, or the same release would have two digests. What is no date, and what
/// lies before 1980, when the calendar of ZIP begins, becomes 1 January 1980.
pub(super) fn day(released: &str) -> (u16, u8, u8) {
    let read = || -> Option<(u16, u8, u8)> {
        let (year, month, day) = released.parse::<PartialDate>().ok()?.earliest();
        Some((year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?))
    };
    read().filter(|(year, ..)| *year >= 1980).unwrap_or((1980, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_day_is_the_first_that_its_date_may_mean() {
        assert_eq!(day("2026-11-23"), (2026, 11, 23));
        assert_eq!(day("2026"), (2026, 1, 1));
    }

    #[test]
    fn what_no_archive_can_date_gets_the_first_day_that_it_can() {
        for released in ["", "soon", "1979-12-31"] {
            assert_eq!(day(released), (1980, 1, 1), "{released}");
        }
    }
}
