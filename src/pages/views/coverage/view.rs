//! Coverage that was asked for, as its page has it.

use crate::dataset::PartnerCoverage;
use crate::pages::paging::Paged;

/// The path of the page.
pub(super) const PATH: &str = "/coverage";

/// Coverage as it was asked for.
pub struct CoveragePage {
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The partners of this page.
    pub partners: Vec<PartnerCoverage>,
    /// Whether partners or programs were named, so that each partner is shown by program and year.
    pub named: bool,
    /// The page.
    pub paged: Paged,
    /// The countries that were asked for and of which nothing is on record.
    pub not_covered: Vec<String>,
}

impl CoveragePage {
    /// Each parameter with its value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
