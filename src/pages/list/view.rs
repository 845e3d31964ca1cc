//! A list that was asked for, as its page has it.

use crate::dataset::Stored;
use crate::pages::paging::Paged;
use crate::query::{self, FacetCount, Query, Selection};

/// A list that was asked for.
pub struct List<'l, C: 'static> {
    /// Its question.
    pub query: &'l Query<C>,
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The records that answer.
    pub page: query::Page,
    /// How many of them hold each value, for the panel.
    pub facets: Vec<(&'static str, Vec<FacetCount>)>,
}

impl<'l, C: Stored> List<'l, C> {
    /// A page of what a query selects.
    pub fn new(
        query: &'l Query<C>,
        pairs: Vec<(String, String)>,
        selection: &Selection<'_, C>,
    ) -> Self {
        Self { query, pairs, page: selection.page(query), facets: selection.facets(query) }
    }

    /// Where its page stands among all its records.
    pub(super) fn paged(&self) -> Paged {
        let (offset, size) = (self.page.offset.into(), self.page.limit.into());
        Paged { total: self.page.total, offset, size, limit: self.query.limit }
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
