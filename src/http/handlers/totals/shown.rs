//! What the totals answer, as a page shows it.

use super::answers::{MoneyTotals, PeopleTotals, TrainingTotals};
use super::citing::{money_in_words, people_in_words, training_in_words};
use crate::collections::Source;
use crate::model::RecordId;
use crate::pages::totals::{ShownTotals, Sum};

/// An answer that a page can show.
pub(crate) trait Shown {
    /// As the page has it.
    fn shown(&self) -> ShownTotals<'_>;
    /// The total in words, as citations have it, and the records in it.
    fn total(&self) -> (String, &[RecordId]);
}

impl Shown for MoneyTotals {
    fn shown(&self) -> ShownTotals<'_> {
        shown(&self.data, &self.shared, &self.total, &self.sources)
    }

    fn total(&self) -> (String, &[RecordId]) {
        (money_in_words(self.total.amount.as_ref()), &self.total.included)
    }
}

impl Shown for PeopleTotals {
    fn shown(&self) -> ShownTotals<'_> {
        shown(&self.data, &self.shared, &self.total, &self.sources)
    }

    fn total(&self) -> (String, &[RecordId]) {
        (people_in_words(self.total.count.as_ref()), &self.total.included)
    }
}

impl Shown for TrainingTotals {
    fn shown(&self) -> ShownTotals<'_> {
        shown(&self.data, &self.shared, &self.total, &self.sources)
    }

    fn total(&self) -> (String, &[RecordId]) {
        (training_in_words(&self.total), &self.total.included)
    }
}

/// An answer of any kind of sum as the page has it.
fn shown<'t, G>(
    groups: &'t [G],
    shared: &'t [G],
    total: &'t G,
    sources: &'t [Source],
) -> ShownTotals<'t>
where
    Sum<'t>: From<&'t G>,
{
    ShownTotals {
        groups: groups.iter().map(Sum::from).collect(),
        group_count: groups.len(),
        shared: shared.iter().map(Sum::from).collect(),
        total: total.into(),
        sources,
    }
}
