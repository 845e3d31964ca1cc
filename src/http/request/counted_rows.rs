//! How the rows of a list say what a sum does with them: by the same filters and switches as totals.

use super::params::QueryParams;
use super::sum_scope::{SumScope, programs_inside};
use crate::dataset::{Dataset, Stored};
use crate::model::{CountedKeys, RecordId, Vocabulary};
use crate::query::Query;
use crate::render::RowCounts;
use crate::sums::{GroupBy, HeadcountQuestion, PeopleBy, Prefer, TotalsQuestion};

/// The parameters of a list that say how its rows are counted, as they were read.
pub(crate) struct CountedParams {
    within: Vec<RecordId>,
    by: Vec<String>,
    prefer: Prefer,
}

/// How the rows of a list are counted.
pub(crate) struct CountedRows {
    /// What the filters say of a sum.
    pub(crate) scope: SumScope,
    by: Vec<String>,
    prefer: Prefer,
    /// Whether the answer is all that matches, or a page of a walk through all of it. A sum over what a search finds,
    /// or over a part, is no sum of anything.
    whole: bool,
}

impl CountedParams {
    /// None of them given.
    pub(crate) const fn none() -> Self {
        Self { within: Vec::new(), by: Vec::new(), prefer: Prefer::Broad }
    }

    /// Reads `program_within`, `counted_by` and `prefer`, as far as the collection has them.
    pub(crate) fn read<C: Stored>(params: &mut QueryParams, dataset: &Dataset) -> Self {
        let Some(CountedKeys { group_by, .. }) = C::COUNTED else {
            return Self::none();
        };
        Self {
            within: params.programs_within(dataset, group_by.contains(&"program")),
            by: params.one_of("counted_by", &group_by.iter().copied()),
            prefer: params.choice("prefer").unwrap_or(Prefer::Broad),
        }
    }

    /// Narrows the query to the programs that it was read for. `pages` says that the answer is a page whatever is asked:
    /// then a walk meets all, and only a `limit` is a wish for a part.
    pub(crate) fn apply<C: Stored>(
        self,
        dataset: &Dataset,
        query: &mut Query<C>,
        pages: bool,
    ) -> CountedRows {
        let scope = SumScope::of(dataset, query, self.within.clone());
        if !self.within.is_empty() {
            query.narrow("program", programs_inside(dataset, &self.within));
        }
        let searches = query.canonical_pairs().any(|(name, _)| name == "q");
        let part = query.limit.is_some() || !pages && query.offset > 0;
        CountedRows { scope, by: self.by, prefer: self.prefer, whole: !searches && !part }
    }
}

impl CountedRows {
    /// Whether a sum is made for the answer to a query: where the collection's records are figures, all that matches is
    /// asked for, and one of the keys that say so.
    pub(crate) fn is_decided<C: Stored>(&self, query: &Query<C>) -> bool {
        self.whole && Self::keys(query).is_some()
    }

    /// The keys by which rows say it, where the query asks for one of them.
    fn keys<C: Stored>(query: &Query<C>) -> Option<CountedKeys> {
        let wants =
            |name: &str| query.keys.as_ref().is_none_or(|keys| keys.iter().any(|key| key == name));
        C::COUNTED.filter(|keys| keys.names().into_iter().any(wants))
    }

    /// What sums do with the rows that answer a query; none where the collection's records are no figures, and where
    /// the query asks for other keys. `matching` are all rows that answer, wanted only where a sum is made.
    pub(crate) fn count<C: Stored>(
        &self,
        dataset: &Dataset,
        query: &Query<C>,
        matching: impl FnOnce() -> Vec<u32>,
    ) -> Option<RowCounts> {
        let keys = Self::keys(query)?;
        let addends = if self.whole { C::addends(dataset) } else { None };
        let Some(addends) = addends else { return Some(RowCounts::undecided(keys)) };
        let counts = dataset.count_rows(&addends, matching(), &self.of_money(), &self.of_people());
        Some(RowCounts::new(keys, self.by.clone(), counts))
    }

    fn of_money(&self) -> TotalsQuestion {
        self.scope.money(TotalsQuestion {
            group_by: self.by.iter().filter_map(|word| GroupBy::from_word(word)).collect(),
            prefer: self.prefer,
            ..TotalsQuestion::default()
        })
    }

    fn of_people(&self) -> HeadcountQuestion {
        self.scope.people(HeadcountQuestion {
            group_by: self.by.iter().filter_map(|word| PeopleBy::from_word(word)).collect(),
            prefer: self.prefer,
            ..HeadcountQuestion::default()
        })
    }
}
