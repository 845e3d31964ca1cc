//! The records of a collection as what sums add.

use crate::sums::FigureSet;

/// The records of a collection as what sums add.
pub enum Addends<'d> {
    /// Figures of money: the number of each is its row.
    Money(&'d FigureSet),
    /// Numbers of people: [`Dataset::headcounts`](crate::dataset::Dataset::headcounts) makes them of rows.
    People,
    /// Totals of training: [`Dataset::training_total`](crate::dataset::Dataset::training_total) makes one of a row.
    Training,
}
