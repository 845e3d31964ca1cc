//! Coverage that was asked for, as its page has it.

use crate::collections::Partner;
use crate::dataset::PartnerCoverage;
use crate::pages::paging::Paged;

/// The path of the page.
pub(super) const PATH: &str = "/coverage";

/// The partners of a page.
pub enum ShownPartners<'d> {
    /// All of them, each in a row by collection.
    All(Vec<&'d Partner>),
    /// Those that were named, or that have figures of the programs named: each by program and year.
    Named(Vec<PartnerCoverage>),
}

/// Coverage as it was asked for.
pub struct CoveragePage<'d> {
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The partners of this page.
    pub shown: ShownPartners<'d>,
    /// The page.
    pub paged: Paged,
    /// The countries that were asked for and of which nothing is on record.
    pub not_covered: Vec<String>,
}

impl CoveragePage<'_> {
    /// Each parameter with its value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
