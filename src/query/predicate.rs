//! What a record must be to answer, and in which order the answers come.

use crate::model::Scalar;

/// One test that a record must pass.
pub(super) struct Condition {
    /// The field, as its position in the table of fields.
    pub field: usize,
    /// What its value must be.
    pub test: Predicate,
}

/// What a value must be.
pub(super) enum Predicate {
    /// Equal to any of these; a date must lie in one, a period touch one.
    AnyOf(Vec<Scalar>),
    /// At least this; a date or a period must reach it.
    AtLeast(Scalar),
    /// At most this; a date or a period must begin by then.
    AtMost(Scalar),
}

/// An order of records by one field; a record without a value comes last both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// The field, as its position in the table of fields.
    pub field: usize,
    /// Whether the largest comes first.
    pub down: bool,
}
