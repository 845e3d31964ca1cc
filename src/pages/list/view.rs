//! A list that was asked for, as its page has it.

use crate::pages::paging::Paged;
use crate::query::{self, AnyTable, FacetCount};

/// A list that was asked for.
pub struct List<'l> {
    /// The table that it is of.
    pub table: &'l dyn AnyTable,
    /// Whether the same question has a chart.
    pub has_chart: bool,
    /// The most records of a page, where the question says it.
    pub limit: Option<u32>,
    /// What was asked for that the table holds nothing of.
    pub not_covered: &'l [String],
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The records that answer.
    pub page: query::Page,
    /// How many of them hold each value, for the panel.
    pub facets: Vec<(&'static str, Vec<FacetCount>)>,
}

impl List<'_> {
    /// Where its page stands among all its records.
    pub(super) fn paged(&self) -> Paged {
        let (offset, size) = (self.page.offset.into(), self.page.limit.into());
        Paged { total: self.page.total, offset, size, limit: self.limit }
    }

    /// Each parameter with its value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What stands in the parameter of a name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
