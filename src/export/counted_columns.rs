//! What sums do with the records of a collection, as columns that may be added up.
//!
//! A column is right for the groups that were decided each for itself, and for no others. Of all records together there is
//! no sum: partners do not compare. So a file has one column for partner with program, and where records have both, one for
//! each alone.

use std::sync::Arc;

use crate::dataset::{Addends, Dataset};
use crate::model::{CountedKeys, Vocabulary};
use crate::query::AnyTable;
use crate::render::{FlatColumn, RowCounts};
use crate::sums::{GroupBy, HeadcountQuestion, PeopleBy, TotalsQuestion};

/// What `counted_usd` is decided by, as far as sums of the collection know it.
pub(super) const GROUPS: [&str; 2] = ["partner", "program"];

/// The columns of other groups.
const OF_ONE_KEY: [(&str, &str); 2] =
    [("partner", "counted_usd_by_partner"), ("program", "counted_usd_by_program")];

/// `counting`, and what is added; none where the records are no figures.
pub(super) fn counted_columns(dataset: &Dataset, table: &dyn AnyTable) -> Vec<FlatColumn> {
    let Some((keys, addends)) = table.counted_keys().zip(dataset.addends(table.name())) else {
        return Vec::new();
    };
    let known = |key: &&str| keys.group_by.contains(key);
    let by: Vec<&str> = GROUPS.into_iter().filter(known).collect();
    let decided = Decided { dataset, table, keys, addends: &addends };
    let counts = Arc::new(decided.by(&by, false));
    let mut columns = counts.columns(Some(&[CountedKeys::COUNTING.to_owned()]));
    // A total of training is counted or not whatever it is grouped by.
    if let Addends::Training = addends {
        columns.push(counts.amount_column(keys.amount, keys.about));
        return columns;
    }
    columns.push(counts.amount_column(keys.amount, &about(keys, &by)));
    let others = OF_ONE_KEY.into_iter().filter(|_| by.len() > 1);
    columns.extend(others.map(|(key, name)| {
        let counts = Arc::new(decided.by(&[key], true));
        counts.amount_column(name, &about(keys, &[key]))
    }));
    columns
}

fn about(keys: CountedKeys, by: &[&str]) -> String {
    format!("{} Here as with `counted_by={}`.", keys.about, by.join(","))
}

/// The records of a collection, to be decided by one grouping or another.
struct Decided<'d> {
    dataset: &'d Dataset,
    table: &'d dyn AnyTable,
    keys: CountedKeys,
    addends: &'d Addends<'d>,
}

impl Decided<'_> {
    /// What sums do with every record, each group decided for itself; or with those alone that add something.
    fn by(&self, by: &[&str], counted: bool) -> RowCounts {
        let of_money = TotalsQuestion {
            group_by: by.iter().filter_map(|word| GroupBy::from_word(word)).collect(),
            ..TotalsQuestion::default()
        };
        let of_people = HeadcountQuestion {
            group_by: by.iter().filter_map(|word| PeopleBy::from_word(word)).collect(),
            ..HeadcountQuestion::default()
        };
        let every = (0..).take(self.table.count()).collect();
        let mut counts = self.dataset.count_rows(self.addends, every, &of_money, &of_people);
        if counted {
            counts.retain(|(_, count)| count.counted.is_some());
            counts.shrink_to_fit();
        }
        RowCounts::new(self.keys, by.iter().map(|word| (*word).to_owned()).collect(), counts)
    }
}
